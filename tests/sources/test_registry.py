"""Formats are recognised by content; what none recognises is a problem that names them all."""

from __future__ import annotations

import pytest
from invented import GardenSource

from digest.model import Document
from digest.sources import SOURCES, SourceReading, read_document

GARDEN = Document("a.txt", "GARDEN\nOnions need water.\n\nLeeks need more.")
SOURCES_HERE = (GardenSource("hedge", 0.6), GardenSource("garden", 0.9), GardenSource("lawn", 0.9))


def codes(reading: SourceReading) -> list[tuple[str, str]]:
    return [(problem.severity, problem.code) for problem in reading.found.problems]


def test_the_surest_format_reads() -> None:
    reading = read_document(GARDEN, None, SOURCES_HERE)
    assert (reading.format, len(reading.found.items), codes(reading)) == ("garden", 2, [])


def test_a_named_format_reads_whatever_it_is_sure_of() -> None:
    assert read_document(GARDEN, "hedge", SOURCES_HERE).format == "hedge"


@pytest.mark.parametrize("sure", [0.0, 0.4])
def test_an_unsure_format_is_not_recognised(sure: float) -> None:
    reading = read_document(GARDEN, None, (GardenSource("garden", sure), GardenSource("hedge", 0.0)))
    assert (reading.format, codes(reading)) == ("", [("error", "DG301")])
    assert "garden, hedge" in reading.found.problems[0].hint


def test_no_format_at_all() -> None:
    assert codes(read_document(GARDEN, None, ())) == [("error", "DG301")]


def test_what_a_format_forgets_is_an_error() -> None:
    document = Document("a.txt", "GARDEN\nOnions need water.\n\nlost\n\nLeeks.")
    reading = read_document(document, None, SOURCES_HERE)
    assert codes(reading) == [("error", "DG305")]
    assert reading.found.problems[0].span is not None
    assert reading.found.problems[0].span.line == 4


def test_a_document_without_items_is_told() -> None:
    assert codes(read_document(Document("a.txt", "GARDEN\n"), None, SOURCES_HERE)) == [("error", "DG301")]


def test_names_are_unique_and_kebab_case() -> None:
    names = [source.name for source in SOURCES]
    assert len(set(names)) == len(names)
    assert all(name == name.lower() and " " not in name and "_" not in name for name in names)
