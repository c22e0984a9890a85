"""The fields of one record of JSON, taken one by one; what nobody takes is told as noise."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from digest.formats import characters, json_records
from digest.model import Document, Found, Noise, PartialDate, Problem, Span

# Deeper than any service nests.
_DEEPEST: Final = 30


@dataclass(slots=True)
class JsonFields:
    """An object of a document and the line that its record starts on."""

    path: str
    line: int
    value: json_records.JsonObject
    _taken: set[str] = field(default_factory=set)

    def take(self, *keys: str) -> str:
        """The text of the first of these fields that says something; a number is text as well."""
        for key in keys:
            if text := text_of(self.value.get(key)):
                self._taken.add(key)
                return text
        return ""

    def take_list(self, *keys: str) -> list[str]:
        """The texts of a list, or the one text that stands in its place."""
        for key in keys:
            value = self.value.get(key)
            told = [text_of(part) for part in value] if isinstance(value, list) else [text_of(value)]
            if any(told):
                self._taken.add(key)
                return [text for text in told if text]
        return []

    def take_within(self, key: str) -> JsonFields:
        """The fields of an object within; none where there is no such object."""
        value = self.value.get(key)
        self._taken.add(key)
        return JsonFields(self.path, self.line, value if isinstance(value, dict) else {})

    def take_objects(self, key: str) -> list[JsonFields]:
        """The objects of a list."""
        value = self.value.get(key)
        self._taken.add(key)
        return (
            [JsonFields(self.path, self.line, part) for part in value if isinstance(part, dict)]
            if isinstance(value, list)
            else []
        )

    def drop(self, *keys: str) -> None:
        """Leave out what says nothing of the paper."""
        self._taken.update(keys)

    def noise(self) -> Iterator[Noise]:
        """What nobody took."""
        for key, value in self.value.items():
            if key not in self._taken and (text := "; ".join(_texts(value, _DEEPEST))):
                yield Noise(Span(self.path, self.line), f"{key}: {text}")


def text_of(value: json_records.Json) -> str:
    """A text or a number as text, with nothing in it that no page may hold."""
    if isinstance(value, str):
        return characters.drop_forbidden(value).strip()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return ""


def read_each(
    document: Document,
    keys: Collection[str],
    read: Callable[[str, json_records.JsonRecord], Iterator[Found]],
    nothing: str = "",
) -> Iterator[Found]:
    """What is found in each record of the list under one of `keys`; a note says that there is `nothing`."""
    empty = True
    for record in json_records.read_records(document.text, keys):
        empty = False
        if isinstance(record, json_records.JsonFault):
            yield _told_fault(document.name, record)
        else:
            yield from read(document.name, record)
    if nothing and empty:
        yield Problem("note", "DG301", nothing, Span(document.name))


def _told_fault(path: str, fault: json_records.JsonFault) -> Problem:
    """A record that cannot be read as a problem."""
    hint = "mend the record, or fetch the document again"
    return Problem("error", "DG308", fault.message, Span(path, fault.line, fault.column), hint)


def lost_record(path: str, line: int, message: str) -> Problem:
    """A record that is JSON and yet none of its format."""
    return Problem("error", "DG308", message, Span(path, line), "leave the record out")


def day_of(milliseconds: str) -> PartialDate | None:
    """The day, in UTC, of an instant in milliseconds since 1970."""
    try:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=float(milliseconds))
    except (ValueError, OverflowError):
        return None
    return PartialDate(moment.year, moment.month, moment.day)


def _texts(value: json_records.Json, left: int) -> Iterator[str]:
    """Every text within a value."""
    if text := text_of(value):
        yield " ".join(text.split())
    elif left and isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part, left - 1)
