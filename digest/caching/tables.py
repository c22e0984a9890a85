"""Many values of one frozen type as columns: a third of the time that reading them one by one takes.

A column whose values are all the same is written once, one with few different values by their numbers: values that are
equal become one and the same again, which is most of what a large site would otherwise take of the memory.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import repeat
from operator import attrgetter
from typing import Any, Final, Generic, TypeVar

from digest.caching.damage import DamagedCache
from digest.model import annotations_of

Value = TypeVar("Value")
# A column as it is written: values, all or the different ones, and the numbers of the latter. The decoder checks the
# values against the types of the fields; here they are of any type.
Column = tuple[Sequence[Any], Sequence[int] | None]
MOST: Final = 1 << 24  # rows of a table: one value may stand for so many
_SAMPLE: Final = 64
_FEW: Final = 16
_MOMENT: Final = datetime | None


class Table(Generic[Value]):
    """How values of one dataclass or named tuple, and the values of such types in their fields, are written.

    `spans` tells which columns are those of each field.
    Of the texts in the fields that are `left_out` nothing is written: they come back empty.
    """

    def __init__(self, kind: type[Value], left_out: Collection[str] = ()) -> None:
        self._kind = kind
        self._record = annotations_of(kind) is not None
        hints = _list_types(kind)
        names = list(hints)
        self._get = attrgetter(*names)
        self._set: list[Callable[[Value, Any], None]] = [getattr(kind, name).__set__ for name in names if self._record]
        self._parts: list[Table[Any] | None] = [
            Table(hint) if hasattr(hint, "_fields") or (isinstance(hint, type) and annotations_of(hint)) else None
            for hint in hints.values()
        ]
        self._moments = [hints[name] == _MOMENT for name in names]
        self._left_out = [name in left_out for name in names]
        # The types of its columns, for the decoder, in the order of `write`.
        self.types: tuple[Any, ...] = ()
        self.spans: dict[str, slice] = {}
        for name, part in zip(names, self._parts, strict=True):
            start = len(self.types)
            self.types += part.types if part else (_column_type(hints[name]),)
            self.spans[name] = slice(start, len(self.types))

    def write(self, values: Sequence[Value]) -> list[Column]:
        """The columns of these values."""
        rows = map(self._get, values) if self._record else values
        columns = list(zip(*rows, strict=True)) if values else [()] * len(self._parts)
        written: list[Column] = []
        for column, part, moments, left_out in zip(columns, self._parts, self._moments, self._left_out, strict=True):
            if left_out:
                written.append((("",), None))
            elif part:
                written += part.write(column)
            elif moments:
                # As text, for MessagePack forgets the offset.
                written.append(write_column([moment and moment.isoformat() for moment in column]))
            else:
                written.append(write_column(column))
        return written

    def read_columns(self, written: Iterable[Column], count: int) -> list[Sequence[Any]]:
        """The values of each field, of so many values.

        Raises:
            DamagedCache: they are not told.
        """
        given = iter(written)
        return [self._read_field(number, given, count) for number in range(len(self._parts))]

    def read_field(self, name: str, written: Iterable[Column], count: int) -> Sequence[Any]:
        """The values of one field, of so many values; its columns are the next of those that are `written`.

        Raises:
            DamagedCache: they are not told.
        """
        return self._read_field(list(self.spans).index(name), iter(written), count)

    def _read_field(self, number: int, given: Iterator[Column], count: int) -> Sequence[Any]:
        part = self._parts[number]
        if part:
            return part.read(given, count)
        column = read_column(next(given), count)
        return [moment and _moment(moment) for moment in column] if self._moments[number] else column

    def read(self, written: Iterable[Column], count: int) -> list[Value]:
        """So many values.

        Raises:
            DamagedCache: they are not told.
        """
        read = self.read_columns(written, count)
        if not self._record:
            return make_tuples(self._kind, zip(*read, strict=True))
        if count and all(isinstance(column, _Same) for column in read):
            return _Same(self._kind(*(column[0] for column in read)), count)
        made = list(map(self._kind.__new__, repeat(self._kind, count)))
        for place, column in zip(self._set, read, strict=True):
            deque(map(place, made, column), maxlen=0)  # all at once: frozen values are slow to make otherwise
        return made


def _list_types(kind: type) -> dict[str, Any]:
    """The types of the fields, as `typing.get_type_hints` has them, which looks closer and takes far longer."""
    told = annotations_of(kind) or kind.__annotations__
    known = vars(sys.modules[kind.__module__])
    return {name: eval(text, known) for name, text in told.items()}  # noqa: S307 - what our own classes say


def make_tuples(kind: Callable[..., Value], rows: Iterable[tuple[Any, ...]]) -> list[Value]:
    """Named tuples of one kind, made without a call of Python for each."""
    return list(map(tuple.__new__, repeat(kind), rows))  # type: ignore[arg-type]  # a type, which mypy cannot be told


def type_of_tuple(*kinds: Any) -> Any:  # noqa: ANN401 - types, or what stands for some
    """`tuple[…]` of types that are known when it runs."""
    return tuple.__class_getitem__(kinds)


def _column_type(hint: Any) -> Any:  # noqa: ANN401 - a type, or what stands for one
    """The type of a column of a field, as a decoder wants it."""
    values = type_of_tuple(str | None if hint == _MOMENT else hint, ...)
    return type_of_tuple(values, tuple[int, ...] | None)


def write_column(column: Sequence[Any]) -> Column:
    """A column, short where it can be."""
    if len(set(column[:_SAMPLE])) <= _FEW:
        different = dict.fromkeys(column)
        if len(different) == 1:
            return tuple(different), None
        if len(different) <= len(column) // 4:
            numbers = {value: number for number, value in enumerate(different)}
            return tuple(different), list(map(numbers.__getitem__, column))
    return column, None


def read_column(column: Column, count: int) -> Sequence[Any]:
    """So many values; the checks here are those that a decoder cannot make."""
    values, places = column
    try:
        read = [values[place] for place in places] if places is not None else values
    except IndexError as error:
        raise DamagedCache("a value that there is not") from error
    if not 0 <= count <= MOST:
        raise DamagedCache("a table of no such length")
    if len(read) == 1:
        return _Same(read[0], count)
    if len(read) != count:
        raise DamagedCache("columns of different lengths")
    return read


class _Same(list[Any]):
    """A column of one value."""

    def __init__(self, value: Any, count: int) -> None:  # noqa: ANN401 - of any column
        super().__init__(repeat(value, count))


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise DamagedCache("a time that is none") from error
