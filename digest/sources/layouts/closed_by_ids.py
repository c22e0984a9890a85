"""Abstracts closed by ids: text, perhaps a comment, then `arXiv:NNNN.NNNNN`; what is glued behind it opens the next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from digest.formats import dates, identifiers
from digest.model import Document, Identifiers, Item, Noise, PartialDate, Reading
from digest.sources.layouts.closing_lines import read_below, read_beside, read_marked_venue, read_opening
from digest.sources.layouts.paper_lines import (
    Detail,
    Line,
    as_noise,
    clean_text,
    dropped_of,
    ends_sentence,
    is_foreign,
    is_page_noise,
    is_venue,
    page_width,
    read_detail,
    read_lines,
    split_paragraphs,
    states_days,
)
from digest.sources.layouts.papers import (
    ABSTRACT_LABEL,
    Header,
    is_full,
    is_sure,
    make_item,
    read_header,
    split_endings,
    with_month,
)
from digest.sources.lists.page_days import with_day_of_name

# What may follow an id and be no text: `[cs.LG]`, `(2018)`, `, 2018`.
_TAIL: Final = re.compile(
    r"(?:\s*\[[A-Za-z][^\]\n]{0,60}\])?(?:\s*\((?:19|20)[0-9]{2}\)|,\s*(?:19|20)[0-9]{2}(?![0-9]))?(?:\s*[.;,|](?=\s|$))?\s*"
)
_YEAR: Final = re.compile(r"(?:\(|^,\s*)(?P<year>(?:19|20)[0-9]{2})\b")
_HEADING: Final = re.compile(r"#{1,6}\s")
# A text of fewer words is no abstract when nothing closes it, and one of more is no title.
_FEWEST: Final = 25
_SHORT: Final = 8
_SENTENCE: Final = 5


@dataclass(frozen=True, slots=True)
class _Segment:
    """The lines of one paper and what closes it; nothing closes the last lines of a page."""

    lines: tuple[Line, ...]
    closing: tuple[Detail, ...]


@dataclass(frozen=True, slots=True)
class _Habits:
    """What holds of most papers of the page: a lone title above, title and authors above; and its width."""

    width: int
    titled: bool
    headed: bool


@dataclass(frozen=True, slots=True)
class _Cut:
    """A line at its closing id: the text before, what the id says, the text that it opens."""

    before: str
    detail: Detail
    after: str


class ClosedByIds:
    """Abstracts, each with its id below, as on an author's page of publications."""

    name = "closed-by-ids"

    def recognise(self, document: Document) -> float:
        """Sure if prose comes first, and every piece of prose is closed by an id."""
        if is_foreign(document.text):
            return 0.0
        lines = read_lines(document.text)
        segments = _split_segments(lines)
        closed = [segment for segment in segments if segment.closing]
        if not closed or segments[0].closing == () or sum(bool(_HEADING.match(line.text)) for line in lines) > 1:
            return 0.0
        prose = sum(_SENTENCE <= _count_words(segment.lines) <= 900 for segment in closed)
        labels = sum(any(ABSTRACT_LABEL.match(line.text) for line in segment.lines) for segment in closed)
        open_end = _count_words(segments[-1].lines) > 3 * _FEWEST if not segments[-1].closing else False
        if prose * 3 < len(closed) * 2 or labels * 2 >= len(closed):
            return 0.3 if prose else 0.0
        complete = all(ends_sentence(words) or is_venue(words) for words in map(_last_words, closed))
        if len(closed) > 1 and segments[-1].closing and complete and not states_days(lines):
            return 0.98
        return (0.93 if len(closed) > 1 else 0.8) - (0.3 if open_end and len(closed) < 3 else 0)

    def read(self, document: Document) -> Reading:
        """Every abstract with the ids that close it; `published` is the month that an arXiv id tells."""
        segments = _split_segments(lines := read_lines(document.text))
        habits = _read_habits(segments, page_width(lines))
        items: list[Item] = []
        noise: list[Noise] = []
        for segment in segments:
            read = _read_segment(document.name, segment, habits)
            if read is None:
                noise += [as_noise(document.name, line) for line in segment.lines if line.words]
                noise += [as_noise(document.name, detail.line, detail.line.words) for detail in segment.closing]
            else:
                items.append(read[0])
                noise += read[1]
        return Reading(tuple(with_day_of_name(item, document.name) for item in items), tuple(noise))


