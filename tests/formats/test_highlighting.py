"""Highlighted code and its colours."""

from __future__ import annotations

import re
from html import unescape

import pytest

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
