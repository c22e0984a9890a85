"""What pages say of themselves for machines."""

from __future__ import annotations

from digest.formats.markup import parse_html
from digest.formats.page_metadata import json_names, json_text, read_metadata


def test_meta_under_all_their_names() -> None:
    data = read_metadata(
        parse_html(
            "<html lang=en><title> A\n b </title><meta name=DC.Creator content=Ada>"
            "<meta property='og:title' content=' T  t '>"
            "<meta name='bepress_citation_title' content=x><meta name=dc:creator content=Ann><meta name=empty>"
            "<link rel='canonical alternate' href=http://x>"
        )
    )
    assert data.all("dc.creator") == ["Ada", "Ann"]
    assert (data.first("none", "og.title"), data.first("citation_title"), data.first("none")) == ("T t", "x", "")
    assert (data.title, data.lang, data.links["canonical"]) == ("A b", "en", "http://x")


def test_the_best_object_of_json_ld() -> None:
    page = """<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "s"},
        {"@type": ["BlogPosting"], "headline": "b"}]}</script><script type="application/ld+json">broken {</script>
        <script type="application/ld+json">{"mainEntity": {"@type": "schema:ScholarlyArticle"}, "x": [
        {"@type": "https://schema.org/ScholarlyArticle", "headline": "p"}]}</script>"""
    assert json_text(read_metadata(parse_html(page)).article["headline"]) == "p"
    assert read_metadata(parse_html("<script type='application/ld+json'>" + "[" * 5000)).article == {}


def test_names_in_json_ld() -> None:
    assert json_names([{"name": "Ada"}, "Ann", {"givenName": "Ben", "familyName": "Byte"}]) == [
        "Ada",
        "Ann",
        "Ben Byte",
    ]
    assert json_names({"name": ["Ada", "Ann"]}) == ["Ada", "Ann"]
    assert json_names(None) == []
    assert json_text([{"@value": " a  b "}]) == "a b"
    assert json_text(True) == ""
