"""Several tables as bytes, each column apart: whoever asks for few columns reads those, and passes over the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import Any

from digest.caching.codec import Codec
from digest.caching.tables import Column, Table, read_column, type_of_tuple
from digest.model import NamedTuple


class Sheet(NamedTuple):
    """A table as it was read, its columns still as bytes.

    Whoever reads them may come upon a DamagedCache.
    """

    table: Table[Any]
    columns: Sequence[memoryview]
    rows: int

    def fields(self) -> list[Sequence[Any]]:
        """The values of each field."""
        return self.table.read_columns(self._decode(slice(None)), self.rows)

    def field(self, name: str) -> Sequence[Any]:
        """The values of one field."""
        return self.table.read_field(name, self._decode(self.table.spans[name]), self.rows)

    def parts(self, name: str) -> list[Sequence[Any]]:
        """The columns of one field whose values have fields of their own, and nothing but plain ones."""
        return [read_column(column, self.rows) for column in self._decode(self.table.spans[name])]

    def values(self) -> list[Any]:
        """The rows."""
        return self.table.read(self._decode(slice(None)), self.rows)

    def _decode(self, span: slice) -> Iterator[Column]:
        """Some of the columns, each when it is asked for."""
        return (
            _codec_of(kind).decode(column)
            for kind, column in zip(self.table.types[span], self.columns[span], strict=True)
        )


class SheetCoder:
    """Several tables as bytes, and back."""

    def __init__(self, *kinds: type, left_out: Collection[str] = ()) -> None:
        self._tables: list[Table[Any]] = [Table(kind, left_out) for kind in kinds]
        self._codec: Codec[Sequence[Any]] = Codec(
            type_of_tuple(*(type_of_tuple(int, *([memoryview] * len(table.types))) for table in self._tables))
        )

    def encode(self, *parts: list[Any]) -> bytes:
        """The rows of each table, in order."""
        return self._codec.encode(
            [
                (
                    len(rows),
                    *(
                        _codec_of(kind).encode(column)
                        for kind, column in zip(table.types, table.write(rows), strict=True)
                    ),
                )
                for table, rows in zip(self._tables, parts, strict=True)
            ]
        )

    def decode(self, data: bytes | memoryview) -> list[Sheet]:
        """The rows of each table.

        Raises:
            DamagedCache: there is something else.
        """
        parts = self._codec.decode(data)
        return [Sheet(table, columns, count) for table, (count, *columns) in zip(self._tables, parts, strict=True)]


@cache
def _codec_of(kind: Any) -> Codec[Column]:  # noqa: ANN401 - a type, or what stands for one
    """What codes columns of a type: many are of one."""
    return Codec(kind)
