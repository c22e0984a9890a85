"""Which signs in a line of flattened Markdown began a line once: headings, bullets, numbers, quotes, rules."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from digest.formats.flat_prose import (
    FUNCTION_WORDS,
    bare,
    ends_sentence,
    starts_sentence,
    word_set,
    words_of,
)
from digest.formats.flat_spans import FILLER, Masked

MarkKind = Literal["heading", "bullet", "number", "quote", "rule", "underline"]

# A phrase of a heading before its first bullet; longer ones are prose.
LONGEST_HEADING_WORDS: Final = 14
BULLET: Final = 2.0

_SIGN = re.compile(
    r"(?:(?<=\s)|^)(?:(?P<heading>\#{1,6})(?=\s)|(?P<glued>\#{2,6})(?=[A-Z0-9*\[])|(?P<rule>-{3,}|\*{3,}|_{3,})(?=\s|$)"
    r"|(?P<under>={3,})(?=\s|$)|(?P<bullet>[*+-])(?=\s+\S)|(?P<number>\d{1,3}[.)])(?=\s+\S)|(?P<quote>>+)(?=\s+\S))"
)
_BLOCK_SIGN = re.compile(r"(?:#{1,6}|[*+-])\s")
_NUMBERED_THINGS: Final = word_set(
    "figure fig fig. figures section sec sec. sections table tab. equation eq eq. equations chapter algorithm theorem "
    "lemma step stage phase level part appendix version page layer type of is are was to in on at for the a and or "
    "by with than = ≈ ~ from about least most over under between top only equals size dimension"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign that begins a block: it stands at `start`, what it introduces at `end`."""

    kind: MarkKind
    start: int
    end: int
    sign: str

    @property
    def number(self) -> int:
        """The number of a numbered item."""
        return int(self.sign.rstrip(".)")) if self.kind == "number" else 0


def find_marks(masked: Masked) -> list[Mark]:
    """All marks of a text, in order."""
    signs = list(_signs(masked))
    headings = _headings(masked, [sign for sign in signs if sign.kind == "heading"])
    rules = [sign for sign in signs if sign.kind in {"rule", "underline"} and _is_rule(masked, sign)]
    fixed = sorted([*headings, *rules], key=lambda mark: mark.start)
    bullets = _bullets(masked, [sign for sign in signs if sign.kind == "bullet"], fixed)
    others = sorted([*fixed, *bullets], key=lambda mark: mark.start)
    numbers = _numbers(masked, [sign for sign in signs if sign.kind == "number"], others)
    quotes = _quotes(masked, [sign for sign in signs if sign.kind == "quote"], others)
    return sorted([*others, *numbers, *quotes], key=lambda mark: mark.start)


def _signs(masked: Masked) -> Iterator[Mark]:
    """Everything outside spans that looks like a mark."""
    for found in _SIGN.finditer(masked.hard):
        kind: MarkKind = {
            "heading": "heading", "glued": "heading", "rule": "rule", "under": "underline",
            "bullet": "bullet", "number": "number", "quote": "quote",
        }[found.lastgroup or ""]  # type: ignore[assignment]  # the groups of _SIGN, one always matches  # fmt: skip
        end = found.end()
        while end < len(masked.text) and masked.text[end].isspace():
            end += 1
        yield Mark(kind, found.start(), end, found[0])


def _before(masked: Masked, place: int) -> str:
    return masked.soft[max(0, place - 80) : place].rstrip()


def _in_parens(masked: Masked, place: int) -> bool:
    return masked.soft[place] != masked.hard[place]


def _headings(masked: Masked, signs: list[Mark]) -> list[Mark]:
    """The signs that open headings.

    The second of "## Summary ##" closes one: where a block follows it at once, or all headings of the text are so.
    """
    openers = [sign for sign in signs if _is_heading(masked, sign)]
    pairs = list(zip(openers[::2], openers[1::2], strict=False))
    custom = len(openers) % 2 == 0 and all(_may_close(masked, first, second) for first, second in pairs)
    custom = custom and any(len(masked.soft[second.end : second.end + 400].split("#")[0]) > 80 for _, second in pairs)
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
        and (re.search(r"[.!?] \S", between) is None)
    )


def _is_heading(masked: Masked, sign: Mark) -> bool:
    following = masked.soft[sign.end : sign.end + 40]
    if not following or _in_parens(masked, sign.start):
        return False
    if len(sign.sign) > 1:
        return True
    # One "#" also means "number": "the # of layers", "# parameters".
    before = _before(masked, sign.start)
    return not before or (starts_sentence(following) and bare(before.split()[-1]) not in FUNCTION_WORDS)


