"""Who is who: identities must never change between versions of digest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from digest.importing.identity import entry_id, identity_of, normalise_words, paper_names, trim_body
from digest.model import Identifiers, Item, PartialDate, Span

ITEM = Item("abstract", "Some *text* of it.", Span("a.txt"))


def test_ids_are_for_ever() -> None:
    assert entry_id("arxiv:1804.00222") == "urn:uuid:3bbeb93d-776b-5804-a57e-2071f7e4534f"
    assert identity_of(ITEM) == "text:2ddc8afc92ca4bcf0919a800cb63701a"


@pytest.mark.parametrize(
    ("item", "identity"),
    [
        (replace(ITEM, identifiers=Identifiers(arxiv="1804.00222", version=2, doi="10.1/X")), "arxiv:1804.00222"),
        (replace(ITEM, identifiers=Identifiers(doi="10.48550/arXiv.1804.00222")), "arxiv:1804.00222"),
        (replace(ITEM, identifiers=Identifiers(doi="10.1000/ABC", pmid="7")), "doi:10.1000/abc"),
        (replace(ITEM, identifiers=Identifiers(pmid="7", openreview="abcdef")), "pmid:7"),
        (replace(ITEM, identifiers=Identifiers(openreview="abcdef")), "openreview:abcdef"),
        (replace(ITEM, title="A  *Title*!", authors=("Ann Author",), published=PartialDate(2018)),
         "title:a title|ann author|2018"),
        (replace(ITEM, title="A Title", day=date(2019, 1, 2)), "title:a title||2019"),
        (replace(ITEM, title="A Title"), "title:a title||"),
    ],
)  # fmt: skip
def test_an_abstract_is_its_paper(item: Item, identity: str) -> None:
    assert identity_of(item) == identity


def test_a_summary_is_its_text() -> None:
    summary = replace(ITEM, kind="summary", title="A Title", identifiers=Identifiers(arxiv="1804.00222"))
    assert identity_of(summary) == identity_of(ITEM)
    assert identity_of(replace(summary, body="Other text.")) != identity_of(summary)


def test_marks_and_case_are_no_identity() -> None:
    assert normalise_words("The **Main**\n\n* Re\ufb01ned ideas") == "the main refined ideas"
    assert identity_of(replace(ITEM, body="# Some text\n\nof _it_")) == identity_of(ITEM)


def test_all_names_of_a_paper() -> None:
    names = Identifiers(arxiv="1804.00222", doi="10.48550/arXiv.1804.00222", pmid="7")
    assert paper_names(names) == ("arxiv:1804.00222", "pmid:7")


def test_a_body_is_trimmed_as_its_file_is() -> None:
    assert trim_body("\n \n    code\ntext  \n\n") == "    code\ntext"
