"""What is answered to whom: the site, the preview's own files, and polite refusals."""

from __future__ import annotations

import asyncio
import html
import json
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from importlib import resources
from pathlib import Path
from secrets import token_hex
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from digest.model import Preview, Problem, ProblemError
from digest.serving.addresses import LONGEST, RESERVED, Moved, Wanted, encode_path, read_address
from digest.serving.documents import Document, fingerprint, open_document
from digest.serving.events import News
from digest.serving.exchange import (
    NEVER_KEPT,
    Answer,
    Message,
    Receive,
    Request,
    Send,
    encode,
    plain,
    read_request,
    send_answer,
    wait_for_end,
)
from digest.serving.live_pages import enliven, look_at
from digest.serving.media_types import HTML, JSON, media_type
from digest.serving.visitors import Visitors

Describe = Callable[[Iterable[Problem]], list[dict[str, object]]]

LARGEST_HEADERS: Final = 32_768  # bytes
WORKERS: Final = 8  # threads that look for documents
MOST_STREAMS: Final = 500  # tabs that listen for changes
PULSE: Final = 15.0  # seconds after which a silent stream shows that it lives
OWN_FILES: Final = ("live.js", "live.css")


class Application:
    """Answers by ASGI. `settle` is waited for before a document is looked for: changes that are under way."""

    def __init__(
        self,
        preview: Preview,
        *,
        visitors: Visitors,
        roots: Iterable[Path],
        describe: Describe,
        news: News,
        today: Callable[[], str],
        settle: Callable[[], None],
        live: bool,
    ) -> None:
        self._preview, self._visitors, self._roots, self._live = preview, visitors, tuple(roots), live
        self._describe, self._news, self._today, self._settle = describe, news, today, settle
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="digest-serve")
        self._streams = 0
        self.closed = False  # from now on requests may end without an answer
        self.run = token_hex(4)
        folder = resources.files("digest.serving").joinpath("live")
        own = {name: folder.joinpath(name).read_bytes() for name in OWN_FILES if live}
        self._own = {name: Document(name, fingerprint(data), data) for name, data in own.items()}

    def close(self) -> None:
        """Begin nothing more; what is begun is not waited for."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """One request (ASGI 3)."""
        if scope["type"] != "http":
            return
        try:
            await self._answer(scope, receive, send)
        except asyncio.CancelledError:
            if not self.closed:
                raise

    async def _answer(self, scope: Message, receive: Receive, send: Send) -> None:
        request = read_request(scope)
        answer = self._refuse(request)
        if answer is None and self._live and (own := self._own_path(request)) is not None:
            if own == "events":
                await self._stream(request, receive, send)
                return
            if own in self._own:
                answer = Answer(200, self._own[own], kind=media_type(own))
            elif own == "look":
                answer = await self._think(partial(self._tell_look, request))
            else:
                answer = plain(404, "The preview has no such file")
        await send_answer(request, answer or await self._think(partial(self._find, request)), receive, send)

    async def _think(self, work: Callable[[], Answer]) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)

    def _refuse(self, request: Request) -> Answer | None:
        host = request.headers.get("host", "")
        if request.hosts != 1 or not self._visitors.knows_host(host):
            return plain(421, "This server answers to its own name only")
        if request.method not in {"GET", "HEAD"}:
            return plain(405, "This server only shows", ("Allow", "GET, HEAD"))
        if len(request.path) + len(request.query) > LONGEST:
            return plain(414, "This address is too long")
        if request.size > LARGEST_HEADERS:
            return plain(431, "These headers are too long")
        return None if request.path.startswith("/") else plain(400, "This is not an address of this server")

    @property
    def _base_path(self) -> str:
        return unquote(self._preview.base_path)

    def _own_path(self, request: Request) -> str | None:
        """What of the preview's own is asked for, by pages of this server."""
        wanted = read_address(request.path, self._base_path)
        if not isinstance(wanted, Wanted) or not wanted.path.startswith(RESERVED):
            return None
        headers = request.headers
        if not self._visitors.knows_origin(headers.get("origin"), headers.get("sec-fetch-site"), headers["host"]):
            return ""
        return wanted.path.removeprefix(RESERVED)

    # In threads

    def _find(self, request: Request) -> Answer:
        """The document of an address, made for whoever asks."""
        self._settle()
        version = self._news.version
        answer = self._look_up(request.path, request.query)
        if self._live and answer.kind == HTML:
            answer = self._enliven(request, answer, version)
        return answer

    def _look_up(self, path: str, query: str = "") -> Answer:
        try:
            wanted = read_address(path, self._base_path)
            if isinstance(wanted, Wanted) and not wanted.path.startswith(RESERVED):
                found = self._seek(wanted.path)
                if isinstance(found, Document):
                    return Answer(200, found, kind=media_type(found.path))
                wanted = found
            if isinstance(wanted, Moved):
                location = f"{wanted.location}?{query}" if query else wanted.location
                return plain(301, "It has moved", ("Location", location))
            if lost := self._open("404.html"):
                return Answer(404, lost, kind=HTML)
            problems = self._preview.problems
            if not any(problem.severity == "error" for problem in problems):
                return plain(404, "Not found")
        except ProblemError as error:
            problems = error.problems
        page = _render_failure(self._describe(problems))
        return Answer(500, Document("", "", page), kind=HTML, problems=problems)

    def _seek(self, path: str) -> Document | Moved | None:
        """As GitHub Pages does: the file, else the page of that name, else a redirect to the folder."""
        if path == "" or path.endswith("/"):
            return self._open(f"{path}index.html")
        found = self._open(path) or self._open(f"{path}.html")
        if found is None and self._preview.find(f"{path}/index.html"):
            return Moved(encode_path(f"{self._base_path}{path}/"))
        return found

    def _open(self, path: str) -> Document | None:
        served = self._preview.find(path)
        return open_document(served, self._roots) if served else None

    def _enliven(self, request: Request, answer: Answer, version: str) -> Answer:
        page = _whole(answer.document)
        look = look_at(page, f"http://preview{request.path}", self._tag)
        address = f"{encode_path(self._base_path)}{RESERVED}{OWN_FILES[0]}"
        values: dict[str, object] = {
            "state": f"{self.run}-{version}",
            "page": f"{answer.status}-{look.page}",
            "styles": look.styles,
            "today": self._today(),
        }
        page = enliven(page, address, request.headers["host"], values)
        return replace(answer, document=Document(answer.document.path, fingerprint(page), page))

    def _tag(self, url: str) -> str:
        """What tells the document of this site at an absolute address, while it is the same."""
        parts = urlsplit(url)
        wanted = read_address(parts.path, self._base_path) if parts.netloc == "preview" else None
        if not isinstance(wanted, Wanted) or wanted.path.startswith(RESERVED):
            return ""
        try:
            found = self._open(wanted.path)
        except ProblemError:
            return "broken"
        if found is None:
            return "missing"
        if found.file:
            found.file.close()
        return found.tag

    def _tell_look(self, request: Request) -> Answer:
        """How the page of an address looks now, for a script that compares."""
        self._settle()
        version = self._news.version
        (path, *_) = parse_qs(request.query).get("path") or ["/"]
        answer = self._look_up(path)
        told: dict[str, object] = {"state": f"{self.run}-{version}", "page": f"{answer.status}", "styles": []}
        if answer.kind == HTML:
            look = look_at(_whole(answer.document), f"http://preview{path}", self._tag)
            told |= {"page": f"{answer.status}-{look.page}", "styles": look.styles}
        elif answer.document.file:
            answer.document.file.close()
        if answer.problems:
            told["problems"] = self._describe(answer.problems)
        data = json.dumps(told).encode()
        return Answer(200, Document("", fingerprint(data), data), kind=JSON)

    # Event streams

    async def _stream(self, request: Request, receive: Receive, send: Send) -> None:
        if request.method == "HEAD" or self._streams >= MOST_STREAMS:
            await send_answer(request, plain(503, "Too many tabs listen", ("Retry-After", "5")), receive, send)
            return
        self._streams += 1
        gone = asyncio.ensure_future(wait_for_end(receive))
        try:
            headers = [("Content-Type", "text/event-stream"), *NEVER_KEPT]
            await send({"type": "http.response.start", "status": 200, "headers": encode(headers)})
            await self._tell_news(gone, send)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            self._streams -= 1
            gone.cancel()

    async def _tell_news(self, gone: asyncio.Future[None], send: Send) -> None:
        news, body = self._news.now(), b"retry: 500\n\n"
        while not (gone.done() or news.closed):
            if news.data:
                body += b"data: %b\n\n" % json.dumps({"run": self.run, **news.data}).encode()
            await send({"type": "http.response.body", "body": body, "more_body": True})
            await asyncio.wait({gone, news.next}, timeout=PULSE, return_when=asyncio.FIRST_COMPLETED)
            if news.next.done():
                news, body = self._news.now(), b""
            else:
                body = b": still here\n\n"
                news = news._replace(data=None)


def _whole(document: Document) -> bytes:
    return b"".join(document.file.read(0, document.size)) if document.file else document.data


def _render_failure(problems: Iterable[dict[str, object]]) -> bytes:
    """A page for what cannot be made, which heals by itself; readable without the script."""
    told = "".join(
        f"<li>{html.escape(' '.join(str(problem[key]) for key in ('place', 'message', 'hint') if problem[key]))}</li>"
        for problem in problems
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><title>This page cannot be made</title></head>'
        f"<body><main><h1>This page cannot be made</h1><ul>{told}</ul></main></body></html>\n"
    ).encode()
