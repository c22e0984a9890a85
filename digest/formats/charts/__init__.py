"""Plots as inline SVG, drawn for narrow columns, one colour and both directions of writing."""

from typing import TYPE_CHECKING

from digest.model import load_later

if TYPE_CHECKING:
    from digest.formats.charts.bars import draw_bars
    from digest.formats.charts.columns import draw_columns
    from digest.formats.charts.dots import draw_dots
else:
    __getattr__ = load_later(__name__, {"draw_bars": "bars", "draw_columns": "columns", "draw_dots": "dots"})
