"""The whole build on one screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Protocol, TypeVar

from digest.cache import Remember, forget
from digest.model import Dialect, Entry, PageFile, Problem, ProblemError, Prose, Report, Settings, Site
from digest.planning import gather_site, make_gist, plan_site
from digest.reading import Content, compile_prose, read_content, read_settings, site_zone
from digest.rendering import Renderer, load_theme
from digest.writing import check_folder, write_outputs

Given = TypeVar("Given")
Made = TypeVar("Made")


class Map(Protocol):
    """`map`, or one that works in parallel: what is made, in the order of what is given."""

    def __call__(self, make: Callable[[Given], Made], given: Iterable[Given], /) -> Iterable[Made]:
        """What `make` gives for each."""


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What the command line says of a build. An empty `base_url` leaves that of site.yml."""

    base_url: str = ""
    drafts: bool = False
    future: bool = False
    clean: bool = False
    strict: bool = False


def build(
    site: Path, output: Path, options: BuildOptions, *, now: datetime, remember: Remember = forget, run: Map = map
) -> Report:
    """Build `site` into `output`. With an error in the content (or, if strict, a warning) nothing is written.

    Raises:
        ProblemError: DG5xx and DG6xx, where the output folder or the theme stops the build.
    """
    watch = Stopwatch()
    check_folder(output, site)
    settings, content, problems = read_site(site, options)
    watch.lap("read")

    bodies: list[Entry | PageFile] = [*content.entries, *content.pages]
    compiled = run(partial(remember_prose, remember, settings.dialect), bodies)
    prose = {body.key: made for body, made in zip(bodies, compiled, strict=True)}
    watch.lap("compile")

    gathered = gather(settings, content, prose, options, now)
    problems += tuple(problem for each in prose.values() for problem in each.problems)
    with beside(problems):
        theme = load_theme(settings, site)
    problems += theme.problems
    plan = plan_site(gathered, theme)
    problems += plan.problems
    watch.lap("plan")

    report = Report(
        entries=len(gathered.entries), pages=plan.pages, problems=problems, withheld=len(gathered.withheld)
    )
    if any(stops(problem, strict=options.strict) for problem in problems):
        return replace(report, seconds=watch.laps, stopped=True)

    with beside(problems):
        renderer = Renderer(theme)
        outputs = [output for sketch in plan.sketches for output in renderer.render(sketch.make())]
        watch.lap("render")
        done = write_outputs(outputs, output, clean=options.clean)
        watch.lap("write")
    return replace(
        report,
        written=done.written,
        unchanged=done.unchanged,
        removed=done.removed,
        problems=(*problems, *done.problems),
        seconds=watch.laps,
    )


def read_site(site: Path, options: BuildOptions) -> tuple[Settings, Content, tuple[Problem, ...]]:
    """What a site's folder holds, under the address that the options name, and what is wrong with it."""
    settings, problems = read_settings(site)
    if options.base_url:
        settings = replace(settings, base_url=options.base_url.rstrip("/") + "/")
    content = read_content(site, settings)
    return settings, content, (*problems, *content.problems)


def gather(
    settings: Settings, content: Content, prose: Mapping[str, Prose], options: BuildOptions, now: datetime
) -> Site:
    """The site of what was read, as the options want it at a time."""
    bodies: list[Entry | PageFile] = [*content.entries, *content.pages]
    gists = {body.key: make_gist(body, prose[body.key]) for body in bodies if body.key in prose}
    return gather_site(
        settings,
        content.entries,
        content.pages,
        content.static,
        prose,
        gists,
        now=now.astimezone(site_zone(settings)),
        drafts=options.drafts,
        future=options.future,
    )


def remember_prose(remember: Remember, dialect: Dialect, body: Entry | PageFile) -> Prose:
    """The compiled body, made once for each version of the file and each way to read it."""
    return remember(body.fingerprint + repr(dialect).encode(), partial(compile_prose, body, dialect))


@contextmanager
def beside(problems: Iterable[Problem]) -> Iterator[None]:
    """Tell what was found before together with what stops the build here."""
    try:
        yield
    except ProblemError as error:
        raise ProblemError((*problems, *error.problems)) from error


def stops(problem: Problem, *, strict: bool) -> bool:
    """Whether a build must not go on with this problem."""
    return problem.severity == "error" or (strict and problem.severity == "warning")


class Stopwatch:
    """Seconds of each stage, for the report."""

    def __init__(self) -> None:
        self.laps: tuple[tuple[str, float], ...] = ()
        self._last = perf_counter()

    def lap(self, stage: str) -> None:
        """The stage ends here."""
        now = perf_counter()
        self.laps += ((stage, now - self._last),)
        self._last = now
