"""The records of a JSON document one by one: a list of objects, alone or under a key, or an object a line (RFC 8259).

Each record is decoded alone, so that a broken one, or the end of a file that was cut, costs only itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from digest.formats.patterns import lazily

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
JsonObject = dict[str, Json]


@dataclass(frozen=True, slots=True)
class JsonRecord:
    """An object of the document, which starts on that line."""

    value: JsonObject
    line: int


@dataclass(frozen=True, slots=True)
class JsonFault:
    """A record, or a piece of the document, that cannot be read, and the place in it that is wrong."""

    line: int
    column: int
    message: str


_DECODER: Final = json.JSONDecoder(strict=False)  # a bare tab or line end in a text does no harm
_BLANK: Final = lazily(r"[\s,\ufeff]*")
_TOKEN: Final = lazily(r'"(?:[^"\\\n]|\\.)*+(?P<closer>"?)|[{}\[\]]')
_BRACKET: Final = lazily(r"[{}\[\]]")
_FOLLOWED: Final = lazily(r"\s*(?:,\s*[{\[\"0-9]|\]|\Z)")
_START: Final = lazily(r"[,\n][^\S\n]*(?=\{\s*\")")
_CLOSERS: Final = {"{": "}", "[": "]"}
# So many places are tried to find the next record behind a broken one.
_TRIES: Final = 2000
# So often the end of the document is reached in search of the brackets that close a broken record.
_PATIENCE: Final = 20


def read_records(text: str, keys: Collection[str] = ()) -> Iterator[JsonRecord | JsonFault]:
    """Every object of the list of records, which is the document or stands under one of `keys` of the object it is.

    Where what stands under such a key is an object, the list is looked for in that one.

    An object without such a list is a record itself; objects may also follow one another (JSON Lines).
    """
    yield from _Reader(text, frozenset(keys)).records()


class _Reader:
    def __init__(self, text: str, keys: frozenset[str]) -> None:
        self._text = text
        self._keys = keys
        self._place = 0
        self._line, self._line_start, self._counted = 1, 0, 0
        self._depth = 0
        self._cut = False  # the last record was never ended
        self._patience = _PATIENCE
        self._known: frozenset[str] = frozenset()  # the names of the fields of the last good record

    def records(self) -> Iterator[JsonRecord | JsonFault]:
        """What the document holds."""
        while self._next():
            if self._sign == "[":
                self._place += 1
                yield from self._list()
            elif self._sign == "{" and (inside := self._find_list()):
                self._place = inside
                yield from self._list()
                self._leave()
            else:
                yield from self._record(in_list=False)

    @property
    def _sign(self) -> str:
        return self._text[self._place : self._place + 1]

    def _next(self) -> bool:
        """Go to the next sign that is no blank and no comma, if there is one."""
        blank = _BLANK.match(self._text, self._place)
        self._place = blank.end() if blank else self._place
        return self._place < len(self._text)

    def _list(self) -> Iterator[JsonRecord | JsonFault]:
        """The records of the list that was entered."""
        while self._next():
            if self._sign == "]":
                self._place += 1
                return
            yield from self._record(in_list=True)
        if not self._cut:
            yield self._fault(len(self._text), "the file ends within the list of records")

    def _record(self, *, in_list: bool) -> Iterator[JsonRecord | JsonFault]:
        """The record at the place; behind a broken one reading goes on where the next one starts."""
        start = self._place
        try:
            value, self._place = _DECODER.raw_decode(self._text, start)
        except json.JSONDecodeError as error:
            wrong, reason = error.pos, f"not well-formed JSON: {error.msg}"
        except (ValueError, RecursionError):
            wrong, reason = start, "a number or a nesting beyond all measure"
        else:
            if isinstance(value, dict):
                self._known = frozenset(value)
                yield JsonRecord(value, self._at(start)[0])
            else:
                yield self._fault(start, "not a record: no object")
            return
        self._at(start)
        resumed = self._resume(start, wrong, in_list=in_list)
        if resumed is None:
            self._place, self._cut = len(self._text), True
            cut = not self._text[wrong:].strip() or "Unterminated" in reason
            yield self._fault(wrong, f"the file ends within a record: {reason}" if cut else reason)
            return
        self._place = resumed
        yield self._fault(min(wrong, resumed - 1), reason)

    def _find_list(self) -> int | None:
        """The place behind the bracket that opens the list of records of the object at the place, if it has one.

        `self._depth` then tells in how many objects the list stands.
        """
        place = self._place + 1
        self._depth = 1
        try:
            while True:
                place = self._behind_blank(place)
                if self._text[place : place + 1] != '"':
                    return None
                key, place = _DECODER.raw_decode(self._text, place)
                place = self._behind_blank(place)
                if self._text[place : place + 1] != ":":
                    return None
                place = self._behind_blank(place + 1)
                sign = self._text[place : place + 1]
                if key in self._keys and sign == "[":
                    return place + 1
                if key in self._keys and sign == "{":
                    place += 1
                    self._depth += 1
                    continue
                _, place = _DECODER.raw_decode(self._text, place)
        except (ValueError, RecursionError):
            return None

    def _tokens(self, place: int) -> Iterator[re.Match[str]]:
        """Brackets and texts from a place on; a quote that nothing closes on its line counts for nothing."""
        while token := _TOKEN.search(self._text, place):
            place = token.end()
            if token["closer"] == "":
                # Quotes behind it are escaped, and nothing closes them either.
                yield from _BRACKET.finditer(self._text, token.start(), place)
            else:
                yield token

    def _leave(self) -> None:
        """Go behind the object whose list was read."""
        depth = self._depth
        for token in self._tokens(self._place):
            depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(token[0], 0)
            if not depth:
                self._place = token.end()
                return
        self._place = len(self._text)

    def _behind_blank(self, place: int) -> int:
        blank = _BLANK.match(self._text, place)
        return blank.end() if blank else place

    def _resume(self, start: int, wrong: int, *, in_list: bool) -> int | None:
        """Where to go on behind the broken record at `start`: where its brackets close, else at one like it."""
        opened: list[str] = []
        tokens = self._tokens(start) if self._patience else iter(())
        for token in tokens:
            if token[0] in _CLOSERS:
                opened.append(_CLOSERS[token[0]])
            elif token[0][0] != '"' and (not opened or opened.pop() != token[0]):
                break
            if not opened and token.end() > wrong:
                if not in_list or _FOLLOWED.match(self._text, token.end()):
                    return token.end()
                break
        else:
            self._patience = max(0, self._patience - 1)
        # A text that nothing ends may reach into the next record: what is known of records tells that from a part.
        likely = start + 1 if self._known or not in_list else max(start + 1, wrong - 1)
        for _, found in zip(range(_TRIES), _START.finditer(self._text, likely), strict=False):
            try:
                value, _ = _DECODER.raw_decode(self._text, found.end())
            except (ValueError, RecursionError):
                continue
            if isinstance(value, dict) and 2 * len(self._known & value.keys()) >= max(len(self._known), 1):
                return found.end()
        return None

    def _fault(self, place: int, message: str) -> JsonFault:
        return JsonFault(*self._at(place), message)

    def _at(self, place: int) -> tuple[int, int]:
        """The line and column of a place; of one before the last that was asked for, too."""
        if place < self._counted:
            self._line -= self._text.count("\n", place, self._counted)
            self._line_start = self._text.rfind("\n", 0, place) + 1
        elif lines := self._text.count("\n", self._counted, place):
            self._line += lines
            self._line_start = self._text.rfind("\n", self._counted, place) + 1
        self._counted = place
        return self._line, place - self._line_start + 1
