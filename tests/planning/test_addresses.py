"""Addresses: encoded where they are shown, plain where they are files."""

from __future__ import annotations

import pytest

from digest.formats.urls import output_path
from digest.model import Settings
from digest.planning.addresses import alias_url, is_web, site_addresses


@pytest.mark.parametrize(
    ("base_url", "href", "permalink"),
    [
        ("https://example.org/", "/a/", "https://example.org/a/"),
        ("https://example.org", "/a/", "https://example.org/a/"),
        ("https://example.org/repo", "/repo/a/", "https://example.org/repo/a/"),
        ("http://localhost:8000/", "/a/", "http://localhost:8000/a/"),
        ("https://bücher.example/été/", "/%C3%A9t%C3%A9/a/", "https://xn--bcher-kva.example/%C3%A9t%C3%A9/a/"),
    ],
)
def test_a_site_may_live_anywhere(base_url: str, href: str, permalink: str) -> None:
    addresses = site_addresses(Settings(base_url=base_url))
    assert addresses.href("/a/") == href
    assert addresses.permalink("/a/") == permalink


def test_what_an_address_cannot_hold_is_encoded() -> None:
    addresses = site_addresses(Settings())
    assert addresses.href("/模型/a b?#%.png") == "/%E6%A8%A1%E5%9E%8B/a%20b%3F%23%25.png"
    assert output_path("/模型/") == "模型/index.html"
    assert output_path("/a b.png") == "a b.png"


@pytest.mark.parametrize(
    ("alias", "url"),
    [
        ("/old/", "/old/"),
        ("old", "/old/"),
        ("/old.html", "/old.html"),
        ("/old/index.php?x=1#y", "/old/index.php/"),
        ("/repo/old/", "/old/"),
        ("https://example.org/repo/old/", "/old/"),
        ("https://elsewhere.example/old/", ""),
        ("/../../etc/passwd", "/etc/passwd/"),
        ("/a//./b\x00\x1f/", "/a/b/"),
        ("/%C3%A9t%C3%A9/", "/été/"),
        ("/", ""),
        ("", ""),
    ],
)
def test_old_addresses(alias: str, url: str) -> None:
    assert alias_url(alias, Settings(base_url="https://example.org/repo/")) == url


@pytest.mark.parametrize("target", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "/local", ""])
def test_only_the_web_is_followed(target: str) -> None:
    assert not is_web(target)
