"""Lighthouse on pages of the demo, served as GitHub Pages serves: packed, kept for ten minutes."""

from __future__ import annotations

import gzip
import json
import mimetypes
import os
import shutil
import subprocess
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from built_sites import ROOT

pytestmark = pytest.mark.browser

LIGHTHOUSE = ROOT / ".venv/node/node_modules/lighthouse/cli/index.js"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
PACKED = {".html", ".css", ".js", ".svg", ".xml", ".json"}


class Host(SimpleHTTPRequestHandler):
    """Static files, packed where it pays."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        self.send_response(200)
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Cache-Control", "max-age=600")
        if path.suffix in PACKED:
            data = gzip.compress(data, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", f"{len(data)}")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def host(demo_output: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=str(demo_output)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def examine(url: str, report: Path) -> dict[str, int]:
    """The scores of a page, each out of 100, and what it lost points for."""
    node, chrome = shutil.which("node"), next(filter(None, map(shutil.which, BROWSERS)), None)
    if node is None or chrome is None or not LIGHTHOUSE.is_file():
        pytest.skip("no Chromium, or no npm to bring Lighthouse: no score was taken")
    command = [node, str(LIGHTHOUSE), url, "--output=json", f"--output-path={report}", "--quiet"]
    command += [f"--chrome-flags={FLAGS}", "--only-categories=performance,accessibility,best-practices,seo"]
    environment = {**os.environ, "CHROME_PATH": chrome}
    subprocess.run(command, check=True, capture_output=True, timeout=180, env=environment)
    told = json.loads(report.read_text(encoding="utf-8"))
    lost = {
        audit: told["audits"][audit]["title"]
        for name in ("accessibility", "best-practices", "seo")
        for audit in (ref["id"] for ref in told["categories"][name]["auditRefs"] if ref["weight"])
        if told["audits"][audit]["score"] not in {1, None}
    }
    assert lost == {}, url
    return {name: round(100 * category["score"]) for name, category in told["categories"].items()}


@pytest.mark.parametrize("kind", ["home", "day", "entry", "tag", "search"])
def test_scores(kind: str, host: str, demo_output: Path, tmp_path: Path) -> None:
    entry = max(demo_output.glob("20*/*/*/*/index.html"), key=lambda path: path.stat().st_size).parent
    tag = max(demo_output.glob("tags/*/index.html"), key=lambda path: path.stat().st_size).parent
    places = {"home": demo_output, "day": entry.parent, "entry": entry, "tag": tag, "search": demo_output / "search"}
    address = places[kind].relative_to(demo_output).as_posix()
    scores = examine(host + (f"{address}/" if address != "." else ""), tmp_path / "report.json")
    assert [scores[name] for name in ("accessibility", "best-practices", "seo")] == [100, 100, 100]
    assert scores["performance"] >= 90, "99 or 100 on a machine that is not busy"
