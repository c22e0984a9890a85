"""The one client for HTTP: patient, modest and hard to harm; whatever a server does comes back as a value."""

from __future__ import annotations

import ipaddress
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import urljoin, urlsplit

from digest import __version__
from digest.fetching.clock import Clock, SystemClock
from digest.fetching.decoding import decode, is_binary
from digest.fetching.steps import Answer, Request, clip, host_of, unreachable
from digest.fetching.waiting import back_off, parse_retry_after
from digest.model import Problem

if TYPE_CHECKING:
    import httpx

_AGAIN_LATER: Final = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_ACCEPT: Final = "application/xml, application/atom+xml, application/rss+xml, application/json, text/html, */*;q=0.5"
_LATER: Final = "nothing is lost: fetch again later"
_CHUNK: Final = 65_536


@dataclass(frozen=True, slots=True)
class Limits:
    """What the client bears; times in seconds, `size` in bytes of the text, unpacked."""

    spacing: float = 3.0  # between the starts of two requests to a host; arXiv asks for it
    tries: int = 5
    longest_wait: float = 600.0  # a host that wishes more is left alone for this run
    patience: float = 1_200.0  # all waiting for one host
    connect: float = 15.0
    read: float = 60.0
    whole: float = 300.0
    size: int = 64 * 1024 * 1024
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class _Setback:
    """Why a try came to nothing; `wait` is what the host asks for. A `final` one would be no other next time."""

    reason: str
    wait: float | None = None
    final: bool = False
    hint: str = _LATER


@dataclass(slots=True)
class _Host:
    """When a host may be asked next, and how long has been waited for it."""

    next: float = 0.0
    waited: float = 0.0


