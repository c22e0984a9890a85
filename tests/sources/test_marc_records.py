"""Records of MARC in answers of OAI-PMH."""

from __future__ import annotations

from digest.model import Document, Identifiers, PartialDate, Reading
from digest.sources.arxiv.oai_pmh import SOURCE

RECORD = """<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record>
<header><identifier>oai:moss.example:1</identifier></header><metadata>
<marc:record xmlns:marc="http://www.loc.gov/MARC21/slim"><marc:controlfield tag="001">1</marc:controlfield>
{fields}
</marc:record></metadata></record></ListRecords></OAI-PMH>"""


def field(tag: str, **codes: str) -> str:
    below = "".join(
        f'<marc:subfield code="{code.removeprefix("_")}">{text}</marc:subfield>' for code, text in codes.items()
    )
    return f'<marc:datafield tag="{tag}" ind1=" " ind2=" ">{below}</marc:datafield>'


def read(*fields: str) -> Reading:
    return Reading.gather(SOURCE.read(Document("marc.xml", RECORD.format(fields="\n".join(fields)))))


def test_a_paper_whole() -> None:
    reading = read(
        field("024", _2="DOI", a="10.5555/moss"),
        field("037", _9="arXiv", a="arXiv:1804.00222", c="hep-th"),
        field("037", a="MOSS-TH-7"),
        field("041", a="eng"),
        field("088", a="MOSS-TH-7"),
        field("088", _9="MOSS-TH"),
        field("100", a="Lovelace, Ada", u="Kew"),
        field("245", a="Moss :", b="a story /"),
        field("260", c="1999", b="Moss Press,"),
        field("269", c="1 Jul 1998"),
        field("520", a="We grow $x^2$ moss."),
        field("520", a="We grow x2 moss."),
        field("653", a="wet moss", _9="author"),
        field("700", a="Other, Bob", e="dir."),
        field("700", a="Author, Ann"),
        field("710", g="Moss Collaboration"),
        field("773", p="J. Moss", v="3", n="2", c="5-9", y="1999"),
        field("773", p="J. Fern", v="4"),
        field("856", u="https://moss.example/1.pdf", y="Preprint"),
        field("980", a="ARTICLE"),
    )
    (item,) = reading.items
    assert (item.title, item.body) == ("Moss: a story", "We grow $x^2$ moss.")
    assert item.authors == ("Ada Lovelace", "Ann Author")
    assert item.identifiers == Identifiers(arxiv="1804.00222", doi="10.5555/moss")
    assert (item.published, item.venue, item.lang) == (PartialDate(1998, 7, 1), "J. Moss", "en")
    assert (item.tags, item.links) == (("wet moss",), (("pdf", "https://moss.example/1.pdf"),))
    assert dict(item.details) == {
        "volume": "3", "issue": "2", "page": "5-9", "publisher": "Moss Press", "report": "MOSS-TH-7",
        "contributor": "Bob Other", "collaboration": "Moss Collaboration",
    }  # fmt: skip
    told = [noise.text for noise in reading.noise]
    assert {"We grow x2 moss.", "J. Fern 4", "100: Kew", "856: Preprint"} <= set(told)
    assert not reading.problems


def test_a_group_alone_is_the_author_and_a_conference_has_its_name() -> None:
    (item,) = read(field("110", a="Moss Group"), field("245", a="Moss")).items
    assert item.authors == ("Moss Group",)
    (item,) = read(field("111", a="Moss Days 2000", c="Kew")).items
    assert item.title == "Moss Days 2000"
