"""How long to wait before a host is asked again: what it wishes, else longer each time."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

FIRST: Final = 10.0  # seconds; hosts that throttle whole data centres let go after a minute or two
FACTOR: Final = 2.0
LONGEST: Final = 120.0


def parse_retry_after(value: str, now: datetime) -> float | None:
    """The seconds that `Retry-After` asks for, as a number or as a date (RFC 9110 §10.2.3)."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:12])
    try:
        then = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return max(0.0, (then - now).total_seconds())


def back_off(attempt: int, chance: float) -> float:
    """Seconds before try `attempt`, the second being 1: twice as long each time, and between half and all of that."""
    longest = min(LONGEST, FIRST * FACTOR ** min(attempt - 1, 10))
    return longest * (0.5 + chance / 2)
