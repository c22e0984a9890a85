"""Bibliographies as files."""

from __future__ import annotations

from collections.abc import Callable
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


def write_export(export: Export) -> bytes:
    """A bibliography: its references, brief or with their abstracts."""
    write = _WRITERS[export.format]
    before, between, behind = _FRAMES[export.format]
    return f"{before}{between.join([write(each)[export.abstracts] for each in export.references])}{behind}".encode()
