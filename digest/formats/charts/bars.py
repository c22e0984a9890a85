"""Names with bars: who or what there is most of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from digest.formats.charts.drawing import Drawing, shorten

_ROW: Final = 2.5
_LONGEST: Final = 34  # letters that stand beside a number on a telephone


def draw_bars(bars: Sequence[tuple[str, int]], *, mirrored: bool = False) -> str:
    """A bar for each name under it, as long as its number is large."""
    drawing = Drawing(mirrored=mirrored)
    largest = max((number for _, number in bars), default=0) or 1
    for row, (name, number) in enumerate(bars):
        top = row * _ROW
        drawing.text(0, top + 1, shorten(name, _LONGEST))
        drawing.text(100, top + 1, f"{number}", anchor="end", kind="soft")
        drawing.rect(0, top + 1.62, 100, 0.06, "rule")
        drawing.rect(0, top + 1.45, 100 * number / largest, 0.4, "mark")
    return drawing.finish(len(bars) * _ROW)
