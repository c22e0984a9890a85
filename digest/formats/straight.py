"""Markdown as most people write it, straight to clean HTML: a tenth of the time of the long way, and the same HTML.

It knows paragraphs, headings, tight lists, rules, fences and display math, and what `straight_lines` knows within a
line. Whatever else it meets, it gives up, and the body goes the long way (`markdown`), which reads everything.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from digest.formats.patterns import lazily
from digest.formats.straight_lines import OddError, render_line

if TYPE_CHECKING:
    from digest.formats.stash import Stash

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
_ITEM: Final = lazily(r"( *)([*+-]|\d{1,3}[.)]) {1,4}(?=[^ ])")


def render_plain(body: str, stash: Stash) -> str | None:
    """The clean HTML of a body with placeholders for our own pieces, or nothing where the body must go the long way.

    What was set aside until then stays in the stash, which is of no use any more.
    """
    try:
        return "\n".join(_Reader(body, stash).read())
    except OddError:
        return None


class _Reader:
    """The blocks of a body, one after the other."""

    def __init__(self, body: str, stash: Stash) -> None:
        if "\t" in body:
            body = body.expandtabs(4)
        if ("\n" in body and " \n" in body) or body.endswith(" "):
            body = _BLANK.sub("\n", f"{body}\n")
        if "|" in body and _TABLE.search(body):
            raise OddError
        self.lines = body.split("\n")
        self.stash = stash
        self.out: list[str] = []

    def read(self) -> list[str]:
        """The HTML of each block."""
        at = 0
        while at < len(self.lines):
            at = self._block(at) if self.lines[at] else at + 1
        return self.out

    def _block(self, at: int) -> int:
        """Read the block that begins at a line; the line to go on at."""
        line = self.lines[at]
        if line[0].isalpha() or _TEXT.match(line):
            return self._paragraph(at)
        if heading := _HEADING.match(line):
            level = len(heading[1])
            self.out.append(f"<h{level}>{render_line(heading[2], self.stash)}</h{level}>")
            return at + 1
        if fence := _FENCE.match(line):
            return self._fenced(at, fence)
        if line.startswith("$$"):
            return self._formula(at)
        if _RULE.match(line):
            self.out.append("<hr>")
            return at + 1
        if _ITEM.match(line):
            return self._list(at)
        raise OddError

    def _text(self, line: str) -> str:
        """A line that is text and nothing else."""
        line = line.lstrip(" ")
        if not _TEXT.match(line) or line.endswith("  "):
            raise OddError
        return line

    def _paragraph(self, at: int) -> int:
        lines = [self._text(self.lines[at])]
        at += 1
        while at < len(self.lines) and (line := self.lines[at]):
            item = _ITEM.match(line)
            if item and item[2] in {"-", "*", "+", "1.", "1)"} and not item[1]:
                break
            if not item and (_HEADING.match(line) or _FENCE.match(line)):
                break
            lines.append(self._text(line))
            at += 1
        text = "\n".join(lines)
        if "$" in text and "$$" in text and (len(lines) > 1 or (at < len(self.lines) and self.lines[at])):
            raise OddError
        self.out.append(f"<p>{render_line(text, self.stash)}</p>")
        return at

    def _own(self, plain: str, markup: str) -> None:
        self.out.append(self.stash.keep("x", plain, markup))

    def _fenced(self, at: int, match: re.Match[str]) -> int:
        from digest.formats import highlighting  # noqa: PLC0415 - heavy: loaded where there is code

        inner: list[str] = []
        at += 1
        while at < len(self.lines):
            line = self.lines[at]
            at += 1
            closing = _CLOSING.match(line)
            if closing and closing[1].startswith(match[1]):
                code = "\n".join(inner)
                self._own(code, highlighting.highlight(code, match[2].strip()))
                return at
            inner.append(line)
        raise OddError  # the fence has no end

    def _formula(self, at: int) -> int:
        from digest.formats import math  # noqa: PLC0415 - loaded where there are formulas

        for end in range(at, len(self.lines)):
            line = self.lines[end].rstrip()
            found = line.find("$$", 2 if end == at else 0)
            if not line or found >= 0:
                break
        source = "\n".join(line.strip() for line in self.lines[at : end + 1])
        if found != len(line) - 2 or math.formula_end(source, 0) != len(source):
            raise OddError
        formulas = self.stash.formulas
        self._own(formulas.plain(source), formulas.render(source, block=True))
        return end + 1

    def _list(self, at: int) -> int:
        """Read a tight list: items of one paragraph each, and lists in them."""
        out: list[str] = []
        opened: list[tuple[int, str]] = []  # how far the last item of each list is indented, and the tag of the list
        if self.lines[at][0] == " ":
            raise OddError
        while at < len(self.lines) and (item := _ITEM.match(self.lines[at])):
            out.append(_start_item(item, opened))
            lines = [self._text(self.lines[at][item.end() :])]
            at += 1
            while at < len(self.lines) and (line := self.lines[at]) and not (_ITEM.match(line) or _HEADING.match(line)):
                lines.append(self._text(line))
                at += 1
            text = "\n".join(lines)
            if "$" in text and "$$" in text:
                raise OddError
            out.append(render_line(text, self.stash))
        out.append("\n".join(f"</li>\n</{tag}>" for _, tag in reversed(opened)))
        self.out.append("".join(out))
        self._end_list(at)
        return at

    def _end_list(self, at: int) -> None:
        """What follows must be no part of the list."""
        while at < len(self.lines) and not self.lines[at]:
            at += 1
        if at < len(self.lines) and (self.lines[at][0] == " " or _ITEM.match(self.lines[at])):
            raise OddError


def _start_item(item: re.Match[str], opened: list[tuple[int, str]]) -> str:
    """What an item has before its text: the ends of lists, the beginning of one; two spaces more are one within."""
    indent, marker = len(item[1]), item[2]
    tag = "ul" if marker in "*+-" else "ol"
    closed: list[str] = []
    while opened and indent - opened[-1][0] < 2:
        closed.append(opened.pop()[1])
    opened.append((indent, tag))
    # What is no list of its own on the long way: another kind of list at once, one that begins with another number.
    if len(opened) > _DEEPEST or (closed[-1] != tag if closed else tag == "ol" and marker[:-1] != "1"):
        raise OddError
    if closed:
        return "".join(f"</li>\n</{name}>\n" for name in closed[:-1]) + "</li>\n<li>"
    return f"<{tag}>\n<li>"
