"""A paper or summary as a source tells it, before it is a file; and the documents that sources read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, Literal, Protocol

from digest.model.dates import PartialDate
from digest.model.problem import Problem, Span
from digest.model.values import dataclass

Kind = Literal["abstract", "summary", "note"]
TitleFrom = Literal["", "first-sentence", "text"]

# How much of a document is enough to tell its format, in characters.
HEAD_SIZE: Final = 65_536


@dataclass(frozen=True, slots=True)
class Identifiers:
    """The names the world has for a paper; empty where unknown. `arxiv` is without its version."""

    arxiv: str = ""
    version: int | None = None
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    openreview: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One paper or summary. `body` is Markdown.

    `day` is the listing or announcement day that the source states: a date as it stands there, or an instant with its
    offset, of which the site's time zone tells the day. `published` and `updated` are the paper's own, never more
    precise than the source. `details` is what else the source tells, by the names of CSL variables (`volume`, `page`,
    `publisher`, `comment`, `categories`, …). `slug`, `aliases` and `draft` come with posts of other generators. `guid`
    is what a feed or a service calls a record that is no paper, for ever.
    """

    kind: Kind
    body: str
    span: Span
    title: str = ""
    day: date | None = None
    published: PartialDate | None = None
    updated: PartialDate | None = None
    authors: tuple[str, ...] = ()
    identifiers: Identifiers = Identifiers()
    venue: str = ""
    summary: str = ""
    links: tuple[tuple[str, str], ...] = ()
    details: tuple[tuple[str, str], ...] = ()
    tags: tuple[str, ...] = ()
    lang: str = ""
    license: str = ""
    slug: str = ""
    aliases: tuple[str, ...] = ()
    draft: bool = False
    guid: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """An input to import, decoded, under its name: a path, an address or `-`. Every line ends with a newline sign."""

    name: str
    text: str

    @property
    def head(self) -> str:
        """The first `HEAD_SIZE` characters: all that telling a format may cost."""
        return self.text[:HEAD_SIZE]

    @property
    def size(self) -> int:
        """How large it is, in bytes or characters: enough to tell a large one from a small one."""
        return len(self.text)

    def pieces(self) -> Iterator[str]:
        """The text from its start, in pieces of any size: for formats whose documents may not fit into memory."""
        for start in range(0, len(self.text), HEAD_SIZE):
            yield self.text[start : start + HEAD_SIZE]

    def lines(self) -> Iterator[str]:
        """The text line by line, without the newline signs; the first is line 1."""
        rest = ""
        for piece in self.pieces():
            first, *others = piece.split("\n")
            if not others:
                rest += first
                continue
            yield rest + first
            yield from others[:-1]
            rest = others[-1]
        if rest:
            yield rest


@dataclass(frozen=True, slots=True)
class Noise:
    """A piece that a source drops, so that nothing goes unseen: noise of the page, a field that no entry has."""

    span: Span
    text: str


Found = Item | Noise | Problem


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a source found in a document at once. Every word of the document is in an item or in the noise."""

    items: tuple[Item, ...]
    noise: tuple[Noise, ...] = ()
    problems: tuple[Problem, ...] = ()

    def __iter__(self) -> Iterator[Found]:
        """Everything found, one after the other."""
        yield from self.items
        yield from self.noise
        yield from self.problems

    @classmethod
    def gather(cls, found: Iterable[Found]) -> Reading:
        """A stream of things found as one value."""
        things = tuple(found)
        return cls(
            tuple(thing for thing in things if isinstance(thing, Item)),
            tuple(thing for thing in things if isinstance(thing, Noise)),
            tuple(thing for thing in things if isinstance(thing, Problem)),
        )


@dataclass(frozen=True, slots=True)
class SourceReading:
    """What a document gives, read as `format`, empty where none was recognised; `found` may be gone through once."""

    document: Document
    format: str
    found: Iterable[Found]


class Source(Protocol):
    """A format that `digest import` reads: one small file and one entry point of the group `digest.sources`."""

    @property
    def name(self) -> str:
        """What `--format` calls it: kebab-case."""

    def recognise(self, document: Document) -> float:
        """How surely the document is of this format: 0 not at all, 1 beyond doubt. Looks at name and head only."""

    def read(self, document: Document) -> Iterable[Found]:
        """The items in the order of the document; bad input is a problem among them, never an exception.

        A format of records gives a stream, item by item, and tells the fields that it drops as noise. A layout of
        plain text gives one `Reading`, whose words are then compared with those of the document.
        """


Sources = tuple[Source, ...]
