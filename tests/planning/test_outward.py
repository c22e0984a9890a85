"""Addresses for readers of feeds, of mails and of Markdown, who have no page that they could be relative to."""

from __future__ import annotations

import pytest
from planning_values import THEME, a_site, an_entry

from digest.model import Identifiers, Link
from digest.planning.atlas import draw_atlas
from digest.planning.outward import world_address, world_body, world_links

BASE = "https://example.org/repo"
ENTRY = an_entry(
    "Here",
    identifiers=Identifiers(doi="10.1000/1"),
    links=(("code", "//host.example/x"), ("notes", "/tags/"), ("bad", "javascript:alert(1)")),
)
ATLAS = draw_atlas(a_site([ENTRY], static=["/a b.png"], base_url=f"{BASE}/"), THEME)


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("/tags/", f"{BASE}/tags/"),
        ("/repo/tags/?a=1#b", f"{BASE}/tags/?a=1#b"),
        ("/a b.png", f"{BASE}/a%20b.png"),
        ("#part", f"{BASE}/2019/12/06/here/#part"),
        ("nowhere.md", f"{BASE}/2019/12/06/here/nowhere.md"),
        (" https://host.example/x ", "https://host.example/x"),
        ("//host.example/x", "https://host.example/x"),
        ("mailto:ada@example.org", "mailto:ada@example.org"),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_a_target_as_the_world_writes_it(target: str, address: str) -> None:
    assert world_address(ATLAS, ENTRY, target) == address


def test_an_empty_address_is_that_of_the_entry() -> None:
    assert world_body(ATLAS, ENTRY, '<a href="">x</a>') == f'<a href="{BASE}/2019/12/06/here/">x</a>'


def test_links_that_lead_anywhere() -> None:
    assert world_links(ATLAS, ENTRY) == (
        Link("doi:10.1000/1", "https://doi.org/10.1000/1"),
        Link("code", "https://host.example/x"),
        Link("notes", f"{BASE}/tags/"),
    )
