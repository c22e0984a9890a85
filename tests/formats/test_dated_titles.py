"""Titles with the day of their paper beside them."""

from __future__ import annotations

from datetime import date

import pytest

from digest.formats.dated_titles import split_day

SIXTH = date(2019, 12, 6)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2019-12-06 On Rain", "2019-12-06"),
        ("2019/12/06: On Rain", "2019/12/06"),
        ("[2019-12-06] On Rain", "2019-12-06"),
        ("(6 December 2019) On Rain", "6 December 2019"),
        ("On Rain (2019-12-06)", "2019-12-06"),
        ("On Rain [Dec 6, 2019]", "Dec 6, 2019"),
    ],
)
def test_a_day_beside_a_title(written: str, words: str) -> None:
    assert split_day(written) == ("On Rain", SIXTH, words)


@pytest.mark.parametrize(
    "title",
    [
        "On Rain (2019)",
        "2019-12 Rain",
        "2019-12-06",
        "[2019-12-06](https://example.org) Rain",
        "Rain (in the garden)",
        "",
    ],
)
def test_a_title_without_a_day(title: str) -> None:
    assert split_day(title) == (title, None, "")
