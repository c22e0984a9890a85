r"""How much work a formula is for the converter, told before it gets it: nothing stops the converter once it runs.

math-core 0.9 calls itself for each group that lies in another, on a stack that ends: at most 3.3 KB for each, measured.
It looks for the partner of each bracket among all that follows in its group, twice for each one that finds none: its
time doubles with each of those (its `semantic.rs`). Both are counted here with doubts against the formula.
"""

from __future__ import annotations

import re
from typing import Final

from digest.formats.patterns import lazily
from digest.formats.tex_text import SIGNS

LONGEST: Final = 10_000  # characters of a formula; the time of some grows with the square
DEEPEST: Final = 60  # groups within one another
_STEPS: Final = 100_000  # of the search for partners, about 10 ms
_NO_END: Final = 30  # brackets: as good as any number
_HOLDS: Final = 100  # brackets that are open at a time
_BLANKS: Final = 1_500  # what the converter looks across, from each of them anew

_TOKEN: Final = lazily(
    r"\\(?:sqrt|color|cramped|xlongequal|xmapsto|xtofrom|x(?:hook|twohead)?(?:[lL]eft|[rR]ight)[a-z]*)\s*\["
    r"|\\(?:[A-Za-z]+|.)|\s+|[A-Za-z0-9]+|.",
    re.DOTALL,
)
_BLANK: Final = lazily(r"~|\\(?:[,:;!> ]|q?quad|(?:en|med|thin|thick|no(?:break)?)?space|neg[a-z]*space)")
_ODD: Final = lazily(r"[^\w\x00-\x7f]")
# All of them, and others.
_OPENER: Final = lazily(r"[(\[⌈-⧼]|\\(?:[bB]igg?l|u?l|\{|[bB]ra|[kK]et|[sS]et|pmod|pod|abs|norm|bigO)")
_ONE_ARGUMENT: Final = (
    "Overrightarrow acute bar breve check ddddot dddot ddot dot grave hat mathring overgroup overleftarrow "
    "overleftharpoon overleftrightarrow overline overrightarrow overrightharpoon tilde undergroup underleftarrow "
    "underleftrightarrow underrightarrow underline vec widehat widetilde widecheck utilde cramped angl bcancel boxed "
    "cancel phase xcancel fbox pmod pod bra ket braket Bra Ket Braket set Set overbrace overbracket overparen "
    "underbrace underbracket underparen not slashed vertoverlay hphantom phantom vphantom operatorname "
    "operatornamewithlimits sqrt Bbb bm bold boldsymbol frak mathbb mathbf mathcal mathfrak mathit mathrm mathscr "
    "mathsf mathtt symbf xLeftarrow xLeftrightarrow xRightarrow xhookleftarrow xhookrightarrow xleftarrow "
    "xleftharpoondown xleftharpoonup xleftrightarrow xleftrightharpoons xlongequal xmapsto xrightarrow "
    "xrightharpoondown xrightharpoonup xrightleftharpoons xtofrom xtwoheadleftarrow xtwoheadrightarrow substack "
    "mathds mathbbm mathbbold pmb mathbold ensuremath smash mathclap mathllap mathrlap vcenter abs norm bigO"
)
_TEXTS: Final = (
    "emph text textbf textit textrm textsc textsf texttt underbar mbox hbox textnormal textup textmd textsl tag label"
)
_TWO_ARGUMENTS: Final = (
    "cfrac dfrac frac tfrac binom dbinom tbinom overset underset stackrel textcolor nicefrac sfrac flatfrac raisebox"
)
_TAKES: Final = {
    **dict.fromkeys([*_ONE_ARGUMENT.split(), *_TEXTS.split()], 1),
    **dict.fromkeys(_TWO_ARGUMENTS.split(), 2),
    "prescript": 3, "sideset": 3, "mathchoice": 4, "genfrac": 6,
}  # fmt: skip
_TEXT: Final = frozenset(_TEXTS.split())
_OPENING_NAMES: Final = (
    "( [ \\{ \\lAngle \\lBrace \\lVert \\lang \\langle \\lbrace \\lbrack \\lceil \\lfloor \\lgroup \\llangle "
    "\\llbracket \\llcorner \\lmoustache \\llparenthesis \\lparen \\lvert \\ulcorner "
    "⌈ ⌊ ⌜ ⌞ ⎰ ❲ ⟅ ⟦ ⟨ ⟪ ⟬ ⟮ ⦃ ⦅ ⦇ ⦉ ⦋ ⦍ ⦏ ⦑ ⦓ ⦕ ⦗ ⧘ ⧚ ⧼"
)
_CLOSING_NAMES: Final = (
    ") ] \\} \\rAngle \\rBrace \\rVert \\rang \\rangle \\rbrace \\rbrack \\rceil \\rfloor \\rgroup \\rparen "
    "\\rrangle \\rrbracket \\lrcorner \\rmoustache \\rrparenthesis \\rvert \\urcorner "
    "⌉ ⌋ ⌝ ⌟ ⎱ ❳ ⟆ ⟧ ⟩ ⟫ ⟭ ⟯ ⦄ ⦆ ⦈ ⦊ ⦌ ⦎ ⦐ ⦒ ⦔ ⦖ ⦘ ⧙ ⧛ ⧽"
)
_OPENING: Final = frozenset(_OPENING_NAMES.split())
_CLOSING: Final = frozenset(_CLOSING_NAMES.split())
_FENCED_NAMES: Final = "pmod pod bra ket braket Bra Ket Braket set Set abs norm bigO"  # brackets around what they take
_FENCED: Final = frozenset(f"\\{name}" for name in _FENCED_NAMES.split())
_SIDES: Final = {"l": 1, "r": -1}
_SIGNS: Final = frozenset(f"\\{name}" for name, sign in SIGNS.items() if sign.isalpha())
_SWITCHES: Final = frozenset(
    ["\\displaystyle", "\\textstyle", "\\scriptstyle", "\\scriptscriptstyle", "\\color", "\\color["]
)
_PUSHING: Final = frozenset(["{", "\\left", "\\begin", "\\begingroup"])
_POPPING: Final = frozenset(["}", "\\right", "\\end", "\\endgroup"])
_BIG: Final = lazily(r"\\[bB]igg?([lrm]?)")


