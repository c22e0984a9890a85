"""Pages that plugins made are pages like any other: addresses, links, sitemap, and marks of all that they hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from itertools import combinations
from typing import Any

import pytest
from planning_values import THEME, a_site, an_entry, make_plan

from digest.model import (
    Contribution,
    Figure,
    Html,
    Link,
    Made,
    MadePage,
    Plugin,
    PluginPage,
    Site,
    Sketch,
    StaticFile,
    TextFile,
)
from digest.planning import fault_of_made, plan_site

LEEKS, ONIONS = an_entry("Leeks", tags=("x",)), an_entry("Onions", date(2019, 12, 7))
PLUGIN = Plugin("pages", "list", "a:B", "digest-list", "1.0", "/nowhere")


def site_with(*made: Made, **changes: Any) -> Site:
    site = a_site([LEEKS, ONIONS], base_url="https://example.org/repo/", **changes)
    return replace(site, made=tuple(Contribution(PLUGIN, document) for document in made))


def a_page(url: Any = "/list/", **changes: Any) -> MadePage:
    return MadePage(**{"url": url, "title": "A list", "template": "list.html"} | changes)


def sketch_of(site: Site, url: str = "/list/") -> Sketch:
    (sketch,) = [each for each in plan_site(site, THEME).sketches if each.url == url]
    return sketch


def fields_of(**fields: Any) -> Any:
    page = sketch_of(site_with(a_page(fields=fields))).make()
    assert isinstance(page, PluginPage)
    return page.fields


def test_fields_are_what_templates_need() -> None:
    fields = fields_of(
        entry=LEEKS,
        nested={"entries": [ONIONS, LEEKS]},
        links=(Link("here", "/tags/x/"), Link("there", "https://x.org/"), Link("net", "//x.org/"), Link("none")),
        days=[date(2019, 12, 6), datetime(2020, 1, 1, 12)],
        plain=("text", 3, 2.5, True, None),
    )
    assert (fields["entry"].href, fields["entry"].title) == ("/repo/2019/12/06/leeks/", "Leeks")
    assert [view.title for view in fields["nested"]["entries"]] == ["Onions", "Leeks"]
    assert [link.href for link in fields["links"]] == ["/repo/tags/x/", "https://x.org/", "//x.org/", ""]
    assert [(day.iso, day.href) for day in fields["days"]] == [
        ("2019-12-06", "/repo/2019/12/06/"),
        ("2020-01-01", ""),
    ]
    assert fields["plain"] == ("text", 3, 2.5, True, None)


def test_a_page_stands_on_the_site() -> None:
    page = a_page(description="All.", body=Html("<p>so</p>"), modified=date(2019, 1, 2))
    hidden = a_page("/list/hidden.html", listed=False)
    files = (TextFile("/list.txt", "a"), StaticFile("/list.bin", b"b"))
    linking = {LEEKS.key: '<p><a href="/list/">a</a> <a href="/list.txt">b</a> <a href="/nothing/">c</a></p>'}
    site = site_with(page, hidden, *files, bodies=linking, navigation=(("List", "/list/"),))
    plan = make_plan(plan_site(site, THEME))
    made = sketch_of(site).make()
    assert isinstance(made, PluginPage)
    assert (made.canonical, made.description, made.body) == ("https://example.org/repo/list/", "All.", "<p>so</p>")
    assert made.masthead.navigation == (Link("List", "/repo/list/"),)
    listed = {entry.permalink: entry.modified for entry in plan.sitemap}
    assert listed["https://example.org/repo/list/"] == "2019-01-02"
    assert not any("hidden" in permalink for permalink in listed)
    assert [problem.message for problem in plan.problems] == ["the link '/nothing/' leads nowhere"]
    assert sketch_of(site, "/list.txt").make() == files[0]
    assert sketch_of(site, "/list.bin").make() == files[1]


def test_the_site_itself_has_its_address_first() -> None:
    (problem,) = plan_site(site_with(a_page("/tags/")), THEME).problems
    assert problem.code == "DG401"
    assert "a page that the plugin 'list' made" in problem.message


def test_pages_that_differ_differ_in_marks() -> None:
    shown: list[dict[str, Any]] = [
        {}, {"a": 1}, {"a": True}, {"a": "1"}, {"b": 1}, {"a": [1]}, {"a": [[1]]}, {"a": [1, 1]}, {"a": {"b": 1}},
        {"a": LEEKS}, {"a": ONIONS}, {"a": [LEEKS, ONIONS]}, {"a": [ONIONS, LEEKS]}, {"a": LEEKS, "b": ONIONS},
        {"a": date(2019, 12, 6)}, {"a": date(2019, 12, 5)}, {"a": "an entry"}, {"a": Link("1")},
        {"a": Figure("1", Html(""), (), ())}, {"a": Figure("2", Html(""), (), ())},
    ]  # fmt: skip
    sites = [site_with(a_page(fields=fields)) for fields in shown]
    sites += [site_with(a_page(**{name: "else"})) for name in ("title", "template", "description", "body")]
    sites += [site_with(a_page(modified=date(2019, 1, 1))), site_with(a_page(listed=False))]
    changed = LEEKS._replace(title="Leek", fingerprint=b"else")
    other = a_site([changed, ONIONS], base_url="https://example.org/repo/")
    sites += [replace(other, made=(Contribution(PLUGIN, a_page(fields={"a": changed})),))]
    marks = [sketch_of(site).marks for site in sites]
    assert [(one, two) for one, two in combinations(range(len(marks)), 2) if marks[one] == marks[two]] == []
    assert (
        sketch_of(site_with(a_page(fields={"a": [LEEKS]}))).marks
        == sketch_of(site_with(a_page(fields={"a": (LEEKS,)}))).marks
    )


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        (a_page(), ""),
        (a_page("/a/b.html", fields={"a": LEEKS}), ""),
        (TextFile("/a.txt", ""), ""),
        (StaticFile("/a.bin", b""), ""),
        ("text", "it made a str"),
        (a_page(url=None), "an address is None"),
        (a_page("list/"), "does not begin with a slash"),
        (a_page("/a/../b/"), "dotted part"),
        (a_page("/"), "is the home page"),
        (a_page("/a%2fb/"), "holds a %"),
        (a_page("/a?b/"), "no file name may"),
        (a_page("/a.txt"), "none of a page"),
        (TextFile("/a/", ""), "none of a file"),
        (a_page(title=""), "has no title"),
        (a_page(title=3), "the title of /list/ is no text"),
        (a_page(template=""), "no template"),
        (a_page(body=None), "the body of /list/ is no text"),
        (a_page(modified="2019"), "which is no day"),
        (a_page(fields=["a"]), "have no names"),
        (a_page(fields={"a": {1}}), "a field holds a set"),
        (a_page(fields={"a": [b"x"]}), "a field holds a bytes"),
        (a_page(fields={"a": {1: "x"}}), "the name of a field is 1"),
        (a_page(fields={"a": LEEKS._replace(title="Else")}), "is none of the site"),
        (TextFile("/a.txt", b"x"), "the text of /a.txt is none"),  # type: ignore[arg-type] # what a plugin may give
        (StaticFile("/a.bin", "x"), "as bytes"),  # type: ignore[arg-type] # likewise
        (StaticFile("/a.bin", b"", path="/etc/passwd"), "no path"),
    ],
)
def test_what_no_plugin_may_make_is_told(document: object, fault: str) -> None:
    found = fault_of_made(document, {LEEKS.key: LEEKS})
    assert (fault in found) if fault else not found
