from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.serving.live_pages import enliven, look_at, open_policy

SCRIPT = '<script src="/r/.digest/live.js" data-state="1"></script>'


def live(page: str, host: str = "localhost:8000") -> str:
    return enliven(page.encode(), "/r/.digest/live.js", host, {"state": "1"}).decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<!doctype html>\n<html lang=en>\n<head>", "\n<meta charset=utf-8><p>x"),
        ("<!DOCTYPE html><HTML class='a>b'><HEAD data-x=\">\">", "<title>x</title>"),
        ("\ufeff<!-- <head> --><!doctype html><!-- > -->", "<title>x</title><p>"),
        ("", "<p>fragment <head>"),
        ("", ""),
        ("<!doctype html>", "<header>not a head</header>"),
        ("<!-- never closed ", ""),
    ],
)
def test_the_script_stands_first_in_the_head(before: str, after: str) -> None:
    expected = f"{SCRIPT}{before}" if before.startswith("<!-- never") else f"{before}{SCRIPT}{after}"
    assert live(before + after) == expected


def test_what_is_told_cannot_leave_its_attribute() -> None:
    page = enliven(b"", "/live.js", "h", {"styles": [['"><b>', "&"]]}).decode()
    assert (
        page
        == '<script src="/live.js" data-styles="[[&quot;\\&quot;&gt;&lt;b&gt;&quot;, &quot;&amp;&quot;]]"></script>'
    )


@pytest.mark.parametrize(
    ("policy", "opened"),
    [
        ("default-src 'none'; img-src *", "default-src 'none'; img-src *; connect-src LEAVE"),
        ("default-src 'self' data:", "default-src 'self' data:; connect-src 'self' data: LEAVE"),
        ("connect-src 'none'; default-src 'self'", "connect-src LEAVE; default-src 'self'"),
        ("Connect-Src 'self'", "Connect-Src 'self' LEAVE"),
        ("connect-src a; connect-src b", "connect-src a LEAVE; connect-src b"),
        ("script-src 'none'", "script-src 'none'"),
        ("", ""),
    ],
)
def test_a_policy_gives_way_by_one_place(policy: str, opened: str) -> None:
    assert open_policy(policy, "LEAVE") == opened


def test_every_policy_of_the_head_gives_way_and_nothing_else_does() -> None:
    meta = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
    opened = (
        '<meta http-equiv="Content-Security-Policy" content="default-src &#x27;none&#x27;; '
        'connect-src localhost:8000/r/.digest/">'
    )
    written = "<META content='default-src &#39;none&#39;' HTTP-EQUIV=content-security-policy >"
    others = f"<!-- {meta} --><script>'{meta}'</script><meta name=x content=y>"
    assert live(f"<head>{meta}{others}{written}</head>{meta}") == f"<head>{SCRIPT}{opened}{others}{opened}</head>{meta}"
    assert "connect-src &#x27;self&#x27;" in live(meta, host="[::1]:80")


PAGE = "<head><link rel=stylesheet href='../s.css'></head><p>text <img src=x.png alt=''><script src=/r/a.js></script>"


PIECES = [
    "<!doctype html>",
    "<html>",
    "<head ",
    "<head>",
    "<body>",
    "<!--",
    "-->",
    "<p a='",
    '"',
    ">",
    "<script>",
    "</script>",
    "x",
    "\n",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_nothing_else_of_a_page_is_changed(page: str) -> None:
    made = live(page)
    assert made.count(SCRIPT) == 1
    assert made.replace(SCRIPT, "") == page


def looks(page: str, **holds: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    places = {"image": "/r/a/x.png", "script": "/r/a.js", "style": "/r/s.css", "new": "/r/t.css"}
    known = {f"http://preview{places[name]}": value for name, value in holds.items()}
    return look_at(page.encode(), "http://preview/r/a/", lambda url: known.get(url, ""))


def test_another_style_sheet_is_told_from_another_page() -> None:
    before = looks(PAGE, style="1", image="1")
    assert looks(PAGE, style="2", image="1") == (before[0], (("../s.css", "2"),))
    assert looks(PAGE.replace("s.css", "t.css"), new="3", image="1") == (before[0], (("../t.css", "3"),))
    for other in (
        looks(PAGE.replace("text", "words"), style="1", image="1"),
        looks(PAGE, style="1", image="2"),
        looks(PAGE, style="1", image="1", script="2"),
        looks(PAGE.replace("rel=stylesheet", "rel=stylesheet media=print"), style="1", image="1"),
    ):
        assert other[0] != before[0]


@pytest.mark.parametrize("address", ["//[", "http://[::1", "http://a\u2100b/", "//preview]"])
def test_an_address_that_is_none_is_nobodys(address: str) -> None:
    for page in (f'<img src="{address}">', f'<link rel="stylesheet" href="{address}">'):
        assert look_at(page.encode(), "http://preview/", str).styles in ((), ((address, ""),))


@pytest.mark.parametrize("piece", ["<!--", '<a "', "<script>", "<title", "<a b='", "<", "<meta http-equiv='", "<html "])
def test_hostile_pages_take_no_longer_than_others(piece: str) -> None:
    page = (piece * 200_000).encode()  # what is tried twice at each place would take a day
    assert len(enliven(page, "/live.js", "h", {})) == len(page) + len('<script src="/live.js"></script>')
    assert look_at(page, "http://preview/", str).styles == ()
