r"""Math as plain text, for titles, feeds, search and descriptions: `$L^2$` is L², `$O(n \log n)$` O(n log n).

Unicode where a reader takes it for the same formula; a formula that is more than a line of signs (a sum with limits, a
matrix, a command that is not known) stays TeX, without its dollars. Bold and calligraphic letters are plain letters, as
emphasis is in any plain text. The signs that commands name are those of `tex_text`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from digest.formats.patterns import lazily
from digest.formats.tex_text import SIGNS

_PLAIN: Final = lazily(r"[\w.,:;()\[\]/!?%=+<>|-]*", re.ASCII)
_TOKEN: Final = lazily(r"\\([A-Za-z]+)|\\(.)|(\s+)|(.)", re.DOTALL)
_LONGEST: Final = 400  # characters of a formula that is read as a line
_DEEPEST: Final = 12

_BLANK, _TEXT, _WORD, _RELATION, _SIGN, _COMMA, _OPEN = range(7)  # what a piece is to the blanks around it
_Piece = tuple[str, int]

_NAMED: Final = (
    "arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log max "
    "min Pr sec sin sinh sup tan tanh argmax argmin mod bmod"
)
_FUNCTIONS: Final = {**{name: name for name in _NAMED.split()}, "bmod": "mod"}
_RELATIONS: Final = {
    "le": "≤", "leq": "≤", "leqslant": "≤", "ge": "≥", "geq": "≥", "geqslant": "≥", "ne": "≠", "neq": "≠", "ll": "≪",
    "gg": "≫", "sim": "∼", "simeq": "≃", "approx": "≈", "equiv": "≡", "cong": "≅", "propto": "∝", "in": "∈",
    "notin": "∉", "ni": "∋", "subset": "⊂", "subseteq": "⊆", "supset": "⊃", "supseteq": "⊇", "to": "→",
    "rightarrow": "→", "longrightarrow": "→", "leftarrow": "←", "gets": "←", "leftrightarrow": "↔", "Rightarrow": "⇒",
    "implies": "⇒", "Leftarrow": "⇐", "iff": "⇔", "Leftrightarrow": "⇔", "mapsto": "↦", "perp": "⊥", "parallel": "∥",
    "mid": "|", "lesssim": "≲", "gtrsim": "≳", "coloneqq": "≔", "triangleq": "≜", "doteq": "≐", "prec": "≺",
    "succ": "≻", "preceq": "⪯", "succeq": "⪰", "models": "⊨", "vdash": "⊢", "hookrightarrow": "↪", "lt": "<",
    "gt": ">", "rightleftharpoons": "⇌", "times": "×", "pm": "±", "mp": "∓", "cup": "∪", "cap": "∩", "setminus": "∖",
    "wedge": "∧", "land": "∧", "vee": "∨", "lor": "∨", "otimes": "⊗", "oplus": "⊕", "odot": "⊙", "div": "÷",
}  # fmt: skip
_SIGNS: Final = {
    "cdot": "·", "cdots": "⋯", "ldots": "…", "dots": "…", "circ": "∘", "bullet": "•", "star": "⋆", "ast": "*",
    "infty": "∞", "partial": "∂", "nabla": "∇", "ell": "ℓ", "hbar": "ℏ", "forall": "∀", "exists": "∃", "neg": "¬",
    "lnot": "¬", "emptyset": "∅", "varnothing": "∅", "angle": "∠", "top": "⊤", "bot": "⊥", "dagger": "†",
    "ddagger": "‡", "aleph": "ℵ", "Re": "ℜ", "Im": "ℑ", "sum": "∑", "prod": "∏", "int": "∫", "oint": "∮",
    "bigcup": "⋃", "bigcap": "⋂", "langle": "⟨", "rangle": "⟩", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈",
    "rceil": "⌉", "vert": "|", "lvert": "|", "rvert": "|", "Vert": "‖", "lVert": "‖", "rVert": "‖", "colon": ":",
    "varepsilon": "ε", "vartheta": "ϑ", "varphi": "φ", "varpi": "ϖ", "varrho": "ϱ", "phi": "ϕ", "epsilon": "ϵ",
    "odot": "⊙", "checkmark": "✓", "square": "□", "uparrow": "↑", "downarrow": "↓", "backslash": "\\", "prime": "′",
    "lbrack": "[", "rbrack": "]", "lbrace": "{", "rbrace": "}", "imath": "ı", "jmath": "ȷ", "wp": "℘", "degree": "°",
    "percent": "%", "triangle": "△", "sharp": "♯", "flat": "♭",
}  # fmt: skip
_STYLE_NAMES: Final = (
    "mathrm mathbf mathit mathsf mathtt mathcal mathscr mathfrak mathnormal operatorname bm boldsymbol pmb ensuremath "
    "mathop mathrel mathbin mathord"
)
_STYLES: Final = frozenset(_STYLE_NAMES.split())
_TEXT_NAMES: Final = "text textrm textbf textit textsf texttt textsc textnormal mbox hbox emph"
_VERBATIM: Final = frozenset(_TEXT_NAMES.split())
_DOUBLE: Final = frozenset(["mathbb", "mathds", "mathbbm", "Bbb"])
_DROPPED_NAMES: Final = (
    "left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm displaystyle textstyle scriptstyle "
    "limits nolimits rm bf it cal sf tt xspace middle mathstrut strut nonumber"
)
_DROPPED: Final = frozenset(_DROPPED_NAMES.split())
_BLANKS: Final = {"quad": " ", "qquad": " ", ",": " ", ";": " ", ":": " ", " ": " ", "!": "", "/": "", ">": " "}
_ACCENTS: Final = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303", "bar": "\u0304",
    "overline": "\u0304", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308", "check": "\u030c", "breve": "\u0306",
    "acute": "\u0301", "grave": "\u0300", "mathring": "\u030a",
}  # fmt: skip
_HIGH: Final = str.maketrans(
    "0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW⊤*′†∘,",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵀ*′†°⸴",
)
_LOW: Final = str.maketrans("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_BOARD: Final = dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True))

# Commands that a formula may hold, for whoever mistyped one.
NAMES: Final = tuple(
    sorted({*_FUNCTIONS, *_RELATIONS, *_SIGNS, *_STYLES, *_VERBATIM, *_DOUBLE, *_ACCENTS, *SIGNS, "frac", "sqrt",
            "binom", "underbrace", "overbrace", "underline", "overset", "underset", "stackrel", "substack", "boxed",
            "tfrac", "dfrac", "left", "right", "bigl", "bigr"})
)  # fmt: skip


class _MoreThanALineError(Exception):
    """The formula cannot be read as a line of signs."""


@lru_cache(maxsize=4_096)
def plain_from_math(tex: str) -> str:
    """A formula, without its delimiters, as text of one line."""
    tex = tex.strip()
    if _PLAIN.fullmatch(tex) and "_" not in tex:
        return tex
    if len(tex) <= _LONGEST:
        try:
            return unicodedata.normalize("NFC", _Line(tex).read())
        except _MoreThanALineError:
            pass
    return " ".join(tex.split())


class _Line:
    """A formula, read from left to right."""

    def __init__(self, tex: str) -> None:
        self.tokens: list[tuple[str, str, str, str]] = _TOKEN.findall(tex)
        self.place = 0
        self.depth = 0

    def read(self) -> str:
        """The whole formula."""
        text = _join(self._pieces())
        if self.place < len(self.tokens):
            raise _MoreThanALineError
        return text

    def _pieces(self) -> list[_Piece]:
        """What stands before the end, or the brace that closes the group."""
        out: list[_Piece] = []
        while self.place < len(self.tokens) and self.tokens[self.place][3] != "}":
            self._read_one(out)
        return out

    def _read_one(self, out: list[_Piece]) -> None:
        command, escaped, blank, char = self.tokens[self.place]
        self.place += 1
        if blank:
            out.append((" ", _BLANK))
        elif command:
            self._read_command(command, out)
        elif escaped:
            if escaped in _BLANKS:
                out.append((_BLANKS[escaped], _BLANK))
            elif escaped in "{}%$#&_":
                out.append((escaped, _OPEN if escaped == "{" else _TEXT))
            elif escaped == "|":
                out.append(("‖", _TEXT))
            else:
                raise _MoreThanALineError
        elif char == "{":
            self.place -= 1
            out.append((self._argument(), _TEXT))
        elif char in "^_":
            out.append((self._script(char), _TEXT))
        elif char == "'":
            out.append(("′", _TEXT))
        elif char == "~":
            out.append((" ", _BLANK))
        elif char in "&%#$":
            raise _MoreThanALineError
        else:
            out.append((char, _RELATION_OF.get(char, _TEXT)))

    def _read_command(self, command: str, out: list[_Piece]) -> None:
        if sign := _RELATIONS.get(command):
            out.append((sign, _RELATION))
        elif sign := _SIGNS.get(command) or SIGNS.get(command):
            out.append((sign, _TEXT))
            self._skip_blank()
        elif command in _FUNCTIONS:
            out.append((_FUNCTIONS[command], _WORD))
        elif command in _VERBATIM:
            out.append((self._verbatim(), _TEXT))
        elif command in _STYLES:
            if self._peek() == "*":
                self.place += 1
            out.append((self._argument(), _WORD if command == "operatorname" else _TEXT))
        elif command in _DOUBLE:
            out.append(("".join(_BOARD.get(letter) or _double(letter) for letter in self._argument()), _TEXT))
        elif command in _ACCENTS:
            base = self._argument()
            if len(base) != 1:
                raise _MoreThanALineError
            out.append((base + _ACCENTS[command], _TEXT))
        elif command in {"frac", "dfrac", "tfrac"}:
            out.append((f"{_grouped(self._argument())}/{_grouped(self._argument())}", _TEXT))
        elif command == "sqrt" and self._peek() != "[":
            out.append((f"√{_grouped(self._argument())}", _TEXT))
        elif command in _DROPPED:
            self._skip_blank()
            if command in {"left", "right"} and self._peek() == ".":
                self.place += 1
        elif command in _BLANKS:
            out.append((" ", _BLANK))
        else:
            raise _MoreThanALineError

    def _script(self, sign: str) -> str:
        inner = self._argument()
        table = _HIGH if sign == "^" else _LOW
        fits = all(ord(char) in table for char in inner)
        if fits and (len(inner) <= 2 or not inner.isalpha()):
            return inner.translate(table)
        return sign + (inner if len(inner) == 1 or inner.isalnum() else f"({inner})")

    def _argument(self) -> str:
        """The next group or sign."""
        self._skip_blank()
        if self.place >= len(self.tokens) or self.depth >= _DEEPEST:
            raise _MoreThanALineError
        self.depth += 1
        out: list[_Piece] = []
        if self.tokens[self.place][3] == "{":
            self.place += 1
            out = self._pieces()
            if self.place >= len(self.tokens):
                raise _MoreThanALineError
            self.place += 1
        elif self.tokens[self.place][3] == "}":
            raise _MoreThanALineError
        else:
            self._read_one(out)
        self.depth -= 1
        return _join(out)

    def _verbatim(self) -> str:
        """The group of a text, with its blanks."""
        self._skip_blank()
        if self._peek() != "{":
            raise _MoreThanALineError
        out: list[str] = []
        self.place += 1
        while self._peek() != "}":
            if self.place >= len(self.tokens):
                raise _MoreThanALineError
            command, escaped, blank, char = self.tokens[self.place]
            self.place += 1
            if command or char in {"{", "$"}:
                raise _MoreThanALineError
            out.append(" " if blank or char == "~" else char or escaped)
        self.place += 1
        return "".join(out)

    def _peek(self) -> str:
        return self.tokens[self.place][3] if self.place < len(self.tokens) else ""

    def _skip_blank(self) -> None:
        while self.place < len(self.tokens) and self.tokens[self.place][2]:
            self.place += 1


_RELATION_OF: Final = {"=": _SIGN, "<": _SIGN, ">": _SIGN, "+": _SIGN, "-": _SIGN, ",": _COMMA, "(": _OPEN, "[": _OPEN}


def _double(letter: str) -> str:
    """A letter or digit with double strokes (Unicode, Mathematical Alphanumeric Symbols)."""
    if "A" <= letter <= "Z":
        return chr(0x1D538 + ord(letter) - 65)
    if "a" <= letter <= "z":
        return chr(0x1D552 + ord(letter) - 97)
    if "0" <= letter <= "9":
        return chr(0x1D7D8 + ord(letter) - 48)
    raise _MoreThanALineError


def _grouped(text: str) -> str:
    """What is divided or under a root, in parentheses unless it is one term."""
    return text if text.isalnum() or len(text) == 1 else f"({text})"


def _join(pieces: list[_Piece]) -> str:
    """The pieces with blanks where a reader wants them."""
    if len(pieces) == 1:
        return pieces[0][0].strip()
    out = ""
    last = len(pieces) - 1
    for index, (text, kind) in enumerate(pieces):
        before = pieces[index - 1][1] if index else _OPEN
        following, after = pieces[index + 1] if index < last else ("", _OPEN)
        inside = 0 < index < last
        # A sign of a number has no blank behind it: `= -1`.
        blank = after == _BLANK or (before == _BLANK and text not in {"+", "-"})
        if inside and (kind == _RELATION or (kind == _SIGN and blank)):
            out = f"{out.rstrip()} {text} "
        elif kind == _WORD:
            raised = following[:1] and (following[0] in "^_′" or unicodedata.category(following[0]) in {"No", "Lm"})
            gap = " " if out and out[-1].isalnum() else ""
            out += gap + text + (" " if after == _TEXT and not raised else "")
        elif kind == _BLANK:
            out += text if out and out[-1] != " " and before != _OPEN else ""
        else:
            out += text
    return out.strip()
