"""Blocks that `Abstract:` opens, with the noise of a page around them, and perhaps a title and authors above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Final

from digest.formats import dates
from digest.model import Document, Identifiers, Item, Noise, Reading
from digest.sources.layouts.paper_lines import (
    Detail,
    Line,
    Paragraph,
    as_noise,
    as_partial,
    ends_sentence,
    is_foreign,
    is_venue,
    page_width,
    read_detail,
    read_lines,
    read_venue,
    split_noise_tail,
    split_paragraphs,
    states_days,
)
from digest.sources.layouts.papers import (
    ABSTRACT_LABEL,
    Header,
    could_be_authors,
    is_sure,
    is_title,
    make_item,
    read_header,
    split_details,
    split_endings,
    with_month,
)
from digest.sources.lists.page_days import with_day_of_name

_HEADING: Final = re.compile(r"#{1,6}\s")
_LIST_ITEM: Final = re.compile(r"[-*•+]\s|\d+[.)]\s")
_BOLD_TITLE: Final = re.compile(r"^(?:\*\*|__)[^*\n]{12,}(?:\*\*|__)[ \t\\]*$", re.MULTILINE)
# So many blank lines end a block; a few words behind them belong to the page.
_GAP: Final = 3
_FEW: Final = 25
_LOOKED_BACK: Final = 12


@dataclass(frozen=True, slots=True)
class _Block:
    """What stands above an `Abstract:` and is of its paper, and the lines from there to the next block."""

    header: Header | None
    lines: tuple[Line, ...]


class AbstractBlocks:
    """`Abstract:` blocks, as author pages and search results show them."""

    name = "abstract-blocks"

    def recognise(self, document: Document) -> float:
        """Sure if several blocks start so, less for one alone in a long text."""
        if is_foreign(document.text):
            return 0.0
        lines = read_lines(document.text)
        labels = [line for line in lines if ABSTRACT_LABEL.match(line.text) and line.words]
        headings = sum(bool(_HEADING.match(line.text)) and not ABSTRACT_LABEL.match(line.text) for line in lines)
        if not labels or (headings > 1 and len(labels) < 2):
            return 0.0
        if _LIST_ITEM.match(labels[0].text.lstrip("> ")) or labels[0].text.startswith(">"):
            # One field of a paper among others, more often than not.
            return 0.55 if len(labels) > 1 else 0.0
        if len(labels) > 1:
            # Dates within the headers are those of the papers; a dated listing would take them for its days.
            headers = [block.header for block in _split_blocks(lines, page_width(lines))[1]]
            dated = sum(map(_is_dated, headers)) * 2 > len(headers)
            headed = sum(header is not None for header in headers) * 2 > len(headers) and not states_days(lines)
            # Titles in bold are Markdown's, and the names beside them: a list of papers reads both.
            marked = len(_BOLD_TITLE.findall(document.text)) * 4 >= 3 * len(labels)
            return 0.9 if marked else 0.98 if dated or headed else 0.9
        return 0.75 if len(document.text.split()) < 900 else 0.3

    def read(self, document: Document) -> Reading:
        """Every abstract; title and authors only where they surely stand above it."""
        lines = read_lines(document.text)
        preamble, blocks = _split_blocks(lines, page_width(lines))
        items: list[Item] = []
        noise = [as_noise(document.name, line) for line in preamble if line.words]
        for block in blocks:
            read = _read_block(document.name, block)
            if read:
                item, dropped = read
                items.append(replace(item, published=with_month(item.published, item.identifiers)))
                noise += dropped
            else:
                above = (*block.header.authors, *(each.line for each in block.header.details)) if block.header else ()
                noise += [as_noise(document.name, line) for line in (*above, *block.lines) if line.words]
        return Reading(tuple(with_day_of_name(item, document.name) for item in items), tuple(noise))


SOURCE: Final = AbstractBlocks()


def _split_blocks(lines: Sequence[Line], width: int) -> tuple[list[Line], list[_Block]]:
    """(the lines that belong to no block, the blocks)."""
    starts = [place for place, line in enumerate(lines) if line.words and ABSTRACT_LABEL.match(line.text)]
    if not starts:
        return list(lines), []
    above = [_lines_above(lines, start, before) for before, start in pairwise([-1, *starts])]
    headers = [_header_above(each, width, opening=not number) for number, each in enumerate(above)]
    # One name above the first block is the page's owner, unless the other blocks have such headers too.
    if headers and headers[0] and not is_sure(headers[0]) and sum(map(bool, headers)) * 2 <= len(headers):
        headers[0] = None
    if sum(bool(header and header.authors) for header in headers) * 2 > len(headers):
        headers = [header or _two_lines_above(each) for header, each in zip(headers, above, strict=True)]
    if _are_titled(above, headers):
        headers = [header or _title_above(each) for header, each in zip(headers, above, strict=True)]
    begins = [_begin(header, start) for header, start in zip(headers, starts, strict=True)]
    ends = [*begins[1:], len(lines)]
    blocks = [_Block(header, tuple(lines[start:end])) for header, start, end in zip(headers, starts, ends, strict=True)]
    return list(lines[: begins[0]]), blocks


def _is_dated(header: Header | None) -> bool:
    return header is not None and any(dates.parse_date_line(detail.line.text) for detail in header.details)


def _begin(header: Header | None, start: int) -> int:
    """The place of a block's first line; lines are numbered from one."""
    return header.first.number - 1 if header else start


