"""Addresses that are put together from parts are those of the whole."""

from __future__ import annotations

from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st
from planning_values import THEME, a_site, an_entry

from digest.model import ExportFormat, Settings
from digest.planning import addresses as at
from digest.planning.atlas import draw_atlas
from digest.planning.exports import export_links
from digest.planning.paging import Part, make_pager
from digest.planning.views import make_views

NAMES = st.text(min_size=1, max_size=8).filter(lambda text: "/" not in text) | st.just("\ud800a\udfff")
BASES = st.sampled_from(["https://example.org/", "https://example.org/été/"])
FORMS = get_args(ExportFormat)


@settings(deadline=None, max_examples=50)
@given(NAMES, BASES)
def test_an_entry_is_where_its_address_says(slug: str, base: str) -> None:
    entry = an_entry(slug=slug, key="a.md")
    atlas = draw_atlas(a_site([entry], base_url=base, exports=FORMS), THEME)
    head = make_views(atlas).heads[entry.key]
    assert (head.href, head.permalink) == (atlas.href(entry.url), atlas.permalink(entry.url))
    assert head.bibtex == atlas.href(at.export_url(entry.url, "bibtex"))
    assert [link.href for link in export_links(atlas, entry.url)] == [
        atlas.href(at.export_url(entry.url, form)) for form in FORMS
    ]


@settings(deadline=None, max_examples=50)
@given(NAMES, BASES, st.integers(1, 12), st.integers(1, 12))
def test_a_pager_leads_to_the_parts(name: str, base: str, own: int, total: int) -> None:
    home = f"/tags/{name}/"
    atlas = draw_atlas(a_site(base_url=base), THEME)
    pager = make_pager(atlas, Part(home, min(own, total), total, ()))
    numbered = {link.text: link.href for link in pager.pages if link.href}
    assert numbered == {text: atlas.href(at.part_url(home, int(text))) for text in numbered}
    before, after = (atlas.href(at.part_url(home, pager.number + step)) for step in (-1, 1))
    assert pager.previous == (before if pager.number > 1 else "")
    assert pager.next == (after if pager.number < total else "")


def test_a_site_without_bibliographies_links_to_none() -> None:
    assert export_links(draw_atlas(a_site(exports=()), THEME), "/") == ()
    assert Settings().exports
