"""What is the same on whatever page it stands, written once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from operator import attrgetter
from types import FunctionType
from typing import Final

from jinja2 import Environment
from jinja2.runtime import Macro
from markupsafe import Markup

from digest.model import annotations_of
from digest.rendering.recent import Recent

_MOST: Final = 4096  # texts that are kept, of some two kilobytes each
PARAMETER: Final = "l_1_"  # how Jinja2 calls the parameters of a macro that is not within another
_TEXTS: Final = frozenset({str, int, bool, Markup, type(None)})  # that are equal are the same


class DirectMacro(Macro):
    """A macro that has nothing but its parameters: its function may be called as it is."""


def make_macro(
    environment: Environment,
    missing: object,
    function: FunctionType,
    name: str,
    arguments: list[str],
    *special: bool,
) -> Macro:
    """The macro that a template defines; `special` says what it asks for beside its parameters, and how it escapes.

    Parameters that are not given are `missing`: the function itself knows what stands in for them.
    """
    if any(special[:-1]) or not all(name.startswith(PARAMETER) for name in function.__code__.co_varnames[:1]):
        return Macro(environment, function, name, arguments, *special)
    function.__defaults__ = (missing,) * len(arguments)
    function.__qualname__ = f"macro {name!r} "  # as a call with too many arguments tells it
    return DirectMacro(environment, function, name, arguments, *special)


class Once:
    """`once` in templates: what a macro writes of some values, kept for the next who asks for the same."""

    def __init__(self) -> None:
        self._same: Recent[tuple[object, tuple[object, ...], str]] = Recent(_MOST)
        self._written: Recent[tuple[tuple[object, ...], str]] = Recent(_MOST)
        self._marks: dict[type, Callable[[object], object]] = dict.fromkeys(_TEXTS, _itself)

    def __call__(self, macro: object = None, /, *values: object) -> str:
        """The text, made now or before."""
        own = (id(macro), *map(id, values))
        same = self._same.find(own)  # which keeps them, so that nothing else can have their ids
        if same is None:
            same = (macro, values, self._write(macro, values))
            self._same.keep(own, same)
        return same[2]

    _func = __call__  # it is called as macros are

    def _write(self, macro: object, values: tuple[object, ...]) -> str:
        """The text of values that are others, though perhaps equal to some that were written."""
        if not isinstance(macro, Macro):
            raise TypeError("once() takes a macro, and the values that it is to be called with")
        # A key finds what was written of values that may be equal: those are compared.
        marks = self._marks
        key = (macro, *[(kind := type(value), (marks.get(kind) or self._learn(kind))(value)) for value in values])
        found = self._written.find(key)
        if found is None or found[0] != values:
            found = (values, macro(*values))
            self._written.keep(key, found)
        return found[1]

    def _learn(self, kind: type) -> Callable[[object], object]:
        """How values of a type are found: what has an `id` by that, all else as itself, which is kept and so lives."""
        told = annotations_of(kind)
        if told is None and is_dataclass(kind):
            told = {field.name: "" for field in fields(kind)}
        named = "id" in (told or ())
        self._marks[kind] = attrgetter("id") if named else id
        return self._marks[kind]


def _itself(value: object) -> object:
    return value
