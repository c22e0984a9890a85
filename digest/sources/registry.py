"""The formats that `digest import` reads: a new one is one small file and one line here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from digest.model import Document, Problem, Reading, Source, Sources, Span
from digest.sources import abstract_blocks, closed_by_ids, dated_listing, flattened
from digest.sources.accounting import account_for

# Where two are as sure, the first wins.
SOURCES: Final[Sources] = (
    flattened.SOURCE,
    dated_listing.SOURCE,
    closed_by_ids.SOURCE,
    abstract_blocks.SOURCE,
)
# Less sure than this is a guess, and a guess would be a silent repair.
SURE_ENOUGH: Final = 0.5


@dataclass(frozen=True, slots=True)
class SourceReading:
    """What a document gave, and the format that it was read as; no format where none was recognised."""

    document: Document
    format: str
    reading: Reading


def read_document(document: Document, format_name: str | None = None, sources: Sources = SOURCES) -> SourceReading:
    """Read a document as the format of that name, else as the one it looks most like; DG301, DG305.

    Raises:
        KeyError: no format has that name.
    """
    if format_name is None:
        source = recognise_source(document, sources)
    else:
        source = {source.name: source for source in sources}[format_name]
    if source is None:
        return SourceReading(document, "", Reading((), problems=(_not_recognised(document, sources),)))
    reading = source.read(document)
    problems = reading.problems
    if lost := account_for(document, reading):
        problems = (*problems, lost)
    elif not reading.items and not any(problem.severity == "error" for problem in problems):
        problems = (*problems, _nothing_found(document, source))
    return SourceReading(document, source.name, Reading(reading.items, reading.noise, problems))


def recognise_source(document: Document, sources: Sources = SOURCES) -> Source | None:
    """The format that the document looks most like, if any is sure enough."""
    best = max(sources, key=lambda source: source.recognise(document), default=None)
    return best if best is not None and best.recognise(document) >= SURE_ENOUGH else None


def _not_recognised(document: Document, sources: Sources) -> Problem:
    names = ", ".join(source.name for source in sources)
    message = "the format of this document is not recognised"
    return Problem("error", "DG301", message, Span(document.name), f"name it with --format, one of: {names}")


def _nothing_found(document: Document, source: Source) -> Problem:
    message = f"no entry found in this document, read as {source.name}"
    return Problem("error", "DG301", message, Span(document.name), "name another format with --format")
