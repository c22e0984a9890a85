"""The links of the content that lead somewhere within the site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from digest.formats import urls
from digest.model import Entry, LocalLink, PageFile, Site, SiteLink, Span, Theme
from digest.planning.atlas import Atlas, draw_atlas
from digest.planning.linking import Place


def list_links(site: Site, theme: Theme) -> Iterator[SiteLink]:
    """Those of bodies, and of the front matter of entries, with their places."""
    atlas = draw_atlas(site, theme)
    for page in site.pages:
        yield from _resolve(atlas, page, atlas.gist_of(page).links)
    for entry in site.entries:
        links = atlas.gist_of(entry).links
        if entry.links:
            links = (*links, *(LocalLink(target, 1, 1) for _, target in entry.links if not urls.is_absolute(target)))
        if links:
            yield from _resolve(atlas, entry, links)


def _resolve(atlas: Atlas, source: Entry | PageFile, links: Sequence[LocalLink]) -> Iterator[SiteLink]:
    place = Place(source.key, source.url)
    for link in links:
        found = atlas.linker.resolve(link.target, place)
        if found is not None and found.found:
            span = Span(source.path, link.line, link.column, max(1, len(link.target)))
            yield SiteLink(span, link.target, found.url, found.suffix.partition("#")[2])
