"""Invented pages with what real ones have: no blank lines, comments anywhere, dates in headers, buttons."""

from __future__ import annotations

from datetime import date

import pytest
from invented_papers import read_all, wrap

from digest.model import Document, Item, PartialDate
from digest.sources import recognise_source
from digest.sources.layouts import abstract_blocks, closed_by_ids, dated_listing

RAIN = (
    "We ask whether a garden keeps the water of the night until noon, and weigh the soil of forty beds every hour to "
    "find out. It does where straw lies on it. Where none does it loses half of its water before nine in the morning."
)
BARK = (
    "Bark lasts longer than straw and costs less than gravel. We lay all three of them in one garden and count the "
    "weeds that come through over two summers: bark wins in the sun, straw in the shade, and gravel nowhere at all"
)
HEDGE = (
    "Hedges feed birds and break the wind. How much of each they do in their first years is not known, though many "
    "are planted. We measure eighty of them for a decade and find that young hedges do more than old ones do here."
)
SIXTH, FIFTH = date(2019, 12, 6), date(2019, 12, 5)


def told(items: tuple[Item, ...]) -> list[tuple[str, tuple[str, ...], date | None]]:
    return [(item.title, item.authors, item.day) for item in items]


def bodies(items: tuple[Item, ...]) -> list[str]:
    return [item.body.strip() for item in items]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_papers_of_a_listing_without_blank_lines_between(gap: str) -> None:
    text = (
        f"December 6, 2019\nOn Rain\nAda Lovelace, Ann Author{gap}{RAIN}\nOn Bark\nBob Writer{gap}{BARK}\n"
        f"December 5, 2019\nOn Hedges\nAda Lovelace{gap}{HEDGE}"
    )
    items = read_all(dated_listing.SOURCE, text)
    assert told(items) == [
        ("On Rain", ("Ada Lovelace", "Ann Author"), SIXTH),
        ("On Bark", ("Bob Writer",), SIXTH),
        ("On Hedges", ("Ada Lovelace",), FIFTH),
    ]
    assert bodies(items) == [RAIN, BARK, HEDGE]


@pytest.mark.parametrize("comment", ["12 pages, 3 figures", "GROW '19", "Technical report", "fixed typos", "GROW-20"])
def test_a_comment_below_an_abstract_of_a_listing(comment: str) -> None:
    paper = f"On Rain\nAda Lovelace, Ann Author\n\n{RAIN}\n\n{comment}"
    text = f"December 6, 2019\n{paper}\n\nOn Bark\nBob Writer, Ann Author\n\n{BARK}\n"
    items = read_all(dated_listing.SOURCE, text)
    assert [item.venue for item in items] == [comment, ""]
    assert bodies(items) == [RAIN, BARK]


def test_a_menu_above_the_first_date_is_no_paper() -> None:
    text = f"Home\nGarden\nNews\n\nDecember 6, 2019\nOn Rain\nAda Lovelace\n\n{RAIN}\n\nOlder posts\n"
    assert told(read_all(dated_listing.SOURCE, text)) == [("On Rain", ("Ada Lovelace",), SIXTH)]


@pytest.mark.parametrize(
    "text",
    [
        f"December 6, 2019\nOn Rain\nAda Lovelace\n\n{RAIN}\n\nDecember 5, 2019\n",
        f"On Rain\nAda Lovelace, Ann Author\n\n{RAIN}\n\nDecember 5, 2019\n",
    ],
)
def test_a_date_that_lost_its_papers(text: str) -> None:
    assert [item.title for item in read_all(dated_listing.SOURCE, text)] == ["On Rain"]


def test_a_year_in_a_title_is_no_comment() -> None:
    text = f"December 6, 2019\n2019 in Review: Rain\n\nAda Lovelace, Ann Author\n\n{RAIN}\n"
    assert told(read_all(dated_listing.SOURCE, text)) == [
        ("2019 in Review: Rain", ("Ada Lovelace", "Ann Author"), SIXTH)
    ]


def test_the_second_line_of_a_broken_title_may_look_like_a_name() -> None:
    title = "Watering Young Hedges in the First Years After Planting with Borrowed Buckets"
    text = f"December 6, 2019\n{wrap(title, 62)}\nAda Lovelace\n\n{wrap(RAIN, 62)}\n"
    (item,) = read_all(dated_listing.SOURCE, text)
    assert item.title == title
    assert item.authors == ("Ada Lovelace",)


@pytest.mark.parametrize("mark", ["", "* "])
def test_comments_between_blocks_are_no_titles(mark: str) -> None:
    text = "\n\n".join(f"Abstract:{body}\n\n{mark}12 pages, 3 figures" for body in (RAIN, HEDGE, RAIN + " Twice."))
    items = read_all(abstract_blocks.SOURCE, text)
    assert [(item.title, item.venue) for item in items] == [("", "12 pages, 3 figures")] * 3


