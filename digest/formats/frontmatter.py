"""Front matter and the other YAML of a site: text to values that know their place, and values to pleasant text.

Scalars keep the text of their source: `arxiv: 2401.00010` is "2401.00010", whatever YAML would make of it. Who reads
a key says what type it has. Anchors, aliases and tags are refused: front matter needs none, and they are how YAML is
made to explode or to run code.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

import yaml

from digest.formats import yamlhints
from digest.model import PartialDate, Problem, Span

try:  # libyaml is twelve times as fast; a machine without it still builds the same site
    from yaml import CSafeLoader as Loader
except ImportError:  # pragma: no cover - depends on how PyYAML was built
    from yaml import SafeLoader as Loader  # type: ignore[assignment] # same interface, other class

Plain = bool | int | float | str | date | PartialDate | Sequence["Plain"] | Mapping[str, "Plain"] | None

DEEPEST: Final = 32  # a site nests three levels; more is an attack
IDENTIFIER_KEYS: Final = frozenset({"arxiv", "doi", "pmid", "pmcid", "openreview", "id"})

_FENCE = re.compile(r"---[ \t]*\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_BLANK_LINES = re.compile(r"(?:[ \t]*\n)*")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# YAML 1.1 takes these for line ends (editors do not) or refuses them; each becomes one character, so columns hold.
_EXOTIC = {0x85: " ", 0x2028: " ", 0x2029: " ", 0xFEFF: "\u2060"}
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_NUMBER = re.compile(r"-?[0-9][0-9.e+-]*")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
# What some YAML reader somewhere takes for something else than text.
_MISREAD = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"})
_BARE = re.compile(r"[^\W\d_](?:[^:#\x00-\x1f\x7f-\x9f]|:(?! |\Z)|(?<! )#)*", re.UNICODE)
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """A scalar as its source writes it; only a `bare` one, without quotes, may be null, a boolean or a number."""

    text: str
    span: Span
    bare: bool = True

    @property
    def value(self) -> bool | int | float | str | None:
        """What the text means where no key says its type; numbers only where nothing of the writing is lost."""
        if not self.bare:
            return self.text
        if self.text in _NULLS:
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
        return self.bare and self.text in _NULLS


@dataclass(frozen=True, slots=True)
class ListNode:
    """A list and its place."""

    items: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class MapNode:
    """A mapping in the order of its source; no key twice."""

    pairs: tuple[tuple[ScalarNode, Node], ...]
    span: Span

    def get(self, name: str) -> Node | None:
        """The value of a key, if it is there."""
        for key, node in self.pairs:
            if key.text == name:
                return node
        return None


Node = ScalarNode | ListNode | MapNode


@dataclass(frozen=True, slots=True)
class SplitDocument:
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
    fence = _FENCE.match(text) or (re.fullmatch(r"---[ \t]*", text))
    if fence is None:
        return SplitDocument(None, 1, *_trim_body(text, 1))
    closing = _CLOSING.search(text, fence.end())
    if closing is None:
        problem = Problem(
            "error",
            "DG107",
            "the front matter is not closed",
            Span(path, 1, 1, 3),
            "write a line with only --- after the last key",
        )
        return SplitDocument(text[fence.end() :], 2, "", text.count("\n") + 1, (problem,))
    front = text[fence.end() : closing.start()]
    return SplitDocument(front, 2, *_trim_body(text[closing.end() :], 3 + front.count("\n")))


def join_document(front: str, body: str) -> str:
    """A Markdown file of a dumped front matter and a body: what `split_document` takes apart."""
    body = body.rstrip()
    return f"---\n{front}---\n\n{body}\n" if body else f"---\n{front}---\n"


def parse_front_matter(text: str, path: str, first_line: int = 2) -> tuple[MapNode, tuple[Problem, ...]]:
    """The keys and values of a front matter whose first line is line `first_line` of its file; DG101."""
    return parse_mapping(text, path, "DG101", first_line)


def parse_mapping(text: str, path: str, code: str, first_line: int = 1) -> tuple[MapNode, tuple[Problem, ...]]:
    """A YAML text whose top is a mapping; what is wrong with the YAML is reported under `code`.

    After an error of YAML itself the mapping is empty: half a file is no file.
    """
    text = _normalise_lines(text)
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
    reader = _NodeReader(_FORBIDDEN.sub("\ufffd", text).translate(_EXOTIC), path, code, first_line)
    mapping = reader.read()
    return mapping, (*problems, *reader.problems)


def plain(node: Node) -> Plain:
    """The values without their places; dates stay text."""
    if isinstance(node, ScalarNode):
        return node.value
    if isinstance(node, ListNode):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.pairs}


def dump_front_matter(mapping: Mapping[str, Plain]) -> str:
    """Pleasant YAML: one key a line, block lists, quotes only where a reader of YAML needs them.

    Identifiers are always quoted, dates are written plain. What `parse_front_matter` and `plain` make of it is the
    mapping again (dates as text). Lone surrogates, which no file can hold, become U+FFFD.
    """
    return "".join(_dump_pairs(mapping, ""))


def _normalise_lines(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _trim_body(body: str, line: int) -> tuple[str, int]:
    blank = _BLANK_LINES.match(body)
    assert blank is not None  # noqa: S101 - the pattern matches the empty text
    return body[blank.end() :].rstrip(), line + body.count("\n", 0, blank.end())


def _is_canonical_float(text: str) -> bool:
    try:
        return math.isfinite(number := float(text)) and repr(number) == text
    except ValueError:
        return False


class _RefusedError(Exception):
    """Valid YAML that no site may use."""

    def __init__(self, message: str, hint: str, event: yaml.Event) -> None:
        super().__init__(message)
        self.hint = hint
        self.event = event


class _NodeReader:
    """Builds nodes from the events of the YAML parser, which neither recursion nor aliases can blow up."""

    def __init__(self, text: str, path: str, code: str, first_line: int) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.path = path
        self.code = code
        self.first_line = first_line
        self.problems: list[Problem] = []

    def read(self) -> MapNode:
        nothing = MapNode((), Span(self.path, self.first_line))
        try:
            node = self._read_document(iter(Loader(self.text).get_event, None))
        except yaml.MarkedYAMLError as error:
            fault = yamlhints.explain_error(self.lines, error)
            self._report(fault.message, self._span(fault.line, fault.column, fault.width), fault.hint)
            return nothing
        except _RefusedError as refusal:
            self._report(str(refusal), self._span_of(refusal.event), refusal.hint)
            return nothing
        if isinstance(node, MapNode):
            return node
        if node is not None and not (isinstance(node, ScalarNode) and node.empty):
            self._report("expected lines of `key: value`", node.span, 'write a key and a colon, e.g. title: "My title"')
        return nothing

    def _read_document(self, events: Iterator[yaml.Event]) -> Node | None:
        node: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if node is not None:
                    raise _RefusedError("a second YAML document begins here", "remove the line with ---", event)
                node = self._read_node(next(events), events, 0)
        return node

    def _read_node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        if isinstance(event, yaml.ScalarEvent) and event.anchor is None and event.tag is None:
            return ScalarNode(event.value, self._span_of(event), not event.style)
        self._refuse(event, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(item := next(events), yaml.SequenceEndEvent):
                items.append(self._read_node(item, events, depth + 1))
            return ListNode(tuple(items), self._span_of(event, item))
        return self._read_pairs(event, events, depth)

    def _refuse(self, event: yaml.Event, depth: int) -> None:
        """Stop at what no site may use."""
        if isinstance(event, yaml.AliasEvent):
            raise _RefusedError("a value that begins with * is a YAML alias", "quote the value", event)
        if not isinstance(event, yaml.NodeEvent) or event.anchor is not None:
            raise _RefusedError("a value that begins with & is a YAML anchor", "quote the value", event)
        if getattr(event, "tag", None) is not None:
            raise _RefusedError("a value that begins with ! is a YAML tag", "quote the value", event)
        if depth > DEEPEST:
            raise _RefusedError(f"nested deeper than {DEEPEST} levels", "keep lists and mappings flat", event)

    def _read_pairs(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> MapNode:
        pairs: dict[str, tuple[ScalarNode, Node]] = {}
        while not isinstance(start := next(events), yaml.MappingEndEvent):
            key = self._read_node(start, events, depth + 1)
            if not isinstance(key, ScalarNode):
                raise _RefusedError("a key must be a word", "quote the key, or the value that looks like one", start)
            value = self._read_node(next(events), events, depth + 1)
            if key.text in pairs:
                first = pairs[key.text][0].span.line
                self._report(f"`{key.text}` is here twice", key.span, f"the first is on line {first}; keep one of them")
            else:
                pairs[key.text] = (key, value)
        return MapNode(tuple(pairs.values()), self._span_of(event, start))

    def _span_of(self, first: yaml.Event, last: yaml.Event | None = None) -> Span:
        start, end = first.start_mark, (last or first).end_mark
        if start is None or end is None:  # the parsers give both; their types do not say so
            return Span(self.path, self.first_line)
        if end.line == start.line and end.column > start.column:
            return Span(self.path, self.first_line + start.line, start.column + 1, end.column - start.column)
        return self._span(start.line, start.column, len(self.text) if end.line > start.line else 1)

    def _span(self, line: int, column: int, width: int) -> Span:
        """The place in the file of a place in the text, never wider than the line."""
        room = len(self.lines[line].rstrip()) - column if line < len(self.lines) else 1
        return Span(self.path, self.first_line + line, column + 1, max(1, min(width, room)))

    def _report(self, message: str, span: Span, hint: str) -> None:
        self.problems.append(Problem("error", self.code, message, span, hint))


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
