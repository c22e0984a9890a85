"""Listening on this machine: a port that is free, and patience that ends."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Callable
from threading import Event, Thread
from typing import TYPE_CHECKING, Final

from digest.model import dataclass
from digest.serving.visitors import OPEN

if TYPE_CHECKING:
    from uvicorn.protocols.http.h11_impl import RequestResponseCycle

    from digest.serving.application import Application

MOST_PORTS: Final = 50  # that are tried, one after another
HIGHEST_PORT: Final = 65_535
BACKLOG: Final = 1024
ASKING: Final = 8.0  # seconds in which a request must be said
READING: Final = 30.0  # seconds without a byte taken after which nobody reads an answer
IDLE: Final = 20  # seconds for which a connection is kept for another request
LARGEST_HEAD: Final = 32_768  # bytes of a request line and all headers
MOST_CONNECTIONS: Final = 900


@dataclass(frozen=True, slots=True)
class Listener:
    """A socket that listens, and how browsers call it."""

    socket: socket.socket
    origin: str
    port: int


def open_listener(host: str, port: int) -> Listener:
    """Listen at this port or, where that is taken, at the next one that is free.

    Raises:
        OSError: the host is none of this machine, or no port is free.
    """
    tried = range(port, min(port + MOST_PORTS, HIGHEST_PORT + 1)) if port else range(1)
    family, *_ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    for number in tried:
        try:
            opened = _listen(family, host, number)
        except OSError as error:
            if error.errno not in {errno.EADDRINUSE, errno.EACCES} or number == tried[-1]:
                raise
            continue
        bound: int = opened.getsockname()[1]
        called = ("[::1]" if family == socket.AF_INET6 else "127.0.0.1") if host in OPEN else host
        if ":" in called and not called.startswith("["):
            called = f"[{called}]"
        return Listener(opened, f"http://{called}:{bound}", bound)
    raise OSError(errno.EADDRINUSE, "no port is free")


def _listen(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    both = host == "::" and socket.has_dualstack_ipv6()  # every address of this machine, as 0.0.0.0 is every old one
    opened = socket.create_server((host, port), family=family, backlog=BACKLOG, dualstack_ipv6=both)
    opened.setblocking(False)
    return opened


def find_address() -> str:
    """The address by which others on the network reach this machine; empty where there is none. Nothing is sent."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("192.0.2.1", 9))  # a block for documentation: only the way there is looked up
            address: str = probe.getsockname()[0]
    except OSError:
        return ""
    return "" if address.startswith("127.") else address


def own_names() -> tuple[str, ...]:
    """The names by which others on the network may call this machine."""
    name = socket.gethostname().lower()
    return (name, f"{name.partition('.')[0]}.local")


class Listening:
    """Serves an application in a thread of its own until it is stopped."""

    def __init__(self, listener: Listener, application: Application, *, begin: Callable[[], None]) -> None:
        self._socket, self._application, self._begin = listener.socket, application, begin
        self._ready = Event()
        self._stop: Callable[[], None] = self._ready.clear
        self._thread = Thread(target=self._run, name="digest-server", daemon=True)
        self._thread.start()

    def stop(self, end: Callable[[], None]) -> None:
        """Let go of everybody, at once; `end` is called in the loop first."""
        if self._ready.wait(10):
            self._loop.call_soon_threadsafe(end)
            self._loop.call_soon_threadsafe(self._stop)
        self._thread.join(5)
        self._socket.close()

    def _run(self) -> None:
        # A fifth of a second, in which the site is read.
        from uvicorn.config import Config  # noqa: PLC0415 - heavy: for one command only
        from uvicorn.protocols.http.h11_impl import H11Protocol  # noqa: PLC0415 - likewise
        from uvicorn.server import Server  # noqa: PLC0415 - likewise

        class Patience(H11Protocol):
            """Ends connections of those who ask or read too slowly."""

            _timer: asyncio.TimerHandle | None = None

            def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as the library
                super().connection_made(transport)
                self._wait(ASKING)

            def data_received(self, data: bytes) -> None:
                super().data_received(data)
                cycle: RequestResponseCycle | None = self.cycle  # none before the first request
                if cycle is not None and not cycle.response_complete:
                    self._wait(None)  # it was said; ours is the answer
                elif self._timer is None:
                    self._wait(ASKING)

            def connection_lost(self, exc: Exception | None) -> None:
                self._wait(None)
                super().connection_lost(exc)

            def pause_writing(self) -> None:
                self._wait(READING)
                super().pause_writing()

            def resume_writing(self) -> None:
                self._wait(None)
                super().resume_writing()

            def _wait(self, seconds: float | None) -> None:
                if self._timer is not None:
                    self._timer.cancel()
                self._timer = self.loop.call_later(seconds, self.transport.abort) if seconds else None

        class AtOnce(Server):
            """Ends without waiting for anybody."""

            async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:  # noqa: ARG002 - ours to close
                for server in self.servers:
                    server.close()
                for connection in list(self.server_state.connections):
                    connection.transport.abort()
                await asyncio.sleep(0.01)  # each is told that it was lost

        config = Config(
            self._application,
            loop="asyncio",
            http=Patience,
            ws="none",
            lifespan="off",
            interface="asgi3",
            log_config=None,
            log_level="error",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            backlog=BACKLOG,
            timeout_keep_alive=IDLE,
            limit_concurrency=MOST_CONNECTIONS,
            h11_max_incomplete_event_size=LARGEST_HEAD,
        )
        server = AtOnce(config)

        def stop() -> None:
            server.should_exit = True

        async def serve() -> None:
            self._loop, self._stop = asyncio.get_running_loop(), stop
            self._begin()
            self._ready.set()
            await server.serve(sockets=[self._socket])

        asyncio.run(serve())
