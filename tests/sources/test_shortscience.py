"""Pages of ShortScience."""

from __future__ import annotations

from datetime import date

import pytest

from digest.model import Document, Identifiers, PartialDate, Reading
from digest.sources.web.shortscience import SOURCE

HEAD = """<!DOCTYPE html><html><head><title>Straw on ShortScience.org</title>
<meta property="og:url" content="https://www.shortscience.org/paper?bibtexKey=journals/corr/abs-1708-09259" />
<script type="application/ld+json">{"@type": "Article", "author": {"name": "A and B"},
"datePublished" : "2017-08-30 12:00:00"}</script></head><body>"""
PAPER = """<div class="papertitle well papertitle"><div name="links">
<a target="_blank" href="http://garden.example/straw.pdf"><span class="glyphicon"></span> garden.example</a><br>
<a target="_blank" href='https://scholar.google.com/scholar?q="Straw"'> scholar.google.com</a></div>
<big><span class="papertitle">Straw &amp; $x$</span></big><br><small><span class="paperauthors">
<a style="color:black;" rel="nofollow" href='search?term="Lovelace, Ada"'/>
Lovelace, Ada
</a> and <a href='search?term="Author, Ann"'/>Author, Ann</a></span><br>
<a rel="nofollow" href='search?term="Soil - 2017"'>Soil - 2017</a> <small>via Local Bibsonomy</small><br>Keywords:
<a href='search?term="cs.CV"'>cs.CV</a>, <a href='search?term="cs.LG"'>cs.LG</a></small><br>
<div style="display:none" id="more-abc"><hr><b>First published:</b> 2017/08/29 (7 years ago)<br>
<b>Abstract:</b> It keeps $y$.</div></div>"""


def summary(name: str, text: str, extra: str = "") -> str:
    return f"""<div id="{name}" class="vignette vignette-top {extra}"><span class="votevalue">5</span>
<a class="authorbanner" href="user?name={name}"><span>Summary by {name.title()} Reader 7 years ago</span></a>
<pre class="source panel-body entry" style="display:none">{text}</pre>
<div class="rendered panel-body">...</div></div>"""


def read(text: str) -> Reading:
    return Reading.gather(SOURCE.read(Document("page.html", text)))


def test_a_summary_and_its_paper() -> None:
    text = (
        HEAD
        + PAPER
        + summary("ben", "# Key\n* one $a &lt; b$\n* two &amp; **c**\n")
        + summary("me", "", "vignette-preview")
    )
    found = read(text)
    (item,) = found.items
    assert (item.kind, item.title) == ("summary", "Straw & $x$")
    assert item.body == "# Key\n* one $a < b$\n* two & **c**"
    assert (item.day, item.published) == (date(2017, 8, 30), PartialDate(2017, 8, 29))
    assert item.authors == ("Ada Lovelace", "Ann Author")
    assert item.identifiers == Identifiers(arxiv="1708.09259")
    assert (item.venue, item.tags) == ("Soil", ("cs.CV", "cs.LG"))
    assert item.links == (
        ("pdf", "http://garden.example/straw.pdf"),
        ("summary", "https://www.shortscience.org/paper?bibtexKey=journals/corr/abs-1708-09259#ben"),
    )
    assert item.details == (("contributor", "Ben Reader"), ("abstract", "It keeps $y$."))
    assert [each.text for each in found.noise] == ["votes: 5", "7 years ago"]


def test_of_several_summaries_the_page_tells_no_date() -> None:
    found = read(HEAD + PAPER + summary("ben", "One.") + summary("anon", "Two."))
    assert [(item.body, item.day) for item in found.items] == [("One.", None), ("Two.", None)]


def test_summaries_of_several_papers_go_with_theirs() -> None:
    other = PAPER.replace("Straw &amp; $x$", "Bark").replace('papertitle">Bark', 'papertitle">Bark')
    found = read("<html>ShortScience.org" + PAPER + summary("ben", "One.") + other + summary("ben", "Two."))
    assert [item.title for item in found.items] == ["Straw & $x$", "Bark"]


def test_a_summary_without_its_text() -> None:
    found = read(HEAD + PAPER + summary("ben", "").replace("...", ""))
    assert [problem.code for problem in found.problems] == ["DG308"]


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        (HEAD + PAPER, 0.98),
        ("<html>A page about ShortScience.org", 0.0),
        ("ShortScience.org class='vignette", 0.0),
        ("<html><div class='vignette'>", 0.0),
    ],
)
def test_recognised_by_its_site(text: str, sure: float) -> None:
    assert SOURCE.recognise(Document("x", text)) == sure
