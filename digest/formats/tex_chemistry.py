r"""Chemical formulas of TeX, `\ce{SO4^2- + 2H+ -> H2SO4}` of mhchem, as plain math: the common part of it.

Numbers behind letters are counts, charges and masses stand high, arrows are arrows. What is not understood stays as
letters, upright: nothing is lost.
"""

from __future__ import annotations

import re
from typing import Final

from digest.formats.patterns import lazily
from digest.formats.tex_macros import group_end

_OPENER: Final = lazily(r"\\(?:ce|cee)\s*(?=\{)")
_ARROWS: Final = {
    "<=>>": r"\rightleftharpoons", "<<=>": r"\rightleftharpoons", "<=>": r"\rightleftharpoons",
    "<-->": r"\rightleftarrows", "<->": r"\leftrightarrow", "->": r"\rightarrow", "<-": r"\leftarrow",
}  # fmt: skip
_TOKEN: Final = lazily(
    r"(?P<arrow><=>>|<<=>|<=>|<-->|<->|->|<-)(?:\[(?P<above>[^\[\]]*)\])?(?:\[(?P<below>[^\[\]]*)\])?"
    r"|(?P<math>\$[^$]*\$)"
    r"|(?P<raised>[\^_](?:\{[^{}]*\}|[0-9]*[+-]|[0-9.]+|[A-Za-z]))"
    r"|(?<=[A-Za-z)\]}])(?P<count>[0-9]+)(?P<charge>[+-](?![>\s]*[A-Za-z0-9]))?"
    r"|(?<=[A-Za-z0-9)\]}])(?P<ion>[+-])(?=[\s)\]},;]|$)"
    r"|(?P<number>[0-9]+(?:[./][0-9]+)?)"
    r"|(?P<word>[A-Za-z]+)"
    r"|(?P<command>\\[A-Za-z]+|\\.)"
    r"|(?P<bond>(?<=[A-Za-z0-9)])[-=#](?=[A-Za-z(]))"
    r"|(?P<space>\s+)|(?P<other>.)",
    re.DOTALL,
)
_BONDS: Final = {"-": "{-}", "=": "{=}", "#": r"{\equiv}"}
_OTHERS: Final = {"*": r"\cdot ", "^": r"\uparrow ", "v": r"\downarrow ", "#": r"\equiv "}


def rewrite(tex: str) -> str:
    r"""TeX with each `\ce{…}` in it said in math."""
    if "\\ce" not in tex:
        return tex
    out: list[str] = []
    at = 0
    while match := _OPENER.search(tex, at):
        end = group_end(tex, match.end())
        if end < 0:
            break
        out += (tex[at : match.start()], f"{{{math_of(tex[match.end() + 1 : end - 1])}}}")
        at = end
    return "".join([*out, tex[at:]])


def math_of(formula: str) -> str:
    """The math of one formula of mhchem."""
    return "".join(_math(token) for token in _TOKEN.finditer(formula.strip()))


def _math(token: re.Match[str]) -> str:
    kind, text = token.lastgroup, token[0]
    if token["arrow"]:
        return _arrow(token)
    if token["count"]:
        charge = f"^{{{token['charge']}}}" if token["charge"] else ""
        return f"_{{{token['count']}}}{charge}"
    if kind == "math":
        return f"{{{text[1:-1]}}}"
    if kind == "raised":
        inner = text[1:].removeprefix("{").removesuffix("}")
        return f"{text[0]}{{\\mathrm{{{inner}}}}}" if inner.isalpha() else f"{text[0]}{{{inner}}}"
    if kind == "ion":
        return f"^{{{text}}}"
    if kind == "number":
        return text if "/" not in text else "\\tfrac{{{}}}{{{}}}".format(*text.split("/", 1))
    if kind == "word":
        return (
            _OTHERS["v"]
            if text == "v" and token.string[token.start() - 1 : token.start()].isspace()
            else (f"\\mathrm{{{text}}}")
        )
    if kind == "bond":
        return _BONDS[text]
    if kind == "space":
        return "\\;" if text and token.string[token.end() : token.end() + 1].isalpha() else " "
    return _OTHERS.get(text, text)


def _arrow(token: re.Match[str]) -> str:
    sign = _ARROWS[token["arrow"]]
    above, below = token["above"], token["below"]
    if above:
        sign = f"\\overset{{{math_of(above)}}}{{{sign}}}"
    if below:
        sign = f"\\underset{{{math_of(below)}}}{{{sign}}}"
    return f"\\;{sign}\\;"
