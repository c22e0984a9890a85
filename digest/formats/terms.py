"""The words by which texts are compared, in any language."""

from __future__ import annotations

import re
from typing import Final

from digest.formats.characters import UNSPACED

# Everything in ASCII but letters parts words: digits and signs say little of what a text is about.
_ASCII: Final = bytes(code if chr(code).isalpha() and code < 128 else 32 for code in range(256))
_BETWEEN: Final = re.compile(r"[\W\d_]+")
_UNSPACED: Final = re.compile(f"[{UNSPACED}]+")
_TEX: Final = re.compile(r"\\[A-Za-z]+")


def list_terms(text: str) -> list[str]:
    """The words of a text, folded; two by two the characters of scripts without spaces.

    An s at the end is dropped everywhere, which is the plural in many languages and no harm in the others.
    """
    if "\\" in text:
        text = _TEX.sub(" ", text)
    if text.isascii():
        return f"{text} ".lower().encode().translate(_ASCII).replace(b"s ", b" ").decode().split()
    runs = _UNSPACED.findall(text)
    if runs:
        text = _UNSPACED.sub(" ", text)
    words = _BETWEEN.sub(" ", f"{text} ".casefold()).replace("s ", " ").split()
    return words + [run[place : place + 2] for run in runs for place in range(max(1, len(run) - 1))]
