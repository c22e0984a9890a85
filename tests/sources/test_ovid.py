"""Citations of Ovid with labels."""

from __future__ import annotations

import pytest

from digest.model import Document, Identifiers, PartialDate, Reading
from digest.sources import recognise_source
from digest.sources.bibliographies.ovid import SOURCE

FILE = """Exported from a database
<1>
Unique Identifier
  123456
Author
  Lovelace, Ada MD, PhD 1;  RN;  van Author, Ann A. 2,3
Institution
  (1)Institute of Moss
Title
  On moss: a story in
  two lines.[Review]
Source
  Journal of Moss. 28(2):103-6, April 2015.
Abstract
  We grow moss.

  It is green.
Author Keywords
  wet moss;  ferns.
Language
  English.
DOI Number
  10.5555/moss

<2>
Score
  *****
Title
  Fern
Source
  Journal of Ferns.
Status
  Publish Ahead of Print, 18 August 2014
"""


def read(text: str) -> Reading:
    return Reading.gather(SOURCE.read(Document("citations.txt", text)))


def test_citations() -> None:
    found = read(FILE)
    moss, fern = found.items
    assert (moss.title, moss.authors) == ("On moss: a story in two lines.", ("Ada Lovelace", "Ann A. van Author"))
    assert moss.identifiers == Identifiers(doi="10.5555/moss", pmid="123456")
    assert (str(moss.published), moss.venue, moss.lang) == ("2015-04", "Journal of Moss", "en")
    assert (moss.body, moss.tags, moss.span.line) == ("We grow moss.\n\nIt is green.", ("wet moss", "ferns"), 2)
    assert dict(moss.details) == {
        "type": "article-journal", "volume": "28", "issue": "2", "page": "103-106", "genre": "Review"
    }  # fmt: skip
    assert (fern.title, fern.venue, str(fern.published)) == ("Fern", "Journal of Ferns", "2014-08-18")
    assert [noise.text.split("\n")[0] for noise in found.noise] == [
        "Exported from a database",
        "Institution: (1)Institute of Moss",
        "Score: *****",
        "Status: Publish Ahead of Print, 18 August 2014",
    ]


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        (FILE, True),
        ("<1>\nPMID- 123\nTI  - Moss", False),
        ("<p>\nTitle\n  Moss", False),
        ("Title\n  Moss\nAbstract\n  Green.", False),
    ],
)
def test_recognition(text: str, *, sure: bool) -> None:
    assert (SOURCE.recognise(Document("-", text)) > 0.9) is sure


def test_labelled_blocks_are_less_sure_of_it() -> None:
    text = "<1>\nTitle\n  On moss.\nAuthors\n  Lovelace A; Author A\nAbstract\n  We grow moss.\n"
    source = recognise_source(Document("citations.txt", f"{text}\n{text.replace('<1>', '<2>')}"))
    assert source is not None
    assert source.name == "ovid"


def test_marks_without_end_behind_a_name_take_no_quadratic_time() -> None:
    name = "Lovelace, Ada " + "1 2 " * 50_000 + "x"  # a quadratic search takes minutes
    assert len(read(f"<1>\nTitle\n  Moss\nAuthors\n  {name}; Author, Ann 2\n").items[0].authors) == 2


TAGGED = """<1. >
VN  - Ovid Technologies
DB  - Journals@Ovid
AU  - Lovelace, Ada M. MD, MPH 1
AU  - Writer, Bo [Reprint Author]
TI  - "Moss and ferns".  [Article]
SO  - Journal Of Moss June 2015;58(6):335-9
AB  - We grow moss
      in bogs.
DE  - Wet moss , Ferns
LG  - English.
IS  - 1234-5678
DI  - 10.1000/moss

<2. >
VN  - Ovid Technologies
TI  - Ferns.
AU  - Garden, Jan
SO  - Ferns. Vol.43(5), Sep 2015, pp. 623-634.
DP  - Sep 2015
YR  - 2015
"""


def test_tags_for_labels() -> None:
    document = Document("moss.txt", TAGGED)
    assert recognise_source(document) is SOURCE
    first, second = Reading.gather(SOURCE.read(document)).items
    assert (first.title, first.authors) == ('"Moss and ferns".', ("Ada M. Lovelace", "Bo Writer"))
    assert (first.venue, first.published, first.body) == (
        "Journal Of Moss",
        PartialDate(2015, 6),
        "We grow moss in bogs.",
    )
    assert (first.tags, first.identifiers.doi, first.lang) == (("Wet moss", "Ferns"), "10.1000/moss", "en")
    assert dict(first.details)["page"] == "335-339"
    assert (second.title, second.published, second.authors) == ("Ferns.", PartialDate(2015, 9), ("Jan Garden",))
