"""Front matter of Hugo and Zola in TOML, between lines of `+++`, and of Hugo in JSON, an object at the very top."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Final

from digest.formats.patterns import lazily
from digest.formats.post_head import PostField, PostHead, field_name, flatten_value
from digest.model import Problem, Span

_FENCE: Final = lazily(r"\+\+\+[ \t]*\n")
_CLOSING: Final = lazily(r"^\+\+\+[ \t]*(?:\n|\Z)", re.MULTILINE)
_LINE: Final = lazily(r"^[ \t]*(?P<key>[\w.-]+|\"[^\"\n]+\")[ \t]*=[ \t]*(?P<value>.*?)[ \t]*$", re.MULTILINE)
_TABLE: Final = lazily(r"^[ \t]*\[+(?P<name>[^\[\]\n]+)\]+")
_REMARK: Final = lazily(r"^[ \t]*#+[ \t]*(?P<text>\S.*)$", re.MULTILINE)
# Deeper than any front matter, and what the parsers of the standard library still take.
_DEEPEST: Final = 40


def parse_toml_post(text: str, path: str) -> PostHead | None:
    """A post whose head is TOML, nothing where there is none; what TOML cannot read is taken line by line, DG101."""
    fence = _FENCE.match(text)
    closing = _CLOSING.search(text, fence.end()) if fence else None
    if fence is None or closing is None:
        return None
    front, body = text[fence.end() : closing.start()], text[closing.end() :]
    first = text.count("\n", 0, fence.end()) + 1
    problems: tuple[Problem, ...] = ()
    try:
        if _depth(front) > _DEEPEST:
            raise ValueError("nested too deep")  # noqa: TRY301 - one path for all that TOML cannot read
        values = tomllib.loads(front)
        lines = _lines_of(front, first)
        fields = tuple(
            field
            for key, value in values.items()
            for field in flatten_value(field_name(key), value, lines.get(field_name(key), first))
        )
    except (ValueError, RecursionError) as error:
        problems = (_warning(path, first, f"the front matter is not valid TOML: {_reason(error)}"),)
        fields = tuple(_salvage(front, first))
    remarks = tuple((first + front.count("\n", 0, found.start()), found["text"]) for found in _REMARK.finditer(front))
    return PostHead(fields, body, text.count("\n", 0, closing.end()) + 1, problems, remarks)


def parse_json_post(text: str) -> PostHead | None:
    """A post whose head is a JSON object with text below it, nothing where there is none."""
    if not re.match(r"\{\s*\"", text) or _depth(text[:4096]) > _DEEPEST:
        return None
    try:
        values, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(values, dict):
        return None
    fields = tuple(field for key, value in values.items() for field in flatten_value(field_name(key), value))
    return PostHead(fields, text[end:], text.count("\n", 0, end) + 1)


def _depth(text: str) -> int:
    """How many brackets are open at most, strings not looked at: enough to tell hostile nesting."""
    deepest = depth = 0
    for sign in re.findall(r"[\[\]{}]", text):
        depth += 1 if sign in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _lines_of(front: str, first: int) -> dict[str, int]:
    """The line on which each key of the top, table or not, is first written."""
    lines: dict[str, int] = {}
    for number, line in enumerate(front.split("\n"), start=first):
        found = _TABLE.match(line)
        name = found["name"] if found else (line.partition("=")[0] if "=" in line else "")
        if name.strip():
            lines.setdefault(field_name(name.strip().partition(".")[0]), number)
    return lines


def _salvage(front: str, first: int) -> list[PostField]:
    """Every `key = value` on a line of its own, under the table that it stands in."""
    fields: list[PostField] = []
    table = ""
    for number, line in enumerate(front.split("\n"), start=first):
        if found := _TABLE.match(line):
            table = f"{field_name(found['name'])}."
        elif pair := _LINE.match(line):
            name, value = f"{table}{field_name(pair['key'])}", pair["value"]
            if value.startswith("["):
                items = re.findall(r"\"([^\"]*)\"|'([^']*)'|([^\s\[\],\"']+)", value)
                fields += [PostField(f"{name}[]", next(filter(None, item), ""), number) for item in items]
            else:
                fields.append(PostField(name, value.strip(value[0]) if value[:1] in {'"', "'"} else value, number))
        elif line.strip():
            fields.append(PostField("", line.strip(), number))
    return fields


def _reason(error: Exception) -> str:
    return str(error).partition("(at")[0].strip() or "it is nested too deep"


def _warning(path: str, line: int, message: str) -> Problem:
    return Problem("warning", "DG101", message, Span(path, line), "its lines were read one by one; look at the entry")
