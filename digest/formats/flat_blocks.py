"""A line of flattened Markdown cut into blocks: headings, items, quotes, tables, code, paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from digest.formats.flat_endings import heading_end, item_end, quote_end
from digest.formats.flat_marks import find_marks
from digest.formats.flat_paragraphs import cut_paragraphs, show_images
from digest.formats.flat_prose import ends_sentence, sentence_starts
from digest.formats.flat_signs import Mark
from digest.formats.flat_spans import Masked, mask_spans

BlockKind = Literal["heading", "underlined", "item", "quote", "rule", "table", "fence", "paragraph"]

# A heading that its underline shows is as long as this at most, in words: one of dashes may be a rule as well.
LONGEST_UNDERLINED: Final = {"=": 12, "-": 6}
# The items before the last one that tell its shape.
NEAR: Final = 40


@dataclass(frozen=True, slots=True)
class Block:
    """One block: `sign` is the mark that it had, `depth` how deep an item is nested."""

    kind: BlockKind
    text: str
    sign: str = ""
    depth: int = 0


def cut_blocks(text: str) -> list[Block]:
    """The blocks of a text, in order: every word of it, in its order."""
    masked = mask_spans(text)
    marks = find_marks(masked)
    first = marks[0].start if marks else len(text)
    blocks = list(_paragraphs(masked.slice(0, first)))
    for place, mark in enumerate(marks):
        end = marks[place + 1].start if place + 1 < len(marks) else len(text)
        if mark.kind in {"rule", "underline"}:
            _draw_line(blocks, mark)
            blocks += _paragraphs(masked.slice(mark.end, end))
        else:
            blocks += _block(masked.slice(mark.end, end), marks, place, blocks)
    return blocks


def _paragraphs(masked: Masked) -> Iterator[Block]:
    whole = {(span.start, span.end): span.kind for span in masked.spans if span.kind in {"table", "fence"}}
    for start, end in cut_paragraphs(masked):
        piece = masked.slice(start, end)
        if not piece.text.strip():
            continue
        kind = whole.get((start, end))
        if kind == "table":
            yield Block("table", piece.text)
        elif kind == "fence":
            yield Block("fence", piece.text)
        else:
            yield Block("paragraph", show_images(piece).strip())


def _block(masked: Masked, marks: list[Mark], place: int, before: list[Block]) -> Iterator[Block]:
    """What one mark introduces, and the paragraphs after it."""
    mark = marks[place]
    following = marks[place + 1].kind if place + 1 < len(marks) else None
    if mark.kind == "heading":
        cut = heading_end(masked, following)
        yield Block("heading", masked.text[:cut].strip(), mark.sign)
    elif mark.kind == "quote":
        cut = quote_end(masked)
        yield Block("quote", show_images(masked.slice(0, cut)).strip(), mark.sign)
    else:
        siblings = [block.text for block in _list_before(before)]
        led = len(before) > len(siblings) and before[-len(siblings) - 1].kind == "paragraph"
        cut = item_end(masked, siblings, goes_on=following in {"bullet", "number"}, led=led)
        yield Block("item", show_images(masked.slice(0, cut)).strip(), mark.sign)
    yield from _paragraphs(masked.slice(cut, len(masked.text)))


def _list_before(blocks: list[Block]) -> Iterator[Block]:
    """The items right before, last first."""
    for block in reversed(blocks[-NEAR:]):
        if block.kind != "item":
            return
        yield block


def _draw_line(blocks: list[Block], mark: Mark) -> None:
    """Add a rule, or make the last words of the paragraph before it the heading that the line stands under."""
    last = blocks[-1] if blocks else None
    if last and last.kind == "paragraph" and (len(mark.sign) > 3 or mark.kind == "underline") and mark.sign[0] in "=-":
        starts = sentence_starts(last.text)
        title = last.text[starts[-1] :] if starts else last.text
        if not ends_sentence(title) and len(title.split()) <= LONGEST_UNDERLINED[mark.sign[0]]:
            blocks.pop()
            if starts:
                blocks.append(Block("paragraph", last.text[: starts[-1]].strip()))
            blocks.append(Block("underlined", title, mark.sign))
            return
    blocks.append(Block("rule" if mark.kind == "rule" else "paragraph", mark.sign, mark.sign))
