"""Who may ask: those who call the server by a name of its own, from pages of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from ipaddress import ip_address
from typing import Final

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
OPEN: Final = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared, not listened at
_HOST: Final = re.compile(r"(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<name>[^\s:\[\]@/\\?#,]+?)\.?)(?::(?P<port>[0-9]{1,5}))?")


class Visitors:
    """Tells requests that were meant for this server.

    A foreign name in the Host header is a page of another site that was made to resolve here, to read an unpublished
    draft (DNS rebinding). An address of digits cannot be made to resolve elsewhere, and is taken where all addresses of
    the machine are listened at.
    """

    def __init__(self, host: str, names: Iterable[str] = ()) -> None:
        own = host.lower().rstrip(".")
        self._names = LOOPBACK | {own} | {name.lower() for name in names}
        self._is_open = own in OPEN

    def knows_host(self, header: str) -> bool:
        """Whether a Host header names this machine, at whatever port: it may be reached through a tunnel."""
        match = _HOST.fullmatch(header)
        if match is None or int(match["port"] or 0) > 65_535:
            return False
        name = (match["six"] or match["name"]).lower()
        if name in self._names:
            return True
        try:
            address = ip_address(name)
        except ValueError:
            return False
        return self._is_open or address.is_loopback

    def knows_origin(self, origin: str | None, site: str | None, host: str) -> bool:
        """Whether a request comes from a page of this server, by its Origin and Sec-Fetch-Site headers."""
        if site not in {None, "same-origin", "none"}:
            return False
        return origin is None or origin.partition("://")[2].lower() == host.lower()
