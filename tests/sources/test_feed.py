"""Feeds of journals, blogs and readers, in every dialect."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Document, Identifiers, Item, Noise, PartialDate, Problem, Reading
from digest.sources.web.feed import SOURCE

RDF = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:prism="http://purl.org/rss/1.0/modules/prism/">
<channel rdf:about="http://soil.example"><title>Soil</title><prism:publicationName>Soil Letters</prism:publicationName>
<items><rdf:Seq><rdf:li rdf:resource="http://soil.example/1"/></rdf:Seq></items></channel>
<item rdf:about="http://soil.example/1?rss=1">
<title><![CDATA[Straw keeps <i>water</i>]]></title><link>http://soil.example/1?rss=1</link>
<description><![CDATA[We water a &lt; b.]]></description>
<dc:creator><![CDATA[Lovelace, A., van Author, A. B.]]></dc:creator><dc:date>2024-09-20</dc:date>
<dc:identifier>doi:10.1000/soil.1</dc:identifier><dc:title><![CDATA[Straw keeps water]]></dc:title>
<prism:volume>12</prism:volume><prism:startingPage>3</prism:startingPage><prism:endingPage>9</prism:endingPage>
<prism:section>Physics</prism:section></item></rdf:RDF>"""

RSS = """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"><channel>
<title>Garden</title><language>en-gb</language>
<item><title>Beds &amp;amp; bark</title><link>https://garden.example/beds</link><guid>https://garden.example/?p=1</guid>
<dc:creator>ann@garden.example (Ann Author)</dc:creator><category>Uncategorized</category><category>soil</category>
<pubDate>Fri, 20 Sep 2024 06:00:00 EST</pubDate><slash:comments>3</slash:comments><odd>kept</odd>
<description>We built beds […]</description>
<content:encoded><![CDATA[<p>We built beds of <a href="/bark">bark</a>.</p><p>The post <a href="b">Beds</a> appeared
first on <a href="/">Garden</a>.</p>]]></content:encoded></item></channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Plants</title>
<author><name>Ada Lovelace</name></author>
<entry><title type="html">On &lt;i&gt;roots&lt;/i&gt;</title><id>10.1000/plants.7</id>
<link rel="alternate" href="https://plants.example/7"/><link rel="edit" href="https://plants.example/edit"/>
<link rel="related" type="application/pdf" title="(PDF) On roots" href="https://plants.example/7.pdf"/>
<author><name>Ada Lovelace</name></author><author><name>Ann Author</name></author>
<published>2024-09-20T14:00:00Z</published><updated>2024-09-22T14:00:00Z</updated>
<rights>https://creativecommons.org/licenses/by/4.0/</rights><category term="roots" label="Roots"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Roots <b>grow</b>.</p></div></content></entry>
<entry><title>A note</title><id>urn:uuid:1</id><updated>2024-09-23T00:00:00+02:00</updated>
<summary>Text *as* is.</summary></entry>
</feed>"""


def read(text: str) -> Reading:
    return Reading.gather(SOURCE.read(Document("feed.xml", text)))


def entries(entry: str, head: str = "") -> tuple[Item, ...]:
    return read(f"<rss><channel>{head}<item>{entry}</item></channel></rss>").items


def test_a_journal_in_rdf() -> None:
    (item,) = read(RDF).items
    assert (item.kind, item.title, item.body) == ("abstract", "Straw keeps water", "We water a < b.")
    assert item.authors == ("A. Lovelace", "A. B. van Author")
    assert item.identifiers == Identifiers(doi="10.1000/soil.1")
    assert (item.day, item.published) == (None, PartialDate(2024, 9, 20))
    assert item.venue == "Soil Letters"
    assert item.details == (("page", "3–9"), ("volume", "12"))
    assert item.tags == ("Physics",)
    assert item.links == (("paper", "http://soil.example/1?rss=1"),)
    assert item.span.line == 6


def test_a_blog_in_rss() -> None:
    found = read(RSS)
    (item,) = found.items
    assert (item.kind, item.title) == ("note", "Beds & bark")
    assert item.body == "We built beds of [bark](https://garden.example/bark)."
    assert item.summary == ""
    assert item.authors == ("Ann Author",)
    assert item.day == datetime(2024, 9, 20, 6, tzinfo=timezone(timedelta(hours=-5)))
    assert item.published is None
    assert (item.tags, item.lang) == (("soil",), "en-gb")
    assert [each.text.split(":")[0] for each in found.noise] == [
        "The post [Beds](https", "category", "odd",
    ]  # fmt: skip


