"""Fill in what entries lack, by the services that gave out their identifiers.

An entry with an arXiv id, DOI, PMID or OpenReview id gets the title, authors, date and further identifiers that it has
not: from arXiv, the DOI agencies, PubMed and OpenReview. Nothing that an entry has is changed, and nothing that you
took away comes back. Never needed: nothing else asks these services.

    digest enrich --dry-run
    digest enrich content/2026/11/02/adam.md
"""

from __future__ import annotations

import argparse
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from digest.commands.arguments import check_site
from digest.commands.import_report import ImportLog, tell_import
from digest.commands.site_import import contact_of, open_importer
from digest.fetching import Client, Services, find_papers
from digest.importing import Importer, paper_names, stop_at_errors
from digest.model import Entry, Item, Problem, ProblemError, Span
from digest.reading import read_content, read_settings
from digest.sources import read_document


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `digest enrich`."""
    parser.add_argument("entries", nargs="*", type=Path, metavar="FILE", help="entries to fill in (default: all)")
    parser.add_argument("--dry-run", action="store_true", help="show what would be filled in, and write nothing")


def run(arguments: argparse.Namespace) -> int:
    """Enrich; 1 if a service could not be asked."""
    site: Path = arguments.site
    log = ImportLog(arguments.report, dry=arguments.dry_run)
    try:
        check_site(site)
        settings, problems = read_settings(site)
        content = read_content(site, settings)
        stop_at_errors(problems)
        for problem in content.problems:
            if problem.severity == "error":
                log.add_fault(problem)
        files = {path.resolve(): path for path in arguments.entries}
        stop_at_errors(_no_entries(files, content.entries, site))
        wanted = _wanted(content.entries, files, site)
        with (
            open_importer(site, settings, dry=arguments.dry_run) as importer,
            Client(contact_of(settings)) as client,
        ):
            enrich_entries(wanted, importer, client, log, Services())
    except ProblemError as error:
        for problem in error.problems:
            log.add_problem(problem)
    tell_import(log)
    return int(log.failed)


def enrich_entries(
    entries: Iterable[Entry], importer: Importer, client: Client, log: ImportLog, services: Services
) -> None:
    """Ask for the papers of these entries, and fill in what is told of each."""
    by_name: dict[str, list[Entry]] = {}
    for entry in entries:
        for name in paper_names(entry.identifiers):
            by_name.setdefault(name, []).append(entry)
    names = (entry.identifiers for group in by_name.values() for entry in group)
    filled: set[str] = set()
    for found in find_papers(names, client, read_document, services):
        if isinstance(found, Problem):
            log.add_problem(found)
            continue
        for entry in _about(found, by_name):
            if entry.key in filled:
                continue
            filled.add(entry.key)
            renewed = importer.fill(entry.key, found)
            if renewed is not None:
                log.add_decision(renewed)


def _about(item: Item, by_name: dict[str, list[Entry]]) -> Iterator[Entry]:
    """The entries whose paper an item is, each once."""
    keys: dict[str, Entry] = {}
    for name in paper_names(item.identifiers):
        keys |= {entry.key: entry for entry in by_name.get(name, ())}
    yield from keys.values()


def _no_entries(files: Mapping[Path, Path], entries: Iterable[Entry], site: Path) -> Iterator[Problem]:
    """An error for every file named that is no entry."""
    known = {(site / entry.path).resolve() for entry in entries}
    for resolved, path in files.items():
        if resolved not in known:
            hint = "name a file such as content/2019/12/06/flash.md"
            yield Problem("error", "DG302", "not an entry of the site", Span(str(path)), hint)


def _wanted(entries: Iterable[Entry], files: Collection[Path], site: Path) -> Iterator[Entry]:
    """The entries that lack something and have a name by which to ask for it."""
    for entry in entries:
        if files and (site / entry.path).resolve() not in files:
            continue
        names = entry.identifiers
        lacks = bool(entry.title_from) or not entry.authors or not entry.published or entry.published.full is None
        if paper_names(names) and (lacks or (names.pmid and not names.doi and not names.arxiv)):
            yield entry
