"""One address, one file, on every file system."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from planning_values import DAY, THEME, MadePlan, a_page, a_plan, an_entry, output_paths

from digest.formats.urls import output_path
from digest.model import Sketch, TextFile
from digest.planning.claims import Register
from digest.planning.sketching import sketch_value


def clashes(plan: MadePlan) -> list[str]:
    return [problem.message for problem in plan.problems if problem.code == "DG401"]


def test_two_entries_with_one_address_are_both_named() -> None:
    entries = [an_entry("A", slug="same", key="a.md"), an_entry("B", slug="same", key="b.md")]
    plan = a_plan(entries)
    assert clashes(plan) == ["content/a.md and content/b.md have the same address: /2019/12/06/same/"]
    problem = plan.problems[0]
    assert problem.severity == "error"
    assert problem.span is not None
    assert problem.span.path == "content/b.md"
    assert "slug" in problem.hint
    assert len(set(output_paths(plan))) == len(output_paths(plan))


@pytest.mark.parametrize("other", ["SAME", "sa\u0301me"])
def test_names_that_some_systems_take_for_one_clash(other: str) -> None:
    first = "s\u00e1me" if "\u0301" in other else "same"
    entries = [an_entry("A", slug=first, key="a.md"), an_entry("B", slug=other, key="b.md")]
    assert len(clashes(a_plan(entries))) == 1


@pytest.mark.parametrize("name", ["tags", "archive", "2019", "2019/12/06", "tags/things", "authors"])
def test_a_plain_page_cannot_take_the_place_of_a_list(name: str) -> None:
    entries = [an_entry("A", tags=("things",), authors=("Ann Author",), slug="a")]
    entries += [an_entry("B", authors=("Ann Author",), slug="b")]
    found = clashes(a_plan(entries, pages=[a_page(name)]))
    assert len(found) == 1
    assert f"content/pages/{name}.md" in found[0]


@pytest.mark.parametrize(
    "url", ["/feed.xml", "/sitemap.xml", "/404.html", "/index.html", "/tags", "/2019", "/about/x.png/y.png"]
)
def test_a_static_file_cannot_take_the_place_of_a_page(url: str) -> None:
    static = [url, "/about/x.png"] if "about" in url else [url]
    found = clashes(a_plan([an_entry()], static=static))
    assert len(found) == 1
    assert f"content/static{url}" in found[0]


def test_a_static_file_cannot_take_the_place_of_the_themes() -> None:
    assert "theme" in clashes(a_plan(static=[THEME.icon]))[0]


def a_claim(url: str, what: str) -> Sketch:
    return sketch_value(TextFile(url, ""), "text", url, what)


def test_a_folder_cannot_be_where_a_file_is() -> None:
    register = Register()
    first, second = a_claim("/a/b/c/", "x"), a_claim("/a/b/d", "y")
    assert register.grant_all([first, second]) == (first, second)
    assert register.grant_all([a_claim("/a", "z")]) == ()
    assert register.grant_all([a_claim("/A/b/d/e/", "w")]) == ()
    assert [problem.message.partition(" have ")[0] for problem in register.problems] == ["x and z", "y and w"]


def grant_one_by_one(urls: list[str]) -> list[str | None]:
    """Of each address the one that has it already, or a folder of it, told the slow and certain way."""
    files: dict[str, str] = {}
    folders: dict[str, str] = {}
    found: list[str | None] = []
    for url in urls:
        path = unicodedata.normalize("NFC", output_path(url)).casefold()
        above = ["/".join(path.split("/")[:end]) for end in range(1, path.count("/") + 1)]
        holder = files.get(path) or next(filter(None, map(files.get, reversed(above))), None) or folders.get(path)
        found.append(holder)
        if holder is None:
            files[path] = url
            for folder in above:
                folders.setdefault(folder, url)
    return found


@given(
    st.lists(st.lists(st.sampled_from(["/a", "/b", "/A", "/\u00e4", "/a\u0308", "/\0", "/"]), max_size=4), max_size=8)
)
@example([["/a", "/b"], ["/a"], ["/b"]])
@example([["/a"], ["/a", "/b"]])
def test_all_at_once_is_one_by_one(parts: list[list[str]]) -> None:
    urls = ["".join(part) or "/" for part in parts]
    register = Register()
    half = len(urls) // 2
    granted = [
        *register.grant_all([a_claim(url, url) for url in urls[:half]]),
        *register.grant_all([a_claim(url, url) for url in urls[half:]]),
    ]
    expected = grant_one_by_one(urls)
    assert [claim.url for claim in granted] == [url for url, holder in zip(urls, expected, strict=True) if not holder]
    told = [f"{holder} and {url} have" for url, holder in zip(urls, expected, strict=True) if holder]
    assert [problem.message[: len(start)] for problem, start in zip(register.problems, told, strict=True)] == told


def test_the_sites_own_robots_txt_wins() -> None:
    plan = a_plan(static=["/robots.txt", "/.nojekyll", "/CNAME"])
    assert plan.problems == ()
    assert plan.robots == ""
    assert [file.url for file in plan.static] == ["/CNAME"]


def test_two_entries_with_one_id() -> None:
    plan = a_plan([an_entry("A", id="urn:uuid:1"), an_entry("B", DAY.replace(day=7), id="urn:uuid:1")])
    assert [problem.code for problem in plan.problems] == ["DG403"]
    assert "a.md" in plan.problems[0].message
    assert "b.md" in plan.problems[0].message


def test_an_alias_cannot_take_the_place_of_a_page() -> None:
    plan = a_plan([an_entry("A", aliases=("/tags/",))])
    assert len(clashes(plan)) == 1
    assert plan.redirects == ()


def test_a_clash_says_which_of_the_two_is_an_alias() -> None:
    plan = a_plan([an_entry("A", aliases=("/old/",)), an_entry("B", aliases=("/old/",))])
    (clash,) = plan.problems
    assert clash.message.count("an alias of") == 2
    assert "alias" in clash.hint
