"""Names of languages (BCP 47)."""

from __future__ import annotations

import re
from typing import Final

_TAG: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def is_language(text: str) -> bool:
    """Whether a text is the tag of a language: `en`, `pt-BR`."""
    return _TAG.fullmatch(text) is not None
