"""Titles: what is a mark in them and what is not."""

from __future__ import annotations

import re

import pytest

from digest.formats.formulas import Formulas
from digest.formats.titles import compile_title

PLAIN = [
    "p_value_x", "2 * 3 * 4", "AT&T", "C_2H_4", "Q*", "$5 and $6", "snake_case_name", "[Re] A paper", "# of x",
    "1. Introduction", "C#", "C*-algebras and W*-algebras", "The *-algebra of C*", "A* and D* Lite", "__init__ files",
    "``quoted'' text", "`a' and `b'", "x < y and z > w", "a <unk> b", "<script>alert(1)</script>", "<b onclick=x>y</b>",
    "f(*args, **kwargs)", "5*6*7", "$", "\\(", "a\\", "_", "`", "<i>", "</i>", "**", "]]>", "{{ x }}", "<i></i>",
]  # fmt: skip


@pytest.mark.parametrize("title", PLAIN)
def test_what_is_no_mark(title: str) -> None:
    escaped = title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert compile_title(title, Formulas()) == (escaped, title)


@pytest.mark.parametrize(
    ("title", "html", "text"),
    [
        ("<i>in vivo</i> x", "<em>in vivo</em> x", "in vivo x"),
        ("*in vivo* and _in vitro_", "<em>in vivo</em> and <em>in vitro</em>", "in vivo and in vitro"),
        ("**Bold** `code`", "<strong>Bold</strong> <code>code</code>", "Bold code"),
        ("H<sub>2</sub>O, 10<sup>-3</sup>", "H<sub>2</sub>O, 10<sup>-3</sup>", "H₂O, 10⁻³"),
        ("R&amp;D", "R&amp;D", "R&D"),
        (r"100\% of \$5", "100% of $5", "100% of $5"),
        ("A [link](https://x.org/) here", "A link here", "A link here"),
        (r"$\alpha$-divergence", "MATH-divergence", "α-divergence"),
        (r"*An $O(n \log n)$ sort*", "<em>An MATH sort</em>", "An O(n log n) sort"),
        (r"$$L^2$$ in $\mathbb{R}^n$", "MATH in MATH", "L² in ℝⁿ"),
        (r"$\foo$ bar", r'<span class="math inline">$\foo$</span> bar', r"\foo bar"),
    ],
)
def test_marks(title: str, html: str, text: str) -> None:
    compiled, plain = compile_title(title, Formulas())
    assert re.sub("<math.*?</math>", "MATH", compiled) == html
    assert plain == text
