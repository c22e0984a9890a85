"""The addresses of repositories and of sites: what one tells of the other, and what of them may be shown."""

from __future__ import annotations

import contextlib
import ipaddress
import re
from typing import Final
from urllib.parse import urlsplit

# Sites on these hosts have the names that the hosts gave them.
_SHARED_HOSTS: Final = (
    "github.io", "gitlab.io", "codeberg.page", "pages.dev", "netlify.app", "vercel.app", "surge.sh", "readthedocs.io",
)  # fmt: skip
_GITHUB: Final = re.compile(
    r"(?:https?://(?:[^/@\s]*@)?|git://|ssh://(?:[^/@\s]*@)?|(?:[^/@\s:]+@)?)(?:www\.|ssh\.)?github\.com(?::\d+)?[/:]+"
    r"(?P<owner>[^/\s]+)/(?P<name>[^/\s]+?)(?:\.git)?/?",
    re.IGNORECASE,
)
_SECRET: Final = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]*://)(?P<user>[^/\s@'\"]*(?:@[^/\s@'\"]*)*)@", re.IGNORECASE)
_QUERY: Final = re.compile(r"(?P<url>[a-z][a-z0-9+.-]*://[^\s?'\"]*)\?[^\s'\"]*", re.IGNORECASE)


def mask(text: str) -> str:
    """A text of git without the passwords and tokens in its addresses; the `git@` of ssh is none."""
    hidden = _SECRET.sub(lambda found: found["scheme"] + ("git@" if found["user"] == "git" else "***@"), text)
    return _QUERY.sub(r"\g<url>?***", hidden)


def is_github(url: str) -> bool:
    """Whether a repository lives at GitHub."""
    return _GITHUB.fullmatch(url) is not None


def pages_url(url: str) -> str:
    """Where GitHub Pages serves a repository, unless it has a domain of its own; empty for other hosts."""
    found = _GITHUB.fullmatch(url)
    if found is None:
        return ""
    owner, name = found["owner"].lower(), found["name"]
    return f"https://{owner}.github.io/" + ("" if name.lower() == f"{owner}.github.io" else f"{name}/")


def own_domain(base_url: str) -> str:
    """The domain that a site has for itself, to be written into CNAME; empty where it has none.

    Under a path it lives on the domain of another site.
    """
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    is_shared = any(host == shared or host.endswith(f".{shared}") for shared in _SHARED_HOSTS)
    if parts.path not in {"", "/"} or parts.port or is_shared or "." not in host or is_local(base_url):
        return ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        with contextlib.suppress(UnicodeError):
            return host if host.isascii() else host.encode("idna").decode()
    return ""


def is_local(base_url: str) -> bool:
    """Whether nobody but this machine finds that address."""
    host = (urlsplit(base_url).hostname or "").rstrip(".")
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return address.is_loopback or address.is_unspecified
