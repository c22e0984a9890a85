"""Which files a theme is read from: a build that finds them as they were need not read it again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from digest.model import Settings
from digest.rendering import list_theme_files, load_theme


def write_site(site: Path) -> None:
    for name, text in {
        "themes/child/theme.yml": "parent: mother\nadd_styles: own/more.css\n",
        "themes/child/templates/page.html": "{% extends 'parent/page.html' %}",
        "themes/child/static/own/more.css": "p { margin: 0 }",
        "themes/mother/theme.yml": "parent: default\n",
        "themes/mother/templates/tags.html": "{% extends 'parent/tags.html' %}",
    }.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def stamps(site: Path) -> dict[Path, tuple[int, int] | None]:
    """How all of it looks now."""
    return look(list_theme_files(load_theme(Settings(theme="child"), site), site))


def look(paths: Iterable[Path]) -> dict[Path, tuple[int, int] | None]:
    return {path: (path.stat().st_mtime_ns, path.stat().st_size) if path.exists() else None for path in paths}


@pytest.mark.parametrize(
    "change",
    [
        "themes/child/theme.yml",
        "themes/child/templates/page.html",
        "themes/child/templates/tag.html",
        "themes/child/static/own/more.css",
        "themes/child/static/own/another.css",
        "themes/child/locales/en.po",
        "themes/mother/templates/tags.html",
        "themes/mother/static/icon.svg",
        "themes/default/theme.yml",
    ],
)
def test_whatever_changes_a_theme_is_among_its_files(tmp_path: Path, change: str) -> None:
    write_site(tmp_path)
    before = stamps(tmp_path)
    assert look(before) == before
    path = tmp_path / change
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("something else, and longer than it was before")
    assert look(before) != before


def test_files_of_the_bundled_parent_are_among_them(tmp_path: Path) -> None:
    write_site(tmp_path)
    names = {path.name for path in stamps(tmp_path)}
    assert {"base.html", "style.css", "en.po", "theme.yml"} <= names
