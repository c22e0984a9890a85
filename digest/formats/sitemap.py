"""Sitemaps (https://www.sitemaps.org/protocol.html)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from digest.formats.xml_writing import DECLARATION, escape
from digest.model import SitemapEntry

MOST: Final = 50_000  # what one sitemap may hold
_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap_paths(count: int) -> tuple[str, ...]:
    """The files that a sitemap of so many addresses needs; robots.txt names the first."""
    parts = -(-count // MOST)
    return ("sitemap.xml", *(f"sitemap-{number}.xml" for number in range(1, parts + 1) if parts > 1))


def write_sitemap(entries: Sequence[SitemapEntry], root: str) -> dict[str, bytes]:
    """sitemap.xml, or an index of that name and its parts; `root` is the site's absolute address, with a slash."""
    paths = sitemap_paths(len(entries))
    if len(paths) == 1:
        return {paths[0]: _write_addresses(entries)}
    files = {
        path: entries[start : start + MOST] for path, start in zip(paths[1:], range(0, len(entries), MOST), strict=True)
    }
    parts = [SitemapEntry(root + path, max(entry.modified for entry in part)) for path, part in files.items()]
    index = _write_list("sitemapindex", "sitemap", parts)
    return {paths[0]: index, **{path: _write_addresses(part) for path, part in files.items()}}


def _write_addresses(entries: Iterable[SitemapEntry]) -> bytes:
    return _write_list("urlset", "url", entries)


def _write_list(name: str, item: str, entries: Iterable[SitemapEntry]) -> bytes:
    lines = [f'{DECLARATION}<{name} xmlns="{_NAMESPACE}">\n']
    for entry in entries:
        modified = f"<lastmod>{entry.modified}</lastmod>" if entry.modified else ""
        lines.append(f"<{item}><loc>{escape(entry.permalink)}</loc>{modified}</{item}>\n")
    lines.append(f"</{name}>\n")
    return "".join(lines).encode()
