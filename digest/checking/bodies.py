"""What texts show and where they point to: parts of pages that are not there, images without words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import Final
from urllib.parse import unquote

from digest.checking.places import list_bodies, place_of_text
from digest.formats.patterns import lazily
from digest.model import CheckedSite, Entry, PageFile, Problem, Span

_ID: Final = lazily(r'<[a-z][^<>]*?\s(?:id|name)="([^"]+)"')
_OWN: Final = lazily(r'<a\s[^<>]*?href="#([^"]*)"')
_IMAGE: Final = lazily(r"<img\s([^<>]*)>")
_SOURCE: Final = lazily(r'\bsrc="([^"]*)"')
_EMPTY_ALT: Final = lazily(r'\balt="\s*"')
_MEANT: Final = re.compile(r"""alt=(?:""|'')""")  # as who writes HTML says that an image only adorns
# Places that browsers know without an id, HTML §7.4.6.4.
_TOPS: Final = frozenset({"", "top"})


def check_anchors(checked: CheckedSite) -> Iterator[Problem]:
    """DG904 for links to a heading or another part of a page, where the page has none such."""
    ids_of = lru_cache(maxsize=4096)(lambda url: _find_ids(checked.open_page(url)))

    def is_there(url: str, fragment: str) -> bool:
        name = unquote(fragment)
        # Text fragments (`#:~:text=`) are found by the browser, whatever the page has.
        return name.casefold() in _TOPS or ":~:" in name or not url.endswith("/") or name in ids_of(url)

    for link in checked.links():
        if link.fragment and not is_there(link.url, link.fragment):
            yield _complain(link.target, link.url, link.fragment, ids_of(link.url), link.span)
    for source, html in list_bodies(checked):
        if 'href="#' in html:
            own = _find_ids(html)
            for fragment in dict.fromkeys(map(unescape, _OWN.findall(html))):
                if unquote(fragment) not in own and not is_there(source.url, fragment):
                    written = (f"#{fragment}", f"#{unquote(fragment)}")
                    span = place_of_text(checked, source.path, source.body_line, *written)
                    yield _complain(f"#{fragment}", source.url, fragment, own, span)


def check_images(checked: CheckedSite) -> Iterator[Problem]:
    """DG910 for images that say nothing to those who cannot see them."""
    for source, html in list_bodies(checked):
        if "<img" in html:
            yield from _check_images(checked, source, html)


def _check_images(checked: CheckedSite, source: Entry | PageFile, html: str) -> Iterator[Problem]:
    for attributes in _IMAGE.findall(html):
        found = _SOURCE.search(attributes)
        if found is None or not _EMPTY_ALT.search(attributes):
            continue
        address = unescape(found[1])
        span = place_of_text(checked, source.path, source.body_line, address, unquote(address))
        lines = checked.read_source(source.path).split("\n")
        line = lines[span.line - 1] if span.line <= len(lines) else ""
        if _MEANT.search(line) and not line[: span.column - 1].endswith("]("):
            continue
        hint = f"say what it shows: ![a plot of the loss]({address})"
        yield Problem("warning", "DG910", f"the image {address!r} has no text", span, hint)


def _complain(target: str, url: str, fragment: str, ids: frozenset[str], span: Span) -> Problem:
    from difflib import get_close_matches  # noqa: PLC0415 - heavy: only for who has made a mistake

    near = get_close_matches(unquote(fragment), sorted(ids)[:1000], n=1)
    hint = f"did you mean #{near[0]}" if near else "open the page and copy the address of a heading"
    return Problem("error", "DG904", f"the link {target!r} leads to a part of {url} that is not there", span, hint)


def _find_ids(html: str) -> frozenset[str]:
    return frozenset(map(unescape, _ID.findall(html)))
