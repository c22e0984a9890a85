"""Front matter and the other YAML of a site: text to values that know their place, and values to pleasant text.

Scalars keep the text of their source: `arxiv: 2401.00010` is "2401.00010", whatever YAML would make of it. Who reads
a key says what type it has. `yaml_lines` reads what nearly everybody writes, `yaml_events` all else; they agree.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from digest.formats import characters, yaml_lines
from digest.formats.patterns import lazily
from digest.formats.yaml_nodes import ListNode, MapNode, Node, Plain, ScalarNode, plain
from digest.model import NamedTuple, Problem, Span

# The face of all that reads and writes YAML.
__all__ = [
    "ListNode", "MapNode", "Node", "Plain", "ScalarNode", "SplitDocument", "dump_front_matter", "join_document",
    "parse_front_matter", "parse_mapping", "plain", "split_document",
]  # fmt: skip

IDENTIFIER_KEYS: Final = frozenset({"arxiv", "doi", "pmid", "pmcid", "openreview", "id"})

_FENCE = lazily(r"---[ \t]*\n")
_CLOSING = lazily(r"\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_BLANK_LINES = lazily(r"(?:[ \t]*\n)*")
_FORBIDDEN = lazily("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# YAML 1.1 takes these for line ends (editors do not) or refuses them; each becomes one character, so columns hold.
_EXOTIC = {0x85: " ", 0x2028: " ", 0x2029: " ", 0xFEFF: "\u2060"}
# What some YAML reader somewhere takes for something else than text.
_MISREAD = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"})
_BARE = lazily(r"[^\W\d_](?:[^:#\x00-\x1f\x7f-\x9f]|:(?! |\Z)|(?<! )#)*", re.UNICODE)
_ESCAPED = lazily("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


class SplitDocument(NamedTuple):
    """A Markdown file taken apart; `front` is `None` where the file has no front matter.

    `body` has no blank lines at its ends; `body_line` is where it begins.
    """

    front: str | None
    front_line: int
    body: str
    body_line: int
    problems: tuple[Problem, ...] = ()


def split_document(text: str, path: str) -> SplitDocument:
    """Part front matter and body; DG107 where the front matter never ends."""
    text = _normalise_lines(text)
    if text.startswith("---\n"):  # nearly all
        end = text.find("\n---", 3)
        if end > 0 and text[end + 4 : end + 5] in {"\n", ""} and text.find("\n...", 3, end) < 0:
            front = text[4 : end + 1]
            return SplitDocument(front, 2, *_trim_body(text, end + 5, 3 + front.count("\n")))
    fence = _FENCE.match(text) or (re.fullmatch(r"---[ \t]*", text))
    if fence is None:
        return SplitDocument(None, 1, *_trim_body(text, 0, 1))
    closing = _CLOSING.search(text, fence.end() - 1)
    if closing is None:
        problem = Problem(
            "error",
            "DG107",
            "the front matter is not closed",
            Span(path, 1, 1, 3),
            "write a line with only --- after the last key",
        )
        return SplitDocument(text[fence.end() :], 2, "", text.count("\n") + 1, (problem,))
    front = text[fence.end() : closing.start() + 1]
    return SplitDocument(front, 2, *_trim_body(text, closing.end(), 3 + front.count("\n")))


def join_document(front: str, body: str) -> str:
    """A Markdown file of a dumped front matter and a body: what `split_document` takes apart."""
    body = body.rstrip()
    return f"---\n{front}---\n\n{body}\n" if body else f"---\n{front}---\n"


def parse_front_matter(
    text: str, path: str, first_line: int = 2, *, harmless: bool = False
) -> tuple[MapNode, tuple[Problem, ...]]:
    """The keys and values of a front matter whose first line is line `first_line` of its file; DG101.

    It is `harmless` if whoever opened the file has seen that nothing of `characters.FORBIDDEN` is there.
    """
    if harmless and text.isascii() and "\t" not in text and "\r" not in text:  # nearly all
        mapping = yaml_lines.read_lines(text, path, first_line)
        if mapping is not None:
            return mapping, ()
    return parse_mapping(text, path, "DG101", first_line)


def parse_mapping(text: str, path: str, code: str, first_line: int = 1) -> tuple[MapNode, tuple[Problem, ...]]:
    """A YAML text whose top is a mapping; what is wrong with the YAML is reported under `code`.

    After an error of YAML itself the mapping is empty: half a file is no file.
    """
    text = _normalise_lines(text)
    if "\t" not in text and characters.is_printed(text):
        mapping = yaml_lines.read_lines(text, path, first_line)
        if mapping is not None:
            return mapping, ()
    return _parse_any(text, path, code, first_line)


def dump_front_matter(mapping: Mapping[str, Plain]) -> str:
    """Pleasant YAML: one key a line, block lists, quotes only where a reader of YAML needs them.

    Identifiers are always quoted, dates are written plain. What `parse_front_matter` and `plain` make of it is the
    mapping again (dates as text). Lone surrogates, which no file can hold, become U+FFFD.
    """
    return "".join(_dump_pairs(mapping, ""))


def _parse_any(text: str, path: str, code: str, first_line: int) -> tuple[MapNode, tuple[Problem, ...]]:
    from digest.formats import yaml_events  # noqa: PLC0415 - heavy: most sites never need PyYAML

    problems = [
        Problem(
            "error",
            code,
            f"an invisible control character, U+{ord(match[0]):04X}",
            Span(path, first_line + line, match.start() + 1, 1),
            "delete it, and write the text around it anew",
        )
        for line, content in enumerate(text.split("\n"))
        for match in _FORBIDDEN.finditer(content)
    ]
    clean = _FORBIDDEN.sub("\ufffd", text).translate(_EXOTIC)
    mapping, faults = yaml_events.read_events(clean, path, code, first_line)
    return mapping, (*problems, *faults)


def _normalise_lines(text: str) -> str:
    text = text.removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _trim_body(text: str, at: int, line: int) -> tuple[str, int]:
    """What follows a place in the text, which is in this line, and the line of its first that is not blank."""
    start = at + 1
    if text[at:start] != "\n" or text[start : start + 1].isspace():  # not one blank line, as nearly always
        blank = _BLANK_LINES.match(text, at)
        assert blank is not None  # noqa: S101 - the pattern matches the empty text
        start = blank.end()
    line += text.count("\n", at, start)
    if text[-1:] == "\n" and not text[-2:-1].isspace():  # nearly always: copied once, not twice
        return text[start:-1], line
    return text[start:].rstrip(), line


def _dump_pairs(mapping: Mapping[str, Plain], indent: str) -> Iterator[str]:
    for name, value in mapping.items():
        key = _dump_key(name)
        # YAML wants the colon of a simple key within 1,024 characters.
        head = f"{indent}{key}:" if len(key) < 1000 else f"{indent}? {key}\n{indent}:"
        yield from _dump_value(head, value, indent, quoted=name in IDENTIFIER_KEYS)


def _dump_value(head: str, value: Plain, indent: str, *, quoted: bool = False) -> Iterator[str]:
    if type(value) is str:  # nearly all
        yield f"{head} {_quote(value) if quoted else _dump_text(value)}\n"
    elif isinstance(value, Mapping) and value:
        yield f"{head}\n"
        yield from _dump_pairs(value, f"{indent}  ")
    elif isinstance(value, Sequence) and not isinstance(value, str) and value:
        yield f"{head}\n"
        for item in value:
            yield from _dump_value(f"{indent}  -", item, f"{indent}  ")
    else:
        yield f"{head} {_dump_scalar(value, quoted=quoted)}\n"


def _dump_scalar(value: Plain, *, quoted: bool) -> str:
    if isinstance(value, str):
        return _quote(value) if quoted else _dump_text(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{}"
    if isinstance(value, Sequence):
        return "[]"
    if isinstance(value, float) and not math.isfinite(value):
        return _quote(str(value))
    return value.isoformat() if isinstance(value, date) else str(value)


@lru_cache(maxsize=256)
def _dump_key(name: str) -> str:
    return _dump_text(name)


def _dump_text(text: str) -> str:
    bare = _BARE.fullmatch(text) and not text[-1].isspace() and text.lower() not in _MISREAD
    return text if bare and not _ESCAPED.search(text) else _quote(text)


def _quote(text: str) -> str:
    return _ESCAPED.sub(_escape, json.dumps(text, ensure_ascii=False))


def _escape(match: re.Match[str]) -> str:
    return "\ufffd" if "\ud800" <= match[0] <= "\udfff" else f"\\u{ord(match[0]):04x}"
