"""What a YAML text holds, with its places: texts, lists and mappings.

Made by the thousand, so each keeps its place as numbers, and makes a `Span` of them for who asks. Items and keys that
lie below one another are themselves made for who asks: nearly nobody wants more than their texts.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from operator import itemgetter

from digest.formats.patterns import lazily
from digest.model import NamedTuple, PartialDate, Span

Plain = bool | int | float | str | date | PartialDate | Sequence["Plain"] | Mapping[str, "Plain"] | None

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_INTEGER = lazily(r"-?(?:0|[1-9][0-9]{0,17})")
_NUMBER = lazily(r"-?[0-9][0-9.e+-]*")
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


class ScalarNode(NamedTuple):
    """A scalar as its source writes it; only a `bare` one, without quotes, may be null, a boolean or a number."""

    text: str
    bare: bool
    path: str
    line: int
    column: int
    width: int

    @property
    def span(self) -> Span:
        """Where it is written."""
        return Span(self.path, self.line, self.column, self.width)

    @property
    def value(self) -> bool | int | float | str | None:
        """What the text means where no key says its type; numbers only where nothing of the writing is lost."""
        if not self.bare:
            return self.text
        if self.text in NULLS:
            return None
        if self.text in _BOOLEANS:
            return _BOOLEANS[self.text]
        if _INTEGER.fullmatch(self.text) and self.text != "-0":
            return int(self.text)
        if _NUMBER.fullmatch(self.text) and _is_canonical_float(self.text):
            return float(self.text)
        return self.text

    @property
    def empty(self) -> bool:
        """Whether nothing is written there: `key:`, `key: ~`, `key: null`."""
        return self.bare and self.text in NULLS


class ItemRead(NamedTuple):
    """A text of a list as it is written on a line of its own, behind its `lead`; `clean` if it is shown as it is."""

    lead: str
    text: str
    bare: bool
    width: int
    clean: bool


_TEXT, _CLEAN = itemgetter(1), itemgetter(4)


class ItemLines(Collection["Node"]):
    """The items of a list that lie below one another, all behind the same dash."""

    __slots__ = ("column", "lines", "path", "read")

    def __init__(self, read: Sequence[ItemRead], path: str, lines: Sequence[int], column: int) -> None:
        self.read = read
        self.path = path
        self.lines = lines
        self.column = column

    def __iter__(self) -> Iterator[Node]:
        """Every item."""
        for (_, text, bare, width, _), line in zip(self.read, self.lines, strict=True):
            yield ScalarNode(text, bare, self.path, line, self.column, width)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.read)

    def __contains__(self, item: object) -> bool:
        """Whether one is the same, place included."""
        return item in tuple(self)


class KeyLines(Collection[tuple[ScalarNode, "Node"]]):
    """The keys of a mapping that lie below one another, with their values."""

    __slots__ = ("column", "lines", "path", "values")

    def __init__(self, values: Mapping[str, Node], path: str, lines: Sequence[int], column: int) -> None:
        self.values = values
        self.path = path
        self.lines = lines
        self.column = column

    def __iter__(self) -> Iterator[tuple[ScalarNode, Node]]:
        """Every key with its value."""
        for (name, value), line in zip(self.values.items(), self.lines, strict=True):
            yield ScalarNode(name, True, self.path, line, self.column, len(name)), value

    def __len__(self) -> int:
        """How many there are."""
        return len(self.values)

    def place_of(self, name: str) -> Span | None:
        """Where a key is written, if it is."""
        if name not in self.values:
            return None
        return Span(self.path, self.lines[tuple(self.values).index(name)], self.column, len(name))

    def __contains__(self, pair: object) -> bool:
        """Whether one is the same, place included."""
        return pair in tuple(self)


class ListNode(NamedTuple):
    """A list and its place."""

    items: Collection[Node]
    path: str
    line: int
    column: int
    width: int

    @property
    def span(self) -> Span:
        """Where it begins."""
        return Span(self.path, self.line, self.column, self.width)

    @property
    def clean_texts(self) -> tuple[str, ...] | None:
        """The texts of a list of nothing else, all of which are shown as they are; `None` where one must look."""
        items = self.items
        if isinstance(items, ItemLines) and all(map(_CLEAN, items.read)):
            return tuple(map(_TEXT, items.read))
        return None


class MapNode(NamedTuple):
    """A mapping in the order of its source; no key twice."""

    pairs: Collection[tuple[ScalarNode, Node]]
    path: str
    line: int
    column: int
    width: int

    @property
    def span(self) -> Span:
        """Where it begins."""
        return Span(self.path, self.line, self.column, self.width)

    @property
    def values(self) -> Mapping[str, Node]:
        """The values by their keys."""
        pairs = self.pairs
        return pairs.values if isinstance(pairs, KeyLines) else {key.text: node for key, node in pairs}

    def get(self, name: str) -> Node | None:
        """The value of a key, if it is there."""
        return self.values.get(name)

    def place_of(self, name: str) -> Span | None:
        """Where a key is written, if it is."""
        if isinstance(self.pairs, KeyLines):
            return self.pairs.place_of(name)
        return next((key.span for key, _ in self.pairs if key.text == name), None)


Node = ScalarNode | ListNode | MapNode


def plain(node: Node) -> Plain:
    """The values without their places; dates stay text."""
    if isinstance(node, ScalarNode):
        return node.value
    if isinstance(node, ListNode):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.pairs}


def _is_canonical_float(text: str) -> bool:
    try:
        return math.isfinite(number := float(text)) and repr(number) == text
    except ValueError:
        return False
