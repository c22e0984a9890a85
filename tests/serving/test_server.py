from __future__ import annotations

import json
import os
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from previews import FakePreview, ask, port_of, say, serve

from digest.model import Problem, Span
from digest.serving import PreviewServer, open_listener

PAGE = "<!doctype html><html><head><title>x</title></head><body>page</body></html>"
WRONG = Problem("error", "DG602", "a template is wrong: <b>", Span("themes/own/entry.html", 3, 5), "mend it")


@pytest.fixture
def preview(tmp_path: Path) -> FakePreview:
    site = tmp_path / "site"
    site.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (site / "paper.pdf").write_bytes(bytes(range(256)) * 40_000)
    (site / "small.txt").write_text("0123456789")
    (site / "leak.txt").symlink_to(tmp_path / "secret.txt")
    (site / "kept.txt").symlink_to(site / "small.txt")
    os.mkfifo(site / "pipe.txt")
    return FakePreview(
        {
            "index.html": "home",
            "tags/index.html": "tags",
            "about.html": "about",
            "both.html": "file",
            "both/index.html": "folder",
            "404.html": "lost",
            "feed.xml": "<rss/>",
            "a%2e%2e/b": "percent",
            "paper.pdf": site / "paper.pdf",
            "small.txt": site / "small.txt",
            "leak.txt": site / "leak.txt",
            "kept.txt": site / "kept.txt",
            "pipe.txt": site / "pipe.txt",
            "gone.txt": site / "gone.txt",
            "broken.html": WRONG,
            "image.html": '<head><link rel="stylesheet" href="s.css"></head><img src="small.txt">',
            "s.css": "p{}",
        }
    )


@pytest.fixture
def server(preview: FakePreview, tmp_path: Path) -> Iterator[PreviewServer]:
    with serve(preview, roots=[tmp_path / "site"], today=lambda: "2026-01-02", live=False) as server:
        yield server


@pytest.fixture
def live(preview: FakePreview, tmp_path: Path) -> Iterator[PreviewServer]:
    with serve(preview, roots=[tmp_path / "site"], today=lambda: "2026-01-02") as server:
        yield server


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [
        ("/repo/", 200, "home"),
        ("/repo/index.html", 200, "home"),
        ("/repo/tags/", 200, "tags"),
        ("/repo/tags", 301, "It has moved\n"),
        ("/repo/about", 200, "about"),
        ("/repo/about/", 404, "lost"),
        ("/repo/both", 200, "file"),
        ("/repo/both/", 200, "folder"),
        ("/repo/About", 404, "lost"),
        ("/repo/feed.xml?x=1", 200, "<rss/>"),
        ("/repo/a%252e%252e/b", 200, "percent"),
        ("/repo/kept.txt", 200, "0123456789"),
        ("/repo/leak.txt", 404, "lost"),
        ("/repo/pipe.txt", 404, "lost"),
        ("/repo/gone.txt", 404, "lost"),
        ("/repo/nothing/", 404, "lost"),
        ("/elsewhere", 404, "lost"),
        ("/repo/%2e%2e/secret.txt", 404, "lost"),
        ("/repo/x%00", 404, "lost"),
        ("/repo/" + "x" * 4000, 404, "lost"),
        ("/repo/" + "x" * 5000, 414, "This address is too long\n"),
        ("/", 301, "It has moved\n"),
        ("/repo", 301, "It has moved\n"),
    ],
)
def test_answers(server: PreviewServer, path: str, status: int, body: str) -> None:
    got = ask(server, path)
    assert (got.status, got.text) == (status, body)
    assert got.headers["Content-Length"] == str(len(body))
    assert got.headers["Cache-Control"] == "no-store"
    assert got.headers["X-Content-Type-Options"] == "nosniff"


def test_redirects_stay_on_this_host(server: PreviewServer) -> None:
    assert ask(server, "/repo/tags?x=1").headers["Location"] == "/repo/tags/?x=1"
    assert ask(server, "/").headers["Location"] == "/repo/"


def test_a_site_without_a_page_for_what_is_lost() -> None:
    with serve(FakePreview({}), live=False) as server:
        got = ask(server, "/repo/x")
    assert (got.status, got.text) == (404, "Not found\n")


