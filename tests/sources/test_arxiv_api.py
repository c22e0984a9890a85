"""Answers of the arXiv API."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Document, Identifiers, Item, Noise, PartialDate, Problem, Reading
from digest.sources.arxiv.arxiv_api import SOURCE

HEAD = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom"
 xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/OPAQUE</id><title>arXiv Query: search_query=all:straw</title>
  <opensearch:itemsPerPage>{page}</opensearch:itemsPerPage>
  <opensearch:totalResults>{total}</opensearch:totalResults>
  <opensearch:startIndex>0</opensearch:startIndex>
"""
ENTRY = r"""  <entry>
    <id>http://arxiv.org/abs/2405.01234v2</id>
    <title>On $O(n \log n)$ Straw &amp; the Poincar\'e
  Mulch</title>
    <updated>2024-05-09T10:00:00Z</updated>
    <link href="https://arxiv.org/abs/2405.01234v2" rel="alternate" type="text/html"/>
    <link href="https://arxiv.org/pdf/2405.01234v2" rel="related" type="application/pdf" title="pdf"/>
    <link href="https://doi.org/10.1000/straw" rel="related" title="doi"/>
    <summary>  We water straw, $a_1 &lt; b$,
and measure *it*.
  A second paragraph.</summary>
    <category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>
    <category term="68T50" scheme="http://arxiv.org/schemas/atom"/>
    <category term="I.2.7" scheme="http://arxiv.org/schemas/atom"/>
    <category term="math-ph" scheme="http://arxiv.org/schemas/atom"/>
    <published>2024-05-02T17:59:59Z</published>
    <arxiv:comment>12 pages,
  Garden 2024</arxiv:comment>
    <arxiv:journal_ref>J. Straw 1 (2024)</arxiv:journal_ref>
    <arxiv:primary_category term="cs.CL"/>
    <arxiv:novelty>new here</arxiv:novelty>
    <author><name>Ada Lovelace</name><arxiv:affiliation>Garden, West</arxiv:affiliation></author>
    <author><name>Jos\'e Author</name></author>
  </entry>
"""
OLD = "<entry><id>http://arxiv.org/abs/hep-th/9901001v3</id><title>0</title><summary>Short.</summary></entry>"


def page(*entries: str, size: int = 100, total: int | None = None) -> str:
    return HEAD.format(page=size, total=len(entries) if total is None else total) + "".join(entries) + "</feed>\n"


def read(text: str) -> Reading:
    return Reading.gather(SOURCE.read(Document("answer.xml", text)))


def test_an_entry_gives_all_that_it_says() -> None:
    (item,) = read(page(ENTRY)).items
    assert item.title == r"On $O(n \log n)$ Straw & the Poincaré Mulch"
    assert item.body == "We water straw, $a_1 < b$, and measure \\*it\\*.\n\nA second paragraph."
    assert item.identifiers == Identifiers(arxiv="2405.01234", version=2, doi="10.1000/straw")
    assert item.authors == ("Ada Lovelace", "José Author")
    assert (item.day, item.published, item.updated) == (None, PartialDate(2024, 5, 2), PartialDate(2024, 5, 9))
    assert item.venue == "J. Straw 1 (2024)"
    assert item.details == (
        ("comment", "12 pages, Garden 2024"),
        ("categories", "cs.CL math-ph"),
        ("acm", "I.2.7"),
        ("msc", "68T50"),
    )
    assert item.links == (
        ("paper", "https://arxiv.org/abs/2405.01234v2"),
        ("pdf", "https://arxiv.org/pdf/2405.01234v2"),
    )
    assert item.span.line == 8


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("of $-$19.2(1) K, of Tb$_2$Ti$_2$O$_7$", r"of \(-\)19.2(1) K, of Tb$_2$Ti$_2$O$_7$"),
        ("where $ {c}_{a} =0.69 $ holds", "where ${c}_{a} =0.69$ holds"),
        ("costs $5 and then $10 a day", "costs $5 and then $10 a day"),
        ("an odd $ sign", "an odd $ sign"),
        ("a set of `fake' data, ``as said''", "a set of ‘fake’ data, “as said”"),
        ("the dog's and cats' ``open", "the dog's and cats' ``open"),
    ],
)
def test_signs_of_tex_are_what_tex_takes_them_for(written: str, meant: str) -> None:
    (item,) = read(page(OLD.replace("Short.", written))).items
    assert item.body == meant


