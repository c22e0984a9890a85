"""What stands in a feed for an entry, and for a day: whole texts for readers that know nothing of the site."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final
from uuid import UUID, uuid5

from digest.formats import html as markup
from digest.formats import identifiers, languages, urls
from digest.formats.calendars import iso_day
from digest.model import Entry, FeedItem, Html, Reference
from digest.planning import addresses as at
from digest.planning.atlas import Atlas
from digest.planning.feed_times import EntryTimes, noon_of
from digest.planning.linking import Place
from digest.planning.summaries import shorten, summary_text, title_html, title_text

# Of this project alone and for ever: the guids of days depend on it, and those of entries whose id is no URI.
_NAMESPACE: Final = UUID("2f1d8f5c-7a0e-5b43-9c1a-3d64e0b8a917")
_SUMMARY: Final = 300
# RFC 3986 §3; what a reader compares sign by sign needs no deeper look.
_URI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[!$&-;=?-Z_a-z~\[\]@]|%[0-9A-Fa-f]{2})+(?:#[!$&-;=?-Z_a-z~@]*)?")
_TAG: Final = re.compile(r"<(?P<close>/?)(?P<name>[a-z][a-z0-9-]*)(?P<attributes>[^<>]*)>")
_ATTRIBUTE: Final = re.compile(r'\s+(?P<name>[^\s="/>]+)(?:="[^"]*")?')
_DRESSED: Final = re.compile(r"<span|\s(?:class|style|id|tabindex|role|aria-[a-z]+|data-[a-z-]+)[\s=>]")
_DROPPED: Final = re.compile(r"class|style|id|tabindex|role|aria-[a-z]+|data-[a-z-]+")


def make_item(atlas: Atlas, entry: Entry, times: EntryTimes, reference: Reference) -> FeedItem:
    """The item of an entry, the same in every feed."""
    settings, prose = atlas.settings, atlas.prose_of(entry)
    permalink = atlas.permalink(entry.url)
    language = entry.lang if entry.lang != settings.language else ""
    body = _absolute_body(atlas, entry, prose.html) + _sources_line(atlas, entry)
    return FeedItem(
        id=make_guid(entry.id or permalink),
        title=title_text(entry, prose) or permalink,
        permalink=permalink,
        time=times.published,
        updated=times.updated,
        authors=tuple(dict.fromkeys(entry.authors)),
        tags=tuple(dict.fromkeys(entry.tags)),
        summary=summary_text(entry, prose, _SUMMARY),
        content=Html(_set_language(body, language, settings.language)),
        external_url=reference.url if reference.url != permalink else "",
        language=language,
        license=entry.license if entry.license != settings.license else "",
    )


def make_day_item(atlas: Atlas, day: date, entries: Sequence[Entry], items: Sequence[FeedItem]) -> FeedItem:
    """The item of a day: every entry whole, under its title; `items` are those of its entries.

    Its id tells the day and the setting `id`, so that it outlives a change of the site's title and address.
    """
    words = atlas.words
    moment = noon_of(day, atlas.site.zone)
    parts = (_part_of_day(atlas, entry, item) for entry, item in zip(entries, items, strict=True))
    return FeedItem(
        id=f"urn:uuid:{uuid5(_NAMESPACE, f'{atlas.settings.id} {iso_day(day)}'.strip())}",
        title=words.ngettext(
            "%(day)s: %(number)s entry", "%(day)s: %(number)s entries", len(items), day=atlas.days[day].text
        ),
        permalink=atlas.permalink(at.day_url(day)),
        time=moment,
        updated=max((moment, *(item.updated for item in items))),
        authors=(),
        tags=tuple(dict.fromkeys(tag for item in items for tag in item.tags)),
        summary=shorten(words.gettext("; ").join(item.title for item in items[:20]), _SUMMARY),
        content=Html("\n".join(parts)),
    )


def make_guid(name: str) -> str:
    """What readers know an item by for ever: the id of the entry, which Atom wants to be a URI (RFC 4287 §4.2.6)."""
    return name if _URI.fullmatch(name) else f"urn:uuid:{uuid5(_NAMESPACE, name.encode('utf-8', 'ignore').decode())}"


def _part_of_day(atlas: Atlas, entry: Entry, item: FeedItem) -> str:
    title = _strip_dress(title_html(entry, atlas.prose_of(entry)))
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
    """A body that says which language it is in where readers could not tell, and that it is read from the right."""
    direction = languages.text_direction(language or site)
    if not language and direction == "ltr":
        return body
    named = f' lang="{html.escape(language)}"' if language else ""
    return f'<div{named} dir="{direction}">{body}</div>'


def _absolute_body(atlas: Atlas, entry: Entry, body: str) -> str:
    """The body for a reader that knows nothing of the site: whole addresses, no classes, ids or styles."""
    place = Place(entry.key, entry.url)

    def resolve(target: str) -> str:
        destination = atlas.linker.resolve(target, place)
        if destination is not None:
            return destination.permalink(atlas.addresses)
        # A reader has no scheme of a page to go by, and takes an empty address for its own.
        return f"https:{target}" if target.startswith("//") else target.strip() or atlas.permalink(entry.url)

    return _strip_dress(markup.rewrite_urls(body, resolve))


def _strip_dress(body: str) -> str:
    """Without attributes that only a style sheet or a script reads, and without spans that thereby say nothing."""
    return "".join(_strip_tags(body)) if _DRESSED.search(body) else body


def _strip_tags(body: str) -> Iterator[str]:
    spans: list[bool] = []
    end = 0
    for tag in _TAG.finditer(body):
        yield body[end : tag.start()]
        end = tag.end()
        is_span = tag["name"] == "span"
        if tag["close"]:
            if not is_span or (spans and spans.pop()):
                yield tag[0]
            continue
        if not tag["attributes"] and not is_span:
            yield tag[0]
            continue
        kept = [found[0] for found in _ATTRIBUTE.finditer(tag["attributes"]) if not _DROPPED.fullmatch(found["name"])]
        if is_span:
            spans.append(bool(kept))
        if kept or not is_span:
            yield f"<{tag['name']}{''.join(kept)}>"
    yield body[end:]


def _sources_line(atlas: Atlas, entry: Entry) -> str:
    """Where the paper is: a reader of the feed should not need to come by for it."""
    place = Place(entry.key, entry.url)
    links = list(identifiers.identifier_links(entry.identifiers))
    for text, target in entry.links:
        destination = atlas.linker.resolve(target, place)
        if destination is not None:
            links.append((text, destination.permalink(atlas.addresses)))
        elif at.is_web(target) and urls.is_absolute(target):
            links.append((text, f"https:{target}" if target.startswith("//") else target))
    anchors = (f'<a href="{html.escape(target)}">{html.escape(text)}</a>' for text, target in links)
    line = " · ".join(anchors)
    return f"\n<p>{line}</p>" if line else ""
