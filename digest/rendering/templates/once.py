"""What is the same on whatever page it stands, written once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Final

from jinja2.runtime import Macro, missing
from markupsafe import Markup

_MOST: Final = 4096  # texts of a generation: two of them take some twenty megabytes
_TEXTS: Final = frozenset({str, int, bool, Markup, type(None)})  # that are equal are the same
Key = tuple[object, ...]


class DirectMacro(Macro):
    """A macro that has nothing but its parameters: its function may be called as it is."""


def make_macro(
    environment: object,
    function: Callable[..., str],
    name: str | None,
    arguments: tuple[str, ...],
    *special: bool,
) -> Macro:
    """The macro that a template defines; `special` is whether it asks for more than its parameters, and its escaping."""
    if any(special[:-1]):
        return Macro(environment, function, name, arguments, *special)  # type: ignore[arg-type] - as Jinja2 writes it
    function.__defaults__ = (missing,) * len(arguments)
    function.__qualname__ = f"macro {name!r} "  # as a call with too many arguments tells it
    return DirectMacro(environment, function, name, arguments, *special)  # type: ignore[arg-type] - as Jinja2 writes it


class Once:
    """`once` in templates: what a macro writes of some values, kept for the next who asks for the same."""

    def __init__(self) -> None:
        self._young: dict[Key, tuple[Key, str]] = {}
        self._old: dict[Key, tuple[Key, str]] = {}
        self._marks: dict[type, Callable[[object], object]] = {}

    def __call__(self, macro: object = None, /, *values: object) -> str:
        """The text, made now or before."""
        if not isinstance(macro, Macro):
            raise TypeError("once() takes a macro, and the values that it is to be called with")
        # A key finds what was written of the same values, or of values that may be equal: those are compared.
        key = (macro, *[(type(value), self._mark(value)) for value in values])
        found = self._young.get(key)
        if found is None or found[0] != values:
            found = self._old.get(key)
            if found is None or found[0] != values:
                found = (values, macro(*values))
            self._keep(key, found)
        return found[1]

    _func = __call__  # it is called as macros are

    def _mark(self, value: object) -> object:
        kind = type(value)
        if kind in _TEXTS:
            return value
        if kind not in self._marks:
            named = is_dataclass(kind) and "id" in {field.name for field in fields(kind)}
            self._marks[kind] = _id_of if named else id
        return self._marks[kind](value)

    def _keep(self, key: Key, found: tuple[Key, str]) -> None:
        """Two generations: when one is full, it is the old one, and the old one before is let go."""
        if len(self._young) >= _MOST:
            self._old, self._young = self._young, {}
        self._young[key] = found


def _id_of(value: object) -> object:
    """By which an entry is known, whenever it was made."""
    return value.id  # type: ignore[attr-defined] - asked only of what has one
