"""Plain prose as Markdown that renders as the very same words and signs, and where its math stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from digest.formats.patterns import lazily

# Openers of what is left alone: an escape, math, a bare address. It begins with a set, which is looked for fast.
_OPENER: Final = lazily(r"[\\$hfw](?:(?<=\\)(?:begin\{|.)|(?<=\$)\$?|(?<=h)ttps?://|(?<=f)tp://|(?<=w)ww\.)", re.DOTALL)
# A dollar before a digit is money, unless it closes a formula that a command of TeX opens: `$\approx$7`.
_INLINE_MATH: Final = lazily(
    r"\$(?!\s)(?:\\.|[^\\$])+?(?<!\s)\$(?![0-9])|\$(?=\\[A-Za-z])(?:\\.|[^\\$])+?(?<!\s)\$", re.DOTALL
)
_DISPLAY_MATH: Final = lazily(r"\$\$(?:\\.|[^\\$])+\$\$", re.DOTALL)
# Opener, what stands before the closer, closer.
_BRACKETS: Final = {
    r"\(": (lazily(r"(?:\\[^)]|[^\\])*+"), r"\)"),
    r"\[": (lazily(r"(?:\\[^\]]|[^\\])*+"), r"\]"),
}
_ENVIRONMENT: Final = lazily(r"([a-z]+\*?)\}")
_BLANK_LINE: Final = lazily(r"\n[ \t]*\n")
# In characters; no environment is as long, and one that nobody closed is looked for no further.
_LONGEST_ENVIRONMENT: Final = 20_000
_OPENER_OF: Final = {")": "(", "]": "[", "}": "{"}
_ADDRESS: Final = lazily(r"(?:(?:https?|ftp)://|www\.)[^\s<>\"`\\]+")
# Two prices make no formula: what stands between them holds words and none of the signs that math is made of.
_MATH_SIGN: Final = lazily(r"[\\_^={}<>|+*/]")
_PRICE: Final = lazily(r"\$[0-9][0-9.,]*(?:[kKmMbB]|bn)?[\s–—-]")

_ITEM: Final = lazily(r"(?P<indent>[ \t]*)(?:(?P<bullet>[-*+•‣▪])|(?P<number>[0-9]{1,2})\.)[ \t]+(?=\S)")
# A line that starts so would be a heading, quote, list, fence, rule, definition, note, attribute or table of contents.
_LINE_START: Final = lazily(
    r"^(?:(?P<escape>[#>]|[-+*](?=[ \t]|$)|-(?=[- ]*$)|\*(?=\[[^\[\]]*\]:)|[_*](?=[_* ]*$)|\[(?=[^\[\]]*\]:|TOC\]$)"
    r"|\{(?=[^{}\n]*\}$)|!(?=!!))"
    r"|(?P<entity>=(?==*$)|~(?=~~)|:(?=\s|::)|\?(?=\?\?)|/(?=//))"
    r"|[0-9]+(?P<dot>\.)(?=[ \t]|$))",
    re.MULTILINE,
)
_TABLE_RULE: Final = lazily(r"(?<=\n)(?=[|:\- ]*$)[|: ]*(?P<sign>[|-])", re.MULTILINE)
_BACKSLASH: Final = lazily(r"\\(?=[!-/:-@\[-`{-~])")
# A browser reads a number as a character without the semicolon, too.
_ENTITY: Final = lazily(r"&(?=#[0-9]|#[xX][0-9a-fA-F]|[0-9a-zA-Z]+;)")
_TAG: Final = lazily(r"<(?=[A-Za-z/!?]|[^<>\s]+@)")
_LINK: Final = lazily(r"\](?=\()")
_ATTRIBUTES: Final = lazily("(?<=\ufffc)\\{(?=[^{}\n]*\\})")
# No escape is needed in a paragraph that has none of these, but perhaps at the start of a line.
_SIGN: Final = lazily(r"[\\$*_`\]&<{]")
_DOLLAR: Final = lazily(r"\$")
_STAR_RUN: Final = lazily(r"\*+")
_LINE_RUN: Final = lazily(r"_+")
_TICK_RUN: Final = lazily(r"`+")
_PAIRED_DOLLARS: Final = lazily(r"\$(?!\s)[^$]+(?<!\s)\$")
# Holds the place of what is left alone while the rest is looked at; no rule matches it.
_FILLER: Final = "\ufffc"


def markdown_from_plain(text: str) -> str:
    """Escape what Markdown would take for a mark, and nothing else; math and bare addresses stay as they are.

    Paragraphs stay apart, lines stay lines. Two lines or more that are a list on purpose (one mark, or numbers that
    count from one, at the start of a paragraph or after a colon) become a list.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    paragraphs = [list(group) for filled, group in groupby(lines, key=lambda line: bool(line.strip())) if filled]
    return "\n\n".join("\n\n".join(_render_paragraph(paragraph)) for paragraph in paragraphs)


