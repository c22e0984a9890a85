"""A paper or summary as a source tells it, before it is a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from digest.model.dates import PartialDate
from digest.model.problem import Problem, Span

Kind = Literal["abstract", "summary", "note"]
TitleFrom = Literal["", "first-sentence", "text"]


@dataclass(frozen=True, slots=True)
class Identifiers:
    """The names the world has for a paper; empty where unknown. `arxiv` is without its version."""

    arxiv: str = ""
    version: int | None = None
    doi: str = ""
    pmid: str = ""
    openreview: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One paper or summary. `body` is Markdown; `day` is the listing day that the source states."""

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
    links: tuple[tuple[str, str], ...] = ()
    tags: tuple[str, ...] = ()
    lang: str = ""
    license: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """An input to import: the decoded text of a file, an address or standard input, under its name."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Noise:
    """A piece of page noise that a source drops, so that nothing goes unseen."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a source found in a document. Every word of it is in an item or in the noise."""

    items: tuple[Item, ...]
    noise: tuple[Noise, ...] = ()
    problems: tuple[Problem, ...] = ()


class Source(Protocol):
    """A format that `digest import` reads: one file of `sources/`, one line of its registry."""

    @property
    def name(self) -> str:
        """What `--format` calls it."""

    def recognise(self, document: Document) -> float:
        """How surely the document is of this format: 0 not at all, 1 beyond doubt. Cheap."""

    def read(self, document: Document) -> Reading:
        """The items in the order of the document; bad input is a problem in the reading, never an exception."""


Sources = Sequence[Source]
