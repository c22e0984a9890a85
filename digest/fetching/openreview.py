"""OpenReview: the notes of an invitation, a thousand at a time (docs.openreview.net, both versions of its API)."""

from __future__ import annotations

from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

from digest.fetching.days import UNTIL
from digest.fetching.json_pages import fault_of_part, read_count, read_json, said_of
from digest.fetching.steps import Announced, Answer, Asked, Memory, Page, Query, Remember, ask, document_of, refused
from digest.model import Problem, SourceQuery

ADDRESSES: Final = {1: "https://api.openreview.net/notes", 2: "https://api2.openreview.net/notes"}
PAGE_SIZE: Final = 1_000


def ask_openreview(source: SourceQuery, asked: Asked, _memory: Memory) -> Query:
    """All submissions to a venue, each time: they were made long before anybody may see them."""
    offset = total = 0
    before = ""
    while True:
        words = {"invitation": source.invitation, "limit": PAGE_SIZE, "offset": offset}
        url = f"{source.url or ADDRESSES[source.api]}?{urlencode(words)}"
        answer = yield from ask(url, partial(fault_of_part, offset, total, "notes", _counts_of), before)
        if isinstance(answer, Problem):
            yield answer
            return
        if answer.status >= 400:
            yield refused(answer, said_of(answer))
            return
        stated, records = _counts_of(answer)
        yield Announced(max(0, stated - total) if stated else records)
        total = max(stated, total)
        if papers := _papers_of(answer):
            yield Page(document_of(answer), papers)
        offset += records
        before = answer.text
        # Where no count is stated, a full page has another one behind it.
        if offset >= total and (total or records < PAGE_SIZE):
            break
    if not asked.named:
        yield Remember({UNTIL: asked.now.date().isoformat()})


def _notes_of(answer: Answer) -> list[Any]:
    notes = read_json(answer.text).get("notes")
    return notes if isinstance(notes, list) else []


def _counts_of(answer: Answer) -> tuple[int, int]:
    """How many there are in all, and how many on this page."""
    return read_count(read_json(answer.text).get("count")), len(_notes_of(answer))


def _papers_of(answer: Answer) -> int:
    """How many of the notes are papers, not replies to one."""
    notes = [note for note in _notes_of(answer) if isinstance(note, dict)]
    return sum(not note.get("replyto") and note.get("forum") in {None, note.get("id")} for note in notes)
