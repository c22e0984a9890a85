"""Which stars, dashes and pluses in a line of flattened Markdown were bullets, and which dashes, products and sums."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from digest.formats.flat_prose import FUNCTION_WORDS, bare, ends_sentence
from digest.formats.flat_signs import Mark, in_parens, opens_block, section_of, text_before
from digest.formats.flat_spans import FILLER, Masked

# What speaks for a bullet must weigh as much.
BULLET: Final = 2.0


def choose_bullets(masked: Masked, signs: list[Mark], fixed: list[Mark]) -> list[Mark]:
    """The signs that are bullets: each by what stands around it, then by the custom of section and text."""
    among = _among_others(masked, signs)
    weighed = [
        _Weighed(
            sign,
            section_of(fixed, sign),
            _weigh_bullet(masked, sign, fixed),
            opens_block(masked, sign, fixed),
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


def _after_pause(masked: Masked, sign: Mark) -> bool:
    before = text_before(masked, sign.start)
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
    before, following = text_before(masked, sign.start), masked.soft[sign.end : sign.end + 60].split()
    word = following[0]
    if not before:
        return 6
    weight = {"*": 1.5, "-": 0.0, "+": -1.5}[sign.sign]
    if in_parens(masked, sign.start):
        weight -= 4
    opens = opens_block(masked, sign, fixed)
    if opens:
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
    if sign.sign != "-" and not opens and _multiplies(last, following):
        weight -= 5
    return weight


def _multiplies(last: str, following: list[str]) -> bool:
    """Whether a sign stands between two things of a formula: numbers, single letters, calls."""
    if last.endswith((".", ":", ";", ",", "!", "?")) or (last.startswith("(") and len(last) > 4):
        return False
    if len(following) > 1 and len(last) > 1 and not last[0].isdigit() and re.fullmatch(r"[a-z]{2,}", following[1]):
        return False
    if re.fullmatch(r"\d+", last) and following[0][:1].islower():
        return True  # "3 * rows"
    return _is_operand(last) and _is_operand(following[0])


def _is_operand(word: str) -> bool:
    stem = word.strip(".,;:()[]")
    if word[:1].isupper() and len(stem) > 1 and "_" not in word:
        return False
    return (len(stem) <= 1 and stem not in {"A", "a"}) or stem[:1].isdigit() or bool(re.search(r"[_^=/\\(]", word))


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
        if not stopped or stopped <= 2 * (unstopped - 1):  # itself not counted
            return weight + 0.5
        # A word in capitals is a name more often than a beginning.
        return weight - (0.5 if masked.text[item.sign.end + 1 : item.sign.end + 2].islower() else 1.5)


def _custom(masked: Masked, weighed: list[_Weighed]) -> _Custom:
    stops: dict[int, tuple[int, int]] = {}
    capitals = [item for item in weighed if masked.text[item.sign.end].isupper()]
    for item in weighed:
        if item.opens or not item.sign.start or masked.text[item.sign.end].islower():
            continue
        stop = ends_sentence(text_before(masked, item.sign.start))
        for section in (0, item.section + 1):
            stopped, unstopped = stops.get(section, (0, 0))
            stops[section] = (stopped + stop, unstopped + (not stop))
    strong = [item for item in weighed if item.weight >= 3]
    small = sum(masked.text[item.sign.end].islower() for item in strong)
    count = len(strong)
    if count < 2 and len(capitals) >= 4 and len(capitals) >= 0.7 * len(weighed):
        count = 2  # nearly always before a capital: no dashes
    return _Custom(count, small, stops)