def test_what_no_field_takes_is_told() -> None:
    assert [noise.text for noise in read(page(ENTRY)).noise] == ["Garden, West", "novelty: new here"]


def test_a_paper_may_have_an_old_id_and_be_titled_nought() -> None:
    (item,) = read(page(OLD)).items
    assert (item.title, item.identifiers) == ("0", Identifiers(arxiv="hep-th/9901001", version=3))
    assert item.links == (("paper", "http://arxiv.org/abs/hep-th/9901001v3"),)


def test_the_doi_of_arxiv_is_no_doi() -> None:
    (item,) = read(page(ENTRY.replace("10.1000/straw", "10.48550/arXiv.2405.01234"))).items
    assert item.identifiers == Identifiers(arxiv="2405.01234", version=2)


ERROR = """<entry><id>https://arxiv.org/api/errors#incorrect_id_format_for_abc</id><title>Error</title>
<summary>incorrect id format for abc</summary><author><name>arXiv api core</name></author></entry>"""


@pytest.mark.parametrize(
    ("text", "severity", "code", "message"),
    [
        (page(ERROR), "error", "DG302", "arXiv answered with an error: incorrect id format for abc"),
        (page(), "note", "DG301", "the answer holds no papers"),
        (page(OLD, size=10, total=30), "warning", "DG308", "the page holds 1 of the 10 entries that it announces"),
        (page(size=10, total=30), "warning", "DG308", "the page holds 0 of the 10 entries that it announces"),
    ],
)
def test_what_is_no_paper_is_told(text: str, severity: str, code: str, message: str) -> None:
    (problem,) = read(text).problems
    assert (problem.severity, problem.code, problem.message) == (severity, code, message)


def test_a_page_that_is_not_the_last_is_no_problem() -> None:
    assert read(page(OLD, OLD, size=2, total=30)).problems == ()


def test_a_broken_entry_costs_only_itself() -> None:
    reading = read(page(OLD, "<entry><title>broken</entry>", OLD))
    assert len(reading.items) == 2
    assert [(problem.severity, problem.code, problem.span and problem.span.line) for problem in reading.problems] == [
        ("error", "DG308", 8)
    ]


def test_three_thousand_authors_are_read() -> None:
    many = "".join(f"<author><name>A{number} Author</name></author>" for number in range(3000))
    (item,) = read(page(OLD.replace("</entry>", many + "</entry>"))).items
    assert len(item.authors) == 3000


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        (page(ENTRY), True),
        (page(), True),
        ('<feed xmlns="http://www.w3.org/2005/Atom">' + OLD + "</feed>", True),
        ('<feed xmlns="http://www.w3.org/2005/Atom"><id>x</id><entry><id>y</id></entry></feed>', False),
        ('<feed xmlns="http://www.w3.org/2005/Atom"><id>http://rss.arxiv.org/atom/cs.CL</id></feed>', False),
        ("On http://arxiv.org/abs/2405.01234v2 we read that", False),
    ],
)
def test_it_knows_its_own(text: str, sure: bool) -> None:
    assert (SOURCE.recognise(Document("x", text)) > 0.9) == sure


@given(st.integers(0, len(page(ENTRY, OLD))), st.text(max_size=8))
@settings(max_examples=100, deadline=None)
def test_no_damage_raises(place: int, text: str) -> None:
    whole = page(ENTRY, OLD)
    for thing in read(whole[:place] + text + whole[place + len(text) :]):
        assert isinstance(thing, Item | Noise | Problem)
        assert not (isinstance(thing, Item) and isinstance(thing.day, datetime))
