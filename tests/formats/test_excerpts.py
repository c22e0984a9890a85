"""The opening of a body, cut where a sentence or a word ends."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats.excerpts import excerpt_of

_WORDS = st.sampled_from(
    ["word", "of", "end.", "end.)", "e.g.", "al.", "X.", "so,", "Why?", "“it.”", "–", "a" * 40, "é…"]
)
_TEXTS = st.lists(
    st.tuples(_WORDS, st.sampled_from([" ", " ", "  ", "\n", "\u00a0", "\u2003"])), min_size=1, max_size=120
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("word " * 72, "word " * 71 + "word"),
        ("word " * 73, "word " * 59 + "word…"),
        ("word " * 40 + "end. " + "word " * 40, "word " * 40 + "end. …"),
        ("word " * 20 + "end. " + "word " * 60, "word " * 20 + "end. " + "word " * 38 + "word…"),
        ("word " * 29 + "end. " + "word " * 60, "word " * 29 + "end. …"),
        ("word " * 28 + "end. " + "word " * 60, "word " * 28 + "end. " + "word " * 30 + "word…"),
        ("word " * 63 + "end. And " + "word " * 20, "word " * 63 + "end. …"),
        ("word " * 59 + "so, " + "word " * 20, "word " * 59 + "so…"),
        ("w" * 800 + " word" * 80, "…"),
    ],
)
def test_text_is_cut_where_a_sentence_or_a_word_ends(text: str, expected: str) -> None:
    assert excerpt_of(f"<p>{text}</p>", ()) == f"<p>{expected}</p>"
    assert excerpt_of(f"<p>{text}<em></em></p>", ()) == f"<p>{expected}</p>"


@settings(deadline=None)
@given(_TEXTS, _TEXTS)
def test_plain_text_is_cut_as_text_with_tags_is(first: list[tuple[str, str]], second: list[tuple[str, str]]) -> None:
    texts = [escape("".join(word + blank for word, blank in text), quote=False) for text in (first, second)]
    plain, tagged = ("\n".join(f"<p>{text}{end}</p>" for text in texts) for end in ("", "<em></em>"))
    assert excerpt_of(plain, ()) == excerpt_of(tagged, ())
    assert excerpt_of(f"<p>{texts[0]}</p>", ()) == excerpt_of(f"<p>{texts[0]}<em></em></p>", ())
