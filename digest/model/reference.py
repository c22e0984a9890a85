"""A paper as bibliographies know it."""

from __future__ import annotations

from dataclasses import dataclass

from digest.model.dates import PartialDate
from digest.model.item import Identifiers
from digest.model.site import ExportFormat


@dataclass(frozen=True, slots=True)
class Person:
    """A name in two parts, or a group as `literal`."""

    family: str = ""
    given: str = ""
    literal: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """What an entry tells of its paper. `type` is that of CSL; `key` is unique on the site.

    `url` is where the paper is, `permalink` where the entry is; `details` are CSL variables.
    """

    key: str
    type: str
    title: str
    authors: tuple[Person, ...]
    issued: PartialDate | None
    container: str
    identifiers: Identifiers
    url: str
    permalink: str
    pdf: str
    abstract: str
    keywords: tuple[str, ...]
    language: str
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Export:
    """A bibliography to be, at `url`."""

    url: str
    format: ExportFormat
    references: tuple[Reference, ...]