def _is_rule(masked: Masked, sign: Mark) -> bool:
    before, following = _before(masked, sign.start), masked.soft[sign.end : sign.end + 8]
    if _in_parens(masked, sign.start):
        return False
    if sign.kind == "underline" or len(sign.sign) >= 5:
        return True
    # Three dashes may be a dash of a sentence.
    return not before or not following or (ends_sentence(before) and starts_sentence(following)) or following[0] in "#>"


# ---------------------------------------------------------------------------------------------------------- bullets


def _bullets(masked: Masked, signs: list[Mark], fixed: list[Mark]) -> list[Mark]:
    """The signs that are bullets: each by what stands around it, then by the custom of section and text."""
    among = _among_others(masked, signs)
    weighed = [
        _Weighed(
            sign,
            _section(fixed, sign),
            _weigh_bullet(masked, sign, fixed),
            _opens_block(masked, sign, fixed),
            among[sign.start],
        )
        for sign in signs
    ]
    customs = {kind: _custom(masked, [item for item in weighed if item.sign.sign == kind]) for kind in "*-+"}
    main = max(customs.values(), key=lambda custom: custom.strong)
    accepted: list[Mark] = []
    previous: _Weighed | None = None
    for item in weighed:
        custom = customs[item.sign.sign]
        weight = item.weight + custom.weight(masked, item)
        if main.strong > 2 * custom.strong:
            weight -= 1.5 if _after_pause(masked, item.sign) or item.among > 1 else 5
        if previous and _carries_on(masked, previous, item):
            weight += 1.5
        if weight >= BULLET:
            accepted.append(item.sign)
            previous = item
    return accepted


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A sign, the section that it stands in, and what its neighbourhood says.

    `among` counts the signs like it before a capital that follow one another with no other sign between.
    """

    sign: Mark
    section: int
    weight: float
    opens: bool
    among: int


def _among_others(masked: Masked, signs: list[Mark]) -> dict[int, int]:
    among: dict[int, int] = {}
    run: list[Mark] = []
    for sign in [*signs, None]:
        if run and (sign is None or sign.sign != run[0].sign):
            count = sum(masked.text[other.end].isupper() for other in run)
            among |= {other.start: count if count == len(run) else 0 for other in run}
            run = []
        if sign is not None:
            run.append(sign)
    return among


def _section(fixed: list[Mark], sign: Mark) -> int:
    return bisect_right(fixed, sign.start, key=lambda mark: mark.start)


def _after_pause(masked: Masked, sign: Mark) -> bool:
    before = _before(masked, sign.start)
    return ends_sentence(before) or before.endswith((":", ";"))


def _carries_on(masked: Masked, previous: _Weighed, item: _Weighed) -> bool:
    """Whether a short item in small letters stands between two signs: then the list goes on in small letters."""
    return (
        item.sign.sign == previous.sign.sign
        and item.section == previous.section
        and masked.text[item.sign.end].islower()
        and masked.text[previous.sign.end].islower()
        and masked.soft.count(" ", previous.sign.end, item.sign.start) <= 15
    )


def _weigh_bullet(masked: Masked, sign: Mark, fixed: list[Mark]) -> float:
    """How much the neighbourhood speaks for a bullet."""
    before, following = _before(masked, sign.start), masked.soft[sign.end : sign.end + 60].split()
    word = following[0]
    if not before:
        return 6
    weight = {"*": 1.5, "-": 0.0, "+": -1.5}[sign.sign]
    if _in_parens(masked, sign.start):
        weight -= 4
    if _opens_block(masked, sign, fixed):
        weight += 3
    last = before.split()[-1]
    if last.startswith(f"!{FILLER}"):
        weight += 2  # an image
    elif ends_sentence(before):
        weight += 1 if before[-1] in '"”' else 2.5
    elif before.endswith(":"):
        weight += 3
    elif before.endswith(";"):
        weight += 1.5
    elif before.endswith(",") or bare(last) in FUNCTION_WORDS:
        weight -= 2
    elif before.endswith((")", "`", "$", '"')):
        weight += 0.5
    if last == "|" or word == "|":
        weight -= 4  # a cell
    if word == "I":
        weight -= 0.5
    elif word[:1].isupper() or word[:1] in '*_`[!$<"“(' or word.startswith("http"):
        weight += 1
    elif word[:1].islower() and not before.endswith(":"):
        weight -= 1
    if sign.sign != "-" and _multiplies(last, following):
        weight -= 5
    return weight


def _multiplies(last: str, following: list[str]) -> bool:
    """Whether a sign stands between two things of a formula: numbers, single letters, calls."""
    if last.endswith((".", ":", ";", ",", "!", "?")) or (last.startswith("(") and len(last) > 4):
        return False
    if len(following) > 1 and len(last) > 1 and not last[0].isdigit() and re.fullmatch(r"[a-z]{2,}", following[1]):
        return False
    return _is_operand(last) and _is_operand(following[0])


def _is_operand(word: str) -> bool:
    stem = word.strip(".,;:()[]")
    if word[:1].isupper() and len(stem) > 1 and "_" not in word:
        return False
    return (len(stem) <= 1 and stem not in {"A", "a"}) or stem[:1].isdigit() or bool(re.search(r"[_^=/\\(]", word))


def _opens_block(masked: Masked, sign: Mark, fixed: list[Mark]) -> bool:
    """Whether nothing but a short heading, or a rule, stands between the last fixed mark and the sign."""
    place = _section(fixed, sign)
    if not place or sign.start - fixed[place - 1].end > 200:
        return False
    last = fixed[place - 1]
    between = masked.soft[last.end : sign.start]
    if last.kind != "heading":
        return not between.strip()
    return len(words_of(between)) <= LONGEST_HEADING_WORDS and not re.search(r"[.!?] ", between[:-1])


@dataclass(frozen=True, slots=True)
class _Custom:
    """How a text uses one sign.

    `strong` counts the sure bullets, `small` those of them that begin with a small letter; `stops` tells for a
    section, and for 0 the whole text, how many signs before a capital have a full stop before them, how many none.
    """

    strong: int
    small: int
    stops: dict[int, tuple[int, int]]

    def weight(self, masked: Masked, item: _Weighed) -> float:
        """What the custom adds to the weight of a sign."""
        weight = 1.5 if self.strong >= 2 else 0.5 if self.strong else -1.0
        if masked.text[item.sign.end].islower() and 2 * self.small >= self.strong > 1:
            weight += 1.5
        if item.sign.sign == "*" or item.opens or _after_pause(masked, item.sign):
            return weight
        # Where items end with full stops, a sign without one before it is a dash.
        stopped, unstopped = self.stops.get(item.section + 1, (0, 0))
        if stopped + unstopped < 3:
            stopped, unstopped = self.stops.get(0, (0, 0))
        if stopped <= 2 * unstopped:
            return weight + 0.5
        # A word in capitals is a name more often than a beginning.
        return weight - (0.5 if masked.text[item.sign.end + 1 : item.sign.end + 2].islower() else 1.5)


def _custom(masked: Masked, weighed: list[_Weighed]) -> _Custom:
    stops: dict[int, tuple[int, int]] = {}
    capitals = [item for item in weighed if masked.text[item.sign.end].isupper()]
    for item in capitals:
        if item.opens or not item.sign.start:
            continue
        stop = ends_sentence(_before(masked, item.sign.start))
        for section in (0, item.section + 1):
            stopped, unstopped = stops.get(section, (0, 0))
            stops[section] = (stopped + stop, unstopped + (not stop))
    strong = [item for item in weighed if item.weight >= 3]
    small = sum(masked.text[item.sign.end].islower() for item in strong)
    count = len(strong)
    if count < 2 and len(capitals) >= 4 and len(capitals) >= 0.7 * len(weighed):
        count = 2  # nearly always before a capital: no dashes
    return _Custom(count, small, stops)


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
            if depth >= 0 and _before(masked, sign.start).endswith((" and", " or")):
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
    before = _before(masked, sign.start)
    if sign.start in lines:
        return lines[sign.start] != "heading"  # "## 1. Introduction" is no list
    if not before or before.endswith((":", ";")):
        return True
    if _in_parens(masked, sign.start) or before[-1] in ",=+-–—/<>(":
        return False
    return bare(before.split()[-1]) not in _NUMBERED_THINGS


def _list_of(masked: Masked, run: list[Mark]) -> list[Mark]:
    """A run of numbers, if it is a list."""
    if len(run) < 2:
        return []
    if run[0].sign[-1] == ")" and any(_before(masked, mark.start).endswith(",") for mark in run[1:]):
        return []
    return run


# ----------------------------------------------------------------------------------------------------------- quotes


def _quotes(masked: Masked, signs: list[Mark], others: list[Mark]) -> list[Mark]:
    """The signs that open a quote; the others compare."""
    accepted: list[Mark] = []
    ends = {mark.end for mark in others}
    for sign in signs:
        before, following = _before(masked, sign.start), masked.text[sign.end : sign.end + 1]
        if _in_parens(masked, sign.start):
            continue
        if not before or sign.start in ends:
            accepted.append(sign)
        elif following and (following.isupper() or following in '"“*_['):
            after_quote = bool(accepted) and accepted[-1].start > _last_before(others, sign)
            pause = ends_sentence(before) or before.endswith((":", '"', "”"))
            if pause or after_quote or _opens_block(masked, sign, others):
                accepted.append(sign)
        elif _opens_block(masked, sign, others) or before.endswith(":"):
            accepted.append(sign)
    return accepted


def _last_before(marks: list[Mark], sign: Mark) -> int:
    place = bisect_right(marks, sign.start, key=lambda mark: mark.start)
    return marks[place - 1].start if place else -1
