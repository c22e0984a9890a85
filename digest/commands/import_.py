"""Turn documents of abstracts and summaries into entries of the site.

A SOURCE is a file, a folder of files, an address, or - for standard input. Its format is recognised by its content.
Every entry becomes one Markdown file, content/YYYY/MM/DD/<slug>.md, for you to edit: importing a document again renews
what nobody has edited and keeps your edits. A record that is wrong is told of and left out; all others are filed.

    digest import papers.bib summaries.txt
    digest import https://arxiv.org/list/cs.CL/new --tag language
    digest import mails/ --dry-run
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from digest.commands.arguments import add_on_known, calendar_day, readable, text_encoding
from digest.commands.import_report import ImportLog, tell_import
from digest.commands.read_ahead import can_read_ahead, read_ahead
from digest.commands.site_import import contact_of, open_importer
from digest.fetching import Client, read_address
from digest.importing import Importer, Origin, ToldItem, stop_at_errors, tell_item
from digest.model import Document, Item, Noise, Problem, ProblemError, SourceReading
from digest.reading import read_settings
from digest.reporting import print_text
from digest.sources import explain_strays, read_document, read_documents, source_names

# A document of so many bytes is read in a process of its own while what is read of it is filed.
LARGE: Final = 1_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `digest import`."""
    formats = source_names()
    parser.add_argument(
        "sources", nargs="+", metavar="SOURCE", help="a file, a folder, an address, or - for standard input"
    )
    parser.add_argument(
        "--format",
        choices=formats,
        metavar="NAME",
        help=f"read every document so, instead of recognising its format: {', '.join(formats)}",
    )
    parser.add_argument(
        "--encoding",
        type=text_encoding,
        metavar="NAME",
        help="how documents are written that are not UTF-8",
    )
    parser.add_argument(
        "--date", type=calendar_day, metavar="YYYY-MM-DD", help="the day of the digest, whatever the documents say"
    )
    parser.add_argument(
        "--tag", action="append", type=readable, default=[], help="a tag for every new entry; may be given again"
    )
    add_on_known(parser)
    parser.add_argument("--dry-run", action="store_true", help="show what would be written, and write nothing")


def run(arguments: argparse.Namespace) -> int:
    """Import; 1 if anything was wrong with a document or record, whatever was filed."""
    site: Path = arguments.site
    begins = not (site / "content").exists()
    settings, problems = read_settings(site)
    log = ImportLog(arguments.report, dry=arguments.dry_run)
    try:
        stop_at_errors(problems)
        opened = open_importer(
            site,
            settings,
            policy=arguments.on_known,
            day=arguments.date,
            tags=tuple(arguments.tag),
            dry=arguments.dry_run,
        )
        with opened as importer, Client(contact_of(settings)) as client:
            for fault in importer.faults:
                log.add_fault(fault)
            documents = read_documents(
                arguments.sources,
                sys.stdin.buffer,
                encoding=arguments.encoding or "",
                fetch=lambda url: read_address(client, url),
            )
            import_documents(documents, arguments.format, importer, log)
    except ProblemError as error:
        for problem in error.problems:
            log.add_problem(problem)
    tell_import(log)
    if begins and log.counts["new"] and not arguments.dry_run and arguments.report == "text":
        told = "was no site before: `digest init --missing` gives it settings, and what publishes it"
        print_text(f"{site.resolve()} {told}\n", sys.stderr)
    return int(log.failed)


def import_documents(
    documents: Iterable[Document | Problem], format_name: str | None, importer: Importer, log: ImportLog
) -> None:
    """Read every document and file what is in it."""
    for document in documents:
        if isinstance(document, Problem):
            log.add_problem(document)
            continue
        reading = read_document(document, format_name)
        if reading.format and (told := explain_strays(document)):
            log.add_problem(told)
        log.begin(document.name, reading.format)
        found = tell_found(reading, origin_of(document.name, reading.format))
        file_found(read_ahead(found) if document.size > LARGE and can_read_ahead() else found, importer, log)


def tell_found(reading: SourceReading, origin: Origin) -> Iterator[ToldItem | Noise | Problem]:
    """What is found in a document, each item with all that can be told of it alone."""
    for found in reading.found:
        yield tell_item(found, origin) if isinstance(found, Item) else found


def file_found(found: Iterable[ToldItem | Noise | Problem], importer: Importer, log: ImportLog) -> None:
    """File the items of a document, and tell of all else."""
    for thing in found:
        if isinstance(thing, Problem):
            log.add_problem(thing)
        elif isinstance(thing, Noise):
            log.add_noise(thing)
        else:
            decision = importer.take(thing)
            while importer.problems:
                log.add_problem(importer.problems.pop(0))
            if decision is not None:
                log.add_decision(decision)


def origin_of(name: str, format_name: str) -> Origin:
    """The origin of a document: its address, or the name of its file alone, as where it lay is nobody's business."""
    if "://" in name:
        return Origin(format_name, url=name)
    file = "" if name == "-" else name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    return Origin(format_name, file=file.encode("utf-8", "replace").decode("utf-8"))
