"""The papers of a page in Markdown: a section each, an item of a list each, a row of a table each, a paragraph each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Final, Literal

from digest.formats.dates import parse_date_line, parse_partial
from digest.formats.markdown_blocks import Block, Page, parse_page
from digest.formats.markdown_html import Line
from digest.formats.markdown_inline import parse_inline, plain
from digest.formats.name_lists import is_names, listed_names
from digest.formats.venues import find_date, parse_published
from digest.model import Document, Identifiers, Item, Noise, PartialDate, Reading, Span
from digest.sources.list_items import clean_title, read_reference
from digest.sources.paper_fields import PaperFields, begin_paper, find_label, read_blocks
from digest.sources.reference_tails import Reference
from digest.sources.table_rows import read_table

Shape = Literal["section", "item", "row"]

_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_NUMBER: Final = re.compile(
    r"^\s*(?:\*\*)?(?:[(\[]?\d{1,4}[.)\]:、．]|#\d{1,4}[.:]?|No\.?\s?\d+[.:]?|第\d+[篇][:：]?|\d{1,2}️?⃣|[①-⑳])\s*(?=\S)"
)
_GENERIC: Final = re.compile(
    r"(?i)[\W\d_]*(?:(?:table of )?contents?|目录|overview|introduction|abstract|summary|references?|acknowledge?ments?|contribut\w+|licen[cs]e|citation|cite|about|news|"
    r"updates?|resources?|useful resources?|background|usage|install\w*|contact|faq|star history|change ?log|"
    r"(?:the |all |list of |accepted |demonstration |demo |poster |short |long |full |regular |invited |industr\w+ |student |oral |spotlight |extended |technical |research |recent |new |latest |hot |selected |related |other |must-?read |daily |workshop |conference |arxiv |today'?s )*"
    r"(?:papers?|articles?|publications?|submissions?|論文|论文|list|posters?|talks?|demos?|orals?|abstracts?|digest|proceedings|schedule|program(?:me)?|survey papers?|surveys?))[\W\d_]*"
)
_PAPER_PAGE: Final = re.compile(
    r"(?i)accepted|\bpapers?\b|proceedings|publications?|论文|論文|reading (?:list|group|club)|bibliograph|posters?\b|\boral|spotlight|preprints"
)
_TITLE_LINE: Final = re.compile(r"\s*(?:\*\*|__|<b>|<strong>|<a\s|\[)")
_MARK: Final = re.compile(r"[*_\[<\"“(]")
_PATH_DATE: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?([0-2]\d|3[01])(?!\d)")
# A heading, an item of a list, a table, a title that stands out.
_COULD_BE: Final = re.compile(r"(?m)^(?:#{1,6}\s|\s*(?:[-*+]|\d+\.)\s+\S|\s*\|.*\||(?:\*\*|<)\S)")
_FOREIGN: Final = re.compile(
    r"\ufeff?\s*(?:<\?xml|<!doctype|<html|<rss|<feed|@[a-zA-Z]+\s*\{|[{\[]\s*[\"{]|TY  - |PMID- |%0 )", re.IGNORECASE
)
# The share of a page that its papers have.
_LITTLE: Final = 0.15
_MOST: Final = 0.5
# Fewer papers of one shape are no list.
_FEWEST: Final = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper of a page, the lines that tell of it, and what shape it has."""

    item: Item
    first: int
    last: int
    shape: Shape


@dataclass(slots=True)
class _Reader:
    """What stands above the block that is read: heading, day; and the habits of the page."""

    path: str
    page: Page
    levels: frozenset[int]
    paragraphs: bool
    named: bool
    day: date | None
    entries: list[Entry] = field(default_factory=list)
    sections: dict[int, str] = field(default_factory=dict)
    heading_day: date | None = None
    heading_date: PartialDate | None = None


@lru_cache(maxsize=2)
def read_entries(name: str, text: str) -> tuple[Entry, ...]:
    """The papers of a page, in its order."""
    page = parse_page(text)
    levels = frozenset(_paper_levels(page.blocks, page))
    title = page.front_matter.get("title", "") + " " + PurePosixPath(name).name
    reader = _Reader(
        name,
        page,
        levels,
        _has_title_paragraphs(page),
        bool(_PAPER_PAGE.search(title.replace("_", " ").replace("-", " "))),
        _day_of(name, page, dated=bool(levels)),
    )
    _read(reader, page.blocks)
    return tuple(reader.entries)


