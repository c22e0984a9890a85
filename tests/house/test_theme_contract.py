"""themes/README.md is the contract of a theme: what it says is so, and nothing is left out."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

import pytest

from digest.model import (
    Alternate,
    DayGroup,
    DayLabel,
    DayMail,
    EntryView,
    FeedChoice,
    Figure,
    Heading,
    Link,
    MailEntry,
    Masthead,
    MonthSummary,
    Page,
    PageFrame,
    Pager,
    PluginPage,
    Redirect,
)
from digest.rendering.templates import FILTERS, GLOBALS
from digest.rendering.theme_manifests import KEYS

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "themes" / "README.md").read_text(encoding="utf-8")
TEMPLATES = ROOT / "themes" / "default" / "templates"
PAGES: tuple[Any, ...] = get_args(Page)
VIEWS: tuple[Any, ...] = (
    Masthead, EntryView, DayGroup, DayLabel, Link, Alternate, Figure, Pager, Heading, MonthSummary, FeedChoice,
    MailEntry,
)  # fmt: skip
ROW = re.compile(r"^\| `(?P<name>\w+)` \| `(?P<type>[^`]+)` \| (?P<meaning>.+) \|$", re.MULTILINE)


def section(head: str) -> str:
    """The text below a heading, up to the next."""
    found = re.search(rf"^#+ {head}\n(.*?)(?=^#|\Z)", TEXT, re.MULTILINE | re.DOTALL)
    assert found, f"themes/README.md has no heading {head!r}"
    return found[1]


def told(head: str) -> list[tuple[str, str]]:
    return [(row["name"], row["type"]) for row in ROW.finditer(section(head))]


def held(kind: Any, *, without: Any = None) -> list[tuple[str, str]]:
    left = {field.name for field in fields(without)} if without else set()
    return [(field.name, str(field.type).replace("|", "/")) for field in fields(kind) if field.name not in left]


def test_what_every_page_has_is_told() -> None:
    assert told("PageFrame") == held(PageFrame)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
def test_every_field_of_a_page_is_told(page: Any) -> None:
    assert told(f"{page.__name__}: `{page.template}`") == held(page, without=PageFrame)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_every_field_of_what_pages_are_made_of_is_told(view: Any) -> None:
    assert told(view.__name__) == held(view)


def test_other_templates_are_told() -> None:
    assert told("PluginPage") == held(PluginPage, without=PageFrame)
    assert told("Redirect: `redirect.html`") == held(Redirect)
    assert told(f"DayMail: `{DayMail.html_template}`, `{DayMail.text_template}`") == held(DayMail)


def test_every_type_that_a_field_has_is_told() -> None:
    types = {
        name for kind in (*PAGES, *VIEWS, DayMail) for _, text in held(kind) for name in re.findall("[A-Z]\\w+", text)
    }
    assert types - {view.__name__ for view in VIEWS} <= {"Html", "Kind", "None"}


def test_every_key_of_theme_yml_is_told() -> None:
    assert tuple(re.findall(r"^\| `(\w+)` \|", section(r"theme\.yml"), re.MULTILINE)) == KEYS


def test_every_filter_and_global_is_told() -> None:
    lines = section("Templates")
    filters, names = (re.search(rf"^- {what}: (.*)\.$", lines, re.MULTILINE) for what in ("Filters", "Globals"))
    assert filters
    assert names
    assert set(re.findall(r"`(\w+)`", filters[1])) == FILTERS
    assert set(re.findall(r"`(\w+)`", names[1])) == GLOBALS | {"_", "ngettext", "once"}


def test_the_blocks_of_the_frame_are_told() -> None:
    frame = (TEMPLATES / "base.html").read_text(encoding="utf-8")
    line = re.search(r"^Blocks of `base.html`: (.*)\.$", TEXT, re.MULTILINE)
    assert line
    assert set(re.findall(r"`(\w+)`", line[1])) == set(re.findall(r"{% block (\w+) %}", frame))


@pytest.mark.parametrize("script", ["reading.js", "search.js"])
def test_what_the_scripts_hold_on_to_is_told(script: str) -> None:
    code = (ROOT / "themes" / "default" / "static" / script).read_text(encoding="utf-8")
    asked = set(re.findall(r"\[(data-[a-z]+)", code)) | set(re.findall(r"getElementById\(['\"]([\w.]+)", code))
    assert sorted(name for name in asked if name not in section("What the scripts hold on to")) == []
