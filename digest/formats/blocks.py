"""The block structure of Markdown text, by CommonMark's rules: lists, quotes, fences, tables, notes.

Python-Markdown nests lists at four spaces only, wants a blank line before them and knows no fence inside them, so
the structure is found here. It differs from CommonMark where people mean something else:

- two spaces more than its marker put a line into a list item, whatever the width of the marker (`1.` too);
- a number of a list has three digits at most: "1984. A novel" is a sentence;
- an underlined heading is one line long, its underline two characters at least;
- a display formula is a block, and no marker counts inside it.

Nesting is bounded: what lies deeper than `DEEPEST` is text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from digest.formats import math

DEEPEST = 16
WIDEST = 64  # columns of a table

Kind = Literal["paragraph", "heading", "code", "math", "html", "rule", "quote", "list", "item", "table"]


@dataclass(frozen=True, slots=True)
class Block:
    """A block; `text` is what a leaf holds, `children` what a container holds.

    `level` is that of a heading or the first number of a list (-1: bullets), `info` the language of code.
    A list is `tight` if its items are lines rather than paragraphs.
    """

    kind: Kind
    text: str = ""
    children: tuple[Block, ...] = ()
    level: int = 0
    info: str = ""
    tight: bool = True


@dataclass(frozen=True, slots=True)
class Structure:
    """The blocks of a text, and apart from them its link definitions (target, title) and notes by label."""

    blocks: tuple[Block, ...]
    references: dict[str, tuple[str, str]] = field(default_factory=dict)
    notes: dict[str, tuple[Block, ...]] = field(default_factory=dict)


_BLOCK_TAGS = (
    "address|article|aside|blockquote|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|"
    "figcaption|figure|footer|form|frame|h[1-6]|header|hr|iframe|legend|li|link|main|menu|nav|ol|"
    "optgroup|option|p|section|summary|table|tbody|td|tfoot|th|thead|title|tr|ul"
)
_ITEM = re.compile(r"( *)([*+-]|\d{1,3}[.)])(?: +|$)")
_FENCE = re.compile(r" {0,3}(`{3,}(?!.*`)|~{3,}) *(.*)")
_HEADING = re.compile(r" {0,3}(#{1,6}) +([^ ].*)")
_UNDERLINE = re.compile(r" {0,3}(==+|--+) *$")
_RULE = re.compile(r" {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$")
_QUOTE = re.compile(r" {0,3}> ?")
_NOTE = re.compile(r" {0,3}\[\^([^\]\s]{1,100})\]: *")
_REFERENCE = re.compile(
    r" {0,3}\[(?!\^)([^\[\]]{1,200})\]: *(?:<([^<>]*)>|((?=[A-Za-z]+:|[/#.]|[^\s<]+[/.]\w)[^\s<]\S*))"
    r"(?: +(\"[^\"]*\"|'[^']*'|\([^()]*\)))? *$"
)
_HTML = re.compile(rf" {{0,3}}</?(?:{_BLOCK_TAGS})(?:[\s/>]|$)", re.IGNORECASE)
_HTML_UNTIL = re.compile(r" {0,3}<(?:(!--)|(script|style|pre|textarea)(?=[\s>]|$))", re.IGNORECASE)
_DELIMITERS = re.compile(r":?-+:?")
_BREAKS = re.compile(r" {0,3}(?:[`~]{3}|#{1,6} |>|<|\[\^|[*_-] ?[*_-])| *(?:[*+-]|\d{1,3}[.)]) ")


def parse_blocks(text: str) -> Structure:
    r"""Find the structure of a text whose lines end in `\n` and hold no tabs."""
    reader = _Reader()
    blocks, _ = reader.read(text.split("\n"), 0)
    return Structure(tuple(blocks), reader.references, reader.notes)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _interrupts(line: str) -> bool:
    """Whether a line ends the paragraph above it."""
    if not _BREAKS.match(line):
        return False
    if item := _ITEM.match(line):
        return bool(line[item.end() :]) and item[2] in {"-", "*", "+", "1.", "1)"}
    patterns = (_FENCE, _HEADING, _RULE, _QUOTE, _NOTE, _HTML, _HTML_UNTIL)
    return any(pattern.match(line) for pattern in patterns)


class _Reader:
    """Reads containers, each from its own lines; collects definitions on the way."""

    def __init__(self) -> None:
        self.references: dict[str, tuple[str, str]] = {}
        self.notes: dict[str, tuple[Block, ...]] = {}

    def read(self, lines: list[str], depth: int) -> tuple[list[Block], bool]:
        """The blocks of a container, and whether a blank line parts two of them."""
        blocks: list[Block] = []
        missing: dict[str, int] = {}  # closers that no line before that one has: looked for once
        loose = blank = False
        at = 0
        while at < len(lines):
            line = lines[at]
            if not line.strip():
                blank, at = True, at + 1
                continue
            loose, blank = loose or (blank and bool(blocks)), False
            block, at = self._block(lines, at, depth, missing)
            if block:
                blocks.append(block)
        return blocks, loose

    def _block(self, lines: list[str], at: int, depth: int, missing: dict[str, int]) -> tuple[Block | None, int]:
        line = lines[at]
        if _indent(line) >= 4 and not (depth and _ITEM.match(line)):
            return _indented(lines, at)
        if match := _FENCE.match(line):
            return _fenced(lines, at, match)
        if closer := math.block_closer(line):
            end = _formula_end(lines, at, closer, missing)
            if end:
                return Block("math", "\n".join(part.strip() for part in lines[at:end])), end
        if (match := _HTML_UNTIL.match(line)) and (end := _html_end(lines, at, match, missing)):
            return Block("html", "\n".join(lines[at:end])), end
        if _HTML.match(line):
            end = next((i for i in range(at, len(lines)) if not lines[i].strip()), len(lines))
            return Block("html", "\n".join(lines[at:end])), end
        if match := _HEADING.match(line):
            return Block("heading", _heading_text(match[2]), level=len(match[1])), at + 1
        if _RULE.match(line):
            return Block("rule"), at + 1
        if match := _NOTE.match(line):
            return self._note(lines, at, match, depth)
        if match := _REFERENCE.match(line):
            target, title = match[2] or match[3] or "", (match[4] or "")[1:-1]
            if len(target) <= 2_000:
                self.references.setdefault(" ".join(match[1].split()).lower(), (target, title))
                return None, at + 1
        if depth < DEEPEST:
            if _QUOTE.match(line):
                return self._quote(lines, at, depth)
            if _ITEM.match(line):
                return self._list(lines, at, depth)
        if _starts_table(lines, at):
            end = at + 2
            while end < len(lines) and lines[end].strip() and not _interrupts(lines[end]):
                end += 1
            return Block("table", "\n".join(row.strip() for row in lines[at:end])), end
        return _paragraph(lines, at, missing)

    def _quote(self, lines: list[str], at: int, depth: int) -> tuple[Block, int]:
        inner: list[str] = []
        lazy = False
        while at < len(lines):
            line = lines[at]
            if match := _QUOTE.match(line):
                inner.append(line[match.end() :])
                lazy = _may_go_on(inner[-1])
            elif lazy and line.strip() and not _interrupts(line):
                inner.append(line)
            else:
                break
            at += 1
        return Block("quote", children=tuple(self.read(inner, depth + 1)[0])), at

    def _note(self, lines: list[str], at: int, match: re.Match[str], depth: int) -> tuple[None, int]:
        inner, at, _ = _item_lines(lines, at, 0, 4, lines[at][match.end() :])
        blocks = self.read(inner, depth + 1)[0] if depth < DEEPEST else [Block("paragraph", "\n".join(inner))]
        self.notes.setdefault(match[1], tuple(blocks))
        return None, at

    def _list(self, lines: list[str], at: int, depth: int) -> tuple[Block, int]:
        first = _ITEM.match(lines[at])
        marker = first[2][-1] if first else ""
        number = int(first[2][:-1]) if first and first[2][0].isdigit() else -1
        items: list[Block] = []
        loose = blank = False
        while at < len(lines):
            match = _ITEM.match(lines[at])
            if not match or match[2][-1] != marker or _RULE.match(lines[at]):
                break
            loose = loose or blank
            line, indent = lines[at], len(match[1])
            content = match.end() if line[match.end() :] and match.end() - match.end(2) <= 4 else match.end(2) + 1
            inner, at, blank = _item_lines(lines, at, indent, content, line[content:])
            blocks, parted = self.read(inner, depth + 1)
            items.append(Block("item", children=tuple(blocks)))
            loose = loose or parted
        return Block("list", children=tuple(items), level=number, tight=not loose), at


def _item_lines(lines: list[str], at: int, indent: int, content: int, first: str) -> tuple[list[str], int, bool]:
    """The lines of a list item without their indentation, the line after it, whether blank lines end it."""
    inner = [first]
    fence, over, nested = _fence_after("", first), 0, False
    lazy = _may_go_on(first)
    at += 1
    while at < len(lines):
        line = lines[at]
        depth = _indent(line)
        if not line.strip():
            inner.append("")
            lazy = False
        elif depth >= indent + 2:
            line = line[min(depth, content) :]
            depth -= min(depth, content)
            if not (nested or fence) and _ITEM.match(line):
                nested, over = True, depth if depth >= 4 and lazy else 0  # a list indented further than need be
            line = line[min(over, depth) :]
            fence = _fence_after(fence, line)
            inner.append(line)
            lazy = not fence and _may_go_on(line)
        elif lazy and not _interrupts(line) and not _ITEM.match(line):
            inner.append(line.lstrip(" "))
        else:
            break
        at += 1
    blank = False
    while len(inner) > 1 and not inner[-1]:
        inner.pop()
        blank = True
    return inner, at, blank


def _fence_after(fence: str, line: str) -> str:
    """The fence that is open after a line, if `fence` was open before it."""
    match = _FENCE.match(line)
    if not fence:
        return match[1] if match else ""
    return "" if match and not match[2].strip() and match[1].startswith(fence) else fence


def _may_go_on(line: str) -> bool:
    """Whether a line may belong to a paragraph that the next line goes on with."""
    return bool(line.strip()) and not (_HEADING.match(line) or _FENCE.match(line) or _RULE.match(line))


def _fenced(lines: list[str], at: int, match: re.Match[str]) -> tuple[Block, int]:
    fence, indent = match[1], _indent(lines[at])
    inner: list[str] = []
    at += 1
    while at < len(lines):
        line = lines[at]
        at += 1
        if not _fence_after(fence, line):
            break
        inner.append(line[min(indent, _indent(line)) :])
    return Block("code", "\n".join(inner), info=match[2].strip()), at


def _indented(lines: list[str], at: int) -> tuple[Block, int]:
    inner: list[str] = []
    while at < len(lines) and (_indent(lines[at]) >= 4 or not lines[at].strip()):
        inner.append(lines[at][4:])
        at += 1
    return Block("code", "\n".join(inner).rstrip()), at


def _formula_end(lines: list[str], at: int, closer: str, missing: dict[str, int]) -> int:
    """The line after a display formula that ends a line of the same paragraph, 0 if there is none."""
    if at < missing.get(closer, 0):
        return 0
    begin = lines[at].index("$$") + 2 if closer == "$$" else 0
    for i in range(at, len(lines)):
        line = lines[i].rstrip()
        found = line.find(closer, begin if i == at else 0)
        if found >= 0 and found == len(line) - len(closer) and (i > at or line[begin:found].strip()):
            source = "\n".join(lines[at : i + 1]).strip()
            if math.formula_end(source, 0) == len(source):
                return i + 1
        if found >= 0 or not line:
            missing[closer] = i
            return 0
    missing[closer] = len(lines)
    return 0


def _html_end(lines: list[str], at: int, match: re.Match[str], missing: dict[str, int]) -> int:
    """The line after HTML that goes on over blank lines until it is closed, 0 if it never is."""
    closer = "-->" if match[1] else f"</{match[2].lower()}>"
    if at < missing.get(closer, 0):
        return 0
    for i in range(at, len(lines)):
        if closer in lines[i].lower():
            return i + 1
    missing[closer] = len(lines)
    return 0


def _heading_text(text: str) -> str:
    """The text of a heading without the marks that close it."""
    bare = text.rstrip(" ").rstrip("#")
    return bare.rstrip(" ") if bare.endswith(" ") else text.rstrip(" ")


def _starts_table(lines: list[str], at: int) -> bool:
    if at + 1 >= len(lines) or "|" not in lines[at] or "|" not in lines[at + 1]:
        return False
    cells = lines[at + 1].strip().removeprefix("|").removesuffix("|").split("|")
    return len(cells) <= WIDEST and all(_DELIMITERS.fullmatch(cell.strip()) for cell in cells)


def _paragraph(lines: list[str], at: int, missing: dict[str, int]) -> tuple[Block, int]:
    inner = [lines[at].lstrip(" ")]
    at += 1
    if at < len(lines) and (match := _UNDERLINE.match(lines[at])):
        return Block("heading", inner[0].rstrip(), level=1 if match[1][0] == "=" else 2), at + 1
    dollars = inner[0].count("$$")
    while at < len(lines) and lines[at].strip():
        line = lines[at]
        in_formula = dollars % 2 and "$$" in line
        if not in_formula and (
            _interrupts(line)
            or _starts_table(lines, at)
            or ((closer := math.block_closer(line)) and _formula_end(lines, at, closer, missing))
        ):
            break
        dollars += line.count("$$")
        inner.append(line.lstrip(" "))
        at += 1
    return Block("paragraph", "\n".join(inner)), at
