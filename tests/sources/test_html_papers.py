"""Invented pages of many papers as people save them: days and titles in any element, menus around them."""

from __future__ import annotations

from datetime import date

import pytest

from digest.model import Document, Item, Noise
from digest.sources import read_document

RAIN = (
    "We ask whether a garden keeps the water of the night until noon, and weigh the soil of forty beds every hour to "
    "find out. It does where straw <em>lies</em> on it; see <a href='/data'>the data</a> for beds without."
)
BARK = (
    "Bark lasts longer than straw and costs less than gravel. We lay all three of them in one garden and count the "
    "weeds that come through over two summers: bark wins in the sun, straw in the shade, and gravel nowhere at all."
)
HEDGE = (
    "Hedges feed birds and break the wind. How much of each they do in their first years is not known, though many "
    "are planted. We measure eighty of them for a decade and find that young hedges do more than old ones do here."
)
SIXTH, FIFTH = date(2019, 12, 6), date(2019, 12, 5)
PAPERS = (
    (SIXTH, "On Rain", "Ada Lovelace, Ann Author", RAIN),
    (SIXTH, "On Bark", "Bob Writer, Ann Author", BARK),
    (FIFTH, "On Hedges", "Ada Lovelace, Bob Writer", HEDGE),
)


def page(day: str, title: str, names: str, text: str, head: str = "") -> str:
    parts = []
    last = None
    for when, name, authors, body in PAPERS:
        if when != last and day:
            parts.append(day % f"December {when.day}, {when.year}")
        last = when
        parts += [title % name, names % authors, text % body]
    return (
        f"<!DOCTYPE html><html><head><title>Garden</title>{head}</head>\n"
        "<body><nav><a href='/'>Home</a></nav>\n<main>\n"
        + "\n".join(parts)
        + "\n</main>\n<footer>All about gardens</footer></body></html>"
    )


def read(text: str) -> tuple[str, list[Item], list[Noise]]:
    reading = read_document(Document("page.html", text))
    found = [*reading.found]
    return (
        reading.format,
        [thing for thing in found if isinstance(thing, Item)],
        [thing for thing in found if isinstance(thing, Noise)],
    )


@pytest.mark.parametrize(
    "forms",
    [
        ("<h2>%s</h2>", "<h3>%s</h3>", "<p>%s</p>", "<p>%s</p>"),
        ("<h1>%s</h1>", "<h2><a href='https://arxiv.org/abs/1912.00001'>%s</a></h2>", "<p><i>%s</i></p>", "<p>%s</p>"),
        ("<div class=day>%s</div>", "<div class=title>%s</div>", "<div>%s</div>", "<div class=abstract>%s</div>"),
        ("<h2>%s</h2>", "<p><strong>%s</strong>", "<br><em>%s</em></p>", "<p>%s</p>"),
    ],
)
def test_days_and_papers_in_any_element(forms: tuple[str, str, str, str]) -> None:
    format_name, items, noise = read(page(*forms))
    assert format_name == "html-papers"
    assert [(item.title, ", ".join(item.authors), item.day) for item in items] == [
        (title, names, day) for day, title, names, _ in PAPERS
    ]
    assert "*lies*" in items[0].body
    assert "[the data](/data)" in items[0].body
    assert {"Home", "All about gardens"} <= {thing.text for thing in noise}


def test_an_item_stands_where_its_title_does() -> None:
    text = page("<h2>%s</h2>", "<h3>%s</h3>", "<p>%s</p>", "<p>%s</p>")
    _, items, _ = read(text)
    lines = text.split("\n")
    assert all(item.title in lines[item.span.line - 1] for item in items)


def test_without_days_the_papers_are_of_the_day_on_which_the_page_was_posted() -> None:
    head = "<meta property='article:published_time' content='2019-12-06'>"
    _, items, _ = read(page("", "<h3>%s</h3>", "<p>%s</p>", "<p>%s</p>", head))
    assert [item.day for item in items] == [SIXTH] * 3


def test_a_day_that_is_shown_without_its_year_is_what_it_says_for_machines() -> None:
    text = page("<h2>%s</h2>", "<h3>%s</h3>", "<p>%s</p>", "<p>%s</p>")
    for day in (SIXTH, FIFTH):
        text = text.replace(
            f"<h2>December {day.day}, 2019</h2>", f"<h2><time datetime='{day}'>Dec {day.day}</time></h2>"
        )
    assert [item.day for item in read(text)[1]] == [SIXTH, SIXTH, FIFTH]


def test_a_time_at_once_above_a_heading_is_the_day_of_what_follows() -> None:
    _, items, _ = read(page("<time>%s</time>", "<h3>%s</h3>", "<p>%s</p>", "<p>%s</p>"))
    assert [(item.day, item.title) for item in items] == [(day, title) for day, title, _, _ in PAPERS]


def test_a_page_of_one_paper_is_none_of_many() -> None:
    head = "<meta name='citation_title' content='On Rain'>"
    assert read(page("<h2>%s</h2>", "<h3>%s</h3>", "<p>%s</p>", "<p>%s</p>", head))[0] == "html-page"
