"""Dated listings: a date line; then title, authors and abstract, again and again, until the next date line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import PurePosixPath
from typing import Final

from digest.formats import author_lines, dates
from digest.formats.day_lines import LONGEST, DayLine, DayReader
from digest.model import Document, Identifiers, Item, Noise, PartialDate, Reading
from digest.sources.doubtful_days import DoubtfulDays
from digest.sources.layouts.paper_lines import (
    Detail,
    Line,
    Paragraph,
    as_noise,
    ends_sentence,
    is_foreign,
    is_page_noise,
    is_venue,
    page_width,
    read_detail,
    read_lines,
    read_venue,
    split_paragraphs,
)
from digest.sources.layouts.papers import (
    ABSTRACT_LABEL,
    Header,
    could_be_authors,
    is_authors,
    is_full,
    is_sure,
    is_title,
    make_item,
    read_header,
    split_details,
    split_endings,
)

_MARKED: Final = re.compile(r"\s*(?:#{1,6}\s|\*\*|===|---)")
_TITLE_MARK: Final = re.compile(r"(?:#{1,6}\s+|\[\d{1,3}\]\s+|\d{1,3}[.)]\s+)(?=\S)")
_LOOKED_AT: Final = 12
# In signs: no title is so long, few abstracts are shorter.
_PROSE: Final = 200


@dataclass(frozen=True, slots=True)
class Day:
    """A date line, none for what stands before the first, and the paragraphs under it."""

    line: Line | None
    date: date | None
    paragraphs: tuple[Paragraph, ...]
    told: DayLine | None = None


# In lines, with all that stands between title and text.
_LONGEST_HEADER: Final = 60


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers of a day, each a header and its paragraphs, and the paragraphs that belong to none."""

    papers: tuple[tuple[Header, tuple[Paragraph, ...]], ...]
    strays: tuple[Paragraph, ...]


class DatedListing:
    """A day and its papers, as digests and reading lists print them."""

    name = "dated-listing"

    def recognise(self, document: Document) -> float:
        """Sure if papers follow most of the date lines."""
        if is_foreign(document.text):
            return 0.0
        lines = read_lines(document.text)
        width = page_width(lines)
        split = list(_split_days(document.name, lines, width))
        dated = list(islice((day for day in split if day.told), _LOOKED_AT))
        # A date may be all that is left of its day, and papers may have lost their date at the top of a page.
        days = [day for day in dated if day.paragraphs] or (
            dated and list(islice(_split_days(document.name, lines, width), 1))
        )
        good = sum(bool(find_papers(day, width).papers) for day in days)
        if not good:
            return 0.0
        return 0.97 if good * 2 > len(days) else 0.55 * good / len(days)

    def read(self, document: Document) -> Reading:
        """Every paper with the day it stands under; what belongs to none is page noise."""
        lines = read_lines(document.text)
        width = page_width(lines)
        days = list(_split_days(document.name, lines, width))
        lead = any(day.paragraphs and _names_papers(day.paragraphs[0]) for day in days if day.told)
        doubts = DoubtfulDays(document.name)
        items: list[Item] = []
        noise: list[Noise] = []
        for day in days:
            found = find_papers(day, width, lead=lead)
            if day.line and not (day.date and found.papers and dates.parse_date_line(day.line.text)):
                noise.append(as_noise(document.name, day.line))
            if day.line and day.told and found.papers:
                doubts.add(day.line.number, day.line.text, day.told)
            noise += [as_noise(document.name, line) for paragraph in found.strays for line in paragraph]
            for header, paragraphs in found.papers:
                item, dropped = read_paper(document.name, header, paragraphs, day.date)
                items.append(item)
                noise += dropped
        return Reading(tuple(items), tuple(noise), tuple(doubts.problems()))


SOURCE: Final = DatedListing()


def _split_days(path: str, lines: Sequence[Line], width: int) -> Iterator[Day]:
    """The stretches between date lines, that before the first among them."""
    heading: Line | None = None
    told: DayLine | None = None
    start = 0
    reader = DayReader.of_lines((line.text for line in lines), PurePosixPath(path).stem)
    for place, line in enumerate(lines):
        if not 0 < len(line.words) <= LONGEST or not any(map(str.isdigit, line.words)):
            continue
        stated = dates.parse_date_line(line.text, day_first=reader.day_first)
        found = None if isinstance(stated, PartialDate) else replace(reader).read(line.text)
        if stated is None and found is not None and not _is_apart(lines, place):
            found = None
        if (stated is None and found is None) or not _stands_as_heading(lines, place, stated, width):
            continue
        yield Day(heading, told.day if told else None, tuple(split_papers(lines[start:place], width)), told)
        heading, start = line, place + 1
        told = reader.read(line.text)
        if told is None:
            reader.take_above(line.text)
    yield Day(heading, told.day if told else None, tuple(split_papers(lines[start:], width)), told)


