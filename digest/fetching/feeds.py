"""Any feed, and any page that an import would recognise: one address, asked for when it has changed."""

from __future__ import annotations

from collections.abc import Generator
from typing import Final

from digest.fetching.feed_pages import count_records, fault_of_xml, is_feed
from digest.fetching.json_pages import read_json
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
    refused,
    useless,
)
from digest.model import Problem, SourceQuery

ETAG: Final = "etag"
MODIFIED: Final = "modified"


def ask_feed(source: SourceQuery, asked: Asked, memory: Memory) -> Query:
    """All that the feed holds now; nothing where it is what it was. An empty one is a quiet day."""
    answer = yield from _ask_changed(source, asked, memory)
    if answer is None:
        return
    records = _count(answer.text)
    if records:
        yield Announced(records)
    if records != 0:
        yield Page(document_of(answer))
    if not asked.named:
        yield _remember(answer)


def ask_page(source: SourceQuery, asked: Asked, memory: Memory) -> Query:
    """The page, where it is not what it was."""
    answer = yield from _ask_changed(source, asked, memory)
    if answer is None:
        return
    yield Page(document_of(answer))
    if not asked.named:
        yield _remember(answer)


def _ask_changed(source: SourceQuery, asked: Asked, memory: Memory) -> Generator[Step, Reply, Answer | None]:
    """The answer, if there is a new one; a feed that is cut is asked for again."""
    known = {} if asked.named else memory
    fault = ""
    for attempt in range(TRIES):
        answer = yield Request(source.url, known.get(ETAG, ""), known.get(MODIFIED, ""), attempt=attempt)
        if isinstance(answer, Problem):
            yield answer
            return None
        if answer.unchanged:
            return None
        if answer.status >= 400:
            yield refused(answer)
            return None
        fault = fault_of_xml(answer.text, "rss", "feed", "RDF") if is_feed(answer.text) else ""
        if not fault:
            return answer
    yield useless(source.url, fault)
    return None


def _count(text: str) -> int | None:
    """How many entries a feed has, where that can be told."""
    if is_feed(text):
        return count_records(text)
    feed = read_json(text)
    items = feed.get("items") if isinstance(feed, dict) else None
    return len(items) if isinstance(items, list) else None


def _remember(answer: Answer) -> Remember:
    return Remember({ETAG: answer.etag, MODIFIED: answer.modified})
