from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.formats.search_words import search_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Deep Residual-Learning, 2nd ed.", ["deep", "residual", "learning", "2nd", "ed"]),
        ("arXiv:1706.03762v7", ["arxiv", "1706", "03762v7"]),
        ("snake_case and _private", ["snake", "case", "and", "private"]),
        ("Poincaré Poincare\u0301 POINCARÉ", ["poincare"] * 3),
        ("Größe, Ærø, Łódź, İstanbul, Straße", ["grosse", "aero", "lodz", "istanbul", "strasse"]),
        ("Ηράκλειτος λόγος", ["ηρακλειτοσ", "λογοσ"]),
        ("Ёлка ёж", ["елка", "еж"]),
        ("𝑥² ﬁnite ＡＢＣ", ["x2", "finite", "abc"]),
        ("深度学习", ["深度", "度学", "学习", "习"]),
        ("GPT的注意", ["gpt", "的注", "注意", "意"]),
        ("がくしゅう ｶﾞｸ", ["がく", "くし", "しゅ", "ゅう", "う", "ガク", "ク"]),
        ("기계 학습", ["기계", "계", "학습", "습"]),
        ("مُتَعَلِّم", ["متعلم"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("naïve’s", ["naive", "s"]),
        ("a" * 50, ["a" * 40, "a" * 10]),
        ("", []),
        ("… — !", []),
    ],
)
def test_words_are_compared_in_their_plainest_form(text: str, words: list[str]) -> None:
    assert search_words(text) == words


SIGNS = st.one_of(st.characters(), st.sampled_from("aZ7_ \t\x1c\xa0\u2003\u0301\u3099éΣς深カﬁİ"))


@given(st.text(SIGNS, max_size=60))
def test_a_text_is_read_piece_by_piece_as_it_is_as_a_whole(text: str) -> None:
    assert search_words(text) == search_words("…".join(text.split()))


@given(st.text(st.characters(max_codepoint=127)), st.integers(0, 90))
def test_plain_words_are_those_of_a_pattern(text: str, more: int) -> None:
    text += "x" * more
    assert search_words(text) == re.findall("[a-z0-9]{1,40}", text.lower())
