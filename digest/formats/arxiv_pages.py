"""What pages of arXiv that list papers say around them: the day, the section; the fields by their labels.

Shape: the templates of arXiv's own site (arxiv-browse), now and before 2024.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from digest.formats import identifiers
from digest.formats.patterns import lazily

Section = Literal["", "new", "cross", "replace"]

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY: Final = lazily(r"(?P<d>[0-9]{1,2})\s+(?P<m>[A-Za-z]{3})[a-z]*\.?,?\s+(?P<y>[0-9]{4}|[0-9]{2})(?![0-9])")
_WEEKDAY: Final = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?"
_DATED: Final = lazily(
    rf"(?:showing new listings for|(?:new )?submissions for|cross-lists for|replacements for|catchup results for .+ on"
    rf"|total of [0-9,]+ entries for)\s+(?:{_WEEKDAY},?\s+)?(?=[0-9])|{_WEEKDAY},\s+(?=[0-9]{{1,2}}\s)",
    re.IGNORECASE,
)
_SECTIONS: Final = (
    ("new", re.compile(r"(?i)new submissions\b")),
    ("cross", re.compile(r"(?i)cross[- ](?:submissions|lists|listings)\b")),
    ("replace", re.compile(r"(?i)replacement(?: submission)?s\b")),
)
_SECTIONS_ALONE: Final = lazily(r"(?i)(?:new|cross|replacement) submissions|cross-lists|replacements")
_SHOWING: Final = lazily(
    r"\((?:continued,\s*)?showing(?:\s+(?:first|last))?\s+(?:[0-9,]+\s+through\s+)?[0-9,]+\s+of\s+[0-9,]+\s+entries\s*\)"
)
_LABEL: Final = lazily(
    r"(?i)(?P<label>title|authors?|comments?|journal[- ]ref(?:erence)?|report[- ](?:no|number)|subjects?"
    r"|msc[- ]class(?:es)?|acm[- ]class(?:es)?|(?:related )?doi|abstract)\s*:\s*"
)
_LABEL_NAMES: Final = {
    "author": "authors", "comment": "comments", "subject": "subjects", "journal-reference": "journal-ref",
    "report-number": "report-no", "msc-classes": "msc-class", "acm-classes": "acm-class",
}  # fmt: skip
_CATEGORY: Final = lazily(r"\((?P<code>[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z]{2}|\.[a-z]+(?:-[a-z]+)*)?)\)")
_VERSION: Final = lazily(r"/(?:html|pdf|abs)/(?P<id>[^?#\s]+?)(?:\.pdf)?$")

# The names that details of a paper have.
DETAIL_NAMES: Final = {
    "comments": "comment", "report-no": "report", "msc-class": "msc", "acm-class": "acm", "related-doi": "related-doi",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heading:
    """What a line between the papers says of those below it; `day` and `section` as far as it does."""

    day: date | None = None
    section: Section = ""


def read_heading(text: str) -> Heading | None:
    """What a heading says; nothing for any other line."""
    text = " ".join(text.split())
    if len(text) > 160:
        return None
    section: Section = ""
    for name, form in _SECTIONS:
        if form.match(text):
            section = name  # type: ignore[assignment] # the names in the table are sections
    dated = _DATED.search(text)
    day = read_day(text[dated.end() :]) if dated and (section or dated.start() < 4 or "listings" in text) else None
    if day is None and not (section and (_SHOWING.search(text) or _SECTIONS_ALONE.fullmatch(text))):
        return None
    return Heading(day, section)


def read_day(text: str) -> date | None:
    """The first day in a text: `20 September 2024`, `20 Sep 24`."""
    match = _DAY.search(text)
    if match is None or match["m"].casefold() not in _MONTHS:
        return None
    year = int(match["y"])
    if len(match["y"]) == 2:  # arXiv began in 1991
        year += 1900 if year > 90 else 2000
    try:
        return date(year, _MONTHS.index(match["m"].casefold()) + 1, int(match["d"]))
    except ValueError:
        return None


def split_label(text: str) -> tuple[str, str]:
    """(label, value) of `Comments: 12 pages`; no label where there is none that arXiv uses."""
    match = _LABEL.match(text)
    if match is None:
        return "", text
    label = match["label"].casefold().replace(" ", "-")
    return _LABEL_NAMES.get(label, label), text[match.end() :]


def category_codes(subjects: str) -> str:
    """`Computation and Language (cs.CL); Machine Learning (stat.ML)` as `cs.CL stat.ML`."""
    return " ".join(dict.fromkeys(found["code"] for found in _CATEGORY.finditer(subjects)))


def version_in(address: str, arxiv: str) -> int | None:
    """The version in an address of the paper of that id."""
    match = _VERSION.search(address)
    parsed = identifiers.parse_arxiv(match["id"]) if match else None
    return parsed[1] if parsed and parsed[0] == arxiv else None
