"""Tables in a line of flattened Markdown: rows between bars, told by the row of dashes under the head."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from digest.formats.patterns import lazily

LONGEST_ROW: Final = 2_000
WIDEST: Final = 30  # columns

# "|---|:--:|": only rows with a bar at either end can be told apart once they stand in one line.
_RULER = lazily(r"\|(?:\s*:?-{2,}:?\s*\|){1,30}(?=\s|\Z)")


def find_tables(hard: str) -> Iterator[tuple[int, int]]:
    """Where the tables of a masked text stand."""
    reach = 0
    for ruler in _RULER.finditer(hard):
        columns = ruler[0].count("|") - 1
        start = _head_start(hard, ruler.start(), columns, reach)
        if start is None:
            continue
        end = ruler.end()
        while (row := _row_end(hard, end, columns)) is not None:
            end = row
        if start >= reach:
            yield start, end
            reach = end


def lay_out_table(text: str, hard: str) -> str:
    """A table with its rows on lines of their own."""
    ruler = _RULER.search(hard)
    if ruler is None:
        return text
    columns = ruler[0].count("|") - 1
    rows = [text[: ruler.start()].strip(), ruler[0]]
    place = ruler.end()
    while (end := _row_end(hard, place, columns)) is not None:
        rows.append(text[place:end].strip())
        place = end
    return "\n".join([*rows, *filter(None, [text[place:].strip()])])


def _head_start(hard: str, ruler: int, columns: int, reach: int) -> int | None:
    """Where the head begins: as many bars before the ruler as it has, the last one right before it."""
    if not hard[:ruler].endswith("| ") and not hard[:ruler].endswith("|"):
        return None
    place = ruler
    for _ in range(columns + 1):
        place = hard.rfind("|", max(reach, place - LONGEST_ROW), place)
        if place < 0:
            return None
    return place


def _row_end(hard: str, place: int, columns: int) -> int | None:
    """Where the row that begins at a place ends, if one does."""
    start = place
    while start < len(hard) and hard[start].isspace():
        start += 1
    if hard[start : start + 1] != "|":
        return None
    end = start
    for _ in range(columns):
        end = hard.find("|", end + 1, end + LONGEST_ROW)
        if end < 0:
            return None
    return end + 1 if end + 1 == len(hard) or hard[end + 1].isspace() else None
