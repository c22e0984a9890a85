"""RIS as programs and services write it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Document, Identifiers, Item, Reading
from digest.sources.bibliographies.ris import SOURCE

FERN = "TY  - JOUR\nTI  - Fern\nER  - \n"


def read(text: str) -> Reading:
    return Reading.gather(SOURCE.read(Document("refs.ris", text)))


def item(fields: str, kind: str = "JOUR") -> Item:
    (found,) = read(f"TY  - {kind}\n{fields}\nER  - \n").items
    return found


def test_an_article_whole() -> None:
    found = item(
        """ID  - 12345
T1  - On <i>Moss</i> &amp; Ferns:
a story
A1  - Lovelace,Ada
AU  - King, Martin L., Jr.
A1  - Moss Group
AU  - et al.
A2  - Other, Bob
PY  - 2024
DA  - 2024/05/03/
JF  - Journal of Moss
JA  - J. Moss
VL  - 3
IS  - 2
SP  - 335
EP  - 9
PB  - Moss Press
CY  - Bog
SN  - 1234-5678 (ISSN)
SN  - 2345-6789
DO  - https://doi.org/10.5555/moss
UR  - https://moss.example/a; https://moss.example/b
L1  - https://moss.example/a.pdf
KW  - wet moss; ferns
KW  - *soil
water
LA  - eng
N2  - We grow moss,
and ferns.

