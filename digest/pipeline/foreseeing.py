"""A large site is shown before all of it is read: what can be shown is as it will be, and who asks for more waits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from threading import Thread
from typing import Final

from digest.caching import KnownBody
from digest.model import Entry, Served, Settings, Theme
from digest.pipeline.contributions import makes_pages
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
from digest.reading import Glimpse, ScannedFile
from digest.rendering import Renderer

_MOST: Final = 1_000  # entries that are read for one page, in a quarter of a second


def foresee(
    settings: Settings,
    theme: Theme,
    shelf: Shelf,
    glimpses: Iterable[tuple[ScannedFile, Glimpse | None]],
    *,
    now: datetime,
    drafts: bool,
    future: bool,
) -> EarlySite | None:
    """What can be shown of a shelf that is yet to be completed; of its other entries `glimpses` come, one by one."""
    if makes_pages(settings):
        return None
    renderer = Renderer(theme)  # heavy, and others are at work
    bare = gather_site(
        settings, (), shelf.pages, shelf.static,
        prose=shelf.prose, gists=shelf.gists, now=now, drafts=drafts, future=future,
    )  # fmt: skip
    outlines = {entry.key: entry for entry in shelf.entries}
    for file, glimpse in glimpses:
        if glimpse is None:
            return None
        outlines[file.key] = outline_entry(file.key, glimpse)
    finder = Finder(shelf.bodies, outlines)
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


class Finder:
    """Entries by their keys, read one by one, and not too many for one page."""

    def __init__(self, bodies: Mapping[str, KnownBody], outlines: Mapping[str, Entry]) -> None:
        """`bodies` may read a file when they are asked for it."""
        self._bodies, self._outlines = bodies, outlines
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
        body = self._bodies[key]
        entry = body.source
        if not isinstance(entry, Entry) or any(problem.severity == "error" for problem in body.problems):
            raise AskedTooEarly
        if _place(entry) != _place(self._outlines[key]):
            raise AskedTooEarly
        self._found[key] = entry
        return entry


def _place(entry: Entry) -> tuple[object, ...]:
    """What a glimpse tells."""
    return entry.date, entry.draft, entry.tags, entry.authors, entry.venue
