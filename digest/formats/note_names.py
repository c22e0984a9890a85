"""The line below the title of a note that says who wrote the paper, and perhaps where and when it came out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from digest.formats import author_lines
from digest.formats.name_lists import are_surely_authors
from digest.formats.patterns import lazily
from digest.formats.venues import is_known_venue, parse_published

_YEAR: Final = lazily(r"\s*[(,]?\s*(?P<year>(?:19|20)\d{2})\)?[\s.]*$")
_STOP: Final = lazily(r"(?<=[^\W\d_]{3})\.\s+(?=[A-Z])")
# `By DeepMind crew: …`
_CREW: Final = lazily(
    r"(?i)(?:\*\*)?by:? (?:the )?(?:[^\s:,]+ ){0,4}(?:crew|group|team|folks|people|lab)\s*:\s*(?:\*\*)?"
)
# `…, **Google Research**.`
_PLACE: Final = lazily(r",\s*(?:\*\*|__)(?P<place>[^*_]{3,60})(?:\*\*|__)[\s.]*$")


@dataclass(frozen=True, slots=True)
class NoteNames:
    """Names as they are written, and what the line says beyond them."""

    names: str
    venue: str = ""
    year: str = ""


def read_note_names(text: str) -> NoteNames | None:
    """The names of a line that holds nothing else but a venue and a year; nothing where it may be a text."""
    text = _PLACE.sub("", _CREW.sub("", text)).removesuffix("**").strip()
    venue = year = ""
    if stop := next((found for found in _STOP.finditer(text) if _is_venue(text[found.end() :])), None):
        text, venue = text[: stop.start()], text[stop.end() :].strip()
    elif dated := _YEAR.search(text):
        text, year = text[: dated.start()].rstrip(" ,"), dated["year"]
        names, _, last = text.rpartition(",")
        if names and are_surely_authors(f"{names}, et al.") and _is_known(last.strip()):
            text, venue = names, f"{last.strip()} {year}"
    elif (last := text.rpartition(",")[2].strip()) and _is_short_venue(last):
        text, venue = text.rpartition(",")[0], last
    many = author_lines.parse_authors(text).names
    sure = author_lines.is_author_line(text) and (len(many) > 1 or len(text.split()) in {2, 3})
    return NoteNames(text, venue, year) if sure else None


def _is_venue(text: str) -> bool:
    return bool(re.search(r"\b(?:19|20)\d\d\b", text) or parse_published(text.strip(" .")))


def _is_short_venue(text: str) -> bool:
    """`arXiv`, `NIPS`, `CVPR16`."""
    word = re.sub(r"['’]?\d{2,4}$", "", text)
    return word.casefold() == "arxiv" or (" " not in word and is_known_venue(word))


def _is_known(text: str) -> bool:
    """Whether the words before a year are a venue, not one more name."""
    one = len(text.split()) == 1 and sum(map(str.isupper, text)) > 1
    return one or text.casefold() == "arxiv" or is_known_venue(text)
