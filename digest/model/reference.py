"""A paper as bibliographies know it."""

from __future__ import annotations

from digest.model.dates import PartialDate
from digest.model.item import Identifiers
from digest.model.piece import Piece
from digest.model.site import ExportFormat
from digest.model.values import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """A name as it is written, and its parts (`Ludwig`, `van`, `Beethoven`, `Jr.`).

    Where it is of a group, of one word or not to be taken apart, there is no `family`.
    """

    name: str
    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """What an entry tells of its paper, or of itself where it is about none. Every text is plain, its math in TeX.

    `type` is that of CSL; `key` belongs to the paper: no other one on the site has it, and two entries about the same
    paper share it. `issued` is the day of the paper, never that of the digest. `container` is the journal or the
    proceedings, `url` where the paper is, `permalink` where the entry is. `abstract` is that of the authors, never a
    summary of somebody else. `titled` is false where the title is but the beginning of the entry's text. `details` are
    CSL variables.
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
    titled: bool = True

    @property
    def is_paper(self) -> bool:
        """Whether there is a paper: else it is the entry itself that can be cited."""
        return self.url != self.permalink


@dataclass(frozen=True, slots=True)
class Export:
    """A bibliography to be, at `url`; one of many papers may do without their `abstracts`.

    `pieces` are its references; those with and without an abstract have the same mark.
    """

    url: str
    format: ExportFormat
    pieces: tuple[Piece[Reference], ...]
    abstracts: bool = True

    @property
    def references(self) -> tuple[Reference, ...]:
        """Its references, made."""
        return tuple(piece.make() for piece in self.pieces)
