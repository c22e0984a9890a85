"""Pages that know of the preview: a script first in the head, and leave for it to ask the preview.

What is built is never touched; this is done to answers only.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from hashlib import blake2b
from typing import Final
from urllib.parse import urljoin

from digest.model import NamedTuple

Find = Callable[[str], str]  # an address as a page writes it, made absolute → what its document looks like, or nothing

# Nothing here is tried twice at one place: what is open stays open to the end of the page, as in a browser.
_INSIDE: Final = rb"(?>[^>\"']|\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))*+(?:>|\Z)"
_BLANK: Final = rb"(?>\s|<!--.*?-->)*+"
# What may stand before the first element within the head, each part of which may be missing.
_START: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?%s(?:<!doctype[^>]*+>)?%s(?:<html(?=[\s>])%s)?%s(?:<head(?=[\s>])%s)?"
    % (_BLANK, _BLANK, _INSIDE, _BLANK, _INSIDE),
    re.IGNORECASE | re.DOTALL,
)
# Tags, and what only looks like some.
_TAG: Final = re.compile(
    rb"<!--(?>.*?(?:-->|\Z))"
    rb"|<(?P<raw>script|style|title|template|noscript|textarea)(?=[\s>])(?P<open>%s)(?>.*?(?:</(?P=raw)\s*>|\Z))"
    rb"|<(?P<name>[a-z][a-z0-9-]*+)(?P<attributes>%s)|</head" % (_INSIDE, _INSIDE),
    re.IGNORECASE | re.DOTALL,
)
# What a page shows of other documents. What only looks like it, in a script or an attribute, does no harm here.
_PART: Final = re.compile(
    rb"<(?:!--(?>.*?(?:-->|\Z))|(?P<name>link|img|source|video|audio|track|embed|iframe|script)(?=[\s>])(?P<attributes>%s))"
    % _INSIDE,
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE: Final = re.compile(
    rb"(?P<name>[^\s\"'<>/=]+)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'=<>`]+))"
)
MOST_PARTS: Final = 200


class Look(NamedTuple):
    """How a page looks: all of it but its style sheets, and these, each as its address and what it holds."""

    page: str
    styles: tuple[tuple[str, str], ...]


def look_at(page: bytes, url: str, find: Find) -> Look:
    """How the page at an absolute address looks, with the images, scripts and styles of this site that it shows."""
    rest, styles = blake2b(digest_size=12), []
    parts: dict[str, str] = {}
    at = 0

    def part(address: str) -> str:
        try:
            whole = urljoin(url, address)
        except ValueError:  # no address at all: `//[`
            return ""
        if whole not in parts and len(parts) < MOST_PARTS:
            parts[whole] = find(whole)
        return parts.get(whole, "")

    for tag in _PART.finditer(page):
        if tag["name"] is None:
            continue
        values = _read_attributes(tag["attributes"])
        if tag["name"].lower() == b"link":
            if b"stylesheet" in values.get(b"rel", b"").lower().split() and (href := _text(values.get(b"href"))):
                rest.update(page[at : tag.start()])
                at = tag.end()
                rest.update(repr(sorted((key, value) for key, value in values.items() if key != b"href")).encode())
                styles.append((href, part(href)))
        else:
            for key in (b"src", b"poster"):
                if address := _text(values.get(key)):
                    rest.update(part(address).encode() + b"\0")
    rest.update(page[at:])
    return Look(rest.hexdigest(), tuple(styles))


def enliven(page: bytes, address: str, host: str, values: dict[str, object]) -> bytes:
    """The page with the script at `address`, told the `values`, and its policies opened for what it asks of `host`."""
    if page[:2] in {b"\xff\xfe", b"\xfe\xff"}:  # UTF-16: nothing that we could put in would be read
        return page
    words = "".join(
        f' data-{name}="{html.escape(value if isinstance(value, str) else json.dumps(value))}"'
        for name, value in values.items()
    )
    start = _START.match(page)
    at = start.end() if start else 0
    script = f'<script src="{html.escape(address)}"{words}></script>'.encode()
    # Before every policy, so that none forbids it: a policy holds for what comes behind it.
    return page[:at] + script + _open_policies(page[at:], host, address.rpartition("/")[0] + "/")


def _open_policies(page: bytes, host: str, folder: str) -> bytes:
    """Let scripts of this page ask for what lies below a folder of this host, and nothing else that they may not."""
    # A policy knows names and IPv4 only.
    leave = "'self'" if host.startswith("[") else f"{host}{folder}"
    made, at = [], 0
    for tag in _TAG.finditer(page):
        name = (tag["name"] or b"").lower()
        if name == b"body" or tag[0].lower() == b"</head":
            break
        if name != b"meta":
            continue
        values = _read_attributes(tag["attributes"])
        if values.get(b"http-equiv", b"").strip().lower() != b"content-security-policy" or b"content" not in values:
            continue
        policy = html.escape(open_policy(_text(values[b"content"]), leave)).encode()
        made += [page[at : tag.start()], b'<meta http-equiv="Content-Security-Policy" content="', policy, b'">']
        at = tag.end()
    return b"".join((*made, page[at:]))


def open_policy(policy: str, leave: str) -> str:
    """A Content-Security-Policy that lets a script connect to one more place; all else is as it was."""
    directives = [words for part in policy.split(";") if (words := part.split())]
    first: dict[str, list[str]] = {}
    for words in directives:
        first.setdefault(words[0].lower(), words)  # the first of each name counts
    ruling = first.get("connect-src")
    if ruling is None:
        if "default-src" not in first:
            return policy
        ruling = ["connect-src", *first["default-src"][1:]]
        directives.append(ruling)
    ruling[1:] = [*(source for source in ruling[1:] if source.lower() != "'none'"), leave]
    return "; ".join(" ".join(words) for words in directives)


def _read_attributes(text: bytes) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    for match in _ATTRIBUTE.finditer(text):
        value = next(value for value in match.group("double", "single", "bare") if value is not None)
        found.setdefault(match["name"].lower(), value)
    return found


def _text(value: bytes | None) -> str:
    return html.unescape(value.decode("utf-8", "replace")).strip() if value else ""
