"""A line of a list without its marks: the text, where styles and links stand in it, the links with labels apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from digest.formats.markdown_inline import Piece
from digest.sources.lists import paper_links

# Stands where a link with a label stood: it divides what is around it.
LINK: Final = "\x1f"


@dataclass(frozen=True, slots=True)
class Run:
    """Where a style or a link stands in the text of a line."""

    start: int
    end: int
    piece: Piece


@dataclass(slots=True)
class FlatLine:
    """A line without its marks: text, where what stands in it, and the links with labels that were taken out."""

    text: str
    runs: list[Run]
    labels: list[tuple[str, str]]
    local: bool = False


def flatten(pieces: tuple[Piece, ...]) -> FlatLine:
    """Take the marks off a line; a link whose words only name its kind leaves a gap."""
    text: list[str] = []
    runs: list[Run] = []
    labels: list[tuple[str, str]] = []
    local = False
    place = 0
    for piece in pieces:
        if piece.image:
            continue
        words = piece.text
        if piece.href:
            name = paper_links.name_label(words, piece.href)
            if piece.href.startswith("#") or (name and is_local(piece.href)):
                local = local or bool(re.search(r"(?i)\.(?:pdf|ps)$", piece.href))
                if name:
                    words = LINK
            elif name:
                labels.append((name, piece.href))
                words = LINK
        elif piece.code and paper_links.name_label(words):
            words = LINK
        if words != LINK and (piece.strong or piece.emphasis or piece.href or piece.code):
            runs.append(Run(place, place + len(words), piece))
        text.append(words)
        place += len(words)
    return FlatLine("".join(text), runs, labels, local)


def is_local(href: str) -> bool:
    """Whether an address leads to a file beside the page, or into the page."""
    return not re.match(r"(?i)(?:https?:)?//|www\.|doi:|[\w.-]+\.(?:org|com|net|io|cc)/", href)


def join_runs(flat: FlatLine, style: str) -> Iterator[Run]:
    """The stretches of text in a style, whatever other styles change within."""
    current: Run | None = None
    for run in flat.runs:
        value = getattr(run.piece, style)
        if not value:
            continue
        if current and run.start == current.end and getattr(current.piece, style) == value:
            current = Run(current.start, run.end, current.piece)
            continue
        if current:
            yield current
        current = run
    if current:
        yield current
