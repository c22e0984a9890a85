"""Titles with the day of their paper beside them: `2019-12-06 Title`, `[2019-12-06] Title`, `Title (…)`."""

from __future__ import annotations

from datetime import date
from typing import Final

from digest.formats.dates import parse_date_line
from digest.formats.patterns import lazily

_BEFORE: Final = lazily(
    r"(?:[\[(](?P<held>[^\[\]()]{6,40})[\])]|(?P<day>(?:19|20)[0-9]{2}(?P<sign>[-/.])[0-9]{1,2}(?P=sign)[0-9]{1,2}))"
    r"(?:\s*[:|–—-]\s*|\s+)(?=\S)"
)
_BEHIND: Final = lazily(r"\s*[\[(](?P<held>[^\[\]()]{6,40})[\])]$")


def split_day(title: str) -> tuple[str, date | None, str]:
    """(the title, or names, without the day that is written beside, that day, its words)."""
    for found in (_BEFORE.match(title), _BEHIND.search(title)):
        if not found:
            continue
        words = found["held"] or found.groupdict().get("day", "")
        rest = title[found.end() :] if found.start() == 0 else title[: found.start()]
        if isinstance(day := parse_date_line(words), date) and rest.strip():
            return rest.strip(), day, words
    return title, None, ""
