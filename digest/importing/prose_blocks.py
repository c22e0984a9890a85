"""The blocks of a Markdown text as plain prose, enough to take a title from: no marks, no code, no pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_FENCE: Final = re.compile(r"\s{0,3}(?:`{3,}|~{3,})")
# A rule, the line under the head of a table, and what else holds no word.
_WORDLESS: Final = re.compile(r"[\W_]*")
_HEADING: Final = re.compile(r"\s{0,3}#{1,6}\s+(?P<text>\S.*)")
_MARKER: Final = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)]|\(\d{1,3}\))\s+(?:\[[ xX]\]\s+)?")
_QUOTE: Final = re.compile(r"\s*(?:>\s?)+")
_REFERENCE: Final = re.compile(r"\s{0,3}\[[^\]]+\]:\s")

_IMAGE: Final = re.compile(r"!\[[^\]]*\](?:\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s[^)]*)?\)|\[[^\]]*\])")
_LINK: Final = re.compile(r"\[([^\[\]]+)\](?:\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)|\[[^\]]*\])")
_AUTOLINK: Final = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>")
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>")
_CODE: Final = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_STRONG: Final = re.compile(r"(\*{1,3}|~~)(?=[^\s*~])(.+?)(?<=[^\s*~])\1")
_UNDERSCORED: Final = re.compile(r"(?<!\w)(_{1,3})(?=[^\s_])(.+?)(?<=[^\s_])\1(?!\w)")
_ESCAPE: Final = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~&-])")
_MATH: Final = re.compile(r"\$\$(.+?)\$\$|\$(?=\S)((?:\\.|[^$\\])+?)(?<=\S)\$(?!\d)|\\\((.+?)\\\)|\\\[(.+?)\\\]")
# A title needs no more of a block than this, and the patterns above never see more.
_LONGEST: Final = 2_000
# Held in place of a formula that plain text cannot show, while sentences are told apart.
_HOLE: Final = "\ufffc"
_HELD: Final = re.compile(rf"{_HOLE}(\d+){_HOLE}")


def read_blocks(body: str) -> Iterator[tuple[bool, str]]:
    """(is a heading, text) of every block of a Markdown text that holds prose; list items are blocks of their own."""
    lines: list[str] = []
    fence = ""
    display = False
    for line in body.split("\n"):
        if fence or _FENCE.match(line):
            yield from _flush(lines)
            fence = _next_fence(fence, line)
            continue
        quote = _QUOTE.match(line)
        bare = line[quote.end() :] if quote else line
        if not display and (quote or _opens_block(bare)):
            yield from _flush(lines)
            if marker := _MARKER.match(bare):
                bare = bare[marker.end() :]
            if heading := _HEADING.match(bare):
                yield True, heading["text"].rstrip(" #")
                continue
            if _REFERENCE.match(bare):
                continue
        if line.count("$$") % 2:
            display = not display
        lines.append(bare.strip())
    yield from _flush(lines)


def _next_fence(fence: str, line: str) -> str:
    """The fence that is open after a line: the longest mark that it takes to close it."""
    found = _FENCE.match(line)
    mark = found[0].strip() if found else ""
    if not fence:
        return mark
    return "" if mark.startswith(fence) else fence


def _opens_block(line: str) -> bool:
    """Whether a line cannot go on with the block before it."""
    opens = _HEADING.match(line) or _MARKER.match(line) or _REFERENCE.match(line)
    return bool(opens) or bool(_WORDLESS.fullmatch(line))


def _flush(lines: list[str]) -> Iterator[tuple[bool, str]]:
    if lines:
        yield False, " ".join(lines)
        lines.clear()


def plain_text(text: str) -> str:
    """One line of plain text; a formula that needs TeX stays, between its dollars."""
    held: list[str] = []

    def hold(inner: str) -> str:
        held.append(inner)
        return f"{_HOLE}{len(held) - 1}{_HOLE}"

    text = text[:_LONGEST].replace(_HOLE, "")
    text = _CODE.sub(lambda found: hold(found[2].strip()), text)
    text = _MATH.sub(lambda found: hold(_formula(found)), text)
    text = _IMAGE.sub(" ", text)
    text = _LINK.sub(r"\1", _LINK.sub(r"\1", text))
    text = _TAG.sub("", _AUTOLINK.sub(r"\1", text))
    for _ in range(3):
        text = _UNDERSCORED.sub(r"\2", _STRONG.sub(r"\2", text))
    text = _ESCAPE.sub(r"\1", text)
    while _HOLE in text:  # what is held may hold what was held before it
        text = _HELD.sub(lambda found: held[int(found[1])], text)
    return " ".join(text.split()).strip(" |").lstrip("#*>-–— |")


def _formula(found: re.Match[str]) -> str:
    """A formula as plain text if it is simple enough to read so, else as TeX."""
    inner = " ".join(next(filter(None, found.groups()), "").split())
    return f"${inner}$" if re.search(r"[\\{}^]|_\S{2}", inner) else inner
