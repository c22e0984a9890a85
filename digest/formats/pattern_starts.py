"""With which characters a match of a regular expression can begin, told by its parts: never too few of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

try:
    from re import _compiler as compiler  # type: ignore[attr-defined]  # how Python itself compiles patterns
    from re import _parser as parser  # type: ignore[attr-defined]  # and takes them apart
except ImportError:  # pragma: no cover - a Python that has it elsewhere: then every pattern may begin with anything
    parser = compiler = None

OTHER: Final = 128  # stands for every character that is not ASCII
_ALL: Final = frozenset(range(OTHER + 1))
_ASCII: Final = "".join(map(chr, range(OTHER)))
_NOTHING: Final[frozenset[int]] = frozenset()
_ZERO_WIDTH: Final = frozenset(("AT", "ASSERT", "ASSERT_NOT"))
_REPEATS: Final = frozenset(("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"))
_CATEGORIES: Final = {
    "CATEGORY_DIGIT": r"\d", "CATEGORY_NOT_DIGIT": r"\D", "CATEGORY_SPACE": r"\s", "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_WORD": r"\w", "CATEGORY_NOT_WORD": r"\W",
}  # fmt: skip


@lru_cache(maxsize=1024)  # most rules of a lexer stand in several of its states
def starts_of(pattern: str, flags: int) -> frozenset[int] | None:
    """The ASCII codes that a match of a pattern can begin with, and `OTHER`; nothing where it can be empty or more."""
    try:
        items = _parts_of(pattern, flags)
        if items is None:
            return None
        starts, empty = _of_sequence(items, items.state.flags)
    except (AttributeError, LookupError, TypeError, ValueError, RecursionError, re.error):
        return None  # parts of a kind that is not known here
    return None if empty or starts == _ALL else starts


@lru_cache(maxsize=1024)
def compile_pattern(pattern: str, flags: int) -> re.Pattern[str]:
    """As `re.compile`, without taking apart once more what was taken apart to see how it begins."""
    items = _parts_of(pattern, flags)
    compiled: re.Pattern[str] = re.compile(pattern, flags) if items is None else compiler.compile(items, flags)
    return compiled


@lru_cache(maxsize=256)
def _parts_of(pattern: str, flags: int) -> Any:  # noqa: ANN401 - of the parser
    return parser and parser.parse(pattern, flags)


def _of_sequence(items: Iterable[tuple[Any, Any]], flags: int) -> tuple[frozenset[int], bool]:
    """(the first characters, whether it can match nothing); so the others."""
    starts = _NOTHING
    for kind, value in items:
        found, empty = _of_item(str(kind), value, flags)
        starts |= found
        if not empty:
            return starts, False
    return starts, True


def _of_item(kind: str, value: Any, flags: int) -> tuple[frozenset[int], bool]:  # noqa: ANN401 - of the parser
    if kind in _ZERO_WIDTH:
        return _NOTHING, True
    if kind == "SUBPATTERN":
        _, more, less, inner = value
        return _of_sequence(inner, (flags | more) & ~less)
    if kind == "ATOMIC_GROUP":
        return _of_sequence(value, flags)
    if kind == "BRANCH":
        branches = [_of_sequence(branch, flags) for branch in value[1]]
        return frozenset().union(*(starts for starts, _ in branches)), any(empty for _, empty in branches)
    if kind in _REPEATS:
        least, _, inner = value
        starts, empty = _of_sequence(inner, flags)
        return starts, empty or least == 0
    if kind == "ANY":
        return (_ALL if flags & re.DOTALL else _ALL - {10}), False
    if kind == "IN":
        return _of_set(value, flags), False
    if kind in {"LITERAL", "NOT_LITERAL"}:
        return _of_set([("NEGATE", None)] * (kind == "NOT_LITERAL") + [("LITERAL", value)], flags), False
    raise LookupError(kind)


def _of_set(items: Iterable[tuple[Any, Any]], flags: int) -> frozenset[int]:
    codes: set[int] = set()
    negated = False
    for kind, value in items:
        match str(kind):
            case "NEGATE":
                negated = True
            case "LITERAL":
                codes.add(min(value, OTHER))
            case "RANGE":
                codes.update(range(min(value[0], OTHER), min(value[1], OTHER) + 1))
            case "CATEGORY":
                codes |= _of_category(str(value))
            case other:
                raise LookupError(other)
    if negated:  # of all that is not ASCII, something is always left
        return _ALL if flags & re.IGNORECASE else _ALL - codes | {OTHER}
    if flags & re.IGNORECASE:  # there are signs beyond ASCII whose other case is within
        if OTHER in codes:
            return _ALL
        codes |= {ord(case) for code in codes for case in (chr(code).lower(), chr(code).upper())} | {OTHER}
    return frozenset(codes)


def _of_category(name: str) -> set[int]:
    return {ord(char) for char in re.findall(_CATEGORIES[name], _ASCII)} | {OTHER}
