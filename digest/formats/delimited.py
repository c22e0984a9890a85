"""Tables as text, a row a line: CSV, TSV and what spreadsheets make of them (RFC 4180)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from digest.formats.patterns import lazily

_DELIMITERS: Final = "\t,;|"
# Excel's own way to name the sign between cells.
_NAMED_SIGN: Final = lazily(r'"?sep=(?P<sign>[\t,;|])"?\s*')
# A cell between tabs that begins with a quotation, and is none: no program has put marks around it.
_OPEN: Final = lazily(r'(?m)(?:^|\t)"(?:[^"\t\n]|"")*"(?![\t"])[^\t\n]')
_BACKSLASHED: Final = lazily(r'[^\\"]\\"')
_HEADER_LINES: Final = 5


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the cells of a table are parted; whether marks stand around them, and a backslash before one within."""

    delimiter: str
    quoted: bool = True
    backslashes: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, which starts on that line."""

    cells: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Fault:
    """Why the table cannot be read beyond a line."""

    message: str
    line: int


def tell_dialect(head: str) -> Dialect:
    """The sign that parts the first line of several cells into most."""
    lines = [line for line in head.split("\n", _HEADER_LINES)[:_HEADER_LINES] if line.strip()]
    bare = [re.sub(r'"[^"]*"', "", line) for line in lines]
    if lines and (named := _NAMED_SIGN.fullmatch(lines[0])):
        delimiter = named["sign"]
    else:
        told = next((line for line in bare if any(sign in line for sign in _DELIMITERS)), "")
        delimiter = max(_DELIMITERS, key=told.count)
    quoted = delimiter != "\t" or not _OPEN.search(head)
    return Dialect(delimiter, quoted, bool(_BACKSLASHED.search(head)) and '""' not in head.replace('\\""', ""))


def read_rows(lines: Iterable[str], dialect: Dialect) -> Iterator[Row | Fault]:
    """The rows that have words in them; the line that names the sign between cells is none."""
    reader = csv.reader(
        (line + "\n" for line in lines),
        delimiter=dialect.delimiter,
        quoting=csv.QUOTE_MINIMAL if dialect.quoted else csv.QUOTE_NONE,
        doublequote=not dialect.backslashes,
        escapechar="\\" if dialect.backslashes else None,
        skipinitialspace=True,
    )
    start = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield Fault(str(error), start)
            return
        if cells is None:
            return
        told = tuple(cell.strip().removeprefix("\ufeff").strip() for cell in cells)
        if any(told) and not (start == 1 and _NAMED_SIGN.fullmatch(dialect.delimiter.join(cells))):
            yield Row(told, start)
        start = reader.line_num + 1
