"""Words of a text as a search compares them: folded, without accents, runs of unspaced scripts in pairs.

The theme's search script reads a query by the same rules; tests/doors/test_search.py holds the two together.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import groupby
from typing import Final

from digest.formats.characters import UNSPACED
from digest.formats.patterns import lazily

# Accents of alphabets, points of Hebrew and Arabic, the stretch of Arabic. Marks of other scripts are letters.
_ACCENTS: Final = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06dc"
)
# What Unicode does not take apart but readers type apart, or otherwise.
_LETTERS: Final = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ς": "σ", "ى": "ي",
    "ة": "ه",
}  # fmt: skip
_LOOSE = lazily(f"[{_ACCENTS}{''.join(_LETTERS)}]")
_LONGEST: Final = 40  # letters of a word; what is longer is none, and stands in parts
_PLAIN: Final = bytes(ord(chr(code).lower()) if chr(code).isalnum() else 32 for code in range(128)) + bytes(128)
_PLAIN_WORD = lazily(f"[a-z0-9]{{1,{_LONGEST}}}")
_RUN = lazily(f"[{UNSPACED}]+|[^{UNSPACED}]+")
_IS_UNSPACED = lazily(f"[{UNSPACED}]")


def fold(text: str) -> str:
    """The text in lower case, without accents, every letter in its plainest form."""
    if text.isascii():
        return text.lower()
    loose = unicodedata.normalize("NFKD", text).lower()
    return unicodedata.normalize("NFKC", _LOOSE.sub(lambda found: _LETTERS.get(found[0], ""), loose))


def search_words(text: str) -> list[str]:
    """Every word, in its order, as often as it stands there.

    A run of an unspaced script gives each pair of neighbours, and its last sign alone: so every sign begins a word.
    """
    if text.isascii():
        return _split_plain(text)
    words: list[str] = []
    # Nothing that is done to letters reaches beyond a blank, and most words of most texts are plain.
    for is_plain, run in groupby(text.split(), str.isascii):
        words += (_split_plain if is_plain else _split_any)(" ".join(run))
    return words


def _split_plain(text: str) -> list[str]:
    words = text.encode().translate(_PLAIN).decode().split()
    return words if not words or max(map(len, words)) <= _LONGEST else _PLAIN_WORD.findall(text.lower())


def _split_any(text: str) -> list[str]:
    folded = fold(text)
    if folded.isascii():
        return _split_plain(folded)
    found: list[str] = _word().findall(folded.replace("_", " "))
    if not _IS_UNSPACED.search(folded):
        return found
    words: list[str] = []
    for word in found:
        if not word.isascii() and _IS_UNSPACED.search(word):
            for run in _RUN.findall(word):
                words += _pairs(run) if _IS_UNSPACED.match(run) else [run]
        else:
            words.append(word)
    return words


def _pairs(run: str) -> list[str]:
    return [*(run[place : place + 2] for place in range(len(run) - 1)), run[-1]]


@cache
def _word() -> re.Pattern[str]:
    """Letters and digits, with the marks that belong to letters: those of Python leave them out."""
    marks = [chr(code) for code in range(0x300, 0x3100) if unicodedata.category(chr(code)).startswith("M")]
    return re.compile(f"[\\w{''.join(marks)}]{{1,{_LONGEST}}}")
