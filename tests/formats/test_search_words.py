from __future__ import annotations

import pytest

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
