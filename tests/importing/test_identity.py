"""Who is who: identities must never change between versions of digest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from digest.importing.identity import entry_id, normalise_words, paper_names, trim_body, weak_identity
from digest.model import Identifiers, Item, PartialDate, Span

ITEM = Item("abstract", "Some *text* of it.", Span("a.txt"))


def test_ids_are_for_ever() -> None:
    assert entry_id("arxiv:1804.00222") == "urn:uuid:3bbeb93d-776b-5804-a57e-2071f7e4534f"
    assert weak_identity(ITEM) == "text:2ddc8afc92ca4bcf0919a800cb63701a"


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (Identifiers(arxiv="1804.00222", version=2, doi="10.1/X"), ("arxiv:1804.00222", "doi:10.1/x")),
        (Identifiers(doi="10.48550/arXiv.1804.00222"), ("arxiv:1804.00222",)),
        (Identifiers(arxiv="1804.00222", doi="10.48550/arXiv.1804.00222", pmid="7"), ("arxiv:1804.00222", "pmid:7")),
        (Identifiers(doi="10.1000/ABC", pmid="7"), ("doi:10.1000/abc", "pmid:7")),
        (Identifiers(pmid="7", pmcid="PMC7", openreview="abcdef"), ("pmid:7", "pmcid:PMC7", "openreview:abcdef")),
        (Identifiers(), ()),
    ],
)
def test_the_names_of_a_paper(names: Identifiers, expected: tuple[str, ...]) -> None:
    assert paper_names(names) == expected


@pytest.mark.parametrize(
    ("item", "identity"),
    [
        (replace(ITEM, title="A  *Title*!", authors=("Ann Author",), published=PartialDate(2018)),
         "title:a title|ann author|2018"),
        (replace(ITEM, title="A Title", day=date(2019, 1, 2)), "title:a title||2019"),
        (replace(ITEM, title="A Title"), "title:a title||"),
        (replace(ITEM, title="A Title", guid="https://example.org/7"), "guid:https://example.org/7"),
    ],
)  # fmt: skip
def test_what_has_no_name_is_known_by_what_it_says(item: Item, identity: str) -> None:
    assert weak_identity(item) == identity


def test_a_summary_is_its_text() -> None:
    summary = replace(ITEM, kind="summary", title="A Title", identifiers=Identifiers(arxiv="1804.00222"))
    assert weak_identity(summary) == weak_identity(ITEM)
    assert weak_identity(replace(summary, body="Other text.")) != weak_identity(summary)


def test_marks_and_case_are_no_identity() -> None:
    assert normalise_words("The **Main**\n\n* Re\ufb01ned ideas") == "the main refined ideas"
    assert weak_identity(replace(ITEM, body="# Some text\n\nof _it_")) == weak_identity(ITEM)


def test_a_body_is_trimmed_as_its_file_is() -> None:
    assert trim_body("\n \n    code\ntext  \n\n") == "    code\ntext"
