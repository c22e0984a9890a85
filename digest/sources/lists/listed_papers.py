"""The papers of a page in Markdown: a section each, an item of a list each, a row of a table each, a paragraph each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Final

from digest.formats.dated_titles import split_day
from digest.formats.dates import parse_date_line
from digest.formats.day_lines import DayReader
from digest.formats.markdown_blocks import Block, Page, parse_page
from digest.formats.markdown_inline import parse_inline, plain
from digest.formats.name_lists import is_names, listed_names, read_authors
from digest.formats.venues import parse_published
from digest.model import Document, Identifiers, Item, PartialDate, Problem, Reading
from digest.sources.doubtful_days import DoubtfulDays
from digest.sources.lists.day_blocks import with_day_headings
from digest.sources.lists.id_lines import is_id_item, take_id_line
from digest.sources.lists.list_items import clean_title, read_reference
from digest.sources.lists.page_days import day_of_page, full_day
from digest.sources.lists.paper_fields import PaperFields, begin_paper, find_label, read_blocks
from digest.sources.lists.paper_shapes import (
    FEWEST,
    GENERIC,
    NUMBER,
    Entry,
    Shape,
    find_paper_levels,
    has_title_paragraphs,
    is_anchor,
    is_group,
    is_list_of_titles,
    is_paper_section,
    is_strong,
    is_titled,
    is_told,
    section_end,
    split_titled,
)
from digest.sources.lists.table_rows import read_table
from digest.sources.lists.unkept_words import unkept_noise

_PAPER_PAGE: Final = re.compile(
    r"(?i)accepted|\bpapers?\b|proceedings|publications?|论文|論文|reading (?:list|group|club)|bibliograph|posters?\b"
    r"|\boral|spotlight|preprints"
)
# A heading, also an underlined one, an item of a list, a table, a title that stands out.
_COULD_BE: Final = re.compile(
    r"(?m)^(?:#{1,6}\s|[^\S\n]*(?:(?:[-*+]|\d+\.)\s+\S|\|.*\|)|(?:\*\*|<)\S|(?:={3,}|-{4,})[^\S\n]*$)"
)
_FOREIGN: Final = re.compile(
    r"\ufeff?\s*(?:<\?xml|<!doctype|<html|<rss|<feed|@[a-zA-Z]+\s*\{|[{\[]\s*[\"{]|TY  - |PMID- |%0 )", re.IGNORECASE
)
# The share of a page that its papers have.
_LITTLE: Final = 0.15
_MOST: Final = 0.5
# So many sections of papers, each with names or an id, are no chance.
_FEWEST_SURE: Final = 3
# In signs.
_LONGEST_DAY: Final = 60


@dataclass(slots=True)
class _Reader:
    """What stands above the block that is read: heading, day; and the habits of the page."""

    path: str
    page: Page
    levels: frozenset[int]
    paragraphs: bool
    named: bool
    day: date | None
    days: DayReader
    doubts: DoubtfulDays
    entries: list[Entry] = field(default_factory=list)
    sections: dict[int, str] = field(default_factory=dict)
    heading_day: date | None = None
    heading_date: PartialDate | None = None


@lru_cache(maxsize=2)
def read_entries(name: str, text: str) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """The papers of a page, in its order, and what is not sure of their days."""
    page = parse_page(text)
    levels = frozenset(find_paper_levels(page.blocks, page))
    title = page.front_matter.get("title", "") + " " + PurePosixPath(name).name
    reader = _Reader(
        name,
        page,
        levels,
        has_title_paragraphs(page),
        bool(_PAPER_PAGE.search(title.replace("_", " ").replace("-", " "))),
        day_of_page(name, page, dated=bool(levels)),
        DayReader.of_lines(text.split("\n"), f"{page.front_matter.get('title', '')} {PurePosixPath(name).stem}"),
        DoubtfulDays(name),
    )
    _read(reader, with_day_headings(page, levels))
    return tuple(reader.entries), tuple(reader.doubts.problems())


def read_listed(document: Document) -> Reading:
    """All papers of a page; what stands around and between them is noise."""
    entries, problems = read_entries(document.name, document.text)
    return Reading(tuple(entry.item for entry in entries), tuple(unkept_noise(document, entries)), problems)


def sureness(document: Document, shape: Shape) -> float:
    """How surely a document is a page of papers of that shape: several of them, and little else."""
    head = document.head
    if not _COULD_BE.search(head) or _FOREIGN.match(head):
        return 0.0
    entries, _ = read_entries(document.name, head)
    counted = Counter(entry.shape for entry in entries)
    if not counted or max(counted, key=lambda one: (counted[one], one)) != shape:
        return 0.0
    lines = head.split("\n")
    owned = sum(len(line) for entry in entries for line in lines[entry.first - 1 : entry.last])
    share = owned / max(1, sum(map(len, lines)))
    known = sum(bool(entry.item.authors or entry.item.identifiers != Identifiers()) for entry in entries)
    if not any(map(_tells_paper, entries)) and not _PAPER_PAGE.search(f"{PurePosixPath(document.name).name} {head}"):
        return 0.3  # sayings, and who said them
    if shape == "section" and known * 2 < len(entries):
        return 0.2
    fewest = 1 if shape == "section" else FEWEST
    if len(entries) < fewest or share < _LITTLE:
        return 0.1
    sections = shape == "section" and len(entries) >= _FEWEST_SURE and known * 10 >= 9 * len(entries)
    if sections and share > _MOST and "](" in head:
        return 0.99
    # Lines of text would take its links for words.
    if shape == "item" and len(entries) >= _FEWEST_SURE and share > _MOST and all(map(_is_linked, entries)):
        return 0.98
    if share > 2 * _LITTLE:
        return 0.97 if share > _MOST else 0.9
    return 0.3 if head.startswith(("---\n", "+++\n")) else 0.6


def _is_linked(entry: Entry) -> bool:
    """Whether an entry has a link to its paper, names, and a text."""
    return bool(entry.item.links and entry.item.authors and entry.item.body)


def _tells_paper(entry: Entry) -> bool:
    """Whether an entry tells more than words and a name."""
    item = entry.item
    named = item.identifiers != Identifiers() or len(item.authors) != 1
    return bool(named or item.links or item.venue or item.published)


def _read(reader: _Reader, blocks: Sequence[Block]) -> None:
    place = 0
    while place < len(blocks):
        block = blocks[place]
        if block.kind == "heading":
            place = _read_heading(reader, blocks, place)
        elif block.kind == "table":
            for paper, row in read_table(block, reader.page.references):
                _add(reader, paper, row.line, row.line if len(block.lines) > 1 else _row_end(block, row.line), "row")
            place += 1
        elif block.kind == "item":
            place = _read_list(reader, blocks, place)
        elif block.kind == "paragraph" and reader.paragraphs:
            place = _read_titled(reader, blocks, place)
        elif block.kind == "quote" and any(inner.kind in {"item", "table"} for inner in block.inner):
            _read(reader, block.inner)
            place += 1
        else:
            place += 1


def _row_end(block: Block, line: int) -> int:
    following = (row.line for row in block.rows if row.line > line)
    return max(line, next(following, block.last + 1) - 1)


def _read_heading(reader: _Reader, blocks: Sequence[Block], place: int) -> int:
    heading = blocks[place]
    end = section_end(blocks, place)
    if heading.level in reader.levels and is_paper_section(heading, blocks[place + 1 : end], reader.page):
        paper = _begin_section(heading, reader.page)
        content = blocks[place + 1 : end]
        if (
            content
            and content[0].kind == "paragraph"
            and not paper.authors
            and (names := listed_names(plain(parse_inline(content[0].text))))
        ):
            paper.authors, content = names, content[1:]
        read_blocks(paper, content, reader.page.references)
        last = max((block.last for block in blocks[place:end]), default=heading.last)
        _add(reader, paper, heading.first, max(last, heading.last), "section")
        return end
    words = plain(parse_inline(heading.text))
    for level in [level for level in reader.sections if level >= heading.level]:
        del reader.sections[level]
    if not _read_day(reader, heading, words):
        reader.sections[heading.level] = words
    return place + 1


def _read_day(reader: _Reader, heading: Block, words: str) -> bool:
    """Whether a heading is that of a day, which it may leave open; then the day of the one before has ended."""
    stated = parse_date_line(words, day_first=reader.days.day_first)
    told = None if isinstance(stated, PartialDate) else reader.days.read(words)
    if told is not None:
        # Once days stand in headings, that of the page says nothing of a paper.
        reader.heading_day, reader.heading_date, reader.day = told.day, None, None
        reader.doubts.add(heading.first, heading.lines[0].text if heading.lines else words, told)
        return True
    if len(words) < _LONGEST_DAY and not isinstance(stated, PartialDate) and (day := full_day(words)):
        reader.heading_day, reader.heading_date = day, None
    elif isinstance(stated, PartialDate):
        reader.heading_date = stated
        reader.days.take_above(words)
    elif heading.level <= 2:
        reader.heading_date = None
        reader.days.take_above(words)
    return False


def _begin_section(heading: Block, page: Page) -> PaperFields:
    """The paper of a heading: a heading that nothing divides is a title and nothing else."""
    text = NUMBER.sub("", heading.text)
    paper = begin_paper(text, heading.first, page.references)
    pieces = parse_inline(text, page.references)
    if not paper.title or not any(piece.href or piece.strong or piece.image or piece.code for piece in pieces):
        # A star in a plain title is a star: `A*`, and what arXiv says.
        slanted = [piece for piece in pieces if piece.emphasis and len(piece.text) < len(plain(pieces))]
        words = " ".join(text.split()) if slanted else plain(pieces)
        paper = PaperFields(heading.first, title=clean_title(words))
    paper.title, paper.day, _ = split_day(paper.title)
    return paper


def _read_list(reader: _Reader, blocks: Sequence[Block], place: int) -> int:
    end = place
    while end < len(blocks) and blocks[end].kind == "item":
        end += 1
    _read_items(reader, blocks[place:end])
    if end - place == 1 and reader.entries and reader.entries[-1].first == blocks[place].first:
        return _read_on(reader, blocks, end)
    return end


def _read_on(reader: _Reader, blocks: Sequence[Block], place: int) -> int:
    """What stands under the only item of a list: names, links, an abstract."""
    end = place
    while (
        end < len(blocks)
        and blocks[end].kind in {"paragraph", "quote"}
        and not (blocks[end].kind == "paragraph" and reader.paragraphs and is_titled(blocks[end], None, reader.page))
    ):
        end += 1
    content = blocks[place:end]
    if not content or not any(
        len(block.text.split()) >= 25 or is_names(plain(parse_inline(block.text))) for block in content
    ):
        return place
    entry = reader.entries.pop()
    paper = _reopen(entry.item)
    read_blocks(paper, content, reader.page.references)
    reader.entries.append(replace(entry, item=paper.item(reader.path), last=max(block.last for block in content)))
    return end


def _reopen(item: Item) -> PaperFields:
    return PaperFields(
        item.span.line, item.title, item.authors, item.venue, item.published, item.updated,
        item.day if not hasattr(item.day, "hour") else None, dict(item.links), item.identifiers, list(item.details),
        list(item.tags), [item.body] if item.body else [], item.kind == "summary",
    )  # fmt: skip


def _read_items(reader: _Reader, items: Sequence[Block]) -> None:
    """Every item that is a paper; where most are, those that only have a title too."""
    known = [(item, read_reference(item.text, reader.page.references)) for item in items]
    groups = [is_group(item, reference, reader.page) for item, reference in known]
    single = [(item, reference) for (item, reference), group in zip(known, groups, strict=True) if not group]
    strong = sum(is_strong(reference) or is_told(item) for item, reference in single)
    titles = sum(len(reference.title.split()) >= 3 and not is_anchor(item) for item, reference in single)
    titled = len(single) >= FEWEST and titles * 5 >= len(single) * 4
    most = strong >= 2 and strong * 2 >= len(single)
    section = " ".join(reader.sections.values())
    bare = titled and (most or ((reader.named or bool(_PAPER_PAGE.search(section))) and is_list_of_titles(single)))
    for (item, reference), group in zip(known, groups, strict=True):
        if group:
            _read(reader, item.inner)
        elif find_label(item.text):
            continue
        elif (
            is_strong(reference)
            or is_told(item)
            or (bare and len(reference.title.split()) >= 2 and not reference.tool and not is_anchor(item))
        ):
            paper = PaperFields(item.first)
            paper.take_reference(reference)
            read_blocks(paper, item.inner, reader.page.references)
            if paper.title:
                _add(reader, paper, item.first, item.last, "item")
        elif item.inner:
            _read(reader, item.inner)


def _read_titled(reader: _Reader, blocks: Sequence[Block], place: int) -> int:
    parts = split_titled(blocks[place])
    following = blocks[place + 1] if place + 1 < len(blocks) else None
    end = place + 1
    for number, part in enumerate(parts):
        if not is_titled(part, following, reader.page):
            continue
        paper = begin_paper(part.text, part.first, reader.page.references)
        first, last = part.first, part.last
        if not paper.authors and (above := _names_above(reader, blocks, place)):
            paper.authors, first = read_authors(plain(parse_inline(above.text)))[0], above.first
        if number == len(parts) - 1:
            listed = following is not None and is_id_item(following)
            while end < len(blocks) and (_goes_on(blocks, end, reader) or (listed and blocks[end].kind == "item")):
                end += 1
            content = blocks[place + 1 : end]
            told = listed and take_id_line(paper, content[0].text)
            read_blocks(paper, content[1:] if told else content, reader.page.references)
            last = max([part.last, *(block.last for block in content)])
        _add(reader, paper, first, last, "item")
    return end


def _names_above(reader: _Reader, blocks: Sequence[Block], place: int) -> Block | None:
    """The paragraph above that is names and no other paper's."""
    above = blocks[place - 1] if place else None
    if above is None or above.kind != "paragraph" or (reader.entries and reader.entries[-1].last >= above.first):
        return None
    return above if is_names(plain(parse_inline(above.text))) else None


def _goes_on(blocks: Sequence[Block], place: int, reader: _Reader) -> bool:
    """Whether a block tells on of the paper above it."""
    block = blocks[place]
    if block.kind == "paragraph":
        following = blocks[place + 1] if place + 1 < len(blocks) else None
        return not any(is_titled(part, following, reader.page) for part in split_titled(block))
    return block.kind == "quote" or (block.kind == "item" and find_label(block.text) is not None)


def _add(reader: _Reader, paper: PaperFields, first: int, last: int, shape: Shape) -> None:
    paper.title = clean_title(paper.title)
    if not paper.title:
        return
    paper.day = paper.day or reader.heading_day or reader.day
    if paper.published is None and shape != "section":
        paper.published = reader.heading_date
    section = next((words for _, words in sorted(reader.sections.items(), reverse=True)), "")
    section = section.strip(" :#*")
    if section and not GENERIC.fullmatch(section) and not parse_date_line(section) and len(section) < 100:
        paper.details.append(("section", section))
        if len(section.split()) <= 3 and not parse_published(section) and re.fullmatch(r"[\w .&+/-]+", section):
            paper.tags.append(section)
    reader.entries.append(Entry(paper.item(reader.path), first, last, shape))
