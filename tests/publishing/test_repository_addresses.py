from __future__ import annotations

import pytest

from digest.publishing.addresses import is_github, is_local, mask, own_domain, pages_url


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://github.com/Ada/notes.git", "https://ada.github.io/notes/"),
        ("https://x-access-token:abc@github.com/ada/notes", "https://ada.github.io/notes/"),
        ("git@github.com:ada/notes.git", "https://ada.github.io/notes/"),
        ("ssh://git@ssh.github.com:443/ada/notes.git/", "https://ada.github.io/notes/"),
        ("git@github.com:Ada/ada.github.io.git", "https://ada.github.io/"),
        ("https://gitlab.com/ada/notes.git", ""),
        ("https://github.com.example.org/ada/notes.git", ""),
        ("../notes.git", ""),
        ("", ""),
    ],
)
def test_where_github_serves_a_repository(url: str, expected: str) -> None:
    assert pages_url(url) == expected
    assert is_github(url) == bool(expected)


@pytest.mark.parametrize(
    ("base_url", "expected"),
    [
        ("https://notes.example.org/", "notes.example.org"),
        ("https://example.org", "example.org"),
        ("https://bücher.example/", "xn--bcher-kva.example"),
        ("https://example.org/notes/", ""),
        ("https://ada.github.io/", ""),
        ("https://ada.codeberg.page/", ""),
        ("https://example.org:8443/", ""),
        ("http://192.0.2.7/", ""),
        ("http://[2001:db8::1]/", ""),
        ("http://server/", ""),
        ("http://localhost:8000/", ""),
        (f"https://{'ü' * 70}.example/", ""),
    ],
)
def test_the_domain_that_a_site_has_for_itself(base_url: str, expected: str) -> None:
    assert own_domain(base_url) == expected


@pytest.mark.parametrize(
    ("base_url", "expected"),
    [
        ("http://localhost:8000/", True),
        ("http://LOCALHOST./x/", True),
        ("http://notes.localhost/", True),
        ("http://127.0.0.1:8000/", True),
        ("http://[::1]/", True),
        ("http://0.0.0.0/", True),
        ("https://localhost.example.org/", False),
        ("http://192.168.1.7/", False),
        ("https://example.org/", False),
    ],
)
def test_addresses_that_nobody_else_finds(base_url: str, expected: bool) -> None:
    assert is_local(base_url) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fatal: unable to access 'https://ada:pw@host/x.git/'", "fatal: unable to access 'https://***@host/x.git/'"),
        ("https://ghp_abc@host/x", "https://***@host/x"),
        ("https://a@b:c@host/x", "https://***@host/x"),
        ("https://host/x.git?private_token=abc#x y", "https://host/x.git?*** y"),
        ("ssh://git@host/x and git@host:x", "ssh://git@host/x and git@host:x"),
        ("two: ftp://u:p@h https://v:q@i", "two: ftp://***@h https://***@i"),
        ("mail ada@example.org", "mail ada@example.org"),
    ],
)
def test_passwords_in_addresses_are_hidden(text: str, expected: str) -> None:
    assert mask(text) == expected