SOURCE: Final = ClosedByIds()


def _split_segments(lines: Sequence[Line]) -> list[_Segment]:
    """Cut the document behind every closing id; ids with nothing between them close the same paper."""
    width = page_width(lines)
    starts = sum(_cut_at_start(lines, place, width) is not None for place in range(len(lines)))
    # Ids close their papers at the ends of lines where most ids of the page stand there.
    at_starts = starts > 0 and starts >= sum(_cut_within(line, ends=True) is not None for line in lines)
    by_links = not at_starts and sum(_is_link_closing(lines, place) for place in range(len(lines))) > 1
    segments: list[_Segment] = []
    current: list[Line] = []
    opening = next((line for line in lines if line.words), None)
    for place, line in enumerate(lines):
        # Below an id a venue is that paper's, unless the page begins with one.
        behind = not current and segments and place and lines[place - 1].words and line.words
        if behind and opening and not read_below(opening) and (detail := read_below(line)):
            segments[-1] = replace(segments[-1], closing=(*segments[-1].closing, detail))
            continue
        rest = line
        while cut := _next_cut(lines, place, rest, width, at_starts=at_starts, by_links=by_links):
            if cut.before.strip():
                current.append(Line(line.number, cut.before))
            if any(each.words for each in current) or not segments:
                segments.append(_Segment(tuple(current), (cut.detail,)))
            else:
                segments[-1] = replace(segments[-1], closing=(*segments[-1].closing, cut.detail))
            current = []
            rest = Line(line.number, cut.after)
        if rest.words or rest is line:
            current.append(rest)
    if any(line.words for line in current):
        segments.append(_Segment(tuple(current), ()))
    return segments


def _next_cut(
    lines: Sequence[Line], place: int, rest: Line, width: int, *, at_starts: bool, by_links: bool
) -> _Cut | None:
    """The next closing id of a line of which `rest` is left."""
    if not rest.words:
        return None
    if rest is lines[place]:
        if cut := _cut_at_start(lines, place, width):
            return cut
        if by_links and _is_link_closing(lines, place) and (detail := read_detail(rest)):
            return _Cut("", detail, "")
    return _cut_within(rest, ends=not at_starts)


def _cut_at_start(lines: Sequence[Line], place: int, width: int) -> _Cut | None:
    """The cut of a line that starts with an id which closes what stands above; a cited id does not."""
    line = lines[place]
    text = line.words
    before = _words_above(lines, place)
    complete = not before or ends_sentence(before) or is_venue(before) or bool(_identity(Line(0, before)))
    if detail := _identity(line) or read_beside(line):
        # A sentence broken around an id fills the line with the words that follow.
        following = lines[place + 1] if place + 1 < len(lines) and lines[place + 1].words else None
        broken = not complete and following is not None and is_full(line, following, width)
        return None if broken else _Cut("", detail, "")
    mention = next(identifiers.find_arxiv(text), None)
    opening = read_opening(text[: mention.start]) if mention else None
    if mention is None or opening is None or (opening != ("", "") and width):
        return None
    closer = {"[": "]", "(": ")", "<": ">"}.get(text[: mention.start][-1:], "")
    if not text.startswith(closer, mention.end):
        return None
    # In a document that is not broken to a width a line starts for a reason.
    end = mention.end + len(closer)
    cut = _cut_behind(line, text, mention, end, complete=complete or not width, any_case=complete and not width)
    if cut is None or opening == ("", ""):
        return cut
    venue, words = opening
    return replace(cut, detail=replace(cut.detail, venue=venue, noise=f"{words} {cut.detail.noise}".strip()))


