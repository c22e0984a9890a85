"""Bibliographies to files: a reference is written once a format, with its abstract or without."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.formats import citations
from digest.model import Export, ExportFormat, Identifiers, PartialDate, Piece, Reference
from digest.rendering.exports import ExportWriter

FORMATS: tuple[ExportFormat, ...] = ("bibtex", "ris", "csl-json")
REFERENCE = Reference(
    key="lovelace1843notes",
    type="article-journal",
    title="Notes",
    authors=(),
    issued=PartialDate(1843),
    container="Scientific Memoirs",
    identifiers=Identifiers(),
    url="https://example.org/notes",
    permalink="https://example.org/1/",
    pdf="",
    abstract="Of the engine.",
    keywords=(),
    language="en",
)


def an_export(form: ExportFormat, *numbers: int, abstracts: bool = True, marked: bool = True) -> Export:
    """One of some papers; the bibliography of many leaves their abstracts where they are."""
    made = [replace(REFERENCE, key=f"key{number}", abstract=f"Number {number}.") for number in numbers]
    made = made if abstracts else [replace(each, abstract="") for each in made]
    pieces = [Piece(each.key.encode() if marked else b"", lambda each=each: each) for each in made]  # type: ignore[misc] # bound
    return Export("/citations", form, tuple(pieces), abstracts)


def test_a_bibliography_is_its_references() -> None:
    one, two = (citations.write_reference("csl-json", made)[1] for made in an_export("csl-json", 1, 2).references)
    output = ExportWriter().render(an_export("csl-json", 1, 2))
    assert (output.path, output.data.decode()) == ("citations", f"[{one},\n{two}]\n")


LISTS = st.tuples(st.sampled_from(FORMATS), st.lists(st.integers(0, 3), max_size=4), st.booleans())


@given(st.lists(LISTS, max_size=8))
def test_what_was_written_before_changes_no_bibliography(lists: list[tuple[ExportFormat, list[int], bool]]) -> None:
    writer = ExportWriter()
    for form, numbers, abstracts in lists:
        plain = ExportWriter().render(an_export(form, *numbers, abstracts=abstracts, marked=False))
        assert writer.render(an_export(form, *numbers, abstracts=abstracts)) == plain


@pytest.mark.parametrize("form", FORMATS)
def test_a_reference_of_many_bibliographies_is_written_once(
    form: ExportFormat, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    write = citations.write_reference

    def count(form: ExportFormat, reference: Reference) -> tuple[str, str]:
        written.append(reference.key)
        return write(form, reference)

    monkeypatch.setattr(citations, "write_reference", count)
    writer = ExportWriter()
    for abstracts in (True, True, False, False):
        writer.render(an_export(form, 1, 2, abstracts=abstracts))
    assert written == ["key1", "key2"]
