"""Short texts."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from planning_values import an_entry

from digest.formats.html import strip_tags
from digest.model import Catalogue, Prose
from digest.planning.summaries import count_text, reading_minutes, shorten, summary_text, titles_text


def test_a_short_text_stays() -> None:
    assert shorten("One\n two.", 20) == "One two."


def test_a_long_text_is_cut_at_a_word() -> None:
    assert shorten("alpha beta gamma delta", 18) == "alpha beta gamma…"
    assert shorten("alpha, beta, gamma", 13) == "alpha, beta…"


def test_a_text_without_spaces_is_cut_anywhere() -> None:
    assert shorten("模" * 50, 10) == "模" * 9 + "…"


def test_no_bracket_is_left_open() -> None:
    assert shorten("We bound the error O(n log n + k) here", 30) == "We bound the error…"
    assert shorten(r"We bound it by \sum_{i = 1}^n x_i here", 28) == "We bound it by…"
    assert shorten("We (that is, many people) bound it here", 33) == "We (that is, many people) bound…"
    assert shorten("(" + "words " * 40, 100).endswith("words words…")  # a long remark is no formula


@settings(deadline=None)
@given(st.text(max_size=200), st.integers(8, 50))
def test_never_longer_than_asked(text: str, limit: int) -> None:
    assert len(shorten(text, limit)) <= limit


PIECES = ["word", "(", ")", "模", " ", "\n", "\xa0" * 9, " " * 90, "long" * 30]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_a_text_is_cut_as_its_first_line_is(pieces: list[str]) -> None:
    text, limit = "".join(pieces), 40
    line = " ".join(text[: 4 * limit].split())
    if len(line) > limit or len(text) <= 4 * limit:  # else it is short, and more of it follows
        assert shorten(text, limit) == shorten(line, limit)


SUMMARIES = st.lists(
    st.sampled_from(["<p>", "</p>", "word", "a", " ", "\n", "\u2028", "\xa0", "&amp;", "<br>", "<em>a</em>"])
)


@settings(deadline=None)
@given(SUMMARIES.map("".join) | SUMMARIES.map(lambda pieces: f"<p>{''.join(pieces)}</p>"))
def test_a_summary_is_its_text_without_tags(excerpt: str) -> None:
    entry = an_entry(summary="It has one.")
    assert summary_text(entry, Prose("", excerpt, "text"), 10) == shorten(strip_tags(excerpt), 10)
    assert summary_text(an_entry(), Prose("", excerpt, "text"), 10) == "text"


def test_counts() -> None:
    assert count_text(Catalogue(), 1) == "1 entry"
    assert count_text(Catalogue(), 0) == "0 entries"
    assert titles_text(Catalogue(), ["A", "B"]) == "2 entries: A; B"
    assert [reading_minutes(words) for words in (0, 1, 220, 221)] == [0, 1, 1, 2]
