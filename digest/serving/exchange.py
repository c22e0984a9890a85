"""Requests and answers, to and from ASGI."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, Final

from digest.model import NamedTuple, Problem, dataclass
from digest.serving.documents import Document, OpenFile
from digest.serving.media_types import TEXT
from digest.serving.ranges import read_range

Message = MutableMapping[str, Any]  # of ASGI
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

NEVER_KEPT: Final = (
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)


class Request(NamedTuple):
    """What was asked."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    hosts: int
    size: int  # of all headers, in bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent."""

    status: int
    document: Document
    headers: tuple[tuple[str, str], ...] = ()
    kind: str = ""
    problems: tuple[Problem, ...] = ()


def plain(status: int, text: str, *headers: tuple[str, str]) -> Answer:
    """An answer of a few words."""
    return Answer(status, Document("", "", f"{text}\n".encode()), headers, TEXT)


async def send_answer(request: Request, answer: Answer, receive: Receive, send: Send) -> None:
    """Answer, with a part of a document where a part was asked for."""
    document, status, size = answer.document, answer.status, answer.document.size
    headers = [("Content-Type", answer.kind), *answer.headers, *NEVER_KEPT]
    start, end = 0, size
    if status == 200:
        headers += [("ETag", f'"{document.tag}"'), ("Accept-Ranges", "bytes")]
        fits = request.headers.get("if-range") in {None, f'"{document.tag}"'}
        part = read_range(request.headers.get("range"), size) if fits and request.method == "GET" else None
        if part and part.start == part.end:
            status, start, end = 416, 0, 0
            headers.append(("Content-Range", f"bytes */{size}"))
        elif part:
            status, (start, end) = 206, part
            headers.append(("Content-Range", f"bytes {start}-{end - 1}/{size}"))
    headers.append(("Content-Length", str(end - start)))
    if {"content-length", "transfer-encoding"} & request.headers.keys():
        headers.append(("Connection", "close"))  # nobody waits for what was not asked for
    await send({"type": "http.response.start", "status": status, "headers": encode(headers)})
    if document.file:
        await _send_file(document.file, start, end if request.method == "GET" else start, receive, send)
    else:
        await send({"type": "http.response.body", "body": document.data[start:end]})


async def _send_file(file: OpenFile, start: int, end: int, receive: Receive, send: Send) -> None:
    """Stream it, while somebody reads. A file that was cut short ends the connection, and nobody takes it for whole."""
    gone = asyncio.ensure_future(wait_for_end(receive))
    pieces = file.read(start, end)
    try:
        while start < end and not gone.done():
            piece = await asyncio.to_thread(next, pieces, b"")
            if not piece:
                return
            start += len(piece)
            await send({"type": "http.response.body", "body": piece, "more_body": start < end})
        if start == end:
            await send({"type": "http.response.body", "body": b""})
    finally:
        gone.cancel()
        file.close()


async def wait_for_end(receive: Receive) -> None:
    """Wait until nobody is there any more."""
    while (await receive())["type"] != "http.disconnect":
        pass


def read_request(scope: Message) -> Request:
    """What ASGI says was asked."""
    headers: dict[str, str] = {}
    hosts = size = 0
    for name, value in scope["headers"]:
        hosts += name == b"host"
        size += len(name) + len(value)
        headers[name.decode("latin-1")] = value.decode("latin-1")
    path = scope["raw_path"].decode("latin-1")
    return Request(scope["method"], path, scope["query_string"].decode("latin-1"), headers, hosts, size)


def encode(headers: Iterable[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    """Headers as ASGI wants them."""
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