def test_atom_with_several_authors_and_a_note_of_the_feeds_author() -> None:
    paper, note = read(ATOM).items
    assert (paper.kind, paper.title, paper.body) == ("abstract", "On roots", "Roots **grow**.")
    assert paper.authors == ("Ada Lovelace", "Ann Author")
    assert paper.identifiers == Identifiers(doi="10.1000/plants.7")
    assert paper.links == (("paper", "https://plants.example/7"), ("pdf", "https://plants.example/7.pdf"))
    assert (paper.day, paper.updated) == (datetime(2024, 9, 20, 14, tzinfo=UTC), PartialDate(2024, 9, 22))
    assert paper.license == "https://creativecommons.org/licenses/by/4.0/"
    assert (paper.tags, paper.lang) == (("Roots",), "en")
    assert (note.kind, note.body, note.authors) == ("note", "Text \\*as\\* is.", ("Ada Lovelace",))
    assert note.day == datetime(2024, 9, 23, tzinfo=timezone(timedelta(hours=2)))


def rss(item: str, spaces: str = "") -> str:
    return f"<rss version='2.0' {spaces}><channel><item><title>T</title>{item}</item></channel></rss>"


def test_summaries_of_readers_keep_their_markdown() -> None:
    item = (
        "<s:arxivid>1412.0233</s:arxivid><s:bibtexkey>k</s:bibtexkey><author>Ann Author</author>"
        "<description># Key\n* one $a_1$\n* two &amp;amp; *b*</description>"
    )
    (summary,) = read(rss(item, "xmlns:s='https://shortscience.example'")).items
    assert (summary.kind, summary.body) == ("summary", "# Key\n* one $a_1$\n* two &amp; *b*")
    assert (summary.authors, summary.details) == ((), (("contributor", "Ann Author"),))
    assert summary.identifiers.arxiv == "1412.0233"


@pytest.mark.parametrize(
    ("item", "names"),
    [
        ("<link>https://arxiv.org/abs/2409.12345v2</link>", Identifiers(arxiv="2409.12345", version=2)),
        ("<link>https://wiley.example/doi/abs/10.1002/x.1?af=R</link>", Identifiers(doi="10.1002/x.1")),
        ("<link>https://x.example/content/10.1101/2024.09.20v1.full</link>", Identifiers(doi="10.1101/2024.09.20")),
        ("<guid>pubmed:39000001</guid>", Identifiers(pmid="39000001")),
        ("<guid>10.48550/arXiv.2409.12345</guid>", Identifiers(arxiv="2409.12345")),
        ("<guid>12345678</guid><link>https://blog.example/10.1000</link>", Identifiers()),
        ("<guid>https://openreview.net/forum?id=AbCdEf1234</guid>", Identifiers(openreview="AbCdEf1234")),
    ],
)  # fmt: skip
def test_ids_and_addresses_name_the_paper(item: str, names: Identifiers) -> None:
    assert read(rss(item)).items[0].identifiers == names


def test_where_a_paper_was_printed_may_be_the_first_line_of_its_text() -> None:
    text = 'Gardens, &lt;a href="https://x.example/"&gt;Volume 2, Issue 3&lt;/a&gt;, Page 1, 2024. &lt;br/&gt;Leeks.'
    (item,) = entries(f"<title>Leeks</title><description>{text}</description>")
    assert item.body == "Leeks."


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("&lt;p&gt;Leeks.&lt;/p&gt;[Gard. Lett. 132, 1] Published Tue Mar 05, 2024", "Leeks."),
        ("Leeks.&lt;br/&gt;[Gard. Lett. 132, 1] Published Tue Mar 05, 2024", "Leeks."),
        ("&lt;div&gt;&lt;cite&gt;Gardens&lt;/cite&gt;&lt;/div&gt;&lt;div&gt;DOI: 10.1000/a&lt;/div&gt;", ""),
        ("Volume 12, Issue 3, March 2024, Page 3&lt;br/&gt;. &lt;br/&gt;", ""),
        ("&lt;p&gt;*&lt;/p&gt;&lt;p&gt;Leeks.&lt;/p&gt;", "Leeks."),
    ],
)
def test_what_journals_write_around_their_texts(text: str, body: str) -> None:
    (item,) = entries(f"<title>Leeks</title><description>{text}</description>")
    assert item.body.strip() == body


def test_preprints_are_papers() -> None:
    (item,) = entries(
        "<title>[hal-04000001] Leeks</title><description>Leeks grow.</description><author>a@hal.example (Ada Lovelace) "
        ", Ada Lovelace, Bo Writer</author><link>https://hal.science/hal-04000001v1</link>"
    )
    assert (item.kind, item.title, item.authors) == ("abstract", "Leeks", ("Ada Lovelace", "Bo Writer"))
    (item,) = entries("<title>Leeks</title><link>https://huggingface.co/papers/2403.00001</link>")
    assert (item.kind, item.identifiers.arxiv) == ("abstract", "2403.00001")


def test_places_behind_names() -> None:
    (item,) = entries(
        '<title>Leeks</title><dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">Ada Lovelace a University of '
        "Gardens, London, UK</dc:creator>"
    )
    assert item.authors == ("Ada Lovelace",)


