"""The fields of one record, taken one by one; what nobody takes is told as noise, so that nothing is lost unseen."""

from __future__ import annotations

from collections.abc import Iterator
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
    _places: dict[str, list[int]] = field(default_factory=dict)
    _taken: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Note where each name stands: a record is asked for more names than it has fields."""
        for place, found in enumerate(self.fields):
            self._places.setdefault(found.name, []).append(place)

    def take(self, *names: str) -> str:
        """The value of the first of these names that has one, blanks at its ends removed; else nothing.

        Other fields of these names that say the very same are taken with it.
        """
        value = self.peek(*names)
        if value:
            for name in names:
                for place in self._places.get(name, ()):
                    if self.fields[place].value.strip() in {"", value}:
                        self._taken.add(place)
        return value

    def take_all(self, *names: str) -> tuple[str, ...]:
        """Every value of these names that says something, in the order of the record."""
        places = self._named(names)
        self._taken.update(places)
        return tuple(value for place in places if (value := self.fields[place].value.strip()))

    def peek(self, *names: str) -> str:
        """Like `take`, and leaves the field."""
        for name in names:
            for place in self._places.get(name, ()):
                if value := self.fields[place].value.strip():
                    return value
        return ""

    def drop(self, *names: str) -> None:
        """Leave out fields that say nothing about the paper, such as when the record was downloaded."""
        self._taken.update(self._named(names))

    def line_of(self, *names: str) -> int:
        """The line of the first field of these names; that of the record where there is none."""
        for name in names:
            for place in self._places.get(name, ()):
                return self.fields[place].line
        return self.fields[0].line if self.fields else 1

    def rest(self) -> list[Field]:
        """The fields that nobody took and that say something."""
        return [found for place, found in enumerate(self.fields) if place not in self._taken and found.value.strip()]

    def noise(self) -> Iterator[Noise]:
        """What nobody took, a piece a field."""
        for found in self.rest():
            yield Noise(Span(self.path, found.line), f"{found.name}: {found.value.strip()}")

    def _named(self, names: tuple[str, ...]) -> list[int]:
        places = [place for name in dict.fromkeys(names) for place in self._places.get(name, ())]
        return sorted(places) if len(names) > 1 else places
