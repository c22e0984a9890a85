"""Files as they were built: every address in them leads to one of them, and no id stands twice in a page.

What a theme, a template or a plugin does wrong shows here and nowhere else. Addresses are looked up as GitHub Pages and
its like do it: by their case, `/x/` as `/x/index.html`, `/x` as `/x`, `/x.html` or `/x/`.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Final
from urllib.parse import unquote, urlsplit

from digest.formats import urls
from digest.formats.patterns import lazily
from digest.model import Problem, Span

# Attributes of tags; the same may stand in a text, where nobody need escape quotes, so that what is wrong is looked at
# again. `content` is that of a redirect, or of what tells programs of a page.
_NAMES: Final = ("id", "href", "src", "srcset", "poster", "content")
_VALUE: Final = r"""\s*=\s*("[^"]*"|'[^']*'|[^\s"'<>=`]+)"""
_ANY: Final = {name: lazily(rf"""[\s"']{name}{_VALUE}""", re.IGNORECASE) for name in _NAMES}
# As nearly all pages have them, found in a tenth of the time: a pattern that begins with letters is looked for by them.
_USUAL: Final = {name: lazily(f' {name}=("[^"]*")') for name in _NAMES}
_COMMENT: Final = lazily(r"<!--.*?-->", re.DOTALL)
_REFRESH: Final = lazily(r"[\d.]+ *[;,] *url *= *(.+)", re.IGNORECASE | re.DOTALL)
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
        ids = set(map(_bare, _find_values(read(path), "id")))
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
    origin: str = ""  # `https://example.org`
    base_path: str = ""  # `/repo/`, encoded as in addresses
    _found: dict[str, str] = field(default_factory=dict)
    _good: set[str] = field(default_factory=set)  # as they are written, in whatever file

    def __post_init__(self) -> None:
        parts = urlsplit(self.base_url)
        self.origin, self.base_path = f"{parts.scheme}://{parts.netloc}", parts.path

    def read_page(self, path: str, html: str) -> Iterator[Problem]:
        """Take in a page; DG916."""
        if "<!--" in html:
            html = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), html)
        ids = _find_values(html, "id")
        known = set(ids)
        addresses = (written for name in ("href", "src", "poster") for written in _find_values(html, name))
        for written in self._unknown(addresses):
            value = _bare(written)
            if value.startswith("#"):
                fragment = unquote(value[1:])
                if fragment not in _TOPS and fragment not in set(map(_bare, known)) and _is_in_tag(html, written):
                    self.complain(path, value, "leads to a part of the page that is not there")
            else:
                self._follow(path, value, html, written)
        for written in self._unknown(_find_values(html, "content")):
            value = _bare(written)
            refresh = _REFRESH.fullmatch(value)
            if refresh or value.startswith(self.base_url):
                self._follow(path, refresh[1].strip("'") if refresh else value, html, written)
            else:
                self._good.add(written)
        for candidates in self._unknown(_find_values(html, "srcset")):
            for candidate in _bare(candidates).split(","):
                self._follow(path, candidate.strip().partition(" ")[0], html, candidates)
        if len(known) < len(ids):
            yield from self._tell_twice(path, html, [name for name, count in Counter(ids).items() if count > 1])

    def _unknown(self, found: Iterable[str]) -> Iterable[str]:
        """What is not known to be good, each once."""
        return sorted(set(found) - self._good)

    def _tell_twice(self, path: str, html: str, names: list[str]) -> Iterator[Problem]:
        """DG916 for each id that stands twice, in tags and not in texts."""
        for written in names:
            places = [found.start(1) for found in _ANY["id"].finditer(html) if found[1] == written]
            places = [place for place in places if _is_tag(html, place)]
            if len(places) > 1:
                name = _bare(written)
                hint = "a theme gives ids by itself: report it to whoever made it, or to digest if it is ours"
                message = f"the id {name!r} stands {len(places)} times in this page"
                start = places[1] + (written[0] in "\"'")
                yield Problem("warning", "DG916", message, self._span(path, html, start, len(name)), hint)

    def read_styles(self, path: str, css: str) -> None:
        """Take in a style sheet."""
        for found in _STYLE_URL.finditer(css):
            self._follow(path, next(filter(None, found.groups()), ""))

    def read_text(self, path: str, text: str) -> None:
        """Take in a feed, a sitemap, Markdown: whatever names addresses of the site whole."""
        if self.base_url in text:
            for address in sorted(set(re.findall(re.escape(self.base_url) + _END, text)) - self._good):
                self._follow(path, address.rstrip(".:!"), written=address)

    def _follow(self, path: str, address: str, html: str = "", written: str = "") -> None:
        """Where an address leads; nothing of those that leave the site. In a page it is `written` in a tag."""
        place = address.strip()
        if place.startswith(self.origin) and place[len(self.origin) :][:1] in {"", "/"}:
            place = place[len(self.origin) :] or "/"
            if not place.startswith(self.base_path):
                return  # another site of the same host
        elif not place or urls.is_absolute(place):
            self._good.add(written)
            return
        whole = place.startswith("/")
        if not whole:
            place = self._join(path, place)
        inside, _, fragment = place.partition("#")
        inside = inside.partition("?")[0]
        why = "" if inside.startswith(self.base_path) else f"leaves {self.base_path}, where the site is"
        file = "" if why else self._find(inside)
        if not file:
            if not html or _is_in_tag(html, written):
                self.complain(path, address, why or "leads nowhere")
            return
        if whole:
            self._good.add(written)  # wherever it stands
        if fragment and file.lower().endswith(_HTML) and ":~:" not in fragment and unquote(fragment) not in _TOPS:
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
        """The file that a host serves at a path."""
        if inside in self._found:
            return self._found[inside]
        name = unquote(inside[len(self.base_path) :])
        if not name or name.endswith("/"):
            candidates: tuple[str, ...] = (f"{name}index.html",)
        else:
            candidates = (name, f"{name}.html", f"{name}/index.html")
        found = self._found[inside] = next((path for path in candidates if path in self.paths), "")
        return found

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


def _find_values(html: str, name: str) -> list[str]:
    """What all attributes of a name say, as it is written."""
    count = html.count(name)
    if not count and name.upper() not in html:
        return []
    often = html.count(f' {name}="')
    usual = count == often or (html.count(f"{name}=") == often and f"{name} =" not in html)
    usual = usual and name.upper() not in html
    found: list[str] = (_USUAL if usual else _ANY)[name].findall(html)
    return found


def _bare(written: str) -> str:
    """The value of an attribute, without its quotes."""
    value = written[1:-1] if written[0] in "\"'" else written
    return unescape(value) if "&" in value else value


def _is_in_tag(html: str, written: str) -> bool:
    """Whether the value of an attribute is that of a tag, and does not only look like one in a text."""
    place = html.find(f"={written}")
    while place >= 0:
        if _is_tag(html, place):
            return True
        place = html.find(f"={written}", place + 1)
    return f"={written}" not in html  # there are blanks around the sign


def _is_tag(html: str, place: int) -> bool:
    return html.rfind("<", 0, place) > html.rfind(">", 0, place)
