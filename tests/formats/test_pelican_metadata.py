"""Heads of posts without fences."""

from __future__ import annotations

import pytest

from digest.formats.pelican_metadata import parse_logseq_page, parse_nikola_post, parse_pelican_post


def test_pelican() -> None:
    text = "\nTitle: On Beans: a tale\nDate: 2019-01-02 10:00\nTags: a, b\nSummary: One\n    two\n\n\nBeans grow.\n"
    head = parse_pelican_post(text)
    assert head is not None
    assert [(field.name, field.value, field.line) for field in head.fields] == [
        ("title", "On Beans: a tale", 2),
        ("date", "2019-01-02 10:00", 3),
        ("tags", "a, b", 4),
        ("summary", "One\ntwo", 5),
    ]
    assert (head.body, head.body_line) == ("Beans grow.", 9)


@pytest.mark.parametrize(
    "text",
    [
        "Title: On Beans\nAuthors: Ada Lovelace\nAbstract: Beans grow.\n",
        "Date: 2019-01-02\n\nBeans grow.\n",
        "Beans: they grow.\nSlowly.\n",
        "# On Beans\n\nDate: 2019-01-02\n",
        "",
    ],
)
def test_other_texts_that_begin_with_a_word_and_a_colon(text: str) -> None:
    assert parse_pelican_post(text) is None


@pytest.mark.parametrize("opening", ["", "<!--\n"])
def test_nikola(opening: str) -> None:
    closing = "-->\n" if opening else ""
    head = parse_nikola_post(
        f"{opening}.. title: On Beans\n.. slug: on-beans\n.. tags:\n.. image:: /a.png\n{closing}\nBeans grow.\n"
    )
    assert head is not None
    assert [(field.name, field.value) for field in head.fields] == [
        ("title", "On Beans"),
        ("slug", "on-beans"),
        ("tags", ""),
        ("image", "/a.png"),
    ]
    assert head.body == "Beans grow."
    assert head.fields[0].line == (2 if opening else 1)


def test_a_comment_that_is_not_closed_is_no_head() -> None:
    assert parse_nikola_post("<!--\n.. title: On Beans\n\nBeans grow.\n") is None


def test_logseq() -> None:
    head = parse_logseq_page("title:: On Beans\ntags:: [[a]], [[b]]\n\n- Beans grow.\n")
    assert head is not None
    assert [field.value for field in head.fields] == ["On Beans", "[[a]], [[b]]"]
    assert head.body == "- Beans grow."
    assert parse_logseq_page("std::vector grows.\n") is None
