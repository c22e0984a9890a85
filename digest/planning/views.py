"""Entries, ready to show: as a card of a list, on the page of their day, on their own page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from itertools import groupby
from operator import attrgetter
from typing import Final

from digest.formats import calendars, citations, identifiers, languages, urls
from digest.formats import html as markup
from digest.model import DayGroup, Entry, EntryView, Html, Link, PageFile, dataclass, replace
from digest.planning import addresses as at
from digest.planning.atlas import Atlas
from digest.planning.details import describe_details, name_details
from digest.planning.exports import bibtex_href
from digest.planning.lazily import Lazily
from digest.planning.linking import Place
from digest.planning.references import References, make_references
from digest.planning.summaries import reading_minutes

Cards = Mapping[str, EntryView]
_NO_LINK: Final = Link("")  # of a venue that is not known
_WHOLES: Final = 256  # that are kept: an entry stands whole on its page and on that of its day


@dataclass(frozen=True, slots=True)
class Views:
    """Every entry as it is shown, each made when a page shows it: see `make_heads`, `make_cards`, `make_wholes`."""

    references: References
    heads: Cards
    cards: Cards
    wholes: Cards


def make_views(atlas: Atlas) -> Views:
    """The entries of a site, none of them made yet."""
    references, heads = make_references(atlas), make_heads(atlas)
    cards = make_cards(atlas, heads, references)
    return Views(references, heads, cards, make_wholes(atlas, cards))


def make_heads(atlas: Atlas) -> Cards:
    """Every entry as it is named where there are many, by key: without its excerpt, so that nobody has to load it."""
    names = name_details(atlas.words)
    return Lazily(atlas.by_key, lambda entry: _view(atlas, entry, names))


def make_cards(atlas: Atlas, heads: Cards, references: References) -> Cards:
    """Every entry as lists show it, by key: with its excerpt and without its body."""

    def make_card(entry: Entry) -> EntryView:
        head, prose = heads[entry.key], atlas.prose_of(entry)
        return replace(
            head,
            excerpt=_link_excerpt(atlas, entry, prose.excerpt, head.anchor),
            complete=prose.excerpt.strip() == prose.html.strip(),
            coins=citations.write_coins(references[entry.key]) if atlas.settings.paper_metadata else "",
        )

    return Lazily(atlas.by_key, make_card)


def make_wholes(atlas: Atlas, cards: Cards) -> Cards:
    """Every entry as its own page shows it, by key: whole, under a title that is the page's only `h1`."""

    def make_whole(entry: Entry) -> EntryView:
        return replace(cards[entry.key], body=link_body(atlas, entry, atlas.prose_of(entry).html))

    return Lazily(atlas.by_key, make_whole, most=_WHOLES)


def view_on_day(entry: Entry, whole: EntryView) -> EntryView:
    """The entry whole among others: its title is an `h2`, and no id of its body is that of a neighbour's."""
    anchor = f"entry-{entry.slug}"
    body = Html(markup.shift_headings(markup.prefix_ids(whole.body, f"{anchor}."), 1))
    return replace(whole, anchor=anchor, body=body)


def group_days(entries: Iterable[Entry], cards: Cards) -> tuple[DayGroup, ...]:
    """Entries, which are in order, under their days."""
    groups = [tuple([cards[entry.key] for entry in found]) for _, found in groupby(entries, key=attrgetter("date"))]
    return tuple([DayGroup(views[0].day, views) for views in groups])


def link_body(atlas: Atlas, source: Entry | PageFile, body: str) -> Html:
    """A body with its local addresses resolved; those within the page stay as they are."""
    if not markup.holds_urls(body):
        return Html(body)
    place = Place(source.key, source.url)

    def resolve(target: str) -> str:
        destination = None if target.startswith("#") else atlas.linker.resolve(target, place)
        return destination.href(atlas.addresses) if destination else target

    return Html(markup.rewrite_urls(body, resolve))


def _view(atlas: Atlas, entry: Entry, names: Mapping[str, str]) -> EntryView:
    """An entry as it is named."""
    settings, day, gist = atlas.settings, atlas.days[entry.date], atlas.gist_of(entry)
    href = f"{day.href}{at.encode_path(entry.slug)}/"  # as `atlas.href` encodes its address, sign by sign
    return EntryView(
        id=entry.id,
        title=Html(gist.title or escape(entry.title, quote=False)),
        title_text=gist.title_text or entry.title,
        href=href,
        permalink=atlas.addresses.origin + href,
        anchor=f"entry-{day.iso}-{entry.slug}",
        day=day,
        kind=entry.kind,
        title_derived=entry.title_from != "",
        authors=tuple([atlas.authors[name] for name in entry.authors]),
        tags=tuple({atlas.slugs[tag] or tag: atlas.tags[tag] for tag in entry.tags}.values()),
        published=calendars.partial_text(entry.published, settings.language) if entry.published else "",
        updated=calendars.partial_text(entry.updated, settings.language) if entry.updated else "",
        venue=atlas.venues[entry.venue] if entry.venue else _NO_LINK,
        identifiers=tuple([Link(text, href) for text, href in identifiers.identifier_links(entry.identifiers)]),
        links=tuple([_link_out(atlas, entry, text, target) for text, target in entry.links]),
        source=urls.encode_url(entry.source.url) if at.is_web(entry.source.url) else "",
        license=entry.license if entry.license != settings.license else "",
        language=languages.tell_language(entry.lang, settings.language),
        draft=entry.draft,
        minutes=reading_minutes(gist.words),
        excerpt=Html(""),
        body=Html(""),
        complete=False,
        announced=_announced(entry, settings.language),
        details=describe_details(entry, names),
        coins="",
        bibtex=bibtex_href(atlas, href),
    )


def _announced(entry: Entry, language: str) -> str:
    """The day on which the source announced it, where it is another than the one it stands under."""
    day = entry.announced
    return calendars.day_text(day, language) if day and day != entry.date else ""


def _link_excerpt(atlas: Atlas, entry: Entry, excerpt: str, anchor: str) -> Html:
    """An excerpt for other pages than the entry's own: links within the entry lead to its page."""
    if markup.holds_urls(excerpt):
        place = Place(entry.key, entry.url)

        def resolve(target: str) -> str:
            destination = atlas.linker.resolve(target, place)
            return destination.href(atlas.addresses) if destination else target

        excerpt = markup.rewrite_urls(excerpt, resolve)
    return Html(markup.prefix_ids(excerpt, f"{anchor}."))


def _link_out(atlas: Atlas, entry: Entry, text: str, target: str) -> Link:
    """A link of the front matter: to the web or within the site, else a plain text."""
    if urls.is_absolute(target):
        return Link(text, urls.encode_url(target) if at.is_web(target) else "")
    destination = atlas.linker.resolve(target, Place(entry.key, entry.url))
    return Link(text, destination.href(atlas.addresses) if destination else "")
