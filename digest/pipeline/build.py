"""The build: what was read and what was known → what is written."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import datetime
from functools import lru_cache, partial
from hashlib import blake2b
from pathlib import Path
from typing import Final, TypeVar

from digest import planning
from digest.caching import Cache, DamagedCache, Known, KnownSketch, UnwritableCache, open_cache
from digest.locking import hold_lock
from digest.model import (
    PAST_FILE,
    Ground,
    Past,
    Plan,
    Problem,
    ProblemError,
    Report,
    Site,
    Span,
    Stamp,
    Theme,
    dataclass,
    replace,
)
from digest.pipeline.bodies import read_bodies
from digest.pipeline.contributions import list_places_of
from digest.pipeline.documents import Documents, make_documents
from digest.pipeline.finding import settle
from digest.pipeline.gathering import Gathered, gather
from digest.pipeline.issuing import Planned, issue, mark_outputs
from digest.pipeline.opening import Tell, beside, read_site, stops, tell_nobody
from digest.pipeline.reasons import explain_written
from digest.reading import mark_past, read_past, site_zone
from digest.rendering import Renderer, load_theme
from digest.sealing import Sight, environment_key
from digest.working import Crew, check_scheduler, open_crew
from digest.writing import check_place, is_unfinished, open_place, record_past

PATIENCE: Final = 600.0  # seconds that a build waits for another one of the same site
FRESH: Final = 2_000_000_000  # nanoseconds for which nobody has to look again

Result = TypeVar("Result")

# Whether a planned site may be written; the problems are those that a build tells.
Judge = Callable[[Site, Plan, Theme, tuple[Problem, ...]], bool]


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What the command line says of a build. An empty `base_url` leaves that of site.yml.

    `jobs` is the number of processes, 0 as many as there are cores, and `executor` the address of a scheduler whose
    machines make the documents: neither changes anything of what is built. `why` asks for the reasons of what is
    written. `record` keeps the addresses of the site, in content/addresses.txt, as those that were published: without
    drafts and days to come. Who is `brief` is told of problems in bodies what people are shown, and not each of ten
    thousand.
    """

    base_url: str = ""
    drafts: bool = False
    future: bool = False
    clean: bool = False
    strict: bool = False
    jobs: int = 1
    executor: str = ""
    why: bool = False
    record: bool = False
    brief: bool = False


def build(
    site: Path,
    output: Path | str,
    options: BuildOptions,
    *,
    now: datetime,
    tell: Tell = tell_nobody,
    sight: Sight | None = None,
    judge: Judge | None = None,
) -> Report:
    """Build `site` into `output`. With an error in the content (or, if strict, a warning) nothing is written.

    The output is a folder, or the URL of a place that fsspec reaches. `tell` hears of what takes long: the stage, how
    much of it is done, of how much. `sight` is how the site looks, if somebody has just looked. Who wants to `judge` is
    told of the whole site, perhaps twice, before it is written, and stops the build by saying no.

    Raises:
        ProblemError: DG5xx and DG6xx, where the output folder or the theme stops the build.
    """
    check_place(output, site)
    if isinstance(output, Path) and is_unfinished(output):
        with open_place(output):
            pass  # what a killed build left is settled, even if there are errors that keep this one from writing
    if options.executor:
        check_scheduler(options.executor)
    report, damaged = try_caches(
        site, output, options, partial(_build, site, output, options, now=now, tell=tell, sight=sight, judge=judge)
    )
    if not damaged:
        return report
    note = Problem("note", "DG503", "the cache was damaged", hint="it was made anew; nothing is to be done")
    return replace(report, problems=(note, *report.problems))


def try_caches(
    site: Path, output: Path | str, options: BuildOptions, work: Callable[[Cache, Crew], Result]
) -> tuple[Result, bool]:
    """What comes of some work with the cache of a site, and whether that was found to be damaged.

    Then the work is done once more, for nothing is damaged without a cache; and where none can be written, with one of
    its own. So it publishes nothing before it has read and written all that it needs.

    Raises:
        ProblemError: DG502, there is no place for a cache.
    """
    damaged, reason = False, ""
    for place in (site, site, None):
        if reason and not damaged and place:
            continue  # it will not be writable now
        with hold_cache(place, output, options) as cache, open_crew(options.jobs) as crew:
            try:
                return work(cache, crew), damaged
            except UnwritableCache as error:
                reason = str(error)
            except DamagedCache as error:
                damaged, reason = True, str(error)
                cache.forget()
    message = f"there is no place for what has to be remembered: {reason}"
    hint = "make room on the disk, or name another folder by TMPDIR"
    raise ProblemError([Problem("error", "DG502", message, Span(str(site)), hint)])