def read_listed(document: Document) -> Reading:
    """All papers of a page; what stands around and between them is noise."""
    entries = read_entries(document.name, document.text)
    return Reading(tuple(entry.item for entry in entries), tuple(_noise(document, entries)))


def sureness(document: Document, shape: Shape) -> float:
    """How surely a document is a page of papers of that shape: several of them, and little else."""
    head = document.head
    if not _COULD_BE.search(head) or _FOREIGN.match(head):
        return 0.0
    entries = read_entries(document.name, head)
    counted = Counter(entry.shape for entry in entries)
    if not counted or max(counted, key=lambda one: (counted[one], one)) != shape:
        return 0.0
    lines = head.split("\n")
    owned = sum(len(line) for entry in entries for line in lines[entry.first - 1 : entry.last])
    share = owned / max(1, sum(map(len, lines)))
    known = sum(bool(entry.item.authors or entry.item.identifiers != Identifiers()) for entry in entries)
    if shape == "section" and known * 2 < len(entries):
        return 0.2
    fewest = 1 if shape == "section" else _FEWEST
    if len(entries) < fewest or share < _LITTLE:
        return 0.1
    if share > 2 * _LITTLE:
        return 0.97 if share > _MOST else 0.9
    return 0.3 if head.startswith(("---\n", "+++\n")) else 0.6


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


# Sections


def _read_heading(reader: _Reader, blocks: Sequence[Block], place: int) -> int:
    heading = blocks[place]
    end = _section_end(blocks, place)
    if heading.level in reader.levels and _is_paper_section(heading, blocks[place + 1 : end], reader.page):
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
    reader.sections[heading.level] = words
    stated = parse_date_line(words) or (_full_day(words) if len(words) < 60 else None)
    if isinstance(stated, date):
        reader.heading_day, reader.heading_date = stated, None
    elif isinstance(stated, PartialDate):
        reader.heading_date = stated
    elif heading.level <= 2:
        reader.heading_date = None
    return place + 1


def _begin_section(heading: Block, page: Page) -> PaperFields:
    """The paper of a heading: a heading that nothing divides is a title and nothing else."""
    text = _NUMBER.sub("", heading.text)
    paper = begin_paper(text, heading.first, page.references)
    pieces = parse_inline(text, page.references)
    if not paper.title or not any(piece.href or piece.strong or piece.image or piece.code for piece in pieces):
        # A star in a plain title is a star: `A*`, and what arXiv says.
        slanted = [piece for piece in pieces if piece.emphasis and len(piece.text) < len(plain(pieces))]
        words = " ".join(text.split()) if slanted else plain(pieces)
        paper = PaperFields(heading.first, title=clean_title(words))
    return paper


def _section_end(blocks: Sequence[Block], place: int) -> int:
    level = blocks[place].level
    end = place + 1
    while end < len(blocks) and not (blocks[end].kind == "heading" and blocks[end].level <= level):
        end += 1
    return end


def _paper_levels(blocks: Sequence[Block], page: Page) -> Iterator[int]:
    """The levels of headings that are titles of papers."""
    headings = [place for place, block in enumerate(blocks) if block.kind == "heading"]
    for level in range(1, 7):
        places = [place for place in headings if blocks[place].level == level]
        if len(places) == 1 and not _NUMBER.match(blocks[places[0]].text):
            continue
        good = sum(
            _is_paper_section(blocks[place], blocks[place + 1 : _section_end(blocks, place)], page) for place in places
        )
        if good >= min(2, len(places)) and good * 2 >= len(places) - 2:
            yield level


