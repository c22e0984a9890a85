r"""BibTeX and BibLaTeX as real files are: entries one by one, values with their braces still in them.

What BibTeX forgives is forgiven, and what only people forgive as well: missing commas and keys, the same key or field
twice, names of fields with blanks, text between entries. An entry that is not closed is a fault; the next `@type{` at
the start of a line is an entry again. No library that was tried keeps all that (http://www.bibtex.org/Format/).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from digest.formats.patterns import lazily

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_AT_LINE: Final = lazily(r"\s*@\s*(?:[A-Za-z][\w-]*\s*[{(]|[A-Za-z]*\s*$)")
_ENTRY: Final = lazily(r"@\s*(?:%[^\n]{0,200}\n\s*)?(?P<type>[A-Za-z][\w-]*)\s*(?:%[^\n]{0,200}\n\s*)?(?P<open>[{(])")
_KEY: Final = lazily(r"\s*(?P<key>(?:[^,=\s{}\"]+[^\S\n]*)*+)(?:(?P<comma>,)|(?=[})\n])|$)")
_FIELD: Final = lazily(r"[\s,]*+(?P<name>(?:[^\s,=#{}()\"%]+[^\S\n]*)++)\s*=\s*")
# Most fields: one group, without a brace in it, and nothing to be joined to it.
_PLAIN_FIELD: Final = lazily(r"[\s,]*(?P<name>[A-Za-z][\w-]*)\s*=\s*\{(?P<value>[^{}]*)\}(?=\s*[,}])")
_COMMENT: Final = lazily(r"[\s,]*%[^\n]*(?:\n|$)")
_BARE: Final = lazily(r"[^\s,{}#\"()=]+")
_COMMENTED: Final = lazily(r"[ \t]*%")
_JOIN: Final = lazily(r"\s*#\s*")
_BRACE: Final = re.compile(r"[{}]")
_UNESCAPED_BRACE: Final = re.compile(r"(?<!\\)[{}]")
_QUOTE_OR_BRACE: Final = lazily(r"[{}\"]")
_ODD: Final = lazily(r"\([^(){}\n]*\)|\"[^\"]*\"|[^,{}()\n]+|.", re.DOTALL)
_LATE_FIELD: Final = lazily(r"[\s,]*[A-Za-z][\w-]*\s*=\s*[{\"\d]")
_BLANKS: Final = lazily(r"[\s,]*")
_MISSING_CLOSE: Final = "the entry is not closed"


@dataclass(frozen=True, slots=True)
class BibField:
    """A field of an entry: its name in lower case, its value as TeX, its line."""

    name: str
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class BibEntry:
    """An entry: its type in lower case, its key (empty where it has none), its fields in order."""

    type: str
    key: str
    fields: tuple[BibField, ...]
    line: int

    def value(self, *names: str) -> str:
        """The value of the first of these names that has one."""
        return next((found.value for name in names for found in self.fields if found.name == name), "")


@dataclass(frozen=True, slots=True)
class BibText:
    """Text that is no entry: comments, preambles, words between entries."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class BibFault:
    """What is wrong at a place; `lost` where an entry could not be read because of it."""

    message: str
    line: int
    column: int
    lost: bool


BibThing = BibEntry | BibText | BibFault


def read_bibtex(lines: Iterable[str]) -> Iterator[BibThing]:
    """Everything in a file, in order; what `@string` defines is put in its places."""
    strings: dict[str, str] = {month: month for month in MONTHS}
    for line, text in _chunks(lines):
        yield from _Chunk(text, line, strings).read()