def _lines_above(lines: Sequence[Line], start: int, before: int) -> list[Line]:
    """The last few lines between two labels."""
    return list(lines[max(before + 1, start - _LOOKED_BACK) : start])


def _header_above(above: Sequence[Line], width: int, *, opening: bool) -> Header | None:
    """The title and authors that the lines above a label end with, the smallest stretch that is both."""
    filled = [line for line in above if line.words]
    days = [line for line in filled if isinstance(dates.parse_date_line(line.text), date)]
    filled = [line for line in filled if line not in days]
    for size in range(1, len(filled) + 1):
        first = filled[-size]
        over = filled[-size - 1].words if size < len(filled) else ""
        apart = not over or above[above.index(first) - 1].words == "" or _closes(filled[-size - 1])
        if not apart and not first.words.casefold().startswith("title"):
            continue
        header = read_header(filled[-size:], width)
        of_page = opening and over and _blank_lines(above, first) > _GAP
        if header and not header.rest and (is_sure(header) or not of_page):
            within = [_as_published(line) for line in days if line.number > header.first.number]
            header = replace(header, details=(*within, *header.details))
            return _with_ids_above(header, filled[:-size], above)
    return _labelled_authors(filled)


def _as_published(line: Line) -> Detail:
    """The date of a paper, on a line of its own in its header."""
    return Detail(line, published=as_partial(dates.parse_date_line(line.text)), noise=line.words)


def _two_lines_above(above: Sequence[Line]) -> Header | None:
    """The two lines at once above a label, on a page whose papers have a title and authors there."""
    paragraphs = split_paragraphs(above)
    last = list(paragraphs[-1]) if paragraphs else []
    details: list[Detail] = []
    while last and (detail := read_detail(last[-1]) or (read_venue(last[-1]) if is_venue(last[-1].words) else None)):
        details.insert(0, detail)
        last.pop()
    if len(last) < 2 or (len(last) > 2 and not _closes(last[-3])):
        return None
    title, names = last[-2:]
    fits = is_title([title]) and not title.words.endswith(".") and could_be_authors([names])
    return Header((title,), (names,), tuple(details)) if fits else None


def _labelled_authors(lines: Sequence[Line]) -> Header | None:
    """Authors behind their label, with no title above them."""
    if not lines or not re.match(r"(?:\*\*)?[Aa]uthors?\b[^:]{0,6}:", lines[-1].words):
        return None
    return Header((), (lines[-1],))


def _with_ids_above(header: Header, over: Sequence[Line], above: Sequence[Line]) -> Header:
    """The header with the ids that stand at once above its title."""
    details: list[Detail] = []
    for line in reversed(over):
        detail = read_detail(line)
        together = above[above.index(line) + 1].words != ""
        if not detail or detail.identifiers == Identifiers() or not together:
            break
        details.insert(0, detail)
    return replace(header, details=(*details, *header.details))


