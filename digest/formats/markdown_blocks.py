"""The blocks of a page in Markdown, each with its lines: headings, items of lists, tables, paragraphs, quotes.

Reads, never renders: for grammars of lists. What HTML such pages hold (lists, tables, folds, headings) is read alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import Final, Literal

from digest.formats.markdown_html import Line, Rows, read_lines
from digest.formats.patterns import lazily
from digest.model import dataclass

Kind = Literal["heading", "item", "paragraph", "table", "quote", "code", "rule"]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, its cells as they are written."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A block; `level` is that of a heading, `mark` what an item stands behind, `inner` what stands in it."""

    kind: Kind
    lines: tuple[Line, ...]
    last: int
    level: int = 0
    mark: str = ""
    inner: tuple[Block, ...] = ()
    rows: tuple[Row, ...] = ()

    @property
    def first(self) -> int:
        """The number of its first line."""
        return self.lines[0].number if self.lines else self.last

    @property
    def text(self) -> str:
        """Its own lines, without those of the blocks in it."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Page:
    """A page in Markdown: what its front matter says, its blocks, the addresses of its `[label]: …`."""

    front_matter: Mapping[str, str]
    blocks: tuple[Block, ...]
    references: Mapping[str, str] = field(default_factory=dict)


_HEADING: Final = re.compile(r" {0,3}(#{1,6}(?=[ \t])|#{2,6}(?=[^\s#!]))\s*(.*)$")
_UNDERLINE: Final = lazily(r" {0,3}(?:=+|-{2,})\s*$")
_RULE: Final = re.compile(r"\s{0,3}([-*_])(?:\s*\1){2,}\s*$")
_FENCE: Final = re.compile(r"\s*(`{3,}|~{3,})")
_ITEM: Final = re.compile(
    r"(?P<indent>[ \t]*)(?P<mark>[-*+•‣◦▪]|\(?\d{1,4}[.)、．]|\[\d{1,4}\](?![(:\[]))(?:[ \t]+|(?<=[、．])"
    r"|(?<=^[*-])(?=[\[(]))(?=\S)"
)
_QUOTE: Final = re.compile(r"\s{0,3}>\s?")
_DELIMITERS: Final = lazily(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-*:?\s*)*\|?\s*$")
_REFERENCE: Final = lazily(r"\s{0,3}\[([^\[\]^\n]{1,200})\]:\s*<?([^\s<>]+)>?(?:\s+[\"'(].*)?\s*$")
_DEEPEST: Final = 12


def parse_page(text: str) -> Page:
    """The blocks of a page; what only decorates it (scripts, tweets, comments) is left out."""
    front, lines = read_lines(text)
    references: dict[str, str] = {}
    kept: list[Line | Rows] = []
    for line in lines:
        found = _REFERENCE.match(line.text) if isinstance(line, Line) and line.text.lstrip().startswith("[") else None
        if found:
            references.setdefault(" ".join(found[1].casefold().split()), found[2])
        else:
            kept.append(line)
    return Page(front, tuple(_blocks(kept, 0)), references)


def _blocks(lines: Sequence[Line | Rows], depth: int) -> Iterator[Block]:
    place = 0
    while place < len(lines):
        line = lines[place]
        if isinstance(line, Rows):
            rows = tuple(Row(number, cells) for number, cells in line.rows)
            yield Block("table", (Line(line.number, ""),), line.last, rows=rows)
            place += 1
        elif not line.text.strip():
            place += 1
        else:
            block, place = _block_at(lines, place, line, depth)
            if block:
                yield block


def _block_at(lines: Sequence[Line | Rows], place: int, line: Line, depth: int) -> tuple[Block | None, int]:
    """The block that starts at a line that is not empty, and the place behind it."""
    text = line.text
    if fence := _FENCE.match(text):
        return _code_at(lines, place, fence[1])
    if heading := _HEADING.match(text):
        title = heading[2].rstrip().rstrip("#").rstrip()
        return Block("heading", (Line(line.number, title),), line.number, len(heading[1])), place + 1
    if _RULE.match(text):
        return Block("rule", (line,), line.number), place + 1
    if "|" in text and _is_table(lines, place):
        return _table_at(lines, place)
    if depth < _DEEPEST and (item := _ITEM.match(text)):
        return _item_at(lines, place, Line(line.number, text[item.end() :]), item, depth)
    if depth < _DEEPEST and _QUOTE.match(text):
        return _quote_at(lines, place, depth)
    return _paragraph_at(lines, place)


def _code_at(lines: Sequence[Line | Rows], place: int, fence: str) -> tuple[Block, int]:
    own: list[Line] = []
    end = place
    while end < len(lines):
        line = lines[end]
        end += 1
        if isinstance(line, Line):
            own.append(line)
            if len(own) > 1 and line.text.strip().startswith(fence) and not line.text.strip().strip(fence[0]):
                break
    return Block("code", tuple(own), own[-1].number), end


def _is_table(lines: Sequence[Line | Rows], place: int) -> bool:
    rule = lines[place + 1] if place + 1 < len(lines) else None
    return isinstance(rule, Line) and "|" in rule.text and "-" in rule.text and bool(_DELIMITERS.match(rule.text))


def _table_at(lines: Sequence[Line | Rows], place: int) -> tuple[Block, int]:
    own: list[Line] = []
    end = place
    while end < len(lines):
        line = lines[end]
        if not isinstance(line, Line) or not line.text.strip() or "|" not in line.text:
            break
        own.append(line)
        end += 1
    rows = tuple(Row(line.number, split_cells(line.text)) for number, line in enumerate(own) if number != 1)
    return Block("table", tuple(own), own[-1].number, rows=rows), end


def split_cells(text: str) -> tuple[str, ...]:
    """The cells of a row of a table; a bar within code, a formula or behind a backslash divides nothing."""
    text = text.strip().removeprefix("|")
    if text.endswith("|") and not text.endswith("\\|"):
        text = text[:-1]
    cells: list[str] = []
    start = place = 0
    while place < len(text):
        if text[place] == "\\":
            place += 1
        elif text[place] == "`":
            close = text.find("`", place + 1)
            place = close if close > 0 else place
        elif text[place] == "|":
            cells.append(text[start:place].strip())
            start = place + 1
        place += 1
    return (*cells, text[start:].strip())


def _item_at(
    lines: Sequence[Line | Rows], place: int, line: Line, item: re.Match[str], depth: int
) -> tuple[Block, int]:
    """An item with all that is indented under it, and the lines that go on with its text unindented."""
    indent = _width(item["indent"])
    inner = _width(item[0])
    own: list[Line | Rows] = [line]
    end = place + 1
    blank = False
    while end < len(lines):
        following = lines[end]
        if isinstance(following, Rows):
            break
        text = following.text
        if not text.strip():
            blank = True
            own.append(following)
            end += 1
            continue
        width = _width(text[: len(text) - len(text.lstrip())])
        if width <= indent and (blank or _starts_block(text)):
            break
        if width == indent + 1 < inner and (next_item := _ITEM.match(text)) and next_item["mark"] == item["mark"]:
            break  # a list whose indent drifts
        if blank and width <= indent + 1 and not _ITEM.match(text):
            break
        own.append(Line(following.number, _dedent(text, inner)))
        blank = False
        end += 1
    while own and isinstance(own[-1], Line) and not own[-1].text.strip():
        own.pop()
    blocks = tuple(_blocks(own, depth + 1))
    last = max(block.last for block in blocks)
    if blocks[0].kind == "paragraph":
        return Block("item", blocks[0].lines, last, mark=item["mark"], inner=blocks[1:]), end
    if blocks[0].kind == "heading":
        return Block("item", blocks[0].lines, last, blocks[0].level, item["mark"], blocks[1:]), end
    return Block("item", (Line(line.number, ""),), last, mark=item["mark"], inner=blocks), end


def _starts_block(text: str) -> bool:
    forms = (_ITEM, _HEADING, _RULE, _FENCE, _QUOTE)
    return text.lstrip().startswith("|") or any(form.match(text) for form in forms)


def _quote_at(lines: Sequence[Line | Rows], place: int, depth: int) -> tuple[Block, int]:
    own: list[Line] = []
    end = place
    while end < len(lines):
        line = lines[end]
        if not isinstance(line, Line) or not (mark := _QUOTE.match(line.text)):
            break
        own.append(Line(line.number, line.text[mark.end() :]))
        end += 1
    return Block("quote", tuple(own), own[-1].number, inner=tuple(_blocks(own, depth + 1))), end


def _paragraph_at(lines: Sequence[Line | Rows], place: int) -> tuple[Block, int]:
    own: list[Line] = []
    end = place
    while end < len(lines):
        line = lines[end]
        if not isinstance(line, Line) or not line.text.strip():
            break
        if own and _UNDERLINE.match(line.text) and len(own) == 1:
            level = 1 if line.text.strip()[0] == "=" else 2
            return Block("heading", tuple(own), line.number, level), end + 1
        if own and (
            (_starts_block(line.text) and not _goes_on(line.text)) or ("|" in line.text and _is_table(lines, end))
        ):
            break
        own.append(line)
        end += 1
    return Block("paragraph", tuple(own), own[-1].number), end


def _goes_on(text: str) -> bool:
    """Whether a line that looks like an item goes on with a paragraph: `2020. In: …`."""
    item = _ITEM.match(text)
    return bool(item and item["mark"][:1].isdigit() and item["mark"][:-1] not in {"1", "2"})


def _dedent(text: str, width: int) -> str:
    place = column = 0
    while place < len(text) and text[place] in " \t" and column < width:
        column += 4 - column % 4 if text[place] == "\t" else 1
        place += 1
    return text[place:]


def _width(space: str) -> int:
    return len(space.expandtabs(4))
