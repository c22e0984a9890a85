"""Nothing goes unseen: every word of a document is in an item or in the noise, whatever its source says."""

from __future__ import annotations

import bisect
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Final

from digest.formats import dates
from digest.model import Document, Item, PartialDate, Problem, Reading, Span

# Letters and digits apart: `arXiv:1804.00222In practice` holds the word `In`.
_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_SHOWN: Final = 12


def account_for(document: Document, reading: Reading) -> Problem | None:
    """DG305 with the first words that are in no item and in no noise, if there are any."""
    kept = [_fold(word) for text in _kept_texts(reading) for word in _WORD.findall(text)]
    words = [(_fold(found[0]), found.start(), found.end()) for found in _told(document.text, _days(reading))]
    missing = Counter(word for word, _, _ in words)
    missing.subtract(kept)
    total = sum(count for count in missing.values() if count > 0)
    if not total:
        return None
    first = _first_lost([word for word, _, _ in words], kept, missing)
    last = first
    while last + 1 < len(words) and last - first < _SHOWN - 1 and missing[words[last + 1][0]] > 0:
        last += 1
    start, end = words[first][1], words[last][2]
    lost = " ".join(document.text[start:end].split())
    line = document.text.count("\n", 0, start) + 1
    column = start - (document.text.rfind("\n", 0, start) + 1) + 1
    width = max(1, min(end, _line_end(document.text, start)) - start)
    return Problem(
        "error",
        "DG305",
        f'{total} {"word" if total == 1 else "words"} would be lost, first "{lost}"',
        Span(document.name, line, column, width),
        "try another --format; if none fits, please report the layout as a bug of digest",
    )


def _told(text: str, days: set[str]) -> Iterator[re.Match[str]]:
    """The words of a text but for the lines that state a date which an item has."""
    dated = list(_dated_lines(text, days))
    starts = [start for start, _ in dated]
    for found in _WORD.finditer(text):
        place = bisect.bisect_right(starts, found.start()) - 1
        if place < 0 or found.start() >= dated[place][1]:
            yield found


def _dated_lines(text: str, days: set[str]) -> Iterator[tuple[int, int]]:
    start = 0
    lines = text.split("\n") if days else []
    order = dates.find_order(lines)
    for line in lines:
        # No date is so long.
        if 0 < len(line) <= 100 and str(dates.parse_date_line(line, day_first=order)) in days:
            yield start, start + len(line)
        start += len(line) + 1


def _days(reading: Reading) -> set[str]:
    """Every date that an item states, as ISO text of any precision."""
    stated: set[date | PartialDate | None] = set()
    for item in reading.items:
        stated |= {item.day, item.published, item.updated}
    return {str(day) for day in stated if day is not None}


def _kept_texts(reading: Reading) -> Iterator[str]:
    for item in reading.items:
        yield from _item_texts(item)
    for noise in reading.noise:
        yield noise.text


def _item_texts(item: Item) -> Iterator[str]:
    """Every text of an item, its identifiers with the marks that they stand behind."""
    yield from (item.title, item.body, item.summary, item.venue, item.lang, item.license, *item.authors, *item.tags)
    yield from (text for _, text in item.details)
    for name, address in item.links:
        yield name
        yield address
    names = item.identifiers
    if names.arxiv:
        version = f"v{names.version}" if names.version else ""
        yield f"arXiv {names.arxiv}{version}"
    if names.doi:
        yield f"doi {names.doi}"
    if names.pmid:
        yield f"pmid {names.pmid}"
    if names.openreview:
        yield f"openreview {names.openreview}"


def _first_lost(words: list[str], kept: list[str], missing: Counter[str]) -> int:
    """The place of the first word that is lost: one that is missing, and stands in company that was not kept."""
    company = set(itertools.pairwise(kept))
    fallback = -1
    for place, word in enumerate(words):
        if missing[word] <= 0:
            continue
        before = place > 0 and (words[place - 1], word) in company
        after = place + 1 < len(words) and (word, words[place + 1]) in company
        if not before and not after:
            return place
        fallback = place if fallback < 0 else fallback
    return fallback


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _fold(word: str) -> str:
    return word.casefold()
