"""What a query of a source is made of: the steps that it yields, and the answers that it is sent.

A query opens nothing itself. It yields a `Request` and is sent what came of it; whatever else it yields is for whoever
runs it: documents to read, what to remember, what went wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from urllib.parse import urlsplit

from digest.formats import urls
from digest.model import Document, Problem, SourceQuery

# Text to text, so that whatever a file says can be told sound at a glance.
Memory = Mapping[str, str]

# How often an answer that came whole and is of no use is asked for again: an empty page in the middle, half a page.
TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class Request:
    """An address to ask; `etag` and `modified` are those of what is at hand already.

    `accept` is the media type that is wanted where a server has several. `attempt` counts the answers to the same
    question that were of no use: the client waits longer before each.
    """

    url: str
    etag: str = ""
    modified: str = ""
    accept: str = ""
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said in the end, as text; `url` is where it was found. `replaced` characters were none."""

    url: str
    status: int
    text: str
    etag: str = ""
    modified: str = ""
    media_type: str = ""
    replaced: int = 0

    @property
    def unchanged(self) -> bool:
        """Whether what is at hand is still what the server has (304)."""
        return self.status == 304


@dataclass(frozen=True, slots=True)
class Page:
    """A document to read; `records` is how many papers it must hold, where that can be told."""

    document: Document
    records: int | None = None


@dataclass(frozen=True, slots=True)
class Announced:
    """So many papers more are said to be there."""

    number: int


@dataclass(frozen=True, slots=True)
class Remember:
    """What the next run should know, true as soon as all pages up to here are filed."""

    memory: Memory


Step = Request | Page | Announced | Remember | Problem
Reply = Answer | Problem
Query = Generator[Step, Reply, None]


@dataclass(frozen=True, slots=True)
class Asked:
    """When a run asks, and for which days, where the command line names any."""

    now: datetime
    since: date | None = None
    until: date | None = None

    @property
    def named(self) -> bool:
        """Whether the days are named: such a run remembers nothing, it may leave out days that are due."""
        return self.since is not None or self.until is not None


AskSource = Callable[[SourceQuery, Asked, Memory], Query]


def ask(url: str, fault: Callable[[Answer], str], before: str = "") -> Generator[Step, Reply, Answer | Problem]:
    """The answer to a question, asked again while `fault` finds the answer useless; DG703 if it stays so.

    The text of the page `before` is of no use either: a server that is stuck would send it for ever.
    """
    reason = ""
    for attempt in range(TRIES):
        answer = yield Request(url, attempt=attempt)
        if isinstance(answer, Problem):
            return answer
        reason = fault(answer) or ("sends the same page again" if before and answer.text == before else "")
        if not reason:
            return answer
    return useless(url, reason)


def document_of(answer: Answer) -> Document:
    """The answer as a document, named by its address, by which entries tell where they came from."""
    text = answer.text if answer.text.endswith("\n") else answer.text + "\n"
    return Document(urls.without_login(answer.url), text)


def host_of(url: str) -> str:
    """The host of an address, which has one."""
    return urlsplit(url).hostname or ""


def useless(url: str, reason: str) -> Problem:
    """A server that sent the same nonsense every time: DG703."""
    return incomplete(f"{host_of(url)} {reason}, {TRIES} times in a row: {clip(url)}")


def refused(answer: Answer, said: str = "") -> Problem:
    """A server that says no: DG701."""
    told = f" ({clip(said)})" if said.strip() else ""
    return unreachable(f"{host_of(answer.url)} answers {answer.status}{told}: {clip(answer.url)}")


def unreachable(message: str, hint: str = "check the address and what site.yml asks for") -> Problem:
    """DG701."""
    return Problem("error", "DG701", message, None, hint)


def stale(message: str) -> Problem:
    """DG702."""
    hint = "fetch again later today; arxiv-listing catches up with days that were missed"
    return Problem("error", "DG702", message, None, hint)


def incomplete(message: str, hint: str = "what came is kept; the next fetch asks for all of it again") -> Problem:
    """DG703."""
    return Problem("error", "DG703", message, None, hint)


def clip(text: str, width: int = 200) -> str:
    """What a server says, or its address, on one line, not too long, and without a password."""
    line = " ".join(urls.without_login(text).split())
    return line if len(line) <= width else line[:width] + "…"
