"""Characters that no page and no feed may hold: controls, surrogates, noncharacters; those that stand without blanks.

HTML Living Standard §13.2.3.5, XML 1.0 §2.2. Tabs and line ends are none of them.
"""

from __future__ import annotations

from typing import Final

from digest.formats.patterns import lazily

_BARE: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
_BASIC: Final = _BARE + "\x80-\x9f"
_RARE: Final = "".join(chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
FORBIDDEN: Final = lazily(f"[{_BASIC}{_RARE}]")

# All but the controls U+0080 to U+009F: those are letters that were read wrongly somewhere. Whoever imports them keeps
# them as they are; they are shown as U+FFFD, with a warning, where the entry is read.
NO_CHARACTERS: Final = lazily(f"[{_BARE}{_RARE}]")

# The planes beyond the first apart: nearly no text has a sign of them, and they make a pattern slow.
_FORBIDDEN_BASIC: Final = lazily(f"[{_BASIC}]")
_FORBIDDEN_RARE: Final = lazily(f"[{_RARE}]")
_BEYOND: Final = lazily("[\U00010000-\U0010ffff]")
# The first byte of U+0080 to U+00BF, of U+F000 to U+FFFF, and those of the planes beyond the first.
_LEADING: Final = bytes({0xC2, 0xEF, *range(0xF0, 0xF8)})
# All but these and controls.
_HARMLESS: Final = bytes({*range(256)} - {*range(9), *range(11, 32), 0x7F, *_LEADING})
_CONTROL: Final = lazily(rb"\xc2[\x80-\x9f]")
_UNSEEN: Final = "\t\xa0\u2061\u2062\u2063"  # what is allowed and yet not printed; the last three are of MathML


def is_harmless(text: str) -> bool:
    """Whether nothing in a text need be looked for: no control or carriage return, nothing that is no character.

    A `False` says nothing. It takes a hundredth of the time of a pattern.
    """
    try:
        return are_harmless(text.encode()) or is_printed(text)
    except UnicodeEncodeError:  # a surrogate
        return False


def are_harmless(data: bytes) -> bool:
    """The same of a text that is UTF-8: whether none of its bytes can be of such a character."""
    odd = data.translate(None, _HARMLESS)
    return not odd or not (
        odd.translate(None, _LEADING)
        or (b"\xc2" in odd and _CONTROL.search(data))
        or b"\xef\xb7" in data  # U+FDD0 and others
        or b"\xbf\xbe" in data  # U+FFFE, and the last two of every plane
        or b"\xbf\xbf" in data
    )


def is_printed(text: str) -> bool:
    """Whether a text is harmless and has no blanks and line ends but the usual ones and no-break spaces."""
    if text.isascii():
        return are_harmless(text.encode())
    text = text.replace("\n", "")
    if text.isprintable():
        return True
    for sign in _UNSEEN:
        text = text.replace(sign, "")
    return text.isprintable()


# Scripts that set no blanks between words, as the inside of a pattern's brackets: Thai to Burmese and Khmer, Japanese,
# Chinese; Korean, whose words carry their endings, is best compared in pairs as well.
UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)


def drop_forbidden(text: str) -> str:
    """The text without them."""
    if is_harmless(text):
        return text
    text = _FORBIDDEN_BASIC.sub("", text)
    return _FORBIDDEN_RARE.sub("", text) if _BEYOND.search(text) else text


def holds_no_characters(text: str) -> bool:
    """Whether there is anything that is no character at all."""
    return not is_harmless(text) and NO_CHARACTERS.search(text) is not None
