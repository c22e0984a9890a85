"""How many entries there were, one stretch of time after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Final

from digest.formats import calendars, charts
from digest.model import Entry, Figure, Html, Link, dataclass
from digest.planning import addresses as at
from digest.planning.atlas import Atlas

_STEPS: Final = (1, 12, 120, 1_200, 12_000)  # months: a month, a year, ten years …
_MOST: Final = 36  # stretches that a telephone has room for
_FEWEST: Final = 3  # of which a growth can be read
_ENTRIES: Final = 5
_DAY_OF: Final = attrgetter("date")


@dataclass(frozen=True, slots=True)
class Timeline:
    """`length` stretches of `step` months each; months are counted from that of the year 0."""

    first: int
    step: int
    length: int

    def count(self, entries: Iterable[Entry]) -> list[int]:
        """The number of entries in each stretch, oldest first."""
        return self.add_up(_count_months(entries))

    def add_up(self, months: Mapping[int, int]) -> list[int]:
        """The numbers of months as those of stretches, oldest first."""
        found = [0] * self.length
        for month, number in months.items():
            found[(month - self.first) // self.step] += number
        return found

    def label(self, place: int) -> str:
        """A stretch in digits: `2019-12`, `2019`, `2010–2019`."""
        year, month = divmod(self.first + place * self.step, 12)
        if self.step == 1:
            return f"{year:04d}-{month + 1:02d}"
        years = self.step // 12
        return f"{year}" if years == 1 else f"{year}–{year + years - 1}"

    def link(self, atlas: Atlas, place: int) -> Link:
        """A stretch in words, with its page if it has one."""
        year, month = divmod(self.first + place * self.step, 12)
        if self.step == 1:
            day = date(year, month + 1, 1)
            return Link(calendars.month_title(day, atlas.settings.language), atlas.href(at.month_url(day)))
        return Link(self.label(place), atlas.href(at.year_url(year)) if self.step == 12 else "")

    @property
    def ends(self) -> tuple[str, str]:
        """The first stretch and the last, in digits."""
        return self.label(0), self.label(self.length - 1)


@dataclass(frozen=True, slots=True)
class Growth:
    """How many there were in each stretch of a timeline, oldest first."""

    timeline: Timeline
    numbers: tuple[int, ...]


def lay_timeline(days: Iterable[date]) -> Timeline | None:
    """The timeline that spans some days, in months if they are few, else in years and more."""
    return _span_months({_month_number(day) for day in days})


def _span_months(months: Collection[int]) -> Timeline | None:
    if not months:
        return None
    first, last = min(months), max(months)
    step = next((step for step in _STEPS if last // step - first // step < _MOST), _STEPS[-1])
    return Timeline(first // step * step, step, last // step - first // step + 1)


def measure_growth(entries: Sequence[Entry]) -> Growth | None:
    """How something grew, if it is there for long enough to tell. The time before it and after it is not shown."""
    if len(entries) < _ENTRIES:
        return None
    months = _count_months(entries)
    timeline = _span_months(months)
    if timeline is None or timeline.length < _FEWEST:
        return None
    return Growth(timeline, tuple(timeline.add_up(months)))


def plot_growth(atlas: Atlas, growth: Growth, title: str) -> Figure:
    """A growth as columns."""
    timeline, numbers = growth.timeline, growth.numbers
    mirrored = atlas.masthead.direction == "rtl"
    return Figure(
        title=title,
        svg=Html(charts.draw_columns(numbers, timeline.ends, mirrored=mirrored)),
        columns=(name_unit(atlas, timeline), atlas.words.gettext("Entries")),
        rows=tuple((timeline.link(atlas, place), Link(f"{numbers[place]}")) for place in _filled(numbers)),
    )


def name_unit(atlas: Atlas, timeline: Timeline) -> str:
    """What a stretch is called at the head of a column."""
    words = atlas.words
    return words.gettext("Month") if timeline.step == 1 else words.gettext("Year")


def _filled(numbers: Sequence[int]) -> list[int]:
    """The places of stretches that have entries: the others have no page."""
    return [place for place, number in enumerate(numbers) if number]


def _count_months(entries: Iterable[Entry]) -> Counter[int]:
    return Counter(map(_month_number, map(_DAY_OF, entries)))


@lru_cache(maxsize=65_536)  # many entries share few days
def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1
