"""Saved pages of papers and posts."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Document, Identifiers, Item, Noise, PartialDate, Problem, Reading
from digest.sources.web.html_page import SOURCE

LONG = (
    "We water the beds every morning and measure how much of it the soil keeps until the evening of the same day, "
    "all year."
)


def read(text: str) -> Reading:
    return Reading.gather(SOURCE.read(Document("page.html", text)))


def page(*meta: tuple[str, str], head: str = "", body: str = "") -> str:
    tags = "".join(f'<meta name="{name}" content="{content}">' for name, content in meta)
    return f"<!DOCTYPE html><html lang='en'><head><title>T</title>{tags}{head}</head><body>{body}</body></html>"


def test_the_page_of_a_preprint() -> None:
    text = page(
        ("citation_title", "Straw with $x &lt; y$"), ("citation_author", "Lovelace, Ada"),
        ("citation_author", "van Author, Ann"), ("citation_doi", "10.1000/x"), ("citation_date", "2024/09/18"),
        ("citation_online_date", "2024/10/02"), ("citation_pdf_url", "/pdf/2409.12345"),
        ("citation_arxiv_id", "2409.12345"), ("citation_abstract", LONG), ("og:url", "https://arxiv.org/abs/2409.12345v2"),
        head="<link rel='canonical' href='https://arxiv.org/abs/2409.12345'>",
        body="<blockquote class='abstract'><span class='descriptor'>Abstract:</span> Another text.</blockquote><table>"
        "<tr><td class='tablecell comments mathjax'>2 pages</td><td class='tablecell jref'>Soil 1 (2024)</td></tr><tr>"
        "<td class='tablecell subjects'><span>Soils (cs.CL)</span>; Straw (stat.ML)</td></tr></table>",
    )  # fmt: skip
    (item,) = read(text).items
    assert (item.kind, item.title, item.body) == ("abstract", "Straw with $x < y$", LONG)
    assert item.authors == ("Ada Lovelace", "Ann van Author")
    assert item.identifiers == Identifiers(arxiv="2409.12345", version=2, doi="10.1000/x")
    assert (item.published, item.updated, item.day) == (PartialDate(2024, 9, 18), PartialDate(2024, 10, 2), None)
    assert item.links == (("paper", "https://arxiv.org/abs/2409.12345"), ("pdf", "https://arxiv.org/pdf/2409.12345"))
    assert (item.venue, item.lang) == ("Soil 1 (2024)", "en")
    assert item.details == (("comment", "2 pages"), ("categories", "cs.CL stat.ML"))


def test_a_publisher_that_shows_its_abstract_and_says_only_how_it_begins() -> None:
    text = page(
        ("dc.title", "Straw"), ("dc.creator", "Ada Lovelace"), ("dc.creator", "Ann Author"),
        ("prism.publicationName", "Soil"), ("prism.volume", "12"), ("prism.startingPage", "3"),
        ("prism.endingPage", "9"), ("dc.identifier", "doi:10.1000/soil.1"), ("dc.date", "2024-09"),
        ("citation_online_date", "2024/09/20"), ("dc.description", "We water the beds every morning and…"),
        ("citation_keywords", "straw; soil"), ("citation_author_institution", "Garden"),
        body=f"<section id='abstract'><h2>Abstract</h2><div class='abstract-text'><p>{LONG}</p></div></section>",
    )  # fmt: skip
    found = read(text)
    (item,) = found.items
    assert (item.body, item.venue, item.tags) == (LONG, "Soil", ("straw", "soil"))
    assert item.details == (("volume", "12"), ("page", "3–9"))
    assert item.published == PartialDate(2024, 9, 20)
    assert item.identifiers == Identifiers(doi="10.1000/soil.1")
    assert [each.text for each in found.noise] == ["citation_author_institution: Garden"]


def test_an_abstract_under_its_heading_alone() -> None:
    body = f"<div><b>Abstract</b><p>{LONG}</p><p>{LONG}</p><h2>References</h2><p>{LONG}</p></div>"
    (item,) = read(page(("citation_title", "T"), ("description", "Ada Lovelace. Soil. 2024."), body=body)).items
    assert item.body == f"{LONG}\n\n{LONG}"


def test_a_description_that_but_cites_is_no_abstract() -> None:
    meta = [("citation_title", "T"), ("citation_author", "Ada Lovelace"), ("citation_journal_title", "Soil Letters")]
    (item,) = read(page(*meta, ("og:description", "Ada Lovelace. Soil Letters. 2024."))).items
    assert item.body == ""


def test_names_that_the_page_spells_out() -> None:
    body = "<a class='full-name'>Ada Lovelace</a><a class='full-name'>Ann B Author</a>" * 2
    meta = [("citation_title", "T"), ("citation_authors", "Lovelace A;Author AB;"), ("citation_pmid", "39")]
    (item,) = read(page(*meta, body=body)).items
    assert (item.authors, item.identifiers.pmid) == (("Ada Lovelace", "Ann B Author"), "39")
    halves = "<span class='given-name'>Ada</span> <span class='text surname'>Lovelace</span>"
    assert read(page(("citation_title", "T"), body=halves)).items[0].authors == ("Ada Lovelace",)


def test_a_post_with_its_text() -> None:
    data = """<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"@type": "BlogPosting",
    "headline": "Beds &amp; bark", "author": {"name": "Ann Author"}, "datePublished": "2024-09-20T10:00:00-04:00",
    "description": "Bark is cheap.", "keywords": ["soil", "bark"]}]}</script>"""
    body = "<nav>Home</nav><article><h1>T</h1><p>We built <b>beds</b>.</p></article>"
    (item,) = read(page(head=data, body=body)).items
    assert (item.kind, item.title, item.body) == ("note", "Beds & bark", "We built **beds**.")
    assert item.day == datetime(2024, 9, 20, 10, tzinfo=timezone(timedelta(hours=-4)))
    assert (item.authors, item.tags, item.summary) == (("Ann Author",), ("soil", "bark"), "Bark is cheap.")


def test_the_forum_of_a_submission() -> None:
    url = "https://openreview.net/forum?id=AbCdEf1234"
    (item,) = read(page(("citation_title", "T"), ("og:url", url), ("citation_abstract", "Short."))).items
    assert (item.identifiers, item.links, item.body) == (
        Identifiers(openreview="AbCdEf1234"),
        (("paper", url),),
        "Short.",
    )


def test_a_page_that_asks_for_patience_is_no_paper() -> None:
    found = read("<!DOCTYPE html><html><title>Just a moment...</title><body><script>x</script></body></html>")
    assert not found.items
    assert [problem.code for problem in found.problems] == ["DG308"]


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        (page(("citation_title", "T")), 0.9),
        ("<html><head><meta content=T name=citation_title>", 0.9),
        (page(("DC.title", "T")), 0.85),
        (page(("x", "y"), head='<meta property="og:title" content="T">'), 0.7),
        (page(), 0.5),
        ("<p align=center><img src=x></p>\n# A list", 0.0),
        ("<?xml version='1.0'?><rss>", 0.0),
        ("citation_title", 0.0),
    ],
)
def test_recognised_by_its_metadata(text: str, sure: float) -> None:
    assert SOURCE.recognise(Document("x", text)) == sure


PIECES = [
    "<meta name=", "citation_title", " content='x'", "dc.creator", ">", "<script type='application/ld+json'>{",
    '"@type":', "</script>", "<div class=abstract>", "Abstract", "<h2>", "</h2>", " x " * 25,
]  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_it_never_fails(text: str) -> None:
    assert all(isinstance(found, Item | Noise | Problem) for found in SOURCE.read(Document("x", f"<html>{text}")))
