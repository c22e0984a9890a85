"""Where a line of flattened Markdown is not to be cut: code, math, links, images, addresses, tags, parentheses."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from digest.formats.flat_tables import find_tables
from digest.formats.patterns import lazily

SpanKind = Literal["code", "fence", "math", "display", "image", "link", "url", "tag", "table", "parens"]

# Written in one line a span keeps within some length; an opener without its closer must not swallow the rest.
LONGEST_CODE: Final = 400
LONGEST_FENCE: Final = 20_000
LONGEST_MATH: Final = 1_500
LONGEST_LINK: Final = 1_200
LONGEST_PARENS: Final = 500

# What masks the inside of a span: a letter without case, so that no rule about words or marks can match in it.
FILLER: Final = "ˑ"

_OPENER = lazily(r"\\|`+|~~~+|\$\$?|!?\[|<|https?://|www\.")
_URL = lazily(r"(?:https?://|www\.)[^\s<>\"`]+")
_TAG = lazily(r"<(?:https?://[^\s<>]{1,500}|/?[A-Za-z][^<>]{0,400}|!--.{0,400}?--)>")
_TARGET = lazily(r"\(\s*(?:<[^<>\n]{0,900}>|[^\s()]{0,900}(?:\([^\s()]{0,300}\)[^\s()]{0,300}){0,4})"
                     r"(?:\s+(?:\"[^\"]{0,400}\"|'[^']{0,400}'))?\s*\)")  # fmt: skip
_REFERENCE = lazily(r"\[[^\[\]]{0,100}\]")
_MATH_MARK = lazily(r"[\\_^={}<>|+*/]")
_CLOSERS = {r"\(": r"\)", r"\[": r"\]"}


@dataclass(frozen=True, slots=True)
class FlatSpan:
    """A stretch of the text, `start` to `end`, that is one thing."""

    kind: SpanKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with its spans; `hard` and `soft` are as long as the text, with the insides of the spans filled.

    `soft` has the insides of parentheses filled too.
    """

    text: str
    hard: str
    soft: str
    spans: tuple[FlatSpan, ...]

    def slice(self, start: int, end: int) -> Masked:
        """The same for a piece of the text; spans that reach out of it are left out."""
        first = bisect_left(self.spans, start, key=lambda span: span.start)
        last = bisect_left(self.spans, end, first, key=lambda span: span.start)
        inside = tuple(
            FlatSpan(span.kind, span.start - start, span.end - start)
            for span in self.spans[first:last]
            if span.end <= end
        )
        return Masked(self.text[start:end], self.hard[start:end], self.soft[start:end], inside)


def mask_spans(text: str, *, tables: bool = True) -> Masked:
    """Find the spans of a text and mask them; without `tables` the cells of a table stay open."""
    spans = tuple(_hard_spans(text))
    hard = _fill(text, spans)
    grids = tuple(FlatSpan("table", start, end) for start, end in find_tables(hard)) if tables else ()
    hard = _fill(hard, grids)
    parens = tuple(_parens(hard))
    everything = tuple(sorted((*spans, *grids, *parens), key=lambda span: (span.start, -span.end)))
    return Masked(text, hard, _fill(hard, parens), everything)


def _fill(text: str, spans: tuple[FlatSpan, ...]) -> str:
    """The text with all but the first and last character of each span filled."""
    pieces: list[str] = []
    done = 0
    for span in spans:
        if span.start < done:
            continue  # a parenthesis within one
        pieces += [text[done : span.start + 1], FILLER * (span.end - span.start - 2), text[span.end - 1 : span.end]]
        done = span.end
    return "".join([*pieces, text[done:]])


def _hard_spans(text: str) -> Iterator[FlatSpan]:
    """Code, math, links and the like from left to right; they never overlap."""
    runs = _backtick_runs(text)
    brackets = _bracket_pairs(text)
    place = 0
    while found := _OPENER.search(text, place):
        start, mark = found.start(), found[0]
        span: FlatSpan | None = None
        if mark[0] in "`~":
            span = _code(start, mark, runs)
        elif mark[0] == "$":
            span = _math(text, start, mark)
        elif mark[0] == "\\":
            span = _tex_math(text, start)
        elif mark[-1] == "[":
            span = _link(text, start, mark, brackets)
        elif mark == "<":
            tag = _TAG.match(text, start)
            span = FlatSpan("tag", start, tag.end()) if tag else None
        else:
            span = _address(text, start)
        if span is None:
            place = start + (2 if mark == "\\" else len(mark))
        else:
            yield span
            place = span.end


