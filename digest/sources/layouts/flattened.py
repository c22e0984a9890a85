"""Flattened summaries: `[link]` lines, each followed by a summary whose Markdown was squeezed into one line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from digest.formats import unflattening
from digest.model import Document, Item, Noise, Reading, Span
from digest.sources.layouts.own_paper import find_own_paper

# "[link]" opens a summary; "[link](…)", "[link]: …" and "[link][…]" are Markdown.
_OPENING: Final = re.compile(r"(?im)(?:^[ \t\ufeff]*|(?<=[ \t]\|)[ \t]+)\[link\](?![(\[:])[ \t]*")
_HEADER: Final = re.compile(r"(?im)^[^\w\n]*welcome to shortscience\.org\b")
# Page noise where it is a whole line, a bar at its end aside.
_NOISE_LINE: Final = re.compile(
    r"""\W*(?:
    \d+\ comments? | [+-]?\d{1,5} | [+-]?\d{1,5}\ (?:votes?|points?|likes?|views?)
    | sign\ (?:in|up|out) | log\ ?(?:in|out) | register | about(?:\ shortscience\.org)? | home | search | menu | bio
    | share | edit | reply | report | more | less | show\ more | read\ more | add\ to\ collection | add\ (?:a\ )?comment
    | sign\ in\ with\ \w+ | your\ comment | preview | submit | cancel | loading | privacy(?:\ policy)? | terms
    | send\ feedback | contact | about\ us | rss(?:\ feed)? | twitter | facebook | newest | popular | top | add\ summary
    | welcome\ to\ shortscience\.org | shortscience\.org(?:\ -\ making\ science\ accessible)?
    | you\ must\ log\ in\ before\ you\ can\ (?:post\ this\ comment|submit\ this\ summary)
    )?\W*""",
    re.IGNORECASE | re.VERBOSE,
)
_TAIL: Final = re.compile(
    r"(?:(?:(?<=[.!?)\]\"'`*])|^)[ \t]*(?P<comments>\d{1,5} Comments?))?[ \t]*(?:(?<!\S)\|[ \t]*)?\Z"
)
# In words: what stands before the first `[link]` and is longer is a summary that lost its own.
_LONGEST_NOISE: Final = 25
# In characters: no line of page noise is longer, and the pattern never sees more.
_WIDEST_NOISE: Final = 120


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the document, or what follows `[link]` in it."""

    number: int
    column: int
    text: str

    def span(self, name: str) -> Span:
        return Span(name, self.number, self.column, max(1, len(self.text)))


class Flattened:
    """The source of flattened summaries."""

    name: Final = "flattened-summaries"

    def recognise(self, document: Document) -> float:
        """How surely the document is of this layout: `[link]` opens its parts, bars end them."""
        text = document.text
        if re.match(r"\s*(?:<[!?a-zA-Z]|@\w+\s*\{|\{)", text):
            return 0.0
        openings = [found.end() for found in _OPENING.finditer(text)]
        if not openings:
            return 0.0
        if _HEADER.search(text, 0, openings[0]):
            return 1.0
        bars = len(re.findall(r"(?m)(?:^|[ \t])\|[ \t]*$", text))
        words = len(text.split())
        if len(openings) == 1:
            first = not text[: openings[0]].replace("\ufeff", "").strip().casefold().removeprefix("[link]")
            return (0.95 if bars else 0.6) if first and words > 12 else 0.1
        if words < 8 * len(openings):
            return 0.2
        return 1.0 if bars else 0.9

    def read(self, document: Document) -> Reading:
        """One summary for each `[link]`, its Markdown restored."""
        items: list[Item] = []
        noise: list[Noise] = []
        for part in _parts(document.text):
            kept, dropped = _sort_out(part)
            noise += [Noise(line.span(document.name), line.text.strip()) for line in dropped]
            if not kept:
                continue
            body = _restore([line.text for line in kept])
            own, address, month = find_own_paper(body)
            links = (("paper", address),) if address else ()
            span = kept[0].span(document.name)
            items.append(Item("summary", body, span, published=month, identifiers=own, links=links))
        return Reading(tuple(items), tuple(noise))


@dataclass(frozen=True, slots=True)
class _Part:
    """What stands before the first `[link]`, or after one."""

    lines: tuple[_Line, ...]
    opening: _Line | None


def _parts(text: str) -> Iterator[_Part]:
    openings = list(_OPENING.finditer(text))
    starts = [(found.start(), found.end()) for found in openings]
    ends = [*(start for start, _ in starts), len(text)]
    number, line_start, done = 1, 0, 0
    for place, (start, end) in enumerate([(0, 0), *starts]):
        number += text.count("\n", done, end)
        line_start = text.rfind("\n", 0, end) + 1
        done = end
        lines = []
        for offset, line in enumerate(text[end : ends[place]].split("\n")):
            column = end - line_start + 1 if offset == 0 else 1
            lines.append(_Line(number + offset, column, line.rstrip("\r")))
        mark = text[start:end].strip(" \t\ufeff\n")
        opening = _Line(number, end - line_start - len(text[start:end].lstrip()) + 1, mark) if place else None
        yield _Part(tuple(lines), opening)


def _sort_out(part: _Part) -> tuple[list[_Line], list[_Line]]:
    """The lines of the summary, and the page noise around them."""
    kept: list[_Line] = []
    dropped: list[_Line] = [part.opening] if part.opening else []
    for line in part.lines:
        if not line.text.strip():
            continue
        if len(line.text) <= _WIDEST_NOISE and _NOISE_LINE.fullmatch(line.text) and not _is_content(line.text):
            dropped.append(line)
        else:
            kept.append(line)
    if part.opening is None and _is_page_header(kept):
        return [], sorted([*dropped, *kept], key=lambda line: (line.number, line.column))
    if kept:
        last = kept[-1]
        text = last.text.rstrip()
        before = max(0, len(text) - _WIDEST_NOISE)
        tail = _TAIL.search(text[before:])
        if tail and tail[0].strip():
            place = before + tail.start() + len(tail[0]) - len(tail[0].lstrip())
            dropped.append(_Line(last.number, last.column + place, tail[0].strip()))
            kept[-1] = _Line(last.number, last.column, text[: before + tail.start()])
    dropped.sort(key=lambda line: (line.number, line.column))
    return kept, dropped


def _is_content(line: str) -> bool:
    """A rule, or the marks of a fence or a formula, is no noise though it has no word."""
    return bool(re.match(r"\s*(?:[-*_=`~]{3,}|\$\$|\|.*\|)", line)) and not re.search(r"\w", line)


def _is_page_header(lines: list[_Line]) -> bool:
    """Whether what stands before the first `[link]` is the page's and no summary: short, or about the site."""
    text = " ".join(line.text for line in lines)
    return len(text.split()) <= _LONGEST_NOISE or "shortscience.org" in text.casefold()


def _restore(lines: list[str]) -> str:
    """The Markdown of a summary; lines that were never squeezed stay as they are."""
    restored = [unflattening.restore_markdown(line).rstrip("\n") for line in lines]
    if len(lines) > 1 and all("\n" not in text for text in restored):
        return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"
    return "\n\n".join(text for text in restored if text) + "\n"


SOURCE: Final = Flattened()
