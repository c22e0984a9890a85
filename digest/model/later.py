"""Faces of rooms of which some names are loaded when somebody first asks for them: a build needs half of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module


def load_later(face: str, places: Mapping[str, str]) -> Callable[[str], object]:
    """The `__getattr__` of a face (PEP 562): it finds each of these names in the module of the room that has it."""

    def find(name: str) -> object:
        if name not in places:
            raise AttributeError(f"module {face!r} has no attribute {name!r}")
        return getattr(import_module(f"{face}.{places[name]}"), name)

    return find
