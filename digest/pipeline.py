"""The whole build on one screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Final, Protocol, TypeVar

from digest.cache import Remember, Shelf, forget
from digest.model import (
    Dialect,
    Entry,
    Letter,
    Output,
    PageFile,
    Plan,
    Problem,
    ProblemError,
    Prose,
    Report,
    SearchPage,
    Settings,
    Span,
)
from digest.planning import gather_site, nearest_days, plan_mail, plan_site
from digest.reading import compile_prose, read_content, read_settings, site_zone
from digest.rendering import (
    card_fingerprint,
    draw_card,
    load_card_fonts,
    load_theme,
    render_letter,
    render_plan,
    search_fingerprint,
    write_search_index,
)
from digest.writing import check_folder, write_outputs

SETTINGS: Final = "content/site.yml"
DEFAULT_BASE: Final = Settings().base_url

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
    settings, setting_problems = read_settings(site)
    if options.base_url:
        settings = replace(settings, base_url=options.base_url.rstrip("/") + "/")
    content = read_content(site, settings)
    watch.lap("read")

    bodies: list[Entry | PageFile] = [*content.entries, *content.pages]
    compiled = run(partial(remember_prose, remember, settings.dialect), bodies)
    prose = {body.key: made for body, made in zip(bodies, compiled, strict=True)}
    watch.lap("compile")

    gathered = gather_site(
        settings,
        content.entries,
        content.pages,
        content.static,
        prose,
        now=now.astimezone(site_zone(settings)),
        drafts=options.drafts,
        future=options.future,
    )
    problems = (
        *setting_problems,
        *content.problems,
        *(problem for each in prose.values() for problem in each.problems),
    )
    with beside(problems):
        theme = load_theme(settings, site)
    problems += theme.problems
    plan = plan_site(gathered, theme)
    problems += plan.problems
    watch.lap("plan")

    report = Report(
        entries=len(gathered.entries), pages=len(plan.pages), problems=problems, withheld=len(gathered.withheld)
    )
    if any(stops(problem, strict=options.strict) for problem in problems):
        return replace(report, seconds=watch.laps, stopped=True)

    with beside(problems):
        outputs = render_plan(plan, theme)
        watch.lap("render")
        shelf = Shelf(site / ".digest" / "kept")
        outputs += (*keep_search(shelf, plan), *keep_cards(shelf, plan))
        shelf.clear()
        watch.lap("search and cards")
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


def mail_day(
    site: Path, day: date | None, options: BuildOptions, *, sender: str, recipients: Sequence[str], now: datetime
) -> tuple[Letter, tuple[Problem, ...]]:
    """One day of `site` as a mail, the newest that has entries unless one is named; only its entries are compiled.

    Raises:
        ProblemError: DG405 where the day has no entries, DG203 where nobody sends it, DG6xx.
    """
    settings, problems = read_settings(site)
    if options.base_url:
        settings = replace(settings, base_url=options.base_url.rstrip("/") + "/")
    content = read_content(site, settings)
    gathered = gather_site(
        settings,
        content.entries,
        content.pages,
        content.static,
        {},
        now=now.astimezone(site_zone(settings)),
        drafts=options.drafts,
        future=options.future,
    )
    chosen = day or next(iter(gathered.by_day), None)
    if chosen is None or chosen not in gathered.by_day:
        near = [f"--day {other}" for other in nearest_days(gathered, chosen)] if chosen else []
        message = f"there are no entries on {chosen}" if chosen else "there are no entries"
        hint = f"try {' or '.join(near)}" if near else "add entries first"
        raise ProblemError((*problems, Problem("error", "DG405", message, hint=hint)))
    sender = sender or ("" if "://" in settings.contact else settings.contact)
    if not sender:
        hint = "name one with --from, or by the setting `contact: ada@example.org`"
        raise ProblemError((*problems, Problem("error", "DG203", "the mail has no sender", Span(SETTINGS), hint)))
    if settings.base_url == DEFAULT_BASE:
        message = f"the links of the mail lead to {DEFAULT_BASE}, which is each reader's own machine"
        hint = "say where the site lives, by the setting `base_url` or by --base-url"
        problems += (Problem("warning", "DG203", message, Span(SETTINGS), hint),)
    entries = gathered.by_day[chosen]
    prose = {entry.key: compile_prose(entry, settings.dialect) for entry in entries}
    problems += tuple(problem for each in prose.values() for problem in each.problems)
    with beside(problems):
        theme = load_theme(settings, site)
        plan = partial(plan_mail, replace(gathered, prose=prose), theme, chosen)
        letter = render_letter(plan, theme, sender, recipients)
    return letter, (*problems, *theme.problems)


def remember_prose(remember: Remember, dialect: Dialect, body: Entry | PageFile) -> Prose:
    """The compiled body, made once for each version of the file and each way to read it."""
    return remember(body.fingerprint + repr(dialect).encode(), partial(compile_prose, body, dialect))


def keep_search(shelf: Shelf, plan: Plan) -> tuple[Output, ...]:
    """The index of the search, made when what it knows of the entries has changed."""
    page = next((page for page in plan.pages if isinstance(page, SearchPage)), None)
    if page is None:
        return ()
    files = shelf.keep("search", search_fingerprint(plan.search), partial(write_search_index, plan.search))
    return tuple(Output(f"{page.url[1:]}{name}", data) for name, data in files.items())


def keep_cards(shelf: Shelf, plan: Plan) -> Iterator[Output]:
    """The pictures of entries, each drawn when what it shows has changed.

    Raises:
        ProblemError: DG203 where what draws them is not installed.
    """
    if not plan.cards:
        return
    fonts = load_card_fonts(plan.static)
    for card in plan.cards:
        files = shelf.keep("cards", card_fingerprint(card, fonts), partial(draw_card, card, fonts))
        yield from (Output(card.url[1:], data) for data in files.values())


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
