"""Values that are made when somebody asks for them, since most builds ask for few."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Final, Generic, TypeVar

from digest.model import Entry

Key = TypeVar("Key")
Value = TypeVar("Value")
_MOST: Final = 20_000  # values that are kept: a site may have more entries than there is memory for


class Lazily(Mapping[str, Value]):
    """A value for each of some entries, which are by key; the last that were asked for are kept."""

    def __init__(self, entries: Mapping[str, Entry], make: Callable[[Entry], Value], most: int = _MOST) -> None:
        """`make` must be pure."""
        self._entries = entries
        self._value_of = lru_cache(maxsize=most)(lambda key: make(entries[key]))

    def __getitem__(self, key: str) -> Value:
        """The value of an entry."""
        return self._value_of(key)

    def __iter__(self) -> Iterator[str]:
        """The keys of the entries, in their order."""
        return iter(self._entries)

    def __len__(self) -> int:
        """How many entries there are."""
        return len(self._entries)


class Postponed(Mapping[Key, Value]):
    """A mapping that is worked out when somebody first looks into it."""

    def __init__(self, make: Callable[[], Mapping[Key, Value]]) -> None:
        """`make` must be pure."""
        self._make = make

    @cached_property
    def _found(self) -> Mapping[Key, Value]:
        return self._make()

    def __getitem__(self, key: Key) -> Value:
        """As the mapping has it."""
        return self._found[key]

    def __iter__(self) -> Iterator[Key]:
        """As the mapping has them."""
        return iter(self._found)

    def __len__(self) -> int:
        """As many as the mapping has."""
        return len(self._found)


class Once(Generic[Value]):
    """What gives a value that is worked out when somebody first asks for it, and kept."""

    __slots__ = ("_found", "_make")

    def __init__(self, make: Callable[[], Value]) -> None:
        """`make` must be pure."""
        self._make: Callable[[], Value] | None = make

    def __call__(self) -> Value:
        """The value."""
        if self._make:
            self._found: Value = self._make()
            self._make = None
        return self._found


class Lookup(dict[Key, Value]):
    """A value for every key there can be, worked out when somebody first asks for it, and kept."""

    def __init__(self, make: Callable[[Key], Value]) -> None:
        """`make` must be pure."""
        super().__init__()
        self._make = make

    def __missing__(self, key: Key) -> Value:
        """The value of a key that nobody asked for yet."""
        value = self[key] = self._make(key)
        return value
