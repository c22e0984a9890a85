"""The papers of the site as bibliographies know them, and the files that hold them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from digest.model import Alternate, Entry, Export, Html, Person, Reference
from digest.planning import addresses as at
from digest.planning.atlas import Atlas

References: TypeAlias = Mapping[str, Reference]


def make_references(atlas: Atlas) -> References:
    """The paper of every entry, by the key of the entry."""
    return {entry.key: _refer(atlas, entry) for entry in atlas.site.entries}


def _refer(atlas: Atlas, entry: Entry) -> Reference:
    return Reference(
        key=entry.slug,
        type="article",
        title=entry.title,
        authors=tuple(Person(literal=name) for name in entry.authors),
        issued=entry.published,
        container=entry.venue,
        identifiers=entry.identifiers,
        url="",
        permalink=atlas.permalink(entry.url),
        pdf="",
        abstract="",
        keywords=entry.tags,
        language=entry.lang or atlas.settings.language,
        details=entry.details,
    )


def export_links(atlas: Atlas, url: str) -> tuple[Alternate, ...]:
    """The bibliographies beside a page, in the formats that the site offers."""
    exports = ((at.EXPORTS[form], at.export_url(url, form)) for form in atlas.settings.exports)
    return tuple(Alternate(text, atlas.href(address), media) for (text, _, media), address in exports)


def bibtex_href(atlas: Atlas, entry: Entry) -> str:
    """The BibTeX of an entry, empty where the site offers none."""
    return atlas.href(at.export_url(entry.url, "bibtex")) if "bibtex" in atlas.settings.exports else ""


def coins_of(_reference: Reference) -> str:
    """The OpenURL of a paper (COinS), empty where the entry is about none."""
    return ""


def describe_paper(_reference: Reference) -> tuple[tuple[str, str], ...]:
    """The `meta` elements of an entry's page, as Zotero and Google Scholar read them."""
    return ()


def link_data(_reference: Reference) -> Html:
    """The paper as JSON-LD (https://schema.org/ScholarlyArticle), safe within a `script` element."""
    return Html("")


def plan_exports(_atlas: Atlas, _references: References) -> Iterator[Export]:
    """The bibliographies of each entry, day, tag and of the site."""
    yield from ()
