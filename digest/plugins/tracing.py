"""What tells the code of a plugin from any other, and where it lies: for what is remembered between builds."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from digest.model import Plugin
from digest.plugins.finding import OURS, Distribution, list_distributions, normalise


@cache
def tell_origin(plugin: Plugin) -> str:
    """What is the same for the same code: distribution, version, contents, and versions of all that it needs.

    Contents, since a checkout that is installed changes without its version, and so does what comes from a folder.
    """
    from hashlib import blake2b  # noqa: PLC0415 - heavy: for sites with plugins

    hasher = blake2b(digest_size=16)
    for place in _places_of_code(plugin.target):
        for path in sorted(_list_code(place)):
            data = path.read_bytes()
            hasher.update(f"{path.relative_to(place.parent).as_posix()}\0{len(data)}\0".encode() + data)
    needs = [f"{each.name} {each.version}" for each in _needs_of(plugin)]
    return ", ".join([f"{plugin.distribution} {plugin.version} {hasher.hexdigest()}", *needs])


def find_culprit(plugins: Iterable[Plugin], error: BaseException) -> Plugin | None:
    """Whose code an exception went through at last."""
    places = [(plugin, _places_of_code(plugin.target)) for plugin in plugins]
    culprit, trace = None, error.__traceback__
    while trace:
        file = Path(trace.tb_frame.f_code.co_filename)
        culprit = next((plugin for plugin, own in places if any(map(file.is_relative_to, own))), culprit)
        trace = trace.tb_next
    return culprit


def list_places(plugins: Iterable[Plugin]) -> tuple[str, ...]:
    """Files and folders whose looks tell whether any of these plugins has changed; none for our own."""
    places: dict[str, None] = {}
    for plugin in plugins:
        if plugin.distribution != OURS:
            code = map(str, _places_of_code(plugin.target))
            places |= dict.fromkeys((plugin.folder, *code, *(each.folder for each in _needs_of(plugin))))
    return tuple(sorted(places))


def _places_of_code(target: str) -> tuple[Path, ...]:
    """The package or module that a plugin lies in, as high up as it is its own."""
    from importlib.util import find_spec  # noqa: PLC0415 - heavy: for sites with plugins

    parts = target.partition(":")[0].split(".")
    for end in range(1, len(parts) + 1):
        try:
            spec = find_spec(".".join(parts[:end]))
        except Exception:  # whatever it is, loading the plugin will say it
            return ()
        if spec is None:
            return ()
        if spec.origin and spec.has_location:  # a package of many owners has none
            file = Path(spec.origin)
            return (file.parent if spec.submodule_search_locations else file,)
    return ()


def _list_code(place: Path) -> Iterator[Path]:
    """The files of a package; what Python makes of them is none."""
    if place.is_file():
        yield place
    for folder, folders, names in os.walk(place):
        folders[:] = [name for name in folders if name != "__pycache__"]
        yield from (path for name in names if (path := Path(folder, name)).is_file())


@cache
def _needs_of(plugin: Plugin) -> tuple[Distribution, ...]:
    """The distributions that one needs, those that they need, and so on: as far as they are installed."""
    installed = list_distributions()
    found: dict[str, Distribution] = {}
    todo = [plugin.folder]
    while todo:
        for name in _read_needs(todo.pop()):
            if name in installed and name not in found and name not in {OURS, plugin.distribution}:
                found[name] = installed[name]
                todo.append(installed[name].folder)
    return tuple(found[name] for name in sorted(found))


def _read_needs(folder: str) -> Iterator[str]:
    """The names of what a distribution needs, for extras as well."""
    try:
        head = Path(folder, "METADATA").read_text(encoding="utf-8").partition("\n\n")[0]
    except (OSError, UnicodeDecodeError):
        return
    for found in re.finditer(r"^Requires-Dist: *([\w.-]+)", head, re.MULTILINE):
        yield normalise(found[1])
