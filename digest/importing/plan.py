"""The decision about an item, as a value: new, renewed, kept or repeated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from digest.formats.frontmatter import Plain
from digest.model import Item, PartialDate, Span, TitleFrom

State = Literal["unchanged", "edited", "older", "ignored", "other-text", "broken"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an item was found: the format, and the name of the file or the address of the document."""

    format: str
    file: str = ""
    url: str = ""

    @property
    def name(self) -> str:
        """By which the document is known again; none for standard input, which may be any."""
        return self.url or self.file


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry to be written at `key` under content/, with the item it comes from.

    `moment` is the day, with its time where a post has one; `values` are the keys of front matter that the item gives.
    """

    key: str
    id: str
    title: str
    title_from: TitleFrom
    moment: date
    announced: date | None
    published: PartialDate | None
    tags: tuple[str, ...]
    item: Item
    origin: Origin
    imported: date
    values: Mapping[str, Plain]
    fingerprints: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RenewedEntry:
    """An existing entry with fields that the item renews or fills; `kept` are those that a person has edited.

    `changes` are keys of front matter, `None` for one that goes; `body` is the new one, `None` where it stays.
    """

    key: str
    span: Span
    fields: tuple[str, ...]
    kept: tuple[str, ...]
    changes: Mapping[str, Plain]
    body: str | None


@dataclass(frozen=True, slots=True)
class KeptEntry:
    """An existing entry that an item of the import is, left as it is."""

    key: str
    span: Span
    state: State


@dataclass(frozen=True, slots=True)
class RepeatedItem:
    """An item that this import has brought already, as the entry of `key`."""

    key: str
    span: Span


Decision = NewEntry | RenewedEntry | KeptEntry | RepeatedItem
