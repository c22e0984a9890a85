"""Pictures of entries for those who share them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from digest.model import Entry, Sketch, SocialCard
from digest.planning import addresses as at
from digest.planning.asking import ALL, Asked
from digest.planning.atlas import Atlas
from digest.planning.marks import mark, mark_all

_NAMED: Final = 3  # authors
_NAMES: Final = ("what it shows", "the fonts")
_WEIGHT: Final = 20  # of drawing one, where 1 is the weight of an entry on a page


def sketch_cards(atlas: Atlas, asked: Asked = ALL) -> Iterator[Sketch]:
    """A card for each entry, if the site wants them."""
    if not atlas.settings.social_cards or not asked.names("card."):
        return
    fonts = tuple(file for file in atlas.site.static if file.url.endswith((".ttf", ".otf")))
    fonts_mark = mark_all(file.fingerprint or mark(file.data) for file in fonts)
    for entry in asked.entries(atlas.site):
        url = at.card_url(entry.url)
        shown = (atlas.title_of(entry), _name_authors(atlas, entry), atlas.days[entry.date].text, atlas.settings.title)
        make = partial(SocialCard, url, *shown, fonts)
        yield Sketch(url, "picture", _NAMES, (mark(*shown), fonts_mark), make, "a picture", weight=_WEIGHT)


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
