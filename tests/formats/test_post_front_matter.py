"""Front matter of posts as people write it, right and wrong."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats.post_front_matter import parse_post
from digest.formats.post_head import PostHead, flatten_value


def read(text: str) -> PostHead:
    head = parse_post(text, "post.md")
    assert head is not None
    return head


def fields(text: str) -> list[tuple[str, str]]:
    return [(field.name, field.value) for field in read(text).fields]


def test_lists_and_mappings_are_fields_under_their_paths() -> None:
    text = (
        "---\nTitle: On Beans\ntags: [a b, 'c']\nlinks:\n  pdf-file: x\nauthor:\n- name: Ada Lovelace\ndraft: ~\n---\n"
    )
    assert fields(text) == [
        ("title", "On Beans"),
        ("tags[]", "a b"),
        ("tags[]", "c"),
        ("links.pdf_file", "x"),
        ("author[].name", "Ada Lovelace"),
        ("draft", ""),
    ]


def test_the_body_begins_where_its_first_line_does() -> None:
    head = read("\n\n---\ntitle: On Beans\n---\n\n\n  Beans grow.\n\n")
    assert (head.body, head.body_line, head.fields[0].line) == ("  Beans grow.", 8, 4)


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("title: Beans: how do they grow?", "Beans: how do they grow?"),
        ("title: *Beans* and peas", "*Beans* and peas"),
        ("title: @beans", "@beans"),
        ("title: {{ page.title }}", "{{ page.title }}"),
        ('title: "Beans" and peas', '"Beans" and peas'),
        ("title: 'Bean's garden'", "Bean's garden"),
        ("title: `beans`", "`beans`"),
        ("title:\tBeans", "Beans"),
        ("title: a\u0007b", "ab"),
    ],
)
def test_what_yaml_cannot_read_is_taken_as_it_stands(line: str, value: str) -> None:
    head = read(f"---\nlayout: post\n{line}\ndate: 2019-01-02\n---\nBeans grow.\n")
    assert [(field.name, field.value, field.line) for field in head.fields] == [
        ("layout", "post", 2),
        ("title", value, 3),
        ("date", "2019-01-02", 4),
    ]
    assert all(problem.severity == "warning" and problem.code == "DG101" for problem in head.problems)
    assert head.body == "Beans grow."


def test_a_key_that_is_there_twice_is_read_twice() -> None:
    assert fields("---\ntitle: Beans\ntitle: Peas\n---\n") == [("title", "Beans"), ("title", "Peas")]


def test_lists_that_yaml_cannot_read() -> None:
    assert fields("---\ntags: [beans, 'peas, pods]\n---\nx") == [
        ("tags[]", "beans"),
        ("tags[]", "'peas"),
        ("tags[]", "pods"),
    ]
    assert fields("---\ntags:\n  - @beans\n  - peas\n---\nx") == [("tags[]", "@beans"), ("tags[]", "peas")]


def test_comments_are_remarks_and_signs_in_values_are_not() -> None:
    head = read("---\n# made by hand\ntitle: C# for beans # sharp\n---\n")
    assert head.fields[0].value == "C# for beans"
    assert head.remarks == ((2, "made by hand"), (3, "sharp"))


def test_toml() -> None:
    text = '+++\ntitle = "On Beans" # a remark\ndate = 2019-01-02T03:04:05Z\ntags = ["a b"]\ndraft = true\n'
    text += '[taxonomies]\nkinds = ["x"]\n[[extra.authors]]\nname = "Ada"\n+++\n\nBeans grow.\n'
    head = read(text)
    assert [(field.name, field.value, field.line) for field in head.fields] == [
        ("title", "On Beans", 2),
        ("date", "2019-01-02T03:04:05+00:00", 3),
        ("tags[]", "a b", 4),
        ("draft", "true", 5),
        ("taxonomies.kinds[]", "x", 6),
        ("extra.authors[].name", "Ada", 8),
    ]
    assert (head.body, head.body_line) == ("Beans grow.", 12)


def test_toml_that_is_none_is_read_line_by_line() -> None:
    head = read('+++\ntitle = "On Beans\ntags = [\'a\', "b c"]\n[extra]\nbio = plain\nodd\n+++\nBeans grow.\n')
    assert [(field.name, field.value) for field in head.fields] == [
        ("title", "On Beans"),
        ("tags[]", "a"),
        ("tags[]", "b c"),
        ("extra.bio", "plain"),
        ("", "odd"),
    ]
    assert [problem.severity for problem in head.problems] == ["warning"]


def test_json() -> None:
    head = read('{\n  "title": "On Beans",\n  "tags": ["a"]\n}\n\nBeans grow.\n')
    assert [(field.name, field.value) for field in head.fields] == [("title", "On Beans"), ("tags[]", "a")]
    assert (head.body, head.body_line) == ("Beans grow.", 6)


@pytest.mark.parametrize(
    "text",
    [
        "Beans grow.\n",
        "---\n\nBeans grow between two rules.\n\n---\n",
        "---\ntitle: never closed\n",
        "+++\ntitle = 1\n",
        '{"title": "no end"',
        "{{ template }}",
        "",
    ],
)
def test_a_text_without_front_matter_has_none(text: str) -> None:
    assert parse_post(text, "post.md") is None


def test_nesting_without_end_is_no_end_of_reading() -> None:
    assert parse_post("---\na: " + "[" * 5000 + "\n---\n", "post.md") is not None
    assert parse_post("+++\na = " + "[" * 5000 + "\n+++\n", "post.md") is not None
    assert parse_post('{"a": ' + "[" * 5000, "post.md") is None
    deep: object = "end"
    for _ in range(5000):
        deep = [deep]
    assert [field.name for field in flatten_value("a", deep)] == ["a[]"]


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("ab:-#[]{}'\"\n\t *&!|>%@`,?= é\u0007"), max_size=120), st.sampled_from(["---", "+++"]))
def test_every_head_can_be_read(front: str, fence: str) -> None:
    head = parse_post(f"{fence}\ntitle: x\n{front}\n{fence}\nBeans grow.\n", "post.md")
    assert head is None or "Beans grow." in head.body


def test_the_first_fence_may_be_left_out() -> None:
    text = "title: On Beans\ndate: 2021-03-05 10:20:30\ntags:\n- green\n- broad\n---\nThey grow.\n"
    assert fields(text) == [
        ("title", "On Beans"),
        ("date", "2021-03-05 10:20:30"),
        ("tags[]", "green"),
        ("tags[]", "broad"),
    ]
    assert [field.line for field in read(text).fields] == [1, 2, 4, 5]
    assert (read(text).body, read(text).body_line) == ("They grow.", 7)


def test_labelled_lines_over_a_rule_are_no_front_matter() -> None:
    assert parse_post("Title: On Beans\nDate: 2021\nAuthors: Ann Author\n---\nThey grow.\n", "post.md") is None
