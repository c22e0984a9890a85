"""What `sources:` of site.yml asks for, and what a fetch brought."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

from digest.model.problem import Problem, Span
from digest.model.values import dataclass

QueryKind = Literal[
    "arxiv-listing",
    "arxiv-rss",
    "arxiv-search",
    "biorxiv",
    "feed",
    "huggingface",
    "medrxiv",
    "oai",
    "openreview",
    "page",
]


# How far back the first fetch of a source goes, in days.
DAYS_BACK: Final = 7


@dataclass(frozen=True, slots=True)
class Selection:
    """Words to look for, as site.yml writes them: in title and abstract, among the authors, among the categories.

    `announcements` are those of arXiv: `new`, `cross`, `replace`, `replace-cross`.
    """

    keywords: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    announcements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceQuery:
    """One source of site.yml; `span` is where its name stands there. What its kind does not use is empty.

    `url` stands in for the address of the service, a mirror or a test; a `feed` and a `page` have no other.
    `since` says how far back the first fetch goes: a day, or so many days.
    """

    name: str
    kind: QueryKind
    span: Span
    url: str = ""
    search: str = ""
    categories: tuple[str, ...] = ()
    set: str = ""
    prefix: str = ""
    invitation: str = ""
    api: int = 2
    since: date | int = DAYS_BACK
    include: Selection = Selection()
    exclude: Selection = Selection()


class Tally:
    """What a source said it has, what came of it, and what became of that; counted while it comes."""

    __slots__ = ("announced", "duplicate", "got", "new", "skipped", "updated")

    def __init__(self, announced: int = 0, got: int = 0) -> None:
        self.announced = announced
        self.got = got
        self.new = self.updated = self.duplicate = self.skipped = 0

    def add(self, other: Tally) -> None:
        """Count the other's too."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(frozen=True, slots=True)
class SourceReport:
    """How it went with one source; one that `failed` lost something, and is asked for it again next time."""

    name: str
    tally: Tally
    problems: tuple[Problem, ...] = ()
    failed: bool = False


@dataclass(frozen=True, slots=True)
class FetchReport:
    """How it went, source by source; `problems` are those of no source."""

    sources: tuple[SourceReport, ...] = ()
    problems: tuple[Problem, ...] = ()
    dry: bool = False

    @property
    def failed(self) -> bool:
        """Whether anything was lost."""
        errors = any(problem.severity == "error" for problem in self.problems)
        return errors or any(source.failed for source in self.sources)

    @property
    def all_failed(self) -> bool:
        """Whether no source could be relied on."""
        return self.failed and all(source.failed for source in self.sources)

    @property
    def total(self) -> Tally:
        """All sources together."""
        total = Tally()
        for source in self.sources:
            total.add(source.tally)
        return total
