"""Keys are renewed; every other line stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats import frontmatter
from digest.formats.frontmatter_edits import edit_front_matter

ORDER = ("title", "date", "authors", "tags", "source")
FRONT = """# the best one
title: Onions   # mine
date: 2019-12-06

authors:
  - Ada Lovelace
# tags are ours
tags: [garden]
"""


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, FRONT),
        ({"title": "Leeks"}, FRONT.replace("title: Onions   # mine", "title: Leeks")),
        ({"authors": ["A B", "C D"]}, FRONT.replace("  - Ada Lovelace", "  - A B\n  - C D")),
        ({"source": {"format": "ris"}}, FRONT + "source:\n  format: ris\n"),
        ({"date": None}, FRONT.replace("date: 2019-12-06\n", "")),
        ({"tags": ["a"], "date": "2020-01-01"}, FRONT.replace("[garden]", "\n  - a").replace("tags: \n", "tags:\n")
         .replace("2019-12-06", '"2020-01-01"')),
    ],
)  # fmt: skip
def test_edits(changes: dict[str, frontmatter.Plain], expected: str) -> None:
    assert edit_front_matter(FRONT, changes, ORDER) == expected


def test_a_new_key_goes_where_the_order_has_it() -> None:
    assert edit_front_matter("title: A\nsource: x\n", {"tags": ["b"], "authors": ["C D"]}, ORDER) == (
        "title: A\nauthors:\n  - C D\ntags:\n  - b\nsource: x\n"
    )
    assert edit_front_matter("title: A\nmood: gay\n", {"other": "x"}, ORDER).endswith("gay\nother: x\n")
    assert edit_front_matter("date: 2019-12-06\n", {"title": "A"}, ORDER) == "title: A\ndate: 2019-12-06\n"
    assert edit_front_matter("", {"title": "A"}, ORDER) == "title: A\n"


@pytest.mark.parametrize("front", ["{title: A, date: 2019-12-06}\n", "? title\n: A\n"])
def test_what_is_not_one_key_a_line_is_written_anew(front: str) -> None:
    mapping, problems = frontmatter.parse_mapping(edit_front_matter(front, {"title": "B: c"}, ORDER), "", "DG101")
    assert not problems
    assert frontmatter.plain(mapping.get("title")) == "B: c"  # type: ignore[arg-type] # it is there


@settings(deadline=None, max_examples=60)
@given(
    st.dictionaries(st.sampled_from(ORDER), st.text(max_size=20), min_size=1),
    st.dictionaries(st.sampled_from(ORDER), st.one_of(st.text(max_size=20), st.lists(st.text(max_size=9)))),
)
def test_what_is_set_is_read_and_the_rest_stays(
    before: dict[str, frontmatter.Plain], changes: dict[str, frontmatter.Plain]
) -> None:
    def read(front: str) -> object:
        mapping, problems = frontmatter.parse_mapping(front, "", "DG101")
        assert not problems
        return frontmatter.plain(mapping)

    old = frontmatter.dump_front_matter(before)
    written = frontmatter.dump_front_matter({**before, **changes})
    assert read(edit_front_matter(old, changes, ORDER)) == read(written)
