"""Pieces of a line: text, its styles, its links."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats.markdown_inline import Piece, parse_inline, plain


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("a **b** c", (Piece("a "), Piece("b", strong=True), Piece(" c"))),
        ("***a*** b", (Piece("a", strong=True, emphasis=True), Piece(" b"))),
        ("snake_case_x", (Piece("snake_case_x"),)),
        ("2 * 3 * 4", (Piece("2 * 3 * 4"),)),
        (
            "[**T** u](https://x.org)",
            (Piece("T", strong=True, href="https://x.org"), Piece(" u", href="https://x.org")),
        ),
        (r"\[[pdf](a.pdf)\]", (Piece("["), Piece("pdf", href="a.pdf"), Piece("]"))),
        ("[T]({{ site.url }}/a.pdf)", (Piece("T", href="{{ site.url }}/a.pdf"),)),
        ("[[pdf]](a_(b).pdf)", (Piece("[pdf]", href="a_(b).pdf"),)),
        ('<a href="x.pdf"><b>T</b></a> &amp; c', (Piece("T", strong=True, href="x.pdf"), Piece(" & c"))),
        ("![star](s.svg) a", (Piece("star", image=True), Piece(" a"))),
        ("a<br>b", (Piece("a\nb"),)),
        ("$a_b * c_d$ *e*", (Piece("$a_b * c_d$ "), Piece("e", emphasis=True))),
        ("**open", (Piece("**open"),)),
        ("`a *b*`", (Piece("a *b*", code=True),)),
        ("see https://x.org/a_b).", (Piece("see "), Piece("https://x.org/a_b", href="https://x.org/a_b"), Piece(")."))),
    ],
)
def test_pieces(text: str, pieces: tuple[Piece, ...]) -> None:
    assert parse_inline(text) == pieces


def test_links_by_label() -> None:
    assert parse_inline("[Title][1] and [two]", {"1": "https://x.org", "two": "y"}) == (
        Piece("Title", href="https://x.org"),
        Piece(" and "),
        Piece("two", href="y"),
    )


@pytest.mark.parametrize(
    "bad", ["[" * 40_000, "**a" * 20_000, "[a](" * 15_000, "<a " * 15_000, "*a " * 15_000, "<!--" * 9_000]
)
def test_hostile_lines_take_no_quadratic_time(bad: str) -> None:
    start = time.perf_counter()
    parse_inline(bad)
    assert time.perf_counter() - start < 5


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab *_[]()<>`!$\\\n:hbt/", max_size=60))
def test_letters_stay(text: str) -> None:
    kept = plain(parse_inline(text))
    for word in ("ab", "ba"):
        assert (
            word not in kept
            or word in text.replace("\n", " ").replace("\\", "").translate(str.maketrans("", "", "*_`"))
            or "<" in text
        )
