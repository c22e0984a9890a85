"""Plots as inline SVG, drawn for narrow columns, one colour and both directions of writing."""

from digest.formats.charts.bars import draw_bars
from digest.formats.charts.columns import draw_columns
from digest.formats.charts.dots import draw_dots
