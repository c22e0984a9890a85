"""Files as they were built: every address in them leads to one of them, and no id stands twice in a page.

What a theme, a template or a plugin does wrong shows here and nowhere else. Addresses are looked up as GitHub Pages and
its like do it: by their case, `/x/` as `/x/index.html`, `/x` as `/x`, `/x.html` or `/x/`.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Final
from urllib.parse import unquote, urlsplit

from digest.formats import urls
from digest.formats.patterns import lazily
from digest.model import Problem, Span

_ATTRIBUTE: Final = lazily(
    r"""[\s"'](id|href|src|srcset|poster|content)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>=`]+))""", re.IGNORECASE
)
_COMMENT: Final = lazily(r"<!--.*?-->", re.DOTALL)
_REFRESH: Final = lazily(r"\s*[\d.]+\s*[;,]\s*url\s*=\s*(.+)", re.IGNORECASE | re.DOTALL)
_STYLE_URL: Final = lazily(r"""\burl\(\s*(?:"([^"]*)"|'([^']*)'|([^\s"')]+))\s*\)""", re.IGNORECASE)
_TEXTS: Final = (".xml", ".json", ".md", ".txt", ".opml", ".webmanifest")
_END: Final = r"""[^\s"'<>\\()\[\]{}&,;|`*]*"""
_HTML: Final = (".html", ".htm")
_TOPS: Final = frozenset({"", "top"})

Read = Callable[[str], str]


def check_built(paths: Collection[str], read: Read, base_url: str, shown: str) -> Iterator[Problem]:
    """DG915 for each address that leads nowhere, once however many files hold it; DG916 for ids that are there twice.

    `paths` are those of the files, `read` gives the text of one; `shown` is the folder as problems name it.
    """
    walk = _Walk(frozenset(paths), base_url, shown)
    for path in sorted(walk.paths):
        if path.lower().endswith(_HTML):
            yield from walk.read_page(path, read(path))
        elif path.endswith(".css"):
            walk.read_styles(path, read(path))
        elif path.endswith(_TEXTS):
            walk.read_text(path, read(path))
    for path, wanted in sorted(walk.fragments.items()):
        ids = {value for name, value, _ in _find_attributes(read(path)) if name == "id"}
        for fragment, (holder, written) in wanted.items():
            if fragment not in ids:
                walk.complain(holder, written, "leads to a part of a page that is not there")
    for (written, why), found in walk.broken.items():
        yield from walk.tell(written, why, found, read)


