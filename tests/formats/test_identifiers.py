"""Identifiers in every form that people write them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats import identifiers
from digest.model import Identifiers, PartialDate


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2401.00010", ("2401.00010", None)),
        ("2401.00010v3", ("2401.00010", 3)),
        ("0704.0001", ("0704.0001", None)),
        ("1412.6572v3", ("1412.6572", 3)),
        ("arXiv:2401.00010v12", ("2401.00010", 12)),
        ("ARXIV: 2401.00010", ("2401.00010", None)),
        ("  arxiv:2401.00010  ", ("2401.00010", None)),
        ("https://arxiv.org/abs/2401.00010", ("2401.00010", None)),
        ("http://www.arxiv.org/abs/2401.00010v2", ("2401.00010", 2)),
        ("https://arxiv.org/pdf/2401.00010v2.pdf", ("2401.00010", 2)),
        ("https://arxiv.org/pdf/2401.00010", ("2401.00010", None)),
        ("arxiv.org/abs/2401.00010", ("2401.00010", None)),
        ("https://arxiv.org/html/2401.00010v1", ("2401.00010", 1)),
        ("https://export.arxiv.org/abs/hep-th/9901001", ("hep-th/9901001", None)),
        ("https://arxiv.org/abs/2401.00010?context=cs#section", ("2401.00010", None)),
        ("10.48550/arXiv.2401.00010", ("2401.00010", None)),
        ("https://doi.org/10.48550/arXiv.2401.00010", ("2401.00010", None)),
        ("https://doi.org/10.48550/ARXIV.2401.00010", ("2401.00010", None)),
        ("math.GT/0309136", ("math.GT/0309136", None)),
        ("math.GT/0309136v2", ("math.GT/0309136", 2)),
        ("arXiv:cs/0112017v1", ("cs/0112017", 1)),
        ("foo/9901001", None),
        ("hep-th/9913001", None),
        ("hep-th/0801001", None),
        ("see 2401.00010", None),
        ("2401.00010 and more", None),
        ("2401.00010v", None),
        ("٢٤٠١.٠٠٠١٠", None),
        ("", None),
    ],
)
def test_an_arxiv_id_in_any_form(text: str, expected: tuple[str, int | None] | None) -> None:
    assert identifiers.parse_arxiv(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We extend arXiv:2401.00010 to sets.", [("2401.00010", None, "arXiv:2401.00010")]),
        ("arXiv:1804.00222In practice", [("1804.00222", None, "arXiv:1804.00222")]),
        ("arXiv:1804.0022250 years ago", [("1804.00222", None, "arXiv:1804.00222")]),
        ("arXiv:1412.65723D shapes", [("1412.6572", None, "arXiv:1412.6572")]),
        ("arXiv:1804.00222v2Learning", [("1804.00222", 2, "arXiv:1804.00222v2")]),
        ("arXiv:1804.00222v22019 was", [("1804.00222", 2, "arXiv:1804.00222v2")]),
        ("arXiv:1804.00222v12In practice", [("1804.00222", 12, "arXiv:1804.00222v12")]),
        ("arXiv:1804.00222v13D shapes", [("1804.00222", 1, "arXiv:1804.00222v1")]),
        ("arXiv:1804.00222v199% of", [("1804.00222", 1, "arXiv:1804.00222v1")]),
        ("arXiv:1804.00222v12.", [("1804.00222", 12, "arXiv:1804.00222v12")]),
        ("arXiv:1804.00222variational", [("1804.00222", None, "arXiv:1804.00222")]),
        (
            "https://arxiv.org/pdf/1804.00222v2.pdf, hep-th/9901001, arXiv:hep-th/9901001.",
            [
                ("1804.00222", 2, "https://arxiv.org/pdf/1804.00222v2.pdf"),
                ("hep-th/9901001", None, "arXiv:hep-th/9901001"),
            ],
        ),
        ("A loss of 1804.00222 nats; myarxiv:1804.00222", []),
    ],
)
def test_only_marked_ids_are_found_in_prose(text: str, expected: list[tuple[str, int | None, str]]) -> None:
    found = [(each.id, each.version, text[each.start : each.end]) for each in identifiers.find_arxiv(text)]
    assert found == expected


@pytest.mark.parametrize(
    ("arxiv", "month"),
    [
        ("0704.0001", PartialDate(2007, 4)),
        ("2412.12345v2", PartialDate(2024, 12)),
        ("hep-th/9901001", PartialDate(1999, 1)),
        ("hep-th/9108028", PartialDate(1991, 8)),
        ("math.GT/0309136", PartialDate(2003, 9)),
        ("nonsense", None),
    ],
)
def test_the_month_is_in_the_id(arxiv: str, month: PartialDate | None) -> None:
    assert identifiers.arxiv_month(arxiv) == month


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10.1000/xyz123", "10.1000/xyz123"),
        ("doi:10.1000/xyz123", "10.1000/xyz123"),
        ("DOI: 10.1000/xyz123.", "10.1000/xyz123"),
        ("https://doi.org/10.1000/xyz(99)12", "10.1000/xyz(99)12"),
        ("https://dx.doi.org/10.1002/%28SICI%291097", "10.1002/(SICI)1097"),
        ("10.1000/182)", "10.1000/182"),
        ("10.12/short", None),
        ("10.1000/", None),
        ("see 10.1000/xyz123", None),
    ],
)
def test_a_doi_in_any_form(text: str, expected: str | None) -> None:
    assert identifiers.parse_doi(text) == expected


def test_a_doi_ends_before_the_punctuation_of_its_sentence() -> None:
    written = ("doi:10.1000/a.b),", "10.1000/c(1)d).", "https://doi.org/10.1000/e;", "x10.1000/f.")
    assert [identifiers.parse_doi(text) for text in written] == ["10.1000/a.b", "10.1000/c(1)d", "10.1000/e", None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PMID: 12345678", "12345678"),
        ("pmid:1", "1"),
        ("12345678", "12345678"),
        ("https://pubmed.ncbi.nlm.nih.gov/12345678/", "12345678"),
        ("http://www.ncbi.nlm.nih.gov/pubmed/12345678", "12345678"),
        ("123456789", None),
        ("PMC1234567", None),
    ],
)
def test_a_pubmed_id_in_any_form(text: str, expected: str | None) -> None:
    assert identifiers.parse_pmid(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://openreview.net/forum?id=B1xsqj09Fm", "B1xsqj09Fm"),
        ("https://openreview.net/pdf?id=H1-nGgWC_-", "H1-nGgWC_-"),
        ("openreview.net/forum?id=B1xsqj09Fm&noteId=abc", "B1xsqj09Fm"),
        ("B1xsqj09Fm", "B1xsqj09Fm"),
        ("https://openreview.net/group?id=ICLR.cc", None),
        ("https://example.org/forum?id=B1xsqj09Fm", None),
    ],
)
def test_an_openreview_id_in_any_form(text: str, expected: str | None) -> None:
    assert identifiers.parse_openreview(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("arXiv:2401.00010v2", Identifiers(arxiv="2401.00010", version=2)),
        ("https://arxiv.org/abs/2401.00010", Identifiers(arxiv="2401.00010")),
        ("doi:10.1000/x", Identifiers(doi="10.1000/x")),
        ("10.48550/arXiv.2401.00010", Identifiers(arxiv="2401.00010")),
        ("PMID: 123", Identifiers(pmid="123")),
        ("https://openreview.net/forum?id=B1xsqj09Fm", Identifiers(openreview="B1xsqj09Fm")),
        ("2401.00010", None),
        ("12345678", None),
        ("Transformers", None),
        ("https://example.org/", None),
        ("https://github.com/someone/something", None),
    ],
)
def test_a_marked_id_tells_its_kind(text: str, expected: Identifiers | None) -> None:
    assert identifiers.parse_marked(text) == expected


def test_merging_keeps_the_version_with_its_id() -> None:
    first = Identifiers(arxiv="2401.00010", doi="10.1000/x")
    second = Identifiers(arxiv="2401.00010", version=2, pmid="1")
    assert identifiers.merge_identifiers(first, second) == Identifiers(arxiv="2401.00010", doi="10.1000/x", pmid="1")
    assert identifiers.merge_identifiers(Identifiers(), second) == second


def test_links_are_canonical() -> None:
    everything = Identifiers(
        arxiv="math.GT/0309136", version=2, doi="10.1002/(SICI)1<2", pmid="7", openreview="B1xsqj09Fm"
    )
    assert identifiers.identifier_links(everything) == (
        ("arXiv:math.GT/0309136", "https://arxiv.org/abs/math.GT/0309136"),
        ("doi:10.1002/(SICI)1<2", "https://doi.org/10.1002/(SICI)1%3C2"),
        ("PMID:7", "https://pubmed.ncbi.nlm.nih.gov/7/"),
        ("OpenReview:B1xsqj09Fm", "https://openreview.net/forum?id=B1xsqj09Fm"),
    )
    own = Identifiers(arxiv="2401.00010", doi="10.48550/arXiv.2401.00010")
    assert [text for text, _ in identifiers.identifier_links(own)] == ["arXiv:2401.00010"]
    assert identifiers.identifier_links(Identifiers()) == ()


@settings(deadline=None, max_examples=60)
@given(year=st.integers(7, 90), month=st.integers(1, 12), number=st.integers(1, 9999), version=st.integers(1, 99))
def test_every_form_of_an_id_gives_it_back(year: int, month: int, number: int, version: int) -> None:
    arxiv = f"{year:02d}{month:02d}.{number:0{4 if year < 15 else 5}d}"
    if (year, month) < (7, 4):
        return
    for form in ("{}v{}", "arXiv:{}v{}", "https://arxiv.org/abs/{}v{}", "https://arxiv.org/pdf/{}v{}.pdf"):
        assert identifiers.parse_arxiv(form.format(arxiv, version)) == (arxiv, version)
    assert identifiers.arxiv_month(arxiv) == PartialDate(2000 + year, month)


@settings(max_examples=300, deadline=None)
@given(st.text("0123.v/²٣", min_size=8, max_size=11) | st.from_regex(r"[0-9]{4}\.[0-9]{3,6}", fullmatch=True))
def test_a_bare_arxiv_id_is_what_a_marked_one_is(text: str) -> None:
    assert identifiers.parse_arxiv(text) == identifiers.parse_arxiv(f"arXiv:{text}")


_MONTHS = st.sampled_from(["00", "01", "12", "13"])
_YEARS = st.sampled_from(["00", "06", "07", "08", "14", "15", "90", "91", "99"])


@settings(max_examples=300, deadline=None)
@given(
    st.builds(
        "{}{}.{}".format,
        _YEARS,
        _MONTHS | st.sampled_from(["03", "04"]),
        st.from_regex(r"[0-9]{4,5}|00000?", fullmatch=True),
    )
)
def test_what_was_given_out_is_told_as_the_pattern_of_all_forms_does(arxiv: str) -> None:
    given_out = re.fullmatch(identifiers._GIVEN_OUT, arxiv) is not None
    assert identifiers.is_given_out(arxiv) == given_out == (identifiers.arxiv_month(arxiv) is not None)


@pytest.mark.parametrize(
    "text",
    [
        "2413.00010",  # no such month
        "2400.00010",
        "0703.0001",  # the form began in April 2007
        "1412.65720",  # four digits until 2014
        "1501.0001",  # five since 2015
        "2401.00000",
        "9901.00010",
    ],
)
def test_what_cannot_have_been_given_out_is_an_id_of_no_month(text: str) -> None:
    assert identifiers.parse_arxiv(text) == (text, None)
    assert identifiers.arxiv_month(text) is None


def test_brackets_without_end_behind_a_doi_take_no_quadratic_time() -> None:
    assert identifiers.parse_doi("10.1000/a(b)" + ")." * 200_000) == "10.1000/a(b)"  # a quadratic loop takes minutes