@pytest.mark.parametrize("base_path", ["/a b/ü/", "/a%20b/%C3%BC/"])
def test_a_base_path_may_be_written_encoded_or_not(base_path: str) -> None:
    with serve(FakePreview({"index.html": "home"}, base_path), live=False) as server:
        assert server.url.endswith("/a%20b/%C3%BC/")
        assert ask(server, "/").headers["Location"] == "/a%20b/%C3%BC/"
        assert ask(server, "/a%20b/%c3%bc/").text == "home"


def test_head_has_no_body(server: PreviewServer) -> None:
    for path, size in (("/repo/", 4), ("/repo/paper.pdf", 10_240_000)):
        got = ask(server, path, "HEAD")
        assert (got.status, got.body, got.headers["Content-Length"]) == (200, b"", str(size))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_nothing_is_taken(server: PreviewServer, method: str) -> None:
    got = ask(server, "/repo/", method)
    assert (got.status, got.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("path", ["/repo/small.txt", "/repo/digits.txt"])
@pytest.mark.parametrize(
    ("asked", "status", "body", "told"),
    [
        ("bytes=2-4", 206, "234", "bytes 2-4/10"),
        ("bytes=-3", 206, "789", "bytes 7-9/10"),
        ("bytes=10-", 416, "", "bytes */10"),
        ("bytes=0-1,3-4", 200, "0123456789", None),
    ],
)
def test_parts_of_bytes_and_of_files(
    preview: FakePreview, server: PreviewServer, path: str, asked: str, status: int, body: str, told: str | None
) -> None:
    preview.put({"digits.txt": "0123456789"})
    got = ask(server, path, range=asked)
    assert (got.status, got.text, got.headers["Content-Range"]) == (status, body, told)
    assert got.headers["Content-Length"] == str(len(body))


def test_parts_of_what_has_changed_are_not_mixed(server: PreviewServer) -> None:
    tag = ask(server, "/repo/small.txt").headers["ETag"]
    assert ask(server, "/repo/small.txt", range="bytes=0-1", if_range=tag).status == 206
    assert ask(server, "/repo/small.txt", range="bytes=0-1", if_range='"old"').status == 200


def test_a_large_file_is_streamed(server: PreviewServer) -> None:
    whole = bytes(range(256)) * 40_000
    assert ask(server, "/repo/paper.pdf").body == whole
    assert ask(server, "/repo/paper.pdf", range="bytes=5000001-9000001").body == whole[5_000_001:9_000_002]


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"host": "localhost:1"}, 200), ({"host": "evil.example"}, 421), ({"host": "127.0.0.1:1, evil.example"}, 421)],
)
def test_answers_to_its_own_name_only(server: PreviewServer, headers: dict[str, str], status: int) -> None:
    assert ask(server, "/repo/", **headers).status == status


