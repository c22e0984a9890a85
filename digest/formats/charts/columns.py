"""Columns side by side: how many there were over time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from digest.formats.charts.drawing import Anchor, Drawing, shorten

_HEIGHT: Final = 3.2
_WIDTH: Final = 0.75  # of the room that a column has
_WIDEST: Final = 4  # per cent
_LONGEST: Final = 28
_EDGE: Final = 6  # per cent: what stands nearer to a side begins or ends there


def draw_columns(
    numbers: Sequence[int], ends: tuple[str, str], *, title: str = "", largest: int = 0, mirrored: bool = False
) -> str:
    """A column for each number, oldest first, between two named ends; the highest wears its number.

    Plots that are to be compared are drawn with the same `largest`.
    """
    drawing = Drawing(mirrored=mirrored)
    top = 1.3
    if title:
        drawing.text(0, 1, shorten(title, _LONGEST), kind="lead")
        drawing.text(100, 1, f"{sum(numbers)}", anchor="end", kind="soft")
        top += 1.2
    highest = max(numbers, default=0)
    scale = max(largest, highest) or 1
    width = 100 / max(1, len(numbers))
    base = top + _HEIGHT
    for column, number in enumerate(numbers):
        height = _HEIGHT * number / scale
        if number:
            broad = min(_WIDTH * width, _WIDEST)
            drawing.rect((column + 0.5) * width - broad / 2, base - height, broad, height, "mark")
    if highest:
        middle = (list(numbers).index(highest) + 0.5) * width
        x, anchor = _place(middle)
        drawing.text(x, base - _HEIGHT * highest / scale - 0.3, f"{highest}", anchor=anchor, kind="soft")
    drawing.rect(0, base, 100, 0.07, "rule")
    drawing.text(0, base + 1.25, ends[0], kind="soft")
    if ends[1] != ends[0]:
        drawing.text(100, base + 1.25, ends[1], anchor="end", kind="soft")
    return drawing.finish(base + 1.6)


def _place(middle: float) -> tuple[float, Anchor]:
    """Where a number over a column stands, so that none of it is cut off."""
    if middle < _EDGE:
        return 0, "start"
    return (100, "end") if middle > 100 - _EDGE else (middle, "middle")