def _cut_behind(
    line: Line, text: str, mention: identifiers.ArxivMention, end: int, *, complete: bool, any_case: bool
) -> _Cut | None:
    tail = _TAIL.match(text, end)
    after = text[tail.end() :] if tail else text[end:]
    glued = end == len(text) - len(after)
    # Text at once behind an id opens the next paper; behind a blank it may go on with the sentence.
    opens = (
        after[:1].isalnum() or after[:1] in "\"'“‘$\\([`*"
        if glued
        else complete and (any_case or not after[:1].islower())
    )
    if after and (not opens or after[:1] in ")]"):
        return None
    return _Cut("", _closing(line, text[mention.start : len(text) - len(after)], mention), after)


def _cut_within(line: Line, *, ends: bool) -> _Cut | None:
    """The cut at an id inside of a line: after a full stop, with the next paper glued to it."""
    text = line.text
    for mention in identifiers.find_arxiv(text):
        before = text[: mention.start]
        if not before.strip() or not re.search(r"(?<!\bal)[.!?][\"'”’)]*\s*$", before):
            continue
        after = text[mention.end :]
        tail = _TAIL.match(text, mention.end)
        last = tail is not None and tail.end() == len(text)
        if after[:1].isupper() or (ends and last):
            end = len(text) if last else mention.end
            return _Cut(before, _closing(line, text[mention.start : end], mention), text[end:])
    return None


def _closing(line: Line, words: str, mention: identifiers.ArxivMention) -> Detail:
    names = Identifiers(arxiv=mention.id, version=mention.version)
    noise = dropped_of(words.strip(), names)
    # A number glued to an id makes one word of both, which is in neither.
    glued = re.search(r"[0-9]+$", words)
    after = re.match(r"[0-9]+", line.text[line.text.find(words) + len(words) :])
    if glued and after:
        noise = f"{noise} {glued[0]}{after[0]}".strip()
    return Detail(Line(line.number, words.strip()), identifiers=names, noise=noise)


def _identity(line: Line) -> Detail | None:
    """A line that is nothing but ids."""
    detail = read_detail(line)
    return detail if detail and detail.identifiers != Identifiers() else None


def _is_link_closing(lines: Sequence[Line], place: int) -> bool:
    """Whether a line is an address alone below a whole sentence, where no paper has an id."""
    detail = read_detail(lines[place]) if lines[place].words.startswith("http") else None
    before = _words_above(lines, place)
    return bool(detail and detail.links and (ends_sentence(before) or is_venue(before)))


def _last_words(segment: _Segment) -> str:
    return next((line.words for line in reversed(segment.lines) if line.words), "")


def _words_above(lines: Sequence[Line], place: int) -> str:
    return next((line.words for line in reversed(lines[max(0, place - 6) : place]) if line.words), "")


def _read_habits(segments: Sequence[_Segment], width: int) -> _Habits:
    closed = [segment for segment in segments if segment.closing]
    titled = sum(bool(_lone_start(segment.lines, width)) for segment in closed)
    headed = sum(_header_of(_without_first(segment.lines, 0), width, headed=True) is not None for segment in closed)
    return _Habits(width, len(closed) > 1 and titled * 3 >= len(closed) * 2, headed * 2 > len(closed))


def _lone_start(lines: Sequence[Line], width: int) -> Line | None:
    """The first line, if it is short, no sentence, and prose follows it."""
    paragraphs = split_paragraphs(lines, 2)
    if not paragraphs:
        return None
    first = paragraphs[0][0]
    if ends_sentence(first.words) and not first.words.endswith(("?", "!")):
        return None
    apart = len(paragraphs[0]) == 1 and len(paragraphs) > 1
    above = not width and len(paragraphs[0]) > 1 and len(paragraphs[0][1].words) > max(160, len(first.words))
    return first if (apart or above) and len(first.words) <= 200 else None


def _read_segment(path: str, segment: _Segment, habits: _Habits) -> tuple[Item, tuple[Noise, ...]] | None:
    """The paper of a segment; none where there is no text, or a few words that nothing closes."""
    lines, noise, header = _open_segment(path, segment, habits)
    body: list[Line] = []
    details: list[Detail] = []
    for paragraph in reversed(split_paragraphs(lines)):
        alone = paragraph[0] is lines[0]
        rest, found = _end_paragraph(list(paragraph), habits.width, alone=alone) if not body else (paragraph, [])
        details = [*found, *details]
        if rest:
            body = [*rest, *([Line(body[0].number, "")] if body else []), *body]
    if not body or (not segment.closing and (_count_words(body) < _FEWEST or not ends_sentence(body[-1].words))):
        return None
    item, dropped = make_item(path, header, body, (*details, *segment.closing))
    year = next((match["year"] for detail in segment.closing if (match := _YEAR.search(detail.noise))), None)
    published = with_month(item.published, item.identifiers) or (PartialDate(int(year)) if year else None)
    return replace(item, published=published), (*noise, *dropped)


