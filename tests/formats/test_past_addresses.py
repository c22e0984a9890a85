"""The lines of content/addresses.txt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.formats.past_addresses import HEAD, _parse_line, parse_past, read_path, write_past
from digest.model import Past

UUID = "3c1f5e0a-0000-4000-8000-000000000001"
LINES = [
    (f"/2024/02/26/flash/ id {UUID}", Past("/2024/02/26/flash/", "id", UUID)),
    (f"/2024/02/26/x/ id {UUID} in notes.md", Past("/2024/02/26/x/", "id", UUID, "notes.md")),
    (f"/2024/02/26/y/ id {UUID} as On the in and out", Past("/2024/02/26/y/", "id", UUID, "", "On the in and out")),
    (f"/y/ id {UUID} in a%20b.md as T", Past("/y/", "id", UUID, "a b.md", "T")),
    ("/about/ page About us", Past("/about/", "page", "About us")),
    ("/tags/graphs/ of 3c1f5e0a 9d02c411", Past("/tags/graphs/", "of", "3c1f5e0a 9d02c411")),
    ("/tags/graph/ to /tags/graphs/", Past("/tags/graph/", "to", "/tags/graphs/")),
    ("/authors/m%C3%BCller/ of 3c1f5e0a", Past("/authors/müller/", "of", "3c1f5e0a")),
]


@pytest.mark.parametrize(("line", "past"), LINES)
def test_a_line(line: str, past: Past) -> None:
    assert parse_past(line) == ([past._replace(line=1)], [])
    assert write_past([past]) == f"{HEAD}{line}\n"


def test_the_file_is_in_order_and_two_of_them_join_by_their_lines() -> None:
    text = write_past(past for _, past in reversed(LINES))
    lines = text.removeprefix(HEAD).splitlines()
    assert lines == sorted(lines)
    found, faults = parse_past(f"{text}\r\n{text}")
    assert faults == []
    assert write_past(found) == text


@pytest.mark.parametrize(
    "line",
    [
        "<<<<<<< HEAD",
        "/x/",
        "/x/ id",
        "/x/ was y",
        "x/ to /y/",
        "https://example.org/ to /y/",
        "//example.org/ to /y/",
        "/y/ to //example.org/",
        "/y/ to https://example.org/",
        "/../x/ to /y/",
        "/a/%2e%2e/x/ to /y/",
        "/%2e%2e/x/ to /y/",
        "/a//b/ to /y/",
        "/tags/peas/feed.xml to /y/",
        "/2020 id y",
        "/.digest-stage/x/ to /y/",
        "/a/.git/ to /y/",
        "/a\\b/ to /y/",
        "/a%00/ to /y/",
        "/a%0Ab/ to /y/",
        "/a%E2%80%AEb/ to /y/",
        "/a%ED%A0%80/ to /y/",
        "/x?y/ to /y/",
        f"/{'x' * 300}/ to /y/",
        f"/{'x/' * 40} to /y/",
        f"/{'%61' * 150}/{'%61' * 150}/{'%61' * 150}/{'%61' * 150}/ to /y/",
        f"/{'x/' * 90} id y",
        f"/{'%C3%BC' * 150}/ to /y/",
    ],
)
def test_what_no_page_of_a_site_can_be_is_refused(line: str) -> None:
    assert parse_past(line) == ([], [1])


@given(st.text())
def test_whatever_is_written_there_is_read(text: str) -> None:
    found, _ = parse_past(text)
    for past in found:
        parts = past.url.strip("/").split("/")
        assert past.url.startswith("/")
        assert not any(part.startswith(".") or not part for part in parts)
    again, faults = parse_past(write_past(found))
    assert faults == []
    assert {past._replace(line=0) for past in again} == {past._replace(line=0) for past in found}


@given(st.text(min_size=1))
def test_a_path_is_read_as_it_was_written(path: str) -> None:
    url = read_path(f"/{path}/")
    if url:
        found, _ = parse_past(write_past([Past(url, "page", "T")]))
        assert [past.url for past in found] == [url]


PATHS = st.lists(st.sampled_from(["/", "a", "b.md", ".", "~", "-", "%20", "%", "ü", "é", "_"]), max_size=8).map("".join)
HOLDERS = st.sampled_from(["id", "of", "page", "to", "as"])
TOLD = st.lists(st.sampled_from([" ", " in ", " as ", " of ", "x", "a/b.md", "%20", "é", "\x85"]), max_size=5).map(
    "".join
)


@given(st.builds("/{}/ {} {}".format, PATHS, HOLDERS, TOLD))
def test_a_usual_line_is_read_at_once_as_any_line_is(line: str) -> None:
    long = _parse_line(line, 1)
    assert parse_past(line) == (([long], []) if long else ([], [1]))
