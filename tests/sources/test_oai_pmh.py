"""Answers of OAI-PMH: arXiv's formats, Dublin Core, errors."""

from __future__ import annotations

import pytest

from digest.model import Document, Identifiers, Item, PartialDate, Reading
from digest.sources.arxiv.oai_pmh import SOURCE

ANSWER = """<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2025-03-10T10:00:00Z</responseDate>
<request verb="ListRecords" metadataPrefix="x">http://oaipmh.example/oai</request>
{}
</OAI-PMH>
"""
RECORD = """<record><header><identifier>{name}</identifier><datestamp>2025-03-09</datestamp>
<setSpec>s</setSpec></header>
<metadata>{told}</metadata></record>
"""
ARXIV = r"""<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>2405.01234</id><created>2024-05-02</created>
<updated>2024-05-09</updated><authors><author><keyname>N\'u\~nez</keyname><forenames>Jos\'e</forenames><suffix>Jr</suffix>
<affiliation>Garden</affiliation></author><author><keyname>The Straw Collaboration</keyname></author></authors>
<title>On straw and
  the mulch</title><categories>cs.CL cs.AI</categories><comments>12 pages</comments><report-no>GARDEN-1</report-no>
<msc-class>68T50 (Primary)</msc-class><acm-class>I.2.7</acm-class><journal-ref>J. Straw 1 (2024)</journal-ref>
<doi>10.1000/straw 10.1000/erratum</doi><license>http://creativecommons.org/licenses/by/4.0/</license>
<abstract>  We water straw, a&lt;b&gt;c,
and measure it.
</abstract></arXiv>"""
RAW = """<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>hep-th/9901001</id><submitter>Ada Lovelace</submitter>
<version version="v1"><date>Fri, 1 Jan 1999 17:59:59 GMT</date><size>312kb</size><source_type>D</source_type></version>
<version version="v2"><date>Mon, 4 Jan 1999 10:00:00 GMT</date><size>312kb</size></version>
<title>Straw</title><authors>Ada Lovelace (Garden, West) and Ann Author</authors><categories>hep-th</categories>
<abstract>We water.</abstract></arXivRaw>"""
DC = """<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">
{}</oai_dc:dc>"""
ARXIV_DC = """<dc:title>On straw and
  the mulch</dc:title><dc:creator>Lovelace, Ada</dc:creator><dc:creator>Author Jr, Ann</dc:creator>
<dc:subject>Computer Science - Computation and Language</dc:subject><dc:subject>68T50</dc:subject>
<dc:description>  We water straw.
</dc:description><dc:description>Comment: 12 pages,
  1 figure</dc:description><dc:date>2024-05-02</dc:date><dc:date>2024-05-09</dc:date><dc:type>text</dc:type>
<dc:identifier>http://arxiv.org/abs/2405.01234</dc:identifier><dc:identifier>J. Straw 1 (2024) 3-4</dc:identifier>
<dc:identifier>doi:10.1000/straw</dc:identifier>"""
LONG = "We water straw every morning and measure how much of it the soil keeps until the evening, all over the garden. "
OTHER_DC = f"""<dc:title xml:lang="fr">De la paille</dc:title><dc:title xml:lang="en">On straw</dc:title>
<dc:creator>Lovelace, Ada (Author)</dc:creator><dc:creator>https://orcid.org/0000-0000-0000-0000</dc:creator>
<dc:subject>mulch; bark</dc:subject><dc:subject>info:eu-repo/classification/ddc/630</dc:subject>
<dc:description>International audience</dc:description>
<dc:description xml:lang="fr">En français, {LONG}</dc:description>
<dc:description xml:lang="en">&lt;p&gt;{LONG}&lt;i&gt;Done.&lt;/i&gt;&lt;/p&gt;</dc:description>
<dc:date>2024-06-01T10:20:30Z</dc:date><dc:date>2023-11</dc:date><dc:language>eng</dc:language>
<dc:type>info:eu-repo/semantics/article</dc:type><dc:publisher>Straw Press</dc:publisher>
<dc:format>application/pdf</dc:format>
<dc:identifier>https://repository.example/1</dc:identifier><dc:identifier>https://doi.org/10.1000/straw</dc:identifier>
<dc:relation>info:eu-repo/semantics/altIdentifier/pmid/12345</dc:relation>
<dc:relation>info:eu-repo/semantics/altIdentifier/arxiv/2405.01234</dc:relation>
<dc:relation>https://elsewhere.example/</dc:relation>
<dc:rights>info:eu-repo/semantics/openAccess</dc:rights><dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights>
<dc:source>Journal of Straw</dc:source>"""


def records(*told: str, name: str = "oai:x.example:1") -> str:
    listed = "".join(RECORD.format(name=name, told=part) for part in told)
    return ANSWER.format(f"<ListRecords>{listed}<resumptionToken>OPAQUE</resumptionToken></ListRecords>")


def read(text: str) -> Reading:
    return Reading.gather(SOURCE.read(Document("answer.xml", text)))


