"""What arXiv announced, category by category and day by day: its catch-up pages, which go back ninety days.

A page states its day and how many papers the day has; a day without papers says so, and whether a later one has any.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from datetime import date
from functools import partial
from typing import Final
from urllib.parse import quote

from digest.fetching.days import DAY, UNTIL, arxiv_today, each_day, first_day, is_weekday
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
    clip,
    document_of,
    incomplete,
    refused,
    stale,
)
from digest.formats import dates
from digest.model import Problem, SourceQuery

ADDRESS: Final = "https://arxiv.org"
KEPT: Final = 90 * DAY

_TOTAL: Final = re.compile(r"\bTotal of ([\d,]{1,9}) entr")
_SHOWN: Final = re.compile(r"\bshowing (?:first |last )?([\d,]{1,9}) of [\d,]{1,9} entries")
_ENTRY: Final = re.compile(r"<dt\b", re.IGNORECASE)
_DAY: Final = re.compile(
    r"(?:\bon|entries for|updates for|listings for) (?:[A-Z][a-z]+, )?(\d{1,2} [A-Z][a-z]+ \d{4})\b"
)
_NOTHING: Final = re.compile(r"\bNo (?:further )?updates (?:for|today)")
_NEXT: Final = re.compile(r"\bContinue to the next day\b")
_TAGS: Final = re.compile(r"<[^>]*>")


def ask_listing(source: SourceQuery, asked: Asked, memory: Memory) -> Query:
    """All that was announced on the days asked for; a day that is not announced yet is asked for again next time."""
    last = asked.until or arxiv_today(asked.now)
    known = dict(memory)
    for category in source.categories:
        name = f"{UNTIL} {category}"
        first = first_day(source, asked, memory, name)
        if not asked.named and name in memory:
            first += DAY
        if first < last - KEPT:
            hint = "arXiv lists ninety days only: bring the days before with a source of the kind oai"
            yield incomplete(f"the days of {category} before {last - KEPT} cannot be had", hint)
            first = last - KEPT
        until = yield from _ask_category(source, category, first, last)
        if until and not asked.named:
            known[name] = until.isoformat()
            yield Remember(dict(known))


def _ask_category(source: SourceQuery, category: str, first: date, last: date) -> Generator[Step, Reply, date | None]:
    """The pages of these days; returns the last day up to which nothing can be missing."""
    until: date | None = None
    for day in each_day(first, last):
        if not is_weekday(day):
            continue
        settled = yield from _ask_day(source, category, day)
        if settled is None:
            return until
        until = day if settled else until
    return until


def _ask_day(source: SourceQuery, category: str, day: date) -> Generator[Step, Reply, bool | None]:
    """The pages of a day; returns whether it is announced for sure, nothing where pages are missing."""
    base = f"{(source.url or ADDRESS).rstrip('/')}/catchup/{quote(category)}/{day}?abs=True&page="
    got, total, page = 0, 1, 1
    before = ""
    while got < total:
        answer = yield from ask(f"{base}{page}", partial(_fault_of, got), before)
        if isinstance(answer, Problem):
            yield answer
            return None
        if answer.status >= 400:
            yield refused(answer, _TAGS.sub(" ", answer.text[-1_000:]))
            return None
        stated = _day_of(answer.text)
        if stated != day:
            yield stale(f"the listing of {category} for {day} is one of {stated or 'no day'}: {clip(answer.url)}")
            return None
        total, records = _total_of(answer.text), len(_ENTRY.findall(answer.text))
        if page == 1:
            yield Announced(total)
        if not records:
            return bool(_NEXT.search(answer.text))
        yield Page(document_of(answer), records)
        got += records
        page += 1
        before = answer.text
    return True


def _total_of(text: str) -> int:
    found = _TOTAL.search(text)
    return _number(found[1]) if found else 0


def _number(text: str) -> int:
    return int("0" + text.replace(",", ""))


def _day_of(text: str) -> date | None:
    found = _DAY.search(text)
    day = dates.parse_date_line(found[1]) if found else None
    return day if isinstance(day, date) else None


def _fault_of(got: int, answer: Answer) -> str:
    """Why a page is of no use, when so many papers of the day came before."""
    if answer.status >= 400:
        return ""
    total, records = _TOTAL.search(answer.text), len(_ENTRY.findall(answer.text))
    if total is None and not _NOTHING.search(answer.text):
        return "answers with a page that is no listing"
    shown = sum(_number(number) for number in _SHOWN.findall(answer.text))
    if records < shown:
        return f"shows {records} of the {shown} papers that its page announces"
    if not records and got < _total_of(answer.text):
        return f"sends an empty page behind {got} of {_total_of(answer.text)} papers"
    return ""
