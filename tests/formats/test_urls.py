"""Addresses and the files that they are."""

from __future__ import annotations

import pytest

from digest.formats.urls import encode_url, is_absolute, output_path, without_login


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


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a?b=1&c=(2)#d", ""),
        ("https://example.org/100%25", ""),
        ("https://é.example:80/ü?ö#ß", "https://xn--9ca.example:80/%C3%BC?%C3%B6#%C3%9F"),
        ("https://zh.example/wiki/模型", "https://zh.example/wiki/%E6%A8%A1%E5%9E%8B"),
        ("https://example.org/100%/[x]|y", "https://example.org/100%25/%5Bx%5D%7Cy"),
        ("http://[::1]/ü", "http://[::1]/%C3%BC"),
        ("//é.example", "//xn--9ca.example"),
        ("mailto:ü@example.org", "mailto:%C3%BC@example.org"),
        (f"https://{'ü' * 70}.example/", f"https://{'%C3%BC' * 70}.example/"),
    ],
)
def test_an_address_for_the_world_is_ascii(url: str, expected: str) -> None:
    assert encode_url(url) == (expected or url)
    assert encode_url(encode_url(url)) == encode_url(url)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://ada:secret@example.org:80/a?b", "https://example.org:80/a?b"),
        ("https://ada@example.org", "https://example.org"),
        ("https://a@b:p@ss@example.org/", "https://example.org/"),
        ("x @ git+https://token@example.org/x and ftp://a:b@c/", "x @ git+https://example.org/x and ftp://c/"),
        ("https://example.org/@ada?mail=a@b", "https://example.org/@ada?mail=a@b"),
        ("https://example.org?a@b", "https://example.org?a@b"),
        ("ada@example.org", "ada@example.org"),
        ("git@github.com:ada/leeks", "git@github.com:ada/leeks"),
    ],
)
def test_nobody_reads_a_password(text: str, expected: str) -> None:
    assert without_login(text) == expected
    assert without_login(expected) == expected
