"""The formats that `digest import` reads, ours and those of plugins, and the choice among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final

from digest.model import (
    Document,
    Found,
    Item,
    Problem,
    ProblemError,
    Reading,
    Source,
    SourceReading,
    Sources,
    Span,
)
from digest.plugins import OURS, blame, find_plugin, load_plugin, plugin_names
from digest.sources.accounting import account_for

# Less sure than this is a guess, and a guess would be a silent repair.
SURE_ENOUGH: Final = 0.5
# So many formats are named where none is sure enough.
LIKELY: Final = 2


def source_names() -> tuple[str, ...]:
    """The names of all formats, ours and those of plugins; none of them is loaded for that."""
    return plugin_names("sources")


@cache
def load_source(name: str) -> Source:
    """The format of a name.

    Raises:
        KeyError: no format has that name.
        ProblemError: DG811 where a plugin that brings it cannot be used.
    """
    plugin = find_plugin("sources", name)
    if plugin is None:
        raise KeyError(name)
    source: Source = load_plugin(plugin)
    return source


def load_sources() -> Iterator[Source]:
    """All formats by name, each loaded when it is asked for."""
    return map(load_source, source_names())


def read_document(document: Document, format_name: str | None = None, sources: Sources | None = None) -> SourceReading:
    """Read a document as the format of that name, else as the one it looks most like; DG301, DG305.

    Raises:
        KeyError: no format has that name.
    """
    if format_name is None:
        ranked = _rank_sources(document, sources)
        if not ranked or ranked[0][0] < SURE_ENOUGH:
            return SourceReading(document, "", (_not_recognised(document, ranked),))
        source = ranked[0][1]
    elif sources is None:
        source = load_source(format_name)
    else:
        source = {source.name: source for source in sources}[format_name]
    return SourceReading(document, source.name, _read_checked(document, source))


def recognise_source(document: Document, sources: Sources | None = None) -> Source | None:
    """The format that the document looks most like, if any is sure enough; of two as sure, the first by name.

    Raises:
        ProblemError: DG811, DG812 where a plugin cannot be asked.
    """
    ranked = _rank_sources(document, sources)
    return ranked[0][1] if ranked and ranked[0][0] >= SURE_ENOUGH else None


def _rank_sources(document: Document, sources: Sources | None) -> list[tuple[float, Source]]:
    """The formats that the document may be of, the surest first; no other is asked once one is beyond doubt."""
    head = Document(document.name, document.head)
    ranked: list[tuple[float, Source]] = []
    for source in load_sources() if sources is None else sources:
        try:
            sure = float(source.recognise(head))
        except Exception as error:
            raise ProblemError([_blame(source, document, error)]) from error
        if sure >= 1.0:
            return [(sure, source)]
        if sure > 0.0:
            ranked.append((sure, source))
    return sorted(ranked, key=lambda pair: -pair[0])


def _read_checked(document: Document, source: Source) -> Iterator[Found]:
    """What the source finds; and where a plugin fails over it, DG812."""
    try:
        yield from _account_for_all(document, source)
    except Exception as error:
        yield _blame(source, document, error)


def _blame(source: Source, document: Document, error: Exception) -> Problem:
    """DG812, if it is a plugin that failed: a bug of ours stays one."""
    plugin = find_plugin("sources", source.name)
    if plugin is None or plugin.distribution == OURS:
        raise error
    return blame(plugin, f"over {document.name}", error, Span(document.name))


def _account_for_all(document: Document, source: Source) -> Iterator[Found]:
    """What the source finds; a whole reading only with every word accounted for, and never nothing at all."""
    found: Iterable[Found] = source.read(document)
    if isinstance(found, Reading) and (lost := account_for(document, found)):
        # Which item lost the words nobody knows: none of this document can be trusted.
        yield from found.noise
        yield from found.problems
        yield lost
        return
    empty = True
    for thing in found:
        if not isinstance(thing, Found):
            raise TypeError(f"a {type(thing).__name__} is no Item, Noise or Problem")
        # A format that says why there is nothing has said it: a quiet day is no error.
        empty = empty and not isinstance(thing, Item | Problem)
        yield thing
    if empty:
        yield _nothing_found(document, source)


def _not_recognised(document: Document, ranked: Sequence[tuple[float, Source]]) -> Problem:
    """DG301, with what the document looks a little like; a list of all formats would help nobody."""
    likely = " or ".join(f"--format {source.name}" for _, source in ranked[:LIKELY])
    hint = "name its format with --format; `digest import --help` lists them"
    hint = f"{likely} may read it; `digest import --help` lists all formats" if likely else hint
    return Problem("error", "DG301", "the format of this document is not recognised", Span(document.name), hint)


def _nothing_found(document: Document, source: Source) -> Problem:
    message = f"no entry found in this document, read as {source.name}"
    return Problem("error", "DG301", message, Span(document.name), "name another format with --format")
