"""Building and serving sites for tests, and the places that tests read."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from threading import Event
from urllib.parse import unquote, urljoin, urlsplit

from digest.model import Problem, Served
from digest.pipeline import BuildOptions, build
from digest.serving import PreviewServer, open_listener

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOST = "https://demo.example"


def build_site(site: Path, output: Path, base_path: str = "/", *, future: bool = False) -> None:
    """Build a site in which nothing is wrong, drafts left out."""
    report = build(site, output, BuildOptions(base_url=HOST + base_path, future=future), now=NOW)
    assert [problem for problem in report.problems if problem.severity == "error"] == []
    assert report.pages > 0


class FolderPreview:
    """A built folder as a preview in which nothing ever changes."""

    problems: tuple[Problem, ...] = ()
    state = 0

    def __init__(self, folder: Path, base_path: str = "/") -> None:
        self._folder, self.base_path = folder, base_path

    def wait(self, seen: int, seconds: float) -> int:
        Event().wait(seconds)
        return self.state

    def find(self, path: str) -> Served | None:
        file = self._folder / path
        try:
            return Served(path, file=str(file)) if path and file.is_file() else None
        except (OSError, ValueError):
            return None

    def change(self, paths: Collection[Path]) -> None:
        pass

    def close(self) -> None:
        pass


def serve_site(output: Path, base_path: str = "/") -> Iterator[str]:
    """The address of a served output folder, while the generator lives."""
    preview = FolderPreview(output, base_path)
    with PreviewServer(preview, open_listener("127.0.0.1", 0), roots=[output], live=False) as server:
        yield server.url


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class Addresses(HTMLParser):
    """The addresses and ids of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            if name in {"href", "src"} and value is not None:
                self.links.append(value)


def broken_links(output: Path, base_path: str = "/") -> list[str]:
    """`page → address` for each address of a built site that nothing in it answers."""
    pages = {path: Addresses(path.read_text(encoding="utf-8")) for path in output.rglob("*.html")}
    assert pages
    broken = []
    for path, page in pages.items():
        here = urljoin(HOST + base_path, path.relative_to(output).as_posix())
        broken += [f"{path}: the id {name} twice" for name in set(page.ids) if page.ids.count(name) > 1]
        for link in page.links:
            target = urlsplit(urljoin(here, link))
            if f"{target.scheme}://{target.netloc}" != HOST:
                continue
            if not target.path.startswith(base_path):
                broken.append(f"{path} → {link} leaves the base path")
                continue
            inside = unquote(target.path[len(base_path) :])
            file = output / inside / "index.html" if inside.endswith("/") or not inside else output / inside
            if not file.is_file():
                broken.append(f"{path} → {link}")
            elif target.fragment and unquote(target.fragment) not in pages[file].ids:
                broken.append(f"{path} → {link}: no such place on that page")
    return broken
