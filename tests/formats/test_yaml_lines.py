"""The short way through a front matter gives what the long one gives, or nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats import frontmatter
from digest.formats.yaml_events import read_events
from digest.formats.yaml_lines import read_lines
from digest.formats.yaml_nodes import ListNode, MapNode, Node, Plain, ScalarNode

KEYS = st.sampled_from(["a", "title", "x-y", "_z", "date", "B2", "null", "y"])
SIMPLE = """graphs|Ada Lovelace|2020-01-02|2401.00010|~|null|true|a:b|C#|x y  z|$k$-means|1|https://example.org/a?b=c#d
don't|say "x"|(a)|a, b|[x|b]|é|naïve è|日本|\\beta|...|---|<x>|=|a -b|-a|?a|:a|a:|a: b|a #b|#b|&x|*x|!x|>|%x|@x|`x
{a: b}|{}|[]|[a|x?y|+1|<<|12:30|--red|-x|--|- a""".replace("\n", "|").split("|")
WORDS = st.sampled_from([*SIMPLE, "|", "a\u00a0b", "\u00a0", "a\tb", "\u2028", "\x85", "\ufeff", "\u200b"])
PARTS = st.one_of(WORDS, st.text("ab \"'\\:#,[]{}-&*!|>?%~.é\u00a0", max_size=8))
QUOTED = st.one_of(
    PARTS.map(lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'),
    PARTS.map(lambda text: "'" + text.replace("'", "''") + "'"),
    PARTS.map(lambda text: f'"{text}"'),
    PARTS.map(lambda text: f"'{text}'"),
    st.sampled_from(['"\\n"', '"\\u00e9"', '"\\x41"', '"\\"', "'''", '"a" # b', '"a": b', "'a'b"]),
)
TEXTS = st.one_of(WORDS, PARTS, QUOTED)
BLANKS = st.sampled_from(["", "", "", " ", "  ", " # remark", "#x", "\t"])
INDENTS = st.sampled_from(["  ", "  ", "  ", "", " ", "    "])
BRACKETED = st.lists(TEXTS, max_size=3).flatmap(
    lambda items: st.sampled_from([f"[{', '.join(items)}]", f"[ {','.join(items)} ]", f"[{' , '.join(items)},]"])
)
SPACES = st.sampled_from([" ", " ", " ", "  ", ""])
BRACED = st.lists(st.builds("{}:{}{}".format, KEYS, SPACES, TEXTS), max_size=3).flatmap(
    lambda pairs: st.sampled_from([f"{{{', '.join(pairs)}}}", f"{{ {','.join(pairs)} }}", f"{{{' , '.join(pairs)},}}"])
)
VALUES = st.one_of(TEXTS, TEXTS, BRACKETED, BRACED, st.just(""))
PAIRS = st.builds(lambda key, space, value, end: f"{key}:{space}{value}{end}", KEYS, SPACES, VALUES, BLANKS)
ITEMS = st.builds(lambda space, value, end: f"-{space}{value}{end}", SPACES, VALUES, BLANKS)
LINES = st.one_of(
    PAIRS,
    PAIRS,
    KEYS.map(lambda key: f"{key}:"),
    st.builds(str.__add__, INDENTS, ITEMS),
    st.builds(str.__add__, INDENTS, ITEMS),
    st.builds(str.__add__, INDENTS, PAIRS),
    st.builds(str.__add__, INDENTS, TEXTS),
    st.sampled_from(["", "  ", "# remark", "  # remark", "---", "...", "%YAML 1.1"]),
)
BLOCKS = st.builds(
    lambda key, indent, lines: "\n".join([f"{key}:", *(indent + line for line in lines)]),
    KEYS,
    INDENTS,
    st.one_of(st.lists(ITEMS, min_size=1, max_size=3), st.lists(PAIRS, min_size=1, max_size=3)),
)
FRONTS = st.builds(
    lambda lines, end: "\n".join(lines) + end,
    st.lists(st.one_of(LINES, PAIRS, BLOCKS), max_size=6),
    st.sampled_from(["\n", "\n", "\n", ""]),
)


def long_way(text: str) -> MapNode:
    mapping, problems = read_events(text, "a.md", "DG101", 2)
    assert problems == ()
    return mapping


def laid_out(node: Node) -> tuple[object, ...]:
    """All that a node is, whoever makes its parts, and when."""
    if isinstance(node, ListNode):
        assert node.clean_texts in (None, tuple(item.text for item in node.items if isinstance(item, ScalarNode)))
        return "list", *map(laid_out, node.items), *node[1:]
    if isinstance(node, MapNode):
        assert node.values == {key.text: value for key, value in node.pairs}
        assert [node.place_of(name) for name in (*node.values, "?")] == [*(key.span for key, _ in node.pairs), None]
        return "mapping", *((key, laid_out(value)) for key, value in node.pairs), *node[1:]
    return "text", *node


@settings(max_examples=1_000, deadline=None)
@given(FRONTS)
def test_an_answer_is_that_of_the_parser(front: str) -> None:
    if (short := read_printable(front)) is not None:
        assert laid_out(short) == laid_out(long_way(front))


def read_printable(front: str) -> MapNode | None:
    """As `parse_mapping` asks: what it would not ask is not answered."""
    harmless = all(char.isprintable() or char in "\n\u00a0" for char in front)
    return read_lines(front, "a.md", 2) if harmless else None


NAMES = st.from_regex(r"key_[a-z0-9_-]{0,5}", fullmatch=True)
TOLD = st.text("aZ9 ,.:;'\"\\#$(){}[]-é日", min_size=1, max_size=12).filter(lambda text: bool(text.strip()))
LISTS = st.lists(TOLD, min_size=1, max_size=3)
DUMPED: st.SearchStrategy[dict[str, Plain]] = st.dictionaries(
    NAMES, st.one_of(TOLD, LISTS, st.dictionaries(NAMES, TOLD, min_size=1, max_size=3)), min_size=1, max_size=5
)


@settings(max_examples=300, deadline=None)
@given(DUMPED)
def test_what_digest_writes_goes_the_short_way(mapping: dict[str, Plain]) -> None:
    front = frontmatter.dump_front_matter(mapping)
    short = read_printable(front)
    assert short is not None
    assert frontmatter.plain(short) == frontmatter.plain(long_way(front))


ENTRY = """\
# as people write it
title: "On \\"graphs\\": $\\\\beta$"
date: 2019-12-06T10:30:00+01:00

authors:
  - Ada Lovelace
  - "José Ñandú"
tags: [graphs, 'language-models', "x"]
aliases:
- /old/
draft: false
venue:
links:
    code: https://example.org/a#b
    slides: '/it''s.pdf'
source:
  format: arxiv-listing
  fingerprints: title=1f2e3d4c body=5a6b7c8d
empty: []
colors:
  ink: {property: --ink, light: "#211d19", on: light paper }
flat: {a: b}
"""


def test_an_entry_goes_the_short_way() -> None:
    mapping = read_lines(ENTRY, "a.md", 2)
    assert mapping is not None
    assert laid_out(mapping) == laid_out(long_way(ENTRY))
    assert frontmatter.plain(mapping) == {
        "title": 'On "graphs": $\\beta$',
        "date": "2019-12-06T10:30:00+01:00",
        "authors": ["Ada Lovelace", "José Ñandú"],
        "tags": ["graphs", "language-models", "x"],
        "aliases": ["/old/"],
        "draft": False,
        "venue": None,
        "links": {"code": "https://example.org/a#b", "slides": "/it's.pdf"},
        "source": {"format": "arxiv-listing", "fingerprints": "title=1f2e3d4c body=5a6b7c8d"},
        "empty": [],
        "colors": {"ink": {"property": "--ink", "light": "#211d19", "on": "light paper"}},
        "flat": {"a": "b"},
    }


@pytest.mark.parametrize(
    "text",
    [
        "", "a: b", "a: b # c\n", "a: b: c\n", "a: b\n  c\n", "a: |\n  b\n", "a: >-\n  b\n", "a: &x b\n", "a: *x\n",
        "a: !x b\n", "a: {b: {c: d}}\n", "a: {b}\n", "a: {b:c}\n",
        "a: {b: c,}\n", "a: {b: c, b: d}\n", 'a: "\\n"\n', "a: b\na: c\n", "a: b\nb\n", "- a\n", "? a\n: b\n",
        "a:\n  - b: c\n", "a:\n  - b\n c: d\n", "a: [b, [c]]\n", "a: [b, c: d]\n", "a: [b,]\n", "a: 'b\n", 'a: "b\n',
        "a: @b\n", "--- a\n", "a: b\n---\nc: d\n", "a:b\n", "a:\n  b:\n    c: d\n", "a:\n - b\n  - c\n", "1: a\n",
        "a:\n  b: c\n  b: d\n", "a:\n  b: c\n d: e\n",
    ],
)  # fmt: skip
def test_what_is_not_plain_is_left_to_the_parser(text: str) -> None:
    assert read_lines(text, "a.md", 2) is None


def test_long_lines_take_no_longer_than_they_are() -> None:
    for text in (
        "a: b" + " " * 200_000 + "#\n",
        "a:" + " " * 200_000 + "#",
        " " * 200_000 + "x",
        'a: "' + '\\"' * 100_000,
    ):
        assert read_lines(text, "a.md", 2) is None
    assert read_lines("a: " + "b:" * 100_000 + "b\n", "a.md", 2) is not None
