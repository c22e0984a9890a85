"""What looks like a paper on a page in Markdown: which headings, items and paragraphs are titles, and which are not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from digest.formats.dates import parse_date_line
from digest.formats.markdown_blocks import Block, Page
from digest.formats.markdown_html import Line
from digest.formats.markdown_inline import parse_inline, plain
from digest.formats.name_lists import are_surely_authors, is_names
from digest.model import Item
from digest.sources.lists.id_lines import is_id_item
from digest.sources.lists.list_items import read_reference
from digest.sources.lists.paper_fields import find_label
from digest.sources.lists.reference_tails import Reference

Shape = Literal["section", "item", "row"]

NUMBER: Final = re.compile(
    r"^\s*(?:\*\*)?(?:[(\[]?\d{1,4}[.)\]:、．]|#\d{1,4}[.:]?|No\.?\s?\d+[.:]?|第\d+[篇][:：]?|\d{1,2}️?⃣|[①-⑳])\s*(?=\S)"
)
GENERIC: Final = re.compile(
    r"(?i)[\W\d_]*(?:(?:table of )?contents?|目录|overview|introduction|abstract|summary|references?"
    r"|acknowledge?ments?|contribut\w+|licen[cs]e|citation|cite|about|news|"
    r"updates?|resources?|useful resources?|background|usage|install\w*|contact|faq|star history|change ?log|"
    r"(?:the |all |list of |accepted |demonstration |demo |poster |short |long |full |regular |invited |industr\w+ "
    r"|student |oral |spotlight |extended |technical |research |recent |new |latest |hot |selected |related |other "
    r"|must-?read |daily |workshop |conference |arxiv |today'?s )*"
    r"(?:papers?|articles?|publications?|submissions?|論文|论文|list|posters?|talks?|demos?|orals?|abstracts?|digest"
    r"|proceedings|schedule|program(?:me)?|survey papers?|surveys?))[\W\d_]*"
)
_TITLE_LINE: Final = re.compile(r"\s*(?:\*\*|__|<b>|<strong>|<a\s|\[)")
_ABSTRACT: Final = re.compile(r"(?i)<abstract>|\babstract\W{0,4}:")
_MARK: Final = re.compile(r"[*_\[<\"“(]")
# Fewer papers of one shape are no list.
FEWEST: Final = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper of a page, the lines that tell of it, and what shape it has."""

    item: Item
    first: int
    last: int
    shape: Shape


def section_end(blocks: Sequence[Block], place: int) -> int:
    """The place behind the last block of a section."""
    level = blocks[place].level
    end = place + 1
    while end < len(blocks) and not (blocks[end].kind == "heading" and blocks[end].level <= level):
        end += 1
    return end


def find_paper_levels(blocks: Sequence[Block], page: Page) -> Iterator[int]:
    """The levels of headings that are titles of papers."""
    headings = [place for place, block in enumerate(blocks) if block.kind == "heading"]
    for level in range(1, 7):
        places = [place for place in headings if blocks[place].level == level]
        if len(places) == 1 and not NUMBER.match(blocks[places[0]].text):
            continue
        good = sum(
            is_paper_section(blocks[place], blocks[place + 1 : section_end(blocks, place)], page) for place in places
        )
        if good >= min(2, len(places)) and good * 2 >= len(places) - 2:
            yield level


