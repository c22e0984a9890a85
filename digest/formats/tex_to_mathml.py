r"""TeX math to MathML Core (https://w3c.github.io/mathml-core/), whole or not at all.

The library, math-core, was chosen over latex2mathml on 3,900 formulas of papers and books: it is thirty times as fast
and says what it does not know, where the other shows `\foo` as a letter. It writes style attributes, which a strict
Content-Security-Policy forbids: they become classes of our own style sheet, and attributes that a feed reader knows.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from digest.formats import tex_bounds, tex_macros, tex_rewriting
from digest.formats.patterns import lazily
from digest.formats.tex_macros import Macros

if TYPE_CHECKING:
    from math_core import LatexToMathML

LARGEST: Final = 300_000  # characters of what it becomes
_TALLEST: Final = 250  # elements within one another

# Macros that the text itself defines are taken out of it before (`tex_macros`): the library's own may never end.
_DEFINES: Final = lazily(r"\\(?:let|global|[gex]?def|(?:re)?newcommand|providecommand|DeclareMathOperator)(?![A-Za-z])")
_COMMENT: Final = lazily(r"(\\(?s:.))|%[^\n]*\n?")
_STYLED: Final = lazily(r'<(m[a-z]+|span)((?: [a-z]+="[^"]*")*?) style="([^"]*)"((?: [a-z]+="[^"]*")*)')
_EMPTY: Final = lazily(r"<(m[a-z]+)([^<>]*)/>")
_REM: Final = lazily(r'(?<=[0-9])rem(?=")')
_ANCHOR: Final = lazily(r'</?a\b[^<>]*>| id="[^"]*"')
_ENCLOSED: Final = lazily(r'<menclose notation="([a-z ]*)">|</menclose>|<mrow class="menclose-[a-z]*"></mrow>')
_SERIF: Final = lazily(r'<span class="math-core-serif-font">([^<>]*)</span>')
_LEVELS: Final = lazily(r"<(?:mrow|mfrac)[^<>]* (?:displaystyle|scriptlevel)=")
_GROUP: Final = lazily(r"<(/?)(mrow|mfrac)([^<>]*)>")
_LEVEL: Final = lazily(r' (?:displaystyle|scriptlevel)="[a-z0-9]*"')
_ELEMENT: Final = lazily(r"<(/?)([a-z]+)([^<>]*)>")
_STROKE: Final = '<mpadded width="0" height="0" depth="0"><mphantom><mtext>/</mtext></mphantom></mpadded></mrow>'
_TABLE_LEVEL: Final = lazily(r'(<mtable[^<>]*?) scriptlevel="[0-9]"')  # no part of MathML 3, as checkers know it
# A sign that composes with the one before it: there is none. What stretches and stands alone instead.
_COMPOSING: Final = lazily("(<mo[^<>]*>)([\u0300-\u036f\u20d0-\u20f0])(</mo></m(?:over|under))")
_ALONE: Final = {
    "\u0302": "^", "\u0303": "~", "\u0304": "¯", "\u0305": "‾", "\u0306": "˘", "\u0307": "˙", "\u0308": "¨",
    "\u030a": "˚", "\u030c": "ˇ", "\u20d6": "←", "\u20db": "⋯", "\u0330": "~", "\u0331": "_",
}  # fmt: skip
_ENTITY: Final = {"&ApplyFunction;": "\u2061", "&InvisibleTimes;": "\u2062"}
# Declarations of the library, and what they become; what is not here is dressing and goes.
_CLASSES: Final = {
    "text-align: right": "tex-right",
    "text-align: left": "tex-left",
    "padding-left:1em": "tex-gap",
    "width: 100%": "tex-wide",
    "width: 50%": "tex-half",
    "border-top: 0.05em solid currentcolor": "tex-top",
    "border-top: 0.05em dashed currentcolor": "tex-top",
    "border-left: 0.05em solid currentcolor": "tex-start",
    "border-left: 0.05em dashed currentcolor": "tex-start",
    "border-right: 0.05em solid currentcolor": "tex-end",
    "border-right: 0.05em dashed currentcolor": "tex-end",
    "font-variant-caps: small-caps": "tex-caps",
    "margin-left:-0.16666667em": "tex-back",
}
_ALIGNED: Final = {"tex-right": ' columnalign="right"', "tex-left": ' columnalign="left"'}
_NOTATIONS: Final = {"box": "tex-box"}
# Commands that people use and the library does not know, as it would say them.
_SHORTHANDS: Final = {
    **dict.fromkeys(("mbox", "hbox", "textnormal", "textup", "textmd", "textsl"), r"\text{#1}"),
    **dict.fromkeys(("mathds", "mathbbm", "mathbbold", "Bbb"), r"\mathbb{#1}"),
    **dict.fromkeys(("pmb", "mathbold", "bold"), r"\boldsymbol{#1}"),
    **dict.fromkeys(("ensuremath", "smash", "mathclap", "mathllap", "mathrlap", "vcenter"), "{#1}"),
    **dict.fromkeys(("dotsb", "dotsm", "dotsi"), r"\cdots"),
    **dict.fromkeys(("dotsc", "dotso", "hdots"), r"\ldots"),
    **dict.fromkeys(("xspace", "allowbreak", "strut", "noindent", "protect", "relax", "sloppy", "qedhere"), ""),
    **dict.fromkeys(("tiny", "scriptsize", "footnotesize", "small", "normalsize", "large", "Large", "LARGE"), ""),
    **dict.fromkeys(("nicefrac", "sfrac", "flatfrac"), r"{#1}/{#2}"),
    "abs": r"\lvert #1\rvert",
    "norm": r"\lVert #1\rVert",
    "bigO": r"O(#1)",
    "newline": r"\\",
    "defeq": r"\coloneqq",
    "eqdef": r"\coloneqq",
    "degree": "°",
    "texttildelow": r"\sim",
    "textasciitilde": r"\sim",
    "textgreater": ">",
    "textless": "<",
    "euro": "€",
    "textdegree": "°",
    "micro": "µ",
    "angstrom": "Å",
    "AA": "Å",
    "textmu": "µ",
    "sgn": r"\operatorname{sgn}",
    "sign": r"\operatorname{sign}",
    "tr": r"\operatorname{tr}",
    "Tr": r"\operatorname{Tr}",
    "rank": r"\operatorname{rank}",
    "diag": r"\operatorname{diag}",
    "softmax": r"\operatorname{softmax}",
    "Var": r"\operatorname{Var}",
    "Cov": r"\operatorname{Cov}",
    "KL": r"\operatorname{KL}",
}
_UNREADABLE: Final = "the converter cannot read it"
_FAULT: Final = lazily(r"^(?:macro\d+:)?\d+: ")


class TexError(Exception):
    """Why a formula cannot be shown; `command` is what is not known, with its backslash."""

    def __init__(self, message: str, command: str = "") -> None:
        self.command = command
        super().__init__(message)


@lru_cache(maxsize=4_096)
def typeset(tex: str, *, display: bool) -> str:
    """A `math` element for TeX without its delimiters and macros; it stands in it as its annotation.

    Raises:
        TexError: it cannot be converted, or would become too large.
    """
    mathml = _convert(tex, display=display)
    end = mathml.rfind("<annotation")
    source = escape(tex.strip(), quote=False)
    label = " ".join(source.split()) if "%" not in source else source
    label = label.replace('"', "&quot;") if '"' in label else label
    return (
        f'<math alttext="{label}"{mathml[5:end]} '  # the blank parts the two for a reader that knows no MathML
        f'<annotation encoding="application/x-tex">{source}</annotation></semantics></math>'
    )


def unknown_in(body: str, macros: Macros) -> str:
    r"""The first command in the body of a macro that neither we nor the other macros know, or nothing.

    Nothing else is told: what is half a formula (`\left\langle`) may be a good macro.
    """
    try:
        typeset(tex_macros.expand(tex_macros.ARGUMENT.sub("{x}", body), macros), display=True)
    except TexError as error:
        return error.command
    except tex_macros.EndlessError:
        pass
    return ""


def _convert(tex: str, *, display: bool) -> str:
    if len(tex) > tex_bounds.LONGEST:
        raise TexError(f"it is longer than {tex_bounds.LONGEST:,} characters")
    if "%" in tex:
        tex = _COMMENT.sub(r"\1", tex)
    known = tex_rewriting.rewrite(tex, display=display) if tex_rewriting.is_needed(tex) else tex
    if fault := tex_bounds.fault_of(known):
        raise TexError(fault)
    if "\\" in known and _DEFINES.search(known):
        raise TexError("it defines a macro in a way that is not known")
    try:
        mathml = _converter().convert_with_local_state(known, displaystyle=display)
    except _library_error() as error:  # looked up only where there is one
        raise _told(str(error)) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        _converter.cache_clear()  # what has panicked once does so for ever
        raise TexError(_UNREADABLE) from None
    if len(mathml) > LARGEST:
        raise TexError("it becomes too large")
    mathml = _tidied(mathml)
    # Each of a row of functions holds the next: `\log\log x`. A browser's tree is 512 elements deep at most.
    if mathml.count("\u2061") > tex_bounds.DEEPEST and _depth_of(mathml) > _TALLEST:
        raise TexError("it is nested too deeply")
    return mathml


def _depth_of(mathml: str) -> int:
    return max(accumulate(-1 if tag[1] else 1 for tag in _ELEMENT.finditer(mathml)))


def _library_error() -> type[Exception]:
    from math_core import LatexError  # noqa: PLC0415 - heavy: loaded by the command that needs it

    return LatexError


def _told(message: str) -> TexError:
    """The library's words, without places in a text that nobody wrote so."""
    message = _FAULT.sub("", message).rstrip(".")
    if unknown := re.fullmatch(r'Unknown command "(\\.*)"', message, re.DOTALL):
        return TexError(f"{unknown[1]} is not known", unknown[1])
    if message.startswith("Internal"):
        message = _UNREADABLE
    return TexError(f"{message[:1].lower()}{message[1:]}"[:200])


