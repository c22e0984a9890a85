"""Front matter: what is read keeps its text and place; what is written is read back the same."""

from __future__ import annotations

import re
from datetime import date

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats import frontmatter
from digest.model import PartialDate, Span

HOSTILE = st.text(
    st.one_of(
        st.sampled_from(
            "\"'`:#-?*&!|>%@[]{},\\ \t\n\r\x00\x07\x1f\x7f\x85\xa0\u2028\u2029\ufeff\ufffe~=<0123.eE+_yn🦆"
        ),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=12,
)
WORDS = st.sampled_from(
    ["yes", "No", "null", "~", "true", "2019-12-06", "1e3", "0x1F", "012", "12:30", "1_000", ".inf", "NaN"]
)
TEXTS = st.one_of(HOSTILE, WORDS)
SCALARS = st.one_of(
    TEXTS, st.none(), st.booleans(), st.integers(-(10**15), 10**15), st.floats(allow_nan=False, allow_infinity=False)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=8,
)
MAPPINGS = st.dictionaries(st.one_of(TEXTS, st.sampled_from(["arxiv", "doi", "title"])), VALUES, max_size=4)


def read(text: str) -> frontmatter.Plain:
    mapping, problems = frontmatter.parse_front_matter(text, "a.md")
    assert problems == ()
    return frontmatter.plain(mapping)


def complaint(text: str) -> tuple[int, int, int, str, str]:
    _, problems = frontmatter.parse_front_matter(text, "a.md")
    assert [problem.code for problem in problems] == ["DG101"]
    span = problems[0].span
    assert span is not None
    return span.line, span.column, span.width, problems[0].message, problems[0].hint


@settings(max_examples=150, deadline=None)
@given(MAPPINGS)
def test_what_is_written_is_read_back(mapping: dict[str, frontmatter.Plain]) -> None:
    assert read(frontmatter.dump_front_matter(mapping)) == mapping


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(TEXTS, st.one_of(TEXTS, st.lists(TEXTS, max_size=3)), max_size=4))
def test_other_readers_of_yaml_read_the_same_texts(mapping: dict[str, frontmatter.Plain]) -> None:
    assert yaml.safe_load(frontmatter.dump_front_matter(mapping) or "{}") == mapping


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("ab:-#[]{}&*!|>'\"%@`, \t\n?\\~.0"), max_size=40))
def test_any_text_is_read_or_explained_within_the_file(text: str) -> None:
    _, problems = frontmatter.parse_front_matter(text, "a.md", 2)
    lines = text.split("\n")
    for problem in problems:
        assert problem.span is not None
        assert problem.hint
        assert 2 <= problem.span.line < 2 + len(lines)
        assert 1 <= problem.span.column <= len(lines[problem.span.line - 2]) + 1


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(TEXTS, TEXTS, max_size=3), st.text(st.sampled_from("ab-# \n"), max_size=20))
def test_a_document_is_joined_and_parted(mapping: dict[str, frontmatter.Plain], body: str) -> None:
    front = frontmatter.dump_front_matter(mapping)
    parted = frontmatter.split_document(frontmatter.join_document(front, body), "a.md")
    assert parted.problems == ()
    assert parted.front == front
    assert parted.body == re.sub(r"\A( *\n)+", "", body).rstrip()


def test_writes_pleasantly() -> None:
    text = frontmatter.dump_front_matter(
        {
            "title": "Attention is enough, isn't it?",
            "subtitle": "Fast: and small",
            "date": date(2019, 12, 6),
            "published": PartialDate(2018, 4),
            "authors": ["Ada Lovelace", "José Ñandú"],
            "tags": [],
            "arxiv": "1706.03762",
            "version": 2,
            "draft": False,
            "links": {"code": "https://example.org/a#b", "long": "word " * 60 + "end"},
        }
    )
    assert text == (
        "title: Attention is enough, isn't it?\n"
        'subtitle: "Fast: and small"\n'
        "date: 2019-12-06\n"
        "published: 2018-04\n"
        "authors:\n"
        "  - Ada Lovelace\n"
        "  - José Ñandú\n"
        "tags: []\n"
        'arxiv: "1706.03762"\n'
        "version: 2\n"
        "draft: false\n"
        "links:\n"
        "  code: https://example.org/a#b\n" + "  long: " + "word " * 60 + "end\n"
    )