def only(text: str) -> Item:
    (item,) = read(text).items
    return item


def test_arxiv_tells_all_in_its_own_format() -> None:
    reading = read(records(ARXIV, name="oai:arXiv.org:2405.01234"))
    (item,) = reading.items
    assert (item.title, item.body) == ("On straw and the mulch", "We water straw, a&lt;b>c, and measure it.")
    assert item.authors == ("José Núñez Jr", "The Straw Collaboration")
    assert item.identifiers == Identifiers(arxiv="2405.01234", doi="10.1000/straw")
    assert (item.published, item.updated) == (PartialDate(2024, 5, 2), PartialDate(2024, 5, 9))
    assert (item.venue, item.license) == ("J. Straw 1 (2024)", "http://creativecommons.org/licenses/by/4.0/")
    assert item.details == (
        ("comment", "12 pages"),
        ("categories", "cs.CL cs.AI"),
        ("report", "GARDEN-1"),
        ("msc", "68T50 (Primary)"),
        ("acm", "I.2.7"),
    )
    assert (item.day, item.span.line) == (None, 4)
    assert [noise.text for noise in reading.noise] == ["Garden", "10.1000/erratum"]


def test_the_first_of_two_names_counts_and_the_other_is_told() -> None:
    author = "<author><keyname>Lovelace</keyname><keyname>Byron</keyname><forenames>Ada</forenames></author>"
    reading = read(records(f"<arXiv><id>2405.01234</id><title>T</title><authors>{author}</authors></arXiv>"))
    assert reading.items[0].authors == ("Ada Lovelace",)
    assert [noise.text for noise in reading.noise] == ["Byron"]


def test_arxiv_tells_versions_in_its_raw_format() -> None:
    reading = read(records(RAW))
    (item,) = reading.items
    assert item.authors == ("Ada Lovelace", "Ann Author")
    assert item.identifiers == Identifiers(arxiv="hep-th/9901001", version=2)
    assert (item.published, item.updated) == (PartialDate(1999, 1, 1), PartialDate(1999, 1, 4))
    assert item.details == (("categories", "hep-th"), ("versions", "v1 1999-01-01, v2 1999-01-04"))
    assert [noise.text for noise in reading.noise] == ["(Garden, West)", "submitter: Ada Lovelace"]


def test_the_oldest_format_of_arxiv_has_no_versions() -> None:
    old = RAW.replace("arXivRaw", "arXivOld").partition("<version")
    item = only(records(old[0] + old[2].rpartition("</version>")[2]))
    assert (item.title, item.published, item.identifiers.version) == ("Straw", None, None)


def test_arxiv_tells_less_in_dublin_core() -> None:
    item = only(records(DC.format(ARXIV_DC), name="oai:arXiv.org:2405.01234"))
    assert (item.title, item.body) == ("On straw and the mulch", "We water straw.")
    assert item.authors == ("Ada Lovelace", "Ann Author Jr")
    assert item.identifiers == Identifiers(arxiv="2405.01234", doi="10.1000/straw")
    assert (item.published, item.updated) == (PartialDate(2024, 5, 2), PartialDate(2024, 5, 9))
    assert item.venue == "J. Straw 1 (2024) 3-4"
    assert item.links == (("paper", "http://arxiv.org/abs/2405.01234"),)
    assert item.details == (
        ("comment", "12 pages, 1 figure"),
        ("subjects", "Computer Science - Computation and Language; 68T50"),
        ("type", "text"),
    )


def test_other_repositories_write_dublin_core_in_ways_of_their_own() -> None:
    reading = read(records(DC.format(OTHER_DC)))
    (item,) = reading.items
    assert (item.title, item.lang) == ("On straw", "en")
    assert item.body == f"{LONG}*Done.*\n\nEn français, {LONG}".strip()
    assert item.authors == ("Ada Lovelace",)
    assert item.identifiers == Identifiers(arxiv="2405.01234", doi="10.1000/straw", pmid="12345")
    assert item.published == PartialDate(2023, 11)
    assert item.tags == ("mulch", "bark")
    assert (item.venue, item.license) == ("Journal of Straw", "http://creativecommons.org/licenses/by/4.0/")
    assert item.links == (("paper", "https://repository.example/1"),)
    assert item.details == (
        ("note", "International audience"),
        ("subjects", "info:eu-repo/classification/ddc/630"),
        ("type", "article"),
        ("publisher", "Straw Press"),
        ("original-title", "De la paille"),
    )
    assert [noise.text for noise in reading.noise] == [
        "date: 2024-06-01T10:20:30Z",
        "creator: https://orcid.org/0000-0000-0000-0000",
        "relation: https://elsewhere.example/",
    ]