def _is_paper_section(heading: Block, content: Sequence[Block], page: Page) -> bool:
    """Whether a heading is the title of a paper, which what stands under it tells of."""
    words = plain(parse_inline(_NUMBER.sub("", heading.text), page.references))
    if not words or _GENERIC.fullmatch(words) or parse_date_line(words) or len(words) > 400:
        return False
    if len(words.split()) < 2 and len(words) < 12 and not _links_paper(heading.text, page):
        return False
    for inner in content:
        if inner.kind == "heading" and not find_label(inner.text.strip("# ") + ":"):
            return False
    evidence = 2 * _links_paper(heading.text, page)
    papers = sum(
        block.kind == "paragraph" and _titled(block, following, page) for block, following in _with_next(content)
    )
    papers += max(
        0, sum(block.kind == "paragraph" and is_names(plain(parse_inline(block.text[:2_000]))) for block in content) - 1
    )
    for block in content[:8]:
        text = block.text if block.kind in {"paragraph", "item"} else "\n".join(inner.text for inner in block.inner)
        if block.kind == "item":
            papers += (
                len(block.text) < 1_500
                and _is_strong(read_reference(block.text, page.references))
                and find_label(block.text) is None
            )
        for line in re.split(r"\n|<br\s*/?>", text)[:6]:
            label = find_label(line)
            if label and (label["authors"] or label["abstract"] or label["links"] or label["categories"]):
                evidence += 2
            elif label and (label["summary"] or label["published"]):
                evidence += 1
            elif block.kind == "paragraph" and len(line) < 20_000 and is_names(plain(parse_inline(line))):
                evidence += 2
        if block.kind == "heading" and find_label(block.text.strip("# ") + ":"):
            evidence += 2
    return evidence >= 2 and papers < 2


def _with_next(blocks: Sequence[Block]) -> Iterator[tuple[Block, Block | None]]:
    for place, block in enumerate(blocks):
        yield block, blocks[place + 1] if place + 1 < len(blocks) else None


def _links_paper(text: str, page: Page) -> bool:
    return read_reference(text, page.references).has_paper


# Lists


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
        and not (blocks[end].kind == "paragraph" and reader.paragraphs and _titled(blocks[end], None, reader.page))
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
    groups = [_is_group(item, reference, reader.page) for item, reference in known]
    single = [(item, reference) for (item, reference), group in zip(known, groups, strict=True) if not group]
    strong = sum(_is_strong(reference) or _is_told(item) for item, reference in single)
    titles = sum(len(reference.title.split()) >= 3 and not _is_anchor(item) for item, reference in single)
    titled = len(single) >= _FEWEST and titles * 5 >= len(single) * 4
    most = strong >= 2 and strong * 2 >= len(single)
    section = " ".join(reader.sections.values())
    bare = titled and (most or ((reader.named or bool(_PAPER_PAGE.search(section))) and _is_list_of_titles(single)))
    for (item, reference), group in zip(known, groups, strict=True):
        if group:
            _read(reader, item.inner)
        elif find_label(item.text):
            continue
        elif (
            _is_strong(reference)
            or _is_told(item)
            or (bare and len(reference.title.split()) >= 2 and not reference.tool and not _is_anchor(item))
        ):
            paper = PaperFields(item.first)
            paper.take_reference(reference)
            read_blocks(paper, item.inner, reader.page.references)
            if paper.title:
                _add(reader, paper, item.first, item.last, "item")
        elif item.inner:
            _read(reader, item.inner)


def _is_list_of_titles(single: Sequence[tuple[Block, Reference]]) -> bool:
    """Whether items without any names may be titles: long, in title case, without a full stop."""
    texts = [reference.title for _, reference in single if reference.title and not reference.rest]
    cased = [
        title
        for title in texts
        if sum(word[0].isupper() for word in title.split() if word[0].isalpha()) * 2 >= len(title.split())
    ]
    return (
        len(texts) * 3 >= len(single) * 2
        and len(cased) * 2 >= len(texts)
        and sum(len(title.split()) for title in texts) >= 5 * len(texts)
    )


def _is_anchor(item: Block) -> bool:
    pieces = parse_inline(item.text)
    return any(piece.href.startswith("#") or re.match(r"\.?/?#", piece.href) for piece in pieces)


def _is_group(item: Block, reference: Reference, page: Page) -> bool:
    """Whether an item is a topic with papers under it."""
    if _is_told(item) or (_is_strong(reference) and reference.authors):
        return False
    inner = [block for block in item.inner if block.kind == "item"]
    papers = sum(_is_strong(told) and bool(told.marked != "plain" or told.authors) and not find_label(block.text)
                 for block in inner for told in [read_reference(block.text, page.references)])  # fmt: skip
    deeper = any(child.kind == "item" for block in inner for child in block.inner)
    return (papers > 0 and (papers > 1 or not _is_strong(reference))) or (deeper and not _is_strong(reference))


