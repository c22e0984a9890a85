"""Spans of a flattened line: what lies inside them is never taken for a mark."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats.flat_spans import FILLER, mask_spans


def masked(text: str) -> list[tuple[str, str]]:
    found = mask_spans(text)
    return [(span.kind, text[span.start : span.end]) for span in found.spans]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("a `b * c` d", [("code", "`b * c`")]),
        ("a ``b ` c`` d", [("code", "``b ` c``")]),
        ("an open ` tick", []),
        ("```py x * y``` z", [("fence", "```py x * y```")]),
        ("$a - b$ and $$c * d$$", [("math", "$a - b$"), ("display", "$$c * d$$")]),
        ("$ x $ but $5 and $6 are money", [("math", "$ x $")]),
        (r"\(a - b\) costs \$5 or \$6", [("math", r"\(a - b\)")]),
        (r"$\text{\$5}$", [("math", r"$\text{\$5}$")]),
        ('![a - b](c.png "d - e")', [("image", '![a - b](c.png "d - e")')]),
        ("[[1] a * b](https://a.example/b_(c)) x", [("link", "[[1] a * b](https://a.example/b_(c))")]),
        ("[a][b] but [c] is none", [("link", "[a][b]")]),
        ("(see https://a.example/b-c).", [("parens", "(see https://a.example/b-c)"), ("url", "https://a.example/b-c")]),
        ("<b - c> but 1 < 2 - 3 > 4", [("tag", "<b - c>")]),
        ("f(a (b - c) d) e)", [("parens", "(a (b - c) d)")]),
        ("((a", []),
        ("| a | b | |---|---| | c | d | e", [("table", "| a | b | |---|---| | c | d |")]),
        ("a | b --- c", []),
    ],
)
def test_spans_are_found(text: str, spans: list[tuple[str, str]]) -> None:
    assert masked(text) == spans


def test_insides_are_filled_and_ends_stay() -> None:
    found = mask_spans("x `a b` (c d)")
    assert found.hard == f"x `{FILLER * 3}` (c d)"
    assert found.soft == f"x `{FILLER * 3}` ({FILLER * 3})"


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet="a b`$\\()[]!<>|-~:/h\"'", max_size=60))
def test_masks_are_as_long_as_their_text_and_differ_inside_spans_only(text: str) -> None:
    found = mask_spans(text)
    assert len(found.hard) == len(found.soft) == len(text)
    inside = {place for span in found.spans for place in range(span.start + 1, span.end - 1)}
    assert all(text[place] == found.soft[place] for place in range(len(text)) if place not in inside)


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="a b`$()[]!", max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_a_slice_has_the_spans_that_lie_in_it(text: str, start: int, length: int) -> None:
    whole = mask_spans(text)
    piece = whole.slice(start, start + length)
    assert piece.text == text[start : start + length]
    expected = [span for span in whole.spans if start <= span.start and span.end <= start + length]
    assert [(span.start + start, span.end + start) for span in piece.spans] == [
        (span.start, span.end) for span in expected
    ]
