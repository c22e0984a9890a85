"""Papers of a plain document: their headers told from prose, and the items that they become."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from digest.formats import author_lines, dates, identifiers
from digest.formats.dated_titles import split_day
from digest.model import Identifiers, Item, Noise, PartialDate, Span
from digest.sources.layouts.paper_lines import (
    Detail,
    Line,
    as_noise,
    as_partial,
    clean_text,
    ends_sentence,
    is_markdown,
    is_page_noise,
    is_venue,
    read_day,
    read_detail,
    read_venue,
    render_body,
    respelt_words,
    split_noise_tail,
)

LONGEST_TITLE: Final = 320
# Words that titles and sentences have and names have not.
_PLAIN_WORDS: Final = re.compile(
    r"\b(?:the|for|with|is|are|was|to|we|our|this|that|on|from|via|using|by|in|as|it|its|how|what|can|not|an?|towards?)\b"
)
_TITLE_LABEL: Final = re.compile(r"(?:\*\*)?[Tt](?:itle|ITLE)(?:\*\*)?\s?:(?:\*\*)?\s*")
_AUTHOR_LABEL: Final = re.compile(
    r"(?:\*\*)?(?:[Aa](?:uthors?|UTHORS?)|[Ss]peakers?|SPEAKERS?|Presenters?)(?:\(s\))?(?:\*\*)?\s?:(?:\*\*)?\s*"
)
_ABSTRACT_WORDS: Final = (
    "Zusammenfassung|Kurzfassung|R[ée]sum[ée]|RÉSUMÉ|Resumen|Resumo|Riassunto|Sommario|Samenvatting"
    "|Sammanfattning|Sammendrag|Streszczenie|Özet|Аннотация|Реферат|摘要|要旨|概要|抄録|초록|요약"
)
# A word for it in another language, or in small letters, needs its colon.
ABSTRACT_LABEL: Final = re.compile(
    r"\s*(?:[-*•>]\s+(?=[*_\[]{0,3}Abstract))?(?:#{1,6}\s*)?(?:\*{1,3}|_{1,2})?\s*"
    rf"(?:Abstract|ABSTRACT|\[(?:Abstract|ABSTRACT)\](?=\s\S)|abstract(?=[*_]*\s*:)|(?:{_ABSTRACT_WORDS})(?=[*_]*\s?[:：]))(?:\*{{1,3}}|_{{1,2}})?"
    r"(?:\s?(?:::(?=\s)|[:：—–|])(?:\*{1,3}|_{1,2})?|\s?\.(?=\s|\*|$)|\s-{1,2}(?=\s)|---?|(?<=\])|(?<=[A-Za-z]\*\*)(?=\s)|(?=\s*#*\s*$))(?:\*{1,3}|_{1,2})?\s*#*"
)
_HEADING: Final = re.compile(
    r"(?P<mark>#{1,6}\s+|\*\*(?=.+\*\*$)|[-*•+]\s+(?=\S)|\[\d{1,3}\]\s+|\(\d{1,3}\)\s+|#?\d{1,3}[.)]\s+|#\d+\s+)"
)
_LINKED: Final = re.compile(r"\[(?P<text>.+)\]\((?P<url>https?://[^\s()]+)\)")
_LONG_RULE: Final = re.compile(r"([-=_*~])\1{4,}")
# `Relevant papers: 0`
_TALLY: Final = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,3}: ?[0-9]{1,5}(?: \([^()]*\))?")


@dataclass(frozen=True, slots=True)
class Header:
    """The lines of a title and of authors; `rest` is what follows them in the paragraph."""

    title: tuple[Line, ...]
    authors: tuple[Line, ...]
    details: tuple[Detail, ...] = ()
    rest: tuple[Line, ...] = ()

    @property
    def first(self) -> Line:
        """The line that the paper starts with."""
        return min(
            (*self.title, *self.authors, *(detail.line for detail in self.details)), key=lambda line: line.number
        )


def read_header(paragraph: Sequence[Line], width: int) -> Header | None:
    """The header that a paragraph opens with, if title and authors are both there.

    `width` is that to which the document is broken, 0 for one whose lines are paragraphs.
    """
    lines = list(paragraph)
    details = _leading_details(lines, _TITLE_LABEL)
    del lines[: len(details)]
    if not lines or _all_authors(lines, width):
        return None
    found: Header | None = None
    for size in range(1, min(4, len(lines))):
        title = lines[:size]
        if size > 1 and not _goes_on(lines[size - 2], lines[size - 1], width):
            break
        # The second line of a title may look like a name; names below it tell that it is none.
        if found and (is_sure(found) or not is_full(lines[size - 2], lines[size - 1], width)):
            break
        after = lines[size:]
        # The numbers of a listing may stand between title and authors.
        between = _leading_details(after, _AUTHOR_LABEL)
        del after[: len(between)]
        count = _count_author_lines(after, width)
        if count and is_title(title):
            rest, behind = split_details(after[count:])
            found = Header(tuple(title), tuple(after[:count]), (*details, *between, *behind), tuple(rest))
    return found


def _leading_details(lines: Sequence[Line], until: re.Pattern[str]) -> list[Detail]:
    """What the small lines at the start of a run of lines say, up to one with that label."""
    details: list[Detail] = []
    for line in lines:
        if until.match(line.words) or not (detail := read_detail(line)):
            break
        details.append(detail)
    return details


def split_details(lines: Sequence[Line]) -> tuple[list[Line], list[Detail]]:
    """What follows the small lines at the start of a run of lines, and these; a comment without a mark is one here."""
    details: list[Detail] = []
    for place, line in enumerate(lines):
        if ABSTRACT_LABEL.match(line.words):
            break
        detail = read_detail(line) or read_day(line)
        following = lines[place + 1].words if place + 1 < len(lines) else ""
        if detail is None and is_venue(line.words) and not following[:1].islower():
            detail = read_venue(line)
        if detail is None:
            break
        details.append(detail)
    return list(lines[len(details) :]), details


def split_endings(lines: Sequence[Line]) -> tuple[list[Line], list[Detail]]:
    """Prose, and the small lines at its end: ids, comments, page noise."""
    rest = list(lines)
    details: list[Detail] = []
    above = len(rest)
    while rest:
        last = rest[-1]
        # Several comments may stand below the text, one a line.
        if above > len(rest) - 2:
            above = next((place for place in range(len(rest) - 2, -1, -1) if not is_venue(rest[place].words)), -1)
        complete = above < 0 or ends_sentence(rest[above].words) or bool(details)
        detail = read_detail(last)
        if detail and detail.identifiers != Identifiers() and not last.words.endswith((".", ")", ",")):
            complete = True  # an id alone on the last line closes a text that forgot its full stop
        elif detail and detail.venue:
            complete = True  # its label says what it is
        elif detail and detail.noise == last.words and " " in last.words:
            complete = True  # and so does a button of more than one word
        if detail and detail.links and detail.identifiers == Identifiers():
            detail = None  # an address alone may be the last words of the abstract
        if detail is None and complete and len(rest) > 1 and is_venue(last.words):
            detail = read_venue(last)
        if detail is None or not complete:
            break
        details.insert(0, detail)
        rest.pop()
    return rest, details


def is_title(lines: Sequence[Line]) -> bool:
    """Whether lines could be a title."""
    text = " ".join(line.words for line in lines)
    if _TITLE_LABEL.match(text):
        return True
    if len(text) > LONGEST_TITLE or text.endswith((",", ";", ":")) or not any(sign.isalnum() for sign in text):
        return False
    if _TALLY.fullmatch(text):
        return False
    sentences = len(text) > 120 and re.search(r"[a-z)]{2}[.?!] [A-Z\"]", text)
    return not sentences and not ABSTRACT_LABEL.match(text)


def is_authors(lines: Sequence[Line]) -> bool:
    """Whether lines are surely authors: labelled, or nothing but names."""
    text = " ".join(line.words for line in lines)
    label = _AUTHOR_LABEL.match(text)
    return bool(label) or author_lines.is_author_line(text)


def could_be_authors(lines: Sequence[Line]) -> bool:
    """Whether lines may be authors where the layout puts them: short pieces without the small words of sentences."""
    text = " ".join(line.words for line in lines)
    if is_authors(lines):
        return True
    if len(text) > 2_000 or ends_sentence(text) or re.search(r"https?://|[?!:]", text) or read_detail(lines[0]):
        return False
    names = author_lines.parse_authors(text).names
    return bool(names) and all(len(name.split()) <= 6 and not _PLAIN_WORDS.search(name) for name in names)


def is_sure(header: Header) -> bool:
    """Whether a header is labelled or names several authors."""
    text = " ".join(line.words for line in header.authors)
    return bool(re.search(r",|;|\band\b|&", text) or re.match(r"(?i)\W*(?:author|speaker|presenter)s?\W", text))


def make_item(
    path: str,
    header: Header | None,
    body: Sequence[Line],
    details: Iterable[Detail] = (),
    day: date | None = None,
) -> tuple[Item, tuple[Noise, ...]]:
    """The item that lines tell, and what of them it does not hold."""
    noise: list[Noise] = []
    details = (*(header.details if header else ()), *details)
    names = Identifiers()
    links: list[tuple[str, str]] = []
    title = ""
    authors: tuple[str, ...] = ()
    published: PartialDate | None = None
    updated: PartialDate | None = None
    if header and header.title:
        title, marks, link = _read_title(header.title)
        title, own, told = split_day(title)
        if own:
            day = own
            noise.append(as_noise(path, header.title[0], told))
        noise += [as_noise(path, header.title[0], mark) for mark in marks]
        names, links = _add_link(names, links, link)
    if header and header.authors:
        authors, marks = _read_authors(header.authors)
        noise += [as_noise(path, header.authors[0], mark) for mark in marks]
        published = next((as_partial(each) for mark in marks if (each := _day_in_brackets(mark))), None)
    venues: list[str] = []
    for detail in details:
        known, names = names, identifiers.merge_identifiers(names, detail.identifiers)
        # Of two ids of a kind, and of what is said twice, the first holds.
        if detail.identifiers != Identifiers() and (
            names == known or identifiers.merge_identifiers(detail.identifiers, names) != names
        ):
            noise.append(as_noise(path, detail.line))
        noise += [as_noise(path, detail.line, address) for name, address in detail.links if (name, address) in links]
        links += [link for link in detail.links if link not in links]
        published, updated = published or detail.published, updated or detail.updated
        if detail.venue in venues:
            noise.append(as_noise(path, detail.line, detail.venue))
        elif detail.venue:
            venues.append(detail.venue)
        if detail.noise:
            noise.append(as_noise(path, detail.line, detail.noise))
    body, marks_of_body = _strip_body(path, body)
    noise += marks_of_body
    held = (*(header.title + header.authors if header else ()), *body, *(each.line for each in details if each.venue))
    noise += [as_noise(path, line, word) for line in held for word in respelt_words(line.text)]
    first = min([*([header.first] if header else []), *body[:1]], key=lambda line: line.number, default=Line(1, ""))
    item = Item(
        kind="abstract",
        body=render_body((line.text for line in body), marked=is_markdown(path)),
        span=Span(path, first.number, len(first.text) - len(first.text.lstrip()) + 1, max(1, len(first.words))),
        title=title,
        day=day,
        published=published,
        updated=updated,
        authors=authors,
        identifiers=names,
        venue="; ".join(venues),
        links=tuple(links),
    )
    return item, tuple(noise)


def with_month(item_month: PartialDate | None, names: Identifiers) -> PartialDate | None:
    """When a paper came out as its lines say, else as its arXiv id tells."""
    return item_month or (identifiers.arxiv_month(names.arxiv) if names.arxiv else None)


def _all_authors(lines: Sequence[Line], width: int) -> bool:
    """Whether a paragraph is one line of authors that the page broke."""
    if len(lines) < 2 or "," not in lines[0].words or not is_full(lines[0], lines[1], width):
        return False
    return author_lines.is_author_line(" ".join(line.words for line in lines))


def _goes_on(line: Line, following: Line, width: int) -> bool:
    """Whether a title goes on in the next line: broken where the page was full, or left open by a colon."""
    if line.words.endswith((":", "-", "–", "—", ",")):
        return True
    return is_full(line, following, width) or following.text[:1].isspace() or following.words[:1].islower()


def is_full(line: Line, following: Line, width: int) -> bool:
    """Whether the first word of the next line had no place in this one."""
    first = following.words.split(maxsplit=1)[0]
    return width > 0 and len(line.text.rstrip()) + 1 + len(first) > width - 12


def _count_author_lines(lines: Sequence[Line], width: int) -> int:
    """How many lines from the first are authors, 0 if none is."""
    if not lines:
        return 0
    label = _AUTHOR_LABEL.match(lines[0].words)
    best = 0
    for count in range(1, len(lines) + 1):
        before = lines[count - 2] if count > 1 else None
        if before and (read_detail(lines[count - 1]) or ABSTRACT_LABEL.match(lines[count - 1].text)):
            break
        if before and not (
            before.words.endswith((",", ";", "&", " and", ":"))
            or lines[count - 1].words.startswith((",", "and ", "& "))
            or (lines[count - 1].text[:1].isspace() and not lines[0].text[:1].isspace())
            or (re.search(r"[,;&]", before.words) and is_full(before, lines[count - 1], width))
        ):
            break
        if not label and count > best + 3:
            break  # what began as names no longer is
        # Names up to here were looked at with the line before: a list of thousands is not read anew for every line.
        last = lines[max(0, count - 2) if best else 0 : count]
        if label or author_lines.is_author_line(" ".join(line.words for line in last).rstrip(" ,;&")):
            best = count
    if best < len(lines) and best and lines[best - 1].words.endswith((",", " and", "&")) and not label:
        return 0  # names that go on into something else are prose
    return best


def _read_title(lines: Sequence[Line]) -> tuple[str, list[str], str]:
    """(title, the marks around it, its link)."""
    text = " ".join(line.words for line in lines)
    marks: list[str] = []
    link = ""
    # A heading may open with a number: `## 1. …`.
    while len(marks) < 2 and (mark := _HEADING.match(text)) and (rest := text[mark.end() :].strip()):
        if marks and not (marks[0].startswith("#") and mark["mark"][:1] in "[(#0123456789"):
            break
        marks.append(mark["mark"].strip())
        text = rest.removesuffix("**").strip() if mark["mark"].startswith("**") else rest.rstrip("#").strip()
    if label := _TITLE_LABEL.match(text):
        marks.append(label[0].strip())
        text = text[label.end() :]
    if mark := re.match(r"\*\*(.+)\*\*$", text):
        text = mark[1]
    if linked := _LINKED.fullmatch(text):
        text, link = linked["text"], linked["url"]
    return clean_text(text), [mark for mark in marks if any(sign.isalnum() for sign in mark)], link


def _read_authors(lines: Sequence[Line]) -> tuple[tuple[str, ...], list[str]]:
    text = " ".join(line.words for line in lines)
    marks: list[str] = []
    if label := _AUTHOR_LABEL.match(text):
        marks.append(label[0].strip())
        text = text[label.end() :]
    text = re.sub(r"^(\*{1,2}|_{1,2})(.+)\1$", r"\2", text)
    read = author_lines.parse_authors(text)
    return read.names, [mark for mark in (*marks, *read.rest) if any(sign.isalnum() for sign in mark)]


def _day_in_brackets(mark: str) -> date | None:
    """The day that stands behind names in brackets."""
    told = dates.parse_date_line(mark[1:-1]) if mark[:1] in {"(", "["} else None
    return told if isinstance(told, date) else None


def _add_link(
    names: Identifiers, links: list[tuple[str, str]], address: str
) -> tuple[Identifiers, list[tuple[str, str]]]:
    if not address:
        return names, links
    found = identifiers.parse_marked(address)
    return (found, [*links, ("paper", address)]) if found else (names, [*links, ("paper", address)])


def _strip_body(path: str, lines: Sequence[Line]) -> tuple[list[Line], list[Noise]]:
    """The body without the label in front, blank lines at its ends and buttons within."""
    noise: list[Noise] = []
    kept: list[Line] = []
    for line in lines:
        label = None if any(each.words for each in kept) else ABSTRACT_LABEL.match(line.text)
        start = label.end() if label and line.words else 0
        text, tail = split_noise_tail(line.text[start:])
        if label and start:
            noise.append(as_noise(path, line, label[0].strip()))
        if tail:
            noise.append(as_noise(path, line, tail))
        # A word alone may be the last of a sentence that the page broke.
        complete = not kept or ends_sentence(kept[-1].words) or not kept[-1].words or " " in text.strip()
        complete = complete or _LONG_RULE.fullmatch(text.strip()) is not None
        if text.strip() and complete and is_page_noise(text):
            noise.append(as_noise(path, line, text.strip()))
        elif text.strip() or kept:
            kept.append(Line(line.number, text))
    while kept and not kept[-1].words:
        kept.pop()
    return kept, noise
