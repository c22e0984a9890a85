"""What a YAML text holds, with its places: texts, lists and mappings.

Made by the thousand, so each keeps its place as numbers, and makes a `Span` of them for who asks.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from digest.formats.patterns import lazily
from digest.model import PartialDate, Span

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


class ListNode(NamedTuple):
    """A list and its place."""

    items: tuple[Node, ...]
    path: str
    line: int
    column: int
    width: int

    @property
    def span(self) -> Span:
        """Where it begins."""
        return Span(self.path, self.line, self.column, self.width)


class MapNode(NamedTuple):
    """A mapping in the order of its source; no key twice."""

    pairs: tuple[tuple[ScalarNode, Node], ...]
    path: str
    line: int
    column: int
    width: int

    @property
    def span(self) -> Span:
        """Where it begins."""
        return Span(self.path, self.line, self.column, self.width)

    def get(self, name: str) -> Node | None:
        """The value of a key, if it is there."""
        for key, node in self.pairs:
            if key.text == name:
                return node
        return None


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
