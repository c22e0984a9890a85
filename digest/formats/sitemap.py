"""Sitemaps (https://www.sitemaps.org/protocol.html)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from digest.formats.xml_writing import DECLARATION, escape
from digest.model import Sitemap, SitemapEntry

MOST: Final = 50_000  # addresses of a sitemap
_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"


def write_sitemap(sitemap: Sitemap) -> bytes:
    """A sitemap of pages, or one of sitemaps."""
    return _write_list(*(("sitemapindex", "sitemap") if sitemap.index else ("urlset", "url")), sitemap.entries)


def _write_list(name: str, item: str, entries: Iterable[SitemapEntry]) -> bytes:
    lines = [f'{DECLARATION}<{name} xmlns="{_NAMESPACE}">\n']
    for entry in entries:
        modified = f"<lastmod>{entry.modified}</lastmod>" if entry.modified else ""
        lines.append(f"<{item}><loc>{escape(entry.permalink)}</loc>{modified}</{item}>\n")
    lines.append(f"</{name}>\n")
    return "".join(lines).encode()
