"""The feeds that arXiv makes anew each day (info.arxiv.org/help/rss_specifications.html), one for each category.

A feed holds one batch, that of its day. On a day without announcements it is empty, and bears that day all the same: so
a feed of an earlier day is a stale one, whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import quote

from digest.fetching.days import DAY, arxiv_today, each_day, is_due, last_due_day, parse_day
from digest.fetching.feed_pages import count_records, error_of_feed, fault_of_xml
from digest.fetching.steps import (
    TRIES,
    Announced,
    Answer,
    Asked,
    Memory,
    Page,
    Query,
    Remember,
    Reply,
    Request,
    Step,
    document_of,
    incomplete,
    refused,
    stale,
    unreachable,
    useless,
)
from digest.model import Problem, SourceQuery

ADDRESS: Final = "https://rss.arxiv.org/rss"
FULL: Final = 2_000  # the most that a feed holds

_DAYS: Final = re.compile(r"<(?:\w+:)?(?:pubDate|date|published)>([^<]{8,40})<")


@dataclass(frozen=True, slots=True)
class _Batch:
    """The feed of a category: the day it bears and what it holds; no `answer` where it is the one of the last time."""

    category: str
    day: date | None
    records: int = 0
    answer: Answer | None = None


def ask_rss(source: SourceQuery, asked: Asked, memory: Memory) -> Query:
    """The batches of all categories. One that is older than the day asked for, or than the others, is a problem."""
    batches: list[_Batch] = []
    for category in source.categories:
        batch = yield from _ask_batch(source, category, asked, memory)
        if isinstance(batch, Problem):
            yield batch
        else:
            batches.append(batch)
    known = dict(memory)
    for batch in batches:
        if batch.answer and batch.records:
            yield Announced(batch.records)
            yield Page(document_of(batch.answer), batch.records)
        if batch.records >= FULL:
            yield incomplete(f"the feed of {batch.category} is full: {FULL} papers are the most that it holds")
        if problem := _problem_of(batch, batches, asked):
            yield problem
            continue
        if not asked.named:
            if missed := _missed(batch, memory):
                yield missed
            known |= _memory_of(batch)
    if not asked.named:
        yield Remember(known)


def _ask_batch(
    source: SourceQuery, category: str, asked: Asked, memory: Memory
) -> Generator[Step, Reply, _Batch | Problem]:
    """The feed of one category; one that is cut is asked for again."""
    url = f"{(source.url or ADDRESS).rstrip('/')}/{quote(category)}"
    known = {} if asked.named else memory
    fault = ""
    for attempt in range(TRIES):
        etag, modified = known.get(f"etag {category}", ""), known.get(f"modified {category}", "")
        answer = yield Request(url, etag, modified, attempt=attempt)
        if isinstance(answer, Problem):
            return answer
        if answer.unchanged:
            return _Batch(category, parse_day(memory.get(f"batch {category}", "")))
        if said := error_of_feed(answer.text):
            return unreachable(f"arXiv has no feed {category}: {said}", "see `categories` in site.yml")
        if answer.status >= 400:
            return refused(answer)
        if not (fault := fault_of_xml(answer.text, "rss", "feed", "RDF")):
            return _Batch(category, _day_of(answer.text), count_records(answer.text), answer)
    return useless(url, fault)


def _day_of(text: str) -> date | None:
    """The newest day that the feed bears, in its head or at its papers."""
    return max(filter(None, map(_parse_day, _DAYS.findall(text))), default=None)


def _parse_day(text: str) -> date | None:
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return parse_day(text.strip())


def _problem_of(batch: _Batch, batches: Sequence[_Batch], asked: Asked) -> Problem | None:
    """Whether the batch is behind: the others, or the day asked for."""
    if batch.day is None:
        return stale(f"the feed of {batch.category} does not say of which day it is")
    newest = max((other for other in batches if other.day), key=lambda other: other.day or date.min)
    if newest.day and batch.day < newest.day and _is_due_between(batch.day, newest.day):
        return stale(
            f"the feed of {batch.category} lags: it is still that of {batch.day}, "
            f"while that of {newest.category} is of {newest.day}"
        )
    due = last_due_day(asked.until or arxiv_today(asked.now))
    due = max(due, asked.since) if asked.since else due
    if batch.day < due:
        return stale(f"the feed of {batch.category} is stale: it is that of {batch.day}, and {due} was asked for")
    return None


def _missed(batch: _Batch, memory: Memory) -> Problem | None:
    """The days between the last batch and this one that surely had papers: no feed holds them any more."""
    before = parse_day(memory.get(f"batch {batch.category}", ""))
    if before is None or batch.day is None:
        return None
    lost = [day.isoformat() for day in each_day(before + DAY, batch.day - DAY) if is_due(day)]
    if not lost:
        return None
    hint = "fetch every day, or let a source of the kind arxiv-listing catch up"
    return incomplete(f"nobody fetched the feed of {batch.category} on {', '.join(lost)}", hint)


def _is_due_between(first: date, last: date) -> bool:
    """Whether arXiv surely announced papers after the first day, up to the last."""
    return any(map(is_due, each_day(first + DAY, last)))


def _memory_of(batch: _Batch) -> dict[str, str]:
    known = {f"batch {batch.category}": batch.day.isoformat() if batch.day else ""}
    if batch.answer:
        known[f"etag {batch.category}"] = batch.answer.etag
        known[f"modified {batch.category}"] = batch.answer.modified
    return known
