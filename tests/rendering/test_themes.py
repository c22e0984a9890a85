"""Where a theme is found, and what is said of one that is not well made."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from digest.model import ProblemError, Settings
from digest.rendering import load_theme
from digest.rendering.theme_files import bundled_themes
from digest.rendering.themes import TEMPLATES


def make_theme(site: Path, name: str = "mine", manifest: str = "styles: [style.css]\nicon: icon.svg\n") -> Path:
    folder = site / "themes" / name
    (folder / "templates").mkdir(parents=True)
    (folder / "static").mkdir()
    (folder / "theme.yml").write_text(manifest)
    for template in TEMPLATES:
        (folder / "templates" / template).write_text("{{ page.title }}\n")
    (folder / "static" / "style.css").write_text("a { color: red }\n")
    (folder / "static" / "icon.svg").write_text("<svg/>\n")
    return folder


def problems_of(name: str, site: Path) -> list[tuple[str, str, int]]:
    with pytest.raises(ProblemError) as caught:
        load_theme(Settings(theme=name), site)
    found = caught.value.problems
    return sorted((problem.code, problem.span.path, problem.span.line) for problem in found if problem.span)


def test_the_bundled_theme_is_found_and_whole(tmp_path: Path) -> None:
    theme = load_theme(Settings(theme="default"), tmp_path)
    assert theme.name == "default"
    assert theme.templates.keys() >= TEMPLATES
    urls = {file.url for file in theme.static}
    assert set(theme.styles) <= urls
    assert theme.icon in urls
    assert Path(theme.folder) == bundled_themes() / "default"


def test_the_theme_of_the_site_wins(tmp_path: Path) -> None:
    make_theme(tmp_path, "default")
    theme = load_theme(Settings(theme="default"), tmp_path)
    assert theme.folder == "themes/default"
    assert theme.templates["home.html"] == "{{ page.title }}\n"


def test_static_files_have_fingerprints_in_their_addresses(tmp_path: Path) -> None:
    folder = make_theme(tmp_path)
    before = load_theme(Settings(theme="mine"), tmp_path)
    assert re.fullmatch(r"/assets/style\.[0-9a-f]{8}\.css", before.styles[0])
    assert re.fullmatch(r"/assets/icon\.[0-9a-f]{8}\.svg", before.icon)
    (folder / "static" / "style.css").write_text("a { color: blue }\n")
    after = load_theme(Settings(theme="mine"), tmp_path)
    assert after.styles != before.styles
    assert after.icon == before.icon
    assert after.fingerprint != before.fingerprint


def test_a_changed_template_changes_the_fingerprint_of_the_theme(tmp_path: Path) -> None:
    folder = make_theme(tmp_path)
    before = load_theme(Settings(theme="mine"), tmp_path)
    assert load_theme(Settings(theme="mine"), tmp_path) == before
    (folder / "templates" / "home.html").write_text("other\n")
    assert load_theme(Settings(theme="mine"), tmp_path).fingerprint != before.fingerprint


@pytest.mark.parametrize("name", ["other", "", ".", "..", "../mine", "mine/templates", "/etc", "a..b", "mine\n", ".x"])
def test_an_unknown_theme_is_dg601_and_names_those_that_are_here(tmp_path: Path, name: str) -> None:
    make_theme(tmp_path)
    with pytest.raises(ProblemError) as caught:
        load_theme(Settings(theme=name), tmp_path)
    (problem,) = caught.value.problems
    assert problem.code == "DG601"
    assert repr(name) in problem.message
    assert problem.hint.endswith("themes here: default, mine, paper")


def test_a_theme_that_is_a_link_out_of_the_site_is_told(tmp_path: Path) -> None:
    make_theme(tmp_path / "elsewhere")
    (tmp_path / "site" / "themes").mkdir(parents=True)
    (tmp_path / "site" / "themes" / "mine").symlink_to(tmp_path / "elsewhere" / "themes" / "mine")
    with pytest.raises(ProblemError, match="DG109"):
        load_theme(Settings(theme="mine"), tmp_path / "site")


def test_every_fault_of_a_theme_is_told_at_once(tmp_path: Path) -> None:
    folder = make_theme(tmp_path, manifest="styles:\n  - style.css\n  - gone.css\nicon: gone.svg\ncolour: red\n")
    (folder / "templates" / "day.html").unlink()
    (folder / "templates" / "home.html").write_bytes(b"fine\n\xff\n")
    (folder / "static" / "style.css").write_text("a{}\nb { background: url(gone.png) }\n")
    (folder / "static" / "secret.txt").symlink_to("/etc/hostname")
    os.mkfifo(folder / "static" / "pipe.txt")
    assert problems_of("mine", tmp_path) == [
        ("DG106", "themes/mine/templates/home.html", 2),
        ("DG109", "themes/mine/static/pipe.txt", 1),
        ("DG109", "themes/mine/static/secret.txt", 1),
        ("DG603", "themes/mine/static/style.css", 2),
        ("DG603", "themes/mine/templates/day.html", 1),
        ("DG603", "themes/mine/theme.yml", 3),
        ("DG603", "themes/mine/theme.yml", 4),
        ("DG603", "themes/mine/theme.yml", 5),
    ]


@pytest.mark.parametrize(
    ("manifest", "line"),
    [("styles: [\n", 1), ("icon: [icon.svg]\n", 1), ("name: mine\nstyles: [[style.css]]\n", 2), ("name:\n", 1)],
)
def test_a_wrong_theme_yml_is_told_with_its_line(tmp_path: Path, manifest: str, line: int) -> None:
    make_theme(tmp_path, manifest=manifest)
    assert problems_of("mine", tmp_path) == [("DG603", "themes/mine/theme.yml", line)]


@pytest.mark.parametrize("manifest", [None, b"name: \xff\n"])
def test_theme_yml_must_be_there_and_be_text(tmp_path: Path, manifest: bytes | None) -> None:
    path = make_theme(tmp_path) / "theme.yml"
    if manifest is None:
        path.unlink()
    else:
        path.write_bytes(manifest)
    assert problems_of("mine", tmp_path) == [("DG603" if manifest is None else "DG106", "themes/mine/theme.yml", 1)]


def test_hidden_files_and_backups_stay_at_home(tmp_path: Path) -> None:
    folder = make_theme(tmp_path)
    (folder / "static" / ".DS_Store").write_bytes(b"\0")
    (folder / "templates" / "home.html~").write_bytes(b"\xff")
    theme = load_theme(Settings(theme="mine"), tmp_path)
    assert len(theme.static) == 2
    assert theme.templates.keys() == TEMPLATES


def test_one_style_needs_no_list_and_none_is_fine(tmp_path: Path) -> None:
    make_theme(tmp_path, "one", "styles: style.css\n")
    make_theme(tmp_path, "none", "description: bare\n")
    assert len(load_theme(Settings(theme="one"), tmp_path).styles) == 1
    bare = load_theme(Settings(theme="none"), tmp_path)
    assert (bare.styles, bare.icon) == ((), "")


@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_theme_yml_is_a_file_of_the_theme(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "site" / "themes" / "mine"
    make_theme(tmp_path / "site")
    (folder / "theme.yml").unlink()
    if kind == "link":
        (tmp_path / "secret").write_text("styles: [style.css]\n")
        (folder / "theme.yml").symlink_to(tmp_path / "secret")
    elif hasattr(os, "mkfifo"):
        os.mkfifo(folder / "theme.yml")
    with pytest.raises(ProblemError) as caught:
        load_theme(Settings(theme="mine"), tmp_path / "site")
    assert [problem.code for problem in caught.value.problems] == ["DG109"]
