"""Names of authors in lists, in all the orders that people write."""

from __future__ import annotations

import pytest

from digest.formats.name_lists import are_authors, are_surely_authors, is_names, listed_names, read_authors


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ada Lovelace, Ann Author, and Bob Barker", ("Ada Lovelace", "Ann Author", "Bob Barker")),
        ("Lovelace, A., Author, A. B., & Barker, B.", ("A. Lovelace", "A. B. Author", "B. Barker")),
        ("Lovelace, Ada, Ann Author, and Bob Barker.", ("Ada Lovelace", "Ann Author", "Bob Barker")),
        ("Lovelace, Ada, et al.", ("Ada Lovelace",)),
        ("Lovelace, Ada and Barker, Bob", ("Ada Lovelace", "Bob Barker")),
        ("Ada Lovelace (Uni - X)*; Bob Barker (Y, Z)", ("Ada Lovelace", "Bob Barker")),
        ("Ada Lovelace et al.", ("Ada Lovelace",)),
        ("Ada Lovelace, Ann Author 等 6 位作者", ("Ada Lovelace", "Ann Author")),
        ("Lovelace & Barker", ("Lovelace", "Barker")),
        (
            "Ada Lovelace, Ann Author, Bob dit Barker, Carl Curie",
            ("Ada Lovelace", "Ann Author", "Bob dit Barker", "Carl Curie"),
        ),
    ],
)
def test_authors(text: str, names: tuple[str, ...]) -> None:
    assert are_authors(text)
    assert read_authors(text)[0] == names


@pytest.mark.parametrize(
    "text", ["Towards Efficient and Stable Video Transfer", "Hidden Representations and Task Semantics", "Ada Lovelace"]
)
def test_where_a_title_may_stand_names_must_be_sure(text: str) -> None:
    assert not are_surely_authors(text)


def test_a_line_in_the_place_of_names() -> None:
    assert listed_names("Ada Lovelace, Bob Barker1, Carl Curie, X") == (
        "Ada Lovelace",
        "Bob Barker1",
        "Carl Curie",
        "X",
    )
    assert listed_names("by Ada Lovelace, Bob Barker") == ("Ada Lovelace", "Bob Barker")
    assert listed_names("We show that engines compute, and so on") == ()
    assert not is_names(
        "This sentence speaks of engines, their wheels and what they compute when nobody looks at them at all"
    )
