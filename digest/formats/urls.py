"""Addresses as they are written: which lead out of a site, which may be linked to, which file one within it is."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from digest.formats.patterns import lazily

_SCHEME: Final = lazily(r"[A-Za-z][A-Za-z0-9+.-]*:")
# What RFC 3986 lets stand in an address as it is; a `%` that encodes nothing is none of it.
_PLAIN: Final = lazily(r"(?:[A-Za-z0-9/._~:?#@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*")
_WEB: Final = lazily(r"((?:[A-Za-z][A-Za-z0-9+.-]*:)?//)([^/?#]*)(.*)", re.DOTALL)
_BARE_PERCENT: Final = lazily(r"%(?![0-9A-Fa-f]{2})")
# A name and perhaps a password before a host; of several @ the last one ends them.
_LOGIN: Final = lazily(r"(?<=://)[^/?#\s'\"<>]*@")
_NOT_IN_URLS: Final = lazily(r"[\s\x00-\x20\x7f-\x9f\\<>\"`{}|^]")


def is_absolute(target: str) -> bool:
    """Whether an address leads out of the site by itself: `https:…`, `mailto:…`, `//host/…`."""
    return target.startswith("//") or _SCHEME.match(target) is not None


def without_login(text: str) -> str:
    """A text whose addresses hold no names and passwords, `https://user:word@host/`: so they may be shown and filed."""
    return _LOGIN.sub("", text) if "@" in text else text


def encode_url(url: str) -> str:
    """An address that leads out of a site as RFC 3986 wants it: all ASCII; what is encoded already stays so."""
    if _PLAIN.fullmatch(url):  # nearly all
        return url
    web = _WEB.fullmatch(url)
    start, host, path = web.groups() if web else ("", "", url)
    return start + encode_host(host) + quote(_BARE_PERCENT.sub("%25", path), safe="/~:?#@!$&'()*+,;=%", errors="ignore")


def encode_host(host: str) -> str:
    """A host as the name system knows it: `é.example` is `xn--9ca.example`."""
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return quote(host, safe=":@[]", errors="ignore")


def output_path(url: str) -> str:
    """The file under the output folder that a host serves at an address: `/2019/` is `2019/index.html`."""
    return f"{url[1:]}index.html" if url.endswith("/") else url[1:]


def fault_of_url(url: str) -> str:
    """Why an address may not be linked to, or nothing."""
    if bad := _NOT_IN_URLS.search(url):
        return f"holds {'a blank' if bad[0].isspace() else f'the character {bad[0]}'}, which no address may"
    scheme = _SCHEME.match(url)
    if scheme and scheme[0].lower() not in {"http:", "https:"}:
        return f"begins with {scheme[0]}, which is not allowed"
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return "is not an address"
    if scheme and not host:
        return "has no host"
    return "begins with two slashes" if url.startswith("//") else ""


def fault_of_path(path: str) -> str:
    """Why an address within the site, of a page to be, is malformed, or nothing."""
    if not path.startswith("/"):
        return "does not begin with a slash"
    if path.strip("/") == "":
        return "is the home page"
    if _NOT_IN_URLS.search(path) or any(sign in path for sign in "?#:*"):
        return "holds a character that no file name may"
    segments = unquote(path).strip("/").split("/")
    return "has an empty or dotted part" if any(part in {"", ".", ".."} for part in segments) else ""
