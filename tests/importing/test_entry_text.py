"""The file that a person will read and edit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from invented import NOW, no_tags, reading_of

from digest.model import Identifiers, Item, PartialDate, Span
from digest.sources import plan_import, render_entry

ITEM = Item(
    kind="abstract",
    body="\n\nWe water onions: *daily*.\n\n* One\n",
    span=Span("garden.txt", 3),
    title='Onions: a "Field" Study',
    day=date(2019, 12, 6),
    published=PartialDate(2018, 4),
    updated=PartialDate(2019),
    authors=("José Núñez", "Ann Author"),
    identifiers=Identifiers(arxiv="1804.00010", version=2, doi="10.1000/182", pmid="123", openreview="rJXMpikCZ"),
    venue="Published as a garden paper",
    links=(("code", "https://example.org/a b"), ("code", "https://example.org/c")),
    tags=("Soil",),
    lang="en",
    license="CC0-1.0",
)


def text_of(item: Item) -> str:
    (new,) = plan_import([reading_of(item, name="/home/someone/garden.txt")], (), no_tags, now=NOW).new
    return render_entry(new)


def test_the_whole_file() -> None:
    front, _, rest = text_of(ITEM).partition("source:\n")
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
        'openreview: "rJXMpikCZ"\n'
        "venue: Published as a garden paper\n"
        "links:\n  code: https://example.org/a%20b\n  code-2: https://example.org/c\n"
        "lang: en\n"
        "license: CC0-1.0\n"
        'id: "urn:uuid:IDENTIFIER"\n'
    ).replace("IDENTIFIER", front.rpartition("urn:uuid:")[2][:36])
    source, _, body = rest.partition("---\n")
    assert source.startswith("  format: garden\n  file: garden.txt\n  fingerprints:\n    title: ")
    assert body == "\nWe water onions: *daily*.\n\n* One\n"


def test_what_is_not_known_is_not_written() -> None:
    text = text_of(Item("note", "Some words of a note.", Span("a", 1)))
    keys = [line.partition(":")[0] for line in text.split("---\n")[1].splitlines() if not line.startswith(" ")]
    assert keys == ["title", "title_from", "date", "kind", "id", "source"]


def test_where_the_file_lay_is_not_told() -> None:
    assert "someone" not in text_of(ITEM)
    (new,) = plan_import([reading_of(replace(ITEM), name="-")], (), no_tags, now=NOW).new
    assert "file:" not in render_entry(new)