@pytest.mark.parametrize(
    ("request_", "answer"),
    [
        (b"GET /repo/ HTTP/1.0\r\n\r\n", b"421"),
        (b"GET /repo/ HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", b"400"),
        (b"GET http://evil.example/repo/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", b"400"),
        (b"GET /repo/../../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", b"404"),
        (b"GET /repo/..\\secret.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", b"404"),
        (b"GET //etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", b"404"),
        (b"GET /" + b"x" * 70_000 + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", b"414"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX: " + b"x" * 70_000 + b"\r\n\r\n", b"431"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + b"X: y\r\n" * 20_000 + b"\r\n", b"431"),
        (
            b"GET /repo/.digest/look HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nOrigin: http://[\r\n\r\n",
            b"404",
        ),
        (b"GET /" + b"x" * 9_000_000, b"400"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: y\r\n" * 20_000, b"400"),
        (b"GET /repo/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999\r\n\r\nx", b"200"),
        (b"GET /repo/\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n", b"400"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"400"),
        (b"GET /repo/ HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade, close\r\n\r\n", b"200"),
    ],
)
def test_odd_requests_are_answered_and_let_go(server: PreviewServer, request_: bytes, answer: bytes) -> None:
    got = say(server, request_)
    assert re.match(rb"HTTP/1.[01] (\d+)", got or b"HTTP/1.1 400")[1] == answer  # type: ignore[index] # or it fails
    assert b"root:" not in got
    assert b"secret" not in got
    assert ask(server, "/repo/").text == "home"


# Live pages


def told(page: str) -> dict[str, str]:
    return dict(re.findall(r' data-(\w+)="([^"]*)"', page))


def test_only_pages_know_of_the_preview(live: PreviewServer) -> None:
    page = ask(live, "/repo/about").text
    assert '<script src="/repo/.digest/live.js"' in page
    assert told(page)["today"] == "2026-01-02"
    assert ask(live, "/repo/feed.xml").text == "<rss/>"
    assert ask(live, "/repo/nothing").text.endswith("lost")
    assert "live.js" in ask(live, "/repo/nothing").text


def test_the_files_of_the_preview_are_there_and_for_its_pages_only(live: PreviewServer, server: PreviewServer) -> None:
    script = ask(live, "/repo/.digest/live.js")
    assert (script.status, script.headers["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    assert ask(live, "/repo/.digest/live.css").headers["Content-Type"] == "text/css; charset=utf-8"
    assert ask(live, "/repo/.digest/known.sqlite").status == 404
    assert ask(live, "/repo/.digest/events", origin="https://evil.example").status == 404
    assert ask(live, "/repo/.digest/look?path=/repo/", sec_fetch_site="cross-site").status == 404
    assert ask(server, "/repo/.digest/live.js").status == 404


def look(server: PreviewServer, path: str) -> Any:
    return ask(server, f"/repo/.digest/look?path={path}", sec_fetch_site="same-origin").json


def test_a_page_is_told_whether_it_is_another_now(preview: FakePreview, live: PreviewServer, tmp_path: Path) -> None:
    before = told(ask(live, "/repo/image").text)
    assert look(live, "/repo/image")["page"] == before["page"]
    preview.put({"s.css": "a{}"})
    now = look(live, "/repo/image")
    assert now["page"] == before["page"]
    assert now["styles"] != json.loads(before["styles"].replace("&quot;", '"'))
    assert now["state"] != before["state"]
    (tmp_path / "site" / "small.txt").write_text("another image")
    assert look(live, "/repo/image")["page"] != before["page"]
    assert look(live, "/repo/nothing")["page"].startswith("404-")
    assert look(live, "/repo/tags")["page"] == "301"


def test_a_page_that_cannot_be_made_says_why_and_heals(preview: FakePreview, live: PreviewServer) -> None:
    page = ask(live, "/repo/broken.html")
    assert page.status == 500
    assert "a template is wrong: &lt;b&gt;" in page.text
    assert "live.js" in page.text
    assert look(live, "/repo/broken.html")["problems"][0]["message"] == WRONG.message
    preview.put({"broken.html": PAGE})
    assert look(live, "/repo/broken.html").get("problems") is None
    assert ask(live, "/repo/broken.html").status == 200


class Stream:
    """An event stream as a tab holds it."""

    def __init__(self, server: PreviewServer) -> None:
        self.plug = socket.create_connection(("127.0.0.1", port_of(server)), timeout=10)
        self.plug.sendall(b"GET /repo/.digest/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        self.file = self.plug.makefile("rb")

    def next(self) -> Any:
        for line in self.file:
            if line.startswith(b"data: "):
                return json.loads(line[6:])
        return None

    def close(self) -> None:
        self.file.close()
        self.plug.close()


def test_tabs_are_told_of_changes_and_of_what_is_wrong(preview: FakePreview, live: PreviewServer) -> None:
    streams = [Stream(live) for _ in range(3)]
    first = [stream.next() for stream in streams]
    assert first[0]["problems"] == []
    preview.put({}, [WRONG])
    for stream in streams:
        news = stream.next()
        assert news["run"] == first[0]["run"]
        assert news["state"] == "2.0"
        assert [problem["code"] for problem in news["problems"]] == ["DG602"]
        stream.close()


def test_tabs_are_told_of_what_is_no_concern_of_the_preview(live: PreviewServer) -> None:
    stream = Stream(live)
    assert stream.next()["state"] == "1.0"
    live.nudge()
    assert stream.next()["state"] == "1.1"
    assert look(live, "/repo/")["state"].endswith("-1.1")
    stream.close()


def test_a_request_waits_for_a_change_that_is_under_way(preview: FakePreview) -> None:
    settled = Event()
    with serve(preview, settle=lambda: settled.wait(10) or None, live=False) as server:
        got: list[str] = []
        reader = Thread(target=lambda: got.append(ask(server, "/repo/").text))
        reader.start()
        reader.join(0.2)
        assert got == []
        preview.put({"index.html": "new"})
        settled.set()
        reader.join(10)
    assert got == ["new"]


# Patience


def test_slow_visitors_stop_nobody(live: PreviewServer, monkeypatch: pytest.MonkeyPatch) -> None:
    half = b"GET /repo/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
    plugs = [socket.create_connection(("127.0.0.1", port_of(live)), timeout=10) for _ in range(200)]
    for number, plug in enumerate(plugs):
        plug.sendall((half, b"G", half + b"x\r\n\r\n", b"")[number % 4])
    streams = [Stream(live) for _ in range(50)]
    began = time.monotonic()
    assert "home" in ask(live, "/repo/").text
    assert time.monotonic() - began < 5
    for plug in plugs:
        plug.close()
    for stream in streams:
        stream.close()


def test_who_does_not_finish_asking_is_cut_off(preview: FakePreview, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.serving.listening.ASKING", 0.3)
    monkeypatch.setattr("digest.serving.listening.IDLE", 1)
    with serve(preview, live=False) as server:
        assert say(server, b"") == b""
        assert say(server, b"GET /repo/ HTTP/1.1\r\nHost: ") == b""
        again = say(server, b"GET /repo/ HTTP/1.1\r\nHost: localhost\r\n\r\nGET /repo/ HTTP/1.1\r\n")
        assert again.count(b"home") == 1


def test_who_does_not_read_is_cut_off(preview: FakePreview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.serving.listening.READING", 0.3)
    with (
        serve(preview, roots=[tmp_path], live=False) as server,
        socket.create_connection(("127.0.0.1", port_of(server)), timeout=10) as plug,
    ):
        plug.sendall(b"GET /repo/paper.pdf HTTP/1.1\r\nHost: localhost\r\n\r\n")
        time.sleep(1)
        got = 0
        try:
            while piece := plug.recv(1 << 20):
                got += len(piece)
        except ConnectionResetError:
            pass
        assert got < 10_240_000


def test_it_ends_at_once_with_tabs_open_and_pages_half_made(
    preview: FakePreview, caplog: pytest.LogCaptureFixture
) -> None:
    go_on = Event()
    with serve(preview, settle=lambda: go_on.wait(20) or None) as server:
        streams = [Stream(server) for _ in range(5)]
        assert all(stream.next() for stream in streams)
        waiting = socket.create_connection(("127.0.0.1", port_of(server)), timeout=10)
        waiting.sendall(b"GET /repo/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
        began = time.monotonic()
    assert time.monotonic() - began < 2
    go_on.set()
    assert [stream.next() for stream in streams] == [None] * 5
    assert caplog.records == []
    waiting.close()
    for stream in streams:
        stream.close()


def test_the_next_port_is_taken_if_one_is_taken() -> None:
    first = open_listener("127.0.0.1", 0)
    second = open_listener("127.0.0.1", first.port)
    assert first.port < second.port < first.port + 50
    assert second.origin == f"http://127.0.0.1:{second.port}"
    first.socket.close()
    second.socket.close()


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="needs both kinds of addresses")
def test_every_address_means_those_of_both_kinds() -> None:
    listener = open_listener("::", 0)
    try:
        for address in ("127.0.0.1", "::1"):
            socket.create_connection((address, listener.port), timeout=5).close()
    finally:
        listener.socket.close()


@pytest.mark.parametrize(("host", "name"), [("0.0.0.0", "127.0.0.1"), ("localhost", "localhost")])
def test_how_a_browser_calls_it(host: str, name: str) -> None:
    listener = open_listener(host, 0)
    assert listener.origin == f"http://{name}:{listener.port}"
    listener.socket.close()


def test_a_site_that_was_wrong_from_the_start_says_so_everywhere(preview: FakePreview) -> None:
    with serve(FakePreview({}, "/")) as server:
        assert ask(server, "/").status == 404
    broken = FakePreview({}, "/")
    broken.put({}, [WRONG])
    with serve(broken) as server:
        page = ask(server, "/repo/")
        assert (page.status, "a template is wrong" in page.text, "/.digest/live.js" in page.text) == (500, True, True)
