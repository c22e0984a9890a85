"""content/site.yml to settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from digest.formats import frontmatter
from digest.model import Settings
from digest.reading import read_settings
from digest.reading.settings import NAMES, parse_settings

GIVEN: dict[str, Any] = {
    "title": "Café: papers",
    "description": "What we read.",
    "base_url": "https://example.org/blog/",
    "language": "pt-BR",
    "timezone": "Europe/Berlin",
    "author": "Ada Lovelace",
    "license": "CC-BY-4.0",
    "theme": "default",
    "footer": "One.\n\nTwo.",
    "navigation": (("About", "/about/"), ("Code", "https://example.org/code")),
    "home_days": 3,
    "page_size": 20,
    "feed_size": 10,
    "author_page_entries": 0,
    "vocabulary": "content/words.yml",
    "vocabulary_mode": "replace",
}


def good(text: str) -> Settings:
    settings, problems = parse_settings(text, "content/site.yml")
    assert problems == ()
    return settings


def test_every_setting_is_optional(tmp_path: Path) -> None:
    assert read_settings(tmp_path) == (Settings(), ())
    assert good("") == Settings()
    assert good("".join(f"{name}:\n" for name in NAMES)) == Settings()


def test_every_setting_is_read(tmp_path: Path) -> None:
    written = {**GIVEN, "navigation": dict(GIVEN["navigation"])}
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yml").write_text(frontmatter.dump_front_matter(written), encoding="utf-8")
    settings, problems = read_settings(tmp_path)
    assert problems == ()
    assert settings == Settings(**GIVEN)
    assert all(getattr(settings, name) != getattr(Settings(), name) for name in GIVEN if name != "theme")
    assert set(NAMES) >= set(GIVEN)


@pytest.mark.parametrize(
    ("written", "url", "base_path"),
    [
        ("https://example.org", "https://example.org/", "/"),
        ("http://localhost:8000", "http://localhost:8000/", "/"),
        ("https://example.org/a/b", "https://example.org/a/b/", "/a/b/"),
        ("https://example.org/a//", "https://example.org/a/", "/a/"),
        ("https://münchen.example/", "https://münchen.example/", "/"),
    ],
)
def test_a_base_url_ends_with_a_slash(written: str, url: str, base_path: str) -> None:
    settings = good(f"base_url: {written}\n")
    assert (settings.base_url, settings.base_path) == (url, base_path)


@pytest.mark.parametrize(
    "written",
    ["example.org", "//example.org", "ftp://example.org", "https://", "https:///x", "https://example.org/?a=b",
     "https://example.org/#a", "https://example.org/a b", "https://example.org/../x", "https://example.org/a//b",
     "https://example.org/%2e%2e/x",
     "https://example.org:port/", "https://[", "/blog/", "mailto:a@example.org", "https://example.org/\"x"],
)  # fmt: skip
def test_a_base_url_is_an_absolute_address(written: str) -> None:
    settings, problems = parse_settings(f"base_url: {frontmatter.dump_front_matter({'x': written})[3:]}", "s")
    assert [problem.code for problem in problems] == ["DG203"]
    assert settings.base_url == Settings().base_url


@pytest.mark.parametrize("zone", ["../../etc/passwd", "/etc/localtime", "Europe", "Berlin", "UTC+1", "é", "\\x00"])
def test_a_time_zone_is_one_that_exists(zone: str) -> None:
    settings, problems = parse_settings(f'timezone: "{zone}"', "s")
    assert "DG203" in {problem.code for problem in problems}
    assert settings.timezone == "UTC"


@pytest.mark.parametrize(
    "written",
    [
        "{About: /about/, Code: https://example.org/code}",
        "[{text: About, url: /about/}, {url: https://example.org/code, text: Code}]",
        "[About: /about/, Code: https://example.org/code]",
    ],
)
def test_navigation_is_written_in_three_ways(written: str) -> None:
    assert good(f"navigation: {written}\n").navigation == GIVEN["navigation"]


def test_a_wrong_setting_leaves_the_others(tmp_path: Path) -> None:
    settings, problems = parse_settings("home_days: -1\ntitle: A\n", "s")
    assert (settings.title, settings.home_days) == ("A", Settings().home_days)
    assert len(problems) == 1


SCALARS = st.one_of(
    st.text(max_size=8),
    st.integers(),
    st.booleans(),
    st.none(),
    st.sampled_from(["https://x/", "http://[", "UTC"]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(st.text(max_size=4), inner, max_size=2)),
    max_leaves=4,
)


@hypothesis_settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=6))
def test_whatever_is_written_settings_are_sound(written: dict[str, frontmatter.Plain]) -> None:
    settings, problems = parse_settings(frontmatter.dump_front_matter(written), "s")
    assert all(problem.hint and problem.span for problem in problems)
    for name in NAMES:
        assert type(getattr(settings, name)) is type(getattr(Settings(), name))
    assert settings.base_url.startswith(("https://", "http://"))
    assert settings.base_url.endswith("/")
    assert settings.title
