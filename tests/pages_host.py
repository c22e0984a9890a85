"""A host that serves a site as GitHub Pages does: no other magic than it has, and none less.

Letters are told from capitals. `/x` is the file `x`, else `x.html`, else leads to `/x/` if that is a folder; `/x/` is
`x/index.html` and nothing else. What is not there is 404.html with the status 404. Names that begin with a dot or an
underscore are there only if a `.nojekyll` is.
"""

from __future__ import annotations

import io
import subprocess
import tarfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

KINDS = {
    "atom": "application/atom+xml", "css": "text/css; charset=utf-8", "html": "text/html; charset=utf-8",
    "js": "application/javascript; charset=utf-8", "json": "application/json; charset=utf-8", "svg": "image/svg+xml",
    "png": "image/png", "txt": "text/plain; charset=utf-8", "xml": "application/xml",
}  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What the host says: the path of the file that it gives, or where it leads."""

    status: int
    path: str = ""
    location: str = ""


@dataclass(frozen=True)
class PagesHost:
    """The files of a branch or of an artifact, served below `base_path`."""

    files: Mapping[str, bytes]
    base_path: str = "/"

    def answer(self, target: str) -> Answer:
        """What a request for this path and query gets."""
        path = unquote(urlsplit(target).path, errors="strict")
        if path + "/" == self.base_path:
            return Answer(301, location=self.base_path)
        if not path.startswith(self.base_path):
            return Answer(404)  # another site of that host, or none
        inside = path[len(self.base_path) :]
        if not inside or inside.endswith("/"):
            return self._give(f"{inside}index.html")
        if inside in self.files or f"{inside}.html" in self.files:
            return self._give(inside if inside in self.files else f"{inside}.html")
        if any(name.startswith(f"{inside}/") for name in self.files):
            return Answer(301, location=quote(f"{path}/"))
        return self._give(inside)

    def _give(self, name: str) -> Answer:
        if name in self.files and (".nojekyll" in self.files or not self._is_left_out(name)):
            return Answer(200, name)
        return Answer(404, "404.html" if "404.html" in self.files else "")

    @staticmethod
    def _is_left_out(name: str) -> bool:
        return any(part.startswith((".", "_")) for part in name.split("/"))

    @contextmanager
    def serve(self) -> Iterator[str]:
        """The address of the site on this machine."""
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                answer = host.answer(self.path)
                body = host.files.get(answer.path, b"Not found")
                self.send_response(answer.status)
                if answer.location:
                    self.send_header("Location", answer.location)
                self.send_header("Content-Type", KINDS.get(answer.path.rpartition(".")[2], "application/octet-stream"))
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Cache-Control", "max-age=600")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *words: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{self.base_path}"
        finally:
            server.shutdown()
            server.server_close()


def host_folder(output: Path, base_path: str = "/") -> PagesHost:
    """An output folder as it is uploaded."""
    files = {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}
    return PagesHost({name: data for name, data in files.items() if not name.startswith(".digest-")}, base_path)


def host_branch(repository: Path, base_path: str = "/", branch: str = "gh-pages") -> PagesHost:
    """What is on a branch of a repository."""
    words = ["git", "archive", "--format=tar", branch]
    tar = subprocess.run(words, cwd=repository, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(tar)) as archive:
        members = [member for member in archive if member.isfile()]
        files = {member.name: found.read() for member in members if (found := archive.extractfile(member))}
    return PagesHost(files, base_path)
