"""Days that stand on lines of their own where a heading could: `**December 6, 2019**`, and papers under it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from digest.formats.dates import parse_date_line
from digest.formats.markdown_blocks import Block, Page
from digest.formats.markdown_inline import parse_inline, plain
from digest.sources.lists.paper_shapes import is_paper_section, section_end

# In signs.
_LONGEST: Final = 60
# One day alone may be that of the page; so many are its parts.
_FEWEST: Final = 2


def with_day_headings(page: Page, levels: Collection[int]) -> tuple[Block, ...]:
    """The blocks of a page, the days between its papers as headings above all others.

    `levels` are those of the headings that are titles of papers. A day that closes a paper is none of these.
    """
    places = list(_find_days(page.blocks))
    first = places[0] if places else 0
    bold = [place for place in places if all(piece.strong for piece in parse_inline(page.blocks[place].text))]
    if len(places) < _FEWEST and not bold:
        return page.blocks
    if any(_is_paper(page, place) for place in range(first) if page.blocks[place].level in levels):
        return page.blocks
    days = frozenset(places)
    return tuple(
        replace(block, kind="heading", level=1) if place in days else block for place, block in enumerate(page.blocks)
    )


def _find_days(blocks: Sequence[Block]) -> Iterator[int]:
    """The places of paragraphs that are a day and nothing else, and a heading or a list follows."""
    for place, block in enumerate(blocks[:-1]):
        if block.kind != "paragraph" or len(block.lines) != 1 or len(block.text) > _LONGEST:
            continue
        under_title = place > 0 and blocks[place - 1].kind == "heading" and blocks[place - 1].level > 1
        if under_title or blocks[place + 1].kind not in {"heading", "item"}:
            continue
        if isinstance(parse_date_line(plain(parse_inline(block.text))), date):
            yield place


def _is_paper(page: Page, place: int) -> bool:
    heading = page.blocks[place]
    content = page.blocks[place + 1 : section_end(page.blocks, place)]
    return heading.kind == "heading" and is_paper_section(heading, content, page)
