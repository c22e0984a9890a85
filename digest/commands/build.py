"""Build the site into its output folder.

With an error in the content nothing is written: every problem is told, with its place and what to do about it.
Files in the output folder that digest did not write are never touched; pages that are no longer part of the site go.

    digest build
    digest build --base-url https://ada.github.io/my-digest/ --strict
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from digest.commands.arguments import (
    absolute_url,
    add_selection,
    check_site,
    number_of_jobs,
    output_place,
    tell_report,
)
from digest.commands.ending import end_orderly
from digest.commands.progress import open_stages
from digest.model import ProblemError, Report, replace
from digest.pipeline import BuildOptions, build
from digest.reporting import Style, print_problems, print_text, render_problems, render_reasons, render_report
from digest.sealing import Told, write_seal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `digest build`."""
    parser.add_argument(
        "--output",
        type=output_place,
        metavar="DIR",
        help="where to build (default: SITE/output); or a URL that fsspec knows, such as s3://bucket/blog",
    )
    parser.add_argument(
        "--base-url",
        type=absolute_url,
        metavar="URL",
        help="where the site will live, instead of site.yml's",
    )
    add_selection(parser)
    parser.add_argument("--clean", action="store_true", help="write every file anew, even what has not changed")
    parser.add_argument("--strict", action="store_true", help="let a warning stop the build like an error")
    parser.add_argument(
        "--jobs",
        type=number_of_jobs,
        default=0,
        metavar="N",
        help="how many processes build (default: as many as there are cores; only Linux takes more than one)",
    )
    parser.add_argument(
        "--executor",
        default="",
        metavar="URL",
        help="let the workers of a dask scheduler, dask://HOST:PORT, make the pages; they need the same "
        "digest, and the output folder under the same path",
    )
    parser.add_argument("--why", action="store_true", help="tell of each file written what of it has changed")


def run(arguments: argparse.Namespace) -> int:
    """Build once; 1 if a problem stopped the build."""
    site: Path = arguments.site
    output: Path | str = arguments.output or site / "output"
    options = BuildOptions(
        base_url=arguments.base_url or "",
        drafts=arguments.drafts,
        future=arguments.future,
        clean=arguments.clean,
        strict=arguments.strict,
        jobs=arguments.jobs,
        executor=arguments.executor,
        why=arguments.why or arguments.report == "json",
        record=True,
        brief=arguments.report == "text",
    )
    try:
        check_site(site)
        with end_orderly(), open_stages(arguments.report) as tell:
            report = build(site, output, options, now=datetime.now(UTC), tell=tell, sight=arguments.sight)
    except ProblemError as error:
        if arguments.report == "json":
            tell_report(Report(problems=error.problems, stopped=True), arguments.report, site)
        else:
            print_problems(error.problems, arguments.report, root=site)
        return 1
    if arguments.why and arguments.report != "json":
        print_text(render_reasons(report.why), sys.stdout)
    tell_report(report, arguments.report, site)
    passing = any(problem.code == "DG902" for problem in report.problems)  # the next build tries that again
    if arguments.sight and isinstance(output, Path) and not (report.stopped or options.clean or passing):
        told = tell_again(report, arguments.report, site)
        write_seal(
            arguments.words,
            arguments.sight,
            told,
            outputs=report.outputs,
            due=report.due,
            apart=report.recorded,
            places=report.places,
        )
    return int(report.stopped)


def tell_again(report: Report, style: Style, site: Path) -> Told:
    """What the next build tells if nothing changes."""
    # What was wrong with the output folder or the cache is so no more.
    problems = tuple(problem for problem in report.problems if not problem.code.startswith("DG5"))
    there = report.unchanged + len(report.written)
    same = replace(report, written=(), unchanged=there, removed=(), problems=problems, seconds=(), why=())
    summary = render_report(same, style)
    if style == "json":
        return Told(summary)
    shown = render_problems(problems, style, root=site)
    return Told(summary, shown) if style == "text" else Told(shown)
