"""Pictures of entries for those who share them."""

from __future__ import annotations

from collections.abc import Iterator

from digest.model import Entry, Sketch, SocialCard
from digest.planning import addresses as at
from digest.planning.atlas import Atlas
from digest.planning.sketching import sketch_value
from digest.planning.summaries import title_text

_NAMED = 3  # authors


def plan_cards(atlas: Atlas) -> Iterator[SocialCard]:
    """A card for each entry, if the site wants them."""
    if not atlas.settings.social_cards:
        return
    fonts = tuple(file for file in atlas.site.static if file.url.endswith((".ttf", ".otf")))
    for entry in atlas.site.entries:
        yield SocialCard(
            url=at.card_url(entry.url),
            title=title_text(entry, atlas.prose_of(entry)),
            byline=_name_authors(atlas, entry),
            day=atlas.days[entry.date].text,
            site=atlas.settings.title,
            fonts=fonts,
        )


def card_permalink(atlas: Atlas, entry: Entry) -> str:
    """The picture of an entry as the world calls it, empty where there is none."""
    return atlas.permalink(at.card_url(entry.url)) if atlas.settings.social_cards else ""


def _name_authors(atlas: Atlas, entry: Entry) -> str:
    shown = entry.authors if len(entry.authors) <= _NAMED + 1 else entry.authors[:_NAMED]
    names = ", ".join(shown)
    others = len(entry.authors) - len(shown)
    if not others:
        return names
    return f"{names} {atlas.words.ngettext('and %(number)s more', 'and %(number)s more', others)}"  # as pages name them


def sketch_cards(atlas: Atlas) -> Iterator[Sketch]:
    """A card for each entry."""
    for card in plan_cards(atlas):
        yield sketch_value(card, "picture", card.url, f"the picture {card.url}")