def find_math(text: str) -> Iterator[tuple[int, int]]:
    r"""Where `$…$`, `$$…$$`, `\(…\)`, `\[…\]` and `\begin{…}…\end{…}` stand; two prices are no formula."""
    for kind, start, end in _find_spans(text):
        if kind == "math":
            yield start, end


def _find_spans(text: str) -> Iterator[tuple[str, int, int]]:
    """(kind, start, end) of what is left alone, `math` or `address`, from left to right."""
    place = end = 0
    unclosed: set[str] = set()
    while found := _OPENER.search(text, place):
        opener, start = found[0], found.start()
        if start >= end:
            # A formula ends with its paragraph: an opener without its closer must not swallow the rest.
            blank = _BLANK_LINE.search(text, start)
            end = blank.start() if blank else len(text)
            unclosed = set()
        stop: int | None = None
        if opener in _BRACKETS:
            stop = _bracket_end(text, found.end(), end, opener, unclosed)
        elif opener == "\\begin{":
            stop = _environment_end(text, found.end(), end, unclosed)
        elif opener[0] == "$":
            math = (_DISPLAY_MATH if opener == "$$" else _INLINE_MATH).match(text, start, end)
            stop = math.end() if math and not _is_money(math[0]) else None
        elif opener[0] != "\\" and (address := _address_at(text, start)):
            yield "address", start, address
            place = address
            continue
        if stop is not None:
            yield "math", start, stop
            place = stop
        else:
            place = start + 1 if opener[0] == "$" else found.end()


def _bracket_end(text: str, start: int, end: int, opener: str, unclosed: set[str]) -> int | None:
    r"""Where the formula ends that `\(` or `\[` opened before `start`; without a closer no other opener is tried."""
    if opener in unclosed:
        return None
    inner, closer = _BRACKETS[opener]
    body = inner.match(text, start, end)
    if body is None or not text.startswith(closer, body.end(), end):
        unclosed.add(opener)
        return None
    return body.end() + len(closer) if body[0] else None


def _environment_end(text: str, start: int, end: int, unclosed: set[str]) -> int | None:
    r"""Where the environment ends whose name stands at `start`, behind `\begin{`."""
    name = _ENVIRONMENT.match(text, start, end)
    if name is None or name[1] in unclosed:
        return None
    closer = f"\\end{{{name[1]}}}"
    found = text.find(closer, name.end() + 1, min(end, start + _LONGEST_ENVIRONMENT))
    if found < 0:
        unclosed.add(name[1])
        return None
    return found + len(closer)


def _is_money(span: str) -> bool:
    return bool(_PRICE.match(span)) and " " in span.strip("$ ") and not _MATH_SIGN.search(span)


def _address_at(text: str, start: int) -> int | None:
    """The end of the bare address at `start`, without the punctuation of the sentence around it."""
    if start and not (text[start - 1].isspace() or text[start - 1] in "*_~^[('\""):
        return None
    match = _ADDRESS.match(text, start)
    if not match:
        return None
    address = match[0]
    more = {closer: address.count(closer) - address.count(opener) for closer, opener in _OPENER_OF.items()}
    length = len(address)
    while length and ((sign := address[length - 1]) in ".,;:!?'*_~" or more.get(sign, 0) > 0):
        length -= 1
        if sign in more:
            more[sign] -= 1
    return start + length if length > len("www.") else None


def _render_paragraph(lines: list[str]) -> Iterator[str]:
    """The paragraph, or the prose and the lists that its lines are."""
    prose: list[str] = []
    place = 0
    while place < len(lines):
        items = _list_at(lines, place) if not prose or prose[-1].endswith(":") else []
        if items:
            if prose:
                yield _escape_prose("\n".join(prose))
                prose = []
            yield "\n".join(_render_item(item) for item in items)
            place += sum(len(item) for item in items)
        else:
            prose.append(lines[place].strip())
            place += 1
    if prose:
        yield _escape_prose("\n".join(prose))


