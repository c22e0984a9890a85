"""Formats are recognised by content; what none recognises is a problem."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from invented import GardenSource

from digest.model import HEAD_SIZE, Document, Found, Item, Noise, Problem, Reading, SourceReading, Span
from digest.sources import load_sources, read_document

GARDEN = Document("a.txt", "GARDEN\nOnions need water.\n\nLeeks need more.")
SOURCES_HERE = (GardenSource("hedge", 0.6), GardenSource("garden", 0.9), GardenSource("lawn", 0.9))


def found(reading: SourceReading) -> Reading:
    return Reading.gather(reading.found)


def codes(reading: Reading) -> list[tuple[str, str]]:
    return [(problem.severity, problem.code) for problem in reading.problems]


def test_the_surest_format_reads() -> None:
    reading = read_document(GARDEN, None, SOURCES_HERE)
    things = found(reading)
    assert (reading.format, len(things.items), codes(things)) == ("garden", 2, [])


def test_a_named_format_reads_whatever_it_is_sure_of() -> None:
    assert read_document(GARDEN, "hedge", SOURCES_HERE).format == "hedge"
    with pytest.raises(KeyError):
        read_document(GARDEN, "no-such", SOURCES_HERE)


@pytest.mark.parametrize("sure", [0.0, 0.4])
def test_an_unsure_format_is_not_recognised(sure: float) -> None:
    reading = read_document(GARDEN, None, (GardenSource("garden", sure), GardenSource("hedge", 0.0)))
    things = found(reading)
    assert (reading.format, codes(things)) == ("", [("error", "DG301")])
    named = "--format garden may read it; " if sure else "name its format with --format; "
    assert things.problems[0].hint.startswith(named)


def test_few_formats_are_named_the_surest_first() -> None:
    sources = tuple(GardenSource(name, sure) for name, sure in (("a", 0.1), ("b", 0.3), ("c", 0.3), ("d", 0.2)))
    (problem,) = found(read_document(GARDEN, None, sources)).problems
    assert problem.hint == "--format b or --format c may read it; `digest import --help` lists all formats"


def test_no_format_at_all() -> None:
    assert codes(found(read_document(GARDEN, None, ()))) == [("error", "DG301")]


def test_a_format_is_told_by_the_head_of_a_document() -> None:
    seen: list[int] = []

    class Curious(GardenSource):
        def recognise(self, document: Document) -> float:
            seen.append(len(document.text))
            return 1.0

    read_document(Document("a", "GARDEN\n" + "x" * HEAD_SIZE), None, (Curious(),))
    assert seen == [HEAD_SIZE]


def test_what_a_format_forgets_is_an_error_and_none_of_it_is_trusted() -> None:
    document = Document("a.txt", "GARDEN\nOnions need water.\n\nlost\n\nLeeks.")
    things = found(read_document(document, None, SOURCES_HERE))
    assert (codes(things), things.items) == ([("error", "DG305")], ())
    assert things.problems[0].span is not None
    assert things.problems[0].span.line == 4


def test_a_document_without_items_is_told() -> None:
    assert codes(found(read_document(Document("a.txt", "GARDEN\n"), None, SOURCES_HERE))) == [("error", "DG301")]


@pytest.mark.parametrize(("severity", "told"), [("note", ["DG300"]), ("warning", ["DG300"]), ("error", ["DG300"])])
def test_a_format_that_says_why_there_is_nothing_has_said_it(severity: str, told: list[str]) -> None:
    class Empty(GardenSource):
        def read(self, document: Document) -> Reading:
            problem = Problem(severity, "DG300", "a quiet day", Span(document.name))  # type: ignore[arg-type] # a table
            return Reading((), problems=(problem,))

    document = Document("a.txt", "GARDEN")
    things = found(read_document(document, None, (Empty(),)))
    assert [problem.code for problem in things.problems if problem.code != "DG305"] == told


def test_a_stream_is_read_as_it_is_asked_for() -> None:
    read: list[int] = []

    class Stream(GardenSource):
        def read(self, document: Document) -> Iterator[Found]:  # type: ignore[override] # what the protocol wants
            for number in range(1000):
                read.append(number)
                yield Item("note", f"Words {number}.", Span(document.name, number + 1))

    things = iter(read_document(GARDEN, None, (Stream(),)).found)
    next(things)
    assert read == [0]


def test_names_are_unique_and_kebab_case() -> None:
    names = [source.name for source in load_sources()]
    assert names == sorted(set(names))
    assert all(name == name.lower() and " " not in name and "_" not in name for name in names)


def test_every_format_says_no_to_nothing_and_to_anything() -> None:
    """A recogniser never fails, whatever it is shown; and an empty or foreign text is of no format."""
    for text in ("", " ", "\n\n", "x", "{", "<", "\ufffd" * 50, "@", "TY", "---", "{{", "a\n" * 5000, "(" * 5000):
        for source in load_sources():
            assert 0.0 <= source.recognise(Document("", text)) < 0.5, (source.name, text[:20])


def test_noise_is_no_item() -> None:
    class Noisy(GardenSource):
        def read(self, document: Document) -> Reading:
            return Reading((), (Noise(Span(document.name), document.text),))

    assert codes(found(read_document(GARDEN, None, (Noisy(),)))) == [("error", "DG301")]
