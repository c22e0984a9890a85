"""What stands in a feed for an entry, and for a day: whole texts for readers that know nothing of the site."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid5

from digest.formats import feed_bodies, languages
from digest.formats import html as markup
from digest.formats.calendars import iso_day
from digest.formats.patterns import lazily
from digest.model import Entry, FeedItem, Html
from digest.planning import addresses as at
from digest.planning.atlas import Atlas
from digest.planning.feed_times import Times, noon_of
from digest.planning.marks import mark
from digest.planning.outward import world_body, world_links
from digest.planning.references import locate_paper
from digest.planning.summaries import shorten, summary_text, title_html, title_text

# Of this project alone and for ever: the guids of days depend on it, and those of entries whose id is no URI.
_NAMESPACE: Final = UUID("2f1d8f5c-7a0e-5b43-9c1a-3d64e0b8a917")
_SUMMARY: Final = 300
# RFC 3986 §3; what a reader compares sign by sign needs no deeper look.
_URI: Final = lazily(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[!$&-;=?-Z_a-z~\[\]@]|%[0-9A-Fa-f]{2})+(?:#[!$&-;=?-Z_a-z~@]*)?")


def make_item(atlas: Atlas, times: Times, entry: Entry) -> FeedItem:
    """The item of an entry, the same in every feed."""
    settings, prose, time = atlas.settings, atlas.prose_of(entry), times.of(entry)
    permalink, paper = atlas.permalink(entry.url), locate_paper(entry)
    language = entry.lang if entry.lang != settings.language else ""
    body = feed_bodies.undress(world_body(atlas, entry, prose.html)) + _sources_line(atlas, entry)
    return FeedItem(
        id=make_guid(entry.id or permalink),
        title=title_text(entry, prose) or permalink,
        permalink=permalink,
        time=time.published,
        updated=time.updated,
        authors=tuple(dict.fromkeys(entry.authors)),
        tags=tuple(dict.fromkeys(entry.tags)),
        summary=summary_text(entry, prose, _SUMMARY),
        content=Html(_set_language(body, entry.lang, settings.language)),
        external_url=paper if paper != permalink else "",
        language=language,
        license=entry.license if entry.license != settings.license else "",
    )


def mark_item(atlas: Atlas, times: Times, entry: Entry) -> bytes:
    """The mark of what the item of an entry is made of, beside the settings."""
    time = times.of(entry)
    moments = f"{time.published.timestamp()}"
    if time.updated is not time.published:
        moments += f" {time.updated.timestamp()}"
    return mark(entry.fingerprint, moments, atlas.mark_links(entry))


def make_day_item(
    atlas: Atlas, day: date, entries: Sequence[Entry], items: Sequence[FeedItem], updated: datetime
) -> FeedItem:
    """The item of a day: every entry whole, under its title.

    `items` are those of its entries, `updated` is the newest change of one. The id tells the day and the setting `id`,
    so that it outlives a change of the site's title and address.
    """
    words = atlas.words
    parts = (_part_of_day(atlas, entry, item) for entry, item in zip(entries, items, strict=True))
    return FeedItem(
        id=f"urn:uuid:{uuid5(_NAMESPACE, f'{atlas.settings.id} {iso_day(day)}'.strip())}",
        title=words.ngettext(
            "%(day)s: %(number)s entry", "%(day)s: %(number)s entries", len(items), day=atlas.days[day].text
        ),
        permalink=atlas.permalink(at.day_url(day)),
        time=noon_of(day, atlas.site.zone),
        updated=updated,
        authors=(),
        tags=tuple(dict.fromkeys(tag for item in items for tag in item.tags)),
        summary=shorten(words.gettext("; ").join(item.title for item in items[:20]), _SUMMARY),
        content=Html("\n".join(parts)),
    )


def make_guid(name: str) -> str:
    """What readers know an item by for ever: the id of the entry, which Atom wants to be a URI (RFC 4287 §4.2.6)."""
    return name if _URI.fullmatch(name) else f"urn:uuid:{uuid5(_NAMESPACE, name.encode('utf-8', 'ignore').decode())}"


def _part_of_day(atlas: Atlas, entry: Entry, item: FeedItem) -> str:
    title = feed_bodies.undress(title_html(entry, atlas.prose_of(entry)))
    authors = html.escape(", ".join(item.authors), quote=False)
    return "\n".join(
        filter(
            None,
            (
                f'<h2><a href="{html.escape(item.permalink)}">{title}</a></h2>',
                f"<p><em>{authors}</em></p>" if authors else "",
                markup.shift_headings(item.content, 1),
            ),
        )
    )


def _set_language(body: str, language: str, site: str) -> str:
    """A body that says which language it is in, and which way it is read, where readers could not tell."""
    unsaid = "auto" if languages.text_direction(site) == "rtl" else "ltr"
    direction = languages.text_direction(language) if language else unsaid
    if language in {"", site} and direction == "ltr":
        return body
    named = f' lang="{html.escape(language)}"' if language not in {"", site} else ""
    return f'<div{named} dir="{direction}">{body}</div>'


def _sources_line(atlas: Atlas, entry: Entry) -> str:
    """Where the paper is: a reader of the feed should not need to come by for it."""
    links = world_links(atlas, entry)
    line = " · ".join(f'<a href="{html.escape(link.href)}">{html.escape(link.text)}</a>' for link in links)
    return f"\n<p>{line}</p>" if line else ""
