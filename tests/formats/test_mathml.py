"""MathML to TeX."""

from __future__ import annotations

import pytest

from digest.formats.markup import Element, parse_html
from digest.formats.mathml import bare_tex, tex_from_math


def math(inner: str, attributes: str = "") -> Element:
    found = parse_html(f"<math {attributes}>{inner}</math>").find("math")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("inner", "tex"),
    [
        ("<mi>x</mi><mo>&lt;</mo><mn>2</mn>", "x<2"),
        ("<msup><mi>x</mi><mn>2</mn></msup>", "x^{2}"),
        ("<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>", "x_{i}^{2}"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>", "\\frac{a+b}{2}"),
        ("<msqrt><mi>x</mi></msqrt><mroot><mi>y</mi><mn>3</mn></mroot>", "\\sqrt{x}\\sqrt[3]{y}"),
        ("<mover><mi>x</mi><mo>^</mo></mover><mover><mi>x</mi><mi>n</mi></mover>", "\\hat{x}\\overset{n}{x}"),
        ("<munderover><mo>∑</mo><mn>1</mn><mi>n</mi></munderover>", "∑_{1}^{n}"),
        ("<mi>sin</mi><mo>&#x2061;</mo><mi>x</mi>", "\\sin x"),
        ("<mtext>if any</mtext><mi>TV</mi>", "\\text{if any}\\mathrm{TV}"),
        ("<mfenced><mi>a</mi><mi>b</mi></mfenced>", "(a,b)"),
        ("<mo>{</mo><mn>50%</mn>", "\\{50\\%"),
        (
            "<mtable><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr><mtr><mtd><mi>c</mi></mtd></mtr></mtable>",
            "\\begin{matrix}a & b \\\\ c\\end{matrix}",
        ),
        ("<msup><mi>x</mi></msup>", "x"),
    ],
)
def test_elements(inner: str, tex: str) -> None:
    assert tex_from_math(math(inner)) == (tex, False)


def test_tex_beside_it_is_preferred() -> None:
    inner = "<semantics><mi>x</mi><annotation encoding='application/x-tex'>x_1</annotation></semantics>"
    assert tex_from_math(math(inner, "display=block")) == ("x_1", True)
    assert tex_from_math(math("<mi>x</mi>", "alttext='{x}'")) == ("{x}", False)


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("$$x$$", "x"),
        ("$x$", "x"),
        ("\\(x\\)", "x"),
        ("\\[ x\n y \\]", "x y"),
        ("\\documentclass{minimal} \\begin{document}$$\\alpha _1$$\\end{document}", "\\alpha _1"),
        ("$", "$"),
        ("x", "x"),
    ],
)
def test_tex_without_its_document(text: str, tex: str) -> None:
    assert bare_tex(text) == tex
