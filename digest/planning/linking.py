"""Where the links of bodies lead: to other files of content/, to pages, to static files, or nowhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final
from urllib.parse import quote, unquote

from digest.formats import urls
from digest.formats.patterns import lazily
from digest.model import Entry, LocalLink, PageFile, Problem, Span, dataclass
from digest.planning.addresses import Addresses

_SUFFIX: Final = lazily(r"[?#].*", re.DOTALL)
_SUFFIX_SAFE: Final = "/~!$&'()*+,;=:@-._?#%[]"
# A wrong link costs a search for the right one; a site of wrong links must not cost the build.
_MOST_CANDIDATES: Final = 400


@dataclass(frozen=True, slots=True)
class Place:
    """Where a link stands: its file under content/, and the address that the file is published at."""

    key: str
    url: str


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a link of the site leads: an address of the site, and the query and fragment behind it."""

    url: str
    suffix: str
    found: bool

    def href(self, addresses: Addresses) -> str:
        """As a page writes it."""
        return addresses.href(self.url) + self.suffix

    def permalink(self, addresses: Addresses) -> str:
        """As a feed writes it."""
        return addresses.permalink(self.url) + self.suffix


class Linker:
    """Resolves links against all that the site publishes, once there is a link that stays within the site."""

    def __init__(
        self,
        addresses: Addresses,
        list_urls: Callable[[], Collection[str]],
        files: Mapping[str, str],
        withheld: Iterable[Entry],
    ) -> None:
        """What is listed is every address of the site; `files` are addresses by their paths under content/."""
        self.addresses = addresses
        self.files = files
        self._list_urls = list_urls
        self._withheld = withheld

    @cached_property
    def urls(self) -> Collection[str]:
        """Every address of the site."""
        return self._list_urls()

    @cached_property
    def withheld(self) -> Mapping[str, Entry]:
        """Entries that this build leaves out, by what a link to them may say."""
        return {target: entry for entry in self._withheld for target in (entry.key, entry.url)}

    def resolve(self, target: str, place: Place) -> Destination | None:
        """Where a target as written in a file leads; nothing for one that leaves the site.

        A path is looked for from the file, from content/ and from the page, in this order.
        """
        target = target.strip()
        if not target or urls.is_absolute(target):
            return None
        path, suffix = _split(target)
        if not path:
            return Destination(place.url, suffix, found=True)
        candidates = self._candidates(path, place)
        for candidate in candidates:
            if (url := self._find(candidate)) is not None:
                return Destination(url, suffix, found=True)
        return Destination(f"/{candidates[-1]}", suffix, found=False)

    def check(self, source: Entry | PageFile, links: Sequence[LocalLink]) -> Iterator[Problem]:
        """DG402 for every link of a body that leads nowhere."""
        if not links:
            return
        place = Place(source.key, source.url)
        for link in links:
            destination = self.resolve(link.target, place)
            if destination is not None and not destination.found:
                span = Span(source.path, link.line, link.column, max(1, len(link.target)))
                yield self.complain(link.target, place, span)

    def complain(self, target: str, place: Place, span: Span) -> Problem:
        """DG402 for this target, with the nearest that there is."""
        path, _ = _split(target.strip())
        candidates = self._candidates(path, place)
        for candidate in candidates:
            entry = self.withheld.get(candidate) or self.withheld.get(f"/{candidate.rstrip('/')}/")
            if entry is not None:
                reason, option = ("a draft", "--drafts") if entry.draft else ("dated in the future", "--future")
                hint = f"publish {entry.path}, or build with {option}"
                return Problem(
                    "warning", "DG402", f"the link {target!r} leads to an entry that is {reason}", span, hint
                )
        near = self._nearest(path, place)
        hint = f"did you mean {near}" if near else "there is nothing of a similar name; content/static/ holds files"
        return Problem("warning", "DG402", f"the link {target!r} leads nowhere", span, hint)

    def _candidates(self, path: str, place: Place) -> tuple[str, ...]:
        """What a path may mean, relative to content/ or to the root of the site; the last is what a browser thinks."""
        if path.startswith("/"):
            base = unquote(self.addresses.base_path)
            inner = [_normalise(path[len(base) :])] if base != "/" and path.startswith(base) else []
            return (_normalise(path), *inner)
        folder = posixpath.dirname(place.key)
        page = place.url if place.url.endswith("/") else posixpath.dirname(place.url)
        return (_normalise(f"{folder}/{path}"), _normalise(path), _normalise(f"{page}/{path}"))

    def _find(self, candidate: str) -> str | None:
        """The address that a path under content/ or under the root of the site has."""
        if (url := self.files.get(candidate)) is not None:
            return url
        for url in (f"/{candidate}", f"/{candidate.rstrip('/')}/", f"/{candidate}".removesuffix("index.html")):
            if url in self.urls:
                return url
        return None

    def _nearest(self, path: str, place: Place) -> str:
        """A target whose last part is the same or nearly so, as an author would write it here."""
        name = _last_part(path)
        if name in self._by_name:
            near = name
        else:
            alike = {other for shape in _shapes(name) for other in self._by_shape.get(shape, ())}
            candidates = sorted(alike, key=lambda other: (abs(len(other) - len(name)), other))[:_MOST_CANDIDATES]
            from difflib import get_close_matches  # noqa: PLC0415 - heavy: only for who has made a mistake

            near = next(iter(get_close_matches(name, candidates, n=1, cutoff=0.6)), "")
        if not near:
            return ""
        as_address = path.startswith("/")
        target = min(self._by_name[near], key=lambda target: (target.startswith("/") != as_address, target))
        return target if target.startswith("/") else posixpath.relpath(target, posixpath.dirname(place.key) or ".")

    @cached_property
    def _by_name(self) -> Mapping[str, list[str]]:
        """Paths under content/ and addresses by their last part. Made for the first wrong link."""
        names: dict[str, list[str]] = {}
        for target in (*self.files, *self.urls):
            names.setdefault(_last_part(target), []).append(target)
        return names

    @cached_property
    def _by_shape(self) -> Mapping[str, list[str]]:
        """Last parts by how they begin and by how they end, so that few need comparing."""
        shapes: dict[str, list[str]] = {}
        for name in self._by_name:
            for shape in _shapes(name):
                shapes.setdefault(shape, []).append(name)
        return shapes


def _split(target: str) -> tuple[str, str]:
    """The path, decoded, and the query and fragment, encoded."""
    found = _SUFFIX.search(target)
    suffix = found[0] if found else ""
    return unquote(target[: len(target) - len(suffix)]), quote(suffix, safe=_SUFFIX_SAFE, errors="ignore")


def _normalise(path: str) -> str:
    """Without a leading slash, `.` and `..`; a path that climbs out stays at the root, as in a browser."""
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in {"", "."}:
            parts.append(part)
    folder = path.endswith(("/", "/.", "/..")) and parts
    return "/".join(parts) + ("/" if folder else "")


def _last_part(target: str) -> str:
    return posixpath.basename(target.rstrip("/")).casefold().removesuffix(".md")


def _shapes(name: str) -> tuple[str, str]:
    return f"{name[:2]}…", f"…{name[-5:]}"
