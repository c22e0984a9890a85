"""What the lines of a page say and no paper of it has: marks of HTML, labels, addresses, the prose around."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from digest.model import Document, Identifiers, Item, Noise, Span
from digest.sources.lists.paper_shapes import Entry

_WORD: Final = re.compile(r"[^\W\d_]+|\d+")


def unkept_noise(document: Document, entries: Sequence[Entry]) -> Iterator[Noise]:
    """The lines of no paper, and what the lines of a paper say that it has not: marks of HTML, labels, addresses."""
    lines = document.text.split("\n")
    place = 1
    for entry in sorted(entries, key=lambda entry: entry.first):
        yield from _between(document.name, lines, place, entry.first)
        start = max(place, entry.first)
        words = _WORD.findall("\n".join(lines[start - 1 : entry.last])) if entry.last >= start else []
        kept = Counter(word.casefold() for text in _texts(entry.item) for word in _WORD.findall(text))
        left: list[str] = []
        for word in words:
            if kept[word.casefold()] > 0:
                kept[word.casefold()] -= 1
            else:
                left.append(word)
        if left:
            yield Noise(Span(document.name, entry.first), " ".join(left))
        place = max(place, entry.last + 1)
    yield from _between(document.name, lines, place, len(lines) + 1)


def _between(path: str, lines: Sequence[str], first: int, last: int) -> Iterator[Noise]:
    text = "\n".join(lines[first - 1 : last - 1]).strip()
    if text:
        yield Noise(Span(path, first), text)


def _texts(item: Item) -> Iterator[str]:
    yield from (item.title, item.body, item.venue, *item.authors)
    for name, address in item.links:
        yield from (name, address)
    yield from _names(item.identifiers)


def _names(names: Identifiers) -> Iterator[str]:
    if names.arxiv:
        yield f"arXiv {names.arxiv}" + (f"v{names.version}" if names.version else "")
    if names.doi:
        yield f"doi {names.doi}"
