"""What is looked at before a formula is rewritten hides nothing from the patterns that do it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats import tex_rewriting

WORDS = st.sampled_from([*sorted(tex_rewriting._COMMANDS), "text", "textbf", "mbox", "alpha", "of", "fcolor", "x"])
SIGNS = st.sampled_from(["\\", "{", "}", "*", "[", "]", "$", "&", "_", " ", "{a}", "{align}", "{$x$}", "a", "é", "\n"])
TEX = st.lists(WORDS | SIGNS | WORDS.map(r"\{}".format) | WORDS.map(r"\{}{{a}}".format), max_size=8).map("".join)


@settings(max_examples=400, deadline=None)
@given(TEX)
def test_what_needs_no_rewriting_stays_as_it_is(tex: str) -> None:
    if not tex_rewriting.is_needed(tex):
        assert tex_rewriting.rewrite(tex, display=False) == tex


@settings(max_examples=400, deadline=None)
@given(TEX)
def test_whatever_a_pattern_finds_has_one_of_its_words(tex: str) -> None:
    for words, pattern, _ in tex_rewriting._CHANGES:
        assert any(word in tex for word in words) or not pattern.search(tex)
