"""One source, asked from beginning to end: requests out, items in, and every paper of a page accounted for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from digest.fetching.client import Client
from digest.fetching.filters import make_filter
from digest.fetching.queries import QUERIES
from digest.fetching.steps import Announced, Answer, Asked, Memory, Page, Remember, Request, Step, clip, incomplete
from digest.model import Document, Item, Problem, SourceQuery, SourceReading, Tally

ReadDocument = Callable[[Document], SourceReading]

# Faults of a record, not of its page: the other records are whole, and it would be no better next time.
_OF_A_RECORD: Final = frozenset({"DG303", "DG308"})


@dataclass(frozen=True, slots=True)
class Gathered:
    """An item that the site wants, and the document that it is from."""

    item: Item
    reading: SourceReading


@dataclass(slots=True)
class Harvest:
    """The answers to one query, as they come; `tally` and `problems` grow while it is gone through.

    A `Remember` comes only after every item before it, and none comes after a page that was not read whole.
    """

    source: SourceQuery
    client: Client
    read: ReadDocument
    asked: Asked
    memory: Memory
    tally: Tally = field(default_factory=Tally)
    problems: list[Problem] = field(default_factory=list)

    def __iter__(self) -> Iterator[Gathered | Remember]:
        """What came, one by one."""
        wants = make_filter(self.source)
        whole = True
        for step in self._steps():
            if isinstance(step, Announced):
                self.tally.announced += step.number
            elif isinstance(step, Problem):
                self._tell(step)
            elif isinstance(step, Remember):
                if whole:
                    yield step
            elif isinstance(step, Page):
                before = len(self.problems)
                reading = self.read(step.document)
                for item in self._items(step, reading):
                    if wants(item):
                        yield Gathered(item, reading)
                    else:
                        self.tally.skipped += 1
                whole = whole and not any(_is_grave(problem) for problem in self.problems[before:])

    @property
    def failed(self) -> bool:
        """Whether something that was asked for did not come."""
        return any(problem.severity == "error" for problem in self.problems)

    def _steps(self) -> Iterator[Step]:
        """The steps of the query, its requests answered."""
        query = QUERIES[self.source.kind](self.source, self.asked, self.memory)
        try:
            step = next(query)
            while True:
                if isinstance(step, Request):
                    reply = self.client.get(step)
                    if isinstance(reply, Answer) and reply.replaced:
                        yield _garbled(reply)
                    step = query.send(reply)
                else:
                    yield step
                    step = next(query)
        except StopIteration:
            return

    def _items(self, page: Page, reading: SourceReading) -> Iterator[Item]:
        """The items of a page; DG703 if there are fewer than it has records."""
        items = broken = 0
        for found in reading.found:
            if isinstance(found, Item):
                items += 1
                self.tally.got += 1
                yield found
            elif isinstance(found, Problem):
                broken += found.severity == "error"
                self._tell(found)
        if page.records is not None and items + broken < page.records:
            self._tell(incomplete(f"{items} of the {page.records} papers of {clip(page.document.name)} could be read"))

    def _tell(self, problem: Problem) -> None:
        """Keep a problem, under the name of the source; one without a place stands where site.yml names the source."""
        named = f"{self.source.name}: {problem.message}"
        self.problems.append(replace(problem, message=named, span=problem.span or self.source.span))


def _garbled(answer: Answer) -> Problem:
    message = f"{answer.replaced} characters of {clip(answer.url)} cannot be read, and are shown as \ufffd"
    return Problem("warning", "DG703", message, None, "look for \ufffd in the new entries, and mend them by hand")


def _is_grave(problem: Problem) -> bool:
    return problem.severity == "error" and problem.code not in _OF_A_RECORD
