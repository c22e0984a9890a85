"""What travels on a first visit: the page and all that it asks for, packed as every host packs it."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from built_sites import build_site
from extreme_site import write_daily_site

KB = 1000
ASSETS = re.compile(r'<(?:link rel="(?:stylesheet|icon)"|script|img)[^>]*?(?:href|src)="(/[^"]+)"')


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("daily")
    write_daily_site(site)
    build_site(site, site / "output")
    return site / "output"


def weigh(output: Path, page: str) -> int:
    """The bytes of a first visit: HTML, styles, script, icon."""
    html = (output / page).read_bytes()
    assets = [name for name in ASSETS.findall(html.decode()) if name.startswith("/assets/")]  # no images of authors
    assert any(name.endswith(".css") for name in assets)
    assert any(name.endswith(".js") for name in assets)
    files = [html, *((output / name.lstrip("/")).read_bytes() for name in dict.fromkeys(assets))]
    return sum(len(gzip.compress(data, 6)) for data in files)


def test_an_entry_page_is_light(output: Path) -> None:
    entries = sorted(path.relative_to(output).as_posix() for path in output.glob("2026/10/05/*/index.html"))
    assert len(entries) == 40
    assert max(weigh(output, entry) for entry in entries) <= 15 * KB


@pytest.mark.parametrize("theme", ["default", "paper"])
def test_entries_of_the_demo_are_light_in_each_theme(theme: str, request: pytest.FixtureRequest) -> None:
    output = request.getfixturevalue("demo_output" if theme == "default" else "paper_output")
    entries = [path.relative_to(output).as_posix() for path in output.glob("20*/*/*/*/index.html")]
    assert len(entries) > 50
    heavy = {entry: weight for entry in entries if (weight := weigh(output, entry)) > 15 * KB}
    assert heavy == {}


def test_a_day_of_forty_abstracts_is_light(output: Path) -> None:
    assert weigh(output, "2026/10/05/index.html") <= 60 * KB
    assert weigh(output, "index.html") <= 60 * KB
