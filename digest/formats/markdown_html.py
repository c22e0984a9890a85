"""The lines of a page in Markdown, with the HTML of blocks that it holds written as Markdown; decoration left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from digest.formats.patterns import lazily
from digest.model import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A line and its number in the document; one line of the document may become several."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Rows:
    """A table of HTML: the cells of its rows, each with the number of its line."""

    number: int
    last: int
    rows: tuple[tuple[int, tuple[str, ...]], ...]


# What says nothing about a paper, from its opener to its end.
_DECORATION: Final = (
    (re.compile(r"<!--"), "-->"),
    (re.compile(r"<script\b", re.IGNORECASE), "</script>"),
    (re.compile(r"<style\b", re.IGNORECASE), "</style>"),
    (re.compile(r"<head>", re.IGNORECASE), "</head>"),
    (re.compile(r"<blockquote[^<>]{0,200}\btw(?:itter|eet)", re.IGNORECASE), "</blockquote>"),
    (re.compile(r"<video\b", re.IGNORECASE), "</video>"),
    (re.compile(r"<iframe\b", re.IGNORECASE), "</iframe>"),
    (re.compile(r"<svg\b", re.IGNORECASE), "</svg>"),
    (re.compile(r"\{%-?\s*comment\b"), "endcomment"),
)
_FRONT: Final = lazily(r"(---|\+\+\+)[ \t]*\n")
_FRONT_KEY: Final = lazily(r"(?P<key>[A-Za-z][\w-]{0,40})\s*[:=]\s*(?P<value>.*?)\s*$")
_TABLE: Final = lazily(r"<table\b", re.IGNORECASE)
_ROW: Final = lazily(r"<tr\b[^<>]*>", re.IGNORECASE)
_CELL: Final = lazily(r"<(t[dh])\b[^<>]*>", re.IGNORECASE)
_CELL_END: Final = lazily(r"</t(?:[dhr]|head|body|foot|able)\b[^<>]*>", re.IGNORECASE)
_BLOCK_TAG: Final = lazily(
    r"<(?P<end>/)?(?P<name>p|div|ul|ol|li|dl|dt|dd|h[1-6]|section|article|center|details|summary|header|main|nav|body"
    r"|html|hr|blockquote)\b[^<>]{0,500}>",
    re.IGNORECASE,
)
_TEMPLATE: Final = lazily(r"\s*\{[%:][^{}]*\}\s*$")
# Attributes of kramdown: `[Title](…){:target="_blank"}`.
_ATTRIBUTES: Final = lazily(r"\{:[^{}\n]{1,200}\}")
_FENCE: Final = lazily(r"\s*(?:```|~~~)")


def read_lines(text: str) -> tuple[dict[str, str], list[Line | Rows]]:
    """What the front matter says in plain keys, and the lines of the page behind it."""
    front, start = _read_front_matter(text)
    number = text.count("\n", 0, start) + 1
    lines: list[Line | Rows] = []
    for first, piece in _split_tables(_without_decoration(text[start:]), number):
        if isinstance(piece, Rows):
            lines.append(piece)
        else:
            lines += _markdown_lines(piece, first)
    return front, lines


def _read_front_matter(text: str) -> tuple[dict[str, str], int]:
    match = _FRONT.match(text)
    if not match:
        return {}, 0
    close = re.compile(rf"^{re.escape(match[1])}[ \t]*$", re.MULTILINE).search(text, match.end(), match.end() + 20_000)
    if not close:
        return {}, 0
    keys: dict[str, str] = {}
    for line in text[match.end() : close.start()].split("\n"):
        if found := _FRONT_KEY.match(line):
            keys.setdefault(found["key"].lower(), found["value"].strip("\"'"))
    return keys, close.end()


def _without_decoration(text: str) -> str:
    """The text with decoration replaced by as many line ends."""
    low = text.lower()
    for opener, end in _DECORATION:
        pieces: list[str] = []
        place = 0
        while found := opener.search(text, place):
            close = low.find(end, found.end())
            if close < 0:
                break
            close += len(end)
            pieces += [text[place : found.start()], "\n" * text.count("\n", found.start(), close)]
            place = close
        if pieces:
            text = "".join([*pieces, text[place:]])
            low = text.lower()
    return text


def _split_tables(text: str, number: int) -> Iterator[tuple[int, str | Rows]]:
    """The text between tables of HTML, and these."""
    place = 0
    low = text.lower()
    while found := _TABLE.search(text, place):
        close = low.find("</table>", found.end())
        if close < 0:
            break
        yield number, text[place : found.start()]
        number += text.count("\n", place, found.start())
        table = text[found.start() : close + 8]
        last = number + table.count("\n")
        yield number, Rows(number, last, tuple(_rows(table, number)))
        number, place = last, close + 8
    yield number, text[place:]


def _rows(table: str, number: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    starts = [found.end() for found in _ROW.finditer(table)]
    counted = 0
    for start, end in pairwise([*starts, len(table)]):
        number += table.count("\n", counted, start)
        counted = start
        row = table[start:end]
        cells = [found.end() for found in _CELL.finditer(row)]
        texts = [row[first:last] for first, last in pairwise([*cells, len(row)])]
        yield number, tuple(_cut_cell(cell) for cell in texts)


def _cut_cell(cell: str) -> str:
    end = _CELL_END.search(cell)
    cell = cell[: end.start()] if end else re.sub(r"<[^<>]*>?$", "", cell)
    return " ".join(cell.split())


def _markdown_lines(text: str, number: int) -> Iterator[Line]:
    fenced = False
    depth = 0
    for offset, written_line in enumerate(text.split("\n")):
        line = written_line
        if _FENCE.match(line):
            fenced = not fenced
        if not fenced and "{:" in line:
            line = _ATTRIBUTES.sub("", line)
        if fenced or "<" not in line:
            yield Line(number + offset, "" if _TEMPLATE.match(line) and not fenced else line)
            continue
        written, depth = _write_tags(line, depth)
        for part in written.split("\n"):
            yield Line(number + offset, part)


def _write_tags(line: str, depth: int) -> tuple[str, int]:
    """A line with the tags of its blocks as marks of Markdown; `depth` is that of the lists it stands in."""
    pieces: list[str] = []
    place = 0
    for tag in _BLOCK_TAG.finditer(line):
        before = line[place : tag.start()]
        pieces.append(before if before.strip() or not pieces else "")
        place = tag.end()
        name, ends = tag["name"].lower(), bool(tag["end"])
        indent = "  " * max(0, depth - 1)
        if name in {"ul", "ol", "dl"}:
            depth = max(0, min(8, depth + (-1 if ends else 1)))
            pieces.append("\n\n")
        elif name in {"li", "dt"}:
            pieces.append("\n" if ends else f"\n{indent}- ")
        elif name == "dd":
            pieces.append("\n" if ends else f"\n{indent}  ")
        elif name[0] == "h" and name[1:].isdigit():
            pieces.append("\n\n" if ends else f"\n\n{'#' * int(name[1])} ")
        else:
            pieces.append("\n\n")
    rest = line[place:]
    if pieces and pieces[-1].endswith("- "):
        rest = rest.lstrip()
    text = "".join([*pieces, rest])
    if not place:
        return line, depth
    return re.sub(r"\n{3,}", "\n\n", text), depth