def test_identifiers_are_quoted_even_where_yaml_would_not_ask() -> None:
    assert frontmatter.dump_front_matter({"openreview": "rJabc", "doi": "x"}) == 'openreview: "rJabc"\ndoi: "x"\n'


def test_lone_surrogates_become_replacement_characters() -> None:
    assert read(frontmatter.dump_front_matter({"title": "a\ud800b"})) == {"title": "a\ufffdb"}


def test_a_very_long_key_is_read_back() -> None:
    assert read(frontmatter.dump_front_matter({"k" * 2000: ["v"]})) == {"k" * 2000: ["v"]}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("arxiv: 2401.00010", "2401.00010"),
        ("arxiv: 1706.10000", "1706.10000"),
        ("pmid: 0012", "0012"),
        ("version: 2", 2),
        ("x: 2.5", 2.5),
        ("x: 1_000", "1_000"),
        ("x: 12:30", "12:30"),
        ("x: yes", "yes"),
        ("x: true", True),
        ('x: "true"', "true"),
        ("x:", None),
        ("x: 2019-12-06", "2019-12-06"),
        ("x: 2019-12-06T10:00:00+02:00", "2019-12-06T10:00:00+02:00"),
        ("x: " + "9" * 5000, "9" * 5000),
        ("x: a\u2028b", "a b"),
        ("x: [a, 'b']", ["a", "b"]),
        ("x: |\n  a\n  b\n", "a\nb\n"),
    ],
)
def test_scalars_lose_nothing(text: str, value: object) -> None:
    mapping, problems = frontmatter.parse_front_matter(text, "a.md")
    assert problems == ()
    assert [frontmatter.plain(node) for _, node in mapping.pairs] == [value]


def test_keys_and_values_know_their_place() -> None:
    mapping, _ = frontmatter.parse_front_matter('title:   "A b"\nété: [x, yy]\nlinks:\n  pdf: https://x\n', "a.md", 2)
    places = [(key.text, key.span, value.span) for key, value in mapping.pairs]
    assert places == [
        ("title", Span("a.md", 2, 1, 5), Span("a.md", 2, 10, 5)),
        ("été", Span("a.md", 3, 1, 3), Span("a.md", 3, 6, 7)),
        ("links", Span("a.md", 4, 1, 5), Span("a.md", 5, 3, 14)),
    ]
    tags = mapping.get("été")
    assert isinstance(tags, frontmatter.ListNode)
    assert [item.span for item in tags.items] == [Span("a.md", 3, 7, 1), Span("a.md", 3, 10, 2)]
    assert mapping.get("nothing") is None


@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        ("title: A: B", (2, 9, 1), "colon", 'title: "A: B"'),
        ("date: 2019-01-01\ntitle: BERT: deep\ntags: []", (3, 12, 1), "colon", 'title: "BERT: deep"'),
        ('title: "a" study', (2, 8, 9), "closing quote", "title: '\"a\" study'"),
        ("title: [Re] A study\nx: 1", (2, 8, 12), "begins with [", 'title: "[Re] A study"'),
        ("title: `code`", (2, 8, 6), "backquote", '"`code`"'),
        ("title: @home", (2, 8, 5), "begin with @", '"@home"'),
        ("title: *stars*", (2, 8, 7), "alias", '"*stars*"'),
        ("a: 1\ntitle: %x", (3, 8, 2), "begin with %", '"%x"'),
        ("title: !!python/name:os.system x", (2, 8, 25), "tag", "quote the value"),
        ("title: !x y", (2, 8, 4), "tag", "quote the value"),
        ("a: &a [x]\nb: x", (2, 4, 4), "anchor", "quote the value"),
        ('title: "abc\ndate: x', (2, 8, 4), "double quote is not closed", 'with "'),
        ("title: 'abc", (2, 8, 4), "single quote is not closed", "with '"),
        ('title: "\\qx"', (2, 9, 1), "backslash", "single quotes"),
        ("a: 1\n\tb: 2", (3, 1, 1), "tab", "spaces"),
        ("a: 1\n b: 2", (3, 2, 4), "indented more", "same column"),
        ("title\ndate: 3", (2, 1, 5), "no key", "key: value"),
        ("title:abc\ndate: 3", (2, 1, 9), "no key", "title: abc"),
        ("just words", (2, 1, 10), "key: value", "title:"),
        ("- a\n- b", (2, 1, 3), "key: value", "title:"),
        ("a: 1\nb: 2\na: 3", (4, 1, 1), "`a` is here twice", "line 2"),
        ("? [a]\n: b", (2, 3, 1), "a key must be a word", "quote"),
        ("a: 1\n---\nb: 2", (3, 1, 3), "second YAML document", "---"),
        ("a: x\x07y", (2, 5, 1), "U+0007", "delete"),
        ("a: " + "[" * 100_000, (2, 36, 1), "deeper than 32", "flat"),
        ("a: " + "{" * 100_000, (2, 36, 1), "", ""),
    ],
)
def test_faults_are_placed_and_explained(text: str, place: tuple[int, int, int], message: str, hint: str) -> None:
    fault = complaint(text)
    assert fault[:3] == place
    assert message in fault[3]
    assert hint in fault[4]


