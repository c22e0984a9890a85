"""Searches by the arXiv API: pages of an Atom feed, with how many there are in all (info.arxiv.org/help/api)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from functools import partial
from typing import Final
from urllib.parse import urlencode

from digest.fetching.days import DAY, UNTIL, first_day
from digest.fetching.feed_pages import count_records, error_of_feed, fault_of_xml
from digest.fetching.steps import (
    Announced,
    Answer,
    Asked,
    Memory,
    Page,
    Query,
    Remember,
    ask,
    document_of,
    incomplete,
    refused,
    unreachable,
)
from digest.model import Problem, SourceQuery

ADDRESS: Final = "https://export.arxiv.org/api/query"
PAGE_SIZE: Final = 500  # 2,000 are allowed; large pages are the ones that time out
MOST: Final = 30_000  # the API gives no more of one search
# A search knows the day of submission only. Weekends, holidays and moderators keep papers back that long, mostly.
OVERLAP: Final = 14 * DAY

_TOTAL: Final = re.compile(r"<(?:\w+:)?totalResults\b[^>]*>\s*(\d{1,9})\s*<")


def ask_search(source: SourceQuery, asked: Asked, memory: Memory) -> Query:
    """Every paper that was submitted in the days asked for and that the search finds, newest first."""
    search = _search_of(source, asked, memory)
    start = total = 0
    before = ""
    while start < min(total, MOST) or not start:
        answer = yield from ask(_address(source, search, start), partial(_fault_of, start, total), before)
        if isinstance(answer, Problem):
            yield answer
            return
        if said := error_of_feed(answer.text):
            yield unreachable(f"arXiv refuses the search: {said}", "see `search` in site.yml")
            return
        if answer.status >= 400:
            yield refused(answer, answer.text)
            return
        told, total = total, _total_of(answer.text)
        yield Announced(total - told)
        records = count_records(answer.text)
        if not records:
            break
        yield Page(document_of(answer), records)
        start += records
        before = answer.text
    if total > MOST:
        hint = "narrow the search, or ask for fewer days at a time"
        yield incomplete(f"{total} papers are found, and arXiv gives the first {MOST} only", hint)
    elif not asked.named:
        yield Remember({UNTIL: asked.now.astimezone(UTC).isoformat(timespec="seconds")})


def _search_of(source: SourceQuery, asked: Asked, memory: Memory) -> str:
    """The search of site.yml, within its categories and the days asked for."""
    first = first_day(source, asked, memory)
    if not asked.named and UNTIL in memory:
        first -= OVERLAP
    end = datetime.combine(asked.until, time(23, 59)) if asked.until else asked.now.astimezone(UTC)
    parts = [f"({source.search})"] if source.search else []
    if source.categories:
        parts.append(f"({' OR '.join(f'cat:{category}' for category in source.categories)})")
    return " AND ".join([*parts, f"submittedDate:[{first:%Y%m%d}0000 TO {end:%Y%m%d%H%M}]"])


def _address(source: SourceQuery, search: str, start: int) -> str:
    words = {
        "search_query": search,
        "start": start,
        "max_results": PAGE_SIZE,
        "sortBy": "submittedDate",
        "sortOrder": "descending",
    }
    return f"{source.url or ADDRESS}?{urlencode(words)}"


def _total_of(text: str) -> int:
    found = _TOTAL.search(text)
    return int(found[1]) if found else 0


def _fault_of(start: int, total: int, answer: Answer) -> str:
    """Why the page that begins at `start` is of no use: cut, or empty although more papers are said to be there."""
    if answer.status >= 400:
        return ""
    if fault := fault_of_xml(answer.text, "feed"):
        return fault
    if start < max(total, _total_of(answer.text)) and not count_records(answer.text):
        return f"sends an empty page behind {start} of {max(total, _total_of(answer.text))} papers"
    return ""
