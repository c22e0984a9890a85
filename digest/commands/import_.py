"""Turn documents of abstracts and summaries into entries of the site.

A SOURCE is a file, a folder of files, or - for standard input. Its format is recognised by its content. Every entry
becomes one Markdown file, content/YYYY/MM/DD/<slug>.md, for you to edit: importing the same document again writes
nothing and keeps your edits. With an error in any document nothing is written.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from digest.commands.arguments import calendar_day
from digest.commands.import_report import describe_import, render_import
from digest.importing import (
    ImportPlan,
    Suggest,
    Vocabulary,
    bundled_vocabulary,
    file_entries,
    list_files,
    parse_vocabulary,
    plan_import,
    suggest_tags,
)
from digest.model import Entry, Problem, ProblemError, Reading, Settings, SourceReading, Span
from digest.reading import read_content, read_settings, site_zone
from digest.reporting import print_problems, print_text
from digest.sources import load_sources, read_document, read_documents


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `digest import`."""
    formats = [source.name for source in load_sources()]
    parser.add_argument("sources", nargs="+", metavar="SOURCE", help="a file, a folder, or - for standard input")
    parser.add_argument("--format", choices=formats, help="read every document so, instead of recognising its format")
    parser.add_argument(
        "--date", type=calendar_day, metavar="YYYY-MM-DD", help="the day of the digest, whatever the documents say"
    )
    parser.add_argument("--tag", action="append", default=[], help="a tag for every entry; may be given again")
    parser.add_argument("--dry-run", action="store_true", help="show what would be written, and write nothing")


def run(arguments: argparse.Namespace) -> int:
    """Import; 1 if a problem stopped it."""
    site: Path = arguments.site
    try:
        settings, existing, suggest = read_site(site)
    except ProblemError as error:
        print_problems(error.problems, arguments.report, root=site)
        return 1
    found = read_documents(arguments.sources, sys.stdin.buffer)
    readings = tuple(read_document(document, arguments.format) for document in found.documents)
    readings = tuple(replace(reading, found=Reading.gather(reading.found)) for reading in readings)
    plan = plan_import(
        readings,
        existing,
        suggest,
        now=datetime.now(UTC).astimezone(site_zone(settings)),
        day=arguments.date,
        tags=arguments.tag,
        occupied=list_files(site / "content"),
    )
    problems = [*found.problems, *plan.problems]
    stopped = any(problem.severity == "error" for problem in problems)
    if not stopped and not arguments.dry_run:
        try:
            file_entries(plan, site / "content")
        except ProblemError as error:
            problems += error.problems
            stopped = True
    tell(readings, plan, problems, arguments, stopped=stopped)
    return int(stopped)


def read_site(site: Path) -> tuple[Settings, tuple[Entry, ...], Suggest]:
    """What the import must know of the site: its settings, its entries and its tags.

    Raises:
        ProblemError: an entry cannot be read, so that nobody knows whether it is one of those to import.
    """
    settings, problems = read_settings(site)
    content = read_content(site, settings)
    vocabulary, wrong = read_vocabulary(site, settings)
    errors = [problem for problem in (*problems, *content.problems, *wrong) if problem.severity == "error"]
    if errors:
        raise ProblemError(errors)
    return settings, content.entries, partial(suggest_tags, vocabulary=vocabulary)


def read_vocabulary(site: Path, settings: Settings) -> tuple[Vocabulary, tuple[Problem, ...]]:
    """The shipped vocabulary, extended or replaced by that of the site."""
    bundled = bundled_vocabulary()
    if not settings.vocabulary:
        return bundled, ()
    name = settings.vocabulary
    text, fault = read_words(site / name, name, site)
    if fault:
        return bundled, (fault,)
    own, problems = parse_vocabulary(text, name)
    return (own if settings.vocabulary_mode == "replace" else bundled.extend(own)), problems


def read_words(path: Path, name: str, site: Path) -> tuple[str, Problem | None]:
    """The text of the vocabulary, or why there is none. A pipe would hang; a link may lead out of the site."""
    code, reason = "DG203", ""
    text = ""
    try:
        if os.path.lexists(path) and not (path.is_file() and path.resolve().is_relative_to(site.resolve())):
            code, reason = "DG109", "not a file of the site"
        else:
            text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
    hint = "`vocabulary` in site.yml is a path from the site's folder, such as content/vocabulary.yml"
    message = f"the vocabulary cannot be read: {reason}"
    return text, Problem("error", code, message, Span(name), hint) if reason else None


def tell(
    readings: tuple[SourceReading, ...],
    plan: ImportPlan,
    problems: list[Problem],
    arguments: argparse.Namespace,
    *,
    stopped: bool,
) -> None:
    """Problems first, then what came of every document."""
    dry = arguments.dry_run
    if arguments.report == "json":
        told = describe_import(readings, plan, problems, dry=dry, stopped=stopped)
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
    else:
        print_problems(problems, arguments.report, root=Path())
        text = render_import(readings, plan, dry=dry, stopped=stopped)
        print_text(text, sys.stdout)
    sys.stdout.flush()
