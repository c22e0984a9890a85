r"""TeX math that a converter does not know, said in TeX that it does: environments, labels, math in text, colours.

Nothing that is read goes: what is dropped is dressing (colours, classes) and what only numbers (`\label`, `\nonumber`).
Equations are not numbered: a number that each formula counts anew from one would mislead; `\tag` is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from digest.formats import tex_chemistry, tex_units
from digest.formats.patterns import lazily
from digest.formats.tex_macros import group_end

_NAMES: Final = (
    "begin label tag nonumber notag eqref ref cite citep citet href url color textcolor colorbox fcolorbox class cssId "
    "style require substack ce pu hspace vspace operatorname limits newline buildrel root unicode intertext "
    "shortintertext"
)
_COMMANDS: Final = frozenset([*_NAMES.split(), *tex_units.COMMANDS])
_COMMAND: Final = lazily(r"\\([A-Za-z]+)")
_MATH_IN_TEXT: Final = lazily(r"\\(?:text|[mh]box)[a-z]*\s*\{(?:[^{}]{0,400}[$_^#&]|[^$]{0,400}\$)")
# Environment: what it is said as. Those of a display stand alone, the others within a formula.
_ENVIRONMENTS: Final = {
    **dict.fromkeys(("align", "alignat", "flalign", "eqnarray", "split", "alignedat", "IEEEeqnarray"), "aligned"),
    **dict.fromkeys(("gather", "multline", "gathered", "multlined"), "gathered"),
    **dict.fromkeys(("equation", "displaymath", "math", "subequations", "dmath", "empheq"), ""),
    "smallmatrix": "matrix",
    "cases": "cases",
    "numcases": "cases",
    **{f"{kind}matrix": f"{kind}matrix" for kind in ("", "p", "b", "B", "v", "V")},
    **{f"{kind}smallmatrix": f"{kind}matrix" for kind in ("p", "b", "B", "v", "V")},
}
_NUMBERED: Final = {"aligned": "align*", "gathered": "gather*", "": "equation*"}
_EDGE: Final = lazily(r"\\(begin|end)\s*\{\s*([A-Za-z]+)(\*?)\s*\}")
_COLUMNS: Final = re.compile(r"\s*\{\s*[0-9]+\s*\}")
_OPTION: Final = re.compile(r"\s*\[[^\[\]]*\]")
_ARRAY: Final = lazily(r"(\\begin\{array\})\s*(?:\[[^\[\]]*\])?\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_PADDING: Final = lazily(r"[@!><]\{[^{}]*\}|[pmb]\{[^{}]*\}")
_BETWEEN: Final = lazily(r"&([^&]*)&")
_DROPPED: Final = lazily(
    r"\\(?:label|vspace\*?|require|color)(?![A-Za-z])\s*(?:\[[^\[\]]*\]\s*)?\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])"
)
_FIRST: Final = lazily(
    r"\\(?:href|textcolor|colorbox|class|cssId|style|fcolorbox\s*\{[^{}]*\})(?![A-Za-z])\s*(?:\[[^\[\]]*\]\s*)?"
    r"\{[^{}]*\}\s*(?=\{)"
)
_REFERENCE: Final = lazily(r"\\(eqref|ref|cite[pt]?|url)\s*\{([^{}]*)\}")
_SHOWN: Final = {"eqref": "({})", "cite": "[{}]", "citep": "[{}]", "citet": "[{}]"}
_TAG: Final = lazily(r"\\tag(\*?)\s*\{([^{}]*)\}")
_TEXT: Final = re.compile(r"\\(?:text[a-z]*|[mh]box)\s*(?=\{)")
_DOLLAR: Final = lazily(r"(?<!\\)\$|\\[()]")
_SUBSTACK: Final = re.compile(r"\\substack\s*(?=\{)")
_REPEATED: Final = lazily(r"\*\{(\d{1,2})\}\{([lcr|]{1,20})\}")
_INTERTEXT: Final = lazily(r"\\(?:short)?intertext\s*\{([^{}]*)\}")
_LIMITS: Final = lazily(r"(\\operatorname)(\s*\{(?:[^{}]|\{[^{}]*\})*\})\s*\\limits(?![A-Za-z])")
_ROOT: Final = lazily(r"\\root\s*([^\\\s]+?)\s*\\of(?![A-Za-z])")
_BREAK: Final = lazily(r"\\\\|\\newline(?![A-Za-z])|\\(?:begin|end|left|right)(?![A-Za-z])|\\.|[{}&]", re.DOTALL)


def is_needed(tex: str) -> bool:
    """Whether there is anything to rewrite; most formulas have none."""
    if "\\" not in tex:
        return False
    return (
        "\\\\" in tex
        or not _COMMANDS.isdisjoint(_COMMAND.findall(tex))
        or (("\\text" in tex or "box" in tex) and _MATH_IN_TEXT.search(tex) is not None)
    )


def rewrite(tex: str, *, display: bool) -> str:
    """The same formula in fewer words."""
    for words, pattern, change in _CHANGES:
        if any(word in tex for word in words):  # nearly never
            tex = pattern.sub(change, tex)
    tex = tex_chemistry.rewrite(tex)
    tex = tex_units.rewrite(tex)
    tex = _each(_TEXT, tex, _opened)
    tex = _each(_SUBSTACK, tex, lambda _, inner: f"\\begin{{subarray}}{{c}}{inner}\\end{{subarray}}")
    tagged = False
    if "\\tag" in tex:
        tagged = display and _TAG.search(tex) is not None
        tex = _TAG.sub(lambda found: f"\\tag{found[1]}{{{found[2].replace('$', '')}}}" if tagged else "", tex)
    if "\\begin" in tex:
        tex = _reframed(tex, tagged=tagged)
    return _framed(tex, tagged=tagged) if display else tex


def _refer(found: re.Match[str]) -> str:
    return f"\\text{{{_SHOWN.get(found[1], '{}').format(_plain(found[2]))}}}"


# Words of which one is there, pattern, what it becomes; one after the other.
_CHANGES: Final[tuple[tuple[tuple[str, ...], re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]] = (
    (("label", "vspace", "require", "color", "nonumber", "notag"), _DROPPED, ""),
    (("href", "color", "class", "cssId", "style"), _FIRST, ""),
    (("ref", "cite", "url"), _REFERENCE, _refer),
    (("limits",), _LIMITS, r"\1*\2"),
    (("root",), _ROOT, r"\\sqrt[\1]"),
    (("intertext",), _INTERTEXT, r"\\text{\1}\\\\"),
)


def _plain(text: str) -> str:
    """What may stand in a text: a label may hold a low line."""
    return re.sub(r"(?<!\\)([_&$^]|#(?!\d))", r"\\\1", text)


def _each(opener: re.Pattern[str], tex: str, change: Callable[[str, str], str]) -> str:
    """Change each group that follows an opener."""
    out: list[str] = []
    at = 0
    while match := opener.search(tex, at):
        end = group_end(tex, match.end())
        if end < 0:
            break
        out += (tex[at : match.start()], change(match[0], tex[match.end() + 1 : end - 1]))
        at = end
    return "".join([*out, tex[at:]])


def _opened(command: str, inner: str) -> str:
    r"""A text in a formula, with the math in it outside of it: `\text{if $x$ is}`."""
    if "$" not in inner and "\\(" not in inner:
        return f"{command}{{{_plain(inner)}}}"
    parts = enumerate(_DOLLAR.split(inner))  # text, math, text …
    pieces = (f"{{{part}}}" if place % 2 else f"{command}{{{_plain(part)}}}" for place, part in parts if part)
    return f"{{{''.join(pieces)}}}"


def _reframed(tex: str, *, tagged: bool) -> str:
    """With environments that the converter knows."""
    tex = _ARRAY.sub(_columns, tex)
    out: list[str] = []
    stack: list[tuple[str, str]] = []  # what is open: its name, what it became
    at = 0
    for edge in _EDGE.finditer(tex):
        if edge.start() < at:
            continue
        out.append(_rows(tex[at : edge.start()], stack))
        at = edge.end()
        name = edge[2]
        if edge[1] == "begin":
            known = _ENVIRONMENTS.get(name, name + edge[3])
            became = _NUMBERED.get(known, known) if tagged and not stack else known
            stack.append((name, became))
            taken = _COLUMNS if name in {"alignat", "alignedat"} else _OPTION if name in _ENVIRONMENTS else None
            if taken and (match := taken.match(tex, at)):
                at = match.end()
            out.append(f"\\begin{{{became}}}" if became else "")
        elif stack and stack[-1][0] == name:
            became = stack.pop()[1]
            out.append(f"\\end{{{became}}}" if became else "")
        else:
            out.append(edge[0])
    return "".join([*out, _rows(tex[at:], stack)])


def _rows(text: str, stack: list[tuple[str, str]]) -> str:
    """The rows of an `eqnarray`, `a &=& b`, as those of others: `a &= b`."""
    if not stack or stack[-1][0] not in {"eqnarray", "IEEEeqnarray"}:
        return text
    return "\\\\".join(_BETWEEN.sub(r"&\1", row) for row in text.split("\\\\"))


def _columns(found: re.Match[str]) -> str:
    columns = _PADDING.sub(lambda part: "l" if part[0][0] in "pmb" else "", found[2])
    columns = _REPEATED.sub(lambda part: part[2] * int(part[1]), columns)
    return f"{found[1]}{{{columns}}}"


def _framed(tex: str, *, tagged: bool) -> str:
    r"""A display of several lines (`\\`) or columns (`&`) that no environment is around, in one."""
    if tagged and not any(f"\\begin{{{name}}}" in tex for name in _NUMBERED.values()):
        return f"\\begin{{equation*}}{tex}\\end{{equation*}}"
    depth, broken, parted = 0, False, False
    for mark in _BREAK.findall(tex):
        depth += (mark in {"{", "\\begin", "\\left"}) - (mark in {"}", "\\end", "\\right"})
        if not depth:
            broken |= mark in {"\\\\", "\\newline"}
            parted |= mark == "&"
    if not (broken or parted):
        return tex
    name = "aligned" if parted else "gathered"
    return f"\\begin{{{name}}}{tex}\\end{{{name}}}"
