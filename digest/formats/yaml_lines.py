"""YAML as nearly everybody writes it in front matter, read line by line at a fifth of the cost of a parser.

One key a line and a text on the same line, bare or quoted; or below it, one a line, a list of such texts or a mapping
to such; or a list or mapping between brackets. Whatever else is met (anchors, tags, escapes, a comment behind a value,
a text of many lines, a key that is there twice) is left to `yaml_events`: then there is no answer, and no harm done. An
answer is the very same, places included; a property holds the two together.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from digest.formats.patterns import lazily
from digest.formats.yaml_nodes import ListNode, MapNode, Node, ScalarNode

_new: Final = tuple.__new__  # makes a node in half the time of its class, and most of the time goes into nodes

_NAME: Final = r"[A-Za-z_][A-Za-z0-9_-]{0,99}"
_DOUBLE: Final = r'"[^"\\\n]*+(?:\\["\\][^"\\\n]*+)*+"'
_SINGLE: Final = r"'[^'\n]*+(?:''[^'\n]*+)*+'"
_KEY: Final = lazily(_NAME)
_QUOTED: Final = lazily(rf"{_DOUBLE}|{_SINGLE}")
_WITHIN: Final = rf"({_DOUBLE}|{_SINGLE}|-{{0,2}}[A-Za-z0-9_][^\"'\[\]{{}},:#&*!|>%@`?]*+) *+"
_BRACKETED: Final = lazily(rf" *+{_WITHIN}(,|\]\Z)")
_BRACED: Final = lazily(rf" *+({_NAME}): ++{_WITHIN}(,|\}}\Z)")
_ESCAPE: Final = lazily(r"\\(.)")
# No bare text begins with one of them: most mean something to YAML.
_SIGNS: Final = frozenset("!\"#%&'*,:>?@`{|}[]- \xa0")


def read_lines(text: str, path: str, first_line: int) -> MapNode | None:
    """The mapping that a text is; `None` where this is not the place to tell.

    The text is printable but for its line ends, and has no tabs.
    """
    lines = text.split("\n")
    return None if lines.pop() else _LineReader(lines, path, first_line).read()


class _LineReader:
    """Goes through a text line by line; `at` is the next, counted from 0."""

    def __init__(self, lines: list[str], path: str, first_line: int) -> None:
        self.lines = lines
        self.path = path
        self.first_line = first_line
        self.at = 0

    def read(self) -> MapNode | None:
        lines, path, first_line = self.lines, self.path, self.first_line
        pairs: dict[str, tuple[ScalarNode, Node]] = {}
        while self.at < len(lines):
            line, number = lines[self.at], first_line + self.at
            self.at += 1
            name, _, rest = line.partition(":")
            if not _is_key(name) or len(name) == len(line) or name in pairs:
                if _is_nothing(line):
                    continue
                return None
            written = rest.lstrip(" ")
            value: Node | None
            if not written:
                value = self._read_below(number, len(name) + 1)
            elif len(written) == len(rest):  # no blank behind the colon
                return None
            else:
                value = _read_value(written, path, number, len(line) - len(written))
            if value is None:
                return None
            pairs[name] = _new(ScalarNode, (name, True, path, number, 1, len(name))), value
        if not pairs:
            return None
        first = next(iter(pairs.values()))[0].line
        return MapNode(tuple(pairs.values()), path, first, 1, len(lines[first - first_line].rstrip()))

    def _read_below(self, line: int, column: int) -> Node | None:
        """The list or mapping under a key without a value; where nothing is there, that."""
        lines = self.lines
        while self.at < len(lines) and _is_nothing(lines[self.at]):
            self.at += 1
        follows = lines[self.at] if self.at < len(lines) else ""
        text = follows.lstrip(" ")
        if text.startswith("-"):
            return self._read_items(len(follows) - len(text), len(follows) - len(text[1:].lstrip(" ")))
        if len(text) < len(follows):
            return self._read_pairs(len(follows) - len(text))
        return ScalarNode("", True, self.path, line, column + 1, 1)

    def _read_items(self, dash: int, column: int) -> ListNode | None:
        """The items of a list, one a line, whose texts begin at the same column behind the same dash."""
        lines, path, first_line, start = self.lines, self.path, self.first_line, self.at
        lead = lines[start][:column]
        if lead.endswith("-"):
            return None
        items: list[ScalarNode] = []
        for at in range(start, len(lines)):
            line = lines[at]
            if line.startswith(lead):
                read = _read_again(line[column:])
                if read is None:
                    return None
                text, bare, width = read
                items.append(_new(ScalarNode, (text, bare, path, first_line + at, column + 1, width)))
            elif not _is_nothing(line):
                self.at = at
                break
        else:
            self.at = len(lines)
        return ListNode(tuple(items), path, first_line + start, dash + 1, len(lines[start].rstrip()) - dash)

    def _read_pairs(self, indent: int) -> MapNode | None:
        """The keys of a mapping, one a line, each with a text or with a mapping between braces."""
        lines, path, first_line, start = self.lines, self.path, self.first_line, self.at
        lead = lines[start][:indent]
        pairs: dict[str, tuple[ScalarNode, Node]] = {}
        for at in range(start, len(lines)):
            line = lines[at]
            if _is_nothing(line):
                continue
            if not line.startswith(lead):
                self.at = at
                break
            name, _, rest = line[indent:].partition(":")
            written = rest.lstrip(" ")
            if not _is_key(name) or name in pairs or len(written) in {0, len(rest)} or written[0] == "[":
                return None
            value = _read_value(written, path, first_line + at, len(line) - len(written))
            if value is None:
                return None
            pairs[name] = ScalarNode(name, True, path, first_line + at, indent + 1, len(name)), value
        else:
            self.at = len(lines)
        return MapNode(tuple(pairs.values()), path, first_line + start, indent + 1, len(lines[start].rstrip()) - indent)


def _is_key(name: str) -> bool:
    return (name.isidentifier() and name.isascii() and len(name) <= 100) or _KEY.fullmatch(name) is not None


def _is_nothing(line: str) -> bool:
    """Whether a line is blank or a comment."""
    return not line or (line[0] in " #" and line.lstrip(" ")[:1] in {"", "#"})


def _read_value(written: str, path: str, line: int, column: int) -> Node | None:
    """A value that stands on the line of its key; `column` counts from 0."""
    if read := _read_text(written):
        text, bare, width = read
        return _new(ScalarNode, (text, bare, path, line, column + 1, width))
    written = written.rstrip(" ")
    if written[0] == "[" and written[-1] == "]":
        return _bracketed(written, path, line, column)
    if written[0] == "{" and written[-1] == "}":
        return _braced(written, path, line, column)
    return None


def _read_text(written: str) -> tuple[str, bool, int] | None:
    """(a text, whether it has no quotes, its width) as it is written, quotes included; blanks behind do not count."""
    written = written.rstrip(" ")
    sign = written[:1]
    if sign not in _SIGNS:
        if not written or ": " in written or " #" in written or written[-1] == ":":
            return None
        return written, True, len(written)
    if sign != '"' and sign != "'":
        return None
    text = written[1:-1]
    if sign in text or "\\" in text or written[-1] != sign or len(written) == 1:  # few: quotes within, or it never ends
        if not _QUOTED.fullmatch(written):
            return None
        text = _ESCAPE.sub(r"\1", text) if sign == '"' else text.replace("''", "'")
    return text, False, len(written)


_read_again: Final = lru_cache(maxsize=4096)(_read_text)  # of lists: tags and authors come again


def _bracketed(written: str, path: str, line: int, column: int) -> ListNode | None:
    items: list[ScalarNode] = []
    at = 1
    if written[1:-1].strip(" "):
        while at < len(written):
            match = _BRACKETED.match(written, at)
            if match is None:
                return None
            items.append(_within(match[1], path, line, column + match.start(1)))
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
            pairs[match[1]] = key, _within(match[2], path, line, column + match.start(2))
            at = match.end()
    return MapNode(tuple(pairs.values()), path, line, column + 1, len(written))


def _within(written: str, path: str, line: int, column: int) -> ScalarNode:
    """A text between brackets as it is written, which their pattern has looked at; `column` counts from 0."""
    read = _read_text(written)
    text, bare, width = read or (written.rstrip(" "), True, len(written.rstrip(" ")))  # `--red` is none of a line
    return ScalarNode(text, bare, path, line, column + 1, width)