@dataclass(slots=True)
class _Walk:
    """What was met so far: addresses that are good, those that are broken, and parts of pages to look for."""

    paths: frozenset[str]
    base_url: str
    shown: str
    broken: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    fragments: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)
    _found: dict[str, str] = field(default_factory=dict)
    _good: set[str] = field(default_factory=set)

    @property
    def origin(self) -> str:
        """`https://example.org`."""
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def base_path(self) -> str:
        """`/repo/`, encoded as in addresses."""
        return urlsplit(self.base_url).path

    def read_page(self, path: str, html: str) -> Iterator[Problem]:
        """Take in a page; DG916."""
        ids: list[str] = []
        own: list[tuple[str, str]] = []
        for name, value, _ in _find_attributes(html):
            if name == "id":
                ids.append(value)
            elif name == "srcset":
                for candidate in value.split(","):
                    self._follow(path, candidate.strip().partition(" ")[0])
            elif name == "content":
                if refresh := _REFRESH.fullmatch(value):
                    self._follow(path, refresh[1].strip("'\""))
                elif value.startswith(self.base_url):
                    self._follow(path, value)
            elif value.startswith("#"):
                own.append((unquote(value[1:]), value))
            else:
                self._follow(path, value)
        known = set(ids)
        for fragment, value in own:
            if fragment not in known and fragment not in _TOPS:
                self.complain(path, value, "leads to a part of the page that is not there")
        if len(known) < len(ids):
            for name, count in Counter(ids).items():
                if count > 1:
                    place = [at for kind, value, at in _find_attributes(html) if (kind, value) == ("id", name)][1]
                    hint = "a theme gives ids by itself: report it to whoever made it, or to digest if it is ours"
                    message = f"the id {name!r} stands {count} times in this page"
                    yield Problem("warning", "DG916", message, self._span(path, html, place, len(name)), hint)

    def read_styles(self, path: str, css: str) -> None:
        """Take in a style sheet."""
        for found in _STYLE_URL.finditer(css):
            self._follow(path, next(filter(None, found.groups()), ""))

    def read_text(self, path: str, text: str) -> None:
        """Take in a feed, a sitemap, Markdown: whatever names addresses of the site whole."""
        if self.base_url in text:
            for address in set(re.findall(re.escape(self.base_url) + _END, text)) - self._good:
                self._follow(path, address.rstrip(".:!"))
                self._good.add(address)

    def _follow(self, path: str, address: str) -> None:
        """Where an address leads; nothing of those that leave the site."""
        place = address.strip()
        if place.startswith(self.origin + "/") or place == self.origin:
            place = place[len(self.origin) :] or "/"
            if not place.startswith(self.base_path):
                return  # another site of the same host
        elif not place or urls.is_absolute(place):
            return
        elif not place.startswith("/"):
            place = self._join(path, place)
        inside, _, fragment = place.partition("#")
        inside = inside.partition("?")[0]
        if not inside.startswith(self.base_path):
            self.complain(path, address, f"leaves {self.base_path}, where the site is")
            return
        file = self._found.get(inside)
        if file is None:
            file = self._found[inside] = self._find(unquote(inside[len(self.base_path) :]))
        if not file:
            self.complain(path, address, "leads nowhere")
        elif fragment and file.lower().endswith(_HTML) and ":~:" not in fragment and unquote(fragment) not in _TOPS:
            self.fragments.setdefault(file, {}).setdefault(unquote(fragment), (path, address))

    def _join(self, path: str, place: str) -> str:
        """A relative address as a browser takes it, without its query."""
        inside, sharp, fragment = place.partition("#")
        inside = inside.partition("?")[0]
        here = f"{self.base_path}{path}"
        joined = posixpath.normpath(f"{posixpath.dirname(here)}/{inside}") if inside else here
        is_folder = inside in {".", ".."} or inside.endswith(("/", "/.", "/.."))
        return f"{joined}{'/' if is_folder and joined != '/' else ''}{sharp}{fragment}"

    def _find(self, inside: str) -> str:
        """The file that a host serves."""
        if not inside or inside.endswith("/"):
            candidates: tuple[str, ...] = (f"{inside}index.html",)
        else:
            candidates = (inside, f"{inside}.html", f"{inside}/index.html")
        return next((path for path in candidates if path in self.paths), "")

    def complain(self, path: str, address: str, why: str) -> None:
        """A file holds an address that is broken."""
        self.broken.setdefault((address, why), []).append(path)

    def tell(self, address: str, why: str, found: list[str], read: Read) -> Iterator[Problem]:
        """DG915 at the first file that holds an address."""
        files = sorted(set(found))
        text = read(files[0])
        place = _find_place(text, address)
        more = f", here and in {len(files) - 1} more" if len(files) > 1 else ""
        hint = "mend the link in the content or the template that made this, and build again"
        folded = {path.casefold(): path for path in self.paths} if why == "leads nowhere" else {}
        inside = unquote(address.partition("#")[0].removeprefix(self.origin).removeprefix(self.base_path)).casefold()
        if other := folded.get(inside) or folded.get(f"{inside}index.html"):
            hint = f"there is {other}: hosts tell capitals from small letters"
        span = self._span(files[0], text, place, len(address))
        yield Problem("error", "DG915", f"the address {address!r} {why}{more}", span, hint)

    def _span(self, path: str, text: str, place: int, width: int) -> Span:
        start = text.rfind("\n", 0, place) + 1
        return Span(f"{self.shown}/{path}", text.count("\n", 0, place) + 1, place - start + 1, max(1, width))


def _find_place(text: str, address: str) -> int:
    """Where an address is written: as a whole, for it may be a part of others."""
    for written in (address, address.replace("&", "&amp;")):
        for before in ('"', "'", "=", "(", ">", ""):
            place = text.find(before + written)
            while place >= 0 and before and text[place + len(before) + len(written) :][:1] not in {*"\"'>)< ", ""}:
                place = text.find(before + written, place + 1)
            if place >= 0:
                return place + len(before)
    return 0


def _find_attributes(html: str) -> Iterator[tuple[str, str, int]]:
    """Attributes of tags that hold addresses or ids: the name, the value, and where that begins."""
    if "<!--" in html:
        html = _COMMENT.sub(lambda found: " " * len(found[0]), html)
    for found in _ATTRIBUTE.finditer(html):
        start = found.start()
        # The same may stand in a text, where nobody need escape quotes.
        if html.rfind("<", 0, start) > html.rfind(">", 0, start):
            group = found.lastindex or 2
            value = found[group]
            yield found[1].lower(), unescape(value) if "&" in value else value, found.start(group)
