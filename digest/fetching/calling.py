"""Whoever asks hosts over HTTP: one pool of connections, one name to go by, and each host in its turn."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, ClassVar, Self

from digest import __version__
from digest.fetching.clock import Clock, SystemClock

if TYPE_CHECKING:
    import httpx


@dataclass(frozen=True, slots=True)
class Limits:
    """What a caller bears; times in seconds, `size` in bytes of the text, unpacked."""

    spacing: float = 3.0  # between the starts of two requests to a host; arXiv asks for it
    tries: int = 5
    longest_wait: float = 600.0  # a host that wishes more is left alone for this run
    patience: float = 1_200.0  # all waiting for one host
    connect: float = 15.0
    read: float = 60.0
    whole: float = 300.0
    size: int = 64 * 1024 * 1024
    redirects: int = 5


@dataclass(slots=True)
class Caller:
    """Asks hosts, one request after the other; `contact` tells them whom to write to."""

    accept: ClassVar[str] = "*/*"
    redirects: ClassVar[frozenset[int]] = frozenset({301, 302, 303, 307, 308})

    contact: str = ""
    clock: Clock = field(default_factory=SystemClock)
    limits: Limits = field(default_factory=Limits)
    _turns: dict[str, float] = field(default_factory=dict)  # when a host may be asked next
    _http: httpx.Client | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._http is not None:
            self._http.close()

    def _open(self) -> httpx.Client:
        """The connection pool, made when it is first needed."""
        import httpx  # noqa: PLC0415 - heavy: 100 ms that no other command needs

        if self._http is None:
            contact = f" (+{self.contact})" if self.contact else ""
            headers = {
                "User-Agent": f"digest/{__version__}{contact}",
                "Accept": self.accept,
                "Accept-Encoding": "gzip, deflate",
            }
            times = httpx.Timeout(self.limits.read, connect=self.limits.connect)
            self._http = httpx.Client(headers=headers, timeout=times, follow_redirects=False)
        return self._http

    def _take_turn(self, host: str) -> None:
        """Wait until the host may be asked again."""
        early = self._turns.get(host, 0.0) - self.clock.monotonic()
        if early > 0:
            self.clock.sleep(early)
        self._turns[host] = self.clock.monotonic() + self.limits.spacing
