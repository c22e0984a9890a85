"""Faces of rooms of which parts are loaded when somebody first asks for them: a build needs half of them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from threading import RLock
from types import ModuleType


def load_later(face: str, places: Mapping[str, str]) -> Callable[[str], object]:
    """The `__getattr__` of a face (PEP 562): it finds each of these names in the module of the room that has it."""

    def find(name: str) -> object:
        if name not in places:
            raise AttributeError(f"module {face!r} has no attribute {name!r}")
        value = getattr(import_module(f"{face}.{places[name]}"), name)
        setattr(sys.modules[face], name, value)
        return value

    return find


def read_later(room: str) -> Callable[[str], ModuleType]:
    """The `__getattr__` of a room without a face: `from room import module` gives the module before it is executed."""

    def find(name: str) -> ModuleType:
        full = f"{room}.{name}"
        if full not in sys.modules:
            spec = find_spec(full)
            if spec is None:
                raise AttributeError(f"module {room!r} has no attribute {name!r}")
            module = module_from_spec(spec)
            module.__class__ = _Unread
            spec.loader_state = RLock()
            sys.modules.setdefault(full, module)
        return sys.modules[full]

    return find


class _Unread(ModuleType):
    """A module that is executed when something of it is asked for.

    It is `importlib.util.LazyLoader`, for threads as well: their locks make no circle, since imports make none.
    """

    def __getattr__(self, name: str) -> object:
        spec = self.__spec__
        if spec and spec.loader:
            with spec.loader_state:
                if "__builtins__" not in self.__dict__:  # nobody has begun
                    spec.loader.exec_module(self)
                    self.__class__ = ModuleType  # type: ignore[assignment]  # no more calls come here
        return ModuleType.__getattribute__(self, name)
