"""Static files under addresses that hold their fingerprint, and style sheets that follow them there."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Problem, StaticFile
from digest.rendering.assets import fingerprint_assets


def link(files: dict[str, bytes]) -> tuple[dict[str, StaticFile], tuple[Problem, ...]]:
    assets, _, problems = fingerprint_assets(files, {name: f"static/{name}" for name in files})
    return assets, problems


def join(*styles: str, **files: bytes) -> list[str]:
    """The style sheets of every page, each as its name and its text, fingerprints written as `#`."""
    names = {name.replace("__", "/").replace("_", "."): data for name, data in files.items()}
    assets, joined, problems = fingerprint_assets(names, {name: f"static/{name}" for name in names}, styles)
    assert not problems
    assert len(assets) == len(names) - len(styles)
    return [re.sub(r"[0-9a-f]{8}", "#", f"{sheet.url}: {sheet.data.decode()}") for sheet in joined]


def style_of(css: str, **others: bytes) -> str:
    """The style sheet after linking, each fingerprint written as `#`."""
    names = {name.replace("__", "/").replace("_", "."): data for name, data in others.items()}
    assets, problems = link({"style.css": css.encode(), **names})
    assert not problems
    return re.sub(r"[0-9a-f]{8}", "#", assets["style.css"].data.decode())


@pytest.mark.parametrize(
    ("css", "linked"),
    [
        ("a{b:url(a.png)}", "a{b:url(a.#.png)}"),
        ('a{b:url( "a.png" )}', 'a{b:url( "a.#.png" )}'),
        ("a{b:URL('./a.png')}", "a{b:URL('a.#.png')}"),
        ("a{b:url(a.png?x#y)}", "a{b:url(a.#.png?x#y)}"),
        ("a{b:url(f/b.woff)}", "a{b:url(f/b.#.woff)}"),
        ('@import "f/c.css";', '@import "f/c.#.css";'),
        ("@import url(f/c.css) screen;", "@import url(f/c.#.css) screen;"),
        ("/* url(gone.png) */", "/* url(gone.png) */"),
        ("a::after{content:'url(gone.png)'}", "a::after{content:'url(gone.png)'}"),
        ('a::after{content:"\\"url(gone.png)"}', 'a::after{content:"\\"url(gone.png)"}'),
        ("a{b:url(#c)}", "a{b:url(#c)}"),
        ("a{b:url(data:image/png;base64,AA)}", "a{b:url(data:image/png;base64,AA)}"),
        ("a{b:url(/static/a.png)}", "a{b:url(/static/a.png)}"),
        ("a{b:url(https://example.org/a.png)}", "a{b:url(https://example.org/a.png)}"),
    ],
)
def test_references_follow_their_files(css: str, linked: str) -> None:
    assert style_of(css, a_png=b"a", f__b_woff=b"b", f__c_css=b"c{}") == linked


def test_a_reference_is_relative_to_its_style_sheet() -> None:
    assets, _ = link({"css/a.css": b"a{b:url(../i/x.svg)}", "i/x.svg": b"x"})
    url = assets["i/x.svg"].url
    assert re.fullmatch(r"/assets/i/x\.[0-9a-f]{8}\.svg", url)
    assert assets["css/a.css"].data.decode() == f"a{{b:url(../i/{url.rsplit('/')[-1]})}}"


def test_the_fingerprint_of_a_style_sheet_knows_what_it_refers_to() -> None:
    css = b"a{b:url(x.svg)}"
    one, _ = link({"a.css": css, "x.svg": b"1"})
    two, _ = link({"a.css": css, "x.svg": b"2"})
    assert one["a.css"].url != two["a.css"].url


def test_the_sheets_of_every_page_are_one() -> None:
    assert join("a.css", "b.css", a_css=b"a{}", b_css=b"\xef\xbb\xbfb{}") == ["/assets/a.#.css: a{}\nb{}"]
    assert join("f/a.css", f__a_css=b"a{b:url(x.svg)}", f__x_svg=b"") == ["/assets/a.#.css: a{b:url(f/x.#.svg)}"]
    assert join() == []


def test_a_sheet_with_what_must_stand_first_begins_another() -> None:
    imports = b'/* mine */ @import "https://fonts.example/";'
    assert [sheet[:11] for sheet in join("a.css", "b.css", "c.css", a_css=b"", b_css=imports, c_css=b"c{}")] == [
        "/assets/a.#",
        "/assets/b.#",
    ]


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({"a.css": b"a{}\n  b{c:url(gone.png)}"}, ("static/a.css", 2, 7)),
        ({"a.css": b"a{b:url(../../x.png)}"}, ("static/a.css", 1, 5)),
        ({"a.css": b'@import "a.css";'}, ("static/a.css", 1, 1)),
        ({"a.css": b'@import "b.css";', "b.css": b'\n@import "a.css";'}, ("static/b.css", 2, 1)),
        ({"a.css": b"\xff"}, ("static/a.css", 1, 1)),
        ({"a b.png": b""}, ("static/a b.png", 1, 1)),
        ({"d/#.png": b""}, ("static/d/#.png", 1, 1)),
        ({"é.png": b""}, ("static/é.png", 1, 1)),
    ],
)
def test_what_cannot_be_served_is_told_with_its_place(files: dict[str, bytes], place: tuple[str, int, int]) -> None:
    _, (problem,) = link(files)
    assert problem.code == "DG603"
    assert problem.span
    assert (problem.span.path, problem.span.line, problem.span.column) == place


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="url(@import)\"'\\/* a.b;\n{}"))
def test_a_style_sheet_without_files_beside_it_is_left_as_it_is(css: str) -> None:
    assets, _ = link({"style.css": css.encode()})
    assert assets["style.css"].data.decode() == css
