"""Pages of arXiv that list papers, as HTML and copied as text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Document, Identifiers, Item, Noise, PartialDate, Problem, Reading, Source
from digest.sources.arxiv import arxiv_listing, arxiv_listing_text

HTML = arxiv_listing.SOURCE
TEXT = arxiv_listing_text.SOURCE
DAY = date(2024, 9, 20)

NEW = """<div id='dlpage'><h1>Soil Physics</h1><ul><li><a href="/list/x/new#item1">New submissions</a></li></ul>
<h3>Showing new listings for Friday, 20 September 2024</h3><div class='paging'>Total of 2 entries </div>
<dl id='articles'><h3>New submissions (showing 1 of 1 entries)</h3>
<dt><a name='item1'>[1]</a>
 <a href ="/abs/2409.12345" title="Abstract" id="2409.12345">
        arXiv:2409.12345
 </a>
 [<a href="/pdf/2409.12345" title="Download PDF">pdf</a>, <a href="https://arxiv.org/html/2409.12345v1">html</a>]
</dt>
<dd><div class='meta'><div class='list-title mathjax'><span class='descriptor'>Title:</span>
  Straw with $x &lt; y$ &amp; bark</div>
 <div class='list-authors'><a href="https://arxiv.org/s?q=L">Ada Lovelace</a>,
  <a href="#">N\\'u\\~nez Author</a> (X, Y)</div>
 <div class='list-comments mathjax'><span class='descriptor'>Comments:</span> 2 pages, see
  <a href="https://code.example">this https URL</a></div>
 <div class='list-journal-ref'><span class='descriptor'>Journal-ref:</span> Soil 1 (2024)</div>
 <div class='list-subjects'><span class='descriptor'>Subjects:</span>
  <span class="primary-subject">Soil (cs.CL)</span>; Straw (stat.ML)</div>
 <p class='mathjax'>
   We water $a_1$ beds.<br>It is <a href="https://x.org">this https URL</a>.
 </p></div></dd></dl>
<dl id='articles'><h3>Replacement submissions (showing first 1 of 10 entries)</h3>
<dt><a href="/abs/hep-th/9901001" title="Abstract">arXiv:hep-th/9901001</a> (replaced)
 [<a href="/pdf/hep-th/9901001">pdf</a>]</dt>
