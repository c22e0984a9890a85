"""Sitemaps: valid at any size."""

from __future__ import annotations

from xml.etree import ElementTree

from digest.formats import sitemap
from digest.model import SitemapEntry

ROOT = "https://example.org/repo/"
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def locations(data: bytes) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(data).iter(f"{NAMESPACE}loc")]


def test_one_file_with_dates_where_they_are_known() -> None:
    files = sitemap.write_sitemap(
        (SitemapEntry(f"{ROOT}a/", "2019-12-06"), SitemapEntry(f"{ROOT}about/?a=1&b=2", "")), ROOT
    )
    assert list(files) == ["sitemap.xml"]
    tree = ElementTree.fromstring(files["sitemap.xml"])
    assert tree.tag == f"{NAMESPACE}urlset"
    assert locations(files["sitemap.xml"]) == [f"{ROOT}a/", f"{ROOT}about/?a=1&b=2"]
    assert [element.text for element in tree.iter(f"{NAMESPACE}lastmod")] == ["2019-12-06"]


def test_an_index_and_parts_where_one_file_is_too_small() -> None:
    entries = tuple(SitemapEntry(f"{ROOT}{number}/", f"2019-12-{number % 28 + 1:02d}") for number in range(100_001))
    files = sitemap.write_sitemap(entries, ROOT)
    assert tuple(files) == sitemap.sitemap_paths(len(entries))
    assert locations(files["sitemap.xml"]) == [f"{ROOT}sitemap-{number}.xml" for number in (1, 2, 3)]
    parts = [locations(files[f"sitemap-{number}.xml"]) for number in (1, 2, 3)]
    assert [len(part) for part in parts] == [50_000, 50_000, 1]
    assert [location for part in parts for location in part] == [entry.permalink for entry in entries]


def test_exactly_the_limit_is_one_file() -> None:
    entries = tuple(SitemapEntry(f"{ROOT}{number}/", "") for number in range(50_000))
    assert list(sitemap.write_sitemap(entries, ROOT)) == ["sitemap.xml"]


def test_an_empty_site_has_a_sitemap() -> None:
    assert locations(sitemap.write_sitemap((), ROOT)["sitemap.xml"]) == []
