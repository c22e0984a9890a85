"""Whether there is something at an address, against a real server; what is remembered of it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from fetch_runs import StillClock

from digest import __version__
from digest.fetching import Knock, Knocker, LinkMemory, knock_all
from digest.fetching.knocking import _is_public

NOW = datetime(2026, 11, 16, 12, tzinfo=UTC)
TODAY = NOW.date()


@dataclass
class House:
    """A server, and who knocked: method, path, agent and host."""

    asked: list[tuple[str, str, str, str]] = field(default_factory=list)
    url: str = ""

    def answer(self, method: str, path: str) -> tuple[int, dict[str, str]]:
        """A status and headers, as the path says: `/head405/200` refuses heads."""
        steps = path.strip("/").split("/")
        if steps[0] == "to":
            return 302, {"Location": "/" + "/".join(steps[1:])}
        if steps[0] == "round":
            return 301, {"Location": path}
        if steps[0] == "out":
            return 302, {"Location": "http://169.254.169.254/latest/"}
        if steps[0] == "file":
            return 302, {"Location": "file:///etc/passwd"}
        if steps[0] == "later":
            return (429, {"Retry-After": "5"}) if len(self.asked) == 1 else (200, {})
        if steps[0].startswith("head"):
            return (int(steps[0][4:]) if method == "HEAD" else int(steps[1])), {}
        return int(steps[0]), {}


@contextmanager
def open_house() -> Iterator[House]:
    house = House()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told = self.headers
            house.asked.append((self.command, self.path, told.get("User-Agent", ""), told.get("Host", "")))
            status, headers = house.answer(self.command, self.path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_HEAD = do_GET  # noqa: N815 - as the library calls it

        def log_message(self, *_: object) -> None:
            """Be quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    house.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield house
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def house() -> Iterator[House]:
    with open_house() as house:
        yield house


@pytest.fixture
def knocker() -> Iterator[Knocker]:
    with Knocker("ada@example.org", private=True, clock=StillClock(NOW)) as knocker:
        yield knocker


@pytest.mark.parametrize(
    ("path", "status", "methods"),
    [
        ("/200", 200, ["HEAD"]),
        ("/404", 404, ["HEAD", "GET"]),
        ("/head405/200", 200, ["HEAD", "GET"]),
        ("/head404/200", 200, ["HEAD", "GET"]),
        ("/to/200", 200, ["HEAD", "HEAD"]),
        ("/to/410", 410, ["HEAD", "HEAD", "GET", "GET"]),
        ("/later/", 200, ["HEAD", "HEAD"]),
    ],
)
def test_what_a_server_says(house: House, knocker: Knocker, path: str, status: int, methods: list[str]) -> None:
    assert knocker.knock(house.url + path) == Knock(status)
    assert [asked[0] for asked in house.asked] == methods
    assert {asked[2] for asked in house.asked} == {f"digest/{__version__} (+ada@example.org)"}
    assert {asked[3] for asked in house.asked} == {house.url.removeprefix("http://")}


@pytest.mark.parametrize("path", ["/round", "/file"])
def test_redirects_that_lead_nowhere(house: House, knocker: Knocker, path: str) -> None:
    found = knocker.knock(house.url + path)
    assert found.status == 0
    assert found.reason


def test_what_nobody_can_ask(knocker: Knocker, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    assert knocker.knock("http://127.0.0.1:9/").reason.startswith("cannot be reached")
    assert knocker.knock("https://no-such-host.invalid/").nowhere
    for odd in ("http://[::1", "gopher://example.org/", "https:///x", "http://a:b:c/"):
        assert knocker.knock(odd).reason


def test_machines_of_this_network_are_not_asked(house: House) -> None:
    with Knocker(clock=StillClock(NOW)) as knocker:
        for url in (house.url, house.url.replace("127.0.0.1", "localhost"), "http://10.0.0.1/", "http://[::1]/"):
            assert knocker.knock(url).refused
    assert house.asked == []


def test_nor_where_a_server_of_the_world_leads_there(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.fetching.knocking._is_public", lambda address: address == "127.0.0.1")
    with Knocker(clock=StillClock(NOW)) as knocker:
        assert knocker.knock(f"{house.url}/200") == Knock(200)
        assert knocker.knock(f"{house.url}/out").refused


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("::ffff:127.0.0.1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_which_machines_are_the_worlds(address: str, public: bool) -> None:
    assert _is_public(address) == public


def knock_at(links: list[str], site: Path, today: date) -> dict[str, Knock]:
    memory = LinkMemory.read(site, today)
    return knock_all(links, memory, lambda: Knocker(private=True, clock=StillClock(NOW)), lambda _done, _total: None)


def test_what_was_there_is_not_asked_for_again_soon(house: House, tmp_path: Path) -> None:
    links = [f"{house.url}/{status}" for status in (200, 404, 403)]
    first = knock_at(links, tmp_path, TODAY)
    assert [first[url].status for url in links] == [200, 404, 403]

    def again(days: int) -> list[str]:
        house.asked.clear()
        assert knock_at(links, tmp_path, TODAY + timedelta(days=days)) == first
        return sorted({path for _, path, _, _ in house.asked})

    assert again(0) == ["/404"]
    assert again(1) == ["/403", "/404"]
    assert again(20) == ["/200", "/403", "/404"]
    knock_at(links[:1], tmp_path, TODAY)
    assert list(json.loads((tmp_path / ".digest/links.json").read_text())["links"]) == links[:1]


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"version": 1, "links": {"a": 3}}', '{"version": 1, "links": {"a": ["x", 1, ""]}}']
)
def test_a_damaged_memory_is_none(house: House, tmp_path: Path, text: str) -> None:
    (tmp_path / ".digest").mkdir()
    (tmp_path / ".digest/links.json").write_text(text)
    assert knock_at([f"{house.url}/200"], tmp_path, TODAY)[f"{house.url}/200"] == Knock(200)


def test_a_memory_that_cannot_be_written_is_no_fault(house: House, tmp_path: Path) -> None:
    (tmp_path / ".digest").write_text("a file where a folder should be")
    assert knock_at([f"{house.url}/200"], tmp_path, TODAY)[f"{house.url}/200"] == Knock(200)