def is_paper_section(heading: Block, content: Sequence[Block], page: Page) -> bool:
    """Whether a heading is the title of a paper, which what stands under it tells of."""
    words = plain(parse_inline(NUMBER.sub("", heading.text), page.references))
    if not words or GENERIC.fullmatch(words) or parse_date_line(words) or len(words) > 400:
        return False
    if len(words.split()) < 2 and len(words) < 12 and not _links_paper(heading.text, page):
        return False
    for inner in content:
        if inner.kind == "heading" and not find_label(inner.text.strip("# ") + ":"):
            return False
    evidence = 2 * _links_paper(heading.text, page)
    papers = sum(
        block.kind == "paragraph" and is_titled(block, following, page) for block, following in _with_next(content)
    )
    papers += max(
        0, sum(block.kind == "paragraph" and is_names(plain(parse_inline(block.text[:2_000]))) for block in content) - 1
    )
    for block in content[:8]:
        text = block.text if block.kind in {"paragraph", "item"} else "\n".join(inner.text for inner in block.inner)
        if block.kind == "item":
            papers += (
                len(block.text) < 1_500
                and is_strong(read_reference(block.text, page.references))
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


def is_list_of_titles(single: Sequence[tuple[Block, Reference]]) -> bool:
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


def is_anchor(item: Block) -> bool:
    """Whether an item links into the page, as a table of contents does."""
    pieces = parse_inline(item.text)
    return any(piece.href.startswith("#") or re.match(r"\.?/?#", piece.href) for piece in pieces)


def is_group(item: Block, reference: Reference, page: Page) -> bool:
    """Whether an item is a topic with papers under it."""
    if is_told(item) or (is_strong(reference) and reference.authors):
        return False
    inner = [block for block in item.inner if block.kind == "item" and not _are_names(block.text)]
    papers = sum(is_strong(told) and bool(told.marked != "plain" or told.authors) and not find_label(block.text)
                 for block in inner for told in [read_reference(block.text, page.references)])  # fmt: skip
    deeper = any(child.kind == "item" for block in inner for child in block.inner)
    return (papers > 0 and (papers > 1 or not is_strong(reference))) or (deeper and not is_strong(reference))


def is_told(item: Block) -> bool:
    """Whether names or labels stand under an item: `Authors: …`, `Abstract: …`."""
    if item.inner and _are_names(item.inner[0].text) and not _are_names(item.text):
        return True
    lines = [line for block in item.inner for line in block.text.split("\n")[:3]] + item.text.split("\n")[1:4]
    labels = [label for line in lines[:12] if (label := find_label(line))]
    return (
        sum(
            bool(label["authors"] or label["abstract"] or label["categories"] or label["published"]) for label in labels
        )
        > 0
    )


def _are_names(text: str) -> bool:
    """Whether a text is the names of authors and nothing else."""
    if len(text) > 3_000:
        return False
    pieces = parse_inline(text)
    return not any(piece.href for piece in pieces) and are_surely_authors(plain(pieces))


def is_strong(reference: Reference) -> bool:
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


def has_title_paragraphs(page: Page) -> bool:
    """Whether several paragraphs of a page begin with the title of a paper."""
    found = 0
    for block, following in _with_next(page.blocks):
        if block.kind == "paragraph":
            found += sum(is_titled(part, following, page) for part in split_titled(block))
    return found >= FEWEST


def is_titled(block: Block, following: Block | None, page: Page) -> bool:
    """Whether a paragraph begins with the title of a paper, which it or the next one tells of."""
    text = block.text
    if len(text) > 6_000:
        return False
    if "\n" not in text and not _MARK.search(text[:120]) and not _MARK.search(text[-120:]):
        return False
    reference = read_reference(block.text, page.references)
    if (
        not reference.title
        or len(reference.title.split()) < 2
        or GENERIC.fullmatch(reference.title)
        or find_label(block.text)
    ):
        return False
    lead = plain(parse_inline(block.text, page.references))
    if reference.marked == "link" and len(lead) < 3_000 and are_surely_authors(lead):
        return False  # each name a link
    place = " ".join(lead.split()).find(reference.title[:20])
    if (
        reference.marked == "plain"
        and place > 4
        and (reference.document or reference.has_paper)
        and _left_of(reference) < 8
    ):
        return bool(reference.authors) and reference.authors[0] in lead[:place]
    if place > 60 and reference.marked != "citation" and not _is_named(reference, lead[:place]):
        return False
    left = _left_of(reference)
    if _ABSTRACT.search(text) and reference.marked == "strong" and len(reference.authors) > 1:
        return True
    if reference.marked == "plain":
        return len(reference.authors) > 1 and "\n" in block.text.strip() and left < 8
    if (reference.authors and left <= 60) or (
        (reference.has_paper or reference.document) and left <= 60 and place <= 25
    ):
        return True
    if reference.marked == "strong" and place <= 25 and following is not None and is_id_item(following):
        return True
    if _loose(reference.title) != _loose(lead) or following is None or following.kind not in {"paragraph", "item"}:
        return False
    label = find_label(following.text)
    if label:
        return bool(
            label["authors"]
            or label["links"]
            or label["affiliation"]
            or (label["abstract"] and reference.marked == "strong")
        )
    return following.kind == "paragraph" and is_names(plain(parse_inline(following.text.split("\n")[0])))


def _left_of(reference: Reference) -> int:
    """How many words a line says beyond the fields of its paper."""
    return sum(len(statement.split()) for statement in reference.rest)


def _is_named(reference: Reference, lead: str) -> bool:
    """Whether the words before a title are its authors."""
    return bool(reference.authors) and reference.authors[0].split()[-1] in lead


def _loose(text: str) -> str:
    """The letters of a text."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def split_titled(block: Block) -> list[Block]:
    """A paragraph whose lines are papers, each with its title in front, line by line."""
    starts = [place for place, line in enumerate(block.lines) if _TITLE_LINE.match(line.text)]
    if len(starts) < 2 or starts[0] != 0 or any(find_label(block.lines[place].text) for place in starts):
        return [block]
    if are_surely_authors(plain(parse_inline(block.lines[0].text[:2_000]))):
        return [block]  # names above their title
    ends = [*starts[1:], len(block.lines)]
    parts = [block.lines[start:end] for start, end in zip(starts, ends, strict=True)]
    if sum(len(plain(parse_inline(part[0].text)).split()) >= 3 and _stands_out(part[0]) for part in parts) < len(parts):
        return [block]
    return [replace(block, lines=part, last=part[-1].number) for part in parts]


def _stands_out(line: Line) -> bool:
    reference = read_reference(line.text)
    return reference.marked in {"strong", "link"} and len(reference.title.split()) > 1
