"""Characters that no page and no feed may hold: controls, surrogates, noncharacters.

HTML Living Standard §13.2.3.5, XML 1.0 §2.2. Tabs and line ends are none of them.
"""

from __future__ import annotations

import re
from typing import Final

_BASIC: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
_RARE: Final = "".join(chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
FORBIDDEN: Final = re.compile(f"[{_BASIC}{_RARE}]")

# The planes beyond the first apart: nearly no text has a sign of them, and they make a pattern slow.
_FORBIDDEN_BASIC: Final = re.compile(f"[{_BASIC}]")
_FORBIDDEN_RARE: Final = re.compile(f"[{_RARE}]")
_BEYOND: Final = re.compile("[\U00010000-\U0010ffff]")


def drop_forbidden(text: str) -> str:
    """The text without them."""
    text = _FORBIDDEN_BASIC.sub("", text)
    return _FORBIDDEN_RARE.sub("", text) if _BEYOND.search(text) else text


def holds_forbidden(text: str) -> bool:
    """Whether there are any."""
    if text.replace("\n", "").isprintable():  # nearly all: a tenth of the time
        return False
    return FORBIDDEN.search(text) is not None
