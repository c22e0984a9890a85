"""Serving a built site on this machine, under the base path that it will have on the web."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Condition
from types import TracebackType
from typing import Any
from urllib.parse import quote, unquote, urlsplit

LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}
_HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[^\s:\[\]@/]+)(?::[0-9]*)?")

# The types of what a site holds, independent of the machine's own table.
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".xml": "application/xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}


class Gate(AbstractContextManager["Gate"]):
    """Lets requests through except while a rebuild runs, so that nobody sees half a site."""

    def __init__(self) -> None:
        self._open = Condition()
        self._closed = False
        self._inside = 0

    def close_while(self, work: Callable[[], None]) -> None:
        """Wait until the running requests are done, hold back new ones, do the work."""
        with self._open:
            self._closed = True
            self._open.wait_for(lambda: self._inside == 0, timeout=10)
        try:
            work()
        finally:
            with self._open:
                self._closed = False
                self._open.notify_all()

    def __enter__(self) -> Gate:
        with self._open:
            self._open.wait_for(lambda: not self._closed, timeout=60)
            self._inside += 1
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        with self._open:
            self._inside -= 1
            self._open.notify_all()


class PreviewServer(ThreadingHTTPServer):
    """Serves `root` below `base_path`; GET and HEAD only, regular files inside `root` only."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], root: Path, base_path: str) -> None:
        self.root = root.resolve()
        self.base_path = unquote(base_path)  # as paths are compared; addresses are encoded where they go out
        self.gate = Gate()
        super().__init__(address, Handler)
        # A name other than this machine's own in the Host header is a page of another site that was made to resolve
        # here, to read an unpublished draft.
        self.hosts = LOOPBACK | {address[0].lower()}

    @property
    def url(self) -> str:
        """Where the site is to be seen."""
        host, port = self.server_address[:2]
        name = host.decode() if isinstance(host, bytes) else host
        return f"http://{name}:{port}{quote(self.base_path)}"

    def answers_to(self, host: str) -> bool:
        """Whether a Host header names this machine; an address of digits cannot be made to resolve elsewhere."""
        match = _HOST.fullmatch(host)
        if match is None:
            return False
        name = match["name"].lower()
        is_open = self.server_address[0] == "0.0.0.0"  # noqa: S104 - compared, not listened at
        return name in self.hosts or (is_open and re.fullmatch(r"[0-9]+(?:\.[0-9]+){3}", name) is not None)


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: PreviewServer
    server_version = "digest"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self) -> None:
        """Answer with a file."""
        self.answer(body=True)

    def do_HEAD(self) -> None:
        """Answer with what GET would say of a file."""
        self.answer(body=False)

    def answer(self, *, body: bool) -> None:
        """The file of this address, a redirect to its folder, or the site's own 404 page."""
        if not self.server.answers_to(self.headers.get("Host", "")):
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST, "This server answers to its own name only")
            return
        path = unquote(urlsplit(self.path).path, errors="replace")
        if f"{path.rstrip('/')}/" in {"/", self.server.base_path} and path != self.server.base_path:
            self.redirect(self.server.base_path)
            return
        with self.server.gate:
            found = find_file(self.server.root, path, self.server.base_path)
            if found is not None and found.is_dir():
                self.redirect(path + "/")
                return
            status = HTTPStatus.OK if found else HTTPStatus.NOT_FOUND
            file = found or find_file(self.server.root, self.server.base_path + "404.html", self.server.base_path)
            data = file.read_bytes() if file else b"Not found\n"
            kind = content_type(file) if file else "text/plain; charset=utf-8"
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if body:
            self.wfile.write(data)

    def redirect(self, path: str) -> None:
        """Lead to another address of this site."""
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        # One slash only at the start: two would name another host.
        self.send_header("Location", "/" + quote(path.lstrip("/")))
        self.send_header("Content-Length", "0")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: ANN401 - the signature of http.server
        """Say nothing: a preview's terminal is for builds and their problems."""


def find_file(root: Path, path: str, base_path: str) -> Path | None:
    """The file of an address, its folder where the final slash is missing, or None. Never anything outside `root`."""
    if not path.startswith(base_path) or "\0" in path or "\\" in path:
        return None
    parts = path[len(base_path) :].split("/")
    if any(part in {".", ".."} or (part == "" and number < len(parts) - 1) for number, part in enumerate(parts)):
        return None
    if any(part.startswith(".") for part in parts[:1]):
        return None  # the manifest is nobody's page
    try:
        target = root.joinpath(*parts).resolve()
        if target != root and root not in target.parents:
            return None
        if parts[-1] == "":
            target /= "index.html"
        elif target.is_dir():
            return target if (target / "index.html").is_file() else None
        elif not target.exists() and target.with_name(target.name + ".html").is_file():
            target = target.with_name(target.name + ".html")  # as GitHub Pages does
        return target if target.is_file() else None
    except OSError:  # a name that is too long for the file system
        return None


def content_type(file: Path) -> str:
    """The media type of a file, the same on every machine for what digest writes."""
    return TYPES.get(file.suffix.lower()) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
