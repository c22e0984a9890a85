"""The one client for HTTP: patient, modest and hard to harm; whatever a server does comes back as a value."""

from __future__ import annotations

import ipaddress
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from digest.fetching.calling import Caller
from digest.fetching.decoding import decode, is_binary
from digest.fetching.steps import Answer, Request, clip, host_of, unreachable
from digest.fetching.waiting import back_off, parse_retry_after
from digest.model import Problem

if TYPE_CHECKING:
    import httpx

_AGAIN_LATER: Final = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
_ACCEPT: Final = "application/xml, application/atom+xml, application/rss+xml, application/json, text/html, */*;q=0.5"
_LATER: Final = "nothing is lost: fetch again later"
_CHUNK: Final = 65_536


@dataclass(frozen=True, slots=True)
class _Setback:
    """Why a try came to nothing; `wait` is what the host asks for. A `final` one would be no other next time."""

    reason: str
    wait: float | None = None
    final: bool = False
    hint: str = _LATER


@dataclass(slots=True)
class Client(Caller):
    """Gets documents."""

    accept = _ACCEPT
    _waited: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))  # beside the turns of a host

    def get(self, request: Request) -> Answer | Problem:
        """What the server says in the end; DG701 where it says nothing of use, however often it is asked."""
        fault = _fault_of(request.url)
        if fault:
            return unreachable(f"{clip(request.url)} {fault}", "write an address that begins with https://")
        host = host_of(request.url)
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
            if self._waited[host] + wait > self.limits.patience:
                waited = round(self._waited[host])
                setback = _Setback(f"{setback.reason}, after {waited} seconds of waiting for this host")
                break
            self._wait(host, wait)
        tried = f", {attempt} times" if attempt > 1 else ""
        return unreachable(f"{host} {setback.reason}{tried}: {clip(request.url)}", setback.hint)

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
        if not _is_own(url):  # this machine is nobody else's
            self._take_turn(host_of(url))
        until = self.clock.monotonic() + self.limits.whole
        try:
            with self._open().stream("GET", url, headers={k: v for k, v in headers.items() if v}) as response:
                if response.status_code in self.redirects and "location" in response.headers:
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

    def _wait(self, host: str, seconds: float) -> None:
        self._waited[host] += seconds
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
