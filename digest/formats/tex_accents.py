r"""TeX accents in prose as letters: `Fr\'echet`, `Sol\`a`, `\v{c}`, `\ss`; math and all other TeX stay as they are."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from digest.formats.patterns import lazily
from digest.formats.plain_text import find_math

_COMBINING: Final = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328", "r": "\u030a", "d": "\u0323",
    "b": "\u0331",
}  # fmt: skip
_LETTERS: Final = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å",
    "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ", "i": "ı", "j": "ȷ",
}  # fmt: skip
_BASE: Final = r"(?P<{0}>[^\W\d_]|\\[ij](?![A-Za-z]))"
# A letter may have two: `{\~{\^e}}`.
_MOST_ACCENTS: Final = 2
_ACCENT: Final = lazily(
    r"(?P<open>\{)?\\(?:"
    # A sign takes its letter at once, a letter takes it in braces or after a blank.
    rf"(?P<sign>['`^\"~=.])\s?(?:\{{\s?{_BASE.format('braced')}\s?\}}|{_BASE.format('bare')}(?:(?<=\\[ij])\s)?)"
    rf"|(?P<mark>[uvHckrdb])(?:\s?\{{{_BASE.format('within')}\}}|\s{_BASE.format('after')})"
    r"|(?P<letter>ss|ae|AE|oe|OE|aa|AA|dh|DH|th|TH|dj|DJ|ng|NG|[oOlLij])(?![A-Za-z])(?:\{\}|\s(?=[A-Za-z]))?"
    r")(?(open)\})"
)


def letters_from_tex(text: str) -> str:
    """Replace the accents and special letters of TeX outside of math; an accent that no letter has stays TeX."""
    if "\\" not in text:
        return text
    pieces: list[str] = []
    place = 0
    for start, end in find_math(text):
        pieces += [_with_letters(text[place:start]), text[start:end]]
        place = end
    return "".join([*pieces, _with_letters(text[place:])])


def _with_letters(text: str) -> str:
    for _ in range(_MOST_ACCENTS):
        text = _ACCENT.sub(_letter, text) if "\\" in text else text
    return text


def _letter(match: re.Match[str]) -> str:
    if match["letter"]:
        return _LETTERS[match["letter"]]
    base = (match["braced"] or match["bare"] or match["within"] or match["after"]).removeprefix("\\")
    accent = _COMBINING[match["sign"] or match["mark"]]
    # The inner of two accents may be written around the outer one.
    parts = unicodedata.normalize("NFD", base)
    told = (unicodedata.normalize("NFC", text) for text in (base + accent, parts[0] + accent + parts[1:]))
    return next((letter for letter in told if len(letter) == 1), match[0])
