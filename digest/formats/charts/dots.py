"""Dots in a grid, the more the larger: a calendar of months under years."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Final

from digest.formats.charts.drawing import Drawing, shorten

_ROW: Final = 1.75
_NAMES: Final = 14  # per cent of the width, for the names of rows
_SUMS: Final = 12  # and for their sums
_LARGEST: Final = 0.68
_SMALLEST: Final = 0.16


def draw_dots(heads: Sequence[str], rows: Sequence[tuple[str, Sequence[int | None]]], *, mirrored: bool = False) -> str:
    """A dot for each number, its area as large as the number; a speck for 0, nothing for none.

    Each row has a name at its beginning and its sum at its end.
    """
    drawing = Drawing(mirrored=mirrored)
    largest = max((number or 0 for _, numbers in rows for number in numbers), default=0) or 1
    width = (100 - _NAMES - _SUMS) / max(1, len(heads))
    for column, head in enumerate(heads):
        drawing.text(_NAMES + (column + 0.5) * width, 1, shorten(head, 3), anchor="middle", kind="soft")
    for row, (name, numbers) in enumerate(rows, 1):
        middle = row * _ROW + 0.75
        drawing.text(0, middle + 0.36, name)
        drawing.text(100, middle + 0.36, f"{sum(filter(None, numbers))}", anchor="end", kind="soft")
        for column, number in enumerate(numbers):
            if number is not None:
                radius = max(_SMALLEST, _LARGEST * sqrt(number / largest)) if number else 0.08
                drawing.dot(_NAMES + (column + 0.5) * width, middle, radius, "mark" if number else "rule")
    return drawing.finish((len(rows) + 1) * _ROW + 0.1)
