"""Front matter of posts as people write it: YAML, also what no YAML parser takes, TOML and JSON.

A value that YAML cannot read is taken as it stands, with a warning; a post is never lost for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from digest.formats import frontmatter, toml_front_matter
from digest.formats.patterns import lazily
from digest.formats.post_head import PostField, PostHead, field_name
from digest.model import Problem, Span

_FENCE: Final = lazily(r"---[ \t]*\n")
_CLOSING: Final = lazily(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
# Hexo does without the first fence; keys in small letters tell such a head from labelled lines over a heading's rule.
_UNFENCED: Final = lazily(
    r"(?=[^\n]*\n(?:[^\n]*\n){0,40}?(?:date|tags|categories|layout|permalink):)(?:title|date|layout|author|tags|categories):[^\n]*\n"
    r"(?:[a-z_]+:[^\n]*\n|[ \t]+\S[^\n]*\n|-[ \t][^\n]*\n){1,60}---[ \t]*\n"
)
_BLANK_LINES: Final = lazily(r"\ufeff?(?:[ \t]*\n)*")
_KEY: Final = lazily(
    r"(?P<key>[^\W\d_][\w .@/-]{0,60}?|\"[^\"\n]{1,60}\"|'[^'\n]{1,60}')[ \t]*:(?=[ \t\"'\[]|$)", re.MULTILINE
)
_REMARK: Final = lazily(r"(?:^|(?<=\s))#+[ \t]*(?P<text>[^\s#].*)$", re.MULTILINE)
_CONTROL: Final = lazily("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_ITEM: Final = lazily(r"[ \t]*-[ \t]+(?P<value>.*)")


def parse_post(text: str, path: str) -> PostHead | None:
    """A post with a front matter of any kind, nothing where the text has none; DG101 as a warning.

    Blank lines above it are passed over, those around the body are no part of it.
    """
    blank = _BLANK_LINES.match(text)
    start = blank.end() if blank else 0
    text, above = text[start:], text.count("\n", 0, start)
    if _UNFENCED.match(text):
        text, above = f"---\n{text}", above - 1
    head = (
        _parse_yaml_post(text, path)
        or toml_front_matter.parse_toml_post(text, path)
        or toml_front_matter.parse_json_post(text)
    )
    if head is None:
        return None
    blank = _BLANK_LINES.match(head.body)
    start = blank.end() if blank else 0
    line = head.body_line + head.body.count("\n", 0, start)
    head = replace(head, body=head.body[start:].rstrip(), body_line=line)
    return _moved(head, above) if above else head


def lacks_fence(text: str) -> bool:
    """Whether a text opens with a front matter whose first fence was left out."""
    blank = _BLANK_LINES.match(text)
    return _UNFENCED.match(text[blank.end() if blank else 0 :]) is not None


def _parse_yaml_post(text: str, path: str) -> PostHead | None:
    fence = _FENCE.match(text)
    closing = _CLOSING.search(text, fence.end()) if fence else None
    if fence is None or closing is None:
        return None
    front = text[fence.end() : closing.start()]
    if not _KEY.search(front):
        return None  # a text between two rules
    node, problems = frontmatter.parse_mapping(front, path, "DG101", 2)
    if problems:
        fields, problems = _read_by_key(front, path)
    else:
        fields = tuple(field for key, value in node.pairs for field in _flatten(field_name(key.text), value))
    remarks = tuple(_remarks(front, fields)) if "#" in front else ()
    return PostHead(fields, text[closing.end() :], text.count("\n", 0, closing.end()) + 1, problems, remarks)


def _flatten(name: str, node: frontmatter.Node) -> Iterator[PostField]:
    """The texts below a node; the YAML reader bounds how deep they lie."""
    if isinstance(node, frontmatter.ScalarNode):
        yield PostField(name, "" if node.empty else node.text, node.span.line)
    elif isinstance(node, frontmatter.ListNode):
        for item in node.items:
            yield from _flatten(name if name.endswith("[]") else f"{name}[]", item)
    else:
        for key, value in node.pairs:
            yield from _flatten(f"{name}.{field_name(key.text)}", value)


def _remarks(front: str, fields: tuple[PostField, ...]) -> Iterator[tuple[int, str]]:
    """Comments: what stands behind `#` and is part of no value."""
    values = "\n".join(field.value for field in fields)
    for found in _REMARK.finditer(front):
        if found["text"].strip() not in values:
            yield 2 + front.count("\n", 0, found.start()), found["text"].strip()


def _read_by_key(front: str, path: str) -> tuple[tuple[PostField, ...], tuple[Problem, ...]]:
    """Key by key, so that what is wrong with one costs no other."""
    fields: list[PostField] = []
    problems: list[Problem] = []
    for line, chunk in _chunks(front):
        for attempt in (chunk, chunk.replace("\t", "  ")):
            node, wrong = frontmatter.parse_mapping(attempt, path, "DG101", line)
            if not wrong:
                fields += [field for key, value in node.pairs for field in _flatten(field_name(key.text), value)]
                break
        else:
            fields += _salvage(chunk, line)
            first = wrong[0]
            message = f"not valid YAML, and read as it stands: {first.message}"
            problems.append(Problem("warning", "DG101", message, first.span or Span(path, line), first.hint))
    return tuple(fields), tuple(problems)


def _chunks(front: str) -> Iterator[tuple[int, str]]:
    """Each key at the left margin with the lines below it that belong to it."""
    start, lines = 2, list[str]()
    for number, line in enumerate(front.split("\n"), start=2):
        if _KEY.match(line) and lines:
            yield start, "\n".join(lines)
            start, lines = number, []
        lines.append(line)
    if any(line.strip() for line in lines):
        yield start, "\n".join(lines)


def _salvage(chunk: str, line: int) -> list[PostField]:
    """The value of one key as people mean it: a list where it looks like one, else its text."""
    chunk = _CONTROL.sub("", chunk)
    key = _KEY.match(chunk)
    name = field_name(key["key"]) if key else ""
    value = chunk[key.end() if key else 0 :].strip()
    lines = [text for text in value.split("\n") if text.strip()]
    items = [_ITEM.fullmatch(text) for text in lines]
    if lines and all(items):
        return [
            PostField(f"{name}[]", _unquoted(item["value"]), line + number)
            for number, item in enumerate(items, start=1)
            if item
        ]
    if value.startswith("["):
        inner, _, rest = value[1:].partition("]")
        found = [PostField(f"{name}[]", _unquoted(part), line) for part in inner.split(",") if part.strip()]
        return [*found, *([PostField("", " ".join(rest.split()), line)] if rest.strip() else ())]
    return [PostField(name, _unquoted(" ".join(value.split())), line)]


def _unquoted(text: str) -> str:
    text = text.strip()
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text


def _moved(head: PostHead, lines: int) -> PostHead:
    """The same head some lines further down."""

    def moved(problem: Problem) -> Problem:
        span = problem.span
        return replace(problem, span=replace(span, line=span.line + lines)) if span else problem

    return PostHead(
        tuple(replace(field, line=field.line + lines) for field in head.fields),
        head.body,
        head.body_line + lines,
        tuple(map(moved, head.problems)),
        tuple((line + lines, text) for line, text in head.remarks),
    )
