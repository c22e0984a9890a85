"""The words by which texts are compared, in any language, as numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from zlib import crc32

from digest.formats.characters import UNSPACED
from digest.formats.patterns import lazily

_SHORTEST: Final = 3  # letters of a word in ASCII that says something
# Everything in ASCII but letters parts words: digits and signs say little of what a text is about.
_APART: Final = bytes(code if code > 127 or chr(code).isalpha() else 32 for code in range(256))
_SIGNS: Final = "\u2019\u2018\u201c\u201d\u2013\u2014\u2026"  # most texts have no others that are not in ASCII
_BETWEEN: Final = lazily(r"[\W\d_]+")
_UNSPACED: Final = lazily(f"[{UNSPACED}]+")
_TEX: Final = lazily(r"\\[A-Za-z]+")


def code_name(name: str) -> int:
    """The number of a name as it is."""
    return crc32(name.encode("utf-8", "replace"))


def code_words(text: str) -> set[int]:
    """The numbers of the words of a text, folded; two by two the characters of scripts without spaces.

    An s at the end is dropped everywhere, which is the plural in many languages and no harm in the others. A number has
    32 bits: of a hundred thousand words two or three have that of another.
    """
    if "\\" in text:
        text = _TEX.sub(" ", text)
    if not text.isascii():
        for sign in _SIGNS:
            text = text.replace(sign, " ")
    if text.isascii():
        return set(map(crc32, [word for word in _part_words(text.lower()) if len(word) >= _SHORTEST]))
    words = _part_words(text.casefold())
    found = set(map(crc32, [word for word in words if len(word) >= _SHORTEST and word.isascii()]))
    others = b" ".join([word for word in words if not word.isascii()]).decode()
    return found.union(map(code_name, _part_others(others)))


def _part_words(folded: str) -> list[bytes]:
    return f"{folded} ".encode("utf-8", "replace").translate(_APART).replace(b"s ", b" ").split()


def _part_others(text: str) -> Iterator[str]:
    """Words of which every one holds something that is not in ASCII, but maybe not all of it is a word."""
    runs = _UNSPACED.findall(text)
    if runs:
        text = _UNSPACED.sub(" ", text)
    for word in _BETWEEN.sub(" ", f"{text} ").replace("s ", " ").split():
        if len(word) >= _SHORTEST or not word.isascii():
            yield word
    for run in runs:
        yield from (run[place : place + 2] for place in range(max(1, len(run) - 1)))
