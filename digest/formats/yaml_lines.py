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
from digest.formats.yaml_nodes import ItemLines, ItemRead, KeyLines, ListNode, MapNode, Node, ScalarNode

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
_QUOTES: Final = frozenset("\"'")


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
        values: dict[str, Node] = {}
        numbers: list[int] = []
        while self.at < len(lines):
            line, number = lines[self.at], first_line + self.at
            self.at += 1
            name, _, rest = line.partition(":")
            if len(name) == len(line) or not _is_key(name) or name in values:
                if _is_nothing(line):
                    continue
                return None
            value = _read_value(rest, path, number, len(line)) if rest else None
            if value is None:
                if rest.strip(" "):
                    return None
                value = self._read_below(number, len(name) + 1)
                if value is None:
                    return None
            values[name] = value
            numbers.append(number)
        if not values:
            return None
        width = len(lines[numbers[0] - first_line].rstrip())
        return _new(MapNode, (KeyLines(values, path, numbers, 1), path, numbers[0], 1, width))

    def _read_below(self, line: int, column: int) -> Node | None:
        """The list or mapping under a key without a value; where nothing is there, that."""
        lines = self.lines
        while self.at < len(lines) and _is_nothing(lines[self.at]):
            self.at += 1
        follows = lines[self.at] if self.at < len(lines) else ""
        if follows and follows[0] in " -":
            return self._read_items(follows) or self._read_pairs(follows)
        return ScalarNode("", True, self.path, line, column + 1, 1)

    def _read_items(self, first: str) -> ListNode | None:
        """The items of a list, one a line, whose texts begin at the same column behind the same dash."""
        lines, start = self.lines, self.at
        if (item := _read_item(first)) is None:
            return None
        lead = item[0]
        read, numbers = [item], [self.first_line + start]
        at = start + 1
        while at < len(lines):
            line = lines[at]
            if line and line[0] in " -":
                if (item := _read_item(line)) is None:
                    if not _is_nothing(line):  # a key, or what is left to the parser
                        break
                elif item[0] != lead:
                    return None
                else:
                    read.append(item)
                    numbers.append(self.first_line + at)
            elif not _is_nothing(line):
                break
            at += 1
        self.at = at
        dash = lead.index("-")
        items = ItemLines(read, self.path, numbers, len(lead) + 1)
        return _new(ListNode, (items, self.path, numbers[0], dash + 1, len(first.rstrip()) - dash))

    def _read_pairs(self, first: str) -> MapNode | None:
        """The keys of a mapping, one a line, each with a text or with a mapping between braces."""
        lines, path, start = self.lines, self.path, self.at
        indent = len(first) - len(first.lstrip(" "))
        lead = first[:indent]
        values: dict[str, Node] = {}
        numbers: list[int] = []
        at = start
        while at < len(lines):
            line = lines[at]
            if not _is_nothing(line):
                if not line.startswith(lead):
                    break
                name, _, rest = line[indent:].partition(":")
                if not _is_key(name) or name in values or not rest:
                    return None
                value = _read_value(rest, path, self.first_line + at, len(line))
                if value is None or isinstance(value, ListNode):
                    return None
                values[name] = value
                numbers.append(self.first_line + at)
            at += 1
        self.at = at
        pairs = KeyLines(values, path, numbers, indent + 1)
        return MapNode(pairs, path, numbers[0], indent + 1, len(first.rstrip()) - indent)


@lru_cache(maxsize=256)
def _is_key(name: str) -> bool:
    return _KEY.fullmatch(name) is not None


def _is_nothing(line: str) -> bool:
    """Whether a line is blank or a comment."""
    return not line or (line[0] in " #" and line.lstrip(" ")[:1] in {"", "#"})


def _read_value(rest: str, path: str, line: int, end: int) -> Node | None:
    """What stands behind the colon of a key, up to the column `end`; `None` for nothing as well."""
    written = rest[1:]
    if rest[0] != " " or not written:
        return None
    if written[0] == " " or written[-1] == " ":
        written = written.lstrip(" ")
        column, written = end - len(written), written.rstrip(" ")
    else:
        column = end - len(written)
    if read := _read_text(written):
        return _new(ScalarNode, (read[0], read[1], path, line, column + 1, len(written)))
    if written[:1] == "[" and written[-1] == "]":
        return _bracketed(written, path, line, column)
    if written[:1] == "{" and written[-1] == "}":
        return _braced(written, path, line, column)
    return None


def _read_text(written: str) -> tuple[str, bool] | None:
    """A text as it is written, without blanks around it but with its quotes; and whether it has none."""
    if not written:
        return None
    sign, end = written[0], written[-1]
    if sign not in _SIGNS:
        return None if end == ":" or ": " in written or " #" in written else (written, True)
    if sign not in _QUOTES:
        return None
    text = written[1:-1]
    if sign in text or "\\" in text or end != sign or len(written) == 1:  # few: quotes within, or it never ends
        if not _QUOTED.fullmatch(written):
            return None
        text = _ESCAPE.sub(r"\1", text) if sign == '"' else text.replace("''", "'")
    return text, False


@lru_cache(maxsize=4096)  # tags and authors come again
def _read_item(line: str) -> ItemRead | None:
    """A line of a list, if it is one whose item is a text."""
    dash, _, rest = line.partition("-")
    written = rest.strip(" ")
    if dash.strip(" ") or rest[:1] != " " or (read := _read_text(written)) is None:
        return None
    text, bare = read
    clean = text.isprintable() and text == text.strip() != ""
    return ItemRead(line[: len(line) - len(rest.lstrip(" "))], text, bare, len(written), clean)


def _bracketed(written: str, path: str, line: int, column: int) -> ListNode | None:
    items: list[ScalarNode] = []
    at = 1
    if written[1:-1].strip(" "):
        while at < len(written):
            match = _BRACKETED.match(written, at)
            if match is None:
                return None
            items.append(_between(match[1], path, line, column + match.start(1)))
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
            pairs[match[1]] = key, _between(match[2], path, line, column + match.start(2))
            at = match.end()
    return MapNode(tuple(pairs.values()), path, line, column + 1, len(written))


def _between(written: str, path: str, line: int, column: int) -> ScalarNode:
    """A text between brackets, which their pattern has looked at; `column` counts from 0."""
    written = written.rstrip(" ")
    text, bare = _read_text(written) or (written, True)  # `--red` is none elsewhere
    return ScalarNode(text, bare, path, line, column + 1, len(written))