def _is_apart(lines: Sequence[Line], place: int) -> bool:
    """Whether a line has a mark of a heading, or a blank line before it."""
    return bool(_MARKED.match(lines[place].text)) or place == 0 or not lines[place - 1].words


def split_papers(lines: Sequence[Line], width: int) -> Iterator[Paragraph]:
    """The paragraphs of a day; a title and names at once below an abstract open one too where lines are paragraphs."""
    paragraphs = split_paragraphs(lines)
    for number, paragraph in enumerate(paragraphs):
        start = 0
        only_details = True
        for place in range(1, len(paragraph) - 1 if width == 0 else 0):
            above, rest = paragraph[place - 1], paragraph[place : place + _LONGEST_HEADER]
            only_details = only_details and read_detail(above) is not None
            if only_details:
                continue  # ids above a title are those of its paper
            if all(is_page_noise(line.words) for line in rest[:2]) or not _closes_paper(above) or _is_prose(rest[:1]):
                continue  # of many buttons and rules between two papers, the last one at most is above a title
            if not (header := read_header(rest, width)):
                continue
            if _is_prose(header.rest[:1] or (paragraphs[number + 1][:1] if number + 1 < len(paragraphs) else ())):
                yield paragraph[start:place]
                start, only_details = place, True
        yield paragraph[start:]


def _is_prose(lines: Sequence[Line]) -> bool:
    """Whether lines are the text of an abstract, as far as their length tells."""
    return sum(len(line.words) for line in lines) > _PROSE


def _stands_as_heading(lines: Sequence[Line], place: int, stated: date | PartialDate | None, width: int) -> bool:
    """Whether a date stands by itself, and not in a sentence that was broken around it or behind a label."""
    before = lines[place - 1].words if place else ""
    after = lines[place + 1].words if place + 1 < len(lines) else ""
    if isinstance(stated, PartialDate):
        return not before and (not after or bool(_MARKED.match(lines[place].text)))
    if not before or _MARKED.match(lines[place].text):
        return True
    if not width:  # no sentence is broken here, but a date may stand under the title of its paper
        names = "," in before and author_lines.is_author_line(before)
        return (_closes_paper(lines[place - 1]) and not names) or _is_rule(before)
    return (ends_sentence(before) or _is_rule(before)) and bool(after) and not after[0].islower()


def _closes_paper(line: Line) -> bool:
    """Whether a line can be the last of a paper where lines are paragraphs: a long one, or a small one by its words."""
    return (
        len(line.words) > _PROSE or ends_sentence(line.words) or is_venue(line.words) or read_detail(line) is not None
    )


def _is_rule(text: str) -> bool:
    return not any(sign.isalnum() for sign in text)


def find_papers(day: Day, width: int, *, lead: bool = False) -> Papers:
    """Cut the paragraphs of a day at the headers; `lead` says that ids on their own belong to the next one."""
    papers: list[tuple[Header, tuple[Paragraph, ...]]] = []
    strays: list[Paragraph] = []
    ahead: list[Detail] = []
    header: Header | None = None
    body: list[Paragraph] = []
    place = 0
    while place < len(day.paragraphs):
        paragraph = day.paragraphs[place]
        found, used = _header_at(day, place, width, opening=header is None)
        if found:
            if header:
                papers.append((header, tuple(body)))
            header, body, ahead = replace(found, details=(*ahead, *found.details)), [], []
        elif lead and _names_papers(paragraph):
            ahead += [detail for line in paragraph if (detail := read_detail(line))]
        elif header is None or _is_section(day, place, width):
            strays.append(paragraph)
        else:
            body.append(paragraph)
        place += used
    if header:
        papers.append((header, tuple(body)))
    strays += [(detail.line,) for detail in ahead]
    return Papers(tuple(papers), tuple(strays))


def _names_papers(paragraph: Paragraph) -> bool:
    """Whether a paragraph is nothing but the ids and addresses of a paper."""
    details = [read_detail(line) for line in paragraph]
    return all(details) and any(detail and detail.identifiers != Identifiers() for detail in details)


def _header_at(day: Day, place: int, width: int, *, opening: bool) -> tuple[Header | None, int]:
    """(header, paragraphs it takes) where a paper starts at a paragraph, else (None, 1)."""
    paragraph = day.paragraphs[place]
    following = day.paragraphs[place + 1] if place + 1 < len(day.paragraphs) else ()
    if header := read_header(paragraph, width):
        # Above the first date a menu has two lines that are short, too.
        of_page = day.line is None and not is_sure(header) and not _is_prose(header.rest or following)
        return (None if of_page else header), 1
    opening = opening and day.date is not None
    if header := _by_place(paragraph, following, width, opening=opening):
        return header, 1
    if (header := _title_then_authors(paragraph, following, width, opening=opening)) and (
        opening or not _pairs_better(day, place + 1, width)
    ):
        return header, 2
    return _without_authors(paragraph, following, width, opening=opening), 1