@dataclass(slots=True)
class Client:
    """Asks hosts, one request after the other; `contact` tells them whom to write to."""

    contact: str = ""
    clock: Clock = field(default_factory=SystemClock)
    limits: Limits = field(default_factory=Limits)
    _hosts: dict[str, _Host] = field(default_factory=dict)
    _http: httpx.Client | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._http is not None:
            self._http.close()

    def get(self, request: Request) -> Answer | Problem:
        """What the server says in the end; DG701 where it says nothing of use, however often it is asked."""
        fault = _fault_of(request.url)
        if fault:
            return unreachable(f"{clip(request.url)} {fault}", "write an address that begins with https://")
        host = self._host(request.url)
        if request.attempt:
            self._wait(host, back_off(request.attempt, self.clock.chance()))
        setback = _Setback("")
        for attempt in range(1, self.limits.tries + 1):
            found = self._follow(request)
            if isinstance(found, Answer):
                return found
            setback = found
            if setback.final or attempt == self.limits.tries:
                break
            wait = max(setback.wait or 0.0, back_off(attempt, self.clock.chance()))
            if wait > self.limits.longest_wait:
                if setback.wait:
                    minutes = max(1, round(wait / 60))
                    setback = _Setback(f"{setback.reason}, and asks to be left alone for {minutes} minutes")
                break
            if host.waited + wait > self.limits.patience:
                setback = _Setback(f"{setback.reason}, after {round(host.waited)} seconds of waiting for this host")
                break
            self._wait(host, wait)
        tried = f", {attempt} times" if attempt > 1 else ""
        return unreachable(f"{host_of(request.url)} {setback.reason}{tried}: {clip(request.url)}", setback.hint)

    def _follow(self, request: Request) -> Answer | _Setback:
        """One try: the request, and where it is redirected to."""
        url = request.url
        for _ in range(self.limits.redirects + 1):
            found = self._send(url, request)
            if not isinstance(found, str):
                return found
            fault = _fault_of(found) or ("leads to this machine" if _is_own(found) and not _is_own(url) else "")
            if fault:
                return _Setback(
                    f"redirects to an address that {fault}: {clip(found)}", final=True, hint="use another address"
                )
            url = found
        hint = "open the address in a browser, and write the one that it ends at"
        return _Setback(f"redirects more than {self.limits.redirects} times", final=True, hint=hint)

    def _send(self, url: str, request: Request) -> Answer | _Setback | str:
        """One request; the address that it is redirected to, if it is."""
        import httpx  # noqa: PLC0415 - heavy: 100 ms that no other command needs

        headers = {
            "Accept": request.accept,
            "If-None-Match": request.etag,
            "If-Modified-Since": request.modified,
        }
        self._take_turn(url)
        until = self.clock.monotonic() + self.limits.whole
        try:
            with self._open().stream("GET", url, headers={k: v for k, v in headers.items() if v}) as response:
                if response.status_code in _REDIRECTS and "location" in response.headers:
                    return urljoin(url, response.headers["location"])
                if response.status_code in _AGAIN_LATER:
                    wait = parse_retry_after(response.headers.get("retry-after", ""), self.clock.now())
                    return _Setback(f"answers {response.status_code}", wait)
                data = self._read(response, until)
        except httpx.TimeoutException:
            return _Setback("does not answer in time")
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError):
            return _Setback("is not an address", final=True, hint="check the address")
        except (httpx.HTTPError, OSError) as error:
            return _Setback(f"cannot be read: {clip(str(error)) or type(error).__name__}")
        return data if isinstance(data, _Setback) else self._answer(url, response, data)

    def _read(self, response: httpx.Response, until: float) -> bytes | _Setback:
        """The whole body, unpacked here, so that neither a bomb nor an end that never comes can fill the memory."""
        packed = response.headers.get("content-encoding", "identity").strip().lower() or "identity"
        if packed not in {"identity", "gzip", "x-gzip", "deflate"}:
            return _Setback(f"answers packed as {clip(packed, 40)}", final=True, hint="this was not asked for")
        unpacker = None if packed == "identity" else _Unpacker()
        body = bytearray()
        try:
            for chunk in response.iter_raw(_CHUNK):
                for piece in unpacker.feed(chunk) if unpacker else (chunk,):
                    body += piece
                    if len(body) > self.limits.size:
                        hint = "ask for less: fewer days, or smaller pages"
                        return _Setback(f"sends more than {self.limits.size >> 20} MB", final=True, hint=hint)
                if self.clock.monotonic() > until:
                    return _Setback(f"is not done after {round(self.limits.whole)} seconds")
        except zlib.error:
            return _Setback("sends a packed body that is damaged")
        if unpacker and unpacker.cut:
            return _Setback("ends in the middle of its packed body")
        return bytes(body)

    def _answer(self, url: str, response: httpx.Response, data: bytes) -> Answer | _Setback:
        headers = response.headers
        media_type = headers.get("content-type", "")
        if is_binary(data, media_type):
            told = media_type.partition(";")[0].strip() or "unknown"
            return _Setback(f"is no text, but of the type {clip(told, 60)}", final=True, hint="name a page or a feed")
        text, replaced = decode(data, media_type)
        etag, modified = headers.get("etag", ""), headers.get("last-modified", "")
        return Answer(url, response.status_code, text, etag, modified, media_type, replaced)

    def _open(self) -> httpx.Client:
        """The connection pool, made when it is first needed."""
        import httpx  # noqa: PLC0415 - heavy: 100 ms that no other command needs

        if self._http is None:
            limits = self.limits
            contact = f" (+{self.contact})" if self.contact else ""
            headers = {
                "User-Agent": f"digest/{__version__}{contact}",
                "Accept": _ACCEPT,
                "Accept-Encoding": "gzip, deflate",
            }
            times = httpx.Timeout(limits.read, connect=limits.connect)
            self._http = httpx.Client(headers=headers, timeout=times, follow_redirects=False)
        return self._http

    def _host(self, url: str) -> _Host:
        return self._hosts.setdefault(host_of(url), _Host())

    def _take_turn(self, url: str) -> None:
        """Wait until the host may be asked again. This machine is nobody else's."""
        if _is_own(url):
            return
        host = self._host(url)
        early = host.next - self.clock.monotonic()
        if early > 0:
            self.clock.sleep(early)
        host.next = self.clock.monotonic() + self.limits.spacing

    def _wait(self, host: _Host, seconds: float) -> None:
        host.waited += seconds
        self.clock.sleep(seconds)


class _Unpacker:
    """Takes gzip and deflate apart, never making more than a chunk at once."""

    def __init__(self) -> None:
        self._zlib = zlib.decompressobj(wbits=47)  # gzip or zlib, by its first bytes
        self._fresh = True

    @property
    def cut(self) -> bool:
        """Whether the packed body began and did not come to its own end."""
        return not self._fresh and not self._zlib.eof

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """What the chunk unpacks to, piece by piece."""
        more = True
        while more and not self._zlib.eof:  # what stands behind the end is padding
            try:
                piece = self._zlib.decompress(chunk, _CHUNK)
            except zlib.error:
                if not self._fresh:
                    raise
                self._zlib = zlib.decompressobj(wbits=-15)  # deflate as some servers understand it: without its head
                piece = self._zlib.decompress(chunk, _CHUNK)
            self._fresh = False
            yield piece
            chunk = self._zlib.unconsumed_tail
            more = bool(chunk) or len(piece) == _CHUNK


def _fault_of(url: str) -> str:
    """Why an address cannot be asked, or nothing."""
    try:
        parts = urlsplit(url)
        scheme, host, _ = parts.scheme, parts.hostname, parts.port
    except ValueError:
        return "is not an address"
    if scheme not in {"http", "https"}:
        return "is neither http nor https"
    return "" if host else "names no host"


def _is_own(url: str) -> bool:
    """Whether the address is of this machine."""
    host = host_of(url)
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