@lru_cache(maxsize=1)
def _converter() -> LatexToMathML:
    from math_core import LatexToMathML  # noqa: PLC0415 - heavy: loaded by the command that needs it

    return LatexToMathML(
        macros=_SHORTHANDS,
        annotation=True,
        allow_unreliable_rendering=True,  # a wide tilde that is a little narrow is better than none
        fancy_error=False,
        max_expansions=1_000,
    )


def _tidied(mathml: str) -> str:
    """Without what our pages and feeds may not hold; most of it is rare, and looked for before it is changed."""
    if "<mspace/>" in mathml:
        mathml = mathml.replace("<mspace/>", "<mspace></mspace>")
    if "/>" in mathml:
        mathml = _EMPTY.sub(r"<\1\2></\1>", mathml)
    if "style=" in mathml:  # displaystyle as well
        mathml = _STYLED.sub(_unstyled, mathml)
        mathml = _TABLE_LEVEL.sub(r"\1", mathml)
        mathml = _restyled(mathml) if _LEVELS.search(mathml) else mathml
    if 'rem"' in mathml:
        mathml = _REM.sub("em", mathml)
    if "math-core" in mathml:
        mathml = _SERIF.sub(r"\1", mathml).replace("math-core-sans-serif-font", "tex-sans")
    if "</mo></m" in mathml:
        mathml = _COMPOSING.sub(_alone, mathml)
    if "<mfrac>" in mathml:
        mathml = _divided(mathml)
    if "<menclose" in mathml:
        mathml = _ENCLOSED.sub(_unenclosed, mathml)
    if "<a " in mathml or " id=" in mathml:
        mathml = _ANCHOR.sub("", mathml)
    if 'stretchy="false" stretchy' in mathml:  # a sign of a size, in a class: said twice
        mathml = mathml.replace('stretchy="false" stretchy', "stretchy")
    if ">&<" in mathml or "><<" in mathml:  # the name of an operator of one sign is not escaped
        mathml = mathml.replace(">&<", ">&amp;<").replace("><<", ">&lt;<")
    for entity, sign in _ENTITY.items():
        if entity in mathml:
            mathml = mathml.replace(entity, sign)
    return mathml


