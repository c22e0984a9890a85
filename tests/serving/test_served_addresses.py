from __future__ import annotations

import pytest

from digest.serving.addresses import Moved, Wanted, encode_path, read_address
from digest.serving.media_types import media_type


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("/repo/", Wanted("")),
        ("/repo/tags/", Wanted("tags/")),
        ("/repo/%C3%BC%20x.html", Wanted("ü x.html")),
        ("/repo/a%252e%252e/b", Wanted("a%2e%2e/b")),
        ("/repo/.well-known/x", Wanted(".well-known/x")),
        ("/repo/.digest/live.js", Wanted(".digest/live.js")),
        ("/", Moved("/repo/")),
        ("/repo", Moved("/repo/")),
        ("/Repo/", None),
        ("/elsewhere", None),
        ("/repo/../secret", None),
        ("/repo/%2e%2e/secret", None),
        ("/repo/..%2fsecret", None),
        ("/repo/a/%2e/b", None),
        ("/repo/a/..", None),
        ("/repo/..%5csecret", None),
        ("/repo/a\\b", None),
        ("/repo//etc/passwd", None),
        ("/repo/%2fetc%2fpasswd", None),
        ("/repo/%00", None),
        ("/repo/%0d%0aSet-Cookie:x", None),
        ("/repo/%ff", None),
        ("/repo/.digest-manifest.json", None),
        ("/repo/.digest-stage/x", None),
        ("", None),
    ],
)
def test_what_an_address_asks_for(raw: str, expected: object) -> None:
    assert read_address(raw, "/repo/") == expected


def test_a_site_at_the_root() -> None:
    assert read_address("/", "/") == Wanted("")
    assert read_address("//evil.example/", "/") is None


def test_no_redirect_names_another_host() -> None:
    assert encode_path("//evil.example/ü") == "/evil.example/%C3%BC"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("feed.xml", "application/xml; charset=utf-8"),
        ("site.webmanifest", "application/manifest+json"),
        ("a/paper.BIB", "application/x-bibtex; charset=utf-8"),
        ("a/paper.ris", "application/x-research-info-systems; charset=utf-8"),
        ("a/paper.md", "text/markdown; charset=utf-8"),
        ("a.b/CNAME", "application/octet-stream"),
        ("x.unknown", "application/octet-stream"),
    ],
)
def test_types_do_not_depend_on_the_machine(path: str, kind: str) -> None:
    assert media_type(path) == kind
