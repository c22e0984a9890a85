"""Which plugins there are, as the `.dist-info` folders of the environment tell.

They are read by these few lines, since `importlib.metadata` takes fifty milliseconds to load and to look through
a hundred of them. Here it is two, and a twentieth of one where a plugin of our own is meant.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from digest import __version__
from digest.model import PLUGIN_KINDS, NamedTuple, Plugin, PluginKind, ProblemError
from digest.plugins.blaming import describe, refuse

OURS: Final = "research-digest"
_INFO: Final = ".dist-info"


class Distribution(NamedTuple):
    """What is installed, by its `.dist-info`."""

    name: str
    version: str
    folder: str


def list_plugins() -> tuple[Plugin, ...]:
    """Every plugin of the environment: ours first, each part by kind and name."""
    return _list_plugins(_search_path())


def plugin_names(kind: PluginKind) -> tuple[str, ...]:
    """The names of all plugins of a kind, in their order; nothing is loaded for that."""
    return tuple(sorted({plugin.name for plugin in list_plugins() if plugin.kind == kind}))


def find_plugin(kind: PluginKind, name: str) -> Plugin | None:
    """The plugin of a kind and name, if there is one: ours, else that of the one distribution that brings it.

    Raises:
        ProblemError: DG811 where two do.
    """
    if own := find_own(kind, name):
        return own
    found = [plugin for plugin in list_plugins() if (plugin.kind, plugin.name) == (kind, name)]
    if len(found) > 1:
        raise ProblemError([refuse(found[0], f"{describe(found[1])} has the same name", "uninstall one of them")])
    return found[0] if found else None


def find_own(kind: PluginKind, name: str) -> Plugin | None:
    """The plugin of digest itself of that kind and name, if there is one."""
    return _own_plugins(_search_path()).get((kind, name))


def list_distributions() -> Mapping[str, Distribution]:
    """What is installed by its name; of one that is there twice, what Python would find."""
    return _list_distributions(_search_path())


def normalise(name: str) -> str:
    """A name of a distribution as all that mean the same write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _search_path() -> tuple[str, ...]:
    """Where installed distributions lie: not in the folder that `python -m` adds, which may be a stranger's site."""
    here = sys.path[:1] and sys.path[0] in {"", os.getcwd()}  # noqa: PTH109 - as text, as the path has it
    return tuple(sys.path[1:] if here else sys.path)


@cache
def _list_distributions(search_path: tuple[str, ...]) -> Mapping[str, Distribution]:
    found: dict[str, Distribution] = {}
    for place in search_path:
        try:
            names = os.listdir(place)  # noqa: PTH208 - names, not paths
        except OSError:
            continue
        for name in sorted(names):
            if name.endswith(_INFO):
                bare, _, version = name.removesuffix(_INFO).partition("-")
                found.setdefault(normalise(bare), Distribution(normalise(bare), version, f"{place}/{name}"))
    return found


@cache
def _own_plugins(search_path: tuple[str, ...]) -> Mapping[tuple[str, str], Plugin]:
    """Those of digest itself, by kind and name."""
    name = f"{OURS.replace('-', '_')}-{__version__}{_INFO}"
    for place in search_path:
        if found := tuple(_read_points(Distribution(OURS, __version__, f"{place}/{name}"))):
            return {(plugin.kind, plugin.name): plugin for plugin in found}
    return {}


@cache
def _list_plugins(search_path: tuple[str, ...]) -> tuple[Plugin, ...]:
    others = [
        plugin
        for distribution in _list_distributions(search_path).values()
        if distribution.name != OURS
        for plugin in _read_points(distribution)
    ]
    return (*sorted(_own_plugins(search_path).values(), key=_order), *sorted(others, key=_order))


def _order(plugin: Plugin) -> tuple[int, str, str]:
    return PLUGIN_KINDS.index(plugin.kind), plugin.name, plugin.distribution


def _read_points(distribution: Distribution) -> Iterator[Plugin]:
    """The entry points of a distribution that are for digest."""
    try:
        text = Path(distribution.folder, "entry_points.txt").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return
    kind = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            group = line.strip("[] ")
            kind = group.removeprefix("digest.") if group.startswith("digest.") else ""
        elif kind in PLUGIN_KINDS and "=" in line and line[0] not in "#;":
            name, _, target = line.partition("=")
            yield Plugin(kind, name.strip(), "".join(target.partition("[")[0].split()), *distribution)
