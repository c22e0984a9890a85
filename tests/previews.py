"""A preview that tests make: documents by path, changed by hand."""

from __future__ import annotations

import http.client
import json
import socket
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Condition
from typing import Any

from digest.model import Problem, ProblemError, Served
from digest.serving import PreviewServer, open_listener


class FakePreview:
    """Holds documents as text, as bytes, as files, or as problems that keep one from being made."""

    def __init__(self, documents: dict[str, Any], base_path: str = "/repo/") -> None:
        self.documents, self.base_path = documents, base_path
        self.problems: tuple[Problem, ...] = ()
        self.state = 1
        self.asked: list[str] = []
        self._news = Condition()

    def wait(self, seen: int, seconds: float) -> int:
        with self._news:
            self._news.wait_for(lambda: self.state != seen, seconds)
            return self.state

    def find(self, path: str) -> Served | None:
        self.asked.append(path)
        match self.documents.get(path):
            case None:
                return None
            case Problem() as problem:
                raise ProblemError([problem])
            case Path() as file:
                return Served(path, file=str(file))
            case str() as text:
                return Served(path, text.encode())
            case data:
                return Served(path, data)

    def change(self, paths: Collection[str]) -> None:
        self.put({})

    def put(self, documents: dict[str, Any], problems: Iterable[Problem] = ()) -> None:
        """From now on."""
        with self._news:
            self.documents |= documents
            self.problems = tuple(problems)
            self.state += 1
            self._news.notify_all()

    def look_again(self) -> None:
        pass

    def close(self) -> None:
        pass


@contextmanager
def serve(preview: FakePreview, **options: Any) -> Iterator[PreviewServer]:
    with PreviewServer(preview, open_listener(options.get("host", "127.0.0.1"), 0), **options) as server:
        yield server


class Answered:
    """What was answered."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status, self.headers, self.body = response.status, response.headers, response.read()

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def port_of(server: PreviewServer) -> int:
    return int(server.url.rsplit(":", 1)[1].split("/")[0])


def ask(server: PreviewServer, path: str, method: str = "GET", **headers: str) -> Answered:
    """One request; `if_range` is the header If-Range."""
    connection = http.client.HTTPConnection("127.0.0.1", port_of(server), timeout=10)
    try:
        connection.putrequest(method, path, skip_host="host" in headers, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        return Answered(connection.getresponse())
    finally:
        connection.close()


def say(server: PreviewServer, data: bytes, *, seconds: float = 10) -> bytes:
    """Whatever is answered to these bytes until the server lets go."""
    with socket.create_connection(("127.0.0.1", port_of(server)), timeout=seconds) as plug:
        got = b""
        try:
            plug.sendall(data)
            while piece := plug.recv(65536):
                got += piece
        except (ConnectionResetError, BrokenPipeError, TimeoutError):
            pass
        return got


def wait_until(holds: Callable[[], object], seconds: float = 10) -> None:
    """Wait for something that another thread does."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.01)
