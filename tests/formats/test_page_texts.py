"""Where pages show an abstract, or the text of a post."""

from __future__ import annotations

import pytest

from digest.formats.markup import parse_html
from digest.formats.page_texts import find_abstracts, find_contents, without_label


@pytest.mark.parametrize(
    "page",
    [
        "<h2>Abstract</h2><p>We water it.</p><h2>References</h2><p>None.</p>",
        "<div><b>Abstract:</b> We water it.</div>",
        "<section class='Abstract-Section'><h3>Abstract</h3><p>We water it.</p></section>",
        "<blockquote class='abstract mathjax'><span class='descriptor'>Abstract:</span> We water it.</blockquote>",
        "<div id=abstract-1><p>We water it.</p><p><a href=/fig>Figure 1</a></p><p>Cited by</p></div>",
        "<form><label>Abstract</label> Write it here.</form><div class=abstract>We water it.</div>",
        "<div class='abstract graphical'>A picture.</div><div class='abstract'>We water it.</div>",
    ],
)
def test_abstracts(page: str) -> None:
    assert next(iter(find_abstracts(parse_html(page), ""))) == "We water it."


def test_contents_are_what_the_page_marks() -> None:
    page = "<nav>Home</nav><article><p>All.</p><div itemprop=articleBody>Part.</div></article>"
    assert find_contents(parse_html(page), "") == ["Part."]
    assert find_contents(parse_html("<nav>Home</nav><article>All.</article>"), "") == ["All."]
    assert find_contents(parse_html("<p>All.</p>"), "") == []


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("## Abstract\n\nWe water it.", "We water it."),
        ("**Abstract:** We water it.", "We water it."),
        ("Abstract: We water it.", "We water it."),
        ("Abstract gardens are dry.", "Abstract gardens are dry."),
    ],
)
def test_the_label_goes(text: str, bare: str) -> None:
    assert without_label(text) == bare