def test_aliases_do_not_explode() -> None:
    bomb = "a0: &a0 [x]\n" + "".join(f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 9)}]\n" for n in range(9))
    mapping, problems = frontmatter.parse_front_matter(bomb, "a.md")
    assert mapping.pairs == ()
    assert len(problems) == 1


def test_every_duplicate_is_reported_and_the_first_stays() -> None:
    mapping, problems = frontmatter.parse_mapping("a: 1\na: 2\nb: {c: 1, c: 2}\n", "site.yml", "DG201")
    assert frontmatter.plain(mapping) == {"a": 1, "b": {"c": 1}}
    assert [(problem.code, problem.span and problem.span.line) for problem in problems] == [("DG201", 2), ("DG201", 3)]


@pytest.mark.parametrize(
    ("text", "front", "body", "body_line"),
    [
        ("---\na: 1\n---\n\n\n    code\ntext\n\n", "a: 1\n", "    code\ntext", 6),
        ("---\r\na: 1\r\n---\r\nbody\r\n", "a: 1\n", "body", 4),
        ("\ufeff---\na: 1\n--- \nbody", "a: 1\n", "body", 4),
        ("---\n---\n", "", "", 3),
        ("---\na: 1\n...\n---\nrule", "a: 1\n", "---\nrule", 4),
        ("words\n---\nmore", None, "words\n---\nmore", 1),
        ("\n\n---\na: 1\n---\n", None, "---\na: 1\n---", 3),
        ("----\na\n----\n", None, "----\na\n----", 1),
        ("", None, "", 1),
    ],
)
def test_documents_are_parted(text: str, front: str | None, body: str, body_line: int) -> None:
    parted = frontmatter.split_document(text, "a.md")
    assert (parted.front, parted.body, parted.body_line, parted.problems) == (front, body, body_line, ())


@pytest.mark.parametrize("text", ["---\ntitle: a\n\nbody\n", "---", "---\n", "---\ntitle: a\n ---\n"])
def test_an_open_front_matter_is_a_problem(text: str) -> None:
    parted = frontmatter.split_document(text, "a.md")
    assert [(problem.code, problem.span) for problem in parted.problems] == [("DG107", Span("a.md", 1, 1, 3))]


@given(
    st.lists(st.sampled_from(["---", "...", "\n", "\n\n", " ", "\t", "a: b", "é", "\u00a0", "x", "----"])).map("".join)
)
def test_a_bare_fence_opens_what_one_with_a_blank_behind_it_opens(text: str) -> None:
    assert frontmatter.split_document(f"---\n{text}", "a.md") == frontmatter.split_document(f"--- \n{text}", "a.md")


@given(st.lists(st.sampled_from(["\n", "\n", "\n\n", " ", "\t", "é", "\u00a0", "x", "\x0b"])).map("".join))
def test_a_body_begins_with_its_first_line_that_is_not_blank(text: str) -> None:
    body = re.sub(r"\A(?:[ \t]*\n)*", "", text)
    parted = frontmatter.split_document(f"---\na: 1\n---\n{text}", "a.md")
    assert (parted.body, parted.body_line) == (body.rstrip(), 4 + text[: len(text) - len(body)].count("\n"))
