"""Formulas become MathML, whole or not at all, and no formula does harm."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats import markdown, tex_macros
from digest.formats.formulas import Formulas
from digest.formats.tex_macros import Macros


def shown(source: str, macros: Macros = tex_macros.NONE) -> str:
    """What a formula becomes, without its TeX."""
    formulas = Formulas(macros)
    html = formulas.render(source)
    assert not formulas.faults, formulas.faults
    return re.sub(r' alttext="[^"]*"| <annotation.*</annotation>|</?semantics>', "", html).replace("\xa0", " ")


def fault(source: str) -> str:
    formulas = Formulas()
    html = formulas.render(source)
    assert "<math" not in html
    return formulas.faults[source][0]


def test_a_formula_keeps_its_tex() -> None:
    assert Formulas().render("$x<y$") == (
        '<math alttext="x&lt;y"><semantics><mrow><mi>x</mi><mo>&lt;</mo><mi>y</mi></mrow>'
        ' <annotation encoding="application/x-tex">x&lt;y</annotation></semantics></math>'
    )
    assert Formulas().render(r'$\text{"}$').startswith('<math alttext="\\text{&quot;}">')


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("$x^2$", "<math><msup><mi>x</mi><mn>2</mn></msup></math>"),
        ("$$x$$", '<span class="math display"><math display="block"><mi>x</mi></math></span>'),
        (r"$\text{if $x$}$", "<math><mrow><mtext>if </mtext><mi>x</mi></mrow></math>"),
        (r"$\href{javascript:alert(1)}{x}$", "<math><mi>x</mi></math>"),
        (r"$\color{red}x$", "<math><mi>x</mi></math>"),
        (r"$\mbox{a b}$", "<math><mtext>a b</mtext></math>"),
        (r"$\eqref{a_b}$", "<math><mtext>(a_b)</mtext></math>"),
        (r"$\boxed{x}$", '<math><mrow class="tex-box"><mi>x</mi></mrow></math>'),
        (r"$\newcommand{\half}[1]{#1_2}\half x$", "<math><msub><mi>x</mi><mn>2</mn></msub></math>"),
        (r"$\DeclareMathOperator{\ab}{ab}x$", "<math><mi>x</mi></math>"),
    ],
)
def test_what_is_shown(source: str, expected: str) -> None:
    assert shown(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        r"\begin{align}a&=b\label{x}\\c&=d\end{align}", r"\begin{eqnarray}a&=&b\\&=&c\end{eqnarray}",
        r"\begin{equation}\begin{split}a&=b\end{split}\end{equation}",
        r"$$a&=b\\&=c$$", r"\begin{alignat}{1}a&=b\end{alignat}",
    ],
)  # fmt: skip
def test_columns_stand_under_one_another(source: str) -> None:
    assert shown(source).count("<mtd") >= 2
    assert "(1)" not in shown(source)


@pytest.mark.parametrize("tex", [r"\operatorname\&", r"\operatorname<", r"\operatorname{\&}", r"\mathord{\Bigr/}"])
def test_what_the_library_writes_wrongly_is_well_formed(tex: str) -> None:
    ElementTree.fromstring(Formulas().render(f"${tex}$"))


def test_chemistry_and_units() -> None:
    assert re.sub("<[^<>]*>", "", shown(r"$\ce{SO4^2- + 2H+ -> H2SO4}$")) == "SO42−+2H+→H2SO4"
    assert re.sub("<[^<>]*>", "", shown(r"$\SI{3e-4}{\kilo\metre\per\second}$")) == "3×10−4kms−1"


def test_a_tag_is_kept() -> None:
    assert "<mtext>(7)</mtext>" in shown(r"$$a=b\tag{7}$$")


def test_a_fraction_reads_as_one_without_mathml() -> None:
    assert re.sub("<[^<>]*>", "", shown(r"$\frac{1}{3}$")) == "1/3"


def test_macros_of_a_site_and_of_a_text() -> None:
    macros = tex_macros.read_macros((("\\R", r"\mathbb{R}"), ("norm", r"\lVert #1 \rVert"), ("bad", "{")))
    assert "ℝ" in shown(r"$\norm{\R}$", macros)
    body = "$\\newcommand{\\zz}{y}$ and $\\zz$\n\n    \\zz\n\n$\\yy$"
    prose = markdown.compile_body(body, first_line=5, path="a.md")
    assert "<mi>y</mi>" in prose.html
    assert [
        (problem.code, problem.span and (problem.span.line, problem.span.column)) for problem in prose.problems
    ] == [("DG113", (9, 1))]


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (r"$\foo$", r"\foo is not known"),
        ("$" + "{" * 500 + "}" * 500 + "$", "deeply"),
        ("$" + "x^{" * 500 + "}" * 500 + "$", "deeply"),
        ("$" + "(" * 40 + "$", "brackets"),
        ("$" + "⟨" * 40 + "$", "brackets"),
        ("$" + r"\bigl| " * 40 + "$", "brackets"),
        ("$" + "x" * 20_001 + "$", "longer"),
        (r"$\newcommand{\a}{\b\b}\newcommand{\b}{\a}\a$", r"\a"),
        (r"$\newcommand{\a}{" + "x" * 1900 + "}" + r"\a" * 900 + "$", ""),
        ("$a^b^c$", "superscript"),
    ],
)
def test_what_cannot_be_shown(source: str, told: str) -> None:
    assert told in fault(source)


PIECES = [
    r"\sqrt", r"\frac", "{", "}", "^", "_", "x", r"\left(", r"\right)", r"\begin{matrix}", r"\end{matrix}", "&", r"\\",
    r"\text{", r"\newcommand{\a}{", r"\a", r"\ce{", r"\SI{1}{", "<", ">", '"', r"\href{javascript:x}{", "%", "\n",
    "]]>", r"\tag{", r"\hspace{1em}", r"\overline{", r"\dfrac12", "[", "(", ")", "é", "#1", r"\substack{",
]  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_whatever_is_written_is_well_formed(tex: str) -> None:
    html = Formulas().render(f"$${tex}$$")
    tags = [element.tag for element in ElementTree.fromstring(html).iter()]
    assert not {"a", "script", "menclose", "merror"} & set(tags)
    assert not re.search(r'<[a-z]+(?: [a-z]+="[^"]*")* (?:style|href|id|on[a-z]+)=', html)


def test_the_anchor_of_a_heading_is_made_of_its_tex() -> None:
    prose = markdown.compile_body("## $\\beta$-VAE\n\n## `x` of $L_2$\n", first_line=1)
    assert [(heading.text, heading.anchor) for heading in prose.toc] == [("β-VAE", "beta-vae"), ("x of L₂", "x-of-l2")]
