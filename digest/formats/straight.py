"""Markdown as most people write it, straight to clean HTML: a tenth of the time of the long way, and the same HTML.

It knows paragraphs, headings, tight lists, rules, fences and display math, and what `straight_lines` knows within a
line. Whatever else it meets, it gives up, and the body goes the long way (`markdown`), which reads everything.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from digest.formats.html import read_words
from digest.formats.patterns import lazily
from digest.formats.prose import Outline
from digest.formats.straight_lines import OddError, render_line

if TYPE_CHECKING:
    from digest.formats.stash import Stash
    from digest.model import Heading

_DEEPEST: Final = 8  # lists within one another
_BLANK: Final = lazily(r"(?<=\n) +\n")
_TABLE: Final = lazily(r"^(?=.*\|)[-:| ]+$", re.MULTILINE)
# How text begins that cannot begin anything else.
_TEXT: Final = lazily(
    r"[^\W\d_]|[(\"'“‘’”«¿¡{@%–—•…?,;./)\]}]|\*{1,2}[^\s*]|\d(?!\d{0,2}[.)](?: |$))|\$(?!\$)|`(?!``)|~[^~]"
    r"|\\(?!\[|begin\{)|\[(?!\^|[ xX]\] |[^\]]*\]:)"
)
_HEADING: Final = lazily(r"(#{1,6}) +([^\s#\\](?:.*[^\s#\\])?) *$")
_FENCE: Final = lazily(r"(`{3,}(?!.*`)|~{3,}) *(.*)")
_CLOSING: Final = lazily(r" {0,3}(`{3,}|~{3,})\s*$")
_RULE: Final = lazily(r"(?:---+|\*\*\*+|___+)$")
_NEXT_ITEM: Final = "</li>\n<li>"
_ITEM: Final = lazily(r"( *)([*+-]|\d{1,3}[.)]) {1,4}(?=[^ ])")


def read_plain(body: str, stash: Stash) -> Straight | None:
    """A body that is plain enough, or nothing where it must go the long way.

    What was set aside until then stays in the stash, which is of no use any more.
    """
    try:
        return Straight(body, stash)
    except OddError:
        return None


class Straight:
    """The blocks of a body, read one after the other; with placeholders for our own pieces.

    Raises:
        OddError: it holds more than is known here.
    """

    __slots__ = ("_lines", "_out", "_outline", "_owned", "_stash", "_texts")

    def __init__(self, body: str, stash: Stash) -> None:
        if "\t" in body:
            body = body.expandtabs(4)
        if ("\n" in body and " \n" in body) or body.endswith(" "):
            body = _BLANK.sub("\n", f"{body}\n")
        if "|" in body and _TABLE.search(body):
            raise OddError
        self._lines = lines = body.split("\n") if "\n" in body else [body]
        lines.append("")  # whatever is read ends before it
        self._stash = stash
        self._outline: Outline | None = None
        self._texts: list[str] = []  # each a line, in clean HTML without blocks
        self._owned = -1  # how much there was out after the last piece of our own that is a block
        self._out: list[str] = []
        at, end = 0, len(lines)
        while at < end:
            line = lines[at]
            at = self._block(line, at) if line else at + 1

    def html(self) -> str:
        """The clean HTML, with headings in order, dressed."""
        return "\n".join(self._out)

    def text(self) -> tuple[str, int]:
        """The text, without needless blanks, and how many words it has."""
        return read_words("\n".join(self._texts))

    def headings(self) -> tuple[Heading, ...]:
        """The headings."""
        return tuple(self._outline.headings) if self._outline else ()

    def _block(self, line: str, at: int) -> int:
        """Read the block that begins at a line; the line to go on at."""
        if line[0].isalpha() or _TEXT.match(line):
            return self._paragraph(line, at)
        if line[0] == "#" and (heading := _HEADING.match(line)):
            inner = render_line(heading[2], self._stash)
            if self._outline is None:
                self._outline = Outline(self._stash)
            self._out.append(self._outline.place(len(heading[1]), inner))
            self._texts.append(inner)
            return at + 1
        if fence := _FENCE.match(line):
            return self._fenced(at, fence)
        if line.startswith("$$"):
            return self._formula(at)
        if _RULE.match(line):
            self._out.append("<hr>")
            return at + 1
        if item := _ITEM.match(line):
            return self._list(item, at)
        raise OddError

    def _paragraph(self, text: str, at: int) -> int:
        if text.endswith("  "):
            raise OddError
        lines, first = self._lines, at
        at += 1
        while line := lines[at]:
            if not line[0].isalpha():
                item = _ITEM.match(line)
                if item and item[2] in {"-", "*", "+", "1.", "1)"} and not item[1]:
                    break
                if not item and ((line[0] == "#" and _HEADING.match(line)) or _FENCE.match(line)):
                    break
            text += "\n" + _text(line)
            at += 1
        if (at > first + 1 or line) and "$$" in text:
            raise OddError
        inner = render_line(text, self._stash)
        self._out.append(f"<p>{inner}</p>")
        self._texts.append(inner.replace("\n", " "))
        return at

    def _own(self, plain: str, markup: str) -> None:
        piece = self._stash.keep("x", plain, markup)
        if self._owned == len(self._out):  # nothing ends the line between two of them
            self._texts[-1] += f" {piece}"
        else:
            self._texts.append(piece)
        self._out.append(piece)
        self._owned = len(self._out)

    def _fenced(self, at: int, match: re.Match[str]) -> int:
        from digest.formats.highlighting import highlight  # noqa: PLC0415 - heavy: loaded where there is code

        for end in range(at + 1, len(self._lines)):
            closing = _CLOSING.match(self._lines[end])
            if closing and closing[1].startswith(match[1]):
                code = "\n".join(self._lines[at + 1 : end])
                self._own(code, highlight(code, match[2].strip()))
                return end + 1
        raise OddError  # the fence has no end

    def _formula(self, at: int) -> int:
        from digest.formats import math  # noqa: PLC0415 - loaded where there are formulas

        for end in range(at, len(self._lines)):
            line = self._lines[end].rstrip()
            found = line.find("$$", 2 if end == at else 0)
            if not line or found >= 0:
                break
        source = "\n".join(line.strip() for line in self._lines[at : end + 1])
        if found != len(line) - 2 or math.formula_end(source, 0) != len(source):
            raise OddError
        formulas = self._stash.formulas
        self._own(formulas.plain(source), formulas.render(source, block=True))
        return end + 1

    def _list(self, item: re.Match[str] | None, at: int) -> int:
        """Read a tight list: items of one paragraph each, and lists in them."""
        out: list[str] = []
        opened: list[tuple[int, str]] = []  # how far the last item of each list is indented, and the tag of the list
        lines, stash, texts = self._lines, self._stash, self._texts
        if item and item[1]:
            raise OddError
        while item:
            text = _text(item.string[item.end() :])
            kind = len(item[1]), "ul" if item[2] in "*+-" else "ol"
            out.append(_NEXT_ITEM if opened and opened[-1] == kind else _start_item(kind, item[2], opened))
            item = None
            at += 1
            while (line := lines[at]) and not (
                (item := _ITEM.match(line)) or (line[0] == "#" and _HEADING.match(line))
            ):
                text += "\n" + _text(line)
                at += 1
            if "$" in text and "$$" in text:
                raise OddError
            inner = render_line(text, stash)
            out.append(inner)
            texts.append(inner.replace("\n", " "))
        out += ["\n".join([f"</li>\n</{tag}>" for _, tag in reversed(opened)])]
        self._out.append("".join(out))
        self._end_list(at)
        return at

    def _end_list(self, at: int) -> None:
        """What follows must be no part of the list."""
        lines, last = self._lines, len(self._lines) - 1
        while at < last and not lines[at]:
            at += 1
        if lines[at].startswith(" ") or _ITEM.match(lines[at]):
            raise OddError


def _text(line: str) -> str:
    """A line that is text and nothing else."""
    line = line.lstrip(" ")
    if not (line[:1].isalpha() or _TEXT.match(line)) or line.endswith("  "):
        raise OddError
    return line


def _start_item(kind: tuple[int, str], marker: str, opened: list[tuple[int, str]]) -> str:
    """What an item has before its text: the ends of lists, the beginning of one; two spaces more are one within."""
    indent, tag = kind
    closed: list[str] = []
    while opened and indent - opened[-1][0] < 2:
        closed.append(opened.pop()[1])
    opened.append(kind)
    # What is no list of its own on the long way: another kind of list at once, one that begins with another number.
    if len(opened) > _DEEPEST or (closed[-1] != tag if closed else tag == "ol" and marker[:-1] != "1"):
        raise OddError
    if closed:
        return "".join([f"</li>\n</{name}>\n" for name in closed[:-1]]) + _NEXT_ITEM
    return f"<{tag}>\n<li>"
