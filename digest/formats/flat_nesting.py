"""How deep the items of a flattened list are nested: a guess, for indentation is lost."""

from __future__ import annotations

from dataclasses import dataclass, replace

from digest.formats.flat_blocks import Block
from digest.formats.flat_prose import VERBS, bare, is_heading_name
from digest.formats.patterns import lazily

LONGEST_TITLE = 4  # words
DEEPEST = 5

_CHAPTER = lazily(r"\((\d+(?:\.\d+)*)\)\s")
_IMAGE_ONLY = lazily(r"!\[[^\]]*\]\([^)]*\)\Z")


@dataclass(slots=True)
class _Level:
    """One open list: its sign, and what kind of item opened it."""

    sign: str
    opener: str


def nest_items(blocks: list[Block]) -> list[Block]:
    """The blocks with the depth of their items."""
    nested: list[Block] = []
    levels: list[_Level] = []
    previous: Block | None = None
    for place, block in enumerate(blocks):
        if block.kind != "item":
            levels, previous = [], None
            nested.append(block)
            continue
        if previous is None:
            levels = [_Level(_style(block), "")]
        else:
            _move(levels, previous, block, blocks[place + 1] if place + 1 < len(blocks) else None)
        nested.append(replace(block, depth=len(levels) - 1))
        previous = block
    return nested


def _style(block: Block) -> str:
    return "1" if block.sign[0].isdigit() else block.sign


def _kind(block: Block, following: Block | None) -> str:
    """What an item may open: a chapter, a list after its colon, what stands under its short title; else nothing."""
    if found := _CHAPTER.match(block.text):
        return f"chapter {found[1].count('.')}"
    if block.text.endswith((":", ":**", ":*")):
        return "colon"
    if is_heading_name(block.text) and following is not None and following.kind == "item":
        return "name"
    words = block.text.split()
    if not words or len(words) > LONGEST_TITLE or words[-1][-1] in ".!?;,)" or not words[0].strip("*_`")[:1].isupper():
        return ""
    if any(bare(word) in VERBS for word in words) or ": " in block.text or _IMAGE_ONLY.match(block.text):
        return ""
    return "title" if following is not None and following.kind == "item" and len(following.text.split()) > 5 else ""


def _move(levels: list[_Level], previous: Block, block: Block, following: Block | None) -> None:
    """Open or close levels before an item."""
    style = _style(block)
    opener = _kind(previous, block)
    if style != levels[-1].sign:
        at = next((depth for depth, level in enumerate(levels) if level.sign == style), None)
        if at is None:
            levels.append(_Level(style, opener or "sign"))
        else:
            del levels[at + 1 :]
        return
    own = _kind(block, following)
    if own.startswith("chapter"):
        for depth, level in enumerate(levels):
            if level.opener == own:
                del levels[depth:]
                return
    if opener and len(levels) < DEEPEST and not (own.startswith("chapter") and own == opener):
        levels.append(_Level(style, opener))
        return
    if own:
        for depth in range(len(levels) - 1, 0, -1):
            if levels[depth].opener == own and levels[depth].sign == style:
                del levels[depth:]
                return
    if _IMAGE_ONLY.match(previous.text) and len(levels) > 1 and levels[-1].sign == style:
        levels.pop()
