"""A large site is shown before all of it is read: what can be shown is as it will be, and who asks for more waits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain
from threading import Thread
from typing import Final

from digest.caching import KnownBody
from digest.model import Entry, Served, Settings, Theme
from digest.pipeline.build import BuildOptions
from digest.pipeline.contributions import makes_pages
from digest.pipeline.footing import Footing
from digest.pipeline.fronts import Fronts
from digest.pipeline.opening import stops
from digest.pipeline.shelf import Shelf
from digest.pipeline.showing import find_sketch, show_sketch
from digest.planning import (
    AskedTooEarly,
    Draft,
    Relations,
    draft_site,
    foresee_site,
    gather_site,
    outline_entry,
)
from digest.reading import Glimpse
from digest.rendering import Renderer
from digest.working import Crew

_MOST: Final = 1_000  # entries that are read for one page, in a quarter of a second


def foresee(
    fronts: Fronts, crew: Crew, shelf: Shelf, footing: Footing, *, options: BuildOptions, now: datetime
) -> tuple[EarlySite | None, Iterator[Mapping[str, KnownBody]]]:
    """What can be shown of a shelf that is yet to be completed, and what will complete it, which is read meanwhile."""
    glimpses, read = fronts.foresee(crew)
    shelf.read_later(fronts)
    wrong = chain(fronts.problems, shelf.problems, *footing.problems)
    if footing.theme is None or any(stops(problem, strict=options.strict) for problem in wrong):
        return None, read
    return _foresee_site(shelf, footing.settings, footing.theme, glimpses, options=options, now=now), read


def _foresee_site(
    shelf: Shelf,
    settings: Settings,
    theme: Theme,
    glimpses: Iterable[tuple[str, Glimpse | None]],
    *,
    options: BuildOptions,
    now: datetime,
) -> EarlySite | None:
    if makes_pages(settings):
        return None
    drafts, future = options.drafts, options.future
    renderer = Renderer(theme)  # heavy, and others are at work
    bare = gather_site(
        settings, (), shelf.pages, shelf.static,
        prose=shelf.prose, gists=shelf.gists, now=now, drafts=drafts, future=future,
    )  # fmt: skip
    outlines: dict[str, Entry] = {}
    for key, glimpse in glimpses:
        if glimpse is None:
            return None
        outlines[key] = outline_entry(key, glimpse)
    finder = Finder(shelf, outlines)
    try:
        site = foresee_site(bare, [*outlines.values()], finder.find, now=now, drafts=drafts, future=future)
        return EarlySite(draft_site(site, theme, Relations()), renderer, finder)
    except AskedTooEarly:
        return None


class Rest(Thread):
    """Waits for what is yet to be read, and hands all of it on; nothing, if it is stopped before."""

    def __init__(
        self,
        read: Iterator[Mapping[str, KnownBody]],
        end: Callable[[Iterable[Mapping[str, KnownBody]] | None], None],
    ) -> None:
        super().__init__(name="digest fronts", daemon=True)
        self._read, self._end = read, end
        self._stopped = False

    def run(self) -> None:
        """In the thread."""
        parts: list[Mapping[str, KnownBody]] | None = None
        try:
            found = []
            for some in self._read:
                found.append(some)
                if self._stopped:
                    return
            parts = found
        finally:
            self._end(parts)

    def stop(self) -> None:
        """Nobody waits for it any more."""
        self._stopped = True
        self.join()


class EarlySite:
    """What can be shown of such a site."""

    def __init__(self, draft: Draft, renderer: Renderer, finder: Finder) -> None:
        self._draft, self._renderer, self._finder = draft, renderer, finder

    def find(self, path: str) -> Served | None:
        """The document at a path of the output folder.

        Raises:
            AskedTooEarly: it hangs on what is yet to be read.
            ProblemError: it cannot be made, since a template is wrong.
        """
        self._finder.begin()
        sketch = find_sketch(self._draft, path)
        return show_sketch(sketch, self._renderer, path) if sketch else None

    def take(self, keys: Iterable[str]) -> bool:
        """Take in that these files have changed; not if any is more than the body of an entry."""
        self._finder.begin()
        if not all(map(self._finder.read_again, keys)):
            return False
        self._draft = self._draft.renew()
        return True


class Finder:
    """Entries by their keys, read one by one, and not too many for one page."""

    def __init__(self, shelf: Shelf, outlines: Mapping[str, Entry]) -> None:
        """The shelf reads a file when it is asked for it."""
        self._shelf, self._outlines = shelf, outlines
        self._found: dict[str, Entry] = {}
        self._left = _MOST

    def begin(self) -> None:
        """Somebody asks for a page."""
        self._left = _MOST

    def find(self, key: str) -> Entry:
        """An entry.

        Raises:
            AskedTooEarly: it does not stand where it stood, or has errors; or it is one too many.
        """
        if key in self._found:
            return self._found[key]
        self._left -= 1
        if self._left < 0:
            raise AskedTooEarly
        body = self._shelf.bodies[key]
        entry = body.source
        if not isinstance(entry, Entry) or any(problem.severity == "error" for problem in body.problems):
            raise AskedTooEarly
        if _place(entry) != _place(self._outlines[key]):
            raise AskedTooEarly
        self._found[key] = entry
        return entry

    def read_again(self, key: str) -> bool:
        """Whether an entry is as it was but for its body, which has changed."""
        last = self._found.pop(key, None)
        if not self._shelf.read_again(key):
            return False
        try:
            now = self.find(key)
        except AskedTooEarly:
            return False
        self._found[key] = last or now
        return last is None or last == now._replace(fingerprint=last.fingerprint)


def _place(entry: Entry) -> tuple[object, ...]:
    """What a glimpse tells."""
    return entry.date, entry.draft, entry.tags, entry.authors, entry.venue
