"""The decision of an import, as values: what is new, what is there already, what looks wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from digest.model import Item, PartialDate, Problem, Span, TitleFrom

State = Literal["unchanged", "edited", "outdated"]


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry to be written at `key` under content/, with the item it comes from."""

    key: str
    id: str
    title: str
    title_from: TitleFrom
    date: date
    published: PartialDate | None
    tags: tuple[str, ...]
    item: Item
    format: str
    file: str
    fingerprints: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class KeptEntry:
    """An existing entry that an item of the import is; `outdated` means that the source now says something else."""

    path: str
    span: Span
    state: State


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The decision what to write, complete. With an error among the problems nothing may be written."""

    new: tuple[NewEntry, ...] = ()
    kept: tuple[KeptEntry, ...] = ()
    repeated: tuple[Span, ...] = ()
    problems: tuple[Problem, ...] = ()