@contextmanager
def hold_cache(site: Path | None, output: Path | str, options: BuildOptions) -> Iterator[Cache]:
    """The cache of a site, for one build at a time; one that is forgotten where that cannot be had."""
    with ExitStack() as stack:
        folder = open_cache(site) if site else None
        if folder is None or not stack.enter_context(hold_lock(folder / "lock", PATIENCE)):
            from tempfile import TemporaryDirectory  # noqa: PLC0415 - with all kinds of compression; for few builds

            folder = Path(stack.enter_context(TemporaryDirectory(prefix="digest-")))
        yield stack.enter_context(closing(Cache(folder, environment_key(), build_key(output, options))))


def _build(
    site: Path,
    output: Path | str,
    options: BuildOptions,
    cache: Cache,
    crew: Crew,
    *,
    now: datetime,
    tell: Tell,
    sight: Sight | None,
    judge: Judge | None,
) -> Report:
    watch, began = Stopwatch(), time.time_ns()
    if sight and not began - FRESH < sight.ended <= began:
        sight = None  # another build was waited for
    known, notes = cache.read()
    settings, problems = read_site(site, options.base_url)
    watch.lap("look")

    find_theme = lru_cache(1)(partial(load_theme, settings, site))
    with beside(problems):
        bodies = read_bodies(
            site, settings, known, cache, crew,
            began=began, tell=tell, sight=sight, meanwhile=partial(_prepare, find_theme), brief=options.brief,
        )  # fmt: skip
    problems += bodies.problems
    watch.lap("read and compile")

    with beside(problems):
        theme = find_theme()
    past = _mark_past(site, known.ground, sight)
    found = gather(
        settings, theme, bodies, known,
        past=_tell_past(past, recorded=options.record),
        now=now.astimezone(site_zone(settings)),
        drafts=options.drafts,
        future=options.future,
        afresh=bool(options.executor or options.clean or judge),
    )  # fmt: skip
    problems += (*theme.problems, *found.problems)
    plan_whole = partial(_plan_whole, site, found.site, theme, options)
    planned = _plan_few(site, found, theme, known.ground) or plan_whole()
    gathered, ground = planned.site, found.ground
    problems += planned.plan.problems
    watch.lap("plan")

    report = Report(
        entries=len(gathered.entries),
        pages=planned.plan.pages,
        problems=(*notes, *problems),
        withheld=len(gathered.withheld),
    )
    refused = judge and not judge(planned.site, planned.plan, theme, report.problems)
    if refused or any(stops(problem, strict=options.strict) for problem in problems):
        # Nobody has to wait for these again.
        _save(cache, replace(known, bodies=bodies.known, basis=bodies.basis, roll=bodies.roll))
        return replace(report, seconds=watch.laps, stopped=True)

    with beside(problems), open_place(output, rewrite=options.clean) as stage:

        def make(planned: Planned, before: Mapping[str, KnownSketch], lost: set[str]) -> Documents:
            carry = None
            if options.executor:
                from digest.pipeline.afar import Carrier  # noqa: PLC0415 - for few builds

                carry = Carrier(options.executor, planned.site, theme, bodies.known, cache.reader)
            made = make_documents(
                planned.plan, before, lost, Renderer(theme), stage, cache=cache, crew=crew, tell=tell, carry=carry
            )
            watch.lap("render")
            return made

        issued = issue(
            output, stage, planned, known,
            sight=sight, make=make, plan_whole=plan_whole,
            copies=(*gathered.static, *theme.static), clean=options.clean,
        )  # fmt: skip
        watch.lap("write")
    plan, gathered = issued.planned
    recorded, unrecorded = _record(site, plan, gathered.past if past else None, options)
    past = _tell_past(mark_past(site) if recorded else past, recorded=options.record and not unrecorded)
    written_past = recorded or (settle(Stamp(*sight.apart), began) if sight and sight.apart else None)
    ground = ground._replace(
        past=past, seen=bodies.roll.seen, pages=plan.pages, sound=not plan.problems,
        related=plan.related, written=written_past,
    )  # fmt: skip
    ground = (ground if plan.simple else Ground())._replace(outputs=mark_outputs(issued.outputs))
    now_known = Known(bodies.known, issued.documents.sketches, bodies.basis, ground, bodies.roll)
    written = dict.fromkeys(issued.done.written) if options.why else {}
    known = replace(known, sketches=issued.before)
    why = tuple(explain_written(written, issued.documents.made, known, now_known, issued.lost, reader=cache.reader))
    _save(cache, now_known)
    watch.lap("remember")
    return replace(
        report,
        written=issued.done.written,
        unchanged=issued.done.unchanged,
        removed=issued.done.removed,
        problems=(*report.problems, *issued.done.problems, *unrecorded),
        seconds=watch.laps,
        stamps=issued.stamps,
        outputs=issued.outputs,
        due=_next_due(gathered, options),
        places=list_places_of(settings, theme),
        why=why,
        recorded=recorded,
    )