It is green.
AB  - Copyright 2024 Moss Press.
N1  - Cited By :10
N1  - In two parts
DB  - Scopus"""
    )
    assert found.title == "On Moss & Ferns: a story"
    assert found.authors == ("Ada Lovelace", "Martin L. King Jr.", "Moss Group")
    assert (str(found.published), found.venue, found.lang) == ("2024-05-03", "Journal of Moss", "en")
    assert found.identifiers == Identifiers(doi="10.5555/moss")
    assert found.body == "We grow moss, and ferns.\n\nIt is green.\n\nCopyright 2024 Moss Press."
    assert dict(found.links) == {
        "paper": "https://moss.example/a", "link-2": "https://moss.example/b", "pdf": "https://moss.example/a.pdf"
    }  # fmt: skip
    assert found.tags == ("wet moss", "ferns", "soil", "water")
    assert dict(found.details) == {
        "type": "article-journal", "volume": "3", "issue": "2", "page": "335-339", "publisher": "Moss Press",
        "publisher-place": "Bog", "ISSN": "1234-5678, 2345-6789", "editor": "Bob Other", "note": "In two parts",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "TY  - JOUR\nTI  - Moss\nER  - \n" + FERN,
        "TY - JOUR\nTI - Moss\nER -\n\n\n" + FERN,
        "TY  -  JOUR\nTI  -   Moss\nER  -\nTY  - JOUR\nTI  - Fern",
        "TY  - JOUR\nTI  - Moss\n" + FERN,
        "TY  - JOUR\nTI  - Moss\n\n2.\n" + FERN,
        "TI  - Moss\nPY  - 2024\nER  - \n\n" + FERN,
        "1.\nTY  - JOUR\nTI  - Moss\nER  -\n\nLink to the Full Text: http://moss.example\n\n2.\n" + FERN,
        "Provider: Moss\nContent: text/plain\n\n\nTY  - JOUR\nTI  - Moss\nER  - " + FERN,
        "\ufeffTY  - JOUR\nTI  - Moss\nER  - \n" + FERN,
        "TY  - JOUR\nTI  - Moss\nIS  -\nT2  - \nER  - \n" + FERN,
    ],
)
def test_records_however_they_are_parted(text: str) -> None:
    found = read(text)
    assert [each.title for each in found.items] == ["Moss", "Fern"]
    assert all(not each.body and not each.venue for each in found.items)


def test_what_stands_between_records_is_noise_with_its_line() -> None:
    found = read("1.\nTY  - JOUR\nTI  - Moss\nC1  - odd\nER  - \n\nLink to the text\n\n2.\n" + FERN)
    assert [(noise.text, noise.span.line) for noise in found.noise] == [
        ("1.", 1),
        ("C1: odd", 4),
        ("Link to the text\n\n2.", 7),
    ]


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("Y1  - 2024//", "2024"),
        ("PY  - 2024/05//Spring", "2024-05"),
        ("PY  - 2024/May", "2024-05"),
        ("PY  - 2024\nDA  - MAY 3", "2024-05-03"),
        ("PY  - 2024\nDA  - DEC", "2024-12"),
        ("PY  - 2024\nY1  - 4-8 May 2024", "2024-05-04"),
        ("PY  - 2024\nDA  - 2019/01/01", "2024"),
        ("Y1  - 1900/01/01\nDA  - 1950/01/01", "1950-01-01"),
        ("PY  - 2024///", "2024"),
        ("PY  - Year", "None"),
    ],
)
def test_dates(fields: str, date: str) -> None:
    assert str(item(f"TI  - Moss\n{fields}").published) == date


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ("DO  - doi:10.5555/Moss", Identifiers(doi="10.5555/Moss")),
        ("L3  - 10.5555/moss", Identifiers(doi="10.5555/moss")),
        ("M3  - doi: 10.5555/moss", Identifiers(doi="10.5555/moss")),
        ("N1  - doi: 10.5555/moss", Identifiers(doi="10.5555/moss")),
        ("UR  - http://dx.doi.org/10.5555/moss", Identifiers(doi="10.5555/moss")),
        ("UR  - https://arxiv.org/abs/1804.00222v2", Identifiers(arxiv="1804.00222", version=2)),
        ("DO  - 10.48550/arXiv.1804.00222", Identifiers(arxiv="1804.00222")),
        ("L2  - https://pubmed.ncbi.nlm.nih.gov/123456/", Identifiers(pmid="123456")),
        ("UR  - https://www.ncbi.nlm.nih.gov/pmc/articles/PMC123", Identifiers(pmcid="PMC123")),
        ("DB  - Scopus\nC2  - 123456", Identifiers(pmid="123456")),
        ("AN  - 123456\nDB  - Ovid MEDLINE(R)", Identifiers(pmid="123456")),
        ("AN  - 123456\nDB  - Moss Index", Identifiers()),
        ("PMID  - 123456", Identifiers(pmid="123456")),
    ],
)
def test_identifiers(fields: str, told: Identifiers) -> None:
    assert item(f"TI  - Moss\n{fields}").identifiers == told


@pytest.mark.parametrize(
    ("kind", "fields", "title", "venue"),
    [
        ("JOUR", "TI  - Moss\nT2  - J. of Moss\nJ2  - J. M.", "Moss", "J. of Moss"),
        ("JOUR", "TI  - Moss\nT2  - Part\nJF  - J. of Moss", "Moss", "J. of Moss"),
        ("CONF", "TI  - Moss\nT2  - Proc. of Moss", "Moss", "Proc. of Moss"),
        ("CHAP", "CT  - Moss\nBT  - Book of Moss", "Moss", "Book of Moss"),
        ("BOOK", "BT  - Moss", "Moss", ""),
        ("BOOK", "TI  - Moss\nT2  - A Series", "Moss", ""),
        ("JOUR", "T1  - Moss \\& B{\\'e}\nJO  - M", "Moss & Bé", "M"),
        ("JOUR", "ST  - Moss\nT2  - J. of Moss", "Moss", "J. of Moss"),
    ],
)
def test_titles_and_venues(kind: str, fields: str, title: str, venue: str) -> None:
    found = item(fields, kind)
    assert (found.title, found.venue) == (title, venue)


@pytest.mark.parametrize(
    ("told", "names"),
    [
        ("Author, Ann and Other, Bob and Lovelace, Ada", ("Ann Author", "Bob Other", "Ada Lovelace")),
        ("Author, Ann; Other, Bob", ("Ann Author", "Bob Other")),
        ("Moss and Fern Group", ("Moss and Fern Group",)),
        ("Author, MD", ("MD Author",)),
    ],
)
def test_several_names_in_one_field(told: str, names: tuple[str, ...]) -> None:
    assert item(f"TI  - Moss\nAU  - {told}").authors == names


def test_numbers_of_serials_and_books() -> None:
    told = dict(
        item("TI  - Moss\nSN  - 1234-5678\nSN  - 978-0-367-13415-0\n0367134150 (ISBN)\nSN  - 20964129 (ISSN)").details
    )
    assert (told["ISSN"], told["ISBN"]) == ("1234-5678, 20964129", "978-0-367-13415-0, 0367134150")


def test_an_abstract_that_says_nothing_and_one_of_html() -> None:
    assert item("TI  - Moss\nAB  - NA").body == ""
    assert item("TI  - Moss\nAB  - <p>We grow <i>moss</i>.</p>").body == "We grow *moss*."


def test_a_line_that_looks_like_a_tag_goes_on_with_its_text() -> None:
    assert item("TI  - Moss\nAB  - Light of the\nUV - it is bright\nER then more").body == (
        "Light of the UV - it is bright ER then more"
    )


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        (FERN, True),
        ("TY  - Journal Article\nAU  - A", True),
        ("PMID- 123\nOWN - NLM\nTI  - Moss", False),
        ("FN Moss\nVR 1.0\nPT J\nTI Moss", False),
        ("Moss - a story\n\nTY was here", False),
    ],
)
def test_recognition(text: str, *, sure: bool) -> None:
    assert (SOURCE.recognise(Document("-", text)) >= 0.9) is sure


PIECES = st.sampled_from(
    ["TY  - JOUR", "ER  - ", "ER  - TY  - JOUR", "TI  - x", "1.", "", " text", "AU  - A, B", "AB  -", "KW - a;b"]
)


@settings(deadline=None, max_examples=150)
@given(st.lists(PIECES, max_size=15))
def test_a_good_record_behind_any_text_is_read(lines: list[str]) -> None:
    found = read("\n".join(lines) + "\n" + FERN)
    assert found.items[-1].title == "Fern"


def test_fields_behind_the_end_of_a_record_are_no_paper() -> None:
    first = "TY  - JOUR\nTI  - Moss\nSP  - No\nEP  - Specified\nER  -\n"
    reading = read(f"{first}NL  - Moss J\n\nLink to it\n\n2.\n{FERN}")
    assert [item.title for item in reading.items] == ["Moss", "Fern"]
    assert reading.items[0].details == (("type", "article-journal"),)
    assert any(noise.text.startswith("NL: Moss J") for noise in reading.noise)


def test_a_type_alone_is_a_problem() -> None:
    reading = Reading.gather(
        SOURCE.read(Document("a.ris", "TY  - JOUR\nID  - 1\nER  - \n\nTY  - JOUR\nTI  - Fern\nER  - \n"))
    )
    assert [item.title for item in reading.items] == ["Fern"]
    assert [(problem.code, problem.span and problem.span.line) for problem in reading.problems] == [("DG308", 1)]
