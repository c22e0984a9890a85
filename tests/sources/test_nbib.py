"""MEDLINE as PubMed, PubMed Central and ERIC write it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Document, Identifiers, Item, Reading
from digest.sources.bibliographies.nbib import SOURCE


def read(text: str) -> Reading:
    return Reading.gather(SOURCE.read(Document("set.nbib", text)))


def item(fields: str) -> Item:
    (found,) = read(f"PMID- 123\nOWN - NLM\n{fields}\n").items
    return found


def test_a_record_whole() -> None:
    found = item(
        """IS  - 1234-5678 (Electronic)
IS  - 2345-6789 (Linking)
VI  - 10
IP  - 4
DP  - 2024 May
TI  - [On moss and ferns, with a title that is
      long].
PG  - 335-9
LID - S1234-5678(24)00001-2 [pii]
LID - 10.5555/moss.24 [doi]
AB  - BACKGROUND: We grow moss in
      bogs. RESULTS: It is green.
CI  - Copyright (c) 2024 Moss Press.
FAU - Lovelace, Ada A
AU  - Lovelace AA
AD  - Department of Moss.
CN  - Moss Study Group
FAU - King, Martin L Jr
AU  - King ML Jr
LA  - fre
PT  - Journal Article
PT  - Review
DEP - 20240503
TT  - De la mousse.
PL  - England
TA  - J Moss
JT  - Journal of moss
PMC - PMC77
MH  - *Bryophyta/growth &
      development
MH  - Humans
OTO - NOTNLM
OT  - *wet moss
OT  - ferns
EDAT- 2024/05/04 06:00
PHST- 2024/01/01 00:00 [received]
AID - 10.5555/moss.24 [doi]
SO  - J Moss. 2024 May;10(4):335-9."""
    )
    assert found.title == "[On moss and ferns, with a title that is long]."
    assert found.authors == ("Ada A Lovelace", "Moss Study Group", "Martin L King Jr")
    assert found.identifiers == Identifiers(doi="10.5555/moss.24", pmid="123", pmcid="PMC77")
    assert (str(found.published), found.venue, found.lang) == ("2024-05-03", "Journal of moss", "fr")
    assert found.body == "BACKGROUND: We grow moss in bogs. RESULTS: It is green."
    assert found.tags == ("wet moss", "ferns")
    assert dict(found.details) == {
        "type": "article-journal", "volume": "10", "issue": "4", "page": "335-339", "publisher-place": "England",
        "ISSN": "1234-5678", "original-title": "De la mousse.", "genre": "Journal Article; Review",
        "mesh": "*Bryophyta/growth & development; Humans",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("DP  - 2017 Nov 15\nDEP - 20170422", "2017-11-15"),
        ("DP  - 2018\nDEP - 20180620", "2018-06-20"),
        ("DP  - 2019 May\nDEP - 20190314", "2019-05"),
        ("DP  - 2024 May-Jun", "2024-05"),
        ("DP  - 2024 Dec-2025 Jan", "2024-12"),
        ("DP  - 2024 Spring", "2024"),
        ("DEP - 20240503", "2024-05-03"),
        ("EDAT- 2024/05/04 06:00", "2024-05-04"),
        ("TA  - J Moss", "None"),
    ],
)
def test_dates(fields: str, date: str) -> None:
    assert str(item(f"TI  - Moss\n{fields}").published) == date


@pytest.mark.parametrize(
    ("fields", "authors"),
    [
        ("AU  - Lovelace AA\nAU  - van Author J Jr", ("AA Lovelace", "J van Author Jr")),
        ("AU  - Lovelace, Ada", ("Ada Lovelace",)),
        ("FAU - Moss, Ann\nAU  - Moss A\nFIR - Other, Bob\nIR  - Other B", ("Ann Moss",)),
        ("AU  - MOSS AGENCY", ("MOSS AGENCY",)),
    ],
)
def test_authors(fields: str, authors: tuple[str, ...]) -> None:
    assert item(f"TI  - Moss\n{fields}").authors == authors


def test_records_of_eric() -> None:
    found = read(
        "\nOWN - ERIC\nTI  - Moss\nAU  - Lovelace, Ada\nAID - http://dx.doi.org/10.5555/moss\nDP  - 2024\n"
        "LID - http://eric.example/?id=1\nISSN - EISSN-1234-5678\n\n\n\nOWN - ERIC\nTI  - Fern\n"
    )
    moss, fern = found.items
    assert (moss.title, moss.identifiers.doi, fern.title, fern.span.line) == ("Moss", "10.5555/moss", "Fern", 12)
    assert dict(moss.links)["paper"] == "http://eric.example/?id=1"
    assert dict(moss.details)["ISSN"] == "1234-5678"


@pytest.mark.parametrize(
    "between",
    ["\n", "\n\n", "", "\n<2>\n", "\n2.\n"],
)
def test_records_however_they_are_parted(between: str) -> None:
    found = read(f"PMID- 1\nTI  - Moss\nAB  - Green.\n{between}PMID- 2\nTI  - Fern\n")
    assert [(each.title, each.identifiers.pmid, each.body) for each in found.items] == [
        ("Moss", "1", "Green."),
        ("Fern", "2", ""),
    ]


def test_what_nobody_takes_is_noise() -> None:
    found = read("PMID- 1\nTI  - Moss\nAB  - Publisher: Abstract available from the publisher.\nAD  - Bog.\nZZZ - x\n")
    assert found.items[0].body == ""
    assert [noise.text for noise in found.noise] == ["AD: Bog.", "ZZZ: x"]


@pytest.mark.parametrize(
    ("name", "text", "sure"),
    [
        ("-", "PMID- 123\nOWN - NLM\nTI  - Moss", True),
        ("-", "\n\nOWN - ERIC\nTI  - Moss", True),
        ("a.nbib", "STAT- x\nTI  - Moss\nAU  - A", True),
        ("-", "TY  - JOUR\nTI  - Moss\nER  - ", False),
        ("-", "See PMID- 123 in the list", False),
    ],
)
def test_recognition(name: str, text: str, *, sure: bool) -> None:
    assert (SOURCE.recognise(Document(name, text)) >= 0.9) is sure


PIECES = st.sampled_from(["PMID- 1", "OWN - X", "TI  - x", "<1>", "", "      goes on", "AU  - A", "AB  -", "no tag"])


@settings(deadline=None, max_examples=150)
@given(st.lists(PIECES, max_size=15))
def test_a_good_record_behind_any_text_is_read(lines: list[str]) -> None:
    assert read("\n".join(lines) + "\n\nPMID- 2\nTI  - Fern\n").items[-1].title.endswith("Fern")
