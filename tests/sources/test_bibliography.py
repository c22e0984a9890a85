"""Dates, pages, addresses and identifiers as bibliographies write them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Identifiers, PartialDate
from digest.sources.bibliographies import bibliography


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024", "2024"),
        ("2024//", "2024"),
        ("2024/05/03/", "2024-05-03"),
        ("2024/May", "2024-05"),
        ("2024 May 3", "2024-05-03"),
        ("2024 May-Jun", "2024-05"),
        ("2024 Dec-2025 Jan", "2024-12"),
        ("2024 Spring", "2024"),
        ("May 2024", "2024-05"),
        ("MAY-JUN 2024", "2024-05"),
        ("May 3, 2024", "2024-05-03"),
        ("DEC 16 2020", "2020-12-16"),
        ("FEB 21-23, 2005", "2005-02-21"),
        ("3rd May 2024", "2024-05-03"),
        ("4-8 Aug. 2020", "2020-08-04"),
        ("20240503", "2024-05-03"),
        ("2024-05-03T10:00:00Z", "2024-05-03"),
        ("2024-05-00", "2024-05"),
        ("2024-13-45", "2024"),
        ("2024-02-31", "2024-02"),
        ("März 2024", "2024-03"),
        ("c. 1984", "1984"),
        ("0000", "None"),
        ("in press", "None"),
        ("", "None"),
        ("12345", "None"),
    ],
)
def test_dates(text: str, date: str) -> None:
    assert str(bibliography.read_date(text)) == date


def test_a_date_is_refined_by_one_that_says_the_same() -> None:
    year, month, other = PartialDate(2024), PartialDate(2024, 5), PartialDate(2023, 5)
    assert bibliography.refine(year, month) == month
    assert bibliography.refine(month, year) == month
    assert bibliography.refine(year, other) == year
    assert bibliography.refine(None, other) == other


@pytest.mark.parametrize(
    ("first", "last", "pages"),
    [
        ("335-9", "", "335-339"),
        ("335--349", "", "335-349"),
        ("335", "349", "335-349"),
        ("335", "335", "335"),
        ("335-349", "349", "335-349"),
        ("", "349", "349"),
        ("e12-5", "", "e12-5"),
        ("9-12", "", "9-12"),
    ],
)
def test_pages(first: str, last: str, pages: str) -> None:
    assert bibliography.page_range(first, last) == pages


def test_links_have_names_of_their_own() -> None:
    pages = ["https://a.example/1", "https://a.example/2.pdf?x=1", "https://a.example/1", "file:///x", "www.b.example"]
    assert bibliography.name_links(pages, ["https://a.example/3", "internal-pdf://x"]) == (
        ("paper", "https://a.example/1"),
        ("pdf", "https://a.example/2.pdf?x=1"),
        ("link-3", "www.b.example"),
        ("link-4", "https://a.example/3"),
    )


@pytest.mark.parametrize(
    ("others", "told"),
    [
        (["J. of Moss", "https://moss.example/10.5555/x"], Identifiers()),
        (["http://dx.doi.org/10.5555/Moss"], Identifiers(doi="10.5555/Moss")),
        (["arXiv:1804.00222v3 [cs.LG]"], Identifiers(arxiv="1804.00222", version=3)),
        (["ArXiv e-prints"], Identifiers()),
        (["abs/hep-th/9901001"], Identifiers(arxiv="hep-th/9901001")),
    ],
)
def test_other_fields_may_name_a_paper(others: list[str], told: Identifiers) -> None:
    assert bibliography.name_paper(others=others) == told


def test_languages() -> None:
    told = ["English", "eng", "en_us", "de", "Klingon", ""]
    assert [bibliography.language_tag(name) for name in told] == ["en", "en", "en-US", "de", "", ""]


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet=st.sampled_from("0123456789 /-.,MayDeciné~()"), max_size=24))
def test_any_text_has_a_date_or_none(text: str) -> None:
    bibliography.read_date(text)
    bibliography.page_range(text, text)
    bibliography.name_paper(doi=text, arxiv=text, pmid=text, pmcid=text, others=[text])


def test_addresses_among_semicolons_without_end_take_no_quadratic_time() -> None:
    start = time.process_time()
    assert bibliography.split_addresses("https://a.example/1" + ";" * 60_000 + "b") != []
    assert time.process_time() - start < 2  # it took minutes
    assert bibliography.split_addresses("https://a.example/1; https://b.example/2") == [
        "https://a.example/1",
        "https://b.example/2",
    ]
