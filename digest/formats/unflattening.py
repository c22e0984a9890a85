"""Markdown that was squeezed into one line, given back its lines.

A guess by a grammar of how people write notes, never a change: the words stay, each in its place. What is added are
line breaks, indentation, the marks around a bare image address, and a backslash where a paragraph would begin like
a list. Files beside this one: `flat_spans` what is not to be cut, `flat_marks` what began a line, `flat_endings`
where headings and lists end, `flat_paragraphs`, `flat_tables`, `flat_nesting`, and `flat_prose` what is known of
English.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from digest.formats.flat_blocks import Block, cut_blocks
from digest.formats.flat_nesting import nest_items
from digest.formats.flat_spans import mask_spans
from digest.formats.flat_tables import lay_out_table
from digest.formats.patterns import lazily

_FENCE = lazily(r"(?P<mark>`{3,}|~{3,})(?P<info>[A-Za-z][\w+#.-]{0,20}(?=\s))?\s*(?P<code>.*?)\s*(?P=mark)\Z")
_LIKE_A_MARK = lazily(r"(?P<number>\d{1,9})(?=[.)](?:\s|\Z))|(?=(?:\#{1,6}|[*+-]|>+|={2,}|-{2,})(?:\s|\Z))")

# Footnotes and the addresses of links, which end the text.
_DEFINITION = lazily(
    r"(?:(?<=\s)|\A)(?:\[\^[\w-]{1,20}\]: (?:[^\[]|\[[^\[\]]{0,200}\]\(){1,800}"
    r"|\[[^\[\]^]{1,60}\]: <?https?://\S+(?: \"[^\"]{0,200}\")?)(?:\s+|\Z)"
)
_BULLETS: Final = "•●▪■◦○‣∙"
_ROUND_BULLET = lazily(rf"(?:(?<=\s)|\A)[{_BULLETS}](?=\s)")


def restore_markdown(text: str) -> str:
    """Lay a flattened text out as Markdown again; every word stays, in its order."""
    text = " ".join(text.split())
    text, definitions = _split_definitions(text)
    if definitions:
        above = restore_markdown(text)
        return "\n".join([*([above] if above else []), *definitions, ""])
    blocks = nest_items(cut_blocks(_plain_bullets(text)))
    if not blocks:
        return ""
    columns = _columns(blocks)
    lines = [_lines(blocks[0], columns[0])]
    for (before, block), column in zip(pairwise(blocks), columns[1:], strict=True):
        if not (block.kind == "item" == before.kind):
            lines.append("")
        lines.append(_lines(block, column))
    return "\n".join(lines) + "\n"


def _split_definitions(text: str) -> tuple[str, list[str]]:
    """The text, and the footnotes and addresses of links that it ends with."""
    start = end = 0
    definitions: list[str] = []
    for found in _DEFINITION.finditer(text) if "]: " in text else ():
        if found.start() != end or not definitions:
            start, definitions = found.start(), []
        definitions.append(found[0].strip())
        end = found.end()
    if not definitions or end < len(text) or any(len(cut_blocks(each)) > 1 for each in definitions):
        return text, []
    return text[:start], definitions


def _plain_bullets(text: str) -> str:
    """The text with the bullets of a word processor as those of Markdown; one alone may be anything."""
    if sum(map(text.count, _BULLETS)) < 2:
        return text
    masked = mask_spans(text)
    signs = list(_ROUND_BULLET.finditer(masked.hard))
    if len(signs) < 2:
        return text
    first = signs[0][0]
    pieces: list[str] = []
    done = 0
    for sign in signs:
        pieces += [text[done : sign.start()], "*" if sign[0] == first else "-"]
        done = sign.end()
    return "".join([*pieces, text[done:]])


def _columns(blocks: list[Block]) -> list[int]:
    """Where each block begins: an item under the text of the item that holds it."""
    columns: list[int] = []
    open_items: list[int] = []
    for block in blocks:
        if block.kind != "item":
            open_items = []
            columns.append(0)
            continue
        del open_items[block.depth :]
        column = open_items[-1] if open_items else 0
        columns.append(column)
        open_items += [column + len(block.sign) + 1] * (block.depth + 1 - len(open_items))
    return columns


def _lines(block: Block, column: int) -> str:
    match block.kind:
        case "item":
            return " " * column + f"{block.sign} {_escape(block.text)}".rstrip()
        case "heading" | "quote":
            return f"{block.sign} {block.text}".rstrip()
        case "underlined":
            return f"{block.text}\n{block.sign}"
        case "table":
            return lay_out_table(block.text, mask_spans(block.text, tables=False).hard)
        case "fence":
            return _fence(block.text)
        case "rule":
            return block.text
        case "paragraph":
            return _escape(block.text)


def _escape(text: str) -> str:
    """A backslash where the text would be taken for something that begins with a mark."""
    found = _LIKE_A_MARK.match(text)
    if not found:
        return text
    return f"{text[: found.end()]}\\{text[found.end() :]}"


def _fence(text: str) -> str:
    """Code between its fences; where its lines ended nobody knows any more."""
    found = _FENCE.match(text)
    if not found:
        return text
    return f"{found['mark']}{found['info'] or ''}\n{found['code']}\n{found['mark']}"
