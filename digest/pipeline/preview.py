"""The living site: a document is made when somebody asks for it, of what lies on the disk now."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, suppress
from datetime import UTC, date, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from digest.caching import Cache, KnownBody, open_cache
from digest.locking import hold_lock
from digest.model import PAST_FILE, SETTINGS_FILE, Past, Problem, Served, Theme
from digest.pipeline.bodies import basis_of
from digest.pipeline.build import BuildOptions
from digest.pipeline.chores import Chores
from digest.pipeline.contributions import makes_pages
from digest.pipeline.footing import THEMES, Footing, sort_paths
from digest.pipeline.foreseeing import EarlySite, Rest, foresee
from digest.pipeline.fronts import Fronts
from digest.pipeline.gathering import gather_whole
from digest.pipeline.opening import stops
from digest.pipeline.shelf import Shelf
from digest.pipeline.showing import Recent, find_sketch, show_sketch
from digest.planning import AskedTooEarly, Draft, Relations, draft_site
from digest.reading import CONTENT_FOLDER, site_zone
from digest.rendering import Renderer
from digest.sealing import environment_key
from digest.working import Crew, collect_garbage, open_crew

Clock = Callable[[], datetime]
_NOW: Final[Clock] = partial(datetime.now, UTC)
_PREVIEW: Final = b"preview "  # it writes no output, and so has no state of documents
_AT_ONCE: Final = 16  # changed bodies that are compiled before anybody sees the site; more are, in the background
_RUN: Final = 20  # entries that are compared in one step of the background
_MANY: Final = 5_000  # entries from which on looking for garbage among them takes longer than a page
_FEW: Final = 200  # bodies that are read before a browser is there; before more are, the first page is made
_LARGE: Final = 2_000  # files that are to be read, from which on the site is shown before they are
_PATIENCE: Final = 0.2  # seconds for which the end waits for a build that has the cache


def open_preview(site: Path, options: BuildOptions, *, origin: str = "", now: Clock = _NOW) -> LivePreview:
    """The living site of a folder; `origin` is where it is served, `http://127.0.0.1:8000`, under its own base path.

    A site that has errors from the start is open all the same, and empty until they are mended.
    """
    return LivePreview(site, options, origin, now)


class LivePreview:
    """Implements `digest.model.Preview`: one lock for all, since a document takes milliseconds."""

    def __init__(self, site: Path, options: BuildOptions, origin: str, now: Clock) -> None:
        self._site, self._options, self._now = site, options, now
        self._lock = threading.RLock()
        self._news = threading.Condition(self._lock)
        self._stack = ExitStack()
        folder = open_cache(site) or Path(self._stack.enter_context(TemporaryDirectory(prefix="digest-")))
        self._cache = self._stack.enter_context(closing(Cache(folder, environment_key(), _PREVIEW)))
        self._state = self._edition = 0
        self._overdue = False
        self._draft: Draft | None = None
        self._renderer: Renderer | None = None
        self._served_path = ""
        self._today = date.min
        self._owed: set[str] = set()  # keys that changed while there was an error, and whether more than bodies did
        self._owed_fronts = True
        self._unrelated: set[str] = set()  # keys of bodies that were read and not yet compared
        self._recent = Recent()
        self._search: tuple[int, Mapping[str, bytes]] = (-1, {})
        self._relations = Relations()
        self._checked_edition = -1
        self._wrong_addresses: tuple[Problem, ...] = ()
        self._wrong_plugins: tuple[Problem, ...] = ()
        self._wrong_links: tuple[Problem, ...] = ()
        self._chores = Chores(self._list_chores)
        self._footing = Footing(site, options.base_url, origin.rstrip("/"))
        self._early: EarlySite | None = None
        self._reading: Rest | None = None
        self._late: Collection[str | Path] = ()
        self._shelf = Shelf(site, self._cache, self._footing.settings)
        fronts = self._shelf.begin(time.time_ns())
        if len(fronts.files) < _LARGE:
            self._footing.read_past()
            self._fill(fronts)
            self._follow(frozenset())
            self._chores.begin(hurry=len(self._shelf.unread) < _FEW)
        else:
            self._foresee(fronts)

    @property
    def base_path(self) -> str:
        """The path that the site will have on the web, with a slash at both ends."""
        return self._served_path or self._footing.settings.base_path

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the site as it lies on the disk; with an error, the last good site is what is served."""
        with self._lock:
            return (*chain.from_iterable(self._sort_faults()), *self._wrong_addresses, *self._wrong_links)

    @property
    def state(self) -> int:
        """A number that grows with each change of what is served, or of what is wrong."""
        return self._state

    def wait(self, seen: int, seconds: float) -> int:
        """The state once it is another than was seen, or what it is after so many seconds."""
        with self._news:
            self._news.wait_for(lambda: self._state != seen, seconds)
            return self._state

    def settle(self, seconds: float) -> bool:
        """Wait until all bodies are read and all is checked; whether they are, after so many seconds."""
        with self._news:
            if not self._await_fronts(seconds):
                return False
        return self._chores.settle(seconds)

    def find(self, path: str) -> Served | None:
        """The document at a path of the output folder, such as `2019/12/06/index.html`.

        Raises:
            ProblemError: it cannot be made, since a template is wrong.
        """
        self._chores.make_way()
        with self._lock:
            if self._early:
                with suppress(AskedTooEarly):
                    return self._early.find(path)
            self._await_fronts()
            self._follow_clock()
            if served := self._recent.find(self._edition, path):
                return served
            sketch = find_sketch(self._draft, path)
            if sketch is None or self._renderer is None:
                return None
            if sketch.kind != "search":
                served = show_sketch(sketch, self._renderer, path)
                self._chores.hurry()
                return self._recent.keep(self._edition, served)
        return self._find_in_search(path)

    def change(self, paths: Collection[str | Path]) -> None:
        """Take in that these files were changed, made or deleted; folders stand for all that they hold."""
        self._chores.make_way()
        with self._news:
            if self._reading:
                self._change_early(paths)
                return
            changed = sort_paths(self._site, paths)
            began = time.time_ns()
            faults, footing = self._sort_faults(), self._footing
            others = (changed.past and footing.read_past()) | (changed.settings and footing.read_settings())
            if self._shelf.basis != basis_of(self._footing.settings):
                self._shelf = Shelf(self._site, self._cache, self._footing.settings)
                self._fill(self._shelf.begin(began))
                self._relations = Relations()
            turned = self._shelf.take(changed.keys, began)
            if changed.settings or changed.theme or turned.static:  # a logo is a static file
                others |= footing.load_theme()
            if len(turned.keys) <= _AT_ONCE:
                for key in turned.keys:
                    self._shelf.read(key)
            self._owed_fronts |= turned.fronts or turned.static or others
            if turned.keys or self._owed_fronts or self._sort_faults() != faults:
                self._follow(turned.keys)
                self._tell()
                self._chores.begin()

    def look_again(self) -> None:
        """Somebody tells of changes from now on: what changed since the site was read is looked for, unhurriedly."""
        with self._lock:
            self._overdue = True
            if not self._reading:
                self._chores.begin()

    def close(self) -> None:
        """Nobody will ask any more; what was read is kept for the next who builds or serves the site."""
        if reading := self._reading:
            reading.stop()
        self._chores.end()
        with self._lock:
            self._save(_PATIENCE)
            self._stack.close()

    def _fill(self, fronts: Fronts) -> None:
        with open_crew() as crew:
            self._complete(fronts, fronts.read(crew))

    def _complete(self, fronts: Fronts, read: Iterable[Mapping[str, KnownBody]]) -> None:
        self._shelf.complete(fronts, read)
        if not gc.isenabled() or len(self._shelf.gists) >= _MANY:  # each site that was before the last is garbage
            collect_garbage()
        self._owed_fronts = True

    def _foresee(self, fronts: Fronts) -> None:
        """What can be shown of a large site is shown before its front matter is read; who asks for more waits."""
        gc.disable()  # until all is read: nothing is garbage
        crew = self._stack.enter_context(open_crew())
        now = self._tell_time()
        self._early, read = foresee(fronts, crew, self._shelf, self._footing, options=self._options, now=now)
        self._reading = Rest(read, partial(self._end_reading, fronts, crew))
        self._reading.start()

    def _end_reading(self, fronts: Fronts, crew: Crew, read: Iterable[Mapping[str, KnownBody]] | None) -> None:
        """All is read, unless nobody waits for it any more."""
        crew.close()
        if read is not None:
            self._footing.read_past()
        with self._news:
            self._early = self._reading = None
            self._news.notify_all()
            if read is not None:
                gc.collect()  # what was shown early, before nobody looks for garbage there any more
                self._complete(fronts, read)
                self._follow(frozenset())
                self._tell()
                self._chores.begin()
                if self._late:
                    self.change(self._late)

    def _change_early(self, paths: Collection[str | Path]) -> None:
        """What changed before all is read is taken in when it is; until then bodies are shown as they are now."""
        self._late = {*self._late, *paths}
        changed = sort_paths(self._site, paths)
        others = changed.settings or changed.theme or len(changed.keys) > _AT_ONCE
        if self._early and (others or not self._early.take(changed.keys)):
            self._early = None
        self._tell()

    def _await_fronts(self, seconds: float | None = None) -> bool:
        return self._news.wait_for(lambda: self._reading is None, seconds)

    def _sort_faults(self) -> tuple[tuple[Problem, ...], ...]:
        """What is wrong with files, as far as they have been read: each is the same value until it is another."""
        return (*self._footing.problems, self._shelf.problems, self._wrong_plugins)

    def _is_stopped(self) -> bool:
        """Whether a build would write nothing."""
        strict = self._options.strict
        others = chain.from_iterable(self._footing.problems)
        return self._shelf.is_stopped(strict=strict) or any(stops(problem, strict=strict) for problem in others)

    def _follow(self, turned: frozenset[str]) -> None:
        """Let the site be what lies on the disk, unless that has errors: then it stays as it was."""
        self._owed |= turned
        theme = self._footing.theme
        if theme is None or self._is_stopped():
            return
        self._shelf.let_go()
        if self._owed_fronts or self._draft is None or makes_pages(self._footing.settings):  # of whatever is in bodies
            if not self._plan(theme):
                return
        elif self._owed:
            self._draft = self._draft.renew()
            self._relations.learn(self._owed)
        self._owed, self._owed_fronts = set(), False
        self._edition += 1

    def _plan(self, theme: Theme) -> bool:
        """The whole site anew, as far as that is done before somebody asks for a document; not if a plugin fails."""
        moment = self._tell_time()
        site, self._wrong_plugins = gather_whole(
            self._footing.settings,
            self._shelf,
            now=moment,
            drafts=self._options.drafts,
            future=self._options.future,
            before=self._draft.atlas.site if self._draft else None,
            past=self._past,
        )
        if any(stops(problem, strict=self._options.strict) for problem in self._wrong_plugins):
            return False
        if self._renderer is None or self._draft is None or self._draft.atlas.theme != theme:
            self._renderer = Renderer(theme)
        self._draft = draft_site(site, theme, self._relations)
        self._relations.follow(self._draft.atlas, self._owed)
        self._served_path, self._today = self._footing.settings.base_path, moment.date()
        self._checked_edition = -1
        return True

    def _tell_time(self) -> datetime:
        return self._now().astimezone(site_zone(self._footing.settings))

    @property
    def _past(self) -> tuple[Past, ...] | None:
        """The addresses that the site ever had, as a build would know them."""
        return () if self._footing.past is None and self._options.record else self._footing.past

    def _follow_clock(self) -> None:
        """An entry of a day that has come is shown; where the clock was set back, one of a day that has not is not."""
        if self._draft is not None:
            site = self._draft.atlas.site
            today = self._now().astimezone(site.zone).date()
            if today < self._today or (today != self._today and site.withheld):
                self._owed_fronts = True
                self._follow(frozenset())
                self._tell()
                self._chores.begin()

    def _find_in_search(self, path: str) -> Served | None:
        """A file of the search; none before all texts are known. Others are served meanwhile."""
        while True:
            with self._lock:
                sketch, edition, renderer = find_sketch(self._draft, path), self._edition, self._renderer
                if sketch is None or renderer is None or self._shelf.unread:
                    return None
                made, files = self._search
            if made == edition:
                return Served(path, files[path]) if path in files else None
            outputs = renderer.render(sketch.make())
            with self._lock:
                self._search = (edition, {output.path: output.data for output in outputs})

    def _list_chores(self) -> Iterator[None]:
        """What is left to do: read all bodies, compare them, check the site as a whole, keep what was read."""
        if self._overdue:
            self._overdue = False
            others = [self._site / CONTENT_FOLDER / key for key in self._shelf.find_others()]
            self.change([*others, self._site / SETTINGS_FILE, self._site / PAST_FILE, self._site / THEMES])
            yield
        while self._shelf.unread:
            with self._lock:
                if key := next(iter(self._shelf.unread), None):
                    self._shelf.read(key)
                    self._unrelated.add(key)
            yield
        yield from self._relate()
        yield from self._check()
        with self._lock:
            self._save(0)

    def _relate(self) -> Iterator[None]:
        draft = self._draft
        if draft is None:
            return
        if not self._relations.known or self._unrelated:
            waiting = [key for key in draft.atlas.by_key if key not in self._relations or key in self._unrelated]
            for start in range(0, len(waiting), _RUN):
                with self._lock:
                    self._relations.learn(waiting[start : start + _RUN])
                yield
            with self._news:
                if self._draft is not None:
                    self._relations.known = True
                    self._relations.follow(self._draft.atlas, self._unrelated)
                    self._unrelated = set()
                    self._draft = self._draft.renew()
                    self._edition += 1
                    self._tell()
        for _ in self._relations.prepare():
            yield

    def _check(self) -> Iterator[None]:
        """Tell what is wrong with the site as a whole."""
        with self._lock:
            draft, edition = self._draft, self._edition
        if draft is None:
            return
        links: list[Problem] = []
        for some in draft.check_links():
            links += some
            yield
        with self._news:
            if edition == self._edition:
                self._tell(links=tuple(links))
        if self._checked_edition >= 0:
            return
        addresses: list[Problem] = []
        for some in draft.check_addresses():
            addresses += some
            yield
        with self._news:
            if edition == self._edition:
                self._checked_edition = edition
                self._tell(addresses=tuple(addresses))

    def _tell(self, links: tuple[Problem, ...] | None = None, addresses: tuple[Problem, ...] | None = None) -> None:
        """What is served is another, or what is wrong with links or addresses."""
        if links is not None or addresses is not None:
            now = (self._wrong_links if links is None else links, addresses or self._wrong_addresses)
            if addresses is not None:
                now = (now[0], addresses)
            if now == (self._wrong_links, self._wrong_addresses):
                return
            self._wrong_links, self._wrong_addresses = now
        self._state += 1
        self._news.notify_all()

    def _save(self, patience: float) -> None:
        with hold_lock(self._cache.folder / "lock", patience) as held:
            if held:
                self._shelf.save()
