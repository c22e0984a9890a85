"""No formula keeps the converter busy or takes it down; those of people pass."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats import tex_bounds, tex_macros
from digest.formats.formulas import Formulas


@pytest.mark.parametrize(
    ("tex", "deep", "unclosed"),
    [
        ("((((", 0, 4),
        ("(x)[0,1)", 0, 0),
        (r"\left(x\right)", 1, 0),
        (r"\bigl( x \bigr)", 1, 0),
        # A bracket that something takes closes none.
        ("(^)", 0, 1),
        (r"(\sqrt)", 1, 1),
        (r"(\text{)}", 2, 1),
        (r"(\big)", 1, 1),
        (r"(\frac12)", 1, 0),
        (r"(\alpha)", 0, 0),
        (r"{(}{(}", 1, 2),
        (r"\begin{cases}(\end{cases}", 2, 0),
        (r"\sqrt[3]{x}", 2, 0),
        (r"\sqrt[3\sqrt[3\sqrt[3", 3, 0),
        (r"\sqrt\sqrt x\sqrt x", 2, 0),
        (r"\sin^a\sin^a\sin^a", 3, 0),
        (r"\begingroup x\begingroup x", 2, 0),
        (r"\displaystyle x\displaystyle x", 3, 0),
        (r"\begin{array}{l}\displaystyle x\\\displaystyle x\end{array}", 3, 0),
    ],
)
def test_what_a_formula_weighs(tex: str, deep: int, unclosed: int) -> None:
    assert tex_bounds.weigh(tex)[:2] == (deep, unclosed)


BRACKETS = st.sampled_from(
    ["(", "[", "\\bigl(", "\\left[", "⟨", "⑴", "\\{", "\\pmod", "\\abs{", "}", ")", "]", "x", "{"]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(BRACKETS, max_size=40).map("".join))
def test_each_bracket_that_is_counted_has_a_sign(tex: str) -> None:
    brackets = len(tex_bounds._OPENER.findall(tex))
    assert not tex.isascii() or brackets <= sum(map(tex.count, "([\\"))


@pytest.mark.parametrize(
    "tex",
    [
        "(^)" * 25, r"(\big)" * 25, r"(\text{)}" * 25, r"(\sqrt)" * 25, "[" * 25, "⟨" * 25, r"\bigl| " * 25,
        "((((((((((" + "x" * 9_000, "((((((((" + r"\sin x" * 1_000, r"\pmod\Set" * 40, r"\pmod{\sqrt}" * 20,
        r"\abs\Bra" * 20, r"_\pmod_|" * 20, r"\braket\phantom" * 30, r"\ket\bigl(⌋)" * 9,
        "~" * 9_000, r"\displaystyle]" * 600, r"\dots " * 1_000, "…" * 9_900,
        r"\," * 4_000, r"\sqrt[3" * 1_000, r"\begingroup x" * 700,
        "x^{" * 100 + "}" * 100,
        r"\operatorname\}" * 600, r"\sin^2" * 900, r"\left(" * 100 + r"\right)" * 100, r"\sqrt" * 500 + " x",
        r"\let\q=(" + r"\q" * 30, r"\global\def\q.{(}" + r"\q." * 30, "(" * 400 + ")" * 400,
    ],
)  # fmt: skip
def test_what_would_be_too_much_is_not_converted(tex: str) -> None:
    formulas = Formulas()
    assert "<math" not in formulas.render(f"${tex}$")
    assert formulas.faults


@pytest.mark.parametrize(
    "tex",
    [
        r"\left\{(x,y)\in[0,1)\times\left(0,1\right]\right\}", r"]0,1[ \cup ]2,3[", r"f\bigl(g(x)\bigr)=\lvert x\rvert",
        "+".join(rf"\frac{{f_{{{n}}}(x)}}{{g(\alpha)}}" for n in range(60)), r"\pmod{p}\quad\ket{x}\bra{y}\ket\psi" * 4,
        r"\begin{aligned}" + r"a&=f\big(x,\\&\quad y\big)\\" * 40 + r"\end{aligned}",
        "((((x))))", r"\sqrt{\sqrt{\sqrt{x}}}",
    ],
)  # fmt: skip
def test_what_people_write_passes(tex: str) -> None:
    formulas = Formulas()
    assert formulas.render(f"${tex}$").count("<math") == 1
    assert not formulas.faults


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"x\in\R", r"x\in\mathbb{R}"),
        (r"\norm{\R}_2", r"\lVert \mathbb{R} \rVert_2"),
        (r"\norm x", r"\lVert x \rVert"),
        (r"\norm\R", r"\lVert \mathbb{R} \rVert"),
        (r"\two{a}{b}c", r"ba\to c"),
        (r"\alpha\word", r"\alpha wo"),
        (r"\bold x", r"\mathbf x"),
        (r"\Rr \R2", r"\Rr \mathbb{R}2"),
    ],
)
def test_macros_are_said_out(tex: str, expected: str) -> None:
    pairs = (("R", r"\mathbb{R}"), ("norm", r"\lVert #1 \rVert"), ("two", r"#2#1\to"), ("word", "wo"))
    macros = tex_macros.read_macros((*pairs, ("bold", r"\mathbf#1")))
    assert tex_macros.expand(tex, macros) == expected


@pytest.mark.parametrize(
    ("body", "tex"), [("#1#1", r"\m{" * 30 + "x" + "}" * 30), ("#1", r"\m"), ("#1", r"{\m}"), ("x" * 1_900, r"\m" * 20)]
)
def test_macros_end(body: str, tex: str) -> None:
    formulas = Formulas(tex_macros.read_macros((("m", body),)))
    assert "<math" not in formulas.render(f"${tex}$")
    assert formulas.plain(f"${tex}$") == tex


def test_plain_text_knows_the_macros() -> None:
    formulas = Formulas(tex_macros.read_macros((("R", r"\mathbb{R}"), ("norm", r"\lVert #1\rVert"))))
    assert formulas.plain(r"$\norm{x}\in\R^2$") == "‖x‖ ∈ ℝ²"
    assert formulas.plain(r"$\newcommand{\Q}{\mathbb{Q}}x\in\Q$") == "x ∈ ℚ"
    # Whoever reads it elsewhere knows no macro of this site.
    assert 'alttext="x\\in\\mathbb{R}"' in formulas.render(r"$x\in\R$")
