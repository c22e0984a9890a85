"""A plugin's value, checked when it is loaded: right name, right type, called as its kind is."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from digest.model import (
    Check,
    PageMaker,
    Plugin,
    PluginChoice,
    PluginKind,
    ProblemError,
    Publisher,
    Source,
    replace,
)
from digest.plugins.blaming import refuse
from digest.plugins.finding import OURS, find_own, find_plugin

_PROTOCOLS: Final[Mapping[PluginKind, type]] = {
    "sources": Source,
    "pages": PageMaker,
    "publishers": Publisher,
    "checks": Check,
}
_NAME: Final = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_FILTER_NAME: Final = r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*"


@cache
def load_plugin(plugin: Plugin) -> Any:  # noqa: ANN401 - each kind has its own type, which is checked here
    """The value of a plugin.

    Raises:
        ProblemError: DG811 where it cannot be loaded, or is not what its kind wants.
    """
    pattern, example = (_FILTER_NAME, "last_name") if plugin.kind == "filters" else (_NAME, "reading-list")
    if not re.fullmatch(pattern, plugin.name):
        raise ProblemError([refuse(plugin, "its name is none that a plugin may have", f"write a name like {example}")])
    if plugin.distribution != OURS and find_own(plugin.kind, plugin.name):
        raise ProblemError([refuse(plugin, "digest itself has one of that name", "its authors must rename it")])
    module, _, path = plugin.target.partition(":")
    try:
        value: Any = importlib.import_module(module)
        for part in filter(None, path.split(".")):
            value = getattr(value, part)
        fault = _find_fault(plugin, value)
    except (Exception, SystemExit) as error:
        told = f"it cannot be loaded: {type(error).__name__}: {error}"
        raise ProblemError([refuse(plugin, told, f"upgrade or uninstall {plugin.distribution}")]) from error
    if fault:
        hint = f"upgrade {plugin.distribution}, or tell its authors: it names {plugin.target}"
        raise ProblemError([refuse(plugin, fault, hint)])
    return value


def load_chosen(kind: PluginKind, choice: PluginChoice) -> tuple[Plugin, Any]:
    """A plugin that site.yml switches on, and its value.

    Raises:
        ProblemError: DG811, where site.yml names it.
    """
    try:
        plugin = find_plugin(kind, choice.name)
        if plugin is None:
            raise LookupError(f"the plugin {choice.name!r} was there a moment ago")
        return plugin, load_plugin(plugin)
    except ProblemError as error:
        raise ProblemError(replace(problem, span=choice.span) for problem in error.problems) from error


def _find_fault(plugin: Plugin, value: object) -> str:
    """Why a value is not what its kind wants, or nothing."""
    if plugin.kind in _PROTOCOLS:
        return _find_lack(plugin, value, _PROTOCOLS[plugin.kind])
    if plugin.kind == "themes":
        good = isinstance(value, Path) and (value / "theme.yml").is_file()
        return "" if good else "it is not the path of a folder with theme.yml"
    if not callable(value):
        return f"it is a {type(value).__name__}, which cannot be called"
    if plugin.kind == "filters" and hasattr(value, "jinja_pass_arg"):
        return "a filter is given what stands before it and its arguments, and nothing of the template"
    return ""


def _find_lack(plugin: Plugin, value: object, protocol: type) -> str:
    """What of a protocol, or of a class of values, a value has not; or nothing."""
    for name, member in vars(protocol).items():
        if name.startswith("_") and name != "__call__":
            continue
        found = getattr(value, name, None)
        if found is None:
            return f"it has no `{name}`"
        if name == "name" and found != plugin.name:
            return f"its entry point is called {plugin.name!r}, and it calls itself {found!r}"
        if inspect.isfunction(member) and not _takes_the_same(found, member):
            wanted = ", ".join(list(inspect.signature(member).parameters)[1:])
            return f"`{name}` cannot be called with ({wanted})"
    return ""


def _takes_the_same(given: object, wanted: Callable[..., object]) -> bool:
    """Whether something can be called as a method of a protocol is."""
    if not callable(given):
        return False
    parameters = list(inspect.signature(wanted).parameters.values())[1:]
    named = {each.name: None for each in parameters if each.kind is each.KEYWORD_ONLY}
    try:
        inspect.signature(given).bind(*[None] * (len(parameters) - len(named)), **named)
    except (TypeError, ValueError):
        return False
    return True
