"""What stands within the lines of HTML and JATS, as Markdown: emphasis, links, images, code, math; the text escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urljoin

from digest.formats import mathml, plain_text
from digest.formats.markup import Element
from digest.formats.patterns import lazily

_DROPPED_NAMES: Final = (
    "script style template head meta link base input select option textarea button canvas svg param source track area "
    "map dialog colgroup datalist annotation annotation-xml rp mjx-container"
)
DROPPED: Final = frozenset(_DROPPED_NAMES.split())
FORMULAS: Final = ("tex-math", "math", "d-math")
_EMPHASIS: Final = {
    **dict.fromkeys(("em", "i", "cite", "dfn", "var", "italic"), ("*", "em")),
    **dict.fromkeys(("strong", "b", "bold"), ("**", "strong")),
}
_CODE: Final = frozenset({"code", "kbd", "samp", "tt", "monospace", "d-code"})
_KEPT: Final = {
    **{name: name for name in ("sub", "sup", "del", "ins", "mark", "u")},
    **dict.fromkeys(("s", "strike"), "del"),
    "underline": "u",
}
_MATH_SCRIPT: Final = lazily(r"math/tex\b")
# What a program made of TeX that stands beside it.
_DRAWN_MATH: Final = lazily(r"(?:^|\s)(?:MathJax(?:_\w+)?|katex-html|MJX_Assistive_MathML)(?=\s|$)")
_TEX_IMAGE: Final = lazily(r"(?:^|\s)(?:latex|tex|mathtex)(?:\s|$)|/latex\.php\?|\.codecogs\.com/")
_EMOJI: Final = lazily(r"(?:^|\s)(?:emoji|wp-smiley)(?:\s|$)")
_NO_ADDRESS: Final = lazily(r"#|(?i:javascript|data|vbscript|about):")
_BLANKS: Final = lazily(r"[ \t\n\r\f\xa0]+")
_SMALL: Final = {
    "sup": ("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ"),
    "sub": ("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎"),
}
_SMALL_SIGNS: Final = {name: str.maketrans(plain, small) for name, (plain, small) in _SMALL.items()}

# Marks stand in the text as these signs, which no text of a page holds (`drop_forbidden`), until it is escaped.
_OPEN, _CLOSE = "\ufde0", "\ufde1"
_MARK: Final = lazily(f"{_OPEN}([\ufdd0-\ufdd9]+){_CLOSE}")
_TO_SIGNS: Final = {ord("0") + digit: 0xFDD0 + digit for digit in range(10)}
_FROM_SIGNS: Final = {sign: digit for digit, sign in _TO_SIGNS.items()}


@dataclass(frozen=True, slots=True)
class _Mark:
    """A piece of Markdown; one end of emphasis knows the other, and the tag to use where its sign would not be read."""

    text: str
    tag: str = ""
    opening: bool = False
    other: int = -1


@dataclass(slots=True)
class LineWriter:
    """Writes what stands within lines; `plain` leaves all marks out and escapes nothing."""

    base: str = ""
    linked: bool = True
    plain: bool = False
    has_tex: bool = False  # programs that draw math left its TeX in the page
    _marks: list[_Mark] = field(default_factory=list)
    _within: list[str] = field(default_factory=list)

    def line(self, content: Sequence[Element | str]) -> str:
        """All in one line."""
        return " ".join(self.escape(self.inline(content, flat=True)).split())

    def inline(self, content: Sequence[Element | str], *, flat: bool = False) -> str:
        """Text with marks as signs, not escaped yet; a break is a newline sign, a blank where all is `flat`."""
        pieces: list[str] = []
        for part in content:
            piece = _BLANKS.sub(" ", part) if isinstance(part, str) else self._element(part, flat=flat)
            if pieces and pieces[-1][-1] in " \n":
                piece = piece.lstrip(" ")
            if piece:
                pieces.append(piece)
        return "".join(pieces)

    def break_lines(self, lines: Sequence[str]) -> str:
        """Lines of one paragraph, each of which ends where it ends in the page."""
        return f"{self._mark('  ')}\n".join(lines)

    def escape(self, text: str) -> str:
        """Markdown of a text with marks as signs."""
        if _OPEN not in text:
            return text if self.plain else plain_text.markdown_from_plain(text)
        bad = {place for found in _MARK.finditer(text) for place in self._unread(found)}
        escaped = text if self.plain else _close_ticks(plain_text.markdown_from_plain(text))
        return _MARK.sub(lambda found: self._write(_index(found), bad), escaped)

    def formula(self, element: Element, *, displayed: bool = False) -> str:
        """The sign of a formula."""
        if element.name == "math":
            tex, own = mathml.tex_from_math(element)
            return self._tex(tex, displayed=displayed or own)
        return self._tex(mathml.bare_tex(element.text()), displayed=displayed or "block" in element.attributes)

    def address(self, address: str) -> str:
        """An address that Markdown may hold; nothing for one that leads to this page or runs a program."""
        address = re.sub(r"[\n\t]", "", address).strip()
        if not address or _NO_ADDRESS.match(address):
            return ""
        try:
            address = urljoin(self.base, address) if self.base else address
        except ValueError:  # `http://[`
            return ""
        return re.sub(r"[\s<>()\\`]", lambda sign: "".join(f"%{byte:02X}" for byte in sign[0].encode()), address)

    def drops(self, element: Element) -> bool:
        """Whether an element says nothing that a reader reads."""
        return element.name in DROPPED or bool(
            (self.has_tex or "katex" in element.get("class")) and _DRAWN_MATH.search(element.get("class"))
        )

    def _element(self, element: Element, *, flat: bool) -> str:
        name = element.name
        if name == "br":
            return " " if flat else "\n"
        if name == "script" and _MATH_SCRIPT.match(element.get("type")):
            return self._tex(element.text(), displayed="mode=display" in element.get("type"))
        if name in FORMULAS:
            return self.formula(element)
        if name in {"inline-formula", "alternatives", "mjx-container"} or _DRAWN_MATH.search(element.get("class")):
            formula = None if self.has_tex else element.find("tex-math") or element.find("math")
            if formula:
                return self.formula(formula)
        if self.drops(element):
            return ""
        if name == "img":
            return self._image(element)
        if name in {"iframe", "embed", "video", "audio"} and self.linked:
            address = self.address(element.get("src"))
            return self._mark(f"<{address}>") if address.startswith("http") else ""
        if name in _CODE and not self.plain:
            return self._code(element.text())
        return self._marked(element, flat=flat)

    def _marked(self, element: Element, *, flat: bool) -> str:
        """The text of an element with the marks that its name stands for."""
        name = element.name
        emphasis = _EMPHASIS.get(name)
        within = emphasis[0] if emphasis else ""
        self._within.append(within)
        text = self.inline(element.content, flat=flat)
        self._within.pop()
        if name in _SMALL and text and all(sign in _SMALL[name][0] for sign in text):
            return text.translate(_SMALL_SIGNS[name])
        if name == "q":
            return f"“{text}”"
        if not text.strip() or self.plain:
            return f" {text} " if flat and name in {"p", "div", "li", "td", "tr"} else text
        if emphasis and within not in self._within:
            return _around(text, lambda inner: self._emphasised(inner, *emphasis))
        if name in {"a", "ext-link"} and self.linked and (address := self.address(_reference(element))):
            return _around(text.replace("\n", " "), lambda inner: self._link(inner, address))
        if name in _KEPT:
            tag = _KEPT[name]
            return _around(text, lambda inner: f"{self._mark(f'<{tag}>')}{inner}{self._mark(f'</{tag}>')}")
        return f" {text} " if flat and name in {"p", "div", "li", "td", "tr"} else text

    def _emphasised(self, text: str, sign: str, tag: str) -> str:
        place = len(self._marks)
        self._marks += [_Mark(sign, tag, opening=True, other=place + 1), _Mark(sign, tag, other=place)]
        return f"{_sign(place)}{text}{_sign(place + 1)}"

    def _link(self, text: str, address: str) -> str:
        if text == address and ":" in address:
            return self._mark(f"<{address}>")
        text = re.sub(r"[\[\]]", lambda bracket: self._mark(f"\\{bracket[0]}"), text)
        return f"{self._mark('[')}{text}{self._mark(f']({address})')}"

    def _image(self, element: Element) -> str:
        source = element.get("src")
        if not source or source.startswith("data:"):
            source = element.get("data-src") or element.get("data-lazy-src") or element.get("data-original")
        alternative = " ".join(element.get("alt").split())
        if alternative and _TEX_IMAGE.search(f"{element.get('class')} {source}"):
            return self._tex(mathml.bare_tex(alternative))
        if {element.get("width"), element.get("height")} & {"0", "1"}:  # counts readers
            return ""
        address = self.address(source)
        if not address or not self.linked or _EMOJI.search(element.get("class")):
            return alternative
        safe = re.sub(r"[\[\]\\]", r"\\\g<0>", alternative)
        return self._mark(f"![{safe}]({address})")

    def _code(self, text: str) -> str:
        text = " ".join(text.split())
        if not text:
            return ""
        ticks = "`" * (max((len(run) for run in re.findall(r"`+", text)), default=0) + 1)
        apart = " " if text[0] == "`" or text[-1] == "`" else ""
        return self._mark(f"{ticks}{apart}{text}{apart}{ticks}")

    def _tex(self, tex: str, *, displayed: bool = False) -> str:
        tex = " ".join(tex.split())
        sign = "$$" if displayed else "$"
        return self._mark(f"{sign}{tex}{sign}") if tex else ""

    def _mark(self, text: str) -> str:
        self._marks.append(_Mark(text))
        return _sign(len(self._marks) - 1)

    def _write(self, place: int, bad: set[int]) -> str:
        mark = self._marks[place]
        if place in bad:
            return f"<{'' if mark.opening else '/'}{mark.tag}>"
        return mark.text

    def _unread(self, found: re.Match[str]) -> tuple[int, ...]:
        """The ends of an emphasis whose sign at this place would not be read as one (CommonMark §6.2)."""
        place, text = _index(found), found.string
        mark = self._marks[place]
        if not mark.tag:
            return ()
        before, after = text[max(found.start() - 1, 0) : found.start()], text[found.end() : found.end() + 1]
        outside, inside = (before, after) if mark.opening else (after, before)
        if outside in {_OPEN, _CLOSE}:
            at = text.rfind(_OPEN, 0, found.start()) if mark.opening else found.end()
            beside = _MARK.match(text, at)
            other = self._marks[_index(beside)] if beside else mark
            fine = not other.tag or (other.opening == mark.opening and other.text != mark.text)
        else:
            fine = not outside.strip() or ((inside.isalnum() or not outside.isalnum()) and outside != "*")
        return () if fine else (place, mark.other)


def _around(text: str, wrap: Callable[[str], str]) -> str:
    """Every line of a text wrapped, the blanks at its ends outside."""
    lines = []
    for line in text.split("\n"):
        inner = line.strip(" ")
        place = line.find(inner)
        lines.append(f"{line[:place]}{wrap(inner)}{line[place + len(inner) :]}" if inner else line)
    return "\n".join(lines)


def _reference(element: Element) -> str:
    return element.get("href") or element.get("xlink:href")


def _sign(place: int) -> str:
    return f"{_OPEN}{str(place).translate(_TO_SIGNS)}{_CLOSE}"


def _index(found: re.Match[str]) -> int:
    return int(found[1].translate(_FROM_SIGNS))


def _close_ticks(markdown: str) -> str:
    """Markdown of plain text that code will stand in: its last backtick, alone before, would be of it."""
    if "`" not in markdown:
        return markdown
    kept = {place for start, end in plain_text.find_math(markdown) for place in range(start, end)}
    return "".join("&#96;" if sign == "`" and place not in kept else sign for place, sign in enumerate(markdown))
