"""Papers one below the other, numbered or not, without a day: title, authors, abstract, as booklets print them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from digest.formats import pubmed_records
from digest.model import Document, Item, Noise, Reading
from digest.sources.layouts.dated_listing import Day, find_papers, read_paper, split_papers
from digest.sources.layouts.paper_lines import (
    Detail,
    Line,
    as_noise,
    is_foreign,
    page_width,
    read_day,
    read_detail,
    read_lines,
    split_paragraphs,
    states_days,
)
from digest.sources.layouts.papers import (
    ABSTRACT_LABEL,
    Header,
    could_be_authors,
    is_authors,
    is_full,
    is_sure,
    is_title,
    read_header,
    with_month,
)
from digest.sources.lists.page_days import with_day_of_name

# `12.`, `[12]`, `(12)`, `#12`, `Abstract 12:`, `Paper 12 —`, with the title behind it or on the next line.
_NUMBER: Final = re.compile(
    r"\s{0,3}(?:#{1,6}\s+)?(?P<bold>\*\*)?(?P<word>[A-Z][A-Za-z]{1,11}\.?\s?|[A-Z]{1,2}-?(?=[0-9]))?(?P<open>[\[(#]?)(?P<number>[0-9]{1,4})"
    r"(?P<close>[\])]?[.:)]?\s*[–—-]?)(?:(?<=\s[–—-])|(?=\s|$|\*\*))\s*"
)
_WORDS: Final = frozenset(
    "abstract paper talk poster article contribution lecture submission item nr no session entry presentation".split()  # noqa: SIM905 - a list of words
)
_HEADING: Final = re.compile(r"(?m)^#{1,6} \S")
_BULLET: Final = re.compile(r"(?m)^\s*[*+-]\s+\S")
_STRONG: Final = re.compile(r"\*\*\S[^*\n]*\*\*")
_BULLETS: Final = 5
_SENTENCE: Final = re.compile(r"[^\W\d_]{2}[.?!。](?:\s|$)")
# In signs: an abstract on the average, and the shortest that counts as one.
_LONG: Final = 150
_SHORTEST: Final = 80


@dataclass(frozen=True, slots=True)
class _Paper:
    """One paper: the number before it, its header, the paragraphs below."""

    number: Line | None
    header: Header
    paragraphs: tuple[tuple[Line, ...], ...]

    @property
    def length(self) -> int:
        """The length of the abstract, in signs."""
        return sum(len(line.words) for paragraph in (self.header.rest, *self.paragraphs) for line in paragraph)

    @property
    def is_prose(self) -> bool:
        """Whether the abstract is long enough, made of words, and holds whole sentences."""
        text = " ".join(line.words for paragraph in (self.header.rest, *self.paragraphs) for line in paragraph)
        words = sum(sign.isalpha() or sign.isspace() for sign in text)
        return len(text) >= _SHORTEST and words * 20 > len(text) * 17 and bool(_SENTENCE.search(text))


@dataclass(frozen=True, slots=True)
class _Papers:
    """The papers of a document, and its lines that are of none."""

    papers: tuple[_Paper, ...]
    strays: tuple[Line, ...]
    numbered: bool


class PlainAbstracts:
    """Titles, authors and abstracts in a row."""

    name: Final = "plain-abstracts"

    def recognise(self, document: Document) -> float:
        """Sure if most of the text is papers with authors and abstracts of some length."""
        if is_foreign(document.text) or pubmed_records.looks_like_pubmed(document.text) or _is_notes(document.text):
            return 0.0
        lines = read_lines(document.text)
        if states_days(lines) or sum(bool(ABSTRACT_LABEL.match(line.text)) for line in lines) > 1:
            return 0.0
        found = _find(lines)
        count = len(found.papers)
        long = sum(paper.is_prose for paper in found.papers)
        if count < 2 or long * 3 < count * 2 or sum(paper.length for paper in found.papers) < _LONG * count:
            return 0.0
        authors = sum(bool(paper.header.authors) for paper in found.papers)
        strays = sum(len(line.words) for line in found.strays)
        if strays * 4 > len(document.text):
            return 0.2
        sure = authors * 3 >= count * 2 and (
            found.numbered or sum(is_sure(paper.header) for paper in found.papers) * 2 > count
        )
        if sure:
            return 0.985 if found.numbered else 0.975
        return 0.55 if authors or found.numbered else 0.2

    def read(self, document: Document) -> Reading:
        """Every paper; numbers, and what stands above the first paper, are noise."""
        found = _find(read_lines(document.text))
        items: list[Item] = []
        noise = [as_noise(document.name, line) for line in found.strays if line.words]
        for paper in found.papers:
            item, dropped = read_paper(document.name, paper.header, paper.paragraphs, None)
            items.append(replace(item, published=with_month(item.published, item.identifiers)))
            noise += dropped
            if paper.number:
                noise.append(Noise(as_noise(document.name, paper.number).span, paper.number.words))
        return Reading(tuple(with_day_of_name(item, document.name) for item in items), tuple(noise))


SOURCE: Final = PlainAbstracts()


def _is_notes(text: str) -> bool:
    """Whether a text is one in Markdown with headings, lists and marks, as notes are and abstracts are not."""
    return len(_HEADING.findall(text)) > 1 and len(_BULLET.findall(text)) > _BULLETS and bool(_STRONG.search(text))


def _find(lines: Sequence[Line]) -> _Papers:
    width = page_width(lines)
    if starts := _numbered_starts(lines):
        papers = []
        strays = list(lines[: starts[0]])
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            if paper := _read_numbered(lines[start:end], width):
                papers.append(paper)
            else:
                strays += lines[start:end]
        return _Papers(tuple(papers), tuple(strays), numbered=True)
    # The line of a day tells that what stands below is no menu of a page; here nothing does but the text itself.
    day = find_papers(Day(Line(0, ""), None, tuple(split_papers(lines, width))), width)
    papers = [_Paper(None, header, paragraphs) for header, paragraphs in day.papers]
    return _Papers(tuple(papers), tuple(line for paragraph in day.strays for line in paragraph), numbered=False)


def _numbered_starts(lines: Sequence[Line]) -> list[int]:
    """The places of lines that count up one by one in one style; of the styles, the one that counts farthest."""
    chains: dict[tuple[str, ...], tuple[int, list[int]]] = {}
    for place, line in enumerate(lines):
        if place and lines[place - 1].words and any(map(str.isalnum, lines[place - 1].words)):
            continue
        match = _number_of(line)
        if match is None:
            continue
        style = ((match["word"] or "").strip(), match["open"], match["close"].strip())
        last, places = chains.get(style, (int(match["number"]) - 1, []))
        if int(match["number"]) == last + 1:
            chains[style] = (last + 1, [*places, place])
    best = max(chains.values(), key=lambda chain: len(chain[1]), default=(0, []))[1]
    return best if len(best) > 1 else []


def _number_of(line: Line) -> re.Match[str] | None:
    """The number that a line opens with, if it is marked as one: not a year, a percentage, a plain count."""
    match = _NUMBER.match(line.text)
    if match is None:
        return None
    word = (match["word"] or "").strip(" .").casefold()
    if word and word not in _WORDS and len(word.rstrip("-")) > 2:
        return None
    marked = word or match["open"] or match["close"].strip()
    return match if marked else None


def _read_numbered(lines: Sequence[Line], width: int) -> _Paper | None:
    """The paper of a stretch: its first words are the title, whatever they look like."""
    match = _number_of(lines[0])
    if match is None:
        return None
    first = lines[0].text[match.end() :].strip()
    number = Line(lines[0].number, match[0].strip(" *"))
    title_line = first.removesuffix("**") if match["bold"] else first
    # The blanks keep the place of the number: where a line is full tells whether it was broken.
    rest = [*([Line(lines[0].number, " " * match.end() + title_line)] if title_line else []), *lines[1:]]
    above, rest = _small_lines(rest)
    if turned := _authors_first(rest):
        named = replace(turned, details=(*above, *turned.details), rest=())
        return _Paper(number, named, tuple(split_paragraphs(turned.rest)))
    if not rest or not is_title(rest[:1]):
        return None
    size = 1
    while size < len(rest) - 1 and size < 4 and _title_goes_on(rest, size, width):
        size += 1
    title, rest = rest[:size], rest[size:]
    between, below = _small_lines(rest)
    paragraphs = split_paragraphs(below)
    header = _authors_of(title, paragraphs, width)
    if header is None:
        return _Paper(number, Header(tuple(title), (), (*above, *between)), tuple(paragraphs))
    return _Paper(number, replace(header, details=(*above, *between, *header.details)), tuple(paragraphs[1:]))


def _authors_first(lines: Sequence[Line]) -> Header | None:
    """A header whose names stand above its title."""
    if len(lines) < 3 or not _names_several(lines[0]):
        return None
    between, rest = _small_lines(lines[1:])
    if not rest or not is_title(rest[:1]) or rest[0].words.endswith(".") or _names_several(rest[0]):
        return None
    # What follows a title of names alone would be names.
    below = next((line for line in rest[1:] if line.words), None)
    if below is None or _names_several(below):
        return None
    return Header((rest[0],), (lines[0],), tuple(between), tuple(rest[1:]))


def _names_several(line: Line) -> bool:
    return "," in line.words and is_authors([line])


def _title_goes_on(lines: Sequence[Line], size: int, width: int) -> bool:
    """Whether the title is broken after so many lines."""
    above, below = lines[size - 1], lines[size]
    if not below.words:
        return False
    # The last words of a title may look like a name; names below them tell that they are none.
    after = next((line for line in lines[size + 1 :] if line.words), None)
    names_below = after is not None and is_authors([after])
    if is_authors([below]) and not (names_below and "," not in below.words):
        return False
    return is_full(above, below, width) or above.words.endswith((":", "-", "–", "—"))


def _authors_of(title: Sequence[Line], paragraphs: Sequence[tuple[Line, ...]], width: int) -> Header | None:
    """The header of a title and the paragraph below it, if that is authors or begins with them."""
    if not paragraphs:
        return None
    header = read_header((*title, *paragraphs[0]), width)
    if header and len(header.title) == len(title):
        return header
    line = paragraphs[0][0]
    more = len(paragraphs) > 1 or len(paragraphs[0]) > 1
    return Header(tuple(title), (line,), (), paragraphs[0][1:]) if more and could_be_authors([line]) else None


def _small_lines(lines: Sequence[Line]) -> tuple[list[Detail], list[Line]]:
    """The ids, addresses and dates that lines begin with, and what follows them."""
    details: list[Detail] = []
    rest = list(lines)
    while rest:
        detail = (read_detail(rest[0]) or read_day(rest[0])) if rest[0].words else None
        if rest[0].words and (detail is None or ABSTRACT_LABEL.match(rest[0].words)):
            break
        if detail:
            details.append(detail)
        rest.pop(0)
    return details, rest