def _list_at(lines: list[str], place: int) -> list[list[str]]:
    """The items of the list that starts at a line, each with the lines indented under it; none if it is no list."""
    items: list[list[str]] = []
    first = _ITEM.match(lines[place])
    if not first or first["number"] not in {None, "1"}:
        return []
    for line in lines[place:]:
        item = _ITEM.match(line)
        same = item and item["indent"] == first["indent"] and item["bullet"] == first["bullet"]
        if item and same and (item["bullet"] or int(item["number"]) == len(items) + 1):
            items.append([line])
        elif items and len(line) - len(line.lstrip()) > len(first["indent"]):
            items[-1].append(line)
        else:
            break
    return items if len(items) > 1 else []


def _render_item(lines: list[str]) -> str:
    text = " ".join(line.strip() for line in lines)
    item = _ITEM.match(text)
    if item is None:  # its first line is one by how it was found
        return _escape_prose(text)
    mark = f"{item['number']}." if item["number"] else item["bullet"] if item["bullet"] in "-*+" else "-"
    return f"{mark} {_escape_prose(text[item.end() :])}"


def _escape_prose(text: str) -> str:
    """The words of one paragraph with every sign escaped that would be a mark of Markdown there."""
    if not _may_need_escapes(text):
        return text
    pieces: list[str] = []
    place = 0
    for _, start, end in _find_spans(text):
        pieces += [text[place:start], _FILLER * (end - start)]
        place = end
    masked = "".join([*pieces, text[place:]])
    if not _may_need_escapes(masked) and f"{_FILLER}{{" not in masked:
        return text
    edits: dict[int, str] = {}
    edits |= {found.start(): "\\\\" for found in _BACKSLASH.finditer(masked)}
    edits |= {found.start(): "&amp;" for found in _ENTITY.finditer(masked)}
    edits |= {found.start(): "&lt;" for found in _TAG.finditer(masked)}
    edits |= {found.start(): r"\]" for found in _LINK.finditer(masked)}
    edits |= {found.start(): r"\{" for found in _ATTRIBUTES.finditer(masked)}
    edits |= {found.end() - 1: rf"\{found['sign']}" for found in _TABLE_RULE.finditer(masked)}
    ticks = list(_TICK_RUN.finditer(masked))
    # The last run has nothing to close it; three would be a fence.
    for found in ticks if ticks and len(ticks[-1][0]) > 2 else ticks[:-1]:
        # With a backslash before it, it would be an accent of TeX to whoever reads the text as that.
        edits |= dict.fromkeys(range(found.start(), found.end()), "&#96;")
    for run in (_STAR_RUN, _LINE_RUN):
        edits |= _emphasis_edits(masked, run)
    dollars = (found.start() for found in _DOLLAR.finditer(masked))
    edits |= {place: r"\$" for place in dollars if _PAIRED_DOLLARS.match(text, place)}
    for found in _LINE_START.finditer(masked):
        place = found.start("dot") if found["dot"] else found.start()
        edits[place] = f"&#{ord(masked[place])};" if found["entity"] else f"\\{masked[place]}"
    return _edited(text, edits)


def _may_need_escapes(text: str) -> bool:
    """Whether there is any of the signs; most prose, its math aside, has none and is left alone."""
    return bool(_SIGN.search(text) or _LINE_START.search(text) or _TABLE_RULE.search(text))


def _edited(text: str, edits: dict[int, str]) -> str:
    """The text with single signs of it replaced."""
    pieces: list[str] = []
    place = 0
    for start in sorted(edits):
        pieces += [text[place:start], edits[start]]
        place = start + 1
    return "".join([*pieces, text[place:]])


def _emphasis_edits(masked: str, runs: re.Pattern[str]) -> dict[int, str]:
    """Escapes for the stars or low lines that could open or close emphasis: one alone cannot, nor one among blanks.

    A low line between letters is part of a name.
    """
    found = list(runs.finditer(masked))
    if sum(len(run[0]) for run in found) < 2:
        return {}
    edits: dict[int, str] = {}
    for run in found:
        before = masked[run.start() - 1 : run.start()]
        after = masked[run.end() : run.end() + 1]
        alone = len(run[0]) <= 3 and not before.strip() and not after.strip()
        inside = run[0][0] == "_" and before.isalnum() and after.isalnum()
        if not alone and not inside:
            edits |= {place: f"\\{masked[place]}" for place in range(run.start(), run.end())}
    return edits
