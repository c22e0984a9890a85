"""Sitemaps: of pages, and of sitemaps."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from digest.formats import sitemap
from digest.model import Sitemap, SitemapEntry

ROOT = "https://example.org/repo/"
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.mark.parametrize(("index", "root", "item"), [(False, "urlset", "url"), (True, "sitemapindex", "sitemap")])
def test_addresses_with_dates_where_they_are_known(index: bool, root: str, item: str) -> None:
    entries = (SitemapEntry(f"{ROOT}a/", "2019-12-06"), SitemapEntry(f"{ROOT}about/?a=1&b=2", ""))
    tree = ElementTree.fromstring(sitemap.write_sitemap(Sitemap("/sitemap.xml", entries, index=index)))
    assert tree.tag == f"{NAMESPACE}{root}"
    assert [element.tag for element in tree] == [f"{NAMESPACE}{item}"] * 2
    assert [element.text for element in tree.iter(f"{NAMESPACE}loc")] == [f"{ROOT}a/", f"{ROOT}about/?a=1&b=2"]
    assert [element.text for element in tree.iter(f"{NAMESPACE}lastmod")] == ["2019-12-06"]


def test_an_empty_site_has_a_sitemap() -> None:
    tree = ElementTree.fromstring(sitemap.write_sitemap(Sitemap("/sitemap.xml", ())))
    assert (tree.tag, list(tree)) == (f"{NAMESPACE}urlset", [])
