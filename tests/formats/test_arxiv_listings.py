"""The blocks of arXiv's listings."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats import arxiv_listings
from digest.formats.arxiv_listings import Between, Block

RULE = "-" * 78


def blocks(text: str) -> list[Block]:
    return [found for found in arxiv_listings.read_listing(text.split("\n")) if isinstance(found, Block)]


def fields(text: str) -> dict[str, str]:
    (block,) = blocks(text)
    return {field.name: field.value for field in block.fields}


def test_folded_fields_are_one_line() -> None:
    text = "\\\\\narXiv:2411.00001\nDate: Mon\n\nTitle: Straw and\n  Date: of Mulch\n"
    text += "Authors: Ada Lovelace,\n  Ann Author\n\\\\\n"
    assert fields(text) == {
        "arxiv": "2411.00001",
        "date": "Mon",
        "title": "Straw and Date: of Mulch",
        "authors": "Ada Lovelace, Ann Author",
    }


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("arXiv:2411.00001", {"arxiv": "2411.00001"}),
        ("arXiv:2411.00001 (*cross-listing*)", {"cross": "(*cross-listing*)", "arxiv": "2411.00001"}),
        ("Paper: hep-th/9901001", {"arxiv": "hep-th/9901001"}),
        ("Paper (*cross-listing*): cs.LG/0101001", {"cross": "(*cross-listing*)", "arxiv": "cs.LG/0101001"}),
        ("Paper: arXiv:0704.0001", {"arxiv": "0704.0001"}),
    ],
)
def test_the_line_of_the_id(line: str, expected: dict[str, str]) -> None:
    assert fields(f"\\\\\n{line}\nTitle: Straw\n\\\\\n") == {**expected, "title": "Straw"}


def test_a_replacement_has_no_abstract() -> None:
    text = (
        "\\\\\narXiv:2411.00001\nreplaced with revised version Thu, 21 Nov 2024 10:00:00 GMT   (9kb,D)\n\n"
        f"Title: Straw\nAuthors: Ada Lovelace\n\\\\ ( https://arxiv.org/abs/2411.00001 ,  9kb)\n{RULE}\n"
    )
    found = fields(text)
    assert found["replaced"] == "replaced with revised version"
    assert found["date (revised)"] == "Thu, 21 Nov 2024 10:00:00 GMT   (9kb,D)"
    assert found["address"] == "( https://arxiv.org/abs/2411.00001 ,  9kb)"
    assert blocks(text)[0].abstract == ()


@pytest.mark.parametrize("rule", [RULE, "%-" * 39, "%%--" * 19 + "%%", "%%%---" * 13])
def test_a_rule_ends_a_block_that_forgot_its_mark(rule: str) -> None:
    text = f"\\\\\narXiv:2411.00001\nTitle: Straw\n\\\\\n  Soil.\n{rule}\n\\\\\narXiv:2411.00002\nTitle: Bark\n\\\\\n"
    first, second = blocks(text)
    assert first.abstract == ("  Soil.",)
    assert (second.line, second.closed) == (7, True)


def test_a_block_that_the_end_cuts_is_told() -> None:
    (block,) = blocks("\\\\\narXiv:2411.00001\nTitle: Straw\n\\\\\n  Soil is")
    assert not block.closed


def test_what_is_no_paper_stands_between() -> None:
    found = list(arxiv_listings.read_listing(["\\\\", "/* Fri, 3 Mar 2023 */", "\\\\", RULE, "Archives"]))
    assert found == [Between(2, "/* Fri, 3 Mar 2023 */"), Between(5, "Archives")]


@pytest.mark.parametrize(
    ("text", "day", "moment"),
    [
        ("Fri, 17 Mar 23 00:31:14 GMT", date(2023, 3, 17), datetime(2023, 3, 17, 0, 31, tzinfo=UTC)),
        ("Thu, 2 Mar 2023 18:56:47 GMT   (828kb,D)", date(2023, 3, 2), datetime(2023, 3, 2, 18, 56, tzinfo=UTC)),
        ("Mon, 20 Jul 1992 16:50 CST   (7kb)", date(1992, 7, 20), None),
        ("20 July 92", date(1992, 7, 20), None),
        ("Jul 20, 2004", date(2004, 7, 20), None),
        (
            "Thu, 16 Mar 2023 20:35 -0400",
            date(2023, 3, 16),
            datetime(2023, 3, 16, 20, 35, tzinfo=timezone(-timedelta(hours=4))),
        ),
        ("31 Feb 2023", None, None),
        ("17 Mar 2023 25:99 GMT", None, None),
        ("some day", None, None),
    ],
)
def test_dates_of_mails(text: str, day: date | None, moment: datetime | None) -> None:
    assert arxiv_listings.parse_moment(text) == (day, moment)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Date: Fri, 17 Mar 23 00:31:14 GMT", date(2023, 3, 16)),  # Thursday evening in New York
        ("Date: Fri, 17 Mar 2023 05:03:00 +0000", date(2023, 3, 16)),
        ("Date: Thu, 16 Mar 2023 20:31:14 -0400", date(2023, 3, 16)),
        ("Date: Fri, 17 Mar 2023", None),
        ("Sent: Fri, 17 Mar 23 00:31:14 GMT", None),
    ],
)
def test_the_evening_of_a_mail(line: str, day: date | None) -> None:
    assert arxiv_listings.evening_of(line) == day


PIECES = [
    "\\\\",
    "\\",
    "\\\\ ( https://arxiv.org/abs/2411.00001 ,  9kb)",
    RULE,
    "%-" * 39,
    "arXiv:2411.00001",
    "Paper:",
]
PIECES += ["Title: A", "  b", "", "Date: x", "> \\\\", "replaced with revised version", "/* */", "received from a to b"]


@settings(deadline=None, max_examples=120)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=25))
def test_any_lines_are_read_in_order(lines: list[str]) -> None:
    found = list(arxiv_listings.read_listing(lines))
    numbers = [each.line for each in found]
    assert all(1 <= number <= len(lines) for number in numbers)
    for each in found:
        if isinstance(each, Between):
            arxiv_listings.evening_of(each.text), arxiv_listings.window_end(each.text)
