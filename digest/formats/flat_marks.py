"""Which signs in a line of flattened Markdown began a line once: headings, bullets, numbers, quotes, rules."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from digest.formats.flat_bullets import choose_bullets
from digest.formats.flat_prose import (
    FUNCTION_WORDS,
    bare,
    ends_sentence,
    is_heading_name,
    starts_sentence,
    word_set,
    words_of,
)
from digest.formats.flat_signs import Mark, MarkKind, find_signs, in_parens, opens_block, text_before
from digest.formats.flat_spans import FILLER, Masked
from digest.formats.patterns import lazily

_BLOCK_SIGN = lazily(r"(?:#{1,6}|[*+-])\s")
_NUMBERED_THINGS: Final = word_set(
    "figure fig fig. figures section sec sec. sections table tab. equation eq eq. equations chapter algorithm theorem "
    "lemma step stage phase level part appendix version page layer type of is are was to in on at for the a and or "
    "by with than = ≈ ~ from about least most over under between top only equals size dimension"
)


def find_marks(masked: Masked) -> list[Mark]:
    """All marks of a text, in order."""
    signs = list(find_signs(masked))
    headings = _headings(masked, [sign for sign in signs if sign.kind == "heading"])
    rules = [sign for sign in signs if sign.kind in {"rule", "underline"} and _is_rule(masked, sign)]
    fixed = sorted([*headings, *rules], key=lambda mark: mark.start)
    bullets = choose_bullets(masked, [sign for sign in signs if sign.kind == "bullet"], fixed)
    others = sorted([*fixed, *bullets], key=lambda mark: mark.start)
    numbers = _numbers(masked, [sign for sign in signs if sign.kind == "number"], others)
    quotes = _quotes(masked, [sign for sign in signs if sign.kind == "quote"], others)
    return sorted([*others, *numbers, *quotes], key=lambda mark: mark.start)


def _headings(masked: Masked, signs: list[Mark]) -> list[Mark]:
    """The signs that open headings.

    The second of "## Summary ##" closes one: where a block follows it at once, or all headings of the text are so.
    """
    openers = [sign for sign in signs if _is_heading(masked, sign)]
    pairs = list(zip(openers[::2], openers[1::2], strict=False))
    custom = len(openers) % 2 == 0 and all(
        _may_close(masked, first, second) and not _names_heading(masked, second) for first, second in pairs
    )
    headings: list[Mark] = []
    closed = True
    for sign in openers:
        blocked = _BLOCK_SIGN.match(masked.hard, sign.end) is not None
        if not closed and (custom or blocked) and _may_close(masked, headings[-1], sign):
            closed = True
            continue
        headings.append(sign)
        closed = False
    return headings


def _may_close(masked: Masked, first: Mark, second: Mark) -> bool:
    between = masked.soft[first.end : second.start] if second.start - first.end < 120 else ""
    return (
        first.sign == second.sign
        and len(first.sign) > 1
        and 1 <= len(words_of(between)) <= 10
        and re.search(rf"[.!?](?: \S|\s*\Z)|!{FILLER}", between) is None
    )


def _names_heading(masked: Masked, sign: Mark) -> bool:
    """Whether what follows a sign begins with a common heading, or has no room for more than one."""
    following = masked.soft[sign.end : sign.end + 200]
    words = following.split("#")[0].split()[:4]
    return len(words) < 4 or any(is_heading_name(" ".join(words[:count])) for count in range(1, 4))


def _is_heading(masked: Masked, sign: Mark) -> bool:
    following = masked.soft[sign.end : sign.end + 40]
    if not following or in_parens(masked, sign.start):
        return False
    if len(sign.sign) > 1:
        return True
    # One "#" also means "number": "the # of layers", "# parameters".
    before = text_before(masked, sign.start)
    return not before or (starts_sentence(following) and bare(before.split()[-1]) not in FUNCTION_WORDS)


def _is_rule(masked: Masked, sign: Mark) -> bool:
    before, following = text_before(masked, sign.start), masked.soft[sign.end : sign.end + 8]
    if in_parens(masked, sign.start):
        return False
    if sign.kind == "underline" or len(sign.sign) >= 5:
        return True
    # Three dashes may be a dash of a sentence.
    return not before or not following or (ends_sentence(before) and starts_sentence(following)) or following[0] in "#>"


# ---------------------------------------------------------------------------------------------------------- numbers


def _numbers(masked: Masked, signs: list[Mark], others: list[Mark]) -> list[Mark]:
    """The numbers that count from one upwards, or repeat one, as lists do."""
    accepted: list[Mark] = []
    lines = {mark.end: mark.kind for mark in others}
    for style in ".)":
        open_runs: list[list[Mark]] = []
        runs: list[list[Mark]] = []
        for sign in signs:
            if sign.sign[-1] != style:
                continue
            # The innermost list that the number continues; those within it are over.
            depth = next((at for at in reversed(range(len(open_runs))) if _continues(open_runs[at], sign)), -1)
            if depth >= 0 and text_before(masked, sign.start).endswith((" and", " or")):
                open_runs[depth].clear()  # "1) …, 2) … and 3) …" is a sentence
                del open_runs[depth:]
            elif not _may_number(masked, sign, lines):
                continue
            elif depth >= 0:
                open_runs[depth].append(sign)
                del open_runs[depth + 1 :]
            elif sign.number in {0, 1}:
                open_runs = [*open_runs[-3:], [sign]]
                runs.append(open_runs[-1])
        accepted += (mark for run in runs for mark in _list_of(masked, run))
    return sorted(accepted, key=lambda mark: mark.start)


def _continues(run: list[Mark], sign: Mark) -> bool:
    if sign.number == 1:
        return run[-1].number == 1
    return sign.number == run[-1].number + 1 and (len(run) < 2 or run[0].number != run[1].number)


def _may_number(masked: Masked, sign: Mark, lines: dict[int, MarkKind]) -> bool:
    before = text_before(masked, sign.start)
    if sign.start in lines:
        return lines[sign.start] != "heading"  # "## 1. Introduction" is no list
    if not before or before.endswith((":", ";")):
        return True
    if in_parens(masked, sign.start) or before[-1] in ",=+-–—/<>(":
        return False
    return bare(before.split()[-1]) not in _NUMBERED_THINGS


def _list_of(masked: Masked, run: list[Mark]) -> list[Mark]:
    """A run of numbers, if it is a list."""
    if len(run) < 2:
        return []
    if run[0].sign[-1] == ")" and any(text_before(masked, mark.start).endswith(",") for mark in run[1:]):
        return []
    return run


# ----------------------------------------------------------------------------------------------------------- quotes


def _quotes(masked: Masked, signs: list[Mark], others: list[Mark]) -> list[Mark]:
    """The signs that open a quote; the others compare."""
    accepted: list[Mark] = []
    ends = {mark.end for mark in others}
    for sign in signs:
        before, following = text_before(masked, sign.start), masked.text[sign.end : sign.end + 1]
        if in_parens(masked, sign.start):
            continue
        if not before or sign.start in ends:
            accepted.append(sign)
        elif following and (following.isupper() or following in '"“*_['):
            after_quote = bool(accepted) and accepted[-1].start > _last_before(others, sign)
            pause = ends_sentence(before) or before.endswith((":", '"', "”"))
            if pause or after_quote or opens_block(masked, sign, others):
                accepted.append(sign)
        elif opens_block(masked, sign, others) or before.endswith(":"):
            accepted.append(sign)
    return accepted


def _last_before(marks: list[Mark], sign: Mark) -> int:
    place = bisect_right(marks, sign.start, key=lambda mark: mark.start)
    return marks[place - 1].start if place else -1
