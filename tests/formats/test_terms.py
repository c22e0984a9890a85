"""The words by which texts are compared."""

from __future__ import annotations

import pytest

from digest.formats.terms import code_name, code_words


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", []),
        ("Deep nets; deep NETS, and 3 nets", ["deep", "net", "and"]),
        (r"The \mathcal{O}(n) bound", ["the", "bound"]),
        ("Über naïve Bäume – 5", ["über", "naïve", "bäume"]),
        ("Straße", ["strasse"]),
        ("The model’s “networks” of 3–5 authors’", ["the", "model", "network", "author"]),
        ("is at ΓΣ ε", ["γσ", "ε"]),
        ("機械学習 model", ["model", "機械", "械学", "学習"]),
        ("機", ["機"]),
        ("딥러닝", ["딥러", "러닝"]),
        ("\u1019\u103c\u1014\u103a", ["\u1019\u103c", "\u103c\u1014", "\u1014\u103a"]),  # Burmese
        ("\U00020000\U00020001", ["\U00020000\U00020001"]),
        ("under_scores", ["under", "score"]),
    ],
)
def test_words_are_folded_and_scripts_without_spaces_go_by_twos(text: str, terms: list[str]) -> None:
    assert code_words(text) == set(map(code_name, terms))
