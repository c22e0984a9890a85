"""The lines that close an abstract: its ids, and what is said beside or below them of venue and year."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from digest.model import Identifiers
from digest.sources.layouts.paper_lines import Detail, Line, clean_text, is_venue, read_detail, read_venue

_MARKS: Final = re.compile(
    r"\[(?P<square>[^\[\]]+)\]|\((?P<round>[^()]+)\)|(?P<mark>\*{1,3}|_{1,2})(?P<strong>\S.*?)(?P=mark)"
)
_ID: Final = re.compile(r"(?i)(?<![\w/.-])(?:arxiv:\s?|doi:\s?|PMID:\s?|https?://)[^\s\]\[)(>,;]+")
_BETWEEN: Final = " \t,;:.|·•–—-()[]<>"
_BUTTON: Final = re.compile(r"(?i)(?:arxiv )?(?:e-?print|preprint)|pdf|link|paper|available at|full text")
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
# Behind one of these an id is another paper's: "Extended version of arXiv:…".
_CITES: Final = re.compile(r"(?i)\b(?:of|to|from|in|with|see|and|as|by|at|on|overlap|supersedes|replaces)$")


def read_opening(text: str) -> tuple[str, str] | None:
    """(venue, other words) of what stands before an id in its line, if that is nothing else."""
    words = text.removeprefix("* ").strip(_BETWEEN + "→")
    if not words or _BUTTON.fullmatch(words) or _YEAR.fullmatch(words):
        return "", words
    return (clean_text(words), "") if is_venue(words) and not _CITES.search(words) else None


def read_marked_venue(line: Line) -> Detail | None:
    """A line that is nothing but a venue, in brackets or marks of emphasis or without."""
    if found := _MARKS.fullmatch(line.words):
        text = (found["square"] or found["round"] or found["strong"]).strip()
        return Detail(line, venue=clean_text(text)) if is_venue(text) else None
    return read_venue(line) if is_venue(line.words) else None


def read_below(line: Line) -> Detail | None:
    """What a line at once below an id says of the paper above it."""
    detail = read_detail(line)
    if detail and detail.identifiers == Identifiers() and (detail.venue or detail.published):
        return detail
    return read_marked_venue(line)


def read_beside(line: Line) -> Detail | None:
    """An id with a venue or a year before or behind it: `ICLR 2018 (arXiv:…)`, `arXiv:…, 2018`."""
    found = _ID.search(line.words)
    if found is None:
        return None
    detail = read_detail(Line(line.number, found[0].rstrip(".")))
    before, behind = line.words[: found.start()].strip(_BETWEEN), line.words[found.end() :].strip(_BETWEEN)
    if detail is None or detail.identifiers == Identifiers() or not (before or behind) or _CITES.search(before):
        return None
    venue = ""
    for text in filter(None, (before, behind)):
        if _YEAR.fullmatch(text):
            detail = replace(detail, noise=f"{detail.noise} ({text})".strip())
        elif venue or not is_venue(text):
            return None
        else:
            venue = clean_text(text)
    return replace(detail, line=line, venue=venue)
