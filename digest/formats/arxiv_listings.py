r"""The listings that arXiv mails every day, and files by month: blocks of fields and an abstract between lines of `\\`.

Shape: https://info.arxiv.org/help/subscribe.html; the old forms as arXiv's own reader (arxiv-browse) knows them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

from digest.formats.patterns import lazily
from digest.formats.wrapped_text import indent_of

# `Paper: hep-th/9901001` until 2007, `arXiv:0704.0001` since.
_ID: Final = lazily(
    r"(?i)(?:paper\s*(?P<before>\(\*cross-listing\*\))?\s*:\s*(?:arxiv:)?|arxiv:\s?)(?P<id>[^\s()]+)"
    r"\s*(?P<behind>\(\*cross-listing\*\))?(?P<more>.*)"
)
_LABEL: Final = lazily(
    r"(?i)(?P<label>date\s*\((?:revised)[^)]*\)|date|from|title|authors?|categories|comments?|report-no|msc-class"
    r"|acm-class|subj-class|journal-ref|doi|related-doi|license|proxy|cross-list)\s?:(?:\s+|$)(?P<value>.*)"
)
_REPLACED: Final = lazily(r"(?i)replaced with (?:a )?revised version|(?:figures|parts?) added")
_RULE: Final = lazily(r"-{20,}|(?:%-){8,}%?|(?:%%--){4,}(?:%%)?|(?:%%%---){3,}(?:%%%)?")
_BAR: Final = lazily(r"\\{1,2}")
_CLOSING: Final = lazily(r"\\{1,2}\s*\(")
_QUOTE: Final = lazily(r"(?:[>|][ \t]?)+")
_PASTWEEK: Final = lazily(r"/\*(?P<day>.{6,60})\*/")
_WINDOW: Final = lazily(r"(?i)received from\s.{6,60}?\bto\s+(?P<to>.{6,60})")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MOMENT: Final = lazily(
    r"(?:(?P<d>[0-9]{1,2})\s+(?P<m>[A-Za-z]{3})[a-z]*|(?P<m2>[A-Za-z]{3})[a-z]*\s+(?P<d2>[0-9]{1,2})),?\s+"
    r"(?P<y>[0-9]{4}|[0-9]{2})\b(?:,?\s+(?P<time>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)\s*(?P<zone>[+-][0-9]{4}|[A-Z]{1,4})?)?"
)


@dataclass(frozen=True, slots=True)
class ListingField:
    """A field of a block, folded lines joined; `name` is its label in lower case, `date (revised v2)` among them."""

    name: str
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Block:
    """One paper of a listing. `closed` tells whether the mark that ends it was there."""

    line: int
    fields: tuple[ListingField, ...]
    abstract: tuple[str, ...]
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Between:
    """A line that stands outside of the blocks."""

    line: int
    text: str


@dataclass(slots=True)
class _Open:
    """A block while its lines come in."""

    line: int
    head: list[tuple[int, str]] = field(default_factory=list)
    abstract: list[str] | None = None

    def close(self, ending: str = "", *, closed: bool = True, line: int = 0) -> Iterator[Block | Between]:
        fields = tuple(_read_fields(self.head))
        if not any(each.name in {"arxiv", "title"} for each in fields):
            # No paper: a day of the past week, or a stray pair of marks.
            yield from (Between(number, text) for number, text in self.head)
            yield from (Between(self.line, text) for text in self.abstract or ())
            return
        if ending:
            fields = (*fields, ListingField("address", ending, line))
        yield Block(self.line, fields, tuple(self.abstract or ()), closed)


def read_listing(lines: Iterable[str]) -> Iterator[Block | Between]:
    r"""The papers of a listing and the lines between them, one by one; marks of quotation (`> `) are passed over."""
    block: _Open | None = None
    for number, raw in enumerate(lines, start=1):
        line = _unquoted(raw)
        text = line.strip()
        if _RULE.fullmatch(text):
            if block:
                yield from block.close()
            block = None
        elif _CLOSING.match(text):
            if block:
                yield from block.close(text.lstrip("\\ "), line=number)
            block = None
        elif _BAR.fullmatch(text):
            if block is None:
                block = _Open(number)
            elif block.abstract is None and any(text for _, text in block.head):
                block.abstract = []
            elif block.abstract is not None:
                yield from block.close()
                block = None
        elif block is None:
            if _starts_block(text):
                block = _Open(number, [(number, line)])
            elif text:
                yield Between(number, text)
        elif block.abstract is not None:
            block.abstract.append(line.rstrip())
        else:
            block.head.append((number, line.rstrip()))
    if block:
        yield from block.close(closed=block.abstract is not None and not any(map(str.strip, block.abstract)))


def looks_like_listing(text: str) -> bool:
    r"""Whether a text holds a block: the mark `\\`, an id, and a date, a sender or `replaced with …` below it."""
    lines = [line for raw in text.split("\n") if (line := _unquoted(raw).strip())]
    for above, line, below in zip(lines, lines[1:], lines[2:], strict=False):
        if _starts_block(line) and (_BAR.fullmatch(above) or _RULE.fullmatch(above)) and _is_below_id(below):
            return True
    return False


def listing_day(line: str) -> date | None:
    """The day that a line between the blocks gives them: `/* Fri, 3 Mar 2023 */`."""
    match = _PASTWEEK.fullmatch(line.strip())
    return parse_moment(match["day"])[0] if match else None


def window_end(line: str) -> date | None:
    """The last day of `received from … to …`."""
    match = _WINDOW.match(line.strip())
    return parse_moment(match["to"])[0] if match else None


def evening_of(line: str) -> date | None:
    """The day whose listing a line `Date: …` above it belongs to; it must name its zone."""
    match = re.match(r"(?i)date:\s*(?P<day>.+)", line.strip())
    moment = parse_moment(match["day"])[1] if match else None
    return evening_before(moment) if moment else None


def evening_before(moment: datetime) -> date:
    """The day of the announcement that a mail sent at a moment brings.

    arXiv announces at 20:00 in New York and mails in the hours after it: what is sent before noon, UTC, is of the
    evening before.
    """
    return (moment.astimezone(UTC) - timedelta(hours=12)).date()


def parse_moment(text: str) -> tuple[date | None, datetime | None]:
    """(day, instant) of a date as mails write it; the instant only with its zone: `Fri, 17 Mar 23 00:31:14 GMT`."""
    match = _MOMENT.search(text)
    month = (match["m"] or match["m2"]).casefold() if match else ""
    if match is None or month not in _MONTHS:
        return None, None
    year = int(match["y"])
    if len(match["y"]) == 2:  # arXiv began in 1991
        year += 1900 if year > 90 else 2000
    try:
        day = date(year, _MONTHS.index(month) + 1, int(match["d"] or match["d2"]))
        zone = _zone(match["zone"] or "")
        hour, minute = (int(part) for part in (match["time"] or "0:0").split(":")[:2])
        moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone) if match["time"] and zone else None
    except ValueError:
        return None, None
    return day, moment


def _unquoted(line: str) -> str:
    if line[:1] in ">|" and (mark := _QUOTE.match(line)):
        return line[mark.end() :]
    return line


def _starts_block(text: str) -> bool:
    match = _ID.fullmatch(text) if text[:1] in "aApP" else None
    return match is not None and any(map(str.isdigit, match["id"])) and not match["more"].strip()


def _is_below_id(text: str) -> bool:
    label = _LABEL.match(text)
    return bool(label and label["label"].casefold().startswith(("date", "from", "title"))) or bool(
        _REPLACED.match(text)
    )


def _read_fields(head: Sequence[tuple[int, str]]) -> Iterator[ListingField]:
    """The fields of a block; a line without a label of its own goes on with the one above."""
    current: tuple[str, list[str], int] | None = None
    margin = next((indent_of(line) for _, line in head if line.strip()), 0)
    for number, line in head:
        text = line.strip()
        # What is indented goes on, even where it begins like a field.
        found = None if not text or (current and indent_of(line) > margin) else _field_at(text)
        if found is None:
            if text and current:
                current[1].append(text)
            elif text:
                yield ListingField("", text, number)
            continue
        if current:
            yield ListingField(current[0], " ".join(current[1]).strip(), current[2])
        *notes, (name, value) = found
        yield from (ListingField(note, said, number) for note, said in notes)
        current = (name, [value], number)
    if current:
        yield ListingField(current[0], " ".join(current[1]).strip(), current[2])


def _field_at(text: str) -> list[tuple[str, str]] | None:
    """The fields that a line opens, the last of which may go on."""
    if _starts_block(text) and (match := _ID.fullmatch(text)):
        cross = match["before"] or match["behind"]
        return [*([("cross", cross)] if cross else []), ("arxiv", match["id"])]
    if match := _REPLACED.match(text):
        return [("replaced", text[: match.end()]), ("date (revised)", text[match.end() :].strip())]
    if match := _LABEL.match(text):
        name = " ".join(match["label"].casefold().split())
        return [({"author": "authors", "comment": "comments"}.get(name, name), match["value"])]
    return None


def _zone(text: str) -> timezone | None:
    if text in {"GMT", "UTC", "UT", "Z"}:
        return UTC
    if re.fullmatch(r"[+-][0-9]{4}", text):
        offset = timedelta(hours=int(text[1:3]), minutes=int(text[3:]))
        return timezone(offset if text[0] == "+" else -offset)
    return None
