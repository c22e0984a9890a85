from __future__ import annotations

import pytest

from digest.serving.visitors import Visitors


@pytest.mark.parametrize(
    ("header", "known"),
    [
        ("localhost:8000", True),
        ("LOCALHOST", True),
        ("localhost.:8000", True),
        ("127.0.0.1", True),
        ("127.0.0.1:99999", False),
        ("[::1]:8000", True),
        ("[::1]", True),
        ("::1", False),
        ("evil.example", False),
        ("evil.example.:80", False),
        ("localhost.evil.example", False),
        ("evil:127.0.0.1", False),
        ("127.0.0.1@evil", False),
        ("192.0.2.7", False),
        ("[2001:db8::1]:80", False),
        ("localhost, evil.example", False),
        ("a b", False),
        ("", False),
    ],
)
def test_a_server_of_this_machine_answers_to_its_own_name(header: str, known: bool) -> None:
    assert Visitors("127.0.0.1").knows_host(header) == known


@pytest.mark.parametrize(
    ("header", "known"),
    [("192.0.2.7:8000", True), ("[2001:db8::1]:80", True), ("desk.local", True), ("evil.example", False), ("", False)],
)
def test_a_server_for_the_network_answers_to_addresses_and_to_its_own_name(header: str, known: bool) -> None:
    assert Visitors("0.0.0.0", ["desk.local"]).knows_host(header) == known


@pytest.mark.parametrize(
    ("origin", "site", "known"),
    [
        (None, None, True),
        (None, "same-origin", True),
        (None, "none", True),
        (None, "cross-site", False),
        (None, "same-site", False),
        ("http://localhost:8000", None, True),
        ("http://localhost:9000", None, False),
        ("https://evil.example", None, False),
        ("null", None, False),
        ("http://[", None, False),
    ],
)
def test_pages_of_other_servers_are_refused(origin: str | None, site: str | None, known: bool) -> None:
    assert Visitors("localhost").knows_origin(origin, site, "localhost:8000") == known
