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