def _is_told(item: Block) -> bool:
    """Whether labels stand under an item: `Authors: …`, `Abstract: …`."""
    lines = [line for block in item.inner for line in block.text.split("\n")[:3]] + item.text.split("\n")[1:4]
    labels = [label for line in lines[:12] if (label := find_label(line))]
    return (
        sum(
            bool(label["authors"] or label["abstract"] or label["categories"] or label["published"]) for label in labels
        )
        > 0
    )


def _is_strong(reference: Reference) -> bool:
    """Whether a line tells of a paper beyond doubt."""
    if not reference.title or (reference.tool and not reference.has_paper and not reference.authors):
        return False
    if len(reference.title) < 4:
        return False
    if reference.has_paper or reference.document:
        return True
    if len(reference.authors) > 1 or (reference.authors and (reference.marked != "plain" or reference.venue)):
        return True
    return bool(reference.venue and reference.date and len(reference.title.split()) >= 3)


# Paragraphs


def _has_title_paragraphs(page: Page) -> bool:
    found = 0
    for block, following in _with_next(page.blocks):
        if block.kind == "paragraph":
            found += sum(_titled(part, following, page) for part in _split_titled(block))
    return found >= _FEWEST


def _titled(block: Block, following: Block | None, page: Page) -> bool:
    """Whether a paragraph begins with the title of a paper, which it or the next one tells of."""
    text = block.text
    if len(text) > 6_000 or ("\n" not in text and not _MARK.search(text[:120])):
        return False
    reference = read_reference(block.text, page.references)
    if (
        not reference.title
        or len(reference.title.split()) < 2
        or _GENERIC.fullmatch(reference.title)
        or find_label(block.text)
    ):
        return False
    lead = plain(parse_inline(block.text, page.references))
    place = " ".join(lead.split()).find(reference.title[:20])
    if place > 60 and reference.marked != "citation" and not _is_named(reference, lead[:place]):
        return False
    left = sum(len(statement.split()) for statement in reference.rest)
    if reference.marked == "plain":
        return len(reference.authors) > 1 and "\n" in block.text.strip() and left < 8
    if (reference.authors and left <= 60) or (
        (reference.has_paper or reference.document) and left <= 60 and place <= 25
    ):
        return True
    if loose(reference.title) != loose(lead) or following is None or following.kind not in {"paragraph", "item"}:
        return False
    label = find_label(following.text)
    if label:
        return bool(label["authors"] or label["links"] or label["affiliation"])
    return following.kind == "paragraph" and is_names(plain(parse_inline(following.text.split("\n")[0])))


def _is_named(reference: Reference, lead: str) -> bool:
    """Whether the words before a title are its authors."""
    return bool(reference.authors) and reference.authors[0].split()[-1] in lead