def test_dates_within_the_headers_of_blocks_are_those_of_the_papers() -> None:
    text = "\n\n".join(
        f"{title}\n\nJan 12, 2018\nAda Lovelace, Ann Author\n\nAbstract:{body}\n\nVia\n\nAccess Paper or Ask Questions"
        for title, body in (("On Rain", RAIN), ("On Bark", BARK), ("On Hedges", HEDGE))
    )
    assert recognise_source(Document("page.txt", text)) is abstract_blocks.SOURCE
    items = read_all(abstract_blocks.SOURCE, text)
    assert [item.title for item in items] == ["On Rain", "On Bark", "On Hedges"]
    assert {item.published for item in items} == {PartialDate(2018, 1, 12)}
    assert bodies(items) == [RAIN, BARK, HEDGE]


def test_the_first_paper_below_the_name_of_the_page() -> None:
    text = (
        f"Ada Lovelace\n\n\n\n\nOn Rain\nAda Lovelace, Ann Author\narXiv preprint arXiv:1804.00001\nAbstract: {RAIN}\n"
    )
    text += f"\n\nOn Bark\nA. Author, B. C. Writer\nAbstract: {BARK}\n"
    text += f"\n\nOn Hedges\nAnonymous\nGROW 2018\nAbstract: {HEDGE}\n"
    items = read_all(abstract_blocks.SOURCE, text)
    assert [(item.title, item.authors, item.identifiers.arxiv, item.venue) for item in items] == [
        ("On Rain", ("Ada Lovelace", "Ann Author"), "1804.00001", ""),
        ("On Bark", ("A. Author", "B. C. Writer"), "", ""),
        ("On Hedges", ("Anonymous",), "", "GROW 2018"),
    ]


def test_what_a_colon_opens_is_of_the_abstract() -> None:
    body = f"{RAIN}\n\nWe give:\n\n- a table;\n- a map."
    text = f"Abstract: {body}\n\n\nAbstract: {HEDGE}\n"
    assert bodies(read_all(abstract_blocks.SOURCE, text)) == [body, HEDGE]


def test_a_lone_word_is_an_author_where_the_other_papers_have_some() -> None:
    papers = (
        ("On Rain", "Ada Lovelace, Ann Author", RAIN),
        ("On Bark", "Plato", BARK),
        ("On Soil", "A. Author, B. C.", HEDGE),
    )
    text = "\n\n".join(f"{title}\n{names}\nAbstract:{body}" for title, names, body in papers)
    assert [(item.title, ", ".join(item.authors)) for item in read_all(abstract_blocks.SOURCE, text)] == [
        (title, names) for title, names, _ in papers
    ]


@pytest.mark.parametrize(
    "comment",
    [
        "submitted to Garden Letters",
        "12 pages. arXiv admin note: text overlap with arXiv:1706.03762",
        "Comments welcome!",
        "This paper has been withdrawn by the author due to an error in table 3.",
        "GROW 2018 camera ready",
        "Soil. Rev. D 97, 014021 (2018)",
    ],
)
def test_a_comment_above_a_closing_id(comment: str) -> None:
    text = f"{BARK}\n{comment}\narXiv:1804.00001{RAIN}\n{comment}\narXiv:1804.00002"
    items = read_all(closed_by_ids.SOURCE, text.replace("at all", "at all."))
    assert [(item.identifiers.arxiv, item.venue) for item in items] == [
        ("1804.00001", comment),
        ("1804.00002", comment),
    ]


def test_ids_at_the_ends_of_lines_close_what_stands_before_them() -> None:
    text = f"{RAIN} arXiv:1804.00001\n{HEDGE} arXiv:1804.00002\n{RAIN}\n12 pages\narXiv:1804.00003\n"
    items = read_all(closed_by_ids.SOURCE, text)
    assert [item.identifiers.arxiv for item in items] == ["1804.00001", "1804.00002", "1804.00003"]
    assert bodies(items) == [RAIN, HEDGE, RAIN]


@pytest.mark.parametrize("start", ["[1] showed this. ", "iPlants grow. ", "99% is not all. ", "3D beds are deep. "])
@pytest.mark.parametrize("glue", ["", " "])
def test_text_behind_an_id_may_start_with_anything(start: str, glue: str) -> None:
    text = f"{RAIN}\narXiv:1804.00001{glue}{start}{HEDGE}\narXiv:1804.00002\n"
    assert [item.body.strip() for item in read_all(closed_by_ids.SOURCE, text)] == [RAIN, start + HEDGE]
