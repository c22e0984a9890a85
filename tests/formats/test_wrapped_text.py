"""Text that was broken to a width."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats import wrapped_text


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["  One", "two.", "  Three", "four."], "One two.\n\nThree four."),
        (["One", "two.", "", "Three"], "One two.\n\nThree"),
        (["    One", "    two."], "One two."),
        (["  One", "", "two", "", "three."], "One two three."),
        (["  We ask:", "  - one,", "  - two."], "We ask:\n\n- one,\n- two."),
        (["  Fr\\'echet's 2*x*y and a_b."], "Fréchet's 2\\*x\\*y and a_b."),
        (["Three:", "- one", "- two"], "Three:\n\n- one\n- two"),
        (["It is", "- or was - one."], "It is - or was - one."),
        (["", " "], ""),
    ],
)
def test_paragraphs_of_an_abstract(lines: list[str], expected: str) -> None:
    assert wrapped_text.join_lines(lines) == expected


@settings(deadline=None, max_examples=80)
@given(st.lists(st.text(max_size=12), max_size=12))
def test_no_word_is_lost(lines: list[str]) -> None:
    words = [word for line in lines for word in line.split() if word.isalnum() and word.isascii()]
    joined = wrapped_text.join_lines(lines)
    assert all(word in joined for word in words)
