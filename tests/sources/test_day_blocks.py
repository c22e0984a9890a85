"""Days on lines of their own between the papers of a page in Markdown."""

from __future__ import annotations

from datetime import date

import pytest

from digest.formats.markdown_blocks import parse_page
from digest.model import Document, Item
from digest.sources import read_document
from digest.sources.lists.day_blocks import with_day_headings

SIXTH, FIFTH = date(2019, 12, 6), date(2019, 12, 5)
PAPERS = (
    (SIXTH, "Rain That Stays in the Ground", "Ada Lovelace, Ann Author", "straw"),
    (SIXTH, "Bark Against the Weeds of Two Summers", "Bob Writer, Ann Author", "bark"),
    (FIFTH, "Young Hedges and Their Birds", "Ada Lovelace, Bob Writer", "hedges"),
)
TEXT = "We look at {0} in eighty gardens and count what grows there, and find that {0} do more than one would think. "


def page(day: str, title: str) -> str:
    parts = []
    last = None
    for when, name, names, thing in PAPERS:
        if when != last:
            parts.append(day.format(f"December {when.day}, {when.year}"))
        last = when
        parts += [title.format(name), names, (TEXT.format(thing) * 3).strip()]
    return "\n\n".join(parts) + "\n"


@pytest.mark.parametrize(
    ("day", "title"),
    [
        ("**{0}**", "### {0}"),
        ("__{0}__", "## {0}"),
        ("{0}", "### {0}"),
        ("# Gardens\n\n**{0}**", "## {0}"),
        ("{0}\n=================", "{0}\n--------------------------"),
        ("{0}\n-----------------", "### {0}"),
    ],
)
@pytest.mark.parametrize("name", ["page.md", "page.txt"])
def test_papers_under_days(day: str, title: str, name: str) -> None:
    items = [found for found in read_document(Document(name, page(day, title))).found if isinstance(found, Item)]
    assert [(item.day, item.title, item.body) for item in items] == [
        (when, named, (TEXT.format(thing) * 3).strip()) for when, named, _, thing in PAPERS
    ]


def test_days_above_lists() -> None:
    text = "".join(
        f"**December {when.day}, 2019**\n\n- [{title}](https://arxiv.org/abs/1912.0200{place})\n  {names}\n\n"
        f"  {TEXT.format(thing)}\n\n"
        for place, (when, title, names, thing) in enumerate(PAPERS)
    )
    items = [found for found in read_document(Document("page.md", text)).found if isinstance(found, Item)]
    assert [(item.day, item.title) for item in items] == [(when, title) for when, title, _, _ in PAPERS]


@pytest.mark.parametrize(
    "text",
    [
        "## Title of one paper\n\n**December 6, 2019**\n\n- a point\n",
        "Text.\n\nDecember 6, 2019\n\n## The only one\n",
        "**December 2019**\n\n## A month\n",
        "**December 6, 2019** was wet.\n\n## A sentence\n",
    ],
)
def test_a_date_that_is_no_day_of_papers(text: str) -> None:
    read = parse_page(text)
    assert with_day_headings(read, ()) == read.blocks


def test_the_day_below_a_paper_is_its_own() -> None:
    text = "".join(f"## {title}\n\n{names}\n\n{TEXT}\n\n**December {when.day}, 2019**\n\n"
                   for when, title, names, _ in PAPERS)  # fmt: skip
    read = parse_page(text)
    assert with_day_headings(read, (2,)) == read.blocks


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("## {day} {title}", "{names}"),
        ("## [{day}] {title}", "{names}"),
        ("## {title} ({day})", "{names}"),
        ("## {title}", "{names} ({day})"),
        ("## {title}", "*{names}* ({day})"),
    ],
)
def test_a_day_beside_each_title_or_its_names(title: str, names: str) -> None:
    text = "".join(
        f"{title}\n\n{names}\n\n".format(day=when, title=named, names=persons) + TEXT.format(thing) * 3 + "\n\n"
        for when, named, persons, thing in PAPERS
    )
    items = [found for found in read_document(Document("page.md", text)).found if isinstance(found, Item)]
    assert [(str(item.day or item.published), item.title, ", ".join(item.authors)) for item in items] == [
        (str(when), named, persons) for when, named, persons, _ in PAPERS
    ]
