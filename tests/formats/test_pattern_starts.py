"""With which characters a match of a regular expression can begin."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.formats.pattern_starts import OTHER, compile_pattern, starts_of

_PATTERNS = [
    "", "a", "ab|c", "(?:a|b)+c", "a?b", "a*?[bc]", "a++b", "(?>a|bc)d", "[^a-y\\s]x", "[^\\n]", ".", "(?s:.)a", "\\w+",
    "\\W", "\\d\\.", "\\D\\S", "\\s", "^a", "\\bk", "(?=a)b?c", "(?!a)[ab]", "(?<=a)b", "(a)?(?(1)b|c)", "(a)\\1",
    "(a?)\\1b", "(?i)k", "(?i)[a-k]", "(?i:s)x", "(?i)[^k]", "(?i)é", "é", "[à-ü]", "[a-ü]", "(?P<x>[0-9])",
    "(?:(?i:a)|b)c", "a{0,2}b", "a{2}", "(?:a?b?)+c",
]  # fmt: skip
_TEXT = st.text(st.sampled_from("abckKsSxyz09 .\n\té\u00c9\u212a\u017fü_"), max_size=6)


@given(st.sampled_from(_PATTERNS), st.sampled_from([0, re.IGNORECASE, re.MULTILINE, re.DOTALL, re.ASCII]), _TEXT)
def test_every_match_begins_with_one_of_them(pattern: str, flags: int, text: str) -> None:
    compiled = re.compile(pattern, flags)
    again = compile_pattern(pattern, int(flags))
    assert [(found.span(), found.groups()) for found in again.finditer(text)] == [
        (found.span(), found.groups()) for found in compiled.finditer(text)
    ]
    starts = starts_of(pattern, flags)
    for place in range(len(text) + 1):
        if compiled.match(text, place) and starts is not None:
            assert place < len(text)
            assert min(ord(text[place]), OTHER) in starts


@pytest.mark.parametrize(
    ("pattern", "starts"),
    [
        ("ab|c", "ac"), ("a?b", "ab"), ("(?:ab)+", "a"), ("(?!x)[ab]", "ab"), ("^#", "#"), ("(?i)a", "aA\x80"),
        ("[0-2]", "012"), ("(a?)(b|c)", "abc"),
    ],
)  # fmt: skip
def test_no_more_than_needed(pattern: str, starts: str) -> None:
    assert starts_of(pattern, 0) == frozenset(map(ord, starts))


@pytest.mark.parametrize("pattern", ["", "a?", "a*|b", "(?=a)", "(a?)\\1", "[\\s\\S]"])
def test_what_can_be_empty_or_anything_has_none(pattern: str) -> None:
    assert starts_of(pattern, 0) is None
