"""Lexers that compile what they need, and sort it, give the tokens that they give without."""

from __future__ import annotations

import re
from typing import Any

import pytest
from code_values import CODE, LANGUAGES
from hypothesis import given, settings
from hypothesis import strategies as st
from pygments.lexer import RegexLexer, combined, default, include, words
from pygments.lexer import bygroups as _bygroups
from pygments.lexers import find_lexer_class_by_name, get_lexer_by_name
from pygments.token import Error, Keyword, Name, Number, String, Text, Whitespace

from digest.formats.lexing import make_lexer, read_tokens

bygroups: Any = _bygroups  # it has no types
_ASCII = "".join(map(chr, range(0x80)))
_LETTERS = "".join(map(chr, range(0x100, 0x180)))


class _Odd(RegexLexer):
    """One with all that rules can say."""

    flags = re.MULTILINE
    tokens = {  # noqa: RUF012 - as Pygments has it
        "root": [
            include("blanks"),
            (words(("if", "else"), suffix=r"\b"), Keyword),
            (rf"[a-z{_LETTERS}]+", Name),
            (rf"(?i)[K{_LETTERS}]", Name.Class),
            (rf"=[^[a-z{_LETTERS}]", Text),
            (r"(\d+)(\.)(x?)", bygroups(Number, None, String), ("text", "#push", "text", "#pop")),
            (r'"', String, combined("text", "blanks")),
            (r"(?=\()", Text, "inner"),
            (r"\)", Text, "#pop"),
            (r"!", Text, "#pop:2"),
            (r"@", Text, "#push"),
        ],
        "blanks": [(r" +", Whitespace)],
        "text": [(r'"', String, "#pop"), (r'[^"\n]', String)],
        "inner": [(r"\(", Text, "root"), default("#pop")],
    }


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(LANGUAGES), CODE)
def test_a_language_has_the_same_tokens(language: str, code: str) -> None:
    expected = list(get_lexer_by_name(language, stripnl=False).get_tokens(code))
    lexer = make_lexer(find_lexer_class_by_name(language), beyond="".join(sorted({*code} - {*_ASCII})))
    assert list(lexer.get_tokens(code)) == expected


@settings(max_examples=500, deadline=None)
@given(st.text(st.sampled_from('if else k\u212aé\u0101x1.="()!@[\n\t'), max_size=30))
def test_rules_of_every_kind_are_followed(text: str) -> None:
    expected = [(kind, part) for _, kind, part in _Odd().get_tokens_unprocessed(text)]
    for beyond in (None, "".join(sorted({*text} - {*_ASCII})), "é\u0101\u212a"):
        lexer = make_lexer(_Odd, beyond=beyond)
        assert read_tokens(lexer, text, Whitespace, Error) == expected
        assert [(kind, part) for _, kind, part in lexer.get_tokens_unprocessed(text)] == expected


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(["a", "ab", "abc", "b_1", "1", "a b", "a-b", "é", "aé"]), min_size=1, unique=True),
    st.sampled_from(["", r"\b", r"(?<!\.)", r"(?<=b)", "b?"]),
    st.sampled_from([r"\b", "", r"(?!-)"]),
    st.sampled_from([re.MULTILINE, re.ASCII, re.IGNORECASE]),
    st.text(st.sampled_from("aabbcé1_. -A\u0101\n"), max_size=12),
)
def test_listed_words_are_found_as_their_pattern_finds_them(
    listed: list[str], before: str, after: str, flags: re.RegexFlag, text: str
) -> None:
    rules = [
        (words(tuple(listed), before, after), Keyword),
        (words(("c", *listed), before, after), bygroups(Name.Class)),
        (r"(?s).", Text),
    ]
    kind = type("Lexer", (RegexLexer,), {"tokens": {"root": rules}, "flags": flags})
    expected = [(token, part) for _, token, part in kind().get_tokens_unprocessed(text)]
    assert read_tokens(make_lexer(kind, beyond=None), text, Whitespace, Error) == expected


@pytest.mark.parametrize(
    ("regex", "compiled"),
    [
        (f"[a-z{_LETTERS}]+", "[a-z]+"), (f"[^[a_0{_LETTERS}]b", "[^[a_0]b"), (f"[a-{_LETTERS}]", None),
        (f"\\\\[a{_LETTERS}]", None), (f"a{_LETTERS}", None), ("[aé]", None), (f"(?i)[a{_LETTERS}]", None),
        (f"[{_LETTERS}]", None),
    ],
)  # fmt: skip
def test_letters_that_no_text_has_are_left_out_of_sets(regex: str, compiled: str | None) -> None:
    kind = type("Lexer", (RegexLexer,), {"tokens": {"root": [(regex, Text)]}})
    for beyond, expected in (("", compiled), ("\xff\u0180", compiled), ("a\u0123", None), (None, None)):
        ((rule, *_),) = make_lexer(kind, beyond=beyond)._tokens["root"].by_first._rules
        assert rule._text() == (expected or regex)
