"""What a YAML error means in plain words, and what to write instead."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Protocol

from digest.formats.patterns import lazily
from digest.model import dataclass


class Mark(Protocol):
    """A place in a YAML text, counted from 0."""

    @property
    def line(self) -> int:
        """The line."""

    @property
    def column(self) -> int:
        """The column, in characters."""


class YamlError(Protocol):
    """The error of a YAML parser: what it found, and what it was doing."""

    @property
    def problem(self) -> str | None:
        """What the parser found."""

    @property
    def problem_mark(self) -> Mark | None:
        """Where it noticed."""

    @property
    def context(self) -> str | None:
        """What it was doing."""

    @property
    def context_mark(self) -> Mark | None:
        """Where that began."""


@dataclass(frozen=True, slots=True)
class YamlFault:
    """What is wrong in a YAML text; `line` and `column` count from 0."""

    message: str
    hint: str
    line: int
    column: int
    width: int = 1


_PAIR = lazily(r"(?P<head>\s*(?:- +)?(?P<key>[^\s:#'\"\[{][^:#]*):[ \t]+)(?P<value>\S.*?)\s*")
_BRACKETS = {"[": "]", "{": "}"}
_LEADERS = {
    "@": "a value cannot begin with @",
    "`": "a value cannot begin with a backquote",
    "%": "a value cannot begin with %",
    "&": "a value that begins with & is a YAML anchor",
    "*": "a value that begins with * is a YAML alias",
    "!": "a value that begins with ! is a YAML tag",
    "|": "a value that begins with | opens a block of text",
    ">": "a value that begins with > opens a block of text",
}


def explain_error(lines: Sequence[str], error: YamlError) -> YamlFault:
    """The fault behind a parser's error: found by looking at the line, since parsers name what they met too late."""
    line, column = _place(lines, error.problem_mark or error.context_mark)
    begun, begun_column = _place(lines, error.context_mark)
    text = lines[line]
    context, problem = error.context or "", error.problem or "the text ends too early"
    if "quoted scalar" in context and "escape" not in problem:
        return _unclosed_quote(lines, begun, begun_column)
    if "simple key" in context and "mapping values" not in problem:
        return _missing_colon(lines, begun)
    if "\t" in text[: len(text) - len(text.lstrip())]:
        return YamlFault("a tab indents the line", "indent with spaces", line, text.index("\t"))
    if "escape" in problem or "escape" in context:
        hint = "write \\\\ for a backslash, or put the value between single quotes"
        return YamlFault("a backslash between double quotes begins an escape", hint, line, column)
    for index in dict.fromkeys((line, max(0, line - 1))):
        if fault := _fault_of_line(lines[index], index):
            return fault
    if "mapping values" in problem and (fault := _misplaced_key(lines, line)):
        return fault
    bracket = lines[begun][begun_column : begun_column + 1]
    if bracket in _BRACKETS:
        hint = f"close it with {_BRACKETS[bracket]}, or quote the value"
        return YamlFault(f"the {bracket} is not closed", hint, begun, begun_column)
    if "block mapping" in context:
        hint = "begin every key at the same column, and the items of a list with a dash"
        return YamlFault("the line does not fit the lines above it", hint, line, column, max(1, len(text) - column))
    return YamlFault(problem.replace("<", "").replace(">", ""), "quote the value", line, column)


def quote_value(value: str) -> str:
    """The value between quotes, as YAML and people read it."""
    if "\\" in value or ('"' in value and "'" not in value):
        return "'" + value.replace("'", "''") + "'"
    return json.dumps(value, ensure_ascii=False)


def _place(lines: Sequence[str], mark: Mark | None) -> tuple[int, int]:
    """The line and column of a mark; one beyond the end of the text is moved to the end of its last line."""
    last = max((index for index, line in enumerate(lines) if line.strip()), default=0)
    if mark is None or mark.line > last:
        return last, max(0, len(lines[last].rstrip()) - 1)
    return mark.line, min(mark.column, len(lines[mark.line]))


def _unclosed_quote(lines: Sequence[str], line: int, column: int) -> YamlFault:
    quote = lines[line][column : column + 1]
    name = "single" if quote == "'" else "double"
    width = max(1, len(lines[line].rstrip()) - column)
    return YamlFault(f"the {name} quote is not closed", f"end the value with {quote}", line, column, width)


def _misplaced_key(lines: Sequence[str], line: int) -> YamlFault | None:
    """A `key: value` in order on its own, after a line that it cannot follow."""
    above = next((index for index in range(line - 1, -1, -1) if lines[index].strip()), None)
    if above is None:
        return None
    indent, indent_above = (len(text) - len(text.lstrip()) for text in (lines[line], lines[above]))
    if indent > indent_above:
        hint = "begin it at the same column as the key above"
        return YamlFault("the line is indented more than the line above", hint, line, indent, len(lines[line].strip()))
    return _missing_colon(lines, above) if ":" not in lines[above] else None


def _missing_colon(lines: Sequence[str], line: int) -> YamlFault:
    text = lines[line]
    column = len(text) - len(text.lstrip())
    words = text.strip()
    glued = re.match(r"([\w-]+):(?=\S)", words)
    hint = f"put a space after the colon: {glued[1]}: {words[glued.end() :]}" if glued else "write key: value"
    return YamlFault("the line has no key and colon", hint, line, column, max(1, len(words)))


def _fault_of_line(text: str, line: int) -> YamlFault | None:
    """What is wrong with `key: value` on its own, if the fault shows there."""
    match = _PAIR.fullmatch(text)
    if match is None:
        glued = re.fullmatch(r"([\w-]+):(\S.*)", text.strip())
        if glued and not glued[2].startswith("//"):
            return _missing_colon([text] if line == 0 else [*[""] * line, text], line)
        return None
    value, start = match["value"], match.start("value")
    hint = f"quote the value: {match['key'].strip()}: {quote_value(value)}"
    if value[0] in _LEADERS and not re.fullmatch(r"[|>][+-]?[0-9]?", value):
        return YamlFault(_LEADERS[value[0]], hint, line, start, len(value))
    if value[0] in "'\"":
        closing = re.fullmatch(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'", value)
        if closing is None:
            return YamlFault("text follows the closing quote", hint, line, start, len(value))
    elif value[0] in _BRACKETS:
        if not value.endswith(_BRACKETS[value[0]]):
            return YamlFault(f"a value that begins with {value[0]} is a list or mapping", hint, line, start, len(value))
    else:
        colon = re.search(r":(?:\s|$)", value)
        if colon:
            return YamlFault("an unquoted value holds a colon", hint, line, start + colon.start())
    return None