def _open_segment(path: str, segment: _Segment, habits: _Habits) -> tuple[list[Line], list[Noise], Header | None]:
    """(the lines of the text, what of the page stands above it, its header)."""
    lines = list(segment.lines)
    noise: list[Noise] = []
    while lines and (not lines[0].words or (is_page_noise(lines[0].words) and len(lines) > 1)):
        if lines[0].words:
            noise.append(as_noise(path, lines[0]))
        lines.pop(0)
    if not lines:
        return lines, noise, None
    if header := _header_of(lines, habits.width, headed=habits.headed):
        return _below(header, lines), noise, replace(header, rest=())
    while not habits.titled and (above := _page_lines(lines, habits.width)):
        noise += [as_noise(path, line) for line in above]
        lines = _without_first(lines, len(above))
    if header := _header_of(lines, habits.width, headed=habits.headed):
        return _below(header, lines), noise, replace(header, rest=())
    if habits.titled and (start := _lone_start(lines, habits.width)):
        return _without_first(lines, 1), noise, Header((start,), ())
    return lines, noise, None


def _header_of(lines: Sequence[Line], width: int, *, headed: bool) -> Header | None:
    """Title and authors above a text; a lone name is an author only where other papers have some too."""
    first = split_paragraphs(lines, 1)[0] if lines else ()
    header = read_header(first, width)
    if header is None or not (header.rest or len(first) < sum(bool(line.words) for line in lines)):
        return None
    return header if headed or is_sure(header) else None


def _below(header: Header, lines: Sequence[Line]) -> list[Line]:
    """What follows the last line of a header."""
    last = max(line.number for line in (*header.authors, *(detail.line for detail in header.details)))
    return [line for line in lines if line.number > last]


def _page_lines(lines: Sequence[Line], width: int) -> Sequence[Line]:
    """Lines above a text that name the page's owner, a year or a section."""
    paragraphs = split_paragraphs(lines, 2)
    if len(paragraphs) > 1 and all(_names_page(line) and not ends_sentence(line.words) for line in paragraphs[0]):
        return paragraphs[0]
    start = _lone_start(lines, width)
    return [start] if start and _names_page(start) else []


def _names_page(line: Line) -> bool:
    return len(line.words.split()) <= _SHORT or dates.parse_date_line(line.text) is not None


def _without_first(lines: Sequence[Line], count: int) -> list[Line]:
    rest = list(lines)[count:]
    while rest and not rest[0].words:
        rest.pop(0)
    return rest


def _end_paragraph(lines: list[Line], width: int, *, alone: bool) -> tuple[list[Line], list[Detail]]:
    """The last paragraph without its comments: by its place a short line below a whole sentence is one."""
    rest, details = split_endings(lines)
    while len(rest) > 1 and not width and (venue := read_marked_venue(rest[-1])):
        # A line begins for a reason where lines are paragraphs, whether the text above has its full stop or not.
        details.insert(0, venue)
        rest.pop()
    while rest and (len(rest) > 1 or not alone):
        last = rest[-1].words
        above = rest[-2].words if len(rest) > 1 else "."
        if not ends_sentence(above) or ends_sentence(last) or len(last.split()) > 20 or (width and last[:1].islower()):
            break
        details.insert(0, read_marked_venue(rest[-1]) or Detail(rest[-1], venue=clean_text(last)))
        rest.pop()
    if not alone and len(rest) == 1 and (venue := read_marked_venue(rest[0])):
        details.insert(0, venue)
        rest = []
    return rest, details


def _count_words(lines: Sequence[Line]) -> int:
    return sum(len(line.words.split()) for line in lines)
