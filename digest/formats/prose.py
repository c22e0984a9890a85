"""What clean HTML still needs for a page, and what can be told from it: headings, links, images, tables.

The HTML holds placeholders for pieces of our own (`stash`, kind `x`), so that nothing here can cut a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from digest.formats import html as markup
from digest.formats.patterns import lazily
from digest.model import Heading

if TYPE_CHECKING:
    from digest.formats.stash import Stash

_HEADING = lazily(r"<(/?)h([1-6])(?:\s[^<>]*)?>")
_DRESSED = lazily(r'<(a|bdo|img|td|th|table|/table|pre)((?:\s[a-z-]+="[^"]*")*)>')
_ATTRIBUTE = lazily(r'\s([a-z-]+)="([^"]*)"')
_REMOTE = lazily(r"(?:https?:)?//", re.IGNORECASE)
_ODD = lazily(r"[ \[\]{}|\\^`]|%(?![0-9A-Fa-f]{2})")
_HOST_END = lazily(r"[^:/]*:?//[^/?#]*")


class Outline:
    r"""The headings of a body, one after the other: dense levels from `h2` on, and ids of their own.

    An id is made of the text as it is written: a heading `$\beta$-VAE` is known as `beta-vae`. Ids in `taken` are not
    given.
    """

    __slots__ = ("_around", "_stash", "_taken", "headings")

    def __init__(self, stash: Stash, taken: Iterable[str] = ()) -> None:
        self.headings: list[Heading] = []
        self._stash = stash
        self._taken = dict.fromkeys(taken, 1)
        self._around: list[int] = []  # levels as the author wrote them

    def place(self, level: int, inner: str) -> str:
        """The next heading, of clean HTML; one without text becomes a paragraph."""
        bare = markup.strip_tags(inner)
        text = " ".join(self._stash.tell(bare).split())
        if not text:
            return inner if markup.has_blocks(inner) else f"<p>{inner}</p>" if inner.strip() else ""
        around = self._around
        while around and around[-1] >= level:
            around.pop()
        around.append(level)
        heading = Heading(min(len(around) + 1, 6), text, self._anchor(self._stash.tell_tex(bare)))
        self.headings.append(heading)
        return f'<h{heading.level} id="{escape(heading.anchor)}">{inner}</h{heading.level}>'

    def _anchor(self, text: str) -> str:
        taken = self._taken
        unique = anchor = _slug_of(text)
        while unique in taken:
            taken[anchor] += 1
            unique = f"{anchor}-{taken[anchor]}"
        taken[unique] = 1
        return unique


def level_headings(html: str, outline: Outline) -> str:
    """Clean HTML with its headings as the outline has them."""
    if "<h" not in html:
        return html
    out: list[str] = []
    at, depth, opened = 0, 0, None
    for match in _HEADING.finditer(html):
        depth += -1 if match[1] else 1
        if not match[1] and depth == 1:
            out.append(html[at : match.start()])
            opened = match
        if depth or opened is None:  # a heading in a heading
            continue
        out.append(outline.place(int(opened[2]), _HEADING.sub("", html[opened.end() : match.start()])))
        at, opened = match.end(), None
    out.append(html[at:])
    return "".join(out)


@lru_cache(maxsize=1024)
def _slug_of(text: str) -> str:
    """The same headings come again: `Results`, `Discussion`."""
    from digest.formats.slugs import FALLBACK, slugify  # noqa: PLC0415 - loaded where there are headings

    slug = slugify(text)
    return "section" if slug == FALLBACK else slug


def dress(html: str) -> str:
    """Mark remote links, let images wait, make tables and raw code scroll by key, and put every attribute in order."""
    if html.startswith("<p>") and html.count("<") == 2 and html.endswith("</p>"):  # text, as most excerpts are
        return html
    return _DRESSED.sub(_dressed, html)


def _dressed(match: re.Match[str]) -> str:
    tag = match[1]
    if tag == "table":
        return '<div class="table" role="group" aria-label="Table" tabindex="0">' + match[0]
    if tag == "/table":
        return "</table></div>"
    if tag == "pre":
        return f'<pre tabindex="0"{match[2]}>'
    attributes: dict[str, str] = dict(_ATTRIBUTE.findall(match[2]))
    for key in ("href", "src"):
        if key in attributes:
            attributes[key] = _address(attributes[key])
    if attributes.get("href") == "//":  # a host without a name
        del attributes["href"]
    if tag == "a" and _REMOTE.match(attributes.get("href", "")):
        attributes["rel"] = "noopener"
    elif tag in {"td", "th"}:
        align = attributes.pop("align", "").lower()
        if align in {"left", "right", "center"}:
            attributes["class"] = align
    elif tag == "bdo":
        attributes["dir"] = "rtl" if attributes.get("dir", "").lower() == "rtl" else "ltr"
    elif tag == "img":
        if not attributes.get("src"):
            return attributes.get("alt", "")
        attributes.setdefault("alt", "")
        attributes |= {"loading": "lazy", "decoding": "async"}
        if _REMOTE.match(attributes["src"]):
            attributes["referrerpolicy"] = "no-referrer"
    return f"<{tag}" + "".join(f' {name}="{value}"' for name, value in attributes.items()) + ">"


def _address(url: str) -> str:
    """An address with what no address may hold written as `%XX`; what a site-local one holds stays but for spaces."""
    url = url.strip()
    if not _REMOTE.match(url):
        return url.replace(" ", "%20")
    host = _HOST_END.match(url)
    end = host.end() if host else 0
    return url[:end] + _ODD.sub(lambda found: f"%{ord(found[0][0]):02X}" + found[0][1:], url[end:])


def local_targets(html: str) -> list[str]:
    """The addresses in clean HTML that stay within the site, in order, each once."""
    if 'href="' not in html and 'src="' not in html:
        return []
    from digest.formats.urls import is_absolute  # noqa: PLC0415 - loaded where there are links

    found: dict[str, None] = {}

    def note(url: str) -> str:
        if url and not url.startswith("#") and not is_absolute(url):
            found[url] = None
        return url

    markup.rewrite_urls(html, note)
    return list(found)
