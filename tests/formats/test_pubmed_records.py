"""PubMed's exports as text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_pubmed import RECORD

from digest.formats import pubmed_records
from digest.formats.pubmed_records import PubmedRecord
from digest.model import PartialDate


def records(text: str) -> list[PubmedRecord]:
    return [found for found in pubmed_records.read_records(text.split("\n")) if isinstance(found, PubmedRecord)]


def test_the_paragraphs_of_a_record() -> None:
    (record,) = records(RECORD)
    assert record.title == "Straw and bark: a comparison."
    assert pubmed_records.natural_names(record.authors) == (
        "A Lovelace",
        "B Author Jr",
        "C van der Berg",
        "Garden Group",
    )
    assert record.abstract == (
        "BACKGROUND: Mulch saves water.",
        "METHODS: We weighed it.",
        "2. We found more than one reason.",
    )
    assert record.ids == {"DOI": "10.1000/gard.1", "PMCID": "PMC12", "PMID": "1234"}
    others = [text.split()[0] for _, text in record.others]
    assert others == ["Author", "Comment", "Copyright", "DOI:", "PMCID:", "PMID:", "Conflict"]


def test_records_are_told_by_their_numbers() -> None:
    second = RECORD.replace("1. J Gard", "2. J Gard").replace("Straw", "Soil")
    assert [record.title for record in records(f"\n{RECORD}\n\n{second}")] == [
        "Straw and bark: a comparison.",
        "Soil and bark: a comparison.",
    ]


def test_the_publishers_abstract_is_kept_and_ids_at_once_below_it_are_found() -> None:
    text = (
        "1. J Gard. 2024.\n\n[Soil].\n\n[No authors listed]\n\nEnglish soil.\n\nPublisher: Deutscher Boden.\nPMID: 7\n"
    )
    (record,) = records(text)
    assert record.abstract == ("English soil.", "Deutscher Boden.")
    assert (record.ids, record.authors) == ({"PMID": "7"}, "")


def test_a_summary_is_a_record_of_one_paragraph() -> None:
    text = "1: Lovelace A, Author BC. Does mulch save water? J Gard. 2024 May 2;10(4):335-9.\n"
    text += "doi: 10.1000/a. PMID: 12; PMCID: PMC3.\n"
    (record,) = records(text)
    assert (record.title, record.authors) == ("Does mulch save water?", "Lovelace A, Author BC")
    assert record.ids == {"PMID": "12", "PMCID": "PMC3"}
    assert pubmed_records.parse_citation(record.citation).journal == "J Gard"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("J. 2024 May;10(4):3-9. doi: 10.1000/a.", ("J", PartialDate(2024, 5), "10", "4", "3-9", "10.1000/a")),
        ("J Gard. 2024;10:1. Epub 2023 Dec 1.", ("J Gard", PartialDate(2023, 12, 1), "10", "", "1", "")),
        ("J. 2024 Apr 16:10. [Epub ahead of print]", ("J", PartialDate(2024, 4, 16), "", "", "10", "")),
        ("J (Paris). 2024 Mar;55 Suppl 1:S1-S5.", ("J (Paris)", PartialDate(2024, 3), "55 Suppl 1", "", "S1-S5", "")),
        ("A book of 2024 on soil", ("A book of 2024 on soil", PartialDate(2024), "", "", "", "")),
        ("No year", ("No year", None, "", "", "", "")),
    ],
)  # fmt: skip
def test_citations(text: str, expected: tuple[object, ...]) -> None:
    found = pubmed_records.parse_citation(text)
    assert (found.journal, found.published, found.volume, found.issue, found.page, found.doi) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024", PartialDate(2024)),
        ("2024 May", PartialDate(2024, 5)),
        ("2024 May 2", PartialDate(2024, 5, 2)),
        ("2024 May-Jun", PartialDate(2024)),
        ("2024 Dec-2025 Jan", PartialDate(2024)),
        ("2024 May 2-9", PartialDate(2024, 5)),
        ("2024 Spring", PartialDate(2024)),
        ("2024 Feb 30", PartialDate(2024, 2)),
        ("May", None),
    ],
)
def test_dates(text: str, expected: PartialDate | None) -> None:
    assert pubmed_records.parse_pubmed_date(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (RECORD, True),
        (f"\ufeff\n{RECORD}", True),
        ("1. Soil. 2024.\n\nSome text.\n", False),
        ("1. One thing\n2. Another, PMID: 12\n", False),
        ("PMID- 1234\n", False),
        ("", False),
    ],
)
def test_what_is_of_pubmed(text: str, expected: bool) -> None:
    assert pubmed_records.looks_like_pubmed(text) is expected


@settings(deadline=None, max_examples=100)
@given(
    st.lists(st.sampled_from([*RECORD.split("\n"), "2. J Gard. 2025;1:1.", "1: A B. C. J. 2024. PMID: 1"]), max_size=25)
)
def test_any_order_of_lines_is_read(lines: list[str]) -> None:
    for record in records("\n".join(lines)):
        pubmed_records.parse_citation(record.citation)
        pubmed_records.natural_names(record.authors)
