"""Regular expressions that are compiled when they are first used: a build needs a few dozen of six hundred."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import AnyStr, Final, cast

_METHODS: Final = ("match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer")


def lazily(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As `re.compile`, for constants of a module; what is wrong with it shows when it is used."""
    return cast("re.Pattern[AnyStr]", _Lazy(partial(re.compile, text, flags)))


class _Lazy:
    """Finds the methods of the compiled pattern as its own once there is one."""

    def __init__(self, make: Callable[[], object]) -> None:
        self._make = make

    def __getattr__(self, name: str) -> object:
        compiled = self._make()
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)
