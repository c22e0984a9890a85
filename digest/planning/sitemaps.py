"""Which pages search engines are told of, and when each last changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain

from digest.formats import sitemap
from digest.model import Sitemap, SitemapEntry, Sketch
from digest.planning import addresses as at
from digest.planning.asking import ALL, Asked
from digest.planning.atlas import Atlas
from digest.planning.marks import mark

_NAMES = ("the address of the site", "the pages")


def sketch_sitemaps(atlas: Atlas, pages: Iterable[Sketch], asked: Asked = ALL) -> Iterator[Sketch]:
    """The sitemap, or an index of that name and its parts, in the order of the plan; `pages` are all of the site."""
    if not asked.names("sitemap"):
        return
    told = [(page.url, page.modified) for page in pages if page.modified is not None]
    most = sitemap.MOST
    if len(told) <= most:
        yield _sketch(atlas, at.SITEMAP, told)
        return
    parts = []
    for start in range(0, len(told), most):
        part = told[start : start + most]
        url = at.SITEMAP.replace(".xml", f"-{start // most + 1}.xml")
        parts.append((url, max(modified for _, modified in part)))
        yield _sketch(atlas, url, part)
    yield _sketch(atlas, at.SITEMAP, parts, index=True)


def _sketch(atlas: Atlas, url: str, told: Sequence[tuple[str, str]], *, index: bool = False) -> Sketch:
    """A sitemap of these addresses, each with the day of its last change."""
    shown = "\0".join(chain.from_iterable(told))
    marks = (mark(atlas.permalink(at.HOME)), mark(shown, f"{index}"))
    make = partial(_make_sitemap, atlas.addresses, url, told, index=index)
    return Sketch(url, "sitemap", _NAMES, marks, make, "the sitemap")


def _make_sitemap(addresses: at.Addresses, url: str, told: Sequence[tuple[str, str]], *, index: bool) -> Sitemap:
    entries = (SitemapEntry(addresses.permalink(address), modified) for address, modified in told)
    return Sitemap(url, tuple(entries), index=index)
