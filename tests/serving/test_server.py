from __future__ import annotations

import http.client
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from digest.serving import PreviewServer
from digest.serving.server import find_file


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "preview"
    (root / "tags").mkdir(parents=True)
    (root / "index.html").write_text("home")
    (root / "tags" / "index.html").write_text("tags")
    (root / "404.html").write_text("lost")
    (root / "feed.xml").write_text("<rss/>")
    (root / ".digest-manifest.json").write_text("{}")
    (tmp_path / "secret.txt").write_text("secret")
    (root / "leak.txt").symlink_to(tmp_path / "secret.txt")
    return root


@pytest.fixture
def server(site: Path) -> Iterator[PreviewServer]:
    server = PreviewServer(("127.0.0.1", 0), site, "/repo/")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def ask(
    server: PreviewServer, path: str, method: str = "GET", host: str = ""
) -> tuple[int, str, http.client.HTTPMessage]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    try:
        connection.request(method, path, headers={"Host": host} if host else {})
        response = connection.getresponse()
        return response.status, response.read().decode(), response.headers
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [
        ("/repo/", 200, "home"),
        ("/repo/index.html", 200, "home"),
        ("/repo/tags/", 200, "tags"),
        ("/repo/tags", 301, ""),
        ("/", 301, ""),
        ("/repo", 301, ""),
        ("/repo/feed.xml?x=1", 200, "<rss/>"),
        ("/repo/nothing/", 404, "lost"),
        ("/elsewhere", 404, "lost"),
        ("/repo/../secret.txt", 404, "lost"),
        ("/repo/%2e%2e/secret.txt", 404, "lost"),
        ("/repo/..%2fsecret.txt", 404, "lost"),
        ("/repo//etc/passwd", 404, "lost"),
        ("/repo/%2fetc%2fpasswd", 404, "lost"),
        ("/repo/leak.txt", 404, "lost"),
        ("/repo/.digest-manifest.json", 404, "lost"),
        ("/repo/%00", 404, "lost"),
        ("/repo/" + "x" * 5000, 404, "lost"),
    ],
)
def test_answers(server: PreviewServer, path: str, status: int, body: str) -> None:
    got = ask(server, path)
    assert got[:2] == (status, body)


def test_types_and_no_caching(server: PreviewServer) -> None:
    headers = ask(server, "/repo/")[2]
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cache-Control"] == "no-store"
    assert ask(server, "/repo/feed.xml")[2]["Content-Type"] == "application/xml; charset=utf-8"


def test_redirects_stay_on_this_host(server: PreviewServer) -> None:
    assert ask(server, "/repo/tags")[2]["Location"] == "/repo/tags/"
    assert ask(server, "/")[2]["Location"] == "/repo/"


def test_head_has_no_body_and_post_is_refused(server: PreviewServer) -> None:
    assert ask(server, "/repo/", "HEAD")[:2] == (200, "")
    assert ask(server, "/repo/", "POST")[0] == 501


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8000", 200),
        ("127.0.0.1", 200),
        ("[::1]:8000", 200),
        ("evil.example", 421),
        ("evil.example:80", 421),
        ("LOCALHOST", 200),
        ("evil:127.0.0.1", 421),
        ("127.0.0.1@evil", 421),
        ("192.0.2.7", 421),
        ("a b", 421),
    ],
)
def test_answers_to_its_own_name_only(server: PreviewServer, host: str, status: int) -> None:
    assert ask(server, "/repo/", host=host)[0] == status


def test_a_server_for_the_whole_network_answers_to_addresses_but_not_to_names(site: Path) -> None:
    with PreviewServer(("0.0.0.0", 0), site, "/") as server:
        assert server.answers_to("192.0.2.7:8000")
        assert server.answers_to("localhost")
        assert not server.answers_to("evil.example")
        assert not server.answers_to("")


@pytest.mark.parametrize("base_path", ["/a b/ü/", "/a%20b/%C3%BC/"])
def test_a_base_path_may_be_written_encoded_or_not(site: Path, base_path: str) -> None:
    with PreviewServer(("127.0.0.1", 0), site, base_path) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        assert server.url.endswith("/a%20b/%C3%BC/")
        assert ask(server, "/")[2]["Location"] == "/a%20b/%C3%BC/"
        assert ask(server, "/a%20b/%c3%bc/")[:2] == (200, "home")
        server.shutdown()


def test_a_request_during_a_rebuild_waits_for_the_new_page(server: PreviewServer, site: Path) -> None:
    begun, go_on = Event(), Event()

    def rebuild() -> None:
        (site / "index.html").write_text("half")
        begun.set()
        assert go_on.wait(10)
        (site / "index.html").write_text("whole")

    builder = Thread(target=server.gate.close_while, args=(rebuild,))
    builder.start()
    assert begun.wait(10)
    answers: list[str] = []
    reader = Thread(target=lambda: answers.append(ask(server, "/repo/")[1]))
    reader.start()
    reader.join(0.3)
    assert answers == []
    go_on.set()
    reader.join(10)
    builder.join(10)
    assert answers == ["whole"]


def test_an_empty_site_has_no_pages(tmp_path: Path) -> None:
    assert find_file(tmp_path, "/", "/") is None