<dd><div class='meta'><div class='list-title mathjax'><span class='descriptor'>Title:</span> Old roots</div>
<div class='list-authors'>(author list is unavailable)</div></div></dd></dl></div>"""

OLD = """<h3>Cross-lists for Fri, 20 Sep 24</h3>
<dl><dt><a name="item2">[2]</a>&nbsp;  <span class="list-identifier"><a href="/abs/2202.04644"
title="Abstract">arXiv:2202.04644</a> (cross-list from eess.SP) [<a href="/pdf/2202.04644">pdf</a>]</span></dt>
<dd><div class="meta"><div class="list-title mathjax"><span class="descriptor">Title:</span> Bark
</div><div class="list-authors"><span class="descriptor">Authors:</span> <a href="x">Ada Lovelace</a>,
<a href="y">Ann Author</a></div><div class="list-subjects"><span class="descriptor">Subjects:</span>
<span class="primary-subject">Machine Learning (cs.LG)</span></div>
<p class="mathjax">Bark keeps water.</p></div></dd></dl>
<h3>Thu, 19 Sep 2024 (showing 1 of 1 entries )</h3>
<dl><dt><a href="/abs/2409.11113">arXiv:2409.11113</a><dd><div class=list-title>Title: Bare</div></dl>"""

SEARCH = """<ol><li class="arxiv-result"><p class="list-title is-inline-block">
<a href="https://arxiv.org/abs/2409.12345">
arXiv:2409.12345</a><span>&nbsp;[<a href="https://arxiv.org/pdf/2409.12345">pdf</a>]&nbsp;</span></p>
<div class="tags is-inline-block"><span class="tag tooltip" data-tooltip="Soil">cs.CL</span>
<span class="tag tooltip" data-tooltip="AI">cs.AI</span></div>
<span class="tag"><a href="https://doi.org/10.1000/x.y">10.1000/x.y</a></span>
<p class="title is-5 mathjax">Straw <span class="search-hit mathjax">water</span></p>
<p class="authors"><span class="has-text-black-bis">Authors:</span> <a href="/s">Ada Lovelace</a>,
<a href="/s">Ann Author</a></p>
<p class="abstract mathjax"><span class="has-text-black-bis">Abstract</span>: <span class="abstract-short">&hellip;cut
<a class="is-size-7">&#9661; More</a></span><span class="abstract-full" style="display: none;">All of the
<span class="search-hit">water</span> $x$.<a class="is-size-7">&#9651; Less</a></span></p>
<p class="is-size-7"><span>Submitted</span> 20 September, 2024; <span>v1</span> submitted 2 May, 2024; <span>originally
announced</span> May 2024.</p>
<p class="comments is-size-7"><span>Comments:</span> <span>12 pages</span></p></li></ol>"""


def read(source: Source, text: str) -> Reading:
    return Reading.gather(source.read(Document("page", text)))


def test_a_page_of_today() -> None:
    found = read(HTML, NEW)
    new, replaced = found.items
    assert new.title == "Straw with $x < y$ & bark"
    assert new.authors == ("Ada Lovelace", "Núñez Author")
    assert new.body == "We water $a_1$ beds.  \nIt is [this https URL](https://x.org)."
    assert (new.day, new.published) == (DAY, None)
    assert new.identifiers == Identifiers(arxiv="2409.12345", version=1)
    assert new.venue == "Soil 1 (2024)"
    assert new.links == (("paper", "https://arxiv.org/abs/2409.12345"), ("pdf", "https://arxiv.org/pdf/2409.12345"))
    assert new.details == (
        ("announcement", "new"), ("categories", "cs.CL stat.ML"), ("comment", "2 pages, see https://code.example"),
    )  # fmt: skip
    assert (replaced.title, replaced.authors, replaced.details) == ("Old roots", (), (("announcement", "replace"),))
    assert replaced.identifiers == Identifiers(arxiv="hep-th/9901001")
    assert [each.text for each in found.noise] == ["(X Y)", "(author list is unavailable)"]
    assert new.span.line == 4


def test_pages_of_before_2024_and_of_past_days() -> None:
    cross, bare = read(HTML, OLD).items
    assert (cross.title, cross.authors, cross.body) == ("Bark", ("Ada Lovelace", "Ann Author"), "Bark keeps water.")
    assert (cross.day, cross.details[0]) == (DAY, ("announcement", "cross"))
    assert (bare.title, bare.day, bare.details) == ("Bare", date(2024, 9, 19), ())


def test_the_results_of_a_search() -> None:
    (item,) = read(HTML, SEARCH).items
    assert (item.title, item.body) == ("Straw water", "All of the water $x$.")
    assert item.authors == ("Ada Lovelace", "Ann Author")
    assert (item.day, item.published, item.updated) == (None, PartialDate(2024, 5, 2), PartialDate(2024, 9, 20))
    assert item.identifiers == Identifiers(arxiv="2409.12345", doi="10.1000/x.y")
    assert item.details == (("categories", "cs.CL cs.AI"), ("comment", "12 pages"))


def test_a_day_without_papers_is_no_error() -> None:
    found = read(HTML, "<h3>Showing new listings for Wednesday, 3 June 2026</h3><p>No updates today.</p>")
    assert [problem.severity for problem in found.problems] == ["note"]


def test_a_page_that_was_cut() -> None:
    found = read(HTML, NEW[: NEW.index("Straw with")])
    assert [item.identifiers.arxiv for item in found.items] == ["2409.12345"]
    assert [problem.code for problem in found.problems] == ["DG308"]


COPIED = """Soil Physics
New submissions
See recent articles

Showing new listings for Friday, 20 September 2024
Total of 3 entries
Showing up to 2000 entries per page: fewer | more | all
New submissions (showing 2 of 2 entries)
[1] arXiv:2409.12345 [pdf, html, other]
Title: Straw with $x < y$
Ada Lovelace, N\\'u\\~nez Author
Comments: 12 pages; Title: none
Subjects: Soil (cs.CL); Straw (stat.ML)
We water it. See arXiv:2401.00001.
Subjects: of trials are many.
[2] arXiv:2409.12346 [pdf, html, other]
Title: Bark
Ann Author
Subjects: Soil (cs.CL);
Straw (cs.CC)

Bark keeps
water.

Cross submissions (showing 1 of 1 entries)
[3] arXiv:2409.00001v2 (cross-list from cs.LG) [pdf, other]
Title: Roots: a survey
Authors: Ada Lovelace (1), Ann Author
Journal-ref: Soil 1 (2024)
DOI: 10.1000/x.y
Subjects: Soil (cs.LG)
Roots grow.
Total of 3 entries
About
Contact
"""

COPIED_SEARCH = """Showing 1–2 of 2 results
1. arXiv:2409.12345  [pdf, other]  cs.CL  math.AG  doi 10.1000/x.y
Straw
Authors: Ada Lovelace, Ann Author
Abstract: All of the water. △ Less
Submitted 20 September, 2024; v1 submitted 2 May, 2024; originally announced May 2024.
Comments: 12 pages
2. arXiv:2409.12346  [pdf, other]  math.AG
Bark
Authors: Ada Lovelace
Abstract: Bark. △ Less
Submitted 20 September, 2024; originally announced September 2024.
"""

INDENTED = """Fri, 20 Sep 2024 (showing first 25 of 80 entries )

[1]
    arXiv:2409.12345 [pdf, html, other]

    Title: Straw
    Authors: Ada Lovelace
    Subjects: Soil (cs.LG)

Thu, 19 Sep 2024

