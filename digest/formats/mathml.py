"""MathML to TeX, as it stands beside it where it does, else element by element (MathML Core §3)."""

from __future__ import annotations

import re
from typing import Final

from digest.formats.markup import Element
from digest.formats.patterns import lazily

_DOCUMENT: Final = lazily(r"\\begin\{document\}(?P<body>.*?)\\end\{document\}", re.DOTALL)
_DELIMITERS: Final = (("$$", "$$"), ("\\[", "\\]"), ("\\(", "\\)"), ("$", "$"))
_SPECIAL: Final = lazily(r"[%&#_]")
_FUNCTION_NAMES: Final = (
    "arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lim liminf limsup ln log max min "
    "Pr sec sin sinh sup tan tanh"
)
_FUNCTIONS: Final = frozenset(_FUNCTION_NAMES.split())
_ACCENTS: Final = {
    "^": "hat", "ˆ": "hat", "̂": "hat", "~": "tilde", "˜": "tilde", "∼": "tilde", "̃": "tilde", "¯": "bar", "‾": "bar",
    "̄": "bar", "→": "vec", "⃗": "vec", "˙": "dot", ".": "dot", "¨": "ddot",
}  # fmt: skip
# Signs that nobody sees: function application and invisible times, separator and plus.
_INVISIBLE: Final = dict.fromkeys(map(ord, "\u2061\u2062\u2063\u2064"))


def tex_from_math(math: Element) -> tuple[str, bool]:
    """(TeX without dollars, whether it is displayed) of a `math` element."""
    notes = (note for note in math.find_all("annotation") if "tex" in note.get("encoding").lower())
    tex = next((note.text() for note in notes), "") or math.get("alttext")
    displayed = math.get("display") == "block" or math.get("mode") == "display"
    return bare_tex(tex) if tex.strip() else _join(math), displayed


def bare_tex(text: str) -> str:
    """TeX without the document around it that publishers write, and without its delimiters; on one line."""
    if document := _DOCUMENT.search(text):
        text = document["body"]
    text = " ".join(text.split())
    for opening, closing in _DELIMITERS:
        if text.startswith(opening) and text.endswith(closing) and len(text) > len(opening) + len(closing):
            return text[len(opening) : -len(closing)].strip()
    return text


def _join(element: Element) -> str:
    """What stands in an element as TeX, one after the other."""
    tex = ""
    for part in element.content:
        piece = _SPECIAL.sub(r"\\\g<0>", part.strip()) if isinstance(part, str) else _tex(part)
        # A command ends where letters do.
        tex += f" {piece}" if re.search(r"\\[A-Za-z]+$", tex) and piece[:1].isalpha() else piece
    return tex


def _tex(element: Element) -> str:
    name = element.name
    parts = [*element.children()]
    if name in {"annotation", "annotation-xml"}:
        return ""
    if name in {"mi", "mo", "mn", "ms", "mtext"}:
        return _token(name, element.text())
    if name == "mspace":
        return " "
    if name in _SHAPES and len(parts) >= _SHAPES[name][0]:
        return _SHAPES[name][1].format(*(_tex(part) for part in parts))
    if name == "msqrt":
        return f"\\sqrt{{{_join(element)}}}"
    if name == "mover" and len(parts) == 2:
        accent = _ACCENTS.get(parts[1].text().strip())
        return f"\\{accent}{{{_tex(parts[0])}}}" if accent else f"\\overset{{{_tex(parts[1])}}}{{{_tex(parts[0])}}}"
    if name == "mfenced":
        separated = (element.get("separators", ",").strip()[:1] or "").join(_tex(part) for part in parts)
        return f"{element.get('open', '(')}{separated}{element.get('close', ')')}"
    if name == "mtable":
        rows = (" & ".join(_join(cell) for cell in row.children()) for row in parts)
        return "\\begin{matrix}" + " \\\\ ".join(rows) + "\\end{matrix}"
    return _join(element)


# (how many elements it takes, what they become)
_SHAPES: Final = {
    "mfrac": (2, "\\frac{{{0}}}{{{1}}}"),
    "mroot": (2, "\\sqrt[{1}]{{{0}}}"),
    "msub": (2, "{0}_{{{1}}}"),
    "msup": (2, "{0}^{{{1}}}"),
    "msubsup": (3, "{0}_{{{1}}}^{{{2}}}"),
    "munder": (2, "{0}_{{{1}}}"),
    "munderover": (3, "{0}_{{{1}}}^{{{2}}}"),
}


def _token(name: str, text: str) -> str:
    text = " ".join(text.translate(_INVISIBLE).split())
    if name in {"mtext", "ms"}:
        return f"\\text{{{text}}}" if text else " "
    if text in _FUNCTIONS:
        return f"\\{text}"
    if text in {"{", "}"}:
        return f"\\{text}"
    if name == "mi" and len(text) > 1 and text.isalpha():
        return f"\\mathrm{{{text}}}"
    return _SPECIAL.sub(r"\\\g<0>", text)
