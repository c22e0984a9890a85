"""Makes the pictures of the README from the demo: `.venv/bin/python .github/screenshots/make.py`. It needs Chromium."""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import sync_playwright

from digest.pipeline import BuildOptions, build

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.append(str(ROOT / "tests"))

from built_sites import serve_site  # noqa: E402 - found by then

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NOW = datetime(2026, 11, 21, tzinfo=UTC)  # when the newest entries of the demo are due
MOST = 120_000  # bytes of a picture
PHONE, DESKTOP = (390, 780), (1200, 800)


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: its name, the page it shows, how large a window."""

    name: str
    address: str
    window: tuple[int, int]
    theme: str = "default"
    dark: bool = False


SHOTS = (
    Shot("home-desktop", "", DESKTOP),
    Shot("day-phone-dark", "2026/11/20/", PHONE, dark=True),
    Shot("entry-desktop", "2025/11/14/attention-is-all-you-need/", DESKTOP),
    Shot("statistics-desktop", "statistics/", DESKTOP),
    Shot("search-phone", "search/?q=attention", PHONE),
    Shot("paper-day", "2026/11/20/", DESKTOP, theme="paper"),
)


def build_demo(theme: str, folder: Path) -> Path:
    """The demo in a theme."""
    shutil.copytree(ROOT / "content", folder / "content")
    settings = folder / "content" / "site.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("\ntheme: default\n", f"\ntheme: {theme}\n"), encoding="utf-8")
    build(folder, folder / "output", BuildOptions(base_url="https://demo.example/"), now=NOW)
    return folder / "output"


def take(browser: Browser, shot: Shot, url: str) -> Image.Image:
    """A page as it looks once all is there that scripts bring."""
    width, height = shot.window
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if shot.dark else "light",
        reduced_motion="reduce",
        device_scale_factor=2 if shot.window == PHONE else 1,
    )
    page = context.new_page()
    page.goto(url + shot.address)
    if "?" in shot.address:
        page.locator("main ol article").first.wait_for()
    picture = Image.open(io.BytesIO(page.screenshot()))
    context.close()
    return picture.convert("RGB")


def save(picture: Image.Image, path: Path) -> None:
    """As few colours as it takes to be small enough."""
    for colours in (256, 128, 64, 32):
        picture.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size <= MOST:
            return
    sys.exit(f"{path.name} does not become smaller than {path.stat().st_size} bytes")


def main() -> None:
    """All pictures."""
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        for theme in dict.fromkeys(shot.theme for shot in SHOTS):
            for url in serve_site(build_demo(theme, Path(folder, theme))):
                for shot in SHOTS:
                    if shot.theme == theme:
                        save(take(browser, shot, url), HERE / f"{shot.name}.png")
        browser.close()


if __name__ == "__main__":
    main()
