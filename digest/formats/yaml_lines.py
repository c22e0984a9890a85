"""YAML as nearly everybody writes it in front matter, read line by line at a fifth of the cost of a parser.

One key a line and a text on the same line, bare or quoted; or below it, one a line, a list of such texts or a mapping
to such; or a list or mapping between brackets. Whatever else is met (anchors, tags, escapes, a comment behind a value,
a text of many lines, a key that is there twice) is left to `yaml_events`: then there is no answer, and no harm done. An
answer is the very same, places included; a property holds the two together.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from digest.formats.patterns import lazily
from digest.formats.yaml_nodes import ListNode, MapNode, Node, ScalarNode

_new: Final = tuple.__new__  # makes a node in half the time of its class, and most of the time goes into nodes

_KEY: Final = r"([A-Za-z_][A-Za-z0-9_-]{0,99}):"
_DOUBLE: Final = r'"[^"\\\n]*+(?:\\["\\][^"\\\n]*+)*+"'
_SINGLE: Final = r"'[^'\n]*+(?:''[^'\n]*+)*+'"
# It begins with no sign that means something to YAML, and holds neither `: ` nor ` #`.
_BARE: Final = r"[^\s!\"#%&'*,:>?@`{|}\[\]-][^\n:#]*+(?:(?::(?=\S)|(?<! )#)[^\n:#]*+)*+"
_TEXT: Final = rf"({_DOUBLE}|{_SINGLE}|{_BARE})"
_PAIR: Final = lazily(rf"{_KEY}(?: ++(?:{_TEXT}|(\[[^\n]*\]|\{{[^\n]*\}}))?)? *+\n")
_BELOW: Final = lazily(rf"( ++){_KEY} ++(?:{_TEXT}|(\{{[^\n]*\}})) *+\n")
# The items of a list that lie below one another, all behind the same dash.
_ITEMS: Final = lazily(rf"( *+- ++){_TEXT} *+\n(?:\1(?:{_DOUBLE}|{_SINGLE}|{_BARE}) *+\n)*+")
_NOTHING: Final = lazily(r"(?: *+(?:#[^\n]*+)?\n)++")
_WITHIN: Final = rf"({_DOUBLE}|{_SINGLE}|-{{0,2}}[A-Za-z0-9_][^\"'\[\]{{}},:#&*!|>%@`?]*+) *+"
_BRACKETED: Final = lazily(rf" *+{_WITHIN}(,|\]\Z)")
_BRACED: Final = lazily(rf" *+{_KEY} ++{_WITHIN}(,|\}}\Z)")
_ESCAPE: Final = lazily(r"\\(.)")


def read_lines(text: str, path: str, first_line: int) -> MapNode | None:
    """The mapping that a text is; `None` where this is not the place to tell.

    The text is printable but for its line ends, and has no tabs.
    """
    return _LineReader(text, path, first_line).read()


class _LineReader:
    """Goes through a text line by line; `at` is where the next begins."""

    def __init__(self, text: str, path: str, line: int) -> None:
        self.text = text
        self.path = path
        self.line = line
        self.at = 0

    def read(self) -> MapNode | None:
        text, path = self.text, self.path
        self._pass_nothing()
        first, start = self.line, self.at
        pairs: dict[str, tuple[ScalarNode, Node]] = {}
        while match := _PAIR.match(text, self.at):
            name, written, bracketed = match.groups()
            line, begin = self.line, self.at
            self.line, self.at = line + 1, match.end()
            value: Node | None
            if written is not None:
                value = _scalar(written, path, line, match.start(2) - begin)
                self._pass_nothing()
            elif bracketed is not None:
                read = _bracketed if bracketed[0] == "[" else _braced
                value = read(bracketed, path, line, match.start(3) - begin)
                self._pass_nothing()
            else:
                value = self._read_below(line, len(name) + 1)
            if value is None or name in pairs:
                return None
            pairs[name] = _new(ScalarNode, (name, True, path, line, 1, len(name))), value
        if self.at < len(text) or not pairs:
            return None
        return MapNode(tuple(pairs.values()), path, first, 1, self._width(start))

    def _pass_nothing(self) -> None:
        """Blank lines and comments."""
        if self.text.startswith(("\n", " ", "#"), self.at) and (nothing := _NOTHING.match(self.text, self.at)):
            self.line += self.text.count("\n", self.at, nothing.end())
            self.at = nothing.end()

    def _width(self, start: int) -> int:
        """What is left of the line from a place in the text."""
        return len(self.text[start : self.text.index("\n", start)].rstrip())

    def _read_below(self, line: int, column: int) -> Node | None:
        """The list or mapping under a key without a value; where nothing is there, that."""
        self._pass_nothing()
        if match := _ITEMS.match(self.text, self.at):
            return self._read_items(match)
        if match := _BELOW.match(self.text, self.at):
            return self._read_pairs(match)
        return ScalarNode("", True, self.path, line, column + 1, 1)

    def _read_items(self, match: re.Match[str] | None) -> ListNode | None:
        lead, text, path = match[1] if match else "", self.text, self.path
        column = len(lead)
        dash = len(lead.rstrip()) - 1
        first, start = self.line, self.at + dash
        items: list[ScalarNode] = []
        while match:
            if match[1] != lead:
                return None
            lines = match[0].split("\n")
            lines.pop()
            for number, line in enumerate(lines, start=self.line):
                text, bare, width = _read_again(line[column:])
                items.append(_new(ScalarNode, (text, bare, path, number, column + 1, width)))
            self.line += len(lines)
            self.at = match.end()
            self._pass_nothing()
            match = _ITEMS.match(text, self.at)
        return ListNode(tuple(items), path, first, dash + 1, self._width(start))

    def _read_pairs(self, match: re.Match[str] | None) -> MapNode | None:
        indent, text, path = match[1] if match else "", self.text, self.path
        first, start, column = self.line, self.at + len(indent), len(indent) + 1
        pairs: dict[str, tuple[ScalarNode, Node]] = {}
        while match:
            lead, name, written, braced = match.groups()
            if lead != indent or name in pairs:
                return None
            key = ScalarNode(name, True, path, self.line, column, len(name))
            if written is not None:
                value: Node | None = _scalar(written, path, self.line, match.start(3) - self.at)
            else:
                value = _braced(braced, path, self.line, match.start(4) - self.at)
            if value is None:
                return None
            pairs[name] = key, value
            self.line, self.at = self.line + 1, match.end()
            self._pass_nothing()
            match = _BELOW.match(text, self.at)
        return MapNode(tuple(pairs.values()), path, first, column, self._width(start))


def _scalar(written: str, path: str, line: int, column: int) -> ScalarNode:
    """A text as it is written; `column` counts from 0."""
    text, bare, width = _read_text(written)
    return _new(ScalarNode, (text, bare, path, line, column + 1, width))


def _read_text(written: str) -> tuple[str, bool, int]:
    """(a text, whether it has no quotes, its width) as it is written, quotes included; blanks behind do not count."""
    written = written.rstrip(" ")
    quote, text = written[0], written
    if quote == '"':
        text = written[1:-1]
        if "\\" in text:
            text = _ESCAPE.sub(r"\1", text)
    elif quote == "'":
        text = written[1:-1].replace("''", "'")
    return text, quote not in "\"'", len(written)


_read_again: Final = lru_cache(maxsize=4096)(_read_text)  # of lists: tags and authors come again


def _bracketed(written: str, path: str, line: int, column: int) -> ListNode | None:
    items: list[ScalarNode] = []
    at = 1
    if written[1:-1].strip(" "):
        while at < len(written):
            match = _BRACKETED.match(written, at)
            if match is None:
                return None
            items.append(_scalar(match[1], path, line, column + match.start(1)))
            at = match.end()
    return ListNode(tuple(items), path, line, column + 1, len(written))


def _braced(written: str, path: str, line: int, column: int) -> MapNode | None:
    pairs: dict[str, tuple[ScalarNode, Node]] = {}
    at = 1
    if written[1:-1].strip(" "):
        while at < len(written):
            match = _BRACED.match(written, at)
            if match is None or match[1] in pairs:
                return None
            key = ScalarNode(match[1], True, path, line, column + match.start(1) + 1, len(match[1]))
            pairs[match[1]] = key, _scalar(match[2], path, line, column + match.start(2))
            at = match.end()
    return MapNode(tuple(pairs.values()), path, line, column + 1, len(written))