HAL_DC = """<dc:title>De la paille</dc:title><dc:creator>Lovelace, Ada</dc:creator>
<dc:contributor>Institut de la paille (IP) ; Jardin (J)</dc:contributor><dc:contributor>Author, Ann</dc:contributor>
<dc:description>International audience</dc:description><dc:source>ISSN: 1234-5678</dc:source>
<dc:source>Journal of Straw</dc:source><dc:source>https://hal.example/hal-1</dc:source>
<dc:source>Journal of Straw, 2014, 4, 11 p. &amp;#x27E8;10.1000/straw&amp;#x27E9;</dc:source>
<dc:identifier>hal-1</dc:identifier><dc:identifier>https://hal.example/hal-1</dc:identifier>
<dc:identifier>https://hal.example/hal-1/file/straw.pdf</dc:identifier><dc:identifier>DOI: 10.1000/straw</dc:identifier>
<dc:identifier>PUBMEDCENTRAL: PMC123</dc:identifier>
<dc:identifier>WOS: 000123</dc:identifier><dc:date>2014-05</dc:date>"""


def test_hal_names_lists_and_repeats_itself() -> None:
    reading = read(records(DC.format(HAL_DC), name="oai:HAL:hal-1v1"))
    (item,) = reading.items
    assert (item.body, item.venue, item.published) == ("", "Journal of Straw", PartialDate(2014, 5))
    assert item.identifiers == Identifiers(doi="10.1000/straw", pmcid="PMC123")
    assert item.links == (
        ("paper", "https://hal.example/hal-1"),
        ("pdf", "https://hal.example/hal-1/file/straw.pdf"),
    )
    assert item.details == (
        ("note", "International audience"),
        ("contributor", "Ann Author"),
        ("source", "Journal of Straw, 2014, 4, 11 p. ⟨10.1000/straw⟩"),
        ("ISSN", "1234-5678"),
    )
    assert [noise.text for noise in reading.noise] == [
        "identifier: hal-1",
        "identifier: WOS: 000123",
        "contributor: Institut de la paille (IP) ; Jardin (J)",
    ]


def test_a_record_may_stand_alone_or_without_namespaces() -> None:
    bare = ARXIV.replace(' xmlns="http://arxiv.org/OAI/arXiv/"', "")
    assert only(bare).identifiers.arxiv == "2405.01234"
    assert only(f"<OAI-PMH><GetRecord><record><metadata>{bare}</metadata></record></GetRecord></OAI-PMH>").authors
    assert only(DC.format(ARXIV_DC)).title == "On straw and the mulch"


def test_a_deleted_record_is_told() -> None:
    gone = '<record><header status="deleted"><identifier>oai:x:1</identifier></header></record>'
    reading = read(ANSWER.format(f"<ListRecords>{gone}{RECORD.format(name='x', told=RAW)}</ListRecords>"))
    assert [noise.text for noise in reading.noise][:1] == ["deleted: oai:x:1"]
    assert len(reading.items) == 1


@pytest.mark.parametrize(
    ("told", "severity", "code", "message"),
    [
        ('<error code="noRecordsMatch"/>', "note", "DG301", "the repository has no records for this question"),
        (
            "<error code='badResumptionToken'>too old</error>",
            "error",
            "DG302",
            "the repository answered with an error: badResumptionToken, too old",
        ),
        ("<ListRecords></ListRecords>", "note", "DG301", "the answer holds no records"),
        (
            RECORD.format(name="oai:x:1", told="<m:mods xmlns:m='urn:mods'><m:titleInfo/></m:mods>"),
            "error",
            "DG308",
            "the record oai:x:1 is in a metadata format that is not read: mods",
        ),
        (RECORD.format(name="oai:x:1", told=""), "error", "DG308", "the record oai:x:1 holds no metadata"),
    ],
)
def test_what_is_no_record_is_told(told: str, severity: str, code: str, message: str) -> None:
    (problem,) = read(ANSWER.format(told)).problems
    assert (problem.severity, problem.code, problem.message) == (severity, code, message)


def test_a_record_within_a_record_is_metadata() -> None:
    marc = "<record xmlns='http://www.loc.gov/MARC21/slim'><leader>0</leader></record>"
    reading = read(records(marc, RAW))
    assert len(reading.items) == 1
    assert [problem.message for problem in reading.problems] == [
        "the record oai:x.example:1 is in a metadata format that is not read: record"
    ]


def test_a_cut_answer_keeps_its_whole_records() -> None:
    text = records(RAW, RAW, RAW)
    reading = read(text[: text.rindex("<abstract>")])
    assert len(reading.items) == 2
    assert [problem.severity for problem in reading.problems] == ["error"]


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        (records(RAW), True),
        (ANSWER.format('<error code="noRecordsMatch"/>'), True),
        (RAW, True),
        (f"<records>{RECORD.format(name='x', told=RAW)}</records>", True),
        ("<records><record><title>x</title></record></records>", False),
        ("<rss><channel/></rss>", False),
        ("An OAI-PMH answer", False),
    ],
)
def test_it_knows_its_own(text: str, sure: bool) -> None:
    assert (SOURCE.recognise(Document("x", text)) >= 0.9) == sure
