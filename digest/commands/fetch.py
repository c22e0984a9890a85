"""Bring the news of the sources that site.yml names into the site.

Each source is asked for what came since it was last fetched, and its papers are filed like those of an import. What was
fetched is remembered in SITE/.digest/fetch.json, only when it is filed, so that nothing is left out whatever breaks; a
source that fails does not keep the others back. A day without papers is no failure.

    digest fetch
    digest fetch language --since 2026-11-01
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from digest.commands.arguments import add_on_known, calendar_day, check_site
from digest.commands.fetch_report import tell_fetch, tell_source, write_summary
from digest.commands.import_ import origin_of
from digest.commands.progress import open_progress
from digest.commands.site_import import contact_of, open_importer
from digest.fetching import Asked, Client, Clock, Gathered, Harvest, Limits, Memories, SystemClock
from digest.importing import Decision, Importer, NewEntry, RenewedEntry, stop_at_errors, tell_item
from digest.model import (
    SETTINGS_FILE,
    FetchReport,
    Problem,
    ProblemError,
    Settings,
    SourceQuery,
    SourceReport,
    Span,
    Tally,
)
from digest.reading import read_settings
from digest.reporting import print_problems
from digest.sources import read_document

CLOCK: Final[Clock] = SystemClock()
LIMITS: Final = Limits()
# What the disk refused: such a paper is not here, and must come again.
_NOT_FILED: Final = frozenset({"DG306", "DG307", "DG109"})
_EXAMPLE: Final = "write into content/site.yml: sources: {language: {kind: arxiv-listing, categories: [cs.CL]}}"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `digest fetch`."""
    parser.add_argument("names", nargs="*", metavar="NAME", help="a source of site.yml (default: all of them)")
    parser.add_argument(
        "--since", type=calendar_day, metavar="YYYY-MM-DD", help="begin at this day, whatever was fetched before"
    )
    parser.add_argument("--until", type=calendar_day, metavar="YYYY-MM-DD", help="end with this day")
    add_on_known(parser)
    parser.add_argument("--dry-run", action="store_true", help="ask, show what would come of it, and write nothing")
    parser.add_argument(
        "--lenient",
        action="store_true",
        help="for schedules: exit with 1 only if every source failed, and with 0 where site.yml names none",
    )
    parser.add_argument(
        "--summary",
        type=Path,
        metavar="FILE",
        help="add a table of what came of each source to FILE, as Markdown: $GITHUB_STEP_SUMMARY",
    )


def run(arguments: argparse.Namespace) -> int:
    """Fetch; 1 if anything was lost."""
    site: Path = arguments.site
    asked = Asked(CLOCK.now(), arguments.since, arguments.until)
    reports: list[SourceReport] = []
    faults: tuple[Problem, ...] = ()
    try:
        check_site(site)
        settings, problems = read_settings(site)
        if arguments.lenient and not (settings.sources or problems or arguments.names):
            tell_fetch(FetchReport(), arguments.report, site)
            return 0
        stop_at_errors(problems)
        sources = choose_sources(settings, arguments.names)
        memories = Memories.read(site)
        with (
            open_importer(site, settings, now=asked.now, policy=arguments.on_known, dry=arguments.dry_run) as importer,
            Client(contact_of(settings), CLOCK, LIMITS) as client,
            open_progress(arguments.report) as progress,
        ):
            faults = tuple(importer.faults)
            print_all = tell_source(arguments.report, site)
            for source in sources:
                harvest = Harvest(source, client, read_document, asked, memories.recall(source))
                report = fetch_source(harvest, importer, None if arguments.dry_run else memories, progress)
                print_all(report)
                reports.append(report)
    except ProblemError as error:
        print_problems(error.problems, arguments.report, root=site)
        return 1
    whole = FetchReport(tuple(reports), (*faults, *memories.problems), dry=arguments.dry_run)
    tell_fetch(whole, arguments.report, site)
    if arguments.summary:
        write_summary(whole, arguments.summary)
    return int(whole.all_failed if arguments.lenient else whole.failed)


def choose_sources(settings: Settings, names: Sequence[str]) -> tuple[SourceQuery, ...]:
    """The sources named, in the order of site.yml; all where none is named.

    Raises:
        ProblemError: there are none (DG203).
    """
    known = [source.name for source in settings.sources]
    place = Span(SETTINGS_FILE)
    if not known:
        raise ProblemError([Problem("error", "DG203", "there is no source to fetch from", place, _EXAMPLE)])
    hint = f"known are: {', '.join(known)}"
    wrong = [name for name in names if name not in known]
    if wrong:
        raise ProblemError(Problem("error", "DG203", f"no source is called {name}", place, hint) for name in wrong)
    return tuple(source for source in settings.sources if not names or source.name in names)


def fetch_source(
    harvest: Harvest, importer: Importer, memories: Memories | None, progress: Callable[[str, Tally], None]
) -> SourceReport:
    """File all that a source has. What to remember is remembered once all before it is filed."""
    source = harvest.source
    filed = True
    progress(source.name, harvest.tally)
    for step in harvest:
        if isinstance(step, Gathered):
            origin = origin_of(step.reading.document.name, step.reading.format)
            count(harvest.tally, importer.take(tell_item(step.item, origin)))
            filed = filed and not any(problem.code in _NOT_FILED for problem in importer.problems)
            # A note on each paper that comes twice is too much: it is in every category that it is listed in.
            told = [problem for problem in importer.problems if problem.severity != "note"]
            harvest.problems += [replace(problem, message=f"{source.name}: {problem.message}") for problem in told]
            importer.problems.clear()
            progress(source.name, harvest.tally)
        elif filed and memories is not None:
            try:
                memories.remember(source, step.memory)
            except OSError as error:
                harvest.problems.append(_unwritten(memories, error))
    return SourceReport(source.name, harvest.tally, tuple(harvest.problems), failed=harvest.failed)


def count(tally: Tally, decision: Decision | None) -> None:
    """Count what became of an item."""
    if isinstance(decision, NewEntry):
        tally.new += 1
    elif isinstance(decision, RenewedEntry):
        tally.updated += 1
    elif decision is not None:
        tally.duplicate += 1


def _unwritten(memories: Memories, error: OSError) -> Problem:
    message = f"what was fetched cannot be remembered: {error.strerror or error}"
    hint = "papers that are here stay as they are; the next fetch goes some days back"
    return Problem("warning", "DG704", message, Span(str(memories.path)), hint)
