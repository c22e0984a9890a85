"""Which pages search engines are told of, and when each last changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from digest.formats import sitemap
from digest.model import Sitemap, SitemapEntry, Sketch
from digest.planning import addresses as at
from digest.planning.atlas import Atlas
from digest.planning.sketching import sketch_value


def sketch_sitemaps(atlas: Atlas, pages: Iterable[Sketch]) -> Iterator[Sketch]:
    """The sitemap, or an index of that name and its parts, in the order of the plan."""
    entries = [SitemapEntry(atlas.permalink(page.url), page.modified) for page in pages if page.modified is not None]
    most = sitemap.MOST
    if len(entries) <= most:
        yield sketch_value(Sitemap(at.SITEMAP, tuple(entries)), "sitemap", at.SITEMAP, "the sitemap")
        return
    parts = []
    for start in range(0, len(entries), most):
        part = tuple(entries[start : start + most])
        url = at.SITEMAP.replace(".xml", f"-{start // most + 1}.xml")
        parts.append(SitemapEntry(atlas.permalink(url), max(entry.modified for entry in part)))
        yield sketch_value(Sitemap(url, part), "sitemap", url, "the sitemap")
    yield sketch_value(Sitemap(at.SITEMAP, tuple(parts), index=True), "sitemap", at.SITEMAP, "the sitemap")
