from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from planning_values import a_plan, a_prose, an_entry, the

from digest.model import Entry, EntryPage, Identifiers, LocalLink, PartialDate, Prose

DAY = date(2020, 1, 10)


def texts(*entries: Entry, **changes: Any) -> dict[str, str]:
    return {text.url: text.text for text in a_plan(list(entries), **changes).texts}


def with_links(entry: Entry) -> Prose:
    """A prose that knows where the links of the body are."""
    links = [
        LocalLink(found[1], entry.body_line + number, found.start(1) + 1)
        for number, line in enumerate(entry.body.split("\n"))
        for found in re.finditer(r"\]\(([^)\s]+)\)", line)
        if ":" not in found[1]
    ]
    return a_prose("<p>Text</p>", links=tuple(links))


def test_a_twin() -> None:
    other = an_entry("Other", DAY)
    entry = an_entry(
        "On $x$",
        DAY,
        slug="x",
        body="See [it](other.md), [both](other.md#a) and [the web](https://a.org/b).\n\n```\n[it](other.md)\n```\n",
        authors=("Ada Lovelace", "Charles Babbage"),
        published=PartialDate(1843),
        venue="Memoirs",
        identifiers=Identifiers(arxiv="1804.00222"),
        links=(("code", "https://a.org/c"), ("odd", "javascript:alert(1)")),
        tags=("engines",),
        license="CC0",
    )
    code = entry.body.index("```")
    prose = with_links(entry)
    prose = a_prose("<p>Text</p>", links=prose.links[:2])  # those in code are none
    assert code > 0
    assert texts(entry, other, bodies={entry.key: prose})["/2020/01/10/x/index.md"] == (
        "# On $x$\n"
        "\n"
        "- Authors: Ada Lovelace, Charles Babbage\n"
        "- Date: 2020-01-10\n"
        "- Published: 1843\n"
        "- Venue: Memoirs\n"
        "- Links: [arXiv:1804.00222](https://arxiv.org/abs/1804.00222), [code](https://a.org/c)\n"
        "- Tags: [engines](https://example.org/tags/engines/)\n"
        "- Licence: CC0\n"
        "- Permalink: https://example.org/2020/01/10/x/\n"
        "\n"
        "See [it](https://example.org/2020/01/10/other/), [both](https://example.org/2020/01/10/other/#a) and "
        "[the web](https://a.org/b).\n"
        "\n"
        "```\n[it](other.md)\n```\n"
    )


def test_a_page_leads_to_its_twin() -> None:
    plan = a_plan([an_entry()])
    markdown = the(plan, EntryPage).markdown
    assert markdown is not None
    assert (markdown.href, markdown.type) == ("/2019/12/06/on-things/index.md", "text/markdown")


def test_a_site_may_want_neither() -> None:
    plan = a_plan([an_entry()], markdown_twins=False, llms_txt=False)
    assert the(plan, EntryPage).markdown is None
    assert not [text for text in plan.texts if text.url.endswith((".md", "llms.txt"))]


def test_llms_txt() -> None:
    entry = an_entry("On [odd] Things", DAY, slug="odd", authors=("A B", "C D", "E F", "G H"), tags=("engines",))
    text = texts(entry, title="A Digest", description="Papers,\nday by day.")["/llms.txt"]
    assert text.startswith("# A Digest\n\n> Papers, day by day.\n\n")
    assert (
        "\n- [On \\[odd\\] Things](https://example.org/2020/01/10/odd/index.md): A B, C D, E F et al.; 2020-01-10\n"
        in text
    )
    assert "\n- [Archive](https://example.org/archive/)\n" in text
    assert "\n- [BibTeX](https://example.org/citations.bib)\n" in text
    assert text.endswith("## Optional\n\n- [engines](https://example.org/tags/engines/)\n")


def test_llms_txt_has_the_form_of_llmstxt_org() -> None:
    """One heading of the first level, then sections that hold nothing but links."""
    text = texts(an_entry(tags=("engines",)))["/llms.txt"]
    head, *sections = re.split(r"(?m)^## .+\n", text)
    assert re.match(r"# .+\n\n", head)
    assert len(sections) == 3
    for section in sections:
        assert all(re.fullmatch(r"- \[.+\]\(https://\S+\)(?:: .+)?", line) for line in section.split("\n") if line)


def test_llms_txt_without_twins_leads_to_the_pages() -> None:
    text = texts(an_entry(), markdown_twins=False)["/llms.txt"]
    assert "(https://example.org/2019/12/06/on-things/)" in text
    assert "index.md" not in text


def test_llms_txt_does_not_grow_with_the_site() -> None:
    entries = [an_entry("Things", DAY, slug=f"things-{n}", tags=(f"tag-{n}",)) for n in range(150)]
    assert texts(*entries)["/llms.txt"].count("\n- ") < 170


@pytest.mark.parametrize("column", [0, 1, 5, 99])
def test_a_link_that_is_not_where_it_is_said_stays(column: int) -> None:
    entry = an_entry("Things", DAY, slug="things", body="See [it](b.md).", body_line=5)
    prose = a_prose("<p>Text</p>", links=(LocalLink("b.md", 5, column), LocalLink("b.md", 99, 1)))
    assert "See [it](b.md)." in texts(entry, bodies={entry.key: prose})["/2020/01/10/things/index.md"]


def test_llms_txt_of_a_site_without_feeds_leads_to_none() -> None:
    assert "/subscribe/" in texts(an_entry())["/llms.txt"]
    assert "/subscribe/" not in texts(an_entry(), feeds=())["/llms.txt"]
