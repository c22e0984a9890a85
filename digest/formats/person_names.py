"""Names of persons as records write them, family name first, in natural order."""

from __future__ import annotations

import re
from typing import Final

_SUFFIX: Final = re.compile(r"(?:Jr|Sr)\.?|[IVX]{2,4}|[23](?:nd|rd)|Ph\.?\s?D\.?|M\.?D\.?")


def natural_name(name: str) -> str:
    """`Lovelace, Ada` and `King, Martin L., Jr.` in natural order; a name without a comma stays as it is."""
    parts = [" ".join(part.split()) for part in name.split(",")]
    parts = [part for part in parts if part]
    if len(parts) < 2:
        return " ".join(parts)
    if len(parts) > 2 and _SUFFIX.fullmatch(parts[-1]):
        return " ".join([*parts[1:-1], parts[0], parts[-1]])
    if len(parts) > 2 and _SUFFIX.fullmatch(parts[1]):
        return " ".join([*parts[2:], parts[0], parts[1]])
    if len(parts) == 2 and _SUFFIX.fullmatch(parts[1]):
        return " ".join(parts)
    return " ".join([*parts[1:], parts[0]])