def _chunks(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """(line, text) of the stretches that start with an entry at the start of a line."""
    start, gathered = 1, list[str]()
    for number, line in enumerate(lines, start=1):
        if "@" in line and _AT_LINE.match(line) and gathered:
            yield start, "\n".join(gathered)
            start, gathered = number, []
        gathered.append(line)
    if gathered:
        yield start, "\n".join(gathered)


@dataclass(slots=True)
class _Chunk:
    """A stretch of a file, read from left to right; mostly one entry and the blank lines behind it."""

    text: str
    line: int
    strings: dict[str, str]
    place: int = 0
    braces: re.Pattern[str] = _BRACE
    _counted: tuple[int, int] = field(default=(0, 0))

    def read(self) -> Iterator[BibThing]:
        """The entries of the stretch and the text around them."""
        while found := self._next_entry():
            yield from self._stray(found.start())
            self.place = found.end()
            yield from self._read_block(found["type"].lower(), found["open"], found.start())
        yield from self._stray(len(self.text))

    def _next_entry(self) -> re.Match[str] | None:
        """The next entry that no `%` at the start of its line makes a comment."""
        place = self.place
        while found := _ENTRY.search(self.text, place):
            start = max(self.text.rfind("\n", place, found.start()) + 1, place)
            if not _COMMENTED.match(self.text, start, found.start()):
                return found
            end = self.text.find("\n", found.start())
            place = len(self.text) if end < 0 else end
        return None

    def _stray(self, end: int) -> Iterator[BibText | BibFault]:
        text = self.text[self.place : end].strip(" \t\n})")
        if text and text != ",":
            yield BibText(text, self._line_at(self.place))
            if self.place and _LATE_FIELD.match(text):
                yield self._fault(
                    "fields stand behind the end of their entry: a brace too many", self.place, lost=False
                )
        self.place = end

    def _read_block(self, kind: str, opener: str, start: int) -> Iterator[BibThing]:
        if kind in {"comment", "preamble"}:
            # BibTeX itself skips no more than the word `@comment`, so a comment that is not closed hurts nobody.
            end = self._group_end(self.place, opener)
            text = self.text[start : len(self.text) if end < 0 else end]
            yield BibText(text, self._line_at(start))
            self.place = start + len(text)
            return
        line = self._line_at(start)
        key = "" if kind == "string" else self._read_key()
        start_of_fields = self.place
        fields: list[BibField] = []
        fault = self._read_fields(fields)
        if fault and self.braces is _BRACE and "\\" in self.text:
            # For BibTeX an escaped brace is a brace; people who escape one alone mean it as a sign.
            self.braces, self.place, again = _UNESCAPED_BRACE, start_of_fields, list[BibField]()
            fault_again = self._read_fields(again)
            fields, fault = (again, fault_again) if fault_again is None else (fields, fault)
        if kind == "string":
            self.strings |= {found.name: found.value for found in fields}
            told = fault
        else:
            told = fault and BibFault(fault.message, fault.line, fault.column, lost=not fields or fault.lost)
            if told is None or not told.lost:
                yield BibEntry(kind, key, tuple(fields), line)
        if told:
            yield told
            self.place = len(self.text)

    def _read_key(self) -> str:
        found = _KEY.match(self.text, self.place)
        if not found:
            return ""
        if not found["comma"] and (other := _FIELD.match(self.text, self.place)) and other.start("name") >= 0:
            return ""  # a field comes at once
        self.place = found.end()
        return found["key"].rstrip()

    def _read_fields(self, fields: list[BibField]) -> BibFault | None:
        """Read up to the closing sign; what is wrong, if anything is."""
        while True:
            while plain := _PLAIN_FIELD.match(self.text, self.place):
                fields.append(BibField(plain["name"].lower(), plain["value"], self._line_at(plain.start("name"))))
                self.place = plain.end()
            self.place = _BLANKS.match(self.text, self.place).end()  # type: ignore[union-attr] # matches nothing as well
            if comment := _COMMENT.match(self.text, self.place):
                self.place = comment.end()
                continue
            if self.text.startswith(("}", ")"), self.place):
                self.place += 1
                return None
            if self.place >= len(self.text):
                return self._fault(_MISSING_CLOSE, self.place, lost=False)
            found = _FIELD.match(self.text, self.place)
            if not found:
                # Something that is no field: gone over as far as the next comma, line or brace.
                self._skip_oddity()
                continue
            line = self._line_at(found.start("name"))
            self.place = found.end()
            value = self._read_value()
            if value is None:
                return self._fault("a value is not closed", found.start("name"), lost=True)
            fields.append(BibField(" ".join(found["name"].lower().split()), value, line))

    def _skip_oddity(self) -> None:
        if self.text[self.place] == "{":
            end = self._group_end(self.place + 1, "{")
            self.place = end if end > 0 else len(self.text)
        elif odd := _ODD.match(self.text, self.place):
            self.place = odd.end()

    def _read_value(self) -> str | None:
        """The pieces of a value put together; none where a piece has no end."""
        pieces: list[str] = []
        while True:
            sign = self.text[self.place : self.place + 1]
            if sign == "{":
                end = self._group_end(self.place + 1, "{")
            elif sign == '"':
                end = self._quote_end(self.place + 1)
            elif bare := _BARE.match(self.text, self.place):
                word = bare[0]
                pieces.append(word if word.isdigit() else self.strings.get(word.lower(), word))
                self.place = bare.end()
                end = 0
            else:
                return "".join(pieces)
            if end < 0:
                return None
            if end:
                pieces.append(self.text[self.place + 1 : end - 1])
                self.place = end
            if not (join := _JOIN.match(self.text, self.place)):
                return "".join(pieces)
            self.place = join.end()

    def _group_end(self, start: int, opener: str) -> int:
        """The place behind the brace that closes a group, or -1."""
        depth = 1 if opener == "{" else 0
        for found in self.braces.finditer(self.text, start):
            depth += 1 if found[0] == "{" else -1
            if not depth:
                return found.end()
        if opener == "(" and (end := self.text.find(")", start)) >= 0:
            return end + 1
        return -1

    def _quote_end(self, start: int) -> int:
        """The place behind the quote that stands outside of braces, or -1."""
        depth = 0
        for found in _QUOTE_OR_BRACE.finditer(self.text, start):
            if found[0] == '"' and depth <= 0:
                return found.end()
            depth += {"{": 1, "}": -1}.get(found[0], 0)
        return -1

    def _line_at(self, place: int) -> int:
        """The line of a place; places come in order, so that no line is counted twice."""
        before, lines = self._counted
        if place < before:
            before, lines = 0, 0
        lines += self.text.count("\n", before, place)
        self._counted = (place, lines)
        return self.line + lines

    def _fault(self, message: str, place: int, *, lost: bool) -> BibFault:
        column = place - (self.text.rfind("\n", 0, place) + 1) + 1
        return BibFault(message, self._line_at(place), column, lost)
