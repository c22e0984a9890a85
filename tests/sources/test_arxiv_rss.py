"""The feeds of arXiv's new papers, today's and of old."""

from __future__ import annotations

from datetime import date

import pytest

from digest.model import Document, Identifiers, Reading
from digest.sources.arxiv.arxiv_rss import SOURCE

RSS = """<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel>
<title>{title}</title><link>http://rss.arxiv.org/rss/cs.AI</link><description>{told}</description>
<pubDate>Tue, 14 May 2024 00:00:00 -0400</pubDate><skipDays><day>Saturday</day></skipDays>
{items}
</channel></rss>
"""
ITEM = r"""<item><title>Straw with $x^2$</title><link>https://arxiv.org/abs/2405.01234</link>
<description>arXiv:2405.01234v1 Announce Type: new
Abstract: We water straw,
with care.</description>
<guid isPermaLink="false">oai:arXiv.org:2405.01234v1</guid><category>cs.AI</category><category>q-bio.NC</category>
<pubDate>Wed, 15 May 2024 00:00:00 -0400</pubDate><arxiv:announce_type>{kind}</arxiv:announce_type>
<dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights>
<arxiv:DOI>10.1000/straw</arxiv:DOI><arxiv:journal_reference>J. Straw 1 (2024)</arxiv:journal_reference>
<dc:creator>Jos\'e Author (Garden, West), Ada Lovelace (Garden, (North) East), Ann Author Jr</dc:creator></item>"""

ATOM = """<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns="http://www.w3.org/2005/Atom"><id>http://rss.arxiv.org/atom/cs.AI</id><title>cs.AI updates on arXiv.org</title>
<updated>2024-05-16T04:00:05+00:00</updated>
<entry><id>oai:arXiv.org:hep-ex/0307015v3</id><title>Straw</title><updated>2024-05-16T04:00:06+00:00</updated>
<link href="https://arxiv.org/abs/hep-ex/0307015" rel="alternate" type="text/html"/>
<summary>arXiv:hep-ex/0307015v3 Announce Type: replace-cross
Abstract: We water straw.</summary><category term="hep-ex"/><published>2024-05-15T00:00:00-04:00</published>
<arxiv:announce_type>replace-cross</arxiv:announce_type><dc:creator>Ada Lovelace</dc:creator></entry></feed>
"""

RDF = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="http://arxiv.org/"><title>cs.CL updates on arXiv.org</title><link>http://arxiv.org/</link>
<dc:date>2014-05-14T20:30:00-05:00</dc:date>
<items><rdf:Seq><rdf:li rdf:resource="http://arxiv.org/abs/1405.3202"/></rdf:Seq></items></channel>
<image rdf:about="http://arxiv.org/icons/sfx.gif"><title>arXiv.org</title></image>
<item rdf:about="http://arxiv.org/abs/1405.3202">
<title>Why straw? On the $O(n)$ bound. (arXiv:1405.3202v2 [cs.CL] UPDATED)</title>
<link>http://arxiv.org/abs/1405.3202</link>
<description rdf:parseType="Literal">&lt;p&gt;We water straw where $a &amp;lt; b$
and more.
&lt;/p&gt;</description>
<dc:creator> &lt;a href="http://arxiv.org/find/cs/1/au:+A/0"&gt;Jos&#xE9; Author&lt;/a&gt; (Garden, West),
&lt;a href="http://arxiv.org/find/cs/1/au:+L/0"&gt;Ada Lovelace&lt;/a&gt;</dc:creator></item></rdf:RDF>
"""


def rss(items: str, title: str = "cs.AI updates on arXiv.org", told: str = "") -> str:
    return RSS.format(items=items, title=title, told=told)


def read(text: str) -> Reading:
    return Reading.gather(SOURCE.read(Document("feed.xml", text)))


def test_an_item_gives_all_that_it_says() -> None:
    reading = read(rss(ITEM.replace("{kind}", "new")))
    (item,) = reading.items
    assert (item.title, item.body) == ("Straw with $x^2$", "We water straw, with care.")
    assert item.authors == ("José Author", "Ada Lovelace", "Ann Author Jr")
    assert item.identifiers == Identifiers(arxiv="2405.01234", version=1, doi="10.1000/straw")
    assert (item.day, item.published) == (date(2024, 5, 15), None)
    assert item.details == (("announcement", "new"), ("categories", "cs.AI q-bio.NC"))
    assert (item.venue, item.license) == ("J. Straw 1 (2024)", "http://creativecommons.org/licenses/by/4.0/")
    assert item.links == (("paper", "https://arxiv.org/abs/2405.01234"),)
    assert [noise.text for noise in reading.noise] == ["(Garden, West)", "(Garden, (North) East)"]


@pytest.mark.parametrize("kind", ["new", "cross", "replace", "rep", "replace-cross", "absonly"])
def test_every_kind_of_announcement_is_kept(kind: str) -> None:
    (item,) = read(rss(ITEM.replace("{kind}", kind).replace("Type: new", f"Type: {kind}"))).items
    assert item.details[0] == ("announcement", kind)
    assert item.body == "We water straw, with care."


def test_the_day_of_the_feed_stands_in_for_that_of_an_item() -> None:
    undated = ITEM.replace("<pubDate>Wed, 15 May 2024 00:00:00 -0400</pubDate>", "")
    assert [item.day for item in read(rss(undated)).items] == [date(2024, 5, 14)]


def test_the_atom_feed_says_the_same_in_other_words() -> None:
    (item,) = read(ATOM).items
    assert (item.title, item.body, item.day) == ("Straw", "We water straw.", date(2024, 5, 15))
    assert item.identifiers == Identifiers(arxiv="hep-ex/0307015", version=3)
    assert item.details == (("announcement", "replace-cross"), ("categories", "hep-ex"))


def test_the_feed_of_old_holds_html() -> None:
    (item,) = read(RDF).items
    assert (item.title, item.body) == ("Why straw? On the $O(n)$ bound", "We water straw where $a < b$ and more.")
    assert item.authors == ("José Author", "Ada Lovelace")
    assert item.identifiers == Identifiers(arxiv="1405.3202", version=2)
    assert item.day == date(2014, 5, 14)
    assert item.details == (("announcement", "replace"), ("categories", "cs.CL"))
    assert item.links == (("paper", "http://arxiv.org/abs/1405.3202"),)


def test_a_day_without_papers_is_no_error() -> None:
    (problem,) = read(rss("")).problems
    assert (problem.severity, problem.code) == ("note", "DG301")


def test_an_error_in_the_place_of_a_feed_is_one() -> None:
    (problem,) = read(rss("", "Feed error for query: cs.XX", "Bad archive: 'cs.XX'.")).problems
    assert (problem.severity, problem.code) == ("error", "DG302")
    assert problem.message == "arXiv answered with an error: Feed error for query: cs.XX: Bad archive: 'cs.XX'."


@pytest.mark.parametrize("text", [rss(ITEM), rss(""), ATOM, RDF])
def test_it_knows_its_own(text: str) -> None:
    assert SOURCE.recognise(Document("x", text)) == 1.0


def test_a_feed_that_only_links_to_arxiv_is_left_to_others() -> None:
    blog = "<rss><channel><title>Blog</title><item><link>https://blog.example/</link>"
    blog += "<description>Read http://arxiv.org/rss/cs.AI and https://arxiv.org/abs/2405.01234</description></item></channel></rss>"
    assert SOURCE.recognise(Document("x", blog)) < 0.5
