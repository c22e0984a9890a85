"""Plots: well-formed, without style attributes, as large as their numbers, whichever way one reads."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element, fromstring

import pytest

from digest.formats import charts
from digest.formats.charts.drawing import short, shorten

HOSTILE = 'x</text><script>alert(1)</script>"&<b> \u202e \x00 {{ 7 }} ]]>'
MONTHS = tuple("JFMAMJJASOND")
DRAWN: list[tuple[str, Callable[[bool], str]]] = [
    ("bars", lambda mirrored: charts.draw_bars([("Ada", 8), (HOSTILE, 2), ("名" * 90, 1)], mirrored=mirrored)),
    ("no bars", lambda mirrored: charts.draw_bars([], mirrored=mirrored)),
    ("columns", lambda mirrored: charts.draw_columns([1, 0, 5], ("2019", "2021"), title=HOSTILE, mirrored=mirrored)),
    ("no columns", lambda mirrored: charts.draw_columns([], ("", ""), mirrored=mirrored)),
    ("only nothing", lambda mirrored: charts.draw_columns([0, 0], ("a", "b"), mirrored=mirrored)),
    ("dots", lambda mirrored: charts.draw_dots(MONTHS, [("2019", [None] * 6 + [4] * 6)], mirrored=mirrored)),
    ("no dots", lambda mirrored: charts.draw_dots(MONTHS, [], mirrored=mirrored)),
]


def shapes(svg: str, name: str, kind: str = "") -> list[Element]:
    return [shape for shape in fromstring(svg).iter(name) if not kind or shape.get("class") == kind]


def size(shape: Element, name: str) -> float:
    return float((shape.get(name) or "").rstrip("%em"))


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize(("name", "draw"), DRAWN)
def test_a_plot_is_xml_without_style_script_or_signs_that_steer(
    name: str, draw: Callable[[bool], str], mirrored: bool
) -> None:
    svg = draw(mirrored)
    root = fromstring(svg)
    assert root.get("aria-hidden") == "true", name
    assert {shape.tag for shape in root.iter()} <= {"svg", "rect", "circle", "text"}
    assert not re.search(r"\sstyle=|\son\w+=|\u202e|\x00", svg)
    for shape in root:
        for side in ("x", "cx", "width"):
            assert 0 <= size(shape, side) <= 100 if shape.get(side) else True


def test_bars_are_as_long_as_their_numbers() -> None:
    bars = shapes(charts.draw_bars([("a", 8), ("b", 2)]), "rect", "mark")
    assert [size(bar, "width") for bar in bars] == [100, 25]
    assert [size(bar, "x") for bar in bars] == [0, 0]
    mirrored = shapes(charts.draw_bars([("a", 8), ("b", 2)], mirrored=True), "rect", "mark")
    assert [size(bar, "x") for bar in mirrored] == [0, 75]


def test_columns_stand_on_one_line_and_the_highest_wears_its_number() -> None:
    svg = charts.draw_columns([1, 0, 4], ("2019", "2021"))
    columns = shapes(svg, "rect", "mark")
    assert [size(column, "height") for column in columns] == [0.8, 3.2]
    assert len({round(size(column, "y") + size(column, "height"), 3) for column in columns}) == 1
    assert [text.text for text in shapes(svg, "text")] == ["4", "2019", "2021"]


def test_columns_on_one_scale_compare() -> None:
    (alone,) = shapes(charts.draw_columns([2], ("a", "a"), largest=8), "rect", "mark")
    assert size(alone, "height") == 0.8


def test_the_area_of_a_dot_is_its_number_and_a_row_ends_with_its_sum() -> None:
    svg = charts.draw_dots(("J", "F", "M"), [("2019", [4, 1, 0]), ("2018", [None, None, 1])])
    large, small, other = (size(dot, "r") for dot in shapes(svg, "circle", "mark"))
    assert (large / small) ** 2 == pytest.approx(4, abs=0.01)
    assert other == small
    assert len(shapes(svg, "circle", "rule")) == 1  # the speck of a month without entries
    assert [text.text for text in shapes(svg, "text")][3:] == ["2019", "5", "2018", "1"]


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0"), (-0.001, "0"), (12.5, "12.5"), (33.3333, "33.33"), (100, "100"), (10, "10")]
)
def test_numbers_are_short(number: float, text: str) -> None:
    assert short(number) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("short", "short"),
        ("exactly 10", "exactly 10"),
        ("eleven sign", "eleven si…"),
        ("名前名前名前", "名前名前…"),
        ("", ""),
    ],
)
def test_long_names_are_cut_by_how_wide_they_are(text: str, shown: str) -> None:
    assert shorten(text, 10) == shown