def _closes(line: Line) -> bool:
    """Whether what stands below a line cannot go on with it."""
    return bool(
        ends_sentence(line.words) or split_noise_tail(line.words)[1] or read_detail(line) or is_venue(line.words)
    )


def _blank_lines(above: Sequence[Line], line: Line) -> int:
    count = 0
    for each in reversed(above[: above.index(line)]):
        if each.words:
            break
        count += 1
    return count


def _are_titled(above: Sequence[Sequence[Line]], headers: Sequence[Header | None]) -> bool:
    """Whether most blocks without a header have a lone title above them."""
    bare = [each for each, header in zip(above, headers, strict=True) if header is None]
    return len(bare) > 1 and sum(_title_above(each) is not None for each in bare) * 3 >= len(bare) * 2


def _title_above(above: Sequence[Line]) -> Header | None:
    """The line above a label, if it stands alone and is no sentence."""
    paragraphs = split_paragraphs(above)
    if not paragraphs:
        return None
    last = paragraphs[-1]
    line = last[-1]
    alone = len(last) == 1 or _closes(last[-2])
    wordy = len(line.words.split()) > 1 and read_detail(line) is None and not is_venue(line.words)
    stops = split_noise_tail(line.words)[1] or (ends_sentence(line.words) and not line.words.endswith(("?", "!")))
    return Header((line,), ()) if alone and wordy and not stops and is_title([line]) else None


def _read_block(path: str, block: _Block) -> tuple[Item, tuple[Noise, ...]] | None:
    """The paper of a block; what follows its abstract is of the abstract, of the paper or of the page."""
    body: list[Line] = []
    details: list[Detail] = []
    noise: list[Noise] = []
    label = ABSTRACT_LABEL.match(block.lines[0].text)
    if label and not block.lines[0].text[label.end() :].strip():
        noise.append(as_noise(path, block.lines[0]))
        block = replace(block, lines=block.lines[1:])
    gaps = _gaps(block.lines)
    for number, paragraph in enumerate(split_paragraphs(block.lines)):
        lines, found, dropped = _sort_paragraph(path, paragraph, first=not body, gap=gaps[number])
        details += found
        noise += dropped
        if lines and body:
            body.append(Line(lines[0].number, ""))
        body += lines
    if not body and not (block.header and block.header.title):
        return None
    item, dropped_lines = make_item(path, block.header, body, details)
    return item, (*noise, *dropped_lines)


def _gaps(lines: Sequence[Line]) -> dict[int, int]:
    """The number of blank lines above each paragraph."""
    gaps: dict[int, int] = {}
    number, blank = -1, 1
    for line in lines:
        if line.words and blank:
            number += 1
            gaps[number] = blank
        blank = 0 if line.words else blank + 1
    return gaps


def _sort_paragraph(
    path: str, paragraph: Paragraph, *, first: bool, gap: int
) -> tuple[list[Line], list[Detail], list[Noise]]:
    """(prose, what small lines say, page noise) of a paragraph of a block."""
    if not first:
        details = [read_detail(line) for line in paragraph]
        if all(details):
            return [], [detail for detail in details if detail], []
        if len(paragraph) == 1 and is_venue(paragraph[0].words):
            return [], split_details(paragraph)[1], []
    rest, found = split_endings(paragraph)
    strays: list[Noise] = []
    while len(rest) > 1 and _is_stray(rest[-2], rest[-1]):
        strays.insert(0, as_noise(path, rest.pop()))
        rest, more = split_endings(rest)
        found = [*more, *found]
    text = split_noise_tail(" ".join(line.words for line in rest))[0]
    words = len(text.split())
    # What a colon opens, and a list, is of the abstract.
    opens = text.endswith(":") or bool(rest and _LIST_ITEM.match(rest[0].words))
    if not first and not opens and ((words < _FEW // 2 and not ends_sentence(text)) or (gap >= _GAP and words < _FEW)):
        return [], found, [*(as_noise(path, line) for line in rest), *strays]
    return rest, found, strays


def _is_stray(above: Line, line: Line) -> bool:
    """Whether a line below a whole sentence is a word or two of the page."""
    short = len(line.words.split()) <= 4 and not ends_sentence(line.words) and not re.search(r"[$\\=]", line.words)
    return short and ends_sentence(above.words) and not _LIST_ITEM.match(line.words)