def _backtick_runs(text: str) -> dict[str, list[int]]:
    """Where each length of a run of backticks or tildes stands, so that a closer is found without a search."""
    runs: dict[str, list[int]] = {}
    for run in re.finditer(r"`+|~~~+", text):
        runs.setdefault(run[0], []).append(run.start())
    return runs


def _code(start: int, mark: str, runs: dict[str, list[int]]) -> FlatSpan | None:
    places = runs.get(mark, [])
    following = bisect_right(places, start)
    if following == len(places):
        return None
    end = places[following] + len(mark)
    fence = len(mark) >= 3
    if end - start > (LONGEST_FENCE if fence else LONGEST_CODE) or end - start <= 2 * len(mark):
        return None
    return FlatSpan("fence" if fence else "code", start, end)


def _math(text: str, start: int, mark: str) -> FlatSpan | None:
    inside = start + len(mark)
    if mark == "$$":
        end = text.find("$$", inside, inside + LONGEST_MATH)
        return FlatSpan("display", start, end + 2) if end > inside else None
    end = inside - 1
    while True:
        end = text.find("$", end + 1, inside + LONGEST_MATH // 3)
        if end < 0:
            return None
        if text[end - 1] != "\\":
            break
    body = text[inside:end]
    spaced = not body or body[0].isspace() or body[-1].isspace()
    # "$5 and $6" is money: a blank before the closer, nothing of a formula inside.
    if not body.strip() or (spaced and not (_MATH_MARK.search(body) or len(body.strip()) <= 2)):
        return None
    if not spaced and body[0].isdigit() and " " in body and not _MATH_MARK.search(body):
        return None
    return FlatSpan("math", start, end + 1)


def _tex_math(text: str, start: int) -> FlatSpan | None:
    closer = _CLOSERS.get(text[start : start + 2])
    end = text.find(closer, start + 2, start + LONGEST_MATH) if closer else -1
    return FlatSpan("math", start, end + 2) if end > 0 else None


def _bracket_pairs(text: str) -> dict[int, int]:
    """The closing bracket of every opening one."""
    pairs: dict[int, int] = {}
    stack: list[int] = []
    for found in re.finditer(r"\\.|[\[\]]", text):
        if found[0] == "[":
            stack.append(found.start())
        elif found[0] == "]" and stack:
            pairs[stack.pop()] = found.start()
    return pairs


def _link(text: str, start: int, mark: str, brackets: dict[int, int]) -> FlatSpan | None:
    close = brackets.get(start + len(mark) - 1, -1)
    if close < 0 or close - start > LONGEST_LINK:
        return None
    target = _TARGET.match(text, close + 1) or _REFERENCE.match(text, close + 1)
    if target is None:
        return None
    return FlatSpan("image" if mark[0] == "!" else "link", start, target.end())


def _address(text: str, start: int) -> FlatSpan | None:
    found = _URL.match(text, start)
    if found is None or (start and text[start - 1].isalnum()):
        return None
    address = found[0]
    surplus = {")": address.count(")") - address.count("("), "]": address.count("]") - address.count("[")}
    end = found.end()
    while end > start and (text[end - 1] in ".,;:!?*'" or surplus.get(text[end - 1], 0) > 0):
        end -= 1
        if text[end] in surplus:
            surplus[text[end]] -= 1
    return FlatSpan("url", start, end) if end - start > 5 else None


def _parens(hard: str) -> Iterator[FlatSpan]:
    """Outermost pairs of parentheses of a sensible length; an unbalanced one closes nothing."""
    stack: list[int] = []
    pairs: list[tuple[int, int]] = []
    for found in re.finditer(r"[()]", hard):
        if found[0] == "(":
            stack.append(found.start())
        elif stack:
            start = stack.pop()
            if found.end() - start <= LONGEST_PARENS:
                pairs.append((start, found.end()))
    reach = 0
    for start, end in sorted(pairs):
        if start >= reach:
            yield FlatSpan("parens", start, end)
            reach = end
