"""Highlighted code and its colours."""

from __future__ import annotations

import re
from html import unescape
from io import StringIO

import pytest
from code_values import CODE, LANGUAGES
from hypothesis import given, settings
from hypothesis import strategies as st
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.token import Token

from digest.formats import highlighting


def text_of(html: str) -> str:
    return unescape(re.sub(r"<[^<>]*>", "", html))


@pytest.mark.parametrize(
    ("info", "language"),
    [
        ("python", "python"), ("Python title=x", "python"), ("{.c++ .numbers}", "c++"), ("c#", "c#"), ("", ""),
        ('"x', ""), ("1", ""), ("a" * 99, "a" * 41),
    ],
)  # fmt: skip
def test_the_language_of_a_fence(info: str, language: str) -> None:
    assert highlighting.language_of(info) == language


def test_known_code_is_marked_by_class() -> None:
    html = highlighting.highlight("def f():\n    return '<b>'", "py")
    assert html.startswith('<pre class="code" tabindex="0" data-lang="py"><code><span class="k">def</span> ')
    assert text_of(html) == "def f():\n    return '<b>'\n"
    assert "style=" not in html


@pytest.mark.parametrize("info", ["", "nolang", "text"])
def test_other_code_stays_plain(info: str) -> None:
    assert highlighting.highlight("a <b>\n\n  & c", info).endswith("<code>a &lt;b&gt;\n\n  &amp; c\n</code></pre>")


def test_very_long_code_stays_plain() -> None:
    assert "<span" not in highlighting.highlight("x = 1\n" * highlighting.LONGEST, "python")


@pytest.mark.parametrize("code", ["", "\n\n", "x", "\n x \n"])
def test_no_line_is_lost(code: str) -> None:
    assert text_of(highlighting.highlight(code, "python")).strip("\n") == code.strip("\n")
    assert text_of(highlighting.highlight("\n\nx", "python")) == "\n\nx\n"


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(LANGUAGES), CODE)
def test_code_is_written_as_the_formatter_of_pygments_does(language: str, code: str) -> None:
    stream = StringIO()
    HtmlFormatter(nowrap=True).format(get_lexer_by_name(language, stripnl=False).get_tokens(code), stream)
    expected = re.sub(r'<span class="w">(\s*)</span>', r"\1", stream.getvalue())
    html = highlighting.highlight(code, language)
    assert html.partition("<code>")[2].removesuffix("</code></pre>") == expected.replace("&quot;", '"').replace(
        "&#39;", "'"
    )


def test_a_kind_of_token_that_is_finer_has_more_names() -> None:
    kinds = [Token, Token.Name, Token.Name.Odd, Token.Name.Odd.More, Token.Odd, Token.Text]
    stream = StringIO()
    HtmlFormatter(nowrap=True).format([(kind, "x ") for kind in kinds], stream)
    assert highlighting.write_tokens((kind, "x ") for kind in kinds) == stream.getvalue()


def test_contrast_is_that_of_wcag() -> None:
    assert highlighting.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert highlighting.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    ("light", "dark"), [("xcode", "lightbulb"), ("default", "monokai"), ("pastie", "gruvbox-dark")]
)
def test_every_colour_can_be_read(light: str, dark: str) -> None:
    sheet = highlighting.stylesheet(light, dark)
    pairs = re.findall(r"[ {]color: light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", sheet)
    assert len(pairs) > 5
    assert all(highlighting.contrast(day, highlighting.LIGHT) >= 4.5 for day, _ in pairs)
    assert all(highlighting.contrast(night, highlighting.DARK) >= 4.5 for _, night in pairs)
    grounds = re.findall(r"background: light-dark\((#\w+), (#\w+)\)", sheet)
    assert grounds == [(highlighting.LIGHT, highlighting.DARK)]
    assert len(re.findall("#", sheet)) == 2 * len(pairs) + 2


def test_every_class_is_one_that_code_has() -> None:
    classes = set(re.findall(r"\.code \.([a-z0-9]+)", highlighting.stylesheet()))
    assert {"k", "s1", "c1", "mi"} <= classes
