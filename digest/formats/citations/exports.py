"""Bibliographies as files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from digest.formats.citations.bibtex import write_bibtex
from digest.formats.citations.csl_json import write_csl_json
from digest.formats.citations.ris import write_ris
from digest.model import ExportFormat, Reference

_WRITERS: Final[dict[ExportFormat, Callable[[Reference], tuple[str, str]]]] = {
    "bibtex": write_bibtex,
    "ris": write_ris,
    "csl-json": write_csl_json,
}
# What stands before the references, between two and behind them.
_FRAMES: Final[dict[ExportFormat, tuple[bytes, bytes, bytes]]] = {
    "bibtex": (b"", b"\n", b""),
    "ris": (b"", b"", b""),
    "csl-json": (b"[", b",\n", b"]\n"),
}


def write_reference(form: ExportFormat, reference: Reference) -> tuple[str, str]:
    """A reference without its abstract and with it."""
    return _WRITERS[form](reference)


def join_references(form: ExportFormat, written: Iterable[bytes]) -> bytes:
    """References as a file holds them."""
    before, between, behind = _FRAMES[form]
    return b"".join((before, between.join(written), behind))
