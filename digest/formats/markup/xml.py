"""A stream of the records of an XML document, each parsed alone, so that a broken one costs only itself (XML 1.0).

The records are found by their tags; expat then reads each on its own. So memory holds one record at a time, and no
document type, none of its entities and none of its external files ever reaches a parser.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import Final

from digest.formats.markup.elements import Element, Fault
from digest.formats.markup.parsing import ASIDE_ENDS, Scope, declared_namespaces, parse_element, resolve_name
from digest.formats.patterns import lazily

# A record that is longer, in characters, is none.
LARGEST_RECORD: Final = 1 << 26
# So many elements around the records are kept in mind.
_DEEPEST: Final = 200

_NAME: Final = r"[^\s<>/=\"'&!?]+"
_TAG: Final = lazily(rf"<{_NAME}(?>[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+>")
_OUTSIDE: Final = re.compile(
    rf"<(?:(?P<aside>!--|!\[CDATA\[|\?)|!ENTITY\s+(?P<entity>(?:%\s+)?[^\s<>]+)|(?P<end>/?)(?P<name>{_NAME}))"
)
_PROLOG: Final = lazily(
    r"[\s\ufeff]*+(?:(?:<\?[^>]*>|<!--(?:[^-]|-(?!->))*+-->|<!DOCTYPE[^<>\[]*+(?:\[[^\]]*+\]\s*+)?>)\s*+)*+"
    rf"(?P<tag><(?P<name>{_NAME})[^<>]*+)"
)


def read_elements(
    pieces: Iterable[str], names: Collection[str], heads: Collection[str] = ()
) -> Iterator[Element | Fault]:
    """The elements of these local names, each whole, in the order of the document.

    Of an element named in `heads` (`channel`, `feed`) the start comes, as an element of its own: what stands in it
    before the first of `names`. An element within another of the same name and namespace starts a new one, for no
    list of records nests: the end of the one before is missing.

    A record that is not well-formed gives a fault, and reading goes on behind it; so does one that was never ended,
    at the end of a file that was cut. Control characters, bare `&` and `<` and entities of HTML are mended: a fault
    that is not `lost` comes before the element. Entities of a document type are refused: none is ever expanded.
    """
    return _Scanner(iter(pieces), frozenset(names), frozenset(heads)).elements()


def read_root(text: str) -> tuple[str, str] | None:
    """(local name, tag) of the element that a document starts with; none where something else stands before it."""
    found = _PROLOG.match(text)
    return (found["name"].rpartition(":")[2], found["tag"]) if found else None


@lru_cache(maxsize=64)
def _inside(name: str) -> re.Pattern[str]:
    """The tags that may end a record of that name, as written."""
    return re.compile(rf"<(?:(?P<aside>!--|!\[CDATA\[|\?)|(?P<end>/?){re.escape(name)}(?=[\s/>]))")


class _Scanner:
    """A window on the document, which grows at its end and shrinks at its start, and the place it was read up to."""

    def __init__(self, pieces: Iterator[str], names: frozenset[str], heads: frozenset[str]) -> None:
        self._pieces = pieces
        self._names = names
        self._heads = heads
        self._text = ""
        self._whole = False  # the end of the document is in the window
        self._place = 0
        self._keep: int | None = None  # the start of the record or head that is being read
        self._line, self._line_start = 1, 0  # the line of `_counted`, and where in the window it starts or would
        self._counted = 0
        self._endless: set[str] = set()  # openers of comments and the like that nothing closes
        self._entities: set[str] = set()
        self._open: list[tuple[str, Scope]] = []  # the elements around the place, as written
        self._head_depth, self._head_at = 0, (1, 1)

    def elements(self) -> Iterator[Element | Fault]:
        """What the document holds."""
        while found := self._find(_OUTSIDE):
            if found["aside"]:
                self._skip_aside(found[0])
            elif found["entity"]:
                yield from self._refuse(found["entity"])
            elif found["end"]:
                self._place = found.end()
                yield from self._close(found["name"])
            else:
                yield from self._start(found["name"])
        yield from self._end_head(len(self._text))
        if self._open:
            yield Fault(*self._at(len(self._text)), f"the file ends before </{self._open[0][0]}>")

    def _start(self, name: str) -> Iterator[Element | Fault]:
        """An element starts at the place: a record, a head, or one that stands around them."""
        local = name.rpartition(":")[2]
        tag = self._tag() or f"<{name}"
        if local in self._names:
            yield from self._end_head(self._place)
            yield from self._record(name, tag)
            return
        if local in self._heads:
            yield from self._end_head(self._place)
            self._keep, self._head_depth, self._head_at = self._place, len(self._open), self._at(self._place)
        self._place += len(tag)
        if tag.endswith("/>"):
            if local in self._heads:
                yield from self._end_head(self._place)
        elif len(self._open) < _DEEPEST:
            self._open.append((name, declared_namespaces(tag, self._scope)))

    def _close(self, name: str) -> Iterator[Element | Fault]:
        """The element of that name around the place ends, and with it what was left open in it."""
        depth = next((at for at in reversed(range(len(self._open))) if self._open[at][0] == name), None)
        if depth is None:
            return
        if self._keep is not None and depth <= self._head_depth:
            yield from self._end_head(self._place - len(name) - 2)
        del self._open[depth:]

    def _end_head(self, end: int) -> Iterator[Element | Fault]:
        """The start of a feed, which goes up to `end`, if one is being read."""
        if self._keep is None:
            return
        names = [name for name, _ in self._open[self._head_depth :]]
        text = self._text[self._keep : end]
        scope = self._open[self._head_depth - 1][1] if self._head_depth else {}
        self._keep = None
        text += "".join(f"</{name}>" for name in reversed(names))
        yield from parse_element(text, scope, *self._head_at, self._entities)

    def _record(self, name: str, tag: str) -> Iterator[Element | Fault]:
        """The record of that name that starts at the place, with that tag."""
        start = self._at(self._place)
        self._keep = self._place
        self._place += len(tag)
        scope = self._scope
        namespace = resolve_name(name, declared_namespaces(tag, scope))
        depth = 0 if tag.endswith("/>") else 1
        while depth:
            found = self._find(_inside(name))
            if found is None or self._place - self._keep > LARGEST_RECORD:
                yield self._never_ended(name, *start)
                self._keep = None
                return
            if found["aside"]:
                self._skip_aside(found[0])
                continue
            inner = self._tag() or found[0]
            if not found["end"] and resolve_name(name, declared_namespaces(inner, scope)) == namespace:
                yield Fault(*start, f"<{name}> is not ended before the next one")
                self._keep = None
                return
            self._place += len(inner)
            depth += -1 if found["end"] else not inner.endswith("/>")
        text = self._text[self._keep : self._place]
        self._keep = None
        yield from parse_element(text, scope, *start, self._entities)

    def _never_ended(self, name: str, line: int, column: int) -> Fault:
        if self._place < len(self._text):
            return Fault(line, column, f"<{name}> is longer than {LARGEST_RECORD} characters")
        self._open.clear()
        return Fault(*self._at(len(self._text)), f"the file ends within <{name}>, which starts on line {line}")

    @property
    def _scope(self) -> Scope:
        return self._open[-1][1] if self._open else {}

    def _refuse(self, entity: str) -> Iterator[Fault]:
        """Entities that the document declares: the first is told."""
        if not self._entities:
            yield Fault(*self._at(self._place), "entities of a document type are not read", lost=False)
        self._entities.add(f"{entity};")
        self._place += len("<!ENTITY")

    def _tag(self) -> str | None:
        """The whole tag at the place; none where it is broken."""
        while True:
            if found := _TAG.match(self._text, self._place):
                return found[0]
            if self._text.startswith("</", self._place) and (end := self._text.find(">", self._place)) >= 0:
                return self._text[self._place : end + 1]
            if self._whole or self._text.find("<", self._place + 1) >= 0:
                return None
            self._grow()

    def _find(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The next match, with the place moved to its start; at the end of the document none."""
        while True:
            found = pattern.search(self._text, self._place)
            if found and (self._whole or found.end() < len(self._text)):
                self._place = found.start()
                return found
            if self._whole:
                self._place = len(self._text)
                return None
            last = found.start() if found else self._text.rfind("<", self._place)
            self._place = last if last >= 0 else len(self._text)
            self._grow()

    def _skip_aside(self, opener: str) -> None:
        """Pass over a comment, an instruction or unparsed text; an opener that nothing closes is text."""
        seen = len(opener)
        while opener not in self._endless:
            closer = ASIDE_ENDS[opener]
            end = self._text.find(closer, self._place + seen)
            if end >= 0:
                self._place = end + len(closer)
                return
            if self._whole:
                self._endless.add(opener)
            else:
                seen = max(seen, len(self._text) - self._place - len(closer))
                self._grow()
        self._place += len(opener)

    def _grow(self) -> None:
        """Read on, as much again as is kept, so that a long record is copied a few times only."""
        keep = self._place if self._keep is None else self._keep
        if keep < self._place - LARGEST_RECORD:
            keep, self._keep = self._place, None
        if keep > self._counted:
            self._at(keep)
        self._counted -= keep
        self._line_start -= keep
        parts = [self._text[keep:]]
        wanted = len(parts[0])
        while wanted >= 0:
            piece = next(self._pieces, None)
            if piece is None:
                self._whole = True
                break
            parts.append(piece)
            wanted -= max(1, len(piece))
        self._text = "".join(parts)
        self._place -= keep
        if self._keep is not None:
            self._keep = 0

    def _at(self, place: int) -> tuple[int, int]:
        """The line and the column of a place in the window that is not before the last one asked for."""
        if lines := self._text.count("\n", self._counted, place):
            self._line += lines
            self._line_start = self._text.rfind("\n", self._counted, place) + 1
        self._counted = place
        return self._line, place - self._line_start + 1
