"""Posts without fences around their head, in Markdown and in reStructuredText."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from digest.model import Document, Item, Noise, Problem, Source
from digest.sources.posts.pelican_post import SOURCE as PELICAN
from digest.sources.posts.restructured_post import SOURCE as RESTRUCTURED

ABS = "https://arxiv.org/abs/1801.00123"
RST = (
    "On Beans\n########\n\n:date: 2019-01-02 10:00\n:tags: a, b c\n:authors: Ann Author\n\n"
    f"The `paper <{ABS}>`_ grows.\n"
)


def read(source: Source, text: str, name: str = "content/on-beans.md") -> Item:
    document = Document(name, text)
    assert source.recognise(document) > 0.9
    (item,) = (found for found in source.read(document) if isinstance(found, Item))
    return item


def test_pelican() -> None:
    text = (
        "Title: On Beans\nDate: 2019-01-02 10:00\nModified: 2019-02-03\nCategory: Garden\nTags: a, b c\nSlug: beans\n"
        "Authors: Ada Lovelace, Ann Author\nSummary: They grow.\nStatus: draft\nTemplate: wide\n\nBeans *grow*.\n"
    )
    item = read(PELICAN, text)
    assert (item.title, item.day, item.kind, item.body) == ("On Beans", date(2019, 1, 2), "note", "Beans *grow*.")
    assert (item.tags, item.slug, item.summary, item.draft) == (("a", "b c", "Garden"), "beans", "They grow.", True)
    assert item.details == (("post-author", "Ada Lovelace, Ann Author"), ("post-updated", "2019-02-03"))
    noise = [thing.text for thing in PELICAN.read(Document("x.md", text)) if isinstance(thing, Noise)]
    assert noise == ["template: wide"]


def test_nikola() -> None:
    text = (
        "<!--\n.. title: On Beans\n.. slug: beans\n.. date: 2019-01-02 10:00:00 UTC-05:00\n.. tags: a, b\n-->\n\n"
        "Grow.\n"
    )
    item = read(PELICAN, text)
    assert item.day == datetime(2019, 1, 2, 10, tzinfo=timezone(-timedelta(hours=5)))
    assert (item.title, item.slug, item.tags, item.body) == ("On Beans", "beans", ("a", "b"), "Grow.")


def test_logseq() -> None:
    item = read(PELICAN, "title:: On Beans\ndate:: [[2019-01-02]]\ntags:: [[a]], [[b c]]\n\n- Beans\n\t- grow\n")
    assert (item.day, item.tags, item.body) == (date(2019, 1, 2), ("a", "b c"), "- Beans\n\t- grow")


def test_restructured_text() -> None:
    item = read(RESTRUCTURED, RST, "content/on-beans.rst")
    assert (item.title, item.day, item.tags) == ("On Beans", date(2019, 1, 2), ("a", "b c"))
    assert item.body == f"The [paper]({ABS}) grows."
    assert (item.identifiers.arxiv, item.kind, item.slug) == ("1801.00123", "summary", "on-beans")
    assert item.details == (("post-author", "Ann Author"),)


def test_nikola_in_restructured_text() -> None:
    text = ".. title: On Beans\n.. date: 2019-01-02\n.. type: text\n\nWhy\n===\n\nSun. ``a*b`` :math:`x_1`\n"
    item = read(RESTRUCTURED, text, "posts/beans.txt")
    assert (item.title, item.day, item.body) == ("On Beans", date(2019, 1, 2), "## Why\n\nSun. `a*b` $x_1$")


def test_what_docutils_cannot_read_is_told_where_it_stands() -> None:
    found = list(RESTRUCTURED.read(Document("x.rst", f"{RST}\n.. youtube:: abc\n\n.. a remark\n")))
    problems = [
        (thing.severity, thing.code, thing.span and thing.span.line) for thing in found if isinstance(thing, Problem)
    ]
    assert problems == [("warning", "DG308", 10)]
    assert [(thing.span.line, thing.text) for thing in found if isinstance(thing, Noise)] == [(12, "a remark")]


def test_a_text_that_would_take_minutes_is_an_error() -> None:
    (problem,) = RESTRUCTURED.read(Document("x.rst", "*a " * 20_000))
    assert isinstance(problem, Problem)
    assert (problem.severity, problem.code) == ("error", "DG308")


@pytest.mark.parametrize(
    ("source", "name", "text", "sure"),
    [
        (PELICAN, "x.md", "Title: On Beans\nDate: 2019-01-02\n\nBeans.", (0.9, 1)),
        (PELICAN, "x.md", "Title: On Beans\nAuthors: Ada Lovelace\nAbstract: Beans.\n", (0, 0)),
        (PELICAN, "x.md", "Title: On Beans\nDate: 2019-01-02\nAbstract: Beans.\n", (0, 0)),
        (
            PELICAN,
            "x.md",
            "Title: B\nDate: 2019-01-02\n\n" + "".join(f"- [P]({ABS[:-1]}{n})\n" for n in range(6)),
            (0.5, 0.6),
        ),
        (PELICAN, "x.rst", "Title: On Beans\nDate: 2019-01-02\n\nBeans.", (0, 0)),
        (PELICAN, "x.md", "# On Beans\n\nBeans.", (0, 0)),
        (RESTRUCTURED, "x.rst", RST, (0.9, 1)),
        (RESTRUCTURED, "-", RST, (0.9, 1)),
        (RESTRUCTURED, "x.rst", "Beans.", (0.5, 0.65)),
        (RESTRUCTURED, "x.md", RST, (0, 0)),
        (RESTRUCTURED, "x.txt", "On Beans\n========\n\nBeans.", (0, 0)),
        (RESTRUCTURED, "x.txt", "<!--\n.. title: On Beans\n-->\n\nBeans.", (0, 0)),
    ],
)
def test_how_sure(source: Source, name: str, text: str, sure: tuple[float, float]) -> None:
    assert sure[0] <= source.recognise(Document(name, text)) <= sure[1]
