"""What entries say of themselves: a title, a text, dates that can be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from digest.checking.places import place_of_key
from digest.formats import identifiers
from digest.model import CheckedSite, Entry, PartialDate, Problem, Span

_FAR: Final = timedelta(days=366)
_SOON: Final = timedelta(days=62)  # papers are dated by the issue that they will stand in
_OLDEST: Final = 1450


def check_texts(checked: CheckedSite) -> Iterator[Problem]:
    """DG908 for an entry without words, and for one whose title is but its first words."""
    for entry in checked.site.entries:
        gist = checked.site.gists.get(entry.key)
        if gist and not gist.words and not entry.summary:
            span = Span(entry.path, entry.body_line)
            yield Problem("warning", "DG908", "the entry has no text", span, "write a few words, or `summary:`")
        if entry.title_from:
            span = Span(entry.path, *entry.title_at)
            message = "the entry has no title of its own: it is called by its first words"
            hint = "write its `title` and delete `title_from`; `digest enrich` does so where it has an identifier"
            yield Problem("note", "DG908", message, span, hint)


def check_dates(checked: CheckedSite) -> Iterator[Problem]:
    """DG909 for days that cannot be, or cannot be one after another; of drafts and of days to come as well."""
    for entry in (*checked.site.entries, *checked.site.withheld):
        if entry.date > checked.today + _FAR:
            yield _complain(checked, entry, "date", f"`date` is far away: {entry.date}", "write the day that is meant")
        if entry.published or entry.updated or entry.identifiers.arxiv:
            yield from _check_paper(checked, entry)


def _check_paper(checked: CheckedSite, entry: Entry) -> Iterator[Problem]:
    """Of the paper: what it says of itself, and what its number does."""
    published, updated = entry.published, entry.updated
    for name, told in (("published", published), ("updated", updated)):
        if told and _first(told) > checked.today + _SOON:
            yield _complain(checked, entry, name, f"`{name}` lies in the future: {told}", "write when it came out")
        elif told and told.year < _OLDEST:
            yield _complain(checked, entry, name, f"`{name}` is long ago: {told}", "write when it came out")
    if published and _first(published) > entry.date and _first(published) <= checked.today + _SOON:
        message = f"the paper came out in {published}, after `date`, {entry.date}"
        yield _complain(checked, entry, "published", message, "one of them is wrong: `date` is the day of the digest")
    if published and updated and _last(updated) < _first(published):
        message = f"the paper was updated in {updated}, before it came out, in {published}"
        yield _complain(checked, entry, "updated", message, "write them the other way round, or delete one")
    month = identifiers.arxiv_month(entry.identifiers.arxiv) if entry.identifiers.arxiv else None
    if month and _first(month) - timedelta(days=1) > entry.date:  # numbers are given by the clock of arXiv
        message = f"arXiv gave {entry.identifiers.arxiv} out in {month}, after `date`, {entry.date}"
        yield _complain(checked, entry, "arxiv", message, "look at the paper's page: one of them is wrong")


def _complain(checked: CheckedSite, entry: Entry, key: str, message: str, hint: str) -> Problem:
    return Problem("warning", "DG909", message, place_of_key(checked, entry.path, key), hint)


def _first(told: PartialDate) -> date:
    """The first day that it can be."""
    return date(told.year, told.month or 1, told.day or 1)


def _last(told: PartialDate) -> date:
    """The last day that it can be."""
    if told.full:
        return told.full
    if told.month and told.month < 12:
        return date(told.year, told.month + 1, 1) - timedelta(days=1)
    return date(told.year, 12, 31)
