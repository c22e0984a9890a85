"""What many tests need: sites built once, the documents beside the checkout, a real browser."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from built_sites import ROOT, SHARED, build_site, serve_site
from hypothesis import settings

from digest.cli import main

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# No example is timed: a first one is slow, since what it needs is read then, and all are where a machine is shared.
settings.register_profile("untimed", parent=settings(), deadline=None)
settings.load_profile("untimed")

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden sites of tests/sites anew")


@pytest.fixture(scope="session", autouse=True)
def _ctrl_c() -> None:
    """What is run in the background of a script passes on that Ctrl-C is nothing to it; tests send one."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def _own_cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What is kept for a user between runs is kept for this run alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents beside the checkout, which is not part of the project."""
    if not (SHARED / "seeds").is_dir():
        pytest.skip("the real documents, ../shared, are not here")
    return SHARED


@pytest.fixture(scope="session")
def demo_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, built for the root of a host."""
    output = tmp_path_factory.mktemp("demo")
    build_site(ROOT, output)
    return output


@pytest.fixture(scope="session")
def paper_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo in the other bundled theme, built for the root of a host."""
    site = tmp_path_factory.mktemp("paper")
    shutil.copytree(ROOT / "content", site / "content")
    settings = site / "content" / "site.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("\ntheme: default\n", "\ntheme: paper\n"), "utf-8")
    build_site(site, site / "output")
    return site / "output"


@pytest.fixture(scope="session")
def seeds_site(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site imported from the five real documents."""
    site = tmp_path_factory.mktemp("seeds")
    documents = sorted(map(str, (shared / "seeds").glob("*.txt")))
    assert len(documents) == 5
    assert main(["import", *documents, "--site", str(site)]) == 0
    return site


@pytest.fixture(scope="session")
def seeds_output(seeds_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the real documents, built for a project page under /repo/."""
    output = tmp_path_factory.mktemp("seeds-output")
    # The day of import is the real today, which may lie behind the tests' own now.
    build_site(seeds_site, output, "/repo/", future=True)
    return output


@pytest.fixture(scope="session")
def demo_url(demo_output: Path) -> Iterator[str]:
    """The demo, served on this machine."""
    yield from serve_site(demo_output)


@pytest.fixture(scope="session")
def seeds_url(seeds_output: Path) -> Iterator[str]:
    """The site of the real documents, served under its base path."""
    yield from serve_site(seeds_output, "/repo/")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine."""
    from playwright.sync_api import sync_playwright

    executable = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if executable is None:
        pytest.skip("no Chromium on this machine: the browser tests were not run")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
    quiet += ["--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=quiet)
        yield browser
        browser.close()
