"""Emphasis and brackets of a line of Markdown, paired by CommonMark's rules in one pass.

What has no partner becomes text, so that the brackets that are left are links and images for certain. Marks become
words between STX and ETX: `e` for <em>, `s` for <strong>, `d` for <del>, a number for a character that is text.
Unlike in CommonMark, `**` may stand between a punctuation mark and a letter ("**Idea:**we").
"""

from __future__ import annotations

import re
import string
from collections.abc import Container
from dataclasses import dataclass, field

DEEPEST = 8  # levels of emphasis or of brackets within one another
PIECE = 4_000  # characters that the link patterns are given at a time

_MARKS = re.compile(r"\*\**|__*|~~~*|!\[|\[|\]")
_BRACKETS = re.compile(r"!\[|\[|\]")
_LABEL = re.compile(r"\s?\[([^\[\]]*)\]")
_PUNCTUATION = frozenset(string.punctuation)
_TAGS = {("*", 1): "e", ("_", 1): "e", ("*", 2): "s", ("_", 2): "s", ("~", 2): "d"}


@dataclass(slots=True)
class _Run:
    """A run of one mark: the tags that it closes, what of it is text, the tags that it opens."""

    char: str
    size: int
    opens: bool
    closes: bool
    closing: list[str] = field(default_factory=list)
    opening: list[str] = field(default_factory=list)
    left: int = 0

    def __str__(self) -> str:
        return "".join([*self.closing, _text(self.char) * self.left, *reversed(self.opening)])


def _text(char: str) -> str:
    return f"\x02{ord(char)}\x03"


def mark_up(text: str, references: Container[str]) -> list[str]:
    """The pieces of a text with its emphasis paired; a piece that holds a link holds a bracket."""
    if not _MARKS.search(text):
        return [text]
    brackets = _links(text, references) if "[" in text else {}
    parts: list[str | _Run] = []
    pieces: list[list[str | _Run]] = []
    stack: list[_Run] = []
    frames = [0]
    at = size = 0
    for match in _MARKS.finditer(text):
        start, mark = match.start(), match[0]
        parts.append(text[at:start])
        size += start - at
        at = match.end()
        if mark[-1] not in "[]":
            run = _run(text, mark, start, at)
            parts.append(run)
            _pair(run, stack, frames[-1])
            continue
        kept = brackets.get(at - 1)
        if kept is None:
            parts.append(mark[:-1] + _text(mark[-1]))
        elif mark == "]":
            del stack[frames.pop() :]
            parts.append(mark)
        else:
            if size > PIECE and len(frames) == 1 and kept:
                pieces.append(parts)
                parts, size = [], 0
            frames.append(len(stack))
            parts.append(mark)
    parts.append(text[at:])
    pieces.append(parts)
    return ["".join(map(str, piece)) for piece in pieces]


def _links(text: str, references: Container[str]) -> dict[int, bool]:
    """Places of the brackets that make links and images; true if a text may be cut before them."""
    kept: dict[int, bool] = {}
    stack: list[tuple[int, bool]] = []
    closed = -1
    for match in _BRACKETS.finditer(text):
        at = match.end() - 1
        if text[at] == "[":
            stack.append((at, len(match[0]) == 2))
            continue
        if not stack:
            continue
        start, image = stack.pop()
        second = kept.get(start - 1) is False and text[start - 1] == "]" and closed == start - 1
        if start < 0 or not (second or _leads(text, start, at, references)) or len(stack) >= DEEPEST:
            continue
        kept[start], kept[at] = not second, False
        closed = at
        if not image and not second:  # a link holds no link
            stack = [(place if is_image else -1, is_image) for place, is_image in stack]
    return kept


def _leads(text: str, start: int, end: int, references: Container[str]) -> bool:
    if text.startswith("(\x02r", end + 1):
        return True
    inner = " ".join(text[start + 1 : end][:200].split()).lower()
    label = _LABEL.match(text, end + 1)
    if label and (" ".join(label[1].split()).lower() or inner) in references:
        return True
    return inner in references


def _run(text: str, mark: str, start: int, end: int) -> _Run:
    before, after = text[start - 1 : start] or " ", text[end : end + 1] or " "
    left, right = not after.isspace(), not before.isspace()
    char, size = mark[0], len(mark)
    if char == "~":
        return _Run(char, size, left and size == 2, right and size == 2, left=size)
    if char == "_" or size == 1:
        dot_before, dot_after = before in _PUNCTUATION, after in _PUNCTUATION
        left, right = (
            left and (not dot_after or before.isspace() or dot_before),
            right and (not dot_before or after.isspace() or dot_after),
        )
        if char == "_":
            left, right = left and (not right or dot_before), right and (not left or dot_after)
    return _Run(char, size, left, right, left=size)


def _pair(run: _Run, stack: list[_Run], base: int) -> None:
    """Close what the run can close, then let what is left of it wait for its end."""
    place = len(stack) - 1
    while run.closes and run.left and place >= base:
        opener = stack[place]
        odd = (opener.closes or run.opens) and (opener.size + run.size) % 3 == 0 and (opener.size % 3 or run.size % 3)
        if opener.char != run.char or (odd and run.char != "~"):
            place -= 1
            continue
        del stack[place + 1 :]
        used = 2 if min(opener.left, run.left) >= 2 else 1
        tag = _TAGS[run.char, used]
        opener.opening.append(f"\x02{tag}\x03")
        run.closing.append(f"\x02/{tag}\x03")
        opener.left -= used
        run.left -= used
        if not opener.left:
            del stack[place:]
            place -= 1
    if run.opens and run.left:
        if len(stack) - base >= DEEPEST:
            del stack[base]
        stack.append(run)
