"""What stands in several documents, before it is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Piece(Generic[Value]):
    """A part of documents: whoever has written one of the same `mark` needs not make it again. No mark says nothing.

    It equals what makes the same.
    """

    __slots__ = ("make", "mark")
    __hash__ = None  # type: ignore[assignment] # as of any value that is compared by what it would have to make

    def __init__(self, mark: bytes, make: Callable[[], Value]) -> None:
        """`make` must be pure."""
        self.mark = mark
        self.make = make

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Piece) and self.make() == other.make()

    def __repr__(self) -> str:
        return repr(self.make())
