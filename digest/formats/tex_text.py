r"""Prose in TeX, as fields of BibTeX hold it: as plain text, or as Markdown with its emphasis; math stays.

Letters for accents and commands, braces that only keep the case of letters dropped, `--` a dash, `~` a blank. A command
that is not known here stays as it is written: nothing is lost.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final

from digest.formats import plain_text, tex_accents
from digest.formats.patterns import lazily

# What Markdown writes for a mark stands for itself while the text around it is escaped.
_EMPHASIS, _STRONG, _LINK_TEXT, _LINK, _END = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
_MARKS: Final = lazily("[\ue000-\ue004]")
_SPECIAL: Final = lazily(r"[\\{}$~]|--|``|''")
_TOKEN: Final = lazily(r"\\(?P<word>[A-Za-z]+)\*?[ \t\n]*|\\(?P<sign>.)|[{}~]|---?|``|''", re.DOTALL)
_SIGNS: Final = {"\\": " ", ",": " ", ";": " ", ":": " ", " ": " ", "\n": " ", "/": "", "-": "", "!": "", "@": ""}
_TEXT: Final = {"~": " ", "--": "–", "---": "—", "``": "“", "''": "”"}
_ACCENTS: Final = {
    "'": "\u0301",
    "`": "\u0300",
    "^": "\u0302",
    '"': "\u0308",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
}
_MARK_LETTERS: Final = {
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328", "r": "\u030a", "d": "\u0323",
    "b": "\u0331", "ocirc": "\u030a",
}  # fmt: skip
_OPENERS: Final = {
    "emph": _EMPHASIS, "textit": _EMPHASIS, "textsl": _EMPHASIS, "mkbibemph": _EMPHASIS, "mkbibitalic": _EMPHASIS,
    "textbf": _STRONG, "mkbibbold": _STRONG, "enquote": "“", "mkbibquote": "“",
}  # fmt: skip
_DECLARATIONS: Final = {
    "it": _EMPHASIS,
    "em": _EMPHASIS,
    "itshape": _EMPHASIS,
    "sl": _EMPHASIS,
    "bf": _STRONG,
    "bfseries": _STRONG,
}
_CLOSERS: Final = {_EMPHASIS: _EMPHASIS, _STRONG: _STRONG, "“": "”"}
# Commands whose braces only group, and those that say nothing in text.
_UNWRAPPED_NAMES: Final = (
    "textrm texttt textsc textsuperscript textsubscript textsf textup textmd textnormal text mbox hbox uppercase "
    "lowercase NoCaseChange relax protect rm sc sf tt upshape normalfont selectfont small large nobreak bgroup "
    "egroup null leavevmode unskip natexlab BibTitle bibinfo textlatin mathrm mathsf ignorespaces nolinebreak "
    "allowbreak hyp bibcyr"
)
_UNWRAPPED: Final = frozenset(_UNWRAPPED_NAMES.split())
_SWALLOWED_NAMES: Final = (
    "noopsort SortNoop label cite citep citet hspace vspace footnotemark phantom vphantom hphantom discretionary"
)
_SWALLOWED: Final = frozenset(_SWALLOWED_NAMES.split())
_GREEK_NAMES: Final = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho varsigma sigma tau "
    "upsilon phi chi psi omega"
)
_GREEK: Final = _GREEK_NAMES.split()
SIGNS: Final = {
    **dict(zip(_GREEK, "αβγδεζηθικλμνξοπρςστυφχψω", strict=True)),
    **dict(zip(map(str.title, _GREEK), "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΣΤΥΦΧΨΩ", strict=True)),
    **dict(zip((f"text{name}" for name in _GREEK), "αβγδεζηθικλμνξοπρςστυφχψω", strict=True)),
    "textendash": "–", "textemdash": "—", "textquoteright": "’", "textquoteleft": "‘", "textquotedblleft": "“",
    "textquotedblright": "”", "textquotesingle": "'", "textquotedbl": '"', "quotesinglbase": "‚", "quotedblbase": "„",
    "guillemotleft": "«", "guillemotright": "»", "flqq": "«", "frqq": "»", "glqq": "„", "grqq": "“", "lq": "‘",
    "rq": "’", "textasciitilde": "~", "textasciicircum": "^", "textasciiacute": "´", "textasciigrave": "`",
    "textasciidieresis": "¨", "textbackslash": "\\", "textbar": "|", "textless": "<", "textgreater": ">",
    "textunderscore": "_", "textdollar": "$", "textbraceleft": "{", "textbraceright": "}", "lbrace": "{", "rbrace": "}",
    "textregistered": "®", "texttrademark": "™", "textcopyright": "©", "copyright": "©", "textdegree": "°",
    "degree": "°", "textpm": "±", "pm": "±", "texttimes": "×", "times": "×", "textdiv": "÷", "textmu": "µ",
    "textohm": "Ω", "dots": "…", "ldots": "…", "textellipsis": "…", "textbullet": "•", "textperiodcentered": "·",
    "cdot": "·", "textsection": "§", "S": "§", "textparagraph": "¶", "P": "¶", "pounds": "£", "textsterling": "£",
    "euro": "€", "texteuro": "€", "textyen": "¥", "textcent": "¢", "textonehalf": "½", "textonequarter": "¼",
    "textthreequarters": "¾", "textordfeminine": "ª", "textordmasculine": "º", "textexclamdown": "¡",
    "textquestiondown": "¿", "textdagger": "†", "dag": "†", "textdaggerdbl": "‡", "textperthousand": "‰",
    "textnumero": "№", "textminus": "−", "textrightarrow": "→", "textleftarrow": "←", "rightarrow": "→",
    "leftarrow": "←", "sim": "∼", "approx": "≈", "leq": "≤", "geq": "≥", "neq": "≠", "infty": "∞", "prime": "′",
    "LaTeX": "LaTeX", "TeX": "TeX", "LaTeXe": "LaTeX2e", "BibTeX": "BibTeX", "newline": " ", "linebreak": " ",
    "par": "\n\n", "space": " ", "quad": " ", "qquad": " ", "slash": "/",
    "hyphen": "-", "thinspace": " ", "nobreakspace": " ",
    "nobreakdash": "-", "mathsemicolon": ";", "less": "<", "greater": ">", "textacutedbl": "˝", "i": "ı", "j": "ȷ",
    "textschwa": "ə", "textcommabelow": "", "SS": "ß", "textlnot": "¬", "textbrokenbar": "¦",
}  # fmt: skip
SUPERSCRIPT: Final = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
SUBSCRIPT: Final = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_RAISERS: Final = {"textsuperscript": SUPERSCRIPT, "textsubscript": SUBSCRIPT}
# What converters of Crossref's records make of `<`, `>` and `;` in a title.
_MATH_SIGN: Final = lazily(r"\$\\(less|greater|mathsemicolon)\$")
_PADDED: Final = lazily(f"([{_EMPHASIS}{_STRONG}])([ \n]*)([^{_EMPHASIS}{_STRONG}]*?)([ \n]*)\\1")
_LINKED: Final = lazily(f"{_LINK_TEXT}([^{_LINK}{_END}]*){_LINK}([^{_END}]*){_END}")
_PARAGRAPH: Final = lazily(r"\n[ \t]*(?:\n[ \t]*)+")
_INLINE_MATH: Final = lazily(r"\$[^$]+\$", re.DOTALL)
_GROUP: Final = lazily(r"\s*\{")
_LETTER: Final = lazily(r"\{?([^\W_])(?:(?<=\{.)\})?")
_MARKED: Final = lazily(r"\{([A-Za-z])\}")
_RAISED: Final = lazily(r"\{([^{}\\$]*)\}")
_GROUPING: Final = lazily(r"\\.|[{}]", re.DOTALL)
_ESCAPE: Final = lazily(r"\\([^A-Za-z\s])|\{\\?([^{}\\]?)\}|\{?\\(?:textasciitilde|sim)\b ?(?:\{\})?\}?|\$\\sim\$")


def plain_from_tex(text: str) -> str:
    """A title, name or venue of one line."""
    if not _SPECIAL.search(text):
        return " ".join(text.split())
    return " ".join(_Conversion(_prepared(text), marked=False).read().split())


def title_from_tex(text: str) -> str:
    """A title of one line, whose `--` stays as it is written."""
    if "--" in text:
        start = 0
        parts: list[str] = []
        for formula in _INLINE_MATH.finditer(text):
            parts += (text[start : formula.start()].replace("--", "-{}-{}"), formula[0])
            start = formula.end()
        text = "".join((*parts, text[start:].replace("--", "-{}-{}")))
    return plain_from_tex(text)


def address_from_tex(text: str) -> str:
    r"""An address, which people escape as prose or put into `\url{}`."""
    text = "".join(text.split()) if "\\url" not in text else text
    if found := re.search(r"\\(?:url|href|path)\s*\{", text):
        text = text[found.end() :].partition("}")[0]
    return _ESCAPE.sub(lambda found: found[1] or found[2] or ("" if found[0] == "{}" else "~"), text).strip("{} ")


def markdown_from_tex(text: str) -> str:
    """An abstract or a note: paragraphs parted by blank lines, the lines of each joined."""
    converted = _Conversion(_prepared(text), marked=True).read() if _SPECIAL.search(text) else text
    paragraphs = (" ".join(paragraph.split()) for paragraph in _PARAGRAPH.split(converted))
    markdown = plain_text.markdown_from_plain("\n\n".join(filter(None, paragraphs)))
    return _render_marks(markdown).strip() if _MARKS.search(markdown) else markdown


def _prepared(text: str) -> str:
    text = _MARKS.sub("", text)
    if "$\\" in text:
        text = _MATH_SIGN.sub(lambda found: SIGNS[found[1]], text)
    return tex_accents.letters_from_tex(text)


def _render_marks(markdown: str) -> str:
    """Marks of Markdown at the words that they are around; none where there is nothing between two."""

    def render(found: re.Match[str]) -> str:
        mark = "*" if found[1] == _EMPHASIS else "**"
        if not found[3] or "\n\n" in found[3]:
            return found[2] + found[3] + found[4]
        return f"{found[2]}{mark}{found[3]}{mark}{found[4]}"

    for _ in range(2):  # one mark within another
        markdown = _PADDED.sub(render, markdown)
    return _MARKS.sub("", _LINKED.sub(r"[\1](<\2>)", markdown))


@dataclass(slots=True)
class _Conversion:
    """One pass over a text; what closes the open groups is on a stack, so no depth of braces is too deep."""

    text: str
    marked: bool
    out: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    opened: set[str] = field(default_factory=set)
    place: int = 0
    quotes: int = 0

    def read(self) -> str:
        """The text converted."""
        maths = list(plain_text.find_math(self.text)) if "$" in self.text or "\\" in self.text else []
        for start, end in maths:
            if end > self.place:
                self._read_prose(start)
                self._write_math(self.text[max(start, self.place) : end])
                self.place = max(self.place, end)
        self._read_prose(len(self.text))
        while self.groups:
            self._close()
        return "".join(self.out)

    def _read_prose(self, end: int) -> None:
        while self.place < end and (token := _TOKEN.search(self.text, self.place, end)):
            self.out.append(self.text[self.place : token.start()])
            self.place = token.end()
            if token["word"]:
                self._read_command(token["word"], token[0])
            elif token["sign"]:
                self._read_sign(token["sign"])
            elif token[0] == "{":
                self.groups.append("")
            elif token[0] == "}":
                self._close()
            else:
                self._read_mark(token[0])
        if self.place < end:
            self.out.append(self.text[self.place : end])
            self.place = end

    def _read_mark(self, mark: str) -> None:
        """A dash or a quotation mark; one that nothing opened stays: `''` alone, seconds of arc."""
        if mark == "''" and not self.quotes:
            self.out.append(mark)
            return
        self.quotes += {"``": 1, "''": -1}.get(mark, 0)
        self.out.append(_TEXT[mark])

    def _read_sign(self, sign: str) -> None:
        if sign not in _ACCENTS:
            self.out.append(_SIGNS.get(sign, sign))
        elif self.text.startswith("{}", self.place):
            self.out.append(sign)
            self.place += 2
        elif letter := _LETTER.match(self.text, self.place):
            # The accents that make one letter with theirs are letters already.
            self.out.append(unicodedata.normalize("NFC", letter[1] + _ACCENTS[sign]))
            self.place = letter.end()
        else:
            self.out.append(sign if sign == "~" else "")

    def _read_command(self, word: str, written: str) -> None:
        group = self.text.startswith("{", self.place)
        if word in _OPENERS and group:
            self.place += 1
            self._open(_OPENERS[word])
        elif word in _DECLARATIONS:
            if self.groups and not self.groups[-1]:
                self.groups.pop()
                self._open(_DECLARATIONS[word])
        elif word in {"url", "path", "nolinkurl"} and group:
            self.out.append(address_from_tex(self._argument()))
        elif word == "href" and group:
            self._read_link(address_from_tex(self._argument()))
        elif word == "ensuremath" and group:
            self._write_math(f"${self._argument()}$")
        elif word in _RAISERS and (raised := _RAISED.match(self.text, self.place)):
            self.out.append(raised[1].translate(_RAISERS[word]))
            self.place = raised.end()
        elif word in _MARK_LETTERS and (letter := _MARKED.match(self.text, self.place)):
            self.out.append(unicodedata.normalize("NFC", letter[1] + _MARK_LETTERS[word]))
            self.place = letter.end()
        elif word in _SWALLOWED and group:
            self._argument()
        elif (sign := SIGNS.get(word)) is not None:
            self._write_word(sign, written)
        elif word not in _UNWRAPPED:
            self.out.append(written)
            if group:  # the braces of a command that is not known are its own
                self.out.append("{")
                self.groups.append("}")
                self.place += 1

    def _write_math(self, formula: str) -> None:
        """A formula; two side by side are one, for two dollars would begin another: `$a$$_m$`."""
        while self.out and not self.out[-1]:
            self.out.pop()
        before = self.out[-1] if self.out else ""
        if _INLINE_MATH.fullmatch(before) and _INLINE_MATH.fullmatch(formula):
            blank = " " if formula[1:2].isalnum() else ""
            formula = f"{self.out.pop()[:-1]}{blank}{formula[1:]}"
        self.out.append(formula)

    def _read_link(self, address: str) -> None:
        if self.marked and address and (group := _GROUP.match(self.text, self.place)):
            self.out.append(_LINK_TEXT)
            self.groups.append(f"{_LINK}{address}{_END}")
            self.place = group.end()

    def _write_word(self, sign: str, written: str) -> None:
        """A sign that a command names; `{}` behind it, or a blank, says no more than where the command ends."""
        self.out.append(sign)
        if self.text.startswith("{}", self.place):
            self.place += 2
        elif written[-1].isspace() and (sign[-1].isalpha() or sign == "…") and len(written) > 3:
            self.out.append(" ")  # `the \LaTeX companion`: nobody means the blank to go

    def _open(self, mark: str) -> None:
        closer = _CLOSERS[mark]
        if closer in self.opened or (not self.marked and mark in {_EMPHASIS, _STRONG}):
            self.groups.append("")
            return
        self.out.append(mark)
        self.groups.append(closer)
        self.opened.add(closer)

    def _close(self) -> None:
        if self.groups:
            closer = self.groups.pop()
            self.out.append(closer)
            self.opened.discard(closer)

    def _argument(self) -> str:
        """The text of the group that starts here, which is passed over."""
        depth = 0
        start = self.place + 1
        for found in _GROUPING.finditer(self.text, self.place):
            depth += {"{": 1, "}": -1}.get(found[0], 0)
            if not depth:
                self.place = found.end()
                return self.text[start : found.start()]
        self.place = len(self.text)
        return self.text[start:]
