"""Shapes of a plot that fits any width: sideways all is in per cent, upright in em, so that no text is ever scaled.

Plots are decoration to those who listen: the table beside each says the same, so they are hidden from screen readers.
Looks are left to style sheets (`mark`, `rule`, `soft`, `lead`); without one all is in the colour of the text.
"""

from __future__ import annotations

import unicodedata
from html import escape
from typing import Literal

Anchor = Literal["start", "middle", "end"]


class Drawing:
    """A plot in the making. Sideways places count from where reading begins: `mirrored` is for right to left."""

    def __init__(self, *, mirrored: bool = False) -> None:
        self._mirrored = mirrored
        self._shapes: list[str] = []

    def rect(self, x: float, y: float, width: float, height: float, kind: str) -> None:
        """A bar or a line."""
        left = 100 - x - width if self._mirrored else x
        self._shapes.append(
            f'<rect class="{kind}" x="{short(left)}%" y="{short(y)}em" width="{short(width)}%"'
            f' height="{short(height)}em"/>'
        )

    def dot(self, x: float, y: float, radius: float, kind: str) -> None:
        """A circle around a place."""
        self._shapes.append(
            f'<circle class="{kind}" cx="{short(self._side(x))}%" cy="{short(y)}em" r="{short(radius)}em"/>'
        )

    def text(self, x: float, y: float, text: str, *, anchor: Anchor = "start", kind: str = "") -> None:
        """Words on the line `y`; `start` is where reading begins, which the page tells the browser."""
        attributes = f' class="{kind}"' if kind else ""
        attributes += f' text-anchor="{anchor}"' if anchor != "start" else ""
        self._shapes.append(
            f'<text x="{short(self._side(x))}%" y="{short(y)}em"{attributes}>{escape(text, quote=False)}</text>'
        )

    def finish(self, height: float) -> str:
        """The plot as an `svg` element."""
        return (
            f'<svg class="chart" width="100%" height="{short(height)}em" fill="currentColor" aria-hidden="true"'
            f' focusable="false">{"".join(self._shapes)}</svg>'
        )

    def _side(self, x: float) -> float:
        return 100 - x if self._mirrored else x


def short(number: float) -> str:
    """A number with two decimals at most: `12.5`, `3`."""
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def shorten(text: str, width: int) -> str:
    """A text of so many letters at most, wide ones counted twice; signs that steer writing are left out."""
    text = "".join(sign for sign in text[: width * 2] if unicodedata.category(sign) not in {"Cc", "Cf", "Cs"})
    taken = 0
    for place, sign in enumerate(text):
        taken += 2 if unicodedata.east_asian_width(sign) in {"W", "F"} else 1
        if taken > width:
            return text[: max(0, place - 1)].rstrip() + "…"
    return text
