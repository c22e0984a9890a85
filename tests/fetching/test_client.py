"""The client against a real server: how long it waits, what it sends, what it makes of bytes."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from unittest.mock import patch

import pytest
from fetch_runs import StillClock
from paper_server import Fault, Response, World, refuse, say, send, serve_papers

from digest import __version__
from digest.fetching import Answer, Client, Limits, Request, read_address
from digest.fetching.client import _fault_of, _is_own
from digest.fetching.waiting import back_off, parse_retry_after
from digest.model import Document, Problem

NOW = datetime(2026, 11, 16, 12, tzinfo=UTC)


@pytest.fixture
def world() -> Iterator[World]:
    with serve_papers(World()) as world:
        yield world


@pytest.fixture
def clock() -> StillClock:
    return StillClock(NOW)


@pytest.fixture
def client(clock: StillClock) -> Iterator[Client]:
    with Client("ada@example.org", clock, Limits(read=0.3, size=1 << 20)) as client:
        yield client


def good(found: Answer | Problem) -> Answer:
    assert isinstance(found, Answer), found
    return found


def bad(found: Answer | Problem) -> Problem:
    assert isinstance(found, Problem), found
    assert found.hint
    return found


def test_an_answer(world: World, client: Client) -> None:
    answer = good(client.get(Request(f"{world.url}/feed.xml")))
    assert (answer.status, answer.url, answer.replaced) == (200, f"{world.url}/feed.xml", 0)
    assert answer.text.startswith("<?xml")
    assert world.agents == {f"digest/{__version__} (+ada@example.org)"}
    again = good(client.get(Request(f"{world.url}/feed.xml", etag=answer.etag)))
    assert again.unchanged
    assert again.text == ""


def test_three_seconds_lie_between_two_requests_to_a_host(world: World, client: Client, clock: StillClock) -> None:
    with patch("digest.fetching.client._is_own", lambda _url: False):
        for _ in range(4):
            good(client.get(Request(f"{world.url}/feed.xml")))
    assert 8.9 < clock.waited < 9


def test_this_machine_is_nobody_elses(world: World, client: Client, clock: StillClock) -> None:
    for _ in range(4):
        good(client.get(Request(f"{world.url}/feed.xml")))
    assert clock.waited == 0


@pytest.mark.parametrize(
    ("headers", "least", "most"),
    [
        ({"Retry_After": "45"}, 45, 46),
        ({"Retry_After": "Mon, 16 Nov 2026 12:01:00 GMT"}, 60, 61),
        ({}, 5, 10),
        ({"Retry_After": "soon"}, 5, 10),
    ],
)
def test_a_host_that_wishes_to_wait_is_waited_for(
    headers: dict[str, str], least: float, most: float, world: World, client: Client, clock: StillClock
) -> None:
    world.faults = [Fault(lambda response: refuse(response, 429, **headers), times=1)]
    good(client.get(Request(f"{world.url}/feed.xml")))
    assert least <= clock.waited <= most


def test_all_waiting_for_a_host_has_an_end(world: World, client: Client, clock: StillClock) -> None:
    world.faults = [Fault(lambda response: refuse(response, 503, Retry_After="500"))]
    problems = [bad(client.get(Request(f"{world.url}/feed.xml"))) for _ in range(4)]
    assert {problem.code for problem in problems} == {"DG701"}
    assert "of waiting for this host" in problems[-1].message
    assert clock.waited <= Limits().patience
    assert len(world.asked) < 12


def test_a_useless_answer_is_not_asked_for_again_at_once(world: World, client: Client, clock: StillClock) -> None:
    good(client.get(Request(f"{world.url}/feed.xml", attempt=1)))
    assert clock.waited >= 5


def test_a_server_that_drips_for_ever(world: World, clock: StillClock) -> None:
    world.faults = [Fault(lambda response: send(response, "endless"))]
    with Client("", clock, Limits(whole=0.003, tries=2)) as client:
        problem = bad(client.get(Request(f"{world.url}/feed.xml")))
    assert "is not done after" in problem.message


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("ftp://example.org/", "neither http nor https"),
        ("file:///etc/passwd", "neither http nor https"),
        ("https:///x", "names no host"),
        ("http://[::1", "is not an address"),
        ("http://example.org:port/", "is not an address"),
        ("garden", "neither http nor https"),
        ("http://exa mple.org/", ""),
    ],
)
def test_what_is_no_address_is_not_asked(url: str, fault: str, client: Client) -> None:
    assert fault in _fault_of(url)
    assert bad(client.get(Request(url))).code == "DG701"


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("http://localhost:8000/x", True),
        ("http://127.1.2.3/", True),
        ("http://[::1]:80/", True),
        ("http://10.0.0.1/", False),
        ("http://localhost.example.org/", False),
    ],
)
def test_addresses_of_this_machine(url: str, own: bool) -> None:
    assert _is_own(url) is own


def test_a_redirect_from_elsewhere_does_not_lead_to_this_machine(world: World, client: Client) -> None:
    secret = f"{world.url}/feed.xml?secret"
    world.faults = [
        Fault(lambda response: response.__dict__.update(status=302, headers={"Location": secret}, body=b""), times=1)
    ]
    with patch("digest.fetching.client._is_own", lambda url: "secret" in url):
        problem = bad(client.get(Request(f"{world.url}/feed.xml")))
    assert "leads to this machine" in problem.message
    assert len(world.asked) == 1


def pack(response: Response, how: str) -> None:
    if how == "raw":
        packer = zlib.compressobj(wbits=-15)
        response.body = packer.compress(response.body) + packer.flush()
        response.headers["Content-Encoding"] = "deflate"
    else:
        packer = zlib.compressobj(wbits=31 if "gzip" in how else 15)
        response.body = packer.compress(response.body) + packer.flush()
        response.headers["Content-Encoding"] = how


@pytest.mark.parametrize("how", ["gzip", "x-gzip", "deflate", "raw"])
def test_packed_answers(how: str, world: World, client: Client) -> None:
    plain = good(client.get(Request(f"{world.url}/feed.xml"))).text
    world.faults = [Fault(lambda response: pack(response, how))]
    assert good(client.get(Request(f"{world.url}/feed.xml"))).text == plain


def test_a_packed_answer_that_is_cut_is_asked_for_again(world: World, client: Client) -> None:
    def cut(response: Response) -> None:
        pack(response, "gzip")
        response.body = response.body[:-20]

    world.faults = [Fault(cut, times=1)]
    good(client.get(Request(f"{world.url}/feed.xml")))
    assert len(world.asked) == 2


def test_an_answer_that_is_packed_in_another_way(world: World, client: Client) -> None:
    world.faults = [Fault(lambda response: response.headers.update({"Content-Encoding": "br"}))]
    assert "packed as br" in bad(client.get(Request(f"{world.url}/feed.xml"))).message
    assert len(world.asked) == 1


def test_a_packed_answer_larger_than_a_chunk(world: World, client: Client) -> None:
    text = "<feed>" + "a b c " * 60_000 + "</feed>"

    def large(response: Response) -> None:
        say(response, text, media_type="text/xml")
        pack(response, "gzip")

    world.faults = [Fault(large)]
    assert good(client.get(Request(f"{world.url}/feed.xml"))).text == text


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0),
        ("120", 120.0),
        (" 7 ", 7.0),
        ("Mon, 16 Nov 2026 12:00:30 GMT", 30.0),
        ("Mon, 16 Nov 2026 11:00:00 GMT", 0.0),
        ("Monday, 16-Nov-26 12:00:30 GMT", 30.0),
        ("-5", None),
        ("1.5", None),
        ("", None),
        ("soon", None),
        ("٣", None),
        ("9" * 5_000, 999_999_999_999.0),
    ],
)
def test_retry_after(value: str, seconds: float | None) -> None:
    assert parse_retry_after(value, NOW) == seconds


def test_each_wait_is_longer_and_none_is_as_long_as_anothers() -> None:
    assert [back_off(attempt, 1.0) for attempt in range(1, 7)] == [10, 20, 40, 80, 120, 120]
    assert back_off(3, 0.0) == 20
    assert 20 < back_off(3, 0.4) < 40
    assert back_off(100_000, 1.0) == 120


def test_no_document_and_no_problem_tells_a_password(world: World, client: Client) -> None:
    login = world.url.replace("://", "://ada:secret@")
    document = read_address(client, f"{login}/feed.xml")
    assert isinstance(document, Document)
    assert document.name == f"{world.url}/feed.xml"
    problem = read_address(client, f"{login}/gone")
    assert isinstance(problem, Problem)
    assert "secret" not in repr(problem)
    assert "secret" not in repr(bad(client.get(Request("http://ada:secret@127.0.0.1:9/"))))
