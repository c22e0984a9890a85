"""The pages of time: home and days; months and years are beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from itertools import islice
from typing import Final

from digest.formats import calendars
from digest.model import DayGroup, DayPage, Entry, HomePage, Html, Link, Sketch, replace
from digest.planning import addresses as at
from digest.planning.asking import ALL, Asked
from digest.planning.atlas import Atlas
from digest.planning.exports import export_links
from digest.planning.marks import mark, mark_value
from digest.planning.months import list_titles, neighbours, sketch_months
from digest.planning.sketching import sketch_list
from digest.planning.views import Cards, Views, group_days, link_body, view_on_day

_HOME_NAMES: Final = (
    "its entries", "how many more its days have", "how many entries there are", "its introduction",
)  # fmt: skip
_DAY_NAMES: Final = ("its entries", "the day before", "the day after", "the setting fold")


def sketch_time(atlas: Atlas, views: Views, asked: Asked = ALL) -> Iterator[Sketch]:
    """The pages of time."""
    if asked.is_for(at.HOME):
        yield _sketch_home(atlas, views.cards)
    yield from sketch_months(atlas, views.heads, asked)
    yield from _sketch_days(atlas, views.wholes, asked)


def _sketch_home(atlas: Atlas, cards: Cards) -> Sketch:
    """The newest days; what content/pages/index.md says stands above them."""
    site = atlas.site
    days = tuple(islice(site.by_day.values(), max(1, site.settings.home_days)))
    most = max(1, site.settings.home_day_entries)
    shown = [entry for entries in days for entry in entries[:most]]
    tell, make = partial(_tell_home, atlas, days, shown), partial(_make_home, atlas, cards, days)
    return sketch_list(
        atlas, at.HOME, _HOME_NAMES, tell, make, what="the home page", modified=atlas.newest, weight=len(shown)
    )


def _tell_home(atlas: Atlas, days: Sequence[Sequence[Entry]], shown: Sequence[Entry]) -> tuple[bytes, ...]:
    site, opening = atlas.site, atlas.introduction
    return (
        atlas.mark_cards(shown),
        mark_value([len(entries) for entries in days]),
        mark_value((len(site.entries), len(site.by_day))),
        mark(opening.fingerprint, atlas.mark_links(opening)) if opening else b"",
    )


def _make_home(atlas: Atlas, cards: Cards, days: Sequence[Sequence[Entry]]) -> HomePage:
    site, opening = atlas.site, atlas.introduction
    most = max(1, site.settings.home_day_entries)
    return HomePage(
        masthead=atlas.masthead,
        url=at.HOME,
        title=site.settings.title,
        description=site.settings.description or (opening.description if opening else ""),
        canonical=atlas.permalink(at.HOME),
        days=tuple(_cut_day(entries, most, cards) for entries in days),
        introduction=link_body(atlas, opening, atlas.prose_of(opening).html) if opening else Html(""),
        archive=Link(atlas.words.gettext("Browse the archive"), atlas.href(at.ARCHIVE), len(site.entries)),
        entry_count=len(site.entries),
        day_count=len(site.by_day),
    )


def _cut_day(entries: Sequence[Entry], most: int, cards: Cards) -> DayGroup:
    """A day with its first entries only; a day of hundreds would bury the days before it."""
    (group,) = group_days(entries[:most], cards)
    return replace(group, more=len(entries) - len(group.entries))


def _sketch_days(atlas: Atlas, wholes: Cards, asked: Asked) -> Iterator[Sketch]:
    """Each day that has entries, whole; its neighbours are the nearest days that have some."""
    wanted = asked.days(atlas.site)
    if not wanted:
        return
    days = list(atlas.site.by_day)
    for day, (before, after) in zip(days, neighbours(days), strict=True):
        if day not in wanted:
            continue
        entries, label = atlas.site.by_day[day], atlas.days[day]
        tell = partial(_tell_day, atlas, entries, before, after)
        make = partial(_make_day, atlas, wholes, day, before, after)
        what = f"the page of {label.text}"
        url, weight = at.day_url(day), len(entries)
        yield sketch_list(atlas, url, _DAY_NAMES, tell, make, what=what, modified=label.iso, weight=weight)


def _tell_day(atlas: Atlas, entries: Sequence[Entry], before: date | None, after: date | None) -> tuple[bytes, ...]:
    around = _mark_day(atlas, before), _mark_day(atlas, after)
    return atlas.mark_wholes(entries), *around, mark_value(atlas.settings.fold)


def _mark_day(atlas: Atlas, day: date | None) -> bytes:
    return atlas.days[day].iso.encode() if day else b""


def _make_day(atlas: Atlas, wholes: Cards, day: date, before: date | None, after: date | None) -> DayPage:
    entries, label, url = atlas.site.by_day[day], atlas.days[day], at.day_url(day)
    views = tuple(view_on_day(entry, wholes[entry.key]) for entry in entries)
    return DayPage(
        masthead=atlas.masthead,
        url=url,
        title=label.text,
        description=list_titles(atlas, entries),
        canonical=atlas.permalink(url),
        group=DayGroup(label, views),
        exports=export_links(atlas, url),
        folded=atlas.settings.fold,
        previous=atlas.days[before] if before else None,
        next=atlas.days[after] if after else None,
        month=Link(calendars.month_text(day, atlas.settings.language), atlas.href(at.month_url(day))),
        minutes=sum(view.minutes for view in views),
    )
