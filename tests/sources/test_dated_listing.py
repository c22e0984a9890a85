"""Dated listings, whatever stands between their lines."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_papers import PAPERS, Paper, assert_is, read_all, wrap

from digest.model import Document
from digest.sources.layouts import abstract_blocks, closed_by_ids, dated_listing

DAYS = (date(2019, 12, 6), date(2019, 12, 5), date(2019, 11, 30), date(2019, 5, 1))
DATES = {
    "us": lambda day: f"{day:%B} {day.day:02d}, {day.year}",
    "eu": lambda day: f"{day.day} {day:%B} {day.year}",
    "iso": lambda day: f"{day}",
    "heading": lambda day: f"## {day}",
    "bold": lambda day: f"**{day:%A}, {day:%B} {day.day}, {day.year}**",
    "colon": lambda day: f"{day:%a}, {day.day} {day:%b} {day.year}:",
}


def listing(
    papers: list[Paper],
    *,
    date_form: str = "us",
    a_day: int = 3,
    gap: str = "",
    number: str = "",
    labels: bool = False,
    ids: str = "",
    comment: str = "",
    width: int = 0,
    separator: str = ", ",
) -> str:
    blocks: list[str] = []
    for place, paper in enumerate(papers):
        if place % a_day == 0:
            blocks.append(DATES[date_form](DAYS[(place // a_day) % len(DAYS)]) + "\n")
        title = wrap(("Title: " if labels else "") + number.format(place + 1) + paper.title, width)
        authors = wrap(("Authors: " if labels else "") + separator.join(paper.authors), width)
        name = ids.partition(":")[2].format(paper.arxiv)
        lines = [name] if ids.startswith("above:") else []
        lines += [title, *([""] if gap else []), authors]
        lines += [name] if ids.startswith("below:") else []
        lines += [comment.format(paper.comment)] if comment and paper.comment else []
        lines += ["", wrap(("Abstract: " if labels else "") + paper.abstract, width)]
        lines += [name] if ids.startswith("behind:") else []
        lines += ["", name] if ids.startswith("after:") else []
        blocks.append("\n".join(lines) + "\n\n")
    return "".join(blocks)


VARIANTS: dict[str, dict[str, object]] = {
    "plain": {},
    "one a day": {"a_day": 1},
    "all in a day": {"a_day": 100},
    "gap": {"gap": "yes"},
    "numbers": {"number": "{}. "},
    "brackets": {"number": "[{}] ", "gap": "yes"},
    "headings": {"number": "### ", "date_form": "heading", "gap": "yes"},
    "labels": {"labels": True},
    "labels, broken": {"labels": True, "width": 78},
    "broken": {"width": 72},
    "broken, gap": {"width": 80, "gap": "yes"},
    "ids above": {"ids": "above:arXiv:{}"},
    "addresses below": {"ids": "below:https://arxiv.org/abs/{}"},
    "ids behind": {"ids": "behind:arXiv:{}"},
    "ids after": {"ids": "after:https://arxiv.org/pdf/{}.pdf"},
    "comments": {"comment": "Comments: {}"},
    "bare comments": {"comment": "{}"},
    "and": {"separator": " and "},
    "semicolons": {"separator": "; "},
    "everything": {
        "ids": "below:arXiv:{}v2 [cs.LG]",
        "comment": "Comments: {}",
        "labels": True,
        "width": 90,
        "a_day": 2,
    },
    **{f"dates {form}": {"date_form": form} for form in DATES},
}


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_every_paper_of_every_day(variant: str, ends: str) -> None:
    options = VARIANTS[variant]
    a_day = options.get("a_day", 3)
    text = listing(list(PAPERS), **options).replace("\n", ends)  # type: ignore[arg-type] # a table of options
    items = read_all(dated_listing.SOURCE, "\ufeff" + text if ends == "\r\n" else text)
    assert [item.title for item in items] == [paper.title for paper in PAPERS]
    for place, (item, paper) in enumerate(zip(items, PAPERS, strict=True)):
        assert_is(item, paper, ids="ids" in options, comment="comment" in options)
        assert item.day == DAYS[(place // a_day) % len(DAYS)]  # type: ignore[operator] # a table of options
        assert item.published is None


@settings(deadline=None, max_examples=60)
@given(
    st.permutations(PAPERS),
    st.integers(1, len(PAPERS)),
    st.sampled_from([*VARIANTS]),
)
def test_in_any_order(papers: list[Paper], count: int, variant: str) -> None:
    options = VARIANTS[variant]
    items = read_all(dated_listing.SOURCE, listing(papers[:count], **options))  # type: ignore[arg-type] # likewise
    for item, paper in zip(items, papers[:count], strict=True):
        assert_is(item, paper, ids="ids" in options, comment="comment" in options)


@pytest.mark.parametrize("pair", [*permutations(PAPERS, 2)], ids=lambda pair: " ".join(paper.arxiv for paper in pair))
def test_ids_above_titles_are_those_of_their_papers(pair: tuple[Paper, Paper]) -> None:
    items = read_all(dated_listing.SOURCE, listing(list(pair), ids="above:arXiv:{}"))
    assert [item.identifiers.arxiv for item in items] == [paper.arxiv for paper in pair]


@pytest.mark.parametrize("variant", VARIANTS)
def test_other_layouts_are_less_sure(variant: str) -> None:
    document = Document("page.txt", listing(list(PAPERS), **VARIANTS[variant]))  # type: ignore[arg-type] # likewise
    sure = dated_listing.SOURCE.recognise(document)
    assert sure > abstract_blocks.SOURCE.recognise(document)
    assert sure > closed_by_ids.SOURCE.recognise(document)


def test_dates_of_figures_are_read_where_one_of_them_settles_the_order() -> None:
    text = "".join(f"{day}\n{paper.title}\n{', '.join(paper.authors)}\n\n{paper.abstract}\n\n"
                   for day, paper in zip(("05/02/2024", "13/02/2024"), PAPERS[:2], strict=True))  # fmt: skip
    assert [item.day for item in read_all(dated_listing.SOURCE, text)] == [date(2024, 2, 5), date(2024, 2, 13)]


def test_dates_of_other_languages() -> None:
    days = ("2 мая 2024 г.", "2024年5月3日", "4 mai 2024")
    text = "".join(f"{day}\n{paper.title}\n{', '.join(paper.authors)}\n\n{paper.abstract}\n\n"
                   for day, paper in zip(days, PAPERS[:3], strict=True))  # fmt: skip
    assert [item.day for item in read_all(dated_listing.SOURCE, text)] == [date(2024, 5, day) for day in (2, 3, 4)]


@pytest.mark.parametrize("tally", ["Relevant papers: 0", "Papers: 12 (7 seen before)"])
def test_a_day_that_counts_its_papers_has_none_of_that_name(tally: str) -> None:
    text = f"# Digest of gardens, 2024-05-03\n\n{tally}\n\nNothing new was found on this day.\n"
    assert dated_listing.SOURCE.recognise(Document("page.md", text)) == 0.0
