"""YAML by its own parser, event by event: the way for every text that `yaml_lines` does not take.

Anchors, aliases and tags are refused: front matter needs none, and they are how YAML is made to explode or to run code.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import yaml

from digest.formats import yamlhints
from digest.formats.yaml_nodes import ListNode, MapNode, Node, ScalarNode
from digest.model import Problem, Span

try:  # libyaml is twelve times as fast; a machine without it still builds the same site
    from yaml import CSafeLoader as Loader
except ImportError:  # pragma: no cover - depends on how PyYAML was built
    from yaml import SafeLoader as Loader  # type: ignore[assignment] # same interface, other class

DEEPEST: Final = 32  # a site nests three levels; more is an attack


def read_events(text: str, path: str, code: str, first_line: int) -> tuple[MapNode, tuple[Problem, ...]]:
    """The mapping that a text is, and what is wrong with it under `code`; after an error of YAML itself it is empty."""
    reader = _NodeReader(text, path, code, first_line)
    return reader.read(), tuple(reader.problems)


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
        nothing = MapNode((), self.path, self.first_line, 1, 1)
        try:
            node = self._read_document(iter(Loader(self.text).get_event, None))
        except yaml.MarkedYAMLError as error:
            fault = yamlhints.explain_error(self.lines, error)
            self._report(
                fault.message, Span(self.path, *self._place(fault.line, fault.column, fault.width)), fault.hint
            )
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
            return ScalarNode(event.value, not event.style, self.path, *self._place_of(event))
        self._refuse(event, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(item := next(events), yaml.SequenceEndEvent):
                items.append(self._read_node(item, events, depth + 1))
            return ListNode(tuple(items), self.path, *self._place_of(event, item))
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
                first = pairs[key.text][0].line
                self._report(f"`{key.text}` is here twice", key.span, f"the first is on line {first}; keep one of them")
            else:
                pairs[key.text] = (key, value)
        return MapNode(tuple(pairs.values()), self.path, *self._place_of(event, start))

    def _place_of(self, first: yaml.Event, last: yaml.Event | None = None) -> tuple[int, int, int]:
        start, end = first.start_mark, (last or first).end_mark
        if start is None or end is None:  # the parsers give both; their types do not say so
            return self.first_line, 1, 1
        if end.line == start.line and end.column > start.column:
            return self.first_line + start.line, start.column + 1, end.column - start.column
        return self._place(start.line, start.column, len(self.text) if end.line > start.line else 1)

    def _place(self, line: int, column: int, width: int) -> tuple[int, int, int]:
        """The place in the file of a place in the text, never wider than the line."""
        room = len(self.lines[line].rstrip()) - column if line < len(self.lines) else 1
        return self.first_line + line, column + 1, max(1, min(width, room))

    def _span_of(self, event: yaml.Event) -> Span:
        return Span(self.path, *self._place_of(event))

    def _report(self, message: str, span: Span, hint: str) -> None:
        self.problems.append(Problem("error", self.code, message, span, hint))