def _prepare(find_theme: Callable[[], Theme]) -> None:
    """Have ready what is needed next: what plans, and the theme, of which what is wrong is told when it is needed."""
    planning.gather_site, planning.ground_plan, planning.plan_site  # noqa: B018 - are loaded
    with suppress(ProblemError):
        Renderer(find_theme()).prepare()


def _save(cache: Cache, known: Known) -> None:
    """Keep what is known; where that fails, the next build takes longer."""
    with suppress(OSError):
        cache.save(known)


def _plan_few(site: Path, found: Gathered, theme: Theme, before: Ground) -> Planned | None:
    """The documents that may differ from those of the last build, where that can be told."""
    gathered = found.site
    if found.reworded is not None:
        return Planned(planning.plan_reworded(gathered, theme, found.reworded, before), gathered)
    if found.retold is None:
        return None
    if found.retold.noted:
        gathered = replace(gathered, past=read_past(site)[0])
    return Planned(planning.plan_retold(gathered, theme, found.retold, before), gathered)


def _plan_whole(site: Path, gathered: Site, theme: Theme, options: BuildOptions) -> Planned:
    """Every document of a site, and the site with its past."""
    past, faults = read_past(site)
    gathered = replace(gathered, past=() if past is None and options.record else past)
    plan = planning.plan_site(gathered, theme)
    if faults:
        plan = replace(plan, problems=(*faults, *plan.problems), simple=False)
    return Planned(plan, gathered)


def _mark_past(site: Path, before: Ground, sight: Sight | None) -> bytes:
    """The mark of the addresses that the site ever had; a file that looks as it did is not read."""
    return before.past[:-1] if sight and sight.apart and sight.apart == before.written else mark_past(site)


def _tell_past(mark: bytes, *, recorded: bool) -> bytes:
    """What a plan was made of as to the past: whoever finds no addresses recorded has to plan all that have one."""
    return mark + bytes([recorded])


def _record(
    site: Path, plan: Plan, past: tuple[Past, ...] | None, options: BuildOptions
) -> tuple[Stamp | None, tuple[Problem, ...]]:
    """Remember the addresses that are published now, if some are new; DG902 where that cannot be done.

    A file with lines that make no sense is somebody's to mend, and left as it is until then: nothing is lost of it.
    """
    if not options.record or options.drafts or options.future or plan.past == past or not (plan.whole or plan.past):
        return None, ()
    if any(problem.code == "DG901" for problem in plan.problems):
        return None, ()
    try:
        return record_past(site, plan.past), ()
    except OSError as error:
        message = f"the addresses of the site cannot be remembered: {error.strerror or error}"
        hint = "make the folder content/ one that can be written, and build again"
        return None, (Problem("warning", "DG902", message, Span(PAST_FILE), hint),)


def _next_due(site: Site, options: BuildOptions) -> float:
    """When the first of the days to come begins, of those whose entries wait for it."""
    if options.future:
        return 0
    days = [entry.date for entry in site.withheld if options.drafts or not entry.draft]
    return min((datetime.combine(day, datetime.min.time(), site.zone).timestamp() for day in days), default=0)


def build_key(output: Path | str, options: BuildOptions) -> bytes:
    """What tells builds of a site apart: where they write, and by which options."""
    place = str(output.resolve()) if isinstance(output, Path) else output
    told = (place, options.base_url, options.drafts, options.future)
    return blake2b(repr(told).encode("utf-8", "surrogatepass"), digest_size=16).digest()


class Stopwatch:
    """Seconds of each stage, for the report."""

    def __init__(self) -> None:
        self.laps: tuple[tuple[str, float], ...] = ()
        self._last = time.perf_counter()

    def lap(self, stage: str) -> None:
        """The stage ends here."""
        now = time.perf_counter()
        self.laps += ((stage, now - self._last),)
        self._last = now
