"""What a site sets of the look of its theme, and the style sheet that comes of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from digest.formats import highlighting
from digest.model import ColorChoice, FontChoice, ProblemError, Settings, Span, Theme
from digest.rendering import load_theme
from digest.rendering.theme_files import bundled_themes
from digest.rendering.theme_manifests import read_manifest
from digest.rendering.tightening import tighten, tighten_css

PLACE = Span("content/site.yml", 3, 5)
THEMES = sorted(path.parent.name for path in bundled_themes().glob("*/theme.yml"))


def dressed(
    *choices: ColorChoice | FontChoice, theme: str = "default", logo: str = "", site: Path = Path("/nonexistent")
) -> Theme:
    colors = tuple(choice for choice in choices if isinstance(choice, ColorChoice))
    fonts = tuple(choice for choice in choices if isinstance(choice, FontChoice))
    return load_theme(Settings(theme=theme, colors=colors, fonts=fonts, logo=logo), site)


def sheet(theme: Theme) -> str:
    """What the settings add to the style sheet."""
    whole, bare = (
        next(tighten(file).data.decode() for file in each.static if file.url == each.styles[-1])
        for each in (theme, dressed(theme=theme.name))
    )
    assert whole.startswith(bare)
    return whole[len(bare) :].strip()


def color(name: str, light: str, dark: str = "") -> ColorChoice:
    return ColorChoice(name, light, dark, PLACE)


def test_nothing_is_added_where_nothing_is_set() -> None:
    default = dressed()
    assert sheet(default) == ""
    assert dressed(color("paper", *default.paper)).styles == default.styles


def test_a_colour_is_set_for_light_and_dark_for_what_a_reader_chose() -> None:
    theme = dressed(color("accent", "#004488", "#88bbff"))
    assert len(theme.styles) == 1
    screen = "@media screen and (not (prefers-contrast: more))"
    assert sheet(theme) == tighten_css(
        f"{screen} {{ :root:root {{ --red: #004488; }} }}"
        "@supports (color: light-dark(#000, #fff)) "
        f"{{ {screen} {{ :root:root {{ --red: light-dark(#004488, #88bbff); }} }} }}"
    )
    assert theme.problems == ()
    assert theme.fingerprint != dressed().fingerprint


@pytest.mark.parametrize("light", ["#000000", "#004488", "#7a0000", "#2b5d1e"])
def test_a_colour_given_once_is_made_light_enough_for_the_dark(light: str) -> None:
    theme = dressed(color("accent", light))
    dark = re.findall(r"#[0-9a-f]{6}", sheet(theme))[-1]
    assert highlighting.contrast(dark, theme.paper[1]) >= highlighting.CONTRAST
    assert theme.problems == ()


def test_a_ground_given_once_is_for_light_only() -> None:
    theme = dressed(color("paper", "#ffffff"))
    assert theme.paper == ("#ffffff", dressed().paper[1])


def test_what_is_hard_to_read_is_warned_of_where_it_is_said() -> None:
    problems = dressed(color("accent", "#ffaaaa", "#201010")).problems
    assert [(problem.severity, problem.code, problem.span) for problem in problems] == [("warning", "DG203", PLACE)] * 2
    assert ["light" in problem.message for problem in problems] == [True, False]
    better = re.findall(r"#[0-9a-f]{6}", problems[0].hint)
    assert highlighting.contrast(better[0], dressed().paper[0]) >= highlighting.CONTRAST


def test_a_ground_on_which_the_theme_cannot_be_read_is_warned_of() -> None:
    problems = dressed(color("paper", "#a3261b")).problems
    assert problems
    assert all(problem.span == PLACE for problem in problems)


def test_fonts_come_before_those_of_the_theme() -> None:
    theme = dressed(FontChoice("text", ("Iowan Old Style", "ui-serif"), PLACE), FontChoice("code", ("Menlo",), PLACE))
    assert sheet(theme) == tighten_css(
        ':root:root { --reading: "Iowan Old Style", ui-serif, serif; --code: "Menlo", monospace; }\n'
    )


@pytest.mark.parametrize("choice", [color("roof", "#000000"), FontChoice("headlines", ("Georgia",), PLACE)])
def test_what_the_theme_has_not_is_an_error_that_names_what_it_has(choice: ColorChoice | FontChoice) -> None:
    with pytest.raises(ProblemError) as caught:
        dressed(choice)
    (problem,) = caught.value.problems
    assert (problem.code, problem.span) == ("DG203", PLACE)
    assert "accent" in problem.hint or "text" in problem.hint


def test_a_logo_is_a_file_of_the_site_or_of_the_theme(tmp_path: Path) -> None:
    static = tmp_path / "content" / "static" / "images"
    static.mkdir(parents=True)
    (static / "logo.svg").write_text("<svg/>")
    (tmp_path / "secret.svg").write_text("<svg/>")
    (static / "link.svg").symlink_to(tmp_path / "secret.svg")
    assert dressed(logo="/images/logo.svg", site=tmp_path).logo == "/images/logo.svg"
    assert dressed(logo="images/logo.svg", site=tmp_path).logo == "/images/logo.svg"
    assert dressed(logo="icon.svg", site=tmp_path).logo == dressed().icon
    for name in ("/gone.svg", "images/link.svg"):
        with pytest.raises(ProblemError, match="DG203"):
            dressed(logo=name, site=tmp_path)


@pytest.mark.parametrize("name", THEMES)
def test_the_colours_that_a_theme_declares_are_those_of_its_style_sheets(name: str) -> None:
    folder = bundled_themes() / name
    manifest = read_manifest(folder / "theme.yml", "theme.yml", [])
    css = "".join(path.read_text() for path in sorted((folder / "static").glob("*.css")))
    assert manifest.colors
    for slot in manifest.colors.values():
        assert f"{slot.property}: light-dark({slot.light}, {slot.dark});" in css
    assert {slot.property for slot in manifest.fonts.values()} <= set(re.findall(r"--[a-z]+(?=:)", css))


@pytest.mark.parametrize("name", THEMES)
def test_a_bundled_theme_can_be_read(name: str) -> None:
    slots = read_manifest(bundled_themes() / name / "theme.yml", "theme.yml", []).colors
    for slot in slots.values():
        if slot.on:
            ground = slots[slot.on]
            assert highlighting.contrast(slot.light, ground.light) >= highlighting.CONTRAST
            assert highlighting.contrast(slot.dark, ground.dark) >= highlighting.CONTRAST
