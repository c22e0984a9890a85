r"""Macros of TeX: those of a site, and those that a text defines for itself.

`\newcommand`, `\renewcommand`, `\providecommand`, `\def` and `\DeclareMathOperator` are taken out of the formula that
holds them and hold from there on. How many arguments a macro has is told from the `#1` … `#9` in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from string import ascii_letters
from typing import Final

from digest.formats.patterns import lazily

LONGEST: Final = 2_000  # characters of one macro
MOST: Final = 500  # macros of one text
_EXPANDED: Final = 20_000  # characters that one formula may become by its macros
_COPIED: Final = 500_000  # characters that are copied for them
_DEEPEST: Final = 64

DEFINES: Final = lazily(r"\\(?:(?:re)?newcommand|providecommand|[gex]?def|DeclareMathOperator)(?![A-Za-z])")
_DEFINITION: Final = lazily(
    r"\\(?P<how>(?:re)?newcommand|providecommand|[gex]?def|DeclareMathOperator)(?![A-Za-z])(?P<star>\*?)\s*+"
    r"(?:\{\s*+\\(?P<braced>[A-Za-z]+|[^A-Za-z\s])\s*\}|\\(?P<bare>[A-Za-z]+|[^A-Za-z\s]))\s*+"
    r"(?:\[\s*+\d\s*+\]\s*+)?(?P<default>\[[^\[\]]*\]\s*+)?(?:#\d)*+\s*+(?=\{)"
)
_NAME: Final = lazily(r"\\?([A-Za-z]+)")
_CALL: Final = lazily(r"\\([A-Za-z]+|.)", re.DOTALL)
ARGUMENT: Final = lazily(r"(?<!\\)#([0-9]?)")
_BLANK: Final = lazily(r"\s*")
_BRACE: Final = lazily(r"\\.|[{}]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Macros:
    """Macros by name, without the backslash."""

    bodies: tuple[tuple[str, str], ...] = ()
    table: Mapping[str, str] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "table", dict(self.bodies))


class EndlessError(Exception):
    """A formula becomes too large by its macros, or lacks what one of them takes."""


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


def expand(tex: str, macros: Macros) -> str:
    """A formula with its macros said out, so that whoever reads it needs to know none of them.

    Raises:
        EndlessError: it becomes too large, or lacks an argument.
    """
    table = macros.table
    if not table or "\\" not in tex:
        return tex
    at = copied = 0
    while call := _CALL.search(tex, at):
        body = table.get(call[1])
        if body is None:
            at = call.end()
            continue
        copied += len(tex)
        end = call.end()
        arguments: list[str] = []
        for _ in range(len(set(ARGUMENT.findall(body)))):
            argument, end = _argument(tex, end, call[0])
            arguments.append(argument)
        if arguments:
            body = ARGUMENT.sub(lambda found: _after(found, arguments[int(found[1]) - 1]), body)  # noqa: B023 - at once
        at = call.start()
        tex = _joined(_joined(tex[:at], body), tex[end:])
        if copied > _COPIED or len(tex) > _EXPANDED:
            raise EndlessError("its macros make it too large")
    return tex


def _argument(tex: str, start: int, name: str) -> tuple[str, int]:
    """(what a macro takes at `start`: a group without its braces or a sign, where it ends)."""
    if blank := _BLANK.match(tex, start):
        start = blank.end()
    if tex[start : start + 1] == "{":
        end = group_end(tex, start, len(tex))
        if end > 0:
            return tex[start + 1 : end - 1], end
    elif call := _CALL.match(tex, start):
        return call[0], call.end()
    elif start < len(tex) and tex[start] not in "}&":
        return tex[start], start + 1
    raise EndlessError(f"{name} lacks an argument")


def _after(found: re.Match[str], argument: str) -> str:
    blank = argument[:1].isalpha() and _ends_in_name(found.string[: found.start()])
    return f" {argument}" if blank else argument


def _joined(tex: str, rest: str) -> str:
    """Two pieces, parted where the name of a command would become another."""
    return f"{tex} {rest}" if rest[:1].isalpha() and _ends_in_name(tex) else tex + rest


def _ends_in_name(tex: str) -> bool:
    before = tex.rstrip(ascii_letters)
    return len(before) < len(tex) and (len(before) - len(before.rstrip("\\"))) % 2 == 1


NONE: Final = Macros()
