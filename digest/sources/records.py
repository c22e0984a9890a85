"""The fields of one record, taken one by one; what nobody takes is told as noise, so that nothing is lost unseen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from digest.model import Noise, Span


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record, with its place in the document; `value` is decoded text."""

    name: str
    value: str
    line: int = 1


@dataclass(slots=True)
class Record:
    """The fields of one record in the order of the document; a name may come more than once."""

    path: str
    fields: list[Field]
    _taken: set[int] = field(default_factory=set)

    def take(self, *names: str) -> str:
        """The value of the first of these names that has one, blanks at its ends removed; else nothing.

        Other fields of these names that say the very same are taken with it.
        """
        chosen = next((found for name in names for found in self._named(name) if found[1].value.strip()), None)
        if chosen is None:
            return ""
        value = chosen[1].value.strip()
        for name in names:
            self._taken |= {place for place, found in self._named(name) if found.value.strip() in {"", value}}
        return value

    def take_all(self, *names: str) -> tuple[str, ...]:
        """Every value of these names that says something, in the order of the record."""
        chosen = [(place, found) for place, found in enumerate(self.fields) if found.name in names]
        self._taken |= {place for place, _ in chosen}
        return tuple(value for _, found in chosen if (value := found.value.strip()))

    def peek(self, *names: str) -> str:
        """Like `take`, and leaves the field."""
        return next(
            (found.value.strip() for name in names for _, found in self._named(name) if found.value.strip()), ""
        )

    def drop(self, *names: str) -> None:
        """Leave out fields that say nothing about the paper, such as when the record was downloaded."""
        self._taken |= {place for place, found in enumerate(self.fields) if found.name in names}

    def line_of(self, *names: str) -> int:
        """The line of the first field of these names; that of the record where there is none."""
        lines = (found.line for name in names for _, found in self._named(name))
        return next(lines, self.fields[0].line if self.fields else 1)

    def rest(self) -> Iterable[Field]:
        """The fields that nobody took and that say something."""
        return [found for place, found in enumerate(self.fields) if place not in self._taken and found.value.strip()]

    def noise(self) -> Iterator[Noise]:
        """What nobody took, a piece a field."""
        for found in self.rest():
            yield Noise(Span(self.path, found.line), f"{found.name}: {found.value.strip()}")

    def _named(self, name: str) -> Iterator[tuple[int, Field]]:
        return ((place, found) for place, found in enumerate(self.fields) if found.name == name)
