"""Bibliographies as files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from digest.formats.citations.bibtex import write_bibtex
from digest.formats.citations.csl_json import write_csl_json
from digest.formats.citations.ris import write_ris
from digest.model import Export, ExportFormat, Reference

_WRITERS: Final[dict[ExportFormat, Callable[[Reference], tuple[str, str]]]] = {
    "bibtex": write_bibtex,
    "ris": write_ris,
    "csl-json": write_csl_json,
}
# What stands before the references, between two and behind them.
_FRAMES: Final[dict[ExportFormat, tuple[str, str, str]]] = {
    "bibtex": ("", "\n", ""),
    "ris": ("", "", ""),
    "csl-json": ("[", ",\n", "]\n"),
}


def write_exports(exports: Iterable[Export]) -> Iterator[tuple[str, bytes]]:
    """Every bibliography with its address; a reference that stands in several is written once for each format."""
    written: dict[tuple[int, ExportFormat], tuple[bytes, bytes]] = {}
    for export in exports:
        write = _WRITERS[export.format]
        parts: list[bytes] = []
        for reference in export.references:
            # By its identity: the reference lives as long as its export, and a hash would go through all its texts.
            place = (id(reference), export.format)
            if (told := written.get(place)) is None:
                brief, whole = write(reference)
                told = written[place] = brief.encode(), whole.encode()
            parts.append(told[export.abstracts])
        before, between, behind = _FRAMES[export.format]
        yield export.url, before.encode() + between.encode().join(parts) + behind.encode()


def write_export(export: Export) -> bytes:
    """One bibliography."""
    return next(write_exports((export,)))[1]