def _unstyled(found: re.Match[str]) -> str:
    declared = (_CLASSES.get(declaration) for declaration in found[3].split(";"))
    names = [name for name in declared if name]
    aligned = "".join(_ALIGNED[name] for name in names if name in _ALIGNED and found[1] == "mtd")
    classes = f' class="{" ".join(names)}"' if names else ""
    return f"<{found[1]}{found[2]}{found[4]}{aligned}{classes}"


def _divided(mathml: str) -> str:
    """With a stroke behind each numerator that is seen only where no MathML is known: ⅓ would be 13 there."""
    out: list[str] = []
    waiting: list[int] = []  # fractions without a numerator yet, by how many elements are open in them
    depth = 0
    at = 0
    for tag in _ELEMENT.finditer(mathml):
        depth += -1 if tag[1] else 1
        if waiting and waiting[-1] == depth and tag[1]:
            waiting.pop()
            out += (mathml[at : tag.end()], _STROKE)
            at = tag.end()
        elif tag[2] == "mfrac" and not tag[1] and not tag[3]:
            waiting.append(depth)
            out += (mathml[at : tag.end()], "<mrow>")
            at = tag.end()
    return "".join([*out, mathml[at:]])


def _restyled(mathml: str) -> str:
    """With `mstyle` for attributes that MathML 3, as checkers know it, has there only."""
    closers: list[str] = []

    def change(found: re.Match[str]) -> str:
        if found[1]:
            return closers.pop()
        levels = "".join(_LEVEL.findall(found[3]))
        rest = _LEVEL.sub("", found[3])
        if levels and found[2] == "mrow" and not rest:
            closers.append("</mstyle>")
            return f"<mstyle{levels}>"
        closers.append(f"</{found[2]}></mstyle>" if levels else f"</{found[2]}>")
        return f"<mstyle{levels}><{found[2]}{rest}>" if levels else found[0]

    return _GROUP.sub(change, mathml)


def _alone(found: re.Match[str]) -> str:
    below = found[3].endswith("under")
    if found[2] == "\u0332":  # the library's line: few fonts stretch one, the style sheet draws it
        return f"""{found[1][:-1]} class="tex-line">{"_" if below else "‾"}{found[3]}"""
    if found[2] == "\u20d7":
        return f'{found[1][:-1]} class="tex-vector">→{found[3]}'
    return f"{found[1]}{_ALONE.get(found[2], chr(0xA0) + found[2])}{found[3]}"


def _unenclosed(found: re.Match[str]) -> str:
    if found[0][1] == "/":
        return "</mrow>"
    return f'<mrow class="{_NOTATIONS.get(found[1], "tex-struck")}">' if found[1] is not None else ""
