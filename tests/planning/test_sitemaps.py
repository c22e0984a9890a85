"""One sitemap, or an index of as many as are needed."""

from __future__ import annotations

import pytest
from planning_values import DAY, a_plan, an_entry

from digest.formats import sitemap


@pytest.mark.parametrize("spare", [0, 1])
def test_a_sitemap_that_is_full_is_one_and_one_more_address_makes_an_index(
    spare: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = [an_entry(f"Paper {number}", DAY) for number in range(9)]
    (whole,) = a_plan(entries).sitemaps
    most = len(whole.entries) - 1 + spare
    monkeypatch.setattr(sitemap, "MOST", most)
    *parts, last = a_plan(entries).sitemaps
    if spare:
        assert (parts, last) == ([], whole)
        return
    assert [part.url for part in parts] == ["/sitemap-1.xml", "/sitemap-2.xml"]
    assert tuple(entry for part in parts for entry in part.entries) == whole.entries
    assert [len(part.entries) for part in parts] == [most, 1]
    assert (last.url, last.index) == ("/sitemap.xml", True)
    assert [entry.permalink for entry in last.entries] == [f"https://example.org{part.url}" for part in parts]
    assert [entry.modified for entry in last.entries] == [max(one.modified for one in part.entries) for part in parts]
