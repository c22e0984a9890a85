"""Tables of papers as CSV and TSV."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.model import Document, Identifiers, Item, PartialDate, Reading
from digest.sources import recognise_source
from digest.sources.bibliographies.csv_table import SOURCE

SPECIMEN = Path(__file__).parents[1] / "properties" / "specimens" / "csv.csv"


def read(text: str, name: str = "papers.csv") -> Reading:
    document = Document(name, text)
    assert recognise_source(document) is SOURCE
    return Reading.gather(SOURCE.read(document))


def only(heads: str, row: str) -> Item:
    (item,) = read(f"{heads}\n{row}\n").items
    return item


def test_an_export_of_zotero() -> None:
    reading = read(SPECIMEN.read_text(encoding="utf-8"))
    assert reading.problems == ()
    assert [noise.text for noise in reading.noise] == ["Key: AB12", "Key: AB13"]
    first, second = reading.items
    assert (first.kind, first.title, first.body) == ("abstract", 'The onion: a "study"', "We water onions.")
    assert first.authors == ("Ada Lovelace", "Jan van Garden")
    assert (first.published, first.venue, first.lang) == (PartialDate(2019, 5, 3), "Garden Letters", "en")
    assert first.identifiers == Identifiers(doi="10.1000/garden.1", pmid="12345678")
    assert first.tags == ("soil", "water", "Onions")
    assert first.details == (
        ("type", "article-journal"), ("volume", "10"), ("issue", "4"), ("page", "335-339"), ("ISSN", "1234-5678"),
        ("note", "Nice."),
    )  # fmt: skip
    assert (second.identifiers, second.body) == (Identifiers(arxiv="2303.00002"), "Leeks are $x^2$.")
    assert second.published == PartialDate(2023, 3)


@pytest.mark.parametrize(
    ("heads", "cell", "names"),
    [
        ("Title,Authors,Year", '"Lovelace, Ada; Writer, Bo"', ("Ada Lovelace", "Bo Writer")),
        ("Title,Authors,Year", '"Lovelace A.B., van Garden J."', ("A.B. Lovelace", "J. van Garden")),
        ("Title,Authors,Year", '"Lovelace AB, de Garden J, Writer B."', ("AB Lovelace", "J de Garden", "B Writer")),
        ("Title,Authors,Year", '"Ada Lovelace, Bo Writer"', ("Ada Lovelace", "Bo Writer")),
        ("Title,Authors,Year", "Ada Lovelace and Bo Writer", ("Ada Lovelace", "Bo Writer")),
        ("Title,Authors,Year", "\"['Lovelace, Ada', 'Writer, Bo']\"", ("Ada Lovelace", "Bo Writer")),
        ("Title,Author full names,Year", '"Lovelace, Ada (57202138757); Writer, Bo (57202138758)"',
         ("Ada Lovelace", "Bo Writer")),
        ("Item Title,Authors,Year", "Ada LovelaceBo McWriterJ. Garden", ("Ada Lovelace", "Bo McWriter", "J. Garden")),
        ("Title,Authors,Year", "A. Bal\\'azs", ("A. Balázs",)),
    ],
)  # fmt: skip
def test_names(heads: str, cell: str, names: tuple[str, ...]) -> None:
    assert only(heads, f"Leeks,{cell},2020").authors == names


@pytest.mark.parametrize(
    ("heads", "row", "published"),
    [
        ("Title,Year,Date", "Leeks,2020,2020-05-03", PartialDate(2020, 5, 3)),
        ("Title,Publication Year,Online Date", "Leeks,2020,3 May 2021", PartialDate(2020)),
        ("Title,Year,Month,Day", "Leeks,2020,May,3", PartialDate(2020, 5, 3)),
        ("Title,Year,DOI", "Leeks,,10.1000/a", None),
        ("PMID,Title,Citation,Year", "123456,Leeks,Gard Lett. 2020 May 3;4(2):1.,2020", PartialDate(2020, 5, 3)),
    ],
)  # fmt: skip
def test_dates(heads: str, row: str, published: PartialDate | None) -> None:
    assert only(heads, row).published == published


def test_the_columns_of_web_of_science() -> None:
    item = only("PT\tAU\tAF\tTI\tSO\tPY", 'J\tLovelace, A\tLovelace, Ada\t"Leeks" and more\tGARDENS\t2020').authors
    assert item == ("Ada Lovelace",)


def test_a_reading_list_of_notes() -> None:
    reading = read("Date\tPaper\tLink\tNotes\n2021-03-04\tLeeks\thttps://arxiv.org/abs/2103.00001\tA *nice* paper.\n")
    (item,) = reading.items
    assert (item.kind, item.title, item.published) == ("summary", "Leeks", PartialDate(2021, 3, 4))
    assert item.identifiers.arxiv == "2103.00001"


def test_summaries_by_their_keys() -> None:
    item = only("paperid,text", 'journals/corr/1708.09259,"Onions.\n\n- wet"')
    assert (item.kind, item.body, item.identifiers.arxiv) == ("summary", "Onions.\n\n- wet", "1708.09259")


def test_what_stands_above_the_heads_is_noise() -> None:
    reading = read('"About the data: of today, all"\nRank,DOI,Title,Abstract\n1,10.1000/a,Leeks,Leeks grow.\n')
    assert [noise.text for noise in reading.noise] == ["About the data: of today, all", "Rank: 1"]
    assert [item.body for item in reading.items] == ["Leeks grow."]


def test_a_row_without_a_paper_is_told_of() -> None:
    reading = read("Title,Abstract,DOI\n,,10.1000/a\nLeeks,,10.1000/b\n,,\n")
    assert [(found.code, found.span and found.span.line) for found in reading.problems] == [("DG308", 2)]
    assert [item.title for item in reading.items] == ["Leeks"]


@pytest.mark.parametrize(
    "text",
    [
        "Title, abstract\nThis is a text, which tells, of things.\n",
        "Name,Price\nLeeks,2\n",
        "| Title | Authors | Abstract |\n|---|:--|---|\n| Leeks | Ada Lovelace | Leeks grow, as [seen](x). |\n",
        "Title | Authors | Abstract\n--- | --- | ---\nLeeks | Ada Lovelace | Leeks grow.\n",
        "Dear all,\n\nthe title, the abstract and the doi\nare here, of late\n",
    ],
)
def test_what_is_no_table_of_papers(text: str) -> None:
    assert SOURCE.recognise(Document("notes.txt", text)) == 0.0
