"""Building and serving sites for tests, and the places that tests read."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

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

    def change(self, paths: Collection[str]) -> None:
        pass

    def look_again(self) -> None:
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
