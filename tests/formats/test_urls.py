"""Addresses and the files that they are."""

from __future__ import annotations

import pytest

from digest.formats.urls import is_absolute, output_path


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("/", "index.html"),
        ("/2019/12/", "2019/12/index.html"),
        ("/404.html", "404.html"),
        ("/a/b.xml", "a/b.xml"),
        ("/模型/", "模型/index.html"),
        ("/a b.png", "a b.png"),
    ],
)
def test_an_address_has_one_file(url: str, path: str) -> None:
    assert output_path(url) == path


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("https://example.org/", True),
        ("mailto:ada@example.org", True),
        ("//example.org/a", True),
        ("/a:b", False),
        ("a/b", False),
        ("#c", False),
        ("", False),
    ],
)
def test_what_leads_out_of_a_site(target: str, expected: bool) -> None:
    assert is_absolute(target) is expected
