"""Bibliographies beside pages: of an entry, a day, a tag and the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from digest.model import Alternate, Entry, Export, Reference, Sketch
from digest.planning import addresses as at
from digest.planning.atlas import Atlas
from digest.planning.claims import entries_by_address
from digest.planning.references import References
from digest.planning.sketching import sketch_value


def export_links(atlas: Atlas, url: str) -> tuple[Alternate, ...]:
    """The bibliographies beside a page, in the formats that the site offers."""
    exports = ((at.EXPORTS[form], at.export_url(url, form)) for form in atlas.settings.exports)
    return tuple(Alternate(text, atlas.href(address), media) for (text, _, media), address in exports)


def bibtex_href(atlas: Atlas, entry: Entry) -> str:
    """The BibTeX of an entry, empty where the site offers none."""
    return atlas.href(at.export_url(entry.url, "bibtex")) if "bibtex" in atlas.settings.exports else ""


def plan_exports(atlas: Atlas, references: References) -> Iterator[Export]:
    """The bibliographies of each entry, day, tag and of the site, each paper once.

    Those of tags and of the site are without abstracts: with them the files would be several times as large as all
    pages together.
    """
    site = atlas.site
    for entry in entries_by_address(site.entries):
        yield from _export(atlas, entry.url, (references[entry.key],))
    for day, entries in site.by_day.items():
        yield from _export(atlas, at.day_url(day), _list_papers(entries, references))
    for tag, entries in site.by_tag.items():
        yield from _export(atlas, atlas.tag_urls[atlas.slugs[tag]], _list_papers(entries, references), abstracts=False)
    yield from _export(atlas, at.HOME, _list_papers(site.entries, references), abstracts=False)


def _export(atlas: Atlas, url: str, references: tuple[Reference, ...], *, abstracts: bool = True) -> Iterator[Export]:
    for form in atlas.settings.exports:
        yield Export(at.export_url(url, form), form, references, abstracts)


def _list_papers(entries: Iterable[Entry], references: References) -> tuple[Reference, ...]:
    """Papers in the order of their entries; of two entries about the same one, the one that has its abstract."""
    papers: dict[str, Reference] = {}
    for entry in entries:
        reference = references[entry.key]
        known = papers.get(reference.key)
        if known is None or (reference.abstract and not known.abstract):
            papers[reference.key] = reference
    return tuple(papers.values())


def sketch_exports(atlas: Atlas, references: References) -> Iterator[Sketch]:
    """Every bibliography."""
    for export in plan_exports(atlas, references):
        yield sketch_value(export, "bibliography", export.url, f"the bibliography {export.url}")