arXiv:2409.12346 (replaced) [pdf, html, other]
:   Title: Bark

    Ann Author

    Subjects: Soil (cs.LG)

    Bark keeps water.
"""


def test_a_page_copied_as_text() -> None:
    found = read(TEXT, COPIED)
    first, second, third = found.items
    assert (first.title, first.authors) == ("Straw with $x < y$", ("Ada Lovelace", "Núñez Author"))
    assert first.body == "We water it. See arXiv:2401.00001. Subjects: of trials are many."
    assert first.details == (
        ("announcement", "new"), ("categories", "cs.CL stat.ML"), ("comment", "12 pages; Title: none"),
    )  # fmt: skip
    assert (first.day, first.span.line) == (DAY, 9)
    assert (second.title, second.authors, second.body) == ("Bark", ("Ann Author",), "Bark keeps water.")
    assert second.details[1] == ("categories", "cs.CL cs.CC")
    assert third.identifiers == Identifiers(arxiv="2409.00001", version=2, doi="10.1000/x.y")
    assert (third.title, third.venue, third.body) == ("Roots: a survey", "Soil 1 (2024)", "Roots grow.")
    assert third.details[0] == ("announcement", "cross")
    assert {"Soil Physics", "Contact", "(1)"} <= {each.text for each in found.noise}


def test_results_of_a_search_copied_as_text() -> None:
    first, second = read(TEXT, COPIED_SEARCH).items
    assert (first.title, first.body, first.authors) == ("Straw", "All of the water.", ("Ada Lovelace", "Ann Author"))
    assert (first.published, first.updated) == (PartialDate(2024, 5, 2), PartialDate(2024, 9, 20))
    assert first.identifiers == Identifiers(arxiv="2409.12345", doi="10.1000/x.y")
    assert first.details == (("categories", "cs.CL math.AG"), ("comment", "12 pages"))
    assert (second.title, second.published, second.updated) == ("Bark", PartialDate(2024, 9, 20), None)


def test_other_ways_to_copy() -> None:
    first, second = read(TEXT, INDENTED).items
    assert (first.title, first.authors, first.body, first.day) == ("Straw", ("Ada Lovelace",), "", DAY)
    assert (second.title, second.authors, second.body) == ("Bark", ("Ann Author",), "Bark keeps water.")
    assert (second.day, second.details[0]) == (date(2024, 9, 19), ("announcement", "replace"))


@pytest.mark.parametrize(
    ("text", "html", "copied"),
    [
        (NEW, 0.97, 0.0),
        (OLD, 0.97, 0.0),
        (SEARCH, 0.97, 0.0),
        (COPIED, 0.0, 0.99),
        (COPIED_SEARCH, 0.0, 0.99),
        (INDENTED, 0.0, 0.99),
        ("<h3>Showing new listings for Wed, 3 Jun 2026</h3><p>No updates today.</p>", 0.97, 0.0),
        ("<html><h1 class='title mathjax'>x</h1><a href='/abs/2409.12345'>x</a>", 0.0, 0.0),
        ("We cite arXiv:2409.12345 here.\nTitle: x", 0.0, 0.0),
        ("\\\\\narXiv:2409.12345\nTitle: x\n\\\\\n", 0.0, 0.0),
        ("", 0.0, 0.0),
    ],
)
def test_recognised(text: str, html: float, copied: float) -> None:
    document = Document("x", text)
    assert (HTML.recognise(document), TEXT.recognise(document)) == (html, copied)


TAGS = [
    "<dt>",
    "<dd>",
    "<a href='/abs/2409.12345'>",
    "</a>",
    "<div class='list-title'>",
    "<h3>New submissions (",
    "</dl>",
]
LINES = [
    "[1] arXiv:2409.12345 [pdf]",
    "Title: x",
    "Subjects: (cs.CL)",
    "Ada",
    "",
    "Total of 3 entries",
    "Submitted 2024",
    ":",
]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([*TAGS, "x", "&", "<p class='mathjax'>"])).map("".join))
def test_html_never_fails(text: str) -> None:
    assert all(isinstance(found, Item | Noise | Problem) for found in HTML.read(Document("x", text)))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(LINES)).map("\n".join))
def test_text_never_fails_and_loses_no_paper(text: str) -> None:
    found = Reading.gather(TEXT.read(Document("x", text)))
    assert len(found.items) == text.count("arXiv:")


@pytest.mark.parametrize("behind", ["", "\n", "\n\nWe water beds.\n", "\nWe water beds.\n"])
def test_a_label_with_nothing_behind_it_is_no_fault(behind: str) -> None:
    text = f"New submissions\n[1] arXiv:2401.00001 [pdf]\nTitle: Beds\nAda Lovelace\nSubjects:{behind}"
    (item,) = Reading.gather(TEXT.read(Document("page.txt", text))).items
    assert (item.title, item.authors, item.identifiers.arxiv) == ("Beds", ("Ada Lovelace",), "2401.00001")
