"""Headings whose day is not told in full, as problems: one for each reason, at the first of its kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from digest.formats.day_lines import DayLine
from digest.model import Problem, Span

_HINTS: Final = {
    True: "write the day in full where this is wrong, such as 2019-12-06",
    False: "write the days in full, such as 2019-12-06, or give one for all with --date",
}


class DoubtfulDays:
    """What the headings of a document leave open about their days."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._found: dict[tuple[bool, str], list[tuple[int, str]]] = {}

    def add(self, number: int, line: str, told: DayLine) -> None:
        """Take in the heading on a line, if there is a doubt about its day."""
        if told.doubt:
            self._found.setdefault((told.day is not None, told.doubt), []).append((number, line))

    def problems(self) -> Iterator[Problem]:
        """A note where a day was taken all the same, a warning where papers are left without one."""
        for (taken, doubt), places in self._found.items():
            number, line = places[0]
            words = line.strip().lstrip("#").strip()
            more = f", as in {len(places) - 1} more" if len(places) > 1 else ""
            column = len(line) - len(line.lstrip()) + 1
            yield Problem(
                "note" if taken else "warning",
                "DG310",
                f'the day of "{words[:80]}" is not sure{more}: {doubt}',
                Span(self._path, number, column, max(1, len(line.strip()))),
                _HINTS[taken],
            )
