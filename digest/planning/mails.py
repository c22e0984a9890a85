"""A day as a mail: as much of its texts as there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Final
from urllib.parse import urlsplit

from digest.formats import calendars
from digest.formats import html as markup
from digest.formats.patterns import lazily
from digest.model import DayMail, Entry, Html, MailEntry, Settings, Site, Theme
from digest.planning import addresses as at
from digest.planning.atlas import Atlas, draw_atlas
from digest.planning.outward import world_body, world_links
from digest.planning.summaries import count_text, title_text, titles_text

_MOST_AUTHORS: Final = 8
_TITLE_ROOM: Final = 900  # bytes of an entry that is a title only
_NOT_IN_HOSTS: Final = lazily(r"[^a-z0-9]+")


def plan_mail(site: Site, theme: Theme, day: date, room: int) -> DayMail:
    """The mail of a day whose bodies take `room` bytes at most.

    What is too long becomes its opening, the longest first, then a title; what is then still too much is only counted.
    """
    atlas = draw_atlas(site, theme)
    wholes = [_make_entry(atlas, entry) for entry in site.by_day[day]]
    openings = [_make_opening(atlas, entry, whole) for entry, whole in zip(site.by_day[day], wholes, strict=True)]
    entries = _fit(wholes, openings, room)
    titles = [entry.title for entry in wholes]
    label = atlas.days[day]
    permalink = atlas.permalink(at.day_url(day))
    settings = site.settings
    return DayMail(
        title=f"{settings.title}: {label.text}",
        description=titles_text(atlas.words, titles, 140) if titles else count_text(atlas.words, 0),
        day=replace(label, href=permalink),
        time=datetime.combine(day, time(), site.zone),
        entries=tuple(entries),
        more=len(wholes) - len(entries),
        site=settings.title,
        home=atlas.permalink(at.HOME),
        archive=atlas.permalink(at.ARCHIVE),
        subscribe=atlas.permalink(at.SUBSCRIBE) if settings.feeds else "",
        author=settings.author,
        license=settings.license,
        language=settings.language,
        direction=atlas.masthead.direction,
        list_id=list_id(settings),
    )


def nearest_days(site: Site, day: date) -> tuple[date, ...]:
    """The days with entries before and after a day, the nearest first."""
    before = max((other for other in site.by_day if other < day), default=None)
    after = min((other for other in site.by_day if other > day), default=None)
    return tuple(sorted(filter(None, (before, after)), key=lambda other: abs(other - day)))


def list_id(settings: Settings) -> str:
    """What the mails of a site are known by: `days.example.org`, `days.repo.example.org` (RFC 2919 §3)."""
    parts = urlsplit(at.site_addresses(settings).origin + settings.base_path)
    path = [_NOT_IN_HOSTS.sub("-", part.lower()).strip("-") for part in reversed(parts.path.split("/"))]
    host = [_NOT_IN_HOSTS.sub("-", part) for part in (parts.hostname or "localhost").split(".")]
    return ".".join(filter(None, ("days", *path, *host)))


def _make_entry(atlas: Atlas, entry: Entry) -> MailEntry:
    """An entry whole."""
    prose = atlas.prose_of(entry)
    body, text = _show(world_body(atlas, entry, markup.shift_headings(prose.html, 1)))
    names = entry.authors[:_MOST_AUTHORS]
    others = len(entry.authors) - len(names)
    more = (atlas.words.ngettext("and %(number)s more", "and %(number)s more", others),) if others else ()
    published = calendars.partial_text(entry.published, atlas.settings.language) if entry.published else ""
    return MailEntry(
        title=title_text(entry, prose),
        permalink=atlas.permalink(entry.url),
        language=entry.lang if entry.lang != atlas.settings.language else "",
        authors=(*names, *more),
        facts=tuple(filter(None, (entry.venue, published))),
        links=world_links(atlas, entry),
        body=body,
        text=text,
        complete=True,
    )


def _make_opening(atlas: Atlas, entry: Entry, whole: MailEntry) -> MailEntry:
    """The same, shortened to how its text begins."""
    body, text = _show(world_body(atlas, entry, atlas.prose_of(entry).excerpt))
    return replace(whole, body=body, text=text, complete=False)


def _show(html: str) -> tuple[Html, str]:
    """A body as programs for mail show it, and as text."""
    from digest.formats.mail_bodies import mail_html, mail_text  # noqa: PLC0415 - heavy: only a mail needs it

    body = mail_html(html)
    return Html(body), mail_text(body)


def _fit(wholes: Sequence[MailEntry], openings: Sequence[MailEntry], room: int) -> list[MailEntry]:
    """As much as there is room for."""
    entries = list(wholes)
    left = room - sum(map(_size, entries))
    for shorter in (openings, [replace(entry, body=Html(""), text="", complete=False) for entry in wholes]):
        for place in sorted(range(len(entries)), key=lambda place: (-_size(entries[place]), place)):
            if left >= 0:
                return entries
            gain = _size(entries[place]) - _size(shorter[place])
            if gain > 0:
                entries[place] = shorter[place]
                left += gain
    while left < 0 and len(entries) > 1:
        left += _size(entries.pop())
    return entries


def _size(entry: MailEntry) -> int:
    return _TITLE_ROOM + len(entry.body.encode())
