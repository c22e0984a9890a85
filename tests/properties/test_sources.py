"""Whatever becomes of a document of any format: nothing raises, what is found can be filed, and it ends soon."""

from __future__ import annotations

import time
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented import Desk

from digest.formats import characters
from digest.importing import Origin, tell_item
from digest.model import Document, Identifiers, Item, Noise, PartialDate, Problem, Source, Span
from digest.sources import load_sources, recognise_source, text_document

# A small document of every format, invented, by the name of the format.
SPECIMENS = {path.stem: path for path in sorted(Path(__file__).with_name("specimens").iterdir())}
SOURCES = {source.name: source for source in load_sources()}
OURS = [name for name in SPECIMENS if name in SOURCES]
# In seconds of the processor, for a document of a few thousand signs.
SOON = 2.0

HOSTILE = (
    *("(", "{", "[", "<a>", "$", "\\(", "\\begin{a}", "> ", "`", "*", "_", "|", '"', "'", "-", "#", "=", ":", ",", ";"),
    *(" and ", "\n", "\n\n", " \n", "  ", "---\n", "+++\n", "{{ x }}", "{% raw %}", "<!--", "<![CDATA[", "]]>", "\\"),
    *("\x00", "\x1b", "\x85", "\u2028", "\u202e", "\ufeff", "\u0301", "漢", "İ", "\U0001f600", "²", "٣", "½"),
    *("\\u0000", "\\ud800", "\\n", "&#0;", "&#xD800;", "&a;", "%00", "%0A", "=00", "\\'e", "{\\'e}", "1e999", "null"),
    *("9999-12-31", "0000-00-00", "Feb 30, 2024", "99999999999999999999", "10.1000/", "arXiv:", "https://"),
    *('{"a": [', '<!DOCTYPE a [<!ENTITY b "c">]>', "@a{", "TY  - ", "ER  - ", "PMID- 1", "\\\\\n", "[link]"),
)  # fmt: skip
EDIT = st.tuples(
    st.sampled_from(["cut", "delete", "repeat", "swap", "insert", "insert", "insert"]),
    st.floats(0, 1),
    st.integers(0, 120),
    st.sampled_from(HOSTILE),
    st.sampled_from([1, 1, 2, 40]),
)
EDITS = st.lists(EDIT, min_size=1, max_size=4)


def mutated(text: str, edits: list[tuple[str, float, int, str, int]]) -> str:
    for kind, share, size, piece, count in edits:
        start = int(share * len(text))
        before, part, after = text[:start], text[start : start + size], text[start + size :]
        text = {
            "cut": before,
            "delete": before + after,
            "repeat": before + part * (count + 1) + after,
            "swap": after[: size + 1] + before + part + after[size + 1 :],
            "insert": before + piece * count + part + after,
        }[kind]
    return text


def read(source: Source, document: Document) -> list[Item]:
    """All items, each checked."""
    start = time.process_time()
    assert 0 <= source.recognise(Document(document.name, document.head)) <= 1
    found = list(source.read(document))
    assert time.process_time() - start < SOON
    assert all(isinstance(thing, Item | Noise | Problem) for thing in found)
    items = [thing for thing in found if isinstance(thing, Item)]
    for item in items:
        check(item)
    return items


def check(item: Item) -> None:
    """Every field is of its type, and the entry that it becomes can be told."""
    for field in fields(Item):
        value = getattr(item, field.name)
        match field.name:
            case "span":
                assert isinstance(value, Span)
                assert value.line >= 1
            case "identifiers":
                assert isinstance(value, Identifiers)
            case "draft":
                assert isinstance(value, bool)
            case "day":
                assert value is None or isinstance(value, date)
                assert not isinstance(value, datetime) or value.tzinfo is not None
            case "published" | "updated":
                assert value is None or isinstance(value, PartialDate)
                assert value is None or str(value.full)
            case "authors" | "tags" | "aliases":
                assert isinstance(value, tuple)
                assert all(isinstance(text, str) for text in value)
            case "links" | "details":
                assert isinstance(value, tuple)
                assert all(isinstance(name, str) and isinstance(text, str) for name, text in value)
            case _:
                assert isinstance(value, str)
    assert item.kind in {"abstract", "summary", "note"}
    told = tell_item(item, Origin("garden", file="a.txt"))
    assert "\n" not in told.title.text
    assert not characters.holds_no_characters(repr(told.fields) + told.item.body)


def test_every_format_has_its_specimen() -> None:
    ours = {name for name, source in SOURCES.items() if type(source).__module__.startswith("digest.")}
    assert ours == set(SPECIMENS)


@pytest.mark.parametrize("name", OURS)
def test_a_specimen_is_read_as_what_it_is(name: str) -> None:
    document = text_document(SPECIMENS[name].name, SPECIMENS[name].read_text(encoding="utf-8"))
    source = recognise_source(document)
    assert source is not None
    assert source.name == name
    assert read(source, document)


@pytest.mark.parametrize("name", OURS)
def test_a_mutated_specimen_is_read_all_the_same(name: str) -> None:
    text = SPECIMENS[name].read_text(encoding="utf-8")

    @settings(deadline=None, max_examples=20, database=None, suppress_health_check=list(HealthCheck))
    @given(EDITS)
    def run(edits: list[tuple[str, float, int, str, int]]) -> None:
        read(SOURCES[name], text_document(SPECIMENS[name].name, mutated(text, edits)))

    run()


@settings(deadline=None, max_examples=6, database=None, suppress_health_check=list(HealthCheck))
@given(edits=EDITS, names=st.lists(st.sampled_from(OURS), min_size=2, max_size=4, unique=True))
def test_what_a_mutated_specimen_gives_is_filed_once(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, float, int, str, int]], names: list[str]
) -> None:
    desk = Desk(tmp_path_factory.mktemp("site"))
    items: list[Item] = []
    for name in names:
        text = mutated(SPECIMENS[name].read_text(encoding="utf-8"), edits)
        items += read(SOURCES[name], text_document(SPECIMENS[name].name, text))
    desk.bring(*items)
    if not (desk.site / "content").exists():
        return
    files = desk.files()
    assert len(desk.entries()) == len(files)
    desk.bring(*items)
    assert desk.files() == files
