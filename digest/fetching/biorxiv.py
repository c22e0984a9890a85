"""bioRxiv and medRxiv: pages of JSON from a cursor on (api.biorxiv.org); numbers are text in places."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

from digest.fetching.days import DAY, UNTIL, first_day, last_day
from digest.fetching.json_pages import fault_of_part, read_count, read_json, said_of
from digest.fetching.steps import (
    Announced,
    Answer,
    Asked,
    Memory,
    Page,
    Query,
    Remember,
    Reply,
    Step,
    ask,
    document_of,
    refused,
)
from digest.model import Problem, SourceQuery

ADDRESS: Final = "https://api.biorxiv.org/details"
# A day is filled in the course of the next one.
OVERLAP: Final = 2 * DAY


def ask_biorxiv(source: SourceQuery, asked: Asked, memory: Memory) -> Query:
    """Every preprint that was posted in the days asked for, in the categories named or in all."""
    first, last = first_day(source, asked, memory), last_day(asked)
    if not asked.named and UNTIL in memory:
        first -= OVERLAP
    for category in source.categories or ("",):
        whole = yield from _ask_category(source, category, first, last)
        if not whole:
            return
    if not asked.named:
        yield Remember({UNTIL: last.isoformat()})


def _ask_category(source: SourceQuery, category: str, first: date, last: date) -> Generator[Step, Reply, bool]:
    """All pages; returns whether they came."""
    base = f"{(source.url or ADDRESS).rstrip('/')}/{source.kind}/{first}/{last}"
    words = f"?{urlencode({'category': '_'.join(category.lower().split())})}" if category else ""
    cursor = total = 0
    before = ""
    while True:
        answer = yield from ask(
            f"{base}/{cursor}/json{words}", partial(fault_of_part, cursor, total, "preprints", _counts_of), before
        )
        if isinstance(answer, Problem):
            yield answer
            return False
        if answer.status >= 400:
            yield refused(answer, said_of(answer))
            return False
        stated, records = _counts_of(answer)
        yield Announced(max(0, stated - total))
        total = max(stated, total)
        if records:
            yield Page(document_of(answer), records)
        cursor += records
        before = answer.text
        if cursor >= total:
            return True


def _counts_of(answer: Answer) -> tuple[int, int]:
    """How many there are in all, and how many on this page."""
    page: dict[str, Any] = read_json(answer.text)
    messages, records = page.get("messages"), page.get("collection")
    head = messages[0] if isinstance(messages, list) and messages and isinstance(messages[0], dict) else {}
    return read_count(head.get("total")), len(records) if isinstance(records, list) else 0
