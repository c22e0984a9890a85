"""The file that a person will read and edit."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from invented import Desk

from digest.model import Identifiers, Item, PartialDate, Span

ITEM = Item(
    kind="abstract",
    body="\n\nWe water onions: *daily*.\n\n* One\n",
    span=Span("garden.txt", 3),
    title='Onions: a "Field" Study',
    day=date(2019, 12, 6),
    published=PartialDate(2018, 4),
    updated=PartialDate(2019),
    authors=("José Núñez", "Ann Author"),
    identifiers=Identifiers(
        arxiv="1804.00010", version=2, doi="10.1000/182", pmid="123", pmcid="PMC9", openreview="rJXMpikCZ"
    ),
    venue="Published as a garden paper",
    summary="Water helps.",
    details=(("volume", "12"), ("comment", "9 pages")),
    links=(("code", "https://example.org/a b"), ("code", "https://example.org/c")),
    tags=("Soil",),
    lang="en",
    license="CC0-1.0",
)


def text_of(item: Item, folder: Path, name: str = "garden.txt") -> str:
    desk = Desk(folder)
    desk.bring(item, name=name)
    (text,) = desk.files().values()
    return text.decode()


def test_the_whole_file(tmp_path: Path) -> None:
    front, _, rest = text_of(ITEM, tmp_path).partition("source:\n")
    assert front == (
        "---\n"
        'title: "Onions: a \\"Field\\" Study"\n'
        "date: 2019-12-06\n"
        "published: 2018-04\n"
        "updated: 2019\n"
        "authors:\n  - José Núñez\n  - Ann Author\n"
        "tags:\n  - soil\n"
        "kind: abstract\n"
        'arxiv: "1804.00010"\n'
        "version: 2\n"
        'doi: "10.1000/182"\n'
        'pmid: "123"\n'
        'pmcid: "PMC9"\n'
        'openreview: "rJXMpikCZ"\n'
        "venue: Published as a garden paper\n"
        "summary: Water helps.\n"
        "links:\n  code: https://example.org/a%20b\n  code-2: https://example.org/c\n"
        'details:\n  volume: "12"\n  comment: "9 pages"\n'
        "lang: en\n"
        "license: CC0-1.0\n"
        'id: "urn:uuid:IDENTIFIER"\n'
    ).replace("IDENTIFIER", front.rpartition("urn:uuid:")[2][:36])
    source, _, body = rest.partition("---\n")
    lines = source.splitlines()
    assert lines[:3] == ["  format: garden", "  file: garden.txt", "  imported: 2026-11-21"]
    assert lines[3].startswith("  fingerprints: title=")
    assert len(lines) == 4
    assert body == "\nWe water onions: *daily*.\n\n* One\n"


def test_what_is_not_known_is_not_written(tmp_path: Path) -> None:
    text = text_of(Item("note", "Some words of a note.", Span("a", 1)), tmp_path)
    keys = [line.partition(":")[0] for line in text.split("---\n")[1].splitlines() if not line.startswith(" ")]
    assert keys == ["title", "title_from", "date", "kind", "id", "source"]


def test_an_address_is_told_as_one_and_standard_input_is_not(tmp_path: Path) -> None:
    assert "  url: https://example.org/feed\n" in text_of(ITEM, tmp_path / "a", "https://example.org/feed")
    assert "file:" not in text_of(ITEM, tmp_path / "b", "")
