r"""Macros of TeX: those of a site, and those that a text defines for itself.

`\newcommand`, `\renewcommand`, `\providecommand`, `\def` and `\DeclareMathOperator` are taken out of the formula that
holds them and hold from there on. How many arguments a macro has is told from the `#1` … `#9` in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

LONGEST: Final = 2_000  # characters of one macro
MOST: Final = 500  # macros of one text
_EXPANDED: Final = 300_000  # characters that one formula may become by its macros
_DEEPEST: Final = 64

DEFINES: Final = re.compile(r"\\(?:(?:re)?newcommand|providecommand|[gex]?def|DeclareMathOperator)(?![A-Za-z])")
_DEFINITION: Final = re.compile(
    r"\\(?P<how>(?:re)?newcommand|providecommand|[gex]?def|DeclareMathOperator)(?![A-Za-z])(?P<star>\*?)\s*+"
    r"(?:\{\s*+\\(?P<braced>[A-Za-z]+|[^A-Za-z\s])\s*\}|\\(?P<bare>[A-Za-z]+|[^A-Za-z\s]))\s*+"
    r"(?:\[\s*+\d\s*+\]\s*+)?(?P<default>\[[^\[\]]*\]\s*+)?(?:#\d)*+\s*+(?=\{)"
)
_NAME: Final = re.compile(r"\\?([A-Za-z]+)")
_CALL: Final = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
ARGUMENT: Final = re.compile(r"(?<!\\)#([0-9]?)")
_NESTING: Final = re.compile(r"\\(?:[A-Za-z]+|.)|[{}\[]|[^\\{}\s\[]+", re.DOTALL)
_OPENERS: Final = frozenset(["\\left", "\\begin"])
_CLOSERS: Final = frozenset(["\\right", "\\end"])
_OPENING: Final = re.compile(
    r"\\l(?:brace|brack|angle|floor|ceil|vert|Vert|group|moustache|lbracket|Brack|Angle)(?![A-Za-z])"
    r"|\\[bB]igg?l(?![A-Za-z])|\\mathopen"
    r"|\\(?:\{|ulcorner|llcorner|llbracket|lAngle|lBrace|lBrack|lmoustache|lgroup)|[(\[⟨⌊⌈⟦⟪⟬⟮❲⌜⌞⎰⦃⦅]"
)
_CLOSING: Final = re.compile(
    r"\\r(?:brace|brack|angle|floor|ceil|vert|Vert|group|moustache|rbracket|Brack|Angle)(?![A-Za-z])|\\[bB]igg?r(?![A-Za-z])|\\mathclose|\\\}|[)\]⟩⌋⌉⟧⟫⟭⟯❳⌝⌟⎱⦄⦆]"
)
_BRACKET: Final = re.compile(r"\\(?:[A-Za-z]+|.)|[{}()\[\]⟨⟩⌊⌋⌈⌉⟦⟧⟪⟬⟮❲⌜⌞⎰⦃⦅⟫⟭⟯❳⌝⌟⎱⦄⦆]", re.DOTALL)
_BRACE: Final = re.compile(r"\\.|[{}]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Macros:
    """Macros by name, without the backslash, and what they may do to a formula at most.

    `depth` is how many groups one adds, `copies` how often one repeats an argument, `expansions` how many one formula
    may use.
    """

    bodies: tuple[tuple[str, str], ...] = ()
    depth: int = field(init=False, compare=False)
    copies: int = field(init=False, compare=False)
    expansions: int = field(init=False, compare=False)

    def __post_init__(self) -> None:
        sizes = [len(body) + 500 * body.count("#") for _, body in self.bodies]
        object.__setattr__(self, "depth", max(1, _depth(dict(self.bodies))))
        object.__setattr__(self, "copies", max((body.count("#") for _, body in self.bodies), default=0))
        object.__setattr__(self, "expansions", max(1, min(1_000, _EXPANDED // max([1, *sizes]))))


def read_macros(pairs: tuple[tuple[str, str], ...]) -> Macros:
    """The macros of a site, those without fault; names with or without a backslash."""
    bodies = {name.removeprefix("\\"): body for name, body in pairs if not fault_of(name, body)}
    return without_circles(bodies)


def fault_of(name: str, body: str) -> str:
    """Why a macro is malformed, or nothing."""
    if not _NAME.fullmatch(name):
        return "is not the name of a macro: letters, with or without a backslash"
    if len(body) > LONGEST:
        return f"is longer than {LONGEST:,} characters"
    numbers = {int(digit or 0) for digit in ARGUMENT.findall(body)}
    if numbers != set(range(1, len(numbers) + 1)):
        return "numbers its arguments wrongly: they are #1, #2 and so on"
    if DEFINES.search(body):
        return "defines another macro"
    depth = 0
    for brace in _BRACE.findall(body):
        depth += {"{": 1, "}": -1}.get(brace, 0)
        if not 0 <= depth <= _DEEPEST:
            break
    return "has a brace without its partner" if depth else ""


def find_circles(bodies: Mapping[str, str]) -> set[str]:
    """The macros that end in themselves, by name."""
    calls = {name: {call for call in _CALL.findall(body) if call in bodies} for name, body in bodies.items()}
    # Whoever calls nothing that is left cannot be in a circle; what never gets so far is, or needs one that is.
    waiting = {name: set(called) for name, called in calls.items()}
    callers: dict[str, list[str]] = {}
    for name, called in calls.items():
        for call in called:
            callers.setdefault(call, []).append(name)
    free = [name for name, called in waiting.items() if not called]
    while free:
        done = free.pop()
        del waiting[done]
        for name in callers.get(done, ()):
            waiting[name].discard(done)
            if not waiting[name]:
                free.append(name)
    return set(waiting)


def without_circles(bodies: Mapping[str, str]) -> Macros:
    """The macros that end."""
    circles = find_circles(bodies)
    return Macros(tuple((name, body) for name, body in bodies.items() if name not in circles))


def take_definitions(tex: str) -> tuple[str, dict[str, str]]:
    """(the formula without the definitions in it, what they define); one that is malformed stays where it is."""
    found: dict[str, str] = {}
    out: list[str] = []
    at = 0
    while match := _DEFINITION.search(tex, at):
        end = group_end(tex, match.end(), LONGEST)
        body = tex[match.end() + 1 : end - 1].strip()
        name = match["braced"] or match["bare"]
        if end < 0 or match["default"] or fault_of(name, body) or len(found) >= MOST:
            out.append(tex[at : match.end()])
            at = match.end()
            continue
        if match["how"] == "DeclareMathOperator":
            body = f"\\operatorname{match['star']}{{{body}}}"
        found[name] = body
        out.append(tex[at : match.start()])
        at = end
    return "".join([*out, tex[at:]]), found


def group_end(tex: str, start: int, longest: int = 20_000) -> int:
    """Where the group ends that opens at `start`, behind its brace; -1 if it does not within so many characters."""
    depth = 0
    for brace in _BRACE.finditer(tex, start, start + longest):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if not depth:
            return brace.end()
    return -1


def nesting_of(tex: str) -> int:
    r"""How deep groups lie within one another; commands in a row are taken for such, since `\sqrt\sqrt x` is."""
    deepest = depth = row = 0
    for mark in _NESTING.findall(tex):
        # What a command takes in brackets lies within it as well.
        row = row + 1 if mark[0] == "\\" else row if mark[0] == "[" else 0
        if mark == "{" or mark in _OPENERS:
            depth += 1
        elif mark == "}" or mark in _CLOSERS:
            depth = max(0, depth - 1)
        deepest = max(deepest, depth + row)
    return deepest


@lru_cache(maxsize=32)
def _opened_by(macros: Macros) -> dict[str, int]:
    """How many brackets each macro leaves open, with those that it calls."""
    bodies = dict(macros.bodies)
    known: dict[str, int] = {}

    def opened(name: str) -> int:
        if name not in known:
            body = bodies[name]
            called = sum(opened(call) for call in _CALL.findall(body) if call in bodies)
            known[name] = min(1_000, max(0, len(_OPENING.findall(body)) - len(_CLOSING.findall(body)) + called))
        return known[name]

    return {name: count for name in bodies if (count := opened(name))}


def unclosed_in(tex: str, macros: Macros) -> int:
    """How many brackets of a formula may be open at its end, of which any sign that closes one closes the last."""
    opening = _opened_by(macros) if macros.bodies else {}
    waiting = [0]
    total = 0
    for mark in _BRACKET.findall(tex):
        if mark == "{":
            waiting.append(0)
        elif mark == "}":
            total += waiting.pop() if len(waiting) > 1 else 0
        elif _OPENING.fullmatch(mark):
            waiting[-1] += 1
        elif _CLOSING.fullmatch(mark):
            waiting[-1] = max(0, waiting[-1] - 1)
        elif mark[1:] in opening:
            total += opening[mark[1:]]
    return total + sum(waiting)


def _depth(bodies: Mapping[str, str]) -> int:
    """How many groups the deepest macro adds, with those that it calls; none may be in a circle."""
    known: dict[str, int] = {}

    def depth_of(name: str) -> int:
        if name not in known:
            called = (depth_of(call) for call in set(_CALL.findall(bodies[name])) if call in bodies)
            known[name] = max(1, nesting_of(bodies[name])) * max(called, default=1)
        return known[name]

    return max(map(depth_of, bodies), default=1)


NONE: Final = Macros()
