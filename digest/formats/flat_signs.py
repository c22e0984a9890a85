"""Signs in a line of flattened Markdown that may be marks, and what stands around them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from digest.formats.flat_prose import words_of
from digest.formats.flat_spans import Masked

MarkKind = Literal["heading", "bullet", "number", "quote", "rule", "underline"]

# A phrase of a heading before its first bullet; longer ones are prose.
LONGEST_HEADING_WORDS: Final = 14

_SIGN = re.compile(
    r"(?:(?<=\s)|^)(?:(?P<heading>\#{1,6})(?=\s)|(?P<glued>\#{2,6})(?=[A-Z0-9*\[])|"
    r"(?P<rule>-{3,}|\*{3,}|_{3,}|\* \* \*|- - -)(?=\s|$)"
    r"|(?P<under>={3,})(?=\s|$)|(?P<bullet>[*+-])(?=\s+\S)|(?P<number>\d{1,3}[.)])(?=\s+\S)|(?P<quote>>+)(?=\s+\S))"
)
# What each group of `_SIGN` is; one always matches.
_KINDS: Final[dict[str, MarkKind]] = {
    "heading": "heading", "glued": "heading", "rule": "rule", "under": "underline",
    "bullet": "bullet", "number": "number", "quote": "quote",
}  # fmt: skip


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


def find_signs(masked: Masked) -> Iterator[Mark]:
    """Everything outside spans that looks like a mark."""
    for found in _SIGN.finditer(masked.hard):
        end = found.end()
        while end < len(masked.text) and masked.text[end].isspace():
            end += 1
        yield Mark(_KINDS[found.lastgroup or ""], found.start(), end, found[0])


def text_before(masked: Masked, place: int) -> str:
    """The masked text right before a place."""
    return masked.soft[max(0, place - 80) : place].rstrip()


def in_parens(masked: Masked, place: int) -> bool:
    """Whether a place is inside parentheses."""
    return masked.soft[place] != masked.hard[place]


def section_of(fixed: list[Mark], sign: Mark) -> int:
    """How many of the fixed marks stand before a sign."""
    return bisect_right(fixed, sign.start, key=lambda mark: mark.start)


def opens_block(masked: Masked, sign: Mark, fixed: list[Mark]) -> bool:
    """Whether nothing but a short heading, or a rule, stands between the last fixed mark and the sign."""
    place = section_of(fixed, sign)
    if not place or sign.start - fixed[place - 1].end > 200:
        return False
    last = fixed[place - 1]
    between = masked.soft[last.end : sign.start]
    if last.kind != "heading":
        return not between.strip()
    return len(words_of(between)) <= LONGEST_HEADING_WORDS and not re.search(r"[.!?] ", between[:-1])