def _by_place(paragraph: Paragraph, following: Paragraph, width: int, *, opening: bool) -> Header | None:
    """Two lines before prose are title and authors, however odd the names are."""
    rest, details = split_details(paragraph[2:])
    if len(paragraph) < 2 or rest or (not opening and (not following or not ends_sentence(following[-1].words))):
        return None
    title, authors = paragraph[:2]
    if is_full(title, authors, width) and is_authors(following):
        return None
    if title.words.endswith(".") or not is_title([title]) or not could_be_authors([authors]) or read_detail(title):
        return None
    return Header((title,), (authors,), tuple(details))


def _title_then_authors(paragraph: Paragraph, following: Paragraph, width: int, *, opening: bool) -> Header | None:
    """A title and a paragraph of authors after a blank line."""
    lines, details = split_details(paragraph)
    if len(paragraph) == 1 and not read_detail(paragraph[0]):  # above names it is no comment, though it names a year
        lines, details = list(paragraph), []
    names, behind = split_details(following)
    if not lines or not names or not is_title(lines) or len(lines) > 3 or read_header(following, width):
        return None
    if lines[-1].words.endswith(".") and not (opening and len(lines) == 1):
        return None
    merged = read_header((*lines, *names), width)
    if merged and len(merged.title) == len(lines):
        return replace(merged, details=(*details, *merged.details, *behind))
    if opening and len(names) == 1 and could_be_authors(names):
        return Header(tuple(lines), tuple(names), (*details, *behind))
    return None


def _pairs_better(day: Day, place: int, width: int) -> bool:
    """Whether a paragraph that could be one author is rather the title before a longer line of authors."""
    if place + 1 >= len(day.paragraphs) or re.search(r",|;|\band\b", day.paragraphs[place][0].text):
        return False
    following = day.paragraphs[place + 1]
    names = " ".join(line.words for line in following)
    return "," in names and author_lines.is_author_line(names) and not read_header(following, width)


def _without_authors(paragraph: Paragraph, following: Paragraph, width: int, *, opening: bool) -> Header | None:
    """A title alone: the first line of a day, a marked line, or a line in title case above a long paragraph."""
    lines, details = split_details(paragraph)
    if not lines or not is_title(lines[:1]) or lines[0].words.endswith("."):
        return None
    first = lines[0]
    marked = bool(_TITLE_MARK.match(first.words)) and len(first.words.split()) > 3
    labelled = first.words.casefold().startswith("title:")
    prose = bool(following) and not read_header(following, width) and ends_sentence(following[-1].words)
    if len(lines) == 1 and (labelled or (prose and (opening or marked or _in_title_case(first.words, following)))):
        return Header((first,), (), tuple(details))
    if labelled or (opening and not width and len(lines) > 1 and ABSTRACT_LABEL.match(lines[1].words)):
        return Header((first,), (), tuple(details), tuple(lines[1:]))
    return None


def _in_title_case(text: str, following: Paragraph) -> bool:
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", text) if len(word) > 3]
    capitals = sum(word[0].isupper() for word in words)
    long = sum(len(line.words) for line in following) > 200
    return long and len(words) > 2 and capitals * 3 >= len(words) * 2 and not text.endswith(("!", "?", ")", "%"))


def _is_section(day: Day, place: int, width: int) -> bool:
    """Whether a line is the heading of a section of the page: short, complete, and a paper follows."""
    paragraph = day.paragraphs[place]
    if len(paragraph) != 1 or place + 1 == len(day.paragraphs):
        return False
    text = paragraph[0].words
    short = len(text.split()) <= 6 and not ends_sentence(text) and text[0].isupper()
    if is_venue(text) or not (short or _MARKED.match(paragraph[0].text)):
        return False
    return _header_at(day, place + 1, width, opening=False)[0] is not None


def read_paper(
    path: str, header: Header, paragraphs: Sequence[Paragraph], day: date | None
) -> tuple[Item, tuple[Noise, ...]]:
    """The paper of a header and the paragraphs below it, and what of them it does not hold."""
    body: list[Line] = []
    details: list[Detail] = []
    for paragraph in (header.rest, *paragraphs):
        lines, found = split_details(paragraph) if not body else (list(paragraph), [])
        details += found
        lines, found = split_endings(lines)
        details += found
        if body and len(lines) == 1 and is_venue(lines[0].words):
            details.append(read_venue(lines.pop()))
        if lines and body:
            body.append(Line(lines[0].number, ""))
        body += lines
    return make_item(path, header, body, details, day)
