"""The field-tagged files of Web of Science."""

from __future__ import annotations

import pytest

from digest.model import Document, Identifiers, Reading
from digest.sources.bibliographies.web_of_science import SOURCE

FILE = """\ufeffFN Moss Web
VR 1.0
PT J
AU Lovelace, A
   King, ML Jr.
AF Lovelace, Ada (ada@moss.example)
   King, Martin L., Jr.
CA Moss Grp
TI On Moss: a story that is
   long
SO JOURNAL OF MOSS
LA English
DT Article
DE wet moss; ferns
ID SOIL; WATER
AB We grow moss in
   bogs.
C1 Univ Moss.
PU MOSS PRESS
SN 1234-5678
PD DEC 16
PY 2020
VL 6
IS 1
BP 335
EP 339
DI 10.5555/moss
PM 123456
UT WOS:1
ER

PT B
AU Other, Bob; Author, Ann
TI Fern
SO Fern
PY 2011
ER

EF
"""


def read(text: str) -> Reading:
    return Reading.gather(SOURCE.read(Document("savedrecs.ciw", text)))


def test_records() -> None:
    moss, fern = read(FILE).items
    assert moss.title == "On Moss: a story that is long"
    assert moss.authors == ("Ada Lovelace", "Martin L. King Jr.", "Moss Grp")
    assert (str(moss.published), moss.venue, moss.lang) == ("2020-12-16", "JOURNAL OF MOSS", "en")
    assert moss.identifiers == Identifiers(doi="10.5555/moss", pmid="123456")
    assert (moss.body, moss.tags) == ("We grow moss in bogs.", ("wet moss", "ferns"))
    details = dict(moss.details)
    assert (details["page"], details["keywords-plus"], details["publisher"]) == ("335-339", "SOIL; WATER", "MOSS PRESS")
    assert (fern.title, fern.venue, fern.authors) == ("Fern", "", ("Bob Other", "Ann Author"))
    assert (fern.span.line, str(fern.published)) == (32, "2011")


def test_what_nobody_takes_is_noise() -> None:
    assert [noise.text for noise in read(FILE).noise] == ["FN Moss Web", "VR 1.0", "C1: Univ Moss."]


def test_a_record_without_its_end_and_lines_that_lost_their_indent() -> None:
    moss, fern = read("PT J\nTI Moss\nin two lines\nPT J\nAU A, B\nTI Fern\n").items
    assert (moss.title, fern.title, fern.authors) == ("Moss in two lines", "Fern", ("B A",))


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        (FILE, True),
        ("PT J\nAU Moss, A\nTI Moss", True),
        ("PT  - Journal Article\nTI  - Moss", False),
        ("FN is a name\nof moss", False),
    ],
)
def test_recognition(text: str, *, sure: bool) -> None:
    assert (SOURCE.recognise(Document("-", text)) == 1.0) is sure


def test_blank_lines_without_end_take_no_quadratic_time() -> None:
    assert SOURCE.recognise(Document("-", "\n" * 65_000)) == 0  # a quadratic search takes minutes
