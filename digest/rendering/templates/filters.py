"""Filters of plugins, as templates call them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from jinja2 import Undefined

from digest.model import Plugin, ProblemError, ThemeFilter
from digest.plugins import blame, blame_value, load_plugin, refuse

_SIMPLE: Final = (str, int, float, type(None))


def load_filters(filters: Iterable[ThemeFilter], taken: Iterable[str]) -> dict[str, Callable[..., object]]:
    """The functions of filters by name; none may have one that is taken.

    Raises:
        ProblemError: DG811.
    """
    found: dict[str, Callable[..., object]] = {}
    for plugin, _ in filters:
        if plugin.name in taken:
            raise ProblemError([refuse(plugin, "templates have a filter of that name", "its authors must rename it")])
        found[plugin.name] = _guard(plugin, load_plugin(plugin))
    return found


def _guard(plugin: Plugin, function: Callable[..., Any]) -> Callable[..., object]:
    """A filter that is blamed for what it does, DG812, and hands out nothing that opens the sandbox."""

    def call(*given: object, **named: object) -> object:
        for value in (*given, *named.values()):
            if isinstance(value, Undefined):
                str(value)  # which the template is to blame for
        try:
            result = function(*given, **named)
        except Exception as error:
            raise ProblemError([blame(plugin, "in a template", error)]) from error
        if not _is_simple(result):
            raise ProblemError([blame_value(plugin, "in a template", f"it gave a {type(result).__name__}")])
        return result

    return call


def _is_simple(value: object) -> bool:
    """Whether it is a text, a number or a truth value, or a list of such."""
    return isinstance(value, _SIMPLE) or (type(value) in {list, tuple} and all(map(_is_simple, value)))  # type: ignore[call-overload] # it is one of them
