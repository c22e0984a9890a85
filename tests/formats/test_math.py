"""Math comes out of a body as it went in; money is no math."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.formats import markdown, math

MATH = re.compile(
    r'<annotation encoding="application/x-tex">(.*?)</annotation>|<(span|div) class="math \w+">([^<]*)</\2>', re.DOTALL
)


def html_of(body: str) -> str:
    return markdown.compile_body(body, first_line=1).html


def formulas(body: str) -> list[str]:
    """The TeX of each formula as its annotation, or as it is written where it is not shown as MathML."""
    return [unescape(match[1] or math.bare(unescape(match[3]))).strip() for match in MATH.finditer(html_of(body))]


def flat(html: str) -> str:
    """HTML without the line breaks between tags."""
    return re.sub(r">\s+<", "><", html)


MATH_CASES: list[tuple[str, list[str]]] = [
    ("the $x$ axis", ["$x$"]),
    ("$x$", ["$x$"]),
    ("a ($x$), b", ["$x$"]),
    ("$x_i$ and $y_i$", ["$x_i$", "$y_i$"]),
    ("$a*b*c$ d*e*f", ["$a*b*c$"]),
    ("$p(x_i | x_{i-1})$", ["$p(x_i | x_{i-1})$"]),
    ("$x<y$ and $a>b$", ["$x<y$", "$a>b$"]),
    ("$a<b>c$", ["$a<b>c$"]),
    (r"$\{x\}$", [r"$\{x\}$"]),
    (r"$\\{x\\}$", [r"$\\{x\\}$"]),
    (r"$a \_ b$", [r"$a \_ b$"]),
    ("$a [b](c) d$", ["$a [b](c) d$"]),
    ("$-$", ["$-$"]),
    ("a $-$ b $-$ c", ["$-$", "$-$"]),
    ("$n$th, $k$-means, $\\ell_2$-norm", ["$n$", "$k$", "$\\ell_2$"]),
    ("top-$k$s", ["$k$"]),
    ("2$\\times$ faster", ["$\\times$"]),
    ("$O(n)$s", ["$O(n)$"]),
    ("$f'$", ["$f'$"]),
    ("$ x^2 $", ["$ x^2 $"]),
    ("$ x $", ["$ x $"]),
    ("$10$ and $5$", ["$10$", "$5$"]),
    ("$a & b$ &amp; c", ["$a & b$"]),
    ("$a\nb$", ["$a\nb$"]),
    ("**$x$**", ["$x$"]),
    ("*a $x*y$ b*", ["$x*y$"]),
    ("[see $x$](http://x.org)", ["$x$"]),
    ("$\\text{if $x$ is}$ on", ["$\\text{if $x$ is}$"]),
    ("$a$$b$", ["$a$", "$b$"]),
    ("# On $x_i$", ["$x_i$"]),
    ("> $x_i$", ["$x_i$"]),
    ("| a | b |\n|---|---|\n| $p(x|y)$ | c |", ["$p(x|y)$"]),
    ("- $- x$ is", ["$- x$"]),
    (r"\(a_b * c_d\)", [r"\(a_b * c_d\)"]),
    (r"so \(x\) is", [r"\(x\)"]),
    (r"\[ E = mc^2 \]", [r"\[ E = mc^2 \]"]),
    ("a\n\\[\nE = m\n\\]\nb", ["\\[\nE = m\n\\]"]),
    (r"so \[x_1 * x_2\] is", [r"\[x_1 * x_2\]"]),
    ("$$x$$", ["$$x$$"]),
    ("a $$x_1*2*3$$ b", ["$$x_1*2*3$$"]),
    ("$$\na\n$$", ["$$\na\n$$"]),
    ("$$\na *b*\n- c\n+ d\n# e\n> f\n$$", ["$$\na *b*\n- c\n+ d\n# e\n> f\n$$"]),
    ("text\n$$\na\n$$\ntext", ["$$\na\n$$"]),
    ("text $$a\n+ b$$ more", ["$$a\n+ b$$"]),
    ("- item\n\n  $$\n  a\n  $$\n- b", ["$$\na\n$$"]),
    ("- item\n  $$\n  a\n  $$", ["$$\na\n$$"]),
    ("- $$a$$", ["$$a$$"]),
    ("$$a$$ $$b$$", ["$$a$$", "$$b$$"]),
    ("\\begin{align}\na &= b \\\\\n- c &< d\n\\end{align}", ["\\begin{align}\na &= b \\\\\n- c &< d\n\\end{align}"]),
    ("so \\begin{align*}a_1*b_1*\\end{align*} holds", ["\\begin{align*}a_1*b_1*\\end{align*}"]),
    ("<b>$x_i$</b>", ["$x_i$"]),
    ("<div>\n$x_i$ and <i>y</i>\n</div>", ["$x_i$"]),
    # Money and other dollars.
    ("$5 and $6", []),
    ("from $5 to $10 (US$)", []),
    ("US$5 and US$6 million", []),
    ("$5-$10", []),
    ("a \\$x$ b", []),
    ("\\$5 and \\$6", []),
    ("costs $5, $x$ is free", ["$x$"]),
    ("Apple ($AAPL) and Google ($GOOG)", []),
    ("$HOME/bin:$PATH", []),
    ("$ 5 and $ 6", []),
    ("$$", []),
    ("$$$$", []),
    ("$ $", []),
    ("one $ only", []),
    ("$a\n\nb$", []),
    ("$$a\n\nb$$", []),
    ("- $a\n- b$", []),
    ("`$x$`", []),
    ("`` ` $x$ ``", []),
    ("```\n$x$\n```", []),
    ("    $x$", []),
    ("<code>$x$</code>", []),
    ("$a `b` c$", []),
    ("http://x.org/$a$b", []),
    ("[a](http://x.org/$b$)", []),
    (r"\[12\] and \[3, 4\]", []),
    (r"\[a note\](x)", []),
    (r"see \[a note\]", []),
    (r"\(open", []),
    ("\\begin{a} open", []),
]


@pytest.mark.parametrize(("body", "expected"), MATH_CASES, ids=[body[:30] for body, _ in MATH_CASES])
def test_math_comes_out_as_it_went_in(body: str, expected: list[str]) -> None:
    assert formulas(body) == [math.bare(source).strip() for source in expected]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("$5 and $6", "<p>$5 and $6</p>"),
        ("\\$x\\$", "<p>$x$</p>"),
        ("`$x$`", "<p><code>$x$</code></p>"),
        ("$x<y$", "<p>MATH</p>"),
        ("a $$x$$ b", '<p>a <span class="math display">MATH</span> b</p>'),
        ("a\n$$\nx\n$$\nb", '<p>a</p><div class="math display">MATH</div><p>b</p>'),
        ("- $$x$$", '<ul><li><div class="math display">MATH</div></li></ul>'),
        ("![of $x<y$](a.png)", '<p><img alt="of x&lt;y" src="a.png" loading="lazy" decoding="async"></p>'),
        (r"\[12\]", "<p>[12]</p>"),
    ],
)
def test_where_math_stands(body: str, expected: str) -> None:
    assert re.sub("<math.*?</math>", "MATH", flat(html_of(body)), flags=re.DOTALL) == expected


@given(st.text(st.sampled_from("ab1 ${}`_^=(,\n"), max_size=12), st.sampled_from(["", "\\,", "\\text{a}"]))
def test_a_dollar_pairs_with_the_next_where_no_code_stands_between(text: str, command: str) -> None:
    """Those without a command are read in a shorter way."""
    source = f"${command}={text}"
    partner = re.match(r"\$[^$`]*\$", source)
    assert math.formula_end(source, 0) in {-1, partner.end() if partner else -1}
    if partner and not re.search(r"\s\$|\(\$|\$[\da-z]", source):
        assert math.formula_end(source, 0) > 0
