"""Parts of a document (RFC 9110 §14)."""

from __future__ import annotations

import re
from typing import Final

from digest.model import NamedTuple

_RANGE: Final = re.compile(r"\s*bytes\s*=\s*(?:([0-9]{1,18})-([0-9]{0,18})|-([0-9]{1,18}))\s*", re.IGNORECASE)


class Part(NamedTuple):
    """Bytes from `start` to before `end`; none where no byte of the document was asked for."""

    start: int
    end: int


def read_range(header: str | None, size: int) -> Part | None:
    """The part that a Range header asks for; `None` is the whole, also where several parts or nonsense are asked for.

    An empty part is answered by 416.
    """
    match = _RANGE.fullmatch(header) if header else None
    if match is None:
        return None
    first, last, suffix = match.groups()
    if suffix is not None:
        return Part(max(0, size - int(suffix)), size) if int(suffix) else Part(size, size)
    start = int(first)
    if last and int(last) < start:
        return None
    return Part(start, min(int(last) + 1, size) if last else size) if start < size else Part(size, size)