def test_fields_of_ieee() -> None:
    (item,) = entries(
        "<title>Leeks</title><volume>12</volume><issue>3</issue><startPage>3</startPage>"
        "<authors>Ada Lovelace;Bo Writer;</authors>",
        "<title>IEEE Gardens - new TOC</title>",
    )
    assert (item.kind, item.venue, item.authors) == ("abstract", "IEEE Gardens", ("Ada Lovelace", "Bo Writer"))
    assert item.details == (("page", "3"), ("volume", "12"), ("issue", "3"))


def test_a_paper_that_is_online_in_advance() -> None:
    text = "&lt;p&gt;Publication date: Available online 5 February 2024&lt;/p&gt;&lt;p&gt;Source: Gardens&lt;/p&gt;"
    (item,) = entries(f"<title>Leeks</title><description>{text}</description>")
    assert (item.published, item.venue) == (PartialDate(2024, 2, 5), "Gardens")


def test_a_table_of_contents_tells_authors_and_date_in_its_text() -> None:
    text = (
        "&lt;p&gt;Publication date: December 2024&lt;/p&gt;&lt;p&gt;&lt;b&gt;Source:&lt;/b&gt; Journal of Soil, "
        "Volume 12&lt;/p&gt;&lt;p&gt;Author(s): Ada Lovelace, Ann Author&lt;/p&gt;"
    )
    (item,) = read(rss(f"<description>{text}</description>")).items
    assert (item.kind, item.body, item.published) == ("abstract", "", PartialDate(2024, 12))
    assert (item.venue, item.details) == ("Journal of Soil", (("volume", "12"),))
    assert item.authors == ("Ada Lovelace", "Ann Author")


@pytest.mark.parametrize(
    ("head", "sure"),
    [
        (RDF, 0.8),
        (RSS, 0.8),
        (ATOM, 0.8),
        ("<!-- x --><rss version='0.91'>", 0.8),
        ("<html><body>rss", 0.0),
        ("<OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'>", 0.0),
        ("text about <rss>", 0.0),
        ("", 0.0),
    ],
)
def test_recognised_by_its_root(head: str, sure: float) -> None:
    assert SOURCE.recognise(Document("x", head)) == sure


def test_a_broken_entry_costs_only_itself() -> None:
    text = RSS.replace("</channel>", "<item><title>Cut <b></title></item><item><title>Good</title></item></channel>")
    found = read(text)
    assert [item.title for item in found.items] == ["Beds & bark", "Good"]
    assert [(problem.severity, problem.code) for problem in found.problems] == [("error", "DG308")]


def test_a_file_that_was_cut_gives_its_whole_entries() -> None:
    found = read(ATOM[: ATOM.index("urn:uuid")])
    assert [item.title for item in found.items] == ["On roots"]
    assert any(problem.severity == "error" for problem in found.problems)


def test_a_feed_without_entries_is_no_error() -> None:
    found = read("<rss><channel><title>x</title></channel></rss>")
    assert [problem.severity for problem in found.problems] == ["note"]


def test_no_entity_is_expanded() -> None:
    bomb = "<!DOCTYPE rss [<!ENTITY a 'aaaa'><!ENTITY b SYSTEM 'file:///etc/passwd'>]>"
    found = read(bomb + rss("<description>&a;&b; text</description>"))
    assert not any("root:" in item.body or "aaaa" in item.body for item in found.items)


TAGS = ["<item>", "</item>", "<title>", "</title>", "<link", " href='x'", "<dc:creator>", "]]>", "<![CDATA["]
PIECES = [*TAGS, ">", "&", "a", "\n"]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_it_never_fails(text: str) -> None:
    for found in SOURCE.read(Document("x", f"<rss><channel>{text}")):
        assert isinstance(found, Item | Noise | Problem)


def test_a_date_alone_is_the_day_of_a_note() -> None:
    (item,) = read(rss("<pubDate>20 Sep 2024</pubDate><description>x</description>")).items
    assert item.day == date(2024, 9, 20)


@pytest.mark.parametrize(
    ("told", "guid"),
    [
        ("<guid>https://b.example/?p=7</guid><link>https://b.example/leeks</link>", "https://b.example/?p=7"),
        ("<guid>7</guid><link>https://b.example/leeks</link>", "https://b.example/leeks"),
        ("<guid>7</guid>", ""),
    ],
)
def test_what_a_feed_calls_an_entry_for_ever(told: str, guid: str) -> None:
    entry = f"<item><title>Leeks</title>{told}<description>Words.</description></item>"
    text = f"<rss version='2.0'><channel>{entry}</channel></rss>"
    (item,) = Reading.gather(SOURCE.read(Document("weekly.xml", text))).items
    assert item.guid == guid


def test_files_in_an_export_of_wordpress_are_no_entries() -> None:
    def item(kind: str) -> str:
        return f"<item><title>{kind}</title><wp:post_type>{kind}</wp:post_type><description>Soil.</description></item>"

    reading = read(
        '<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Garden</title>'
        + item("post") + item("attachment") + item("page") + item("nav_menu_item") + "</channel></rss>"
    )  # fmt: skip
    assert [found.title for found in reading.items] == ["post", "page"]
    assert any("attachment" in each.text for each in reading.noise)
