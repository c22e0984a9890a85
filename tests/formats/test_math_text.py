"""Math as plain text."""

from __future__ import annotations

import pytest

from digest.formats.math_text import plain_from_math


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        ("L^2", "L²"), (r"O(n \log n)", "O(n log n)"), (r"\mathbb{R}^n", "ℝⁿ"), (r"a\le b", "a ≤ b"),
        ("x_{max}", "x_max"),
        (r"\frac{a+b}{c}", "(a+b)/c"), (r"\sqrt{x+1}", "√(x+1)"), ("e^{-x^2}", "e^(-x²)"), (r"10^{-3}", "10⁻³"),
        (r"90^\circ", "90°"), ("f'", "f′"), (r"2\times", "2×"), (r"2 \times 3", "2 × 3"), (r"\log^2 n", "log² n"),
        ("x = -1", "x = -1"), (r"\{1, \dots, n\}", "{1, …, n}"), (r"\hat{x}", "x̂"), (r"\sin\theta", "sin θ"),
        (r"\text{if } x > 0", "if x > 0"), (r"D_{\mathrm{KL}}(p \| q)", "D_KL(p ‖ q)"),
        (r"\begin{matrix}a\end{matrix}", r"\begin{matrix}a\end{matrix}"), (r"\foo  x", r"\foo x"), ("{", "{"),
        ("x_", "x_"),
    ],
)  # fmt: skip
def test_plain_text(tex: str, text: str) -> None:
    assert plain_from_math(tex) == text
