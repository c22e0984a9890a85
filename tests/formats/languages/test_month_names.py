"""Names of months and weekdays in other languages."""

from __future__ import annotations

import pytest

from digest.formats import languages


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("mai", 5),
        ("мая", 5),
        ("toukokuuta", 5),
        ("janner", 1),
        ("mrz", 3),
        ("mayıs", 5),
        ("aralik", 12),
        ("listopada", 11),
    ],
)
def test_a_month_in_any_form(name: str, number: int) -> None:
    assert languages.month_number(languages.fold_name(name)) == number


@pytest.mark.parametrize("name", ["", "workshop", "5月", "m", "winter"])
def test_no_month(name: str) -> None:
    assert languages.month_number(name) == 0


@pytest.mark.parametrize("name", ["montag", "quinta-feira", "четверг", "perşembe", "الخميس"])
def test_a_weekday(name: str) -> None:
    assert languages.is_weekday(languages.fold_name(name))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Août", "aout"),
        ("MAYIS", "mayis"),
        ("Mayıs", "mayis"),
        ("٢٠٢٤", "2024"),
        ("５月", "5月"),
        ("5월", "5월"),
        ("październik", "pazdziernik"),
    ],
)
def test_names_are_folded(text: str, folded: str) -> None:
    assert languages.fold_name(text) == folded
