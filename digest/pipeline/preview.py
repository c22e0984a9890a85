"""The living site: documents are made when they are asked for, of what lies on the disk now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Condition, RLock

from digest.formats import urls
from digest.model import Problem, ProblemError, Served, SearchIndex, Settings, Sketch, StaticFile
from digest.pipeline.build import BuildOptions
from digest.pipeline.opening import beside, read_site
from digest.planning import gather_site, make_gist, plan_site
from digest.reading import compile_prose, read_content, site_zone
from digest.rendering import Renderer, load_theme

Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(UTC)


def open_preview(site: Path, options: BuildOptions, *, origin: str = "", now: Clock = _now) -> LivePreview:
    """The living site of a folder; `origin` is where it is served, `http://127.0.0.1:8000`, under its own base path.

    A site whose content has errors from the start is open all the same, and empty until they are mended.
    """
    return LivePreview(site, options, origin, now)


class LivePreview:
    """Implements `digest.model.Preview`. One lock: a document takes milliseconds."""

    def __init__(self, site: Path, options: BuildOptions, origin: str, now: Clock) -> None:
        self._site, self._options, self._origin, self._now = site, options, origin.rstrip("/"), now
        self._lock = RLock()
        self._news = Condition(self._lock)
        self._state = 0
        self._problems: tuple[Problem, ...] = ()
        self._base_path = "/"
        self._sketches: Mapping[str, Sketch] = {}
        self._search: Mapping[str, bytes] = {}
        self._renderer: Renderer | None = None
        self.change([site])

    @property
    def base_path(self) -> str:
        """The path that the site will have on the web, with a slash at both ends."""
        return self._base_path

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the site as it lies on the disk; with an error, the last good site is what is served."""
        return self._problems

    @property
    def state(self) -> int:
        """A number that grows with each change of what is served, or of what is wrong."""
        return self._state

    def wait(self, seen: int, seconds: float) -> int:
        """The state once it is another than was seen, or what it is after so many seconds."""
        with self._news:
            self._news.wait_for(lambda: self._state != seen, seconds)
            return self._state

    def find(self, path: str) -> Served | None:
        """The document at a path of the output folder, such as `2019/12/06/index.html`.

        Raises:
            ProblemError: it cannot be made, since a template is wrong.
        """
        with self._lock:
            if path in self._search:
                return Served(path, self._search[path])
            sketch = self._sketches.get(path)
            if sketch is None or self._renderer is None:
                return None
            artifact = sketch.make()
            if isinstance(artifact, StaticFile) and artifact.path:
                return Served(path, file=artifact.path)
            return next(Served(path, output.data) for output in self._renderer.render(artifact) if output.path == path)

    def change(self, paths: Collection[Path]) -> None:
        """Take in that these files were changed, made or deleted; folders stand for all that they hold."""
        with self._news:
            with suppress(ProblemError):
                self._plan()
            self._state += 1
            self._news.notify_all()

    def close(self) -> None:
        """Nobody will ask any more."""

    def _read_settings(self) -> tuple[Settings, tuple[Problem, ...]]:
        settings, problems = read_site(self._site, self._options.base_url)
        if self._origin and not self._options.base_url:
            settings = replace(settings, base_url=self._origin + settings.base_path)
        return settings, problems

    def _plan(self) -> None:
        settings, problems = self._read_settings()
        content = read_content(self._site, settings)
        problems += content.problems
        sources = (*content.entries, *content.pages)
        prose = {source.key: compile_prose(source, settings.dialect) for source in sources}
        gists = {source.key: make_gist(source, prose[source.key], b"", settings.dialect) for source in sources}
        problems += tuple(problem for each in prose.values() for problem in each.problems)
        site = gather_site(
            settings,
            content.entries,
            content.pages,
            content.static,
            prose=prose,
            gists=gists,
            now=self._now().astimezone(site_zone(settings)),
            drafts=self._options.drafts,
            future=self._options.future,
        )
        try:
            with beside(problems):
                theme = load_theme(settings, self._site)
        except ProblemError as error:
            self._problems = error.problems
            return
        plan = plan_site(site, theme)
        self._problems = (*problems, *theme.problems, *plan.problems)
        if any(problem.severity == "error" for problem in self._problems):
            return
        self._renderer = Renderer(theme)
        self._base_path = settings.base_path
        self._sketches = {urls.output_path(sketch.url): sketch for sketch in plan.sketches}
        self._search = {}
        for sketch in plan.sketches:
            if sketch.kind == "search":
                artifact = sketch.make()
                if isinstance(artifact, SearchIndex):
                    self._search = {output.path: output.data for output in self._renderer.render(artifact)}