def loose(text: str) -> str:
    """The letters of a text."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _split_titled(block: Block) -> list[Block]:
    """A paragraph whose lines are papers, each with its title in front, line by line."""
    starts = [place for place, line in enumerate(block.lines) if _TITLE_LINE.match(line.text)]
    if len(starts) < 2 or starts[0] != 0 or any(find_label(block.lines[place].text) for place in starts):
        return [block]
    ends = [*starts[1:], len(block.lines)]
    parts = [block.lines[start:end] for start, end in zip(starts, ends, strict=True)]
    if sum(len(plain(parse_inline(part[0].text)).split()) >= 3 and _stands_out(part[0]) for part in parts) < len(parts):
        return [block]
    return [replace(block, lines=part, last=part[-1].number) for part in parts]


def _stands_out(line: Line) -> bool:
    reference = read_reference(line.text)
    return reference.marked in {"strong", "link"} and len(reference.title.split()) > 1


def _read_titled(reader: _Reader, blocks: Sequence[Block], place: int) -> int:
    parts = _split_titled(blocks[place])
    following = blocks[place + 1] if place + 1 < len(blocks) else None
    end = place + 1
    for number, part in enumerate(parts):
        if not _titled(part, following, reader.page):
            continue
        paper = begin_paper(part.text, part.first, reader.page.references)
        last = part.last
        if number == len(parts) - 1:
            while end < len(blocks) and _goes_on(blocks, end, reader):
                end += 1
            content = blocks[place + 1 : end]
            read_blocks(paper, content, reader.page.references)
            last = max([part.last, *(block.last for block in content)])
        _add(reader, paper, part.first, last, "item")
    return end


def _goes_on(blocks: Sequence[Block], place: int, reader: _Reader) -> bool:
    """Whether a block tells on of the paper above it."""
    block = blocks[place]
    if block.kind == "paragraph":
        following = blocks[place + 1] if place + 1 < len(blocks) else None
        return not any(_titled(part, following, reader.page) for part in _split_titled(block))
    return block.kind == "quote" or (block.kind == "item" and find_label(block.text) is not None)


# Items and noise


def _add(reader: _Reader, paper: PaperFields, first: int, last: int, shape: Shape) -> None:
    paper.title = clean_title(paper.title)
    if not paper.title:
        return
    paper.day = paper.day or reader.heading_day or reader.day
    if paper.published is None and shape != "section":
        paper.published = reader.heading_date
    section = next((words for _, words in sorted(reader.sections.items(), reverse=True)), "")
    section = section.strip(" :#*")
    if section and not _GENERIC.fullmatch(section) and not parse_date_line(section) and len(section) < 100:
        paper.details.append(("section", section))
        if len(section.split()) <= 3 and not parse_published(section) and re.fullmatch(r"[\w .&+/-]+", section):
            paper.tags.append(section)
    reader.entries.append(Entry(paper.item(reader.path), first, last, shape))


def _day_of(name: str, page: Page, *, dated: bool) -> date | None:
    """The day of a page: in its title, its first heading, its name, its front matter."""
    heading = next((block for block in page.blocks[:3] if block.kind == "heading"), None)
    for words in (page.front_matter.get("title", ""), plain(parse_inline(heading.text)) if heading else ""):
        if day := _full_day(words):
            return day
    for part in PurePosixPath(name).parts[::-1][:3]:
        found = _PATH_DATE.search(part)
        day = (
            _full_day("-".join(found.groups()))
            if found
            else _full_day(part.replace("_", "-").rpartition(".")[0] or part)
        )
        if day:
            return day
    return _full_day(page.front_matter.get("date", "")[:10]) if dated else None


def _full_day(words: str) -> date | None:
    stated = parse_date_line(words) if len(words) < 80 else None
    if isinstance(stated, date):
        return stated
    found = find_date(words)
    day = parse_partial(str(found[0])) if found else None
    return date.fromisoformat(str(day)) if day and len(str(day)) == 10 else None


def _noise(document: Document, entries: Sequence[Entry]) -> Iterator[Noise]:
    """The lines of no paper, and what the lines of a paper say that it has not: marks of HTML, labels, addresses."""
    lines = document.text.split("\n")
    place = 1
    for entry in sorted(entries, key=lambda entry: entry.first):
        yield from _between(document.name, lines, place, entry.first)
        start = max(place, entry.first)
        words = _WORD.findall("\n".join(lines[start - 1 : entry.last])) if entry.last >= start else []
        kept = Counter(word.casefold() for text in _texts(entry.item) for word in _WORD.findall(text))
        left: list[str] = []
        for word in words:
            if kept[word.casefold()] > 0:
                kept[word.casefold()] -= 1
            else:
                left.append(word)
        if left:
            yield Noise(Span(document.name, entry.first), " ".join(left))
        place = max(place, entry.last + 1)
    yield from _between(document.name, lines, place, len(lines) + 1)


def _between(path: str, lines: Sequence[str], first: int, last: int) -> Iterator[Noise]:
    text = "\n".join(lines[first - 1 : last - 1]).strip()
    if text:
        yield Noise(Span(path, first), text)


def _texts(item: Item) -> Iterator[str]:
    yield from (item.title, item.body, item.venue, *item.authors)
    for name, address in item.links:
        yield from (name, address)
    yield from _names(item.identifiers)


def _names(names: Identifiers) -> Iterator[str]:
    if names.arxiv:
        yield f"arXiv {names.arxiv}" + (f"v{names.version}" if names.version else "")
    if names.doi:
        yield f"doi {names.doi}"
