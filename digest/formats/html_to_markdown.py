"""HTML and JATS as Markdown that renders as the very same words: structure as marks, math as TeX, the rest escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from digest.formats.html_lines import DROPPED, FORMULAS, LineWriter
from digest.formats.markup import Element, parse_html
from digest.formats.patterns import lazily

_BLOCK_NAMES: Final = (
    "abstract address article aside blockquote body center dd details dir disp-formula div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html li list list-item main menu nav ol p pre sec section "
    "summary table tbody td tfoot th thead title tr ul xmp"
)
_BLOCKS: Final = frozenset(_BLOCK_NAMES.split())
_LISTS: Final = frozenset({"ul", "ol", "dir", "menu", "list"})
_ITEMS: Final = frozenset({"li", "list-item"})
_TABLE_PARTS: Final = frozenset({"thead", "tbody", "tfoot", "tr"})
_LANGUAGE: Final = lazily(r"(?:lang(?:uage)?-|highlight-source-|sourceCode\s+|brush:\s?)([\w+#-]+)")
# Lists nest at four spaces in every kind of Markdown.
_INDENT: Final = "    "
# Deeper than any text is nested.
_DEEPEST: Final = 100


def render_markdown(source: str | Element, base: str = "") -> str:
    """The text of a page, of a piece of one or of an element; addresses are resolved against `base`."""
    root = _parse(source)
    return "\n\n".join(_Blocks(LineWriter(base, has_tex=_has_tex(root))).blocks([root]))


def render_line(source: str | Element) -> str:
    """A title or a note as one line of Markdown without links."""
    root = _parse(source)
    return LineWriter(linked=False, has_tex=_has_tex(root)).line([root])


def plain_line(source: str | Element) -> str:
    """A title or a name as one line of plain text: formulas as TeX, other marks gone, nothing escaped."""
    root = _parse(source)
    return LineWriter(linked=False, plain=True, has_tex=_has_tex(root)).line([root])


def _has_tex(root: Element) -> bool:
    """Whether programs that draw math left its TeX in the page."""
    return any(script.get("type").startswith("math/tex") for script in root.find_all("script"))


def _parse(source: str | Element) -> Element:
    return parse_html(source) if isinstance(source, str) else _shallow(source)


def _shallow(element: Element, left: int = _DEEPEST) -> Element:
    """The element with all that nests too deep as text."""
    parts = element.content
    if any(isinstance(part, Element) for part in parts):
        parts = tuple(
            part if isinstance(part, str) else _shallow(part, left - 1) if left else part.text() for part in parts
        )
    return Element(element.name, element.namespace, element.attributes, parts, element.line)


@dataclass(frozen=True, slots=True)
class _Blocks:
    """Writes what stands between blank lines."""

    lines: LineWriter

    def blocks(self, content: Sequence[Element | str], level: int = 2) -> list[str]:
        """Paragraphs, headings, lists, …; `level` is that of a heading whose level the page does not say."""
        found: list[str] = []
        for block, parts in groupby(content, key=_is_block):
            if block:
                for part in parts:
                    found += self._block(part, level) if isinstance(part, Element) else ()
            else:
                found += self._paragraphs([*parts])
        return found

    def _block(self, element: Element, level: int) -> list[str]:
        name, content = element.name, element.content
        if self.lines.drops(element):
            return []
        if re.fullmatch(r"h[1-6]", name):
            return self._heading(content, int(name[1]))
        if name == "title":
            return [] if element.text().strip().casefold() == "abstract" else self._heading(content, level)
        if name == "sec":
            return [
                block
                for part in content
                for block in self.blocks([part], level + (isinstance(part, Element) and part.name == "sec"))
            ]
        if name in _LISTS:
            return self._list(element)
        if name == "dt":
            return [f"**{text}**" for text in [self.lines.line(content)] if text]
        if name in {"pre", "xmp"}:
            return _fence(element)
        if name == "table":
            return self._table(element)
        if name == "hr":
            return ["* * *"]
        if name == "blockquote":
            return _quote(self.blocks(content, level))
        if name == "disp-formula" and (formula := next(element.find_all(*FORMULAS), None)):
            return [self.lines.escape(self.lines.formula(formula, displayed=True))]
        if name == "a" and len(blocks := self.blocks(content, level)) == 1:
            return [self._linked(blocks[0], self.lines.address(element.get("href")))]
        return self.blocks(content, level)

    def _paragraphs(self, content: Sequence[Element | str]) -> Iterator[str]:
        """Text and what stands within lines, parted where two breaks follow one another."""
        lines = (line.strip(" ") for line in self.lines.inline(content).split("\n"))
        for filled, group in groupby(lines, key=bool):
            if filled:
                yield self.lines.escape(self.lines.break_lines([*group]))

    def _heading(self, content: Sequence[Element | str], level: int) -> list[str]:
        text = self.lines.line(content)
        return [f"{'#' * min(level, 6)} {text}"] if text else []

    def _linked(self, block: str, address: str) -> str:
        """A heading or a line that is a link as a whole."""
        match = re.fullmatch(r"(?P<mark>#{1,6} )?(?P<text>[^\n\[\]|]+)", block)
        return f"{match['mark'] or ''}[{match['text']}]({address})" if match and address else block

    def _list(self, element: Element) -> list[str]:
        ordered = element.name == "ol" or element.get("list-type") == "order"
        start = element.get("start")
        number = int(start) if start.isdecimal() and len(start) < 5 else 1
        items: list[str] = []
        loose = False
        for child in element.content:
            own = isinstance(child, Element) and child.name in _ITEMS
            blocks = self.blocks(child.content if isinstance(child, Element) and own else [child])
            if not blocks:
                continue
            if items and not own and isinstance(child, Element) and child.name in _LISTS:
                items[-1] += "\n" + _indent("\n\n".join(blocks))
                continue
            text = blocks[0]
            for block in blocks[1:]:
                nested = bool(re.match(r"(?:- |[0-9]+\. )", block))
                loose = loose or not nested
                text += ("\n" if nested else "\n\n") + block
            items.append(f"{f'{number}.' if ordered else '-'} {_indent(text).removeprefix(_INDENT)}")
            number += 1
        return [("\n\n" if loose else "\n").join(items)] if items else []

    def _table(self, table: Element) -> list[str]:
        """A table of lines as such; one that is there for the layout as its blocks."""
        rows = [row for row in (tuple(row.children("td", "th")) for row in _rows(table)) if row]
        width = max(map(len, rows), default=0)
        caption = table.child("caption")
        told = sum(len(cell.text().split()) for row in rows for cell in row)
        whole = told + (len(caption.text().split()) if caption else 0) == len(" ".join(table.texts()).split())
        if width < 2 or not whole or any(map(_is_layout, (cell for row in rows for cell in row))):
            return [block for cell in _cells(table) for block in self.blocks(cell)]
        texts = [[self._cell(cell) for cell in row] + [""] * (width - len(row)) for row in rows]
        headed = all(cell.name == "th" for cell in rows[0]) or table.child("thead") is not None
        head, *body = texts if headed else [[""] * width, *texts]
        lines = [f"| {' | '.join(line)} |" for line in (head, ["---"] * width, *body)]
        return [*(self.blocks(caption.content) if caption else ()), "\n".join(lines)]

    def _cell(self, cell: Element) -> str:
        return re.sub(r"(?<!\\)\|", r"\\|", self.lines.line(cell.content))


def _is_block(part: Element | str) -> bool:
    """Whether a part stands alone: a block, or something that holds one."""
    if isinstance(part, str):
        return False
    if part.name in _BLOCKS or not part.name:
        return True
    return part.name not in DROPPED and part.name not in FORMULAS and any(map(_is_block, part.children()))


def _rows(part: Element) -> Iterator[Element]:
    """The rows of a table, not of those within it."""
    for child in part.children(*_TABLE_PARTS):
        if child.name == "tr":
            yield child
        else:
            yield from _rows(child)


def _cells(part: Element) -> Iterator[Sequence[Element | str]]:
    """What stands in the cells of a table, and what strayed between them."""
    for child in part.content:
        if isinstance(child, str):
            yield [child]
        elif child.name in _TABLE_PARTS:
            yield from _cells(child)
        elif child.name in {"td", "th", "caption"}:
            yield child.content
        else:
            yield [child]


def _is_layout(cell: Element) -> bool:
    """Whether more than a line stands in a cell."""
    blocks = [child for child in cell.find_all() if child.name in _BLOCKS]
    return len(blocks) > 1 or any(block.name not in {"p", "div"} for block in blocks)


def _fence(element: Element) -> list[str]:
    """Code as it stands, fenced."""
    text = "".join(_code(element)).strip("\n").rstrip()
    if not text.strip():
        return []
    code = element.find("code")
    language = _LANGUAGE.search(f"{element.get('class')} {code.get('class') if code else ''}")
    fence = "`" * max(3, max((len(run) for run in re.findall(r"`+", text)), default=0) + 1)
    return [f"{fence}{language[1] if language else ''}\n{text}\n{fence}"]


def _code(element: Element) -> Iterator[str]:
    """The text of code; some pages end its lines with breaks."""
    for part in element.content:
        if isinstance(part, str):
            yield part
        else:
            yield from ("\n",) if part.name == "br" else _code(part)


def _quote(blocks: Sequence[str]) -> list[str]:
    lines = "\n\n".join(blocks).split("\n")
    return ["\n".join(f"> {line}" if line else ">" for line in lines)] if blocks else []


def _indent(text: str) -> str:
    return re.sub(r"^(?=.)", _INDENT, text, flags=re.MULTILINE)
