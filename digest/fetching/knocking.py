"""Whether there is something at an address: asked for its head, else for all of it; never within our own network."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

from digest.fetching.calling import Caller, Limits
from digest.fetching.steps import clip
from digest.fetching.waiting import parse_retry_after
from digest.model import NamedTuple

LIMITS: Final = Limits(spacing=1.0, tries=2, longest_wait=20.0, connect=10.0, read=20.0, redirects=10)
_AGAIN: Final = frozenset({429, 503})
# Where heads are refused, or answered in another way than whole pages: many servers do.
_SURE: Final = range(200, 300)


class Knock(NamedTuple):
    """What came of it: a status; or 0, and why.

    `nowhere` says that there is no such host, `refused` that we did not ask.
    """

    status: int
    reason: str = ""
    nowhere: bool = False
    refused: bool = False


class _StopError(Exception):
    """Nothing more is to be learnt."""

    def __init__(self, knock: Knock) -> None:
        self.knock = knock
        super().__init__(knock.reason)


@dataclass(slots=True)
class Knocker(Caller):
    """Asks for addresses, one after another; `private` lets it ask machines of this network, too."""

    accept = "text/html, */*;q=0.5"
    private: bool = False
    limits: Limits = LIMITS

    def knock(self, url: str) -> Knock:
        """What the server says of an address in the end."""
        try:
            found = self._follow("HEAD", url)
            return found if found.status in _SURE else self._follow("GET", url)
        except _StopError as stop:
            return stop.knock

    def _follow(self, method: str, url: str) -> Knock:
        for _ in range(self.limits.redirects + 1):
            status, place, wait = self._send(method, url)
            if status in _AGAIN and wait is not None and wait <= self.limits.longest_wait:
                self.clock.sleep(wait)
                status, place, _ = self._send(method, url)
            if status not in self.redirects or not place:
                return Knock(status)
            url = urljoin(url, place)
        raise _StopError(Knock(0, f"redirects more than {self.limits.redirects} times"))

    def _send(self, method: str, url: str) -> tuple[int, str, float | None]:
        """One request: its status, where it redirects to, how long it wants us to wait. The body is not read."""
        import httpx  # noqa: PLC0415 - heavy: 100 ms that no other command needs

        host, address = self._find_machine(url)
        self._take_turn(host)
        headers: dict[str, str] = {}
        extensions: dict[str, str] = {}
        target = httpx.URL(url)
        if address:  # that which was looked at, and no other that its name leads to a moment later
            headers["Host"] = target.netloc.decode("ascii", "replace").rpartition("@")[2]
            extensions["sni_hostname"] = target.raw_host.decode("ascii")
            target = target.copy_with(host=address)
        try:
            with self._open().stream(method, target, headers=headers, extensions=extensions) as response:
                told = response.headers
                wait = parse_retry_after(told.get("retry-after", ""), self.clock.now())
                return response.status_code, told.get("location", ""), wait
        except httpx.TimeoutException:
            raise _StopError(Knock(0, "does not answer in time")) from None
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError):
            raise _StopError(Knock(0, "is not an address")) from None
        except (httpx.HTTPError, OSError) as error:
            raise _StopError(Knock(0, f"cannot be reached: {clip(str(error)) or type(error).__name__}")) from None

    def _find_machine(self, url: str) -> tuple[str, str]:
        """The host, and the address of a machine that may be asked; none where a proxy looks for it.

        Raises:
            _StopError: there is none, or it is one of ours.
        """
        try:
            parts = urlsplit(url)
            scheme, host, port = parts.scheme, parts.hostname or "", parts.port
        except ValueError:
            raise _StopError(Knock(0, "is not an address")) from None
        if scheme not in {"http", "https"} or not host:
            raise _StopError(Knock(0, "is not an address of the web"))
        if scheme in getproxies() and not proxy_bypass(host) and not _is_number(host):
            return host, ""
        try:
            name = host if _is_number(host) else host.encode("idna").decode("ascii")
            found = socket.getaddrinfo(name, port or (443 if scheme == "https" else 80), type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise _StopError(Knock(0, "names a host that there is not", nowhere=True)) from None
        addresses = [str(each[4][0]) for each in found]
        if not self.private and not all(map(_is_public, addresses)):
            raise _StopError(Knock(0, "leads to a machine of this network, and was not asked", refused=True))
        return host, addresses[0]


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def _is_public(address: str) -> bool:
    """Whether a machine of this address is the world's: not of this network, not this one, nobody's in particular."""
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    return (mapped or found).is_global and not found.is_multicast