def fault_of(tex: str) -> str:
    """Why a formula is too much for the converter, or nothing."""
    if len(tex) > LONGEST:
        return f"it is longer than {LONGEST:,} characters"
    if len(tex) > _BLANKS and len(_BLANK.findall(tex)) > _BLANKS:
        return "it is nearly all blanks"
    groups = tex.count("{") + tex.count("\\")  # it cannot be deeper
    groups += 0 if tex.isascii() else len(_ODD.findall(tex))
    if groups <= DEEPEST:
        # Nearly always it is enough to count signs, one of which each bracket has.
        signs = tex.count("(") + tex.count("[") + tex.count("\\") if tex.isascii() else _NO_END
        if len(tex) << min(_NO_END, signs) <= _STEPS or len(tex) << min(_NO_END, len(_OPENER.findall(tex))) <= _STEPS:
            return ""
    deepest, unclosed, held = weigh(tex)
    if deepest > DEEPEST or held > _HOLDS:
        return "it is nested too deeply"
    if len(tex) << min(unclosed, _NO_END) > _STEPS:
        return "too many of its brackets are left open"
    return ""


class _Row:
    """What stands in one group."""

    __slots__ = ("base", "chain", "kind", "opened", "owed", "raised", "switches")

    def __init__(self, kind: str, base: int) -> None:
        self.kind = kind  # what opens it
        self.base = base  # how deep it lies
        self.opened = 0  # brackets without a partner yet
        self.chain = 0  # commands in a row: each may lie in the one before it
        self.owed = 0  # arguments that commands still take
        self.raised = False  # whether a script comes
        self.switches = 0  # of styles, up to the end of the cell

    def take(self, number: int = 1) -> None:
        """Take signs or a group: they are what a command still takes, or nothing waits any more."""
        if self.raised:
            self.raised = False
            number -= 1
        if number:
            self.owed = max(0, self.owed - number)
            self.chain = self.chain if self.owed else 0

    def call(self, name: str) -> None:
        """Take a command, which may be what another takes."""
        if self.raised:
            self.raised = False
        elif self.owed:
            self.owed -= 1
        self.owed += _TAKES.get(name, 0)
        self.chain += 1


def weigh(tex: str) -> tuple[int, int, int]:
    r"""(how deep a formula is, how many of its brackets no other closes, how many are open at a time).

    What a command takes without braces lies within it, `\sqrt\sqrt x`, and so does `\sin^2\sin^2 x` in the end.
    """
    rows = [_Row("", 0)]
    deepest = unclosed = held = 0
    before = ""
    for mark in _TOKEN.findall(tex):
        row = rows[-1]
        if mark.isspace():
            continue
        if before in {"\\left", "\\right", "\\middle"} or _BIG.fullmatch(before):
            before = ""  # the sign that is to grow
            if mark != "}":
                continue
            unclosed += _NO_END
        if before in _FENCED and mark != "{" and not mark.isalnum() and mark not in _SIGNS:
            unclosed += _NO_END  # what it takes may take the bracket behind it
        if mark in _PUSHING:
            kind = "text" if mark == "{" and before[1:] in _TEXT else mark
            rows.append(_Row(kind, row.base + row.chain + 1))
        elif mark in _POPPING or (mark == "]" and row.kind == "["):
            while len(rows) > 1:
                last = rows.pop()
                unclosed += last.opened + _NO_END * (last.owed > 0 or last.raised)
                if last.kind != "[" or mark == "]":
                    break
            if mark != "]":
                rows[-1].take()
        elif mark in "^_":
            row.raised = True
        elif mark in _OPENING:
            row.opened += row.kind not in {"text", "\\begin"}  # rows of tables are not searched
            row.take()
        elif mark in _CLOSING:
            row.opened -= row.opened > 0 and not row.owed and not row.raised
            row.take()
        elif row.kind == "\\begin" and mark in {"&", "\\\\"}:
            row.base -= row.switches
            row.switches = row.chain = row.owed = 0
        elif (mark[0] == "\\" and mark not in _SIGNS) or not (mark.isascii() or mark.isalpha()):
            if mark in _SWITCHES:  # what follows lies within it
                row.switches += 1
                row.base += 1
            row.call(mark.rstrip("[ \t\n")[1:])
            if mark[-1] == "[" and len(mark) > 2:
                rows.append(_Row("[", row.base + row.chain))
            elif (big := _BIG.fullmatch(mark)) and row.kind != "\\begin":
                row.opened = max(0, row.opened + _SIDES.get(big[1], 0))
        else:
            row.take(len(mark) if mark[0] != "\\" else 1)
        before = mark
        deepest = max(deepest, rows[-1].base + rows[-1].chain)
        held = max(held, rows[-1].opened)
    return deepest, unclosed + sum(row.opened for row in rows), held
