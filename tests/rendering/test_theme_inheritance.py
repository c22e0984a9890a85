"""A theme that names a parent: what it need not write, what it may replace, and what it can reach."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from page_values import entry_page, home_page

from digest.model import Page, ProblemError, Settings, Theme
from digest.rendering import Renderer, load_theme
from digest.rendering.theme_files import bundled_themes
from digest.rendering.themes import TEMPLATES
from digest.rendering.tightening import tighten


def write_theme(site: Path, name: str, manifest: str, files: dict[str, str] | None = None) -> Path:
    folder = site / "themes" / name
    folder.mkdir(parents=True)
    (folder / "theme.yml").write_text(manifest)
    for file, text in (files or {}).items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def load(site: Path, name: str = "mine") -> Theme:
    return load_theme(Settings(theme=name), site)


def render(page: Page, theme: Theme) -> str:
    return Renderer(theme).render(page)[0].data.decode()


def asset(theme: Theme, url: str) -> str:
    return next(tighten(file).data.decode() for file in theme.static if file.url == url)


def test_a_theme_that_says_nothing_is_its_parent(tmp_path: Path) -> None:
    write_theme(tmp_path, "mine", "parent: default\n")
    mine, default = load(tmp_path), load(tmp_path, "default")
    assert (mine.styles, mine.icon, mine.script, mine.static) == (
        default.styles,
        default.icon,
        default.script,
        default.static,
    )
    assert mine.templates == {}
    assert render(entry_page(), mine) == render(entry_page(), default)


def test_one_template_is_replaced_and_all_others_use_it(tmp_path: Path) -> None:
    write_theme(
        tmp_path,
        "mine",
        "parent: default\n",
        {"templates/base.html": "<!doctype html>\n<title>{{ page.title }}</title>\n{% block main %}{% endblock %}\n"},
    )
    shown = render(home_page(), load(tmp_path))
    assert shown.startswith("<!doctype html>\n<title>Paper Mornings</title>")
    assert "Analytical" in shown, "home.html of the parent, in the frame of the child"
    assert "stylesheet" not in shown


def test_one_block_is_replaced_and_what_it_replaces_can_be_shown(tmp_path: Path) -> None:
    write_theme(
        tmp_path,
        "mine",
        "parent: default\n",
        {
            "templates/base.html": '{% extends "parent/base.html" %}\n'
            "{% block brand %}<b>{{ super() }}</b>{% endblock %}\n"
        },
    )
    mine, default = load(tmp_path), load(tmp_path, "default")
    brand = f'<p class="brand"><a href="/">{home_page().title}</a></p>'
    assert brand in render(entry_page(), default)
    inner = render(entry_page(), mine).split("<b>")[1].split("</b>")[0].strip()
    assert inner.startswith('<p class="brand">')
    assert render(entry_page(), mine).startswith("<!doctype html>")


def test_macros_of_the_parent_can_be_taken_over(tmp_path: Path) -> None:
    card = (
        '{% import "parent/_card.html" as theirs %}\n'
        "{% macro card(entry) %}<p>{{ entry.title }}</p>{% endmacro %}\n"
        "{% set day_list = theirs.day_list %}\n"
    )
    home = '{% extends "parent/home.html" %}\n{% from "_card.html" import card %}{% block main %}'
    home += "{{ super() }}{{ card(page.days[0].entries[0]) }}{% endblock %}\n"
    write_theme(tmp_path, "mine", "parent: default\n", {"templates/_card.html": card, "templates/home.html": home})
    shown = render(home_page(), load(tmp_path))
    assert "<p>Notes on the <em>Analytical</em> Engine</p>" in shown
    assert 'class="excerpt' in shown


def test_each_theme_of_a_line_reaches_the_next(tmp_path: Path) -> None:
    block = '{{% extends "parent/base.html" %}}\n{{% block brand %}}{name}({{{{ super() }}}}){{% endblock %}}\n'
    write_theme(tmp_path, "mine", "parent: middle\n", {"templates/base.html": block.format(name="mine")})
    write_theme(tmp_path, "middle", "parent: between\n", {"templates/base.html": block.format(name="middle")})
    write_theme(tmp_path, "between", "parent: default\n")
    shown = render(entry_page(), load(tmp_path))
    assert "mine(middle(" in shown
    assert shown.count('class="brand"') == 1


def test_a_theme_of_the_site_may_have_the_name_of_its_bundled_parent(tmp_path: Path) -> None:
    write_theme(
        tmp_path, "default", "parent: default\nadd_styles: more.css\n", {"static/more.css": "p { margin: 0 }\n"}
    )
    own, bundled = load(tmp_path, "default"), load(tmp_path / "elsewhere", "default")
    sheets = [asset(theme, theme.styles[0]) for theme in (own, bundled)]
    assert sheets[0] == f"{sheets[1]}p{{margin:0}}"
    assert own.folder == "themes/default"
    assert own.ancestors[0].folder == bundled.folder


def test_style_sheets_are_added_or_replaced(tmp_path: Path) -> None:
    more = "p { margin: 0 }\n"
    write_theme(tmp_path, "added", "parent: default\nadd_styles: [more.css]\n", {"static/more.css": more})
    write_theme(tmp_path, "again", "parent: added\nadd_styles: last.css\n", {"static/last.css": more})
    write_theme(tmp_path, "own", "parent: added\nstyles: [more.css, code.css]\n")
    sheets = {}
    for name in ("default", "added", "again", "own"):
        theme = load(tmp_path, name)
        (sheets[name],) = (asset(theme, url) for url in theme.styles)
    assert sheets["added"] == sheets["default"] + "p{margin:0}"
    assert sheets["again"] == sheets["added"] + "p{margin:0}"
    assert sheets["own"].startswith("p{margin:0}")
    assert sheets["default"].endswith(sheets["own"].removeprefix("p{margin:0}"))


def test_a_file_of_the_same_name_takes_the_place_of_the_parents(tmp_path: Path) -> None:
    write_theme(tmp_path, "mine", "parent: default\n", {"static/style.css": "p { margin: 0 }\n"})
    theme = load(tmp_path)
    assert "}p{margin:0}@media" in asset(theme, theme.styles[0]), "in its place between two others"
    assert ".masthead" not in asset(theme, theme.styles[0])


def test_a_style_sheet_may_point_to_files_of_the_parent(tmp_path: Path) -> None:
    sheet = '@import "style.css";\nbody { background: url("icon.svg") }\n'
    write_theme(tmp_path, "mine", "parent: default\nstyles: mine.css\n", {"static/mine.css": sheet})
    theme = load(tmp_path)
    files = {file.url.rpartition("/")[2] for file in theme.static}
    named = set(re.findall(r'"([^"]+)"', asset(theme, theme.styles[0])))
    assert len(named) == 2
    assert named <= files


def test_a_file_of_the_parent_can_be_left_out(tmp_path: Path) -> None:
    write_theme(tmp_path, "mine", 'parent: default\nscript: ""\nicon: ""\n')
    theme = load(tmp_path)
    assert (theme.icon, theme.script) == ("", "")


def test_a_changed_parent_changes_the_fingerprint(tmp_path: Path) -> None:
    write_theme(tmp_path, "mine", "parent: other\n")
    other = write_theme(tmp_path, "other", "parent: default\n", {"templates/x.html": "one"})
    before = load(tmp_path).fingerprint
    (other / "templates" / "x.html").write_text("two")
    assert load(tmp_path).fingerprint != before


def test_problems_name_the_file_that_is_wrong(tmp_path: Path) -> None:
    write_theme(tmp_path, "mine", "parent: other\nicon: gone.svg\n", {"static/style.css": "a { b: url(gone.png) }\n"})
    write_theme(tmp_path, "other", "parent: default\n", {"static/print.css": "\n\na { b: url(gone.png) }\n"})
    with pytest.raises(ProblemError) as caught:
        load(tmp_path)
    places = [(problem.span.path, problem.span.line) for problem in caught.value.problems if problem.span]
    assert places == [
        ("themes/mine/static/style.css", 1),
        ("themes/other/static/print.css", 3),
        ("themes/mine/theme.yml", 2),
    ]


def test_the_bundled_parent_is_not_touched(tmp_path: Path) -> None:
    write_theme(tmp_path, "mine", "parent: default\n")
    assert load(tmp_path).ancestors[0].folder == (bundled_themes() / "default").as_posix()
    assert load(tmp_path).ancestors[0].templates.keys() >= TEMPLATES
