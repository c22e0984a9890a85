"""A site as `digest check` looks at it: read and planned as a build does it, and nothing written but the cache."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import TypeVar

from digest.caching import Cache
from digest.model import CheckedSite, Plan, Problem, ProblemError, Report, Site, Sketch, Theme, dataclass
from digest.pipeline.bodies import read_bodies
from digest.pipeline.build import BuildOptions, build, try_caches
from digest.pipeline.gathering import gather_whole
from digest.pipeline.opening import Tell, beside, read_site, tell_nobody
from digest.planning import list_links, plan_site
from digest.reading import find_file, read_past, read_source, site_zone
from digest.rendering import Renderer, load_theme
from digest.working import Crew

Judged = TypeVar("Judged")


@dataclass(frozen=True, slots=True)
class Looked:
    """A site to be checked, and what is wrong with it as a build tells it."""

    checked: CheckedSite
    problems: tuple[Problem, ...]


def look_at_site(
    site: Path,
    options: BuildOptions,
    judge: Callable[[Looked], Judged],
    *,
    now: datetime,
    vocabulary: frozenset[str] | None = None,
) -> Judged:
    """What is thought of a site as a build of now would have it; `judge` is asked again where the cache was damaged.

    Bodies are read from the cache, and only those that changed are compiled.

    Raises:
        ProblemError: DG6xx, where there is no theme to plan with; DG502, where there is no place for a cache.
    """

    def look(cache: Cache, crew: Crew) -> Judged:
        return judge(_look(site, options, cache, crew, now=now, vocabulary=vocabulary))

    judged, _ = try_caches(site, site / "output", options, look)
    return judged


def build_judged(
    site: Path,
    output: Path,
    options: BuildOptions,
    judge: Callable[[Looked], bool],
    *,
    now: datetime,
    tell: Tell,
    vocabulary: frozenset[str] | None = None,
) -> Report:
    """Build a site that somebody looks at before it is written, and may refuse; likewise asked again.

    Raises:
        ProblemError: as by `build`.
    """

    def look(gathered: Site, plan: Plan, theme: Theme, problems: tuple[Problem, ...]) -> bool:
        return judge(Looked(_open(site, gathered, plan, theme, now=now, vocabulary=vocabulary), problems))

    return build(site, output, options, now=now, tell=tell, judge=look)


def _look(
    site: Path,
    options: BuildOptions,
    cache: Cache,
    crew: Crew,
    *,
    now: datetime,
    vocabulary: frozenset[str] | None,
) -> Looked:
    began = time.time_ns()
    known, notes = cache.read()
    settings, problems = read_site(site, options.base_url)
    past, faults = read_past(site)
    bodies = read_bodies(site, settings, known, cache, crew, began=began, tell=tell_nobody, sight=None)
    problems = (*notes, *problems, *faults, *bodies.problems)
    local = now.astimezone(site_zone(settings))
    with beside(problems):
        theme = load_theme(settings, site)
    gathered, wrong = gather_whole(settings, bodies, now=local, drafts=options.drafts, future=options.future, past=past)
    plan = plan_site(gathered, theme)
    if bodies.known is not known.bodies:
        cache.save(replace(known, bodies=bodies.known, basis=bodies.basis, roll=bodies.roll))
    checked = _open(site, gathered, plan, theme, now=now, vocabulary=vocabulary)
    return Looked(checked, (*problems, *theme.problems, *wrong, *plan.problems))


def _open(
    site: Path, gathered: Site, plan: Plan, theme: Theme, *, now: datetime, vocabulary: frozenset[str] | None
) -> CheckedSite:
    """A site as checks see it."""
    sketches = {sketch.url: sketch for sketch in plan.sketches if sketch.url.endswith("/")}
    return CheckedSite(
        gathered,
        plan,
        now.astimezone(gathered.zone).date(),
        links=partial(list_links, gathered, theme),
        read_source=lru_cache(maxsize=64)(partial(_read_source, site)),
        open_page=lru_cache(maxsize=64)(partial(_render_page, Renderer(theme), sketches)),
        vocabulary=vocabulary,
    )


def _read_source(site: Path, path: str) -> str:
    """The text of a file below content/; empty where there is none."""
    file = find_file(site, path.partition("/")[2])
    source = file if isinstance(file, Problem) else read_source(file)
    if isinstance(source, Problem):
        return ""
    return source.raw.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _render_page(renderer: Renderer, sketches: dict[str, Sketch], url: str) -> str:
    sketch = sketches.get(url)
    try:
        return renderer.render(sketch.make())[0].data.decode() if sketch else ""
    except ProblemError:
        return ""  # a build tells of it


def list_built(folder: Path) -> list[str]:
    """Every regular file below a folder, by its path in it, with `/`; hidden ones are no part of a site."""
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        prefix = Path(place).relative_to(folder).as_posix()
        found += [name if prefix == "." else f"{prefix}/{name}" for name in names if not name.startswith(".")]
    return found
