"""Look for what is wrong with the site, and write nothing.

All that a build tells, and more: links to parts of pages that are not there, tags that are spelt in two ways, papers
that came twice, dates that cannot be, images without words, addresses that vanished. With --output the files that were
built are looked through as well: every address in pages, feeds and styles must lead somewhere.

Errors make it fail (exit 1): what a reader would come upon, such as a link that leads nowhere. Warnings do with
--strict, notes never. --ignore, or `ignore` in site.yml, silences a code.

Links out of the site are asked for with --external only: politely, a host at a time, and not again for two weeks where
all was well (SITE/.digest/links.json). What lets no programs in is told of, and is no error.

    digest check
    digest build && digest check --output output --external
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from digest.checking import (
    Outcome,
    check_built,
    judge_links,
    list_outward_links,
)
from digest.commands.arguments import absolute_url, add_selection, check_site
from digest.commands.progress import open_stages
from digest.commands.site_check import check_content
from digest.commands.site_import import contact_of
from digest.fetching import Knocker, LinkMemory, knock_all
from digest.model import CheckedSite, Problem, ProblemError, Span
from digest.pipeline import BuildOptions, list_built, read_site, stops
from digest.reporting import count_of, print_problems, print_text

_CODE: Final = re.compile(r"[A-Z]{2,8}[0-9]{1,5}")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `digest check`."""
    parser.add_argument("--output", type=Path, metavar="DIR", help="look through the files that were built there, too")
    parser.add_argument("--external", action="store_true", help="ask for the links that lead out of the site, too")
    parser.add_argument(
        "--skip",
        action="append",
        default=[],
        metavar="PATTERN",
        help="do not ask for links such as https://example.org/*; may be given again",
    )
    parser.add_argument(
        "--allow-private", action="store_true", help="ask for links to machines of this network, too, and to this one"
    )
    parser.add_argument(
        "--ignore",
        action="append",
        type=problem_codes,
        default=[],
        metavar="CODE",
        help="do not tell of problems of this code, such as DG905; may be given again",
    )
    parser.add_argument("--strict", action="store_true", help="fail on warnings, too")
    parser.add_argument(
        "--base-url", type=absolute_url, metavar="URL", help="where the site will live, instead of site.yml's"
    )
    add_selection(parser)


def problem_codes(text: str) -> tuple[str, ...]:
    """Codes of problems, parted by commas."""
    codes = tuple(code.strip() for code in text.split(","))
    wrong = [code for code in codes if not _CODE.fullmatch(code)]
    if wrong:
        raise argparse.ArgumentTypeError(f"not the code of a problem: {wrong[0]!r}; write one such as DG905")
    return codes


def run(arguments: argparse.Namespace) -> int:
    """Check; 1 if there are errors."""
    site: Path = arguments.site
    try:
        check_site(site)
        problems, entries = find_all(arguments, site)
    except ProblemError as error:
        problems, entries = list(error.problems), 0
    print_problems(problems, arguments.report, root=site, stream=sys.stdout)
    if arguments.report == "text":
        print_text(f"{sum_up(problems, entries)}\n", sys.stdout)
    return int(any(stops(problem, strict=arguments.strict) for problem in problems))


def find_all(arguments: argparse.Namespace, site: Path) -> tuple[list[Problem], int]:
    """Every problem, and how many entries were looked at."""
    options = BuildOptions(base_url=arguments.base_url or "", drafts=arguments.drafts, future=arguments.future)
    settings, _ = read_site(site, options.base_url)
    ignored = {*settings.ignore, *(code for codes in arguments.ignore for code in codes)}

    def judge(checked: CheckedSite, found: list[Problem]) -> tuple[list[Problem], int]:
        outside = ask_outside(checked, arguments, site) if arguments.external else ()
        return [*found, *outside], len(checked.site.entries)

    problems, entries = check_content(site, settings, options, ignored, judge)
    if arguments.output:
        problems += check_folder(arguments.output, settings.base_url)
    return [problem for problem in problems if problem.code not in ignored], entries


def check_folder(folder: Path, base_url: str) -> Iterable[Problem]:
    """What is wrong with the files that were built."""
    if not folder.is_dir():
        hint = "build first: `digest build`"
        return [Problem("error", "DG915", f"there is nothing built in {folder}", Span(folder.as_posix()), hint)]

    def read(path: str) -> str:
        return (folder / path).read_text(encoding="utf-8", errors="replace")

    return check_built(list_built(folder), read, base_url, folder.as_posix())


def ask_outside(checked: CheckedSite, arguments: argparse.Namespace, site: Path) -> Iterator[Problem]:
    """What comes of asking for the links that lead out of the site."""
    links = [link for link in list_outward_links(checked) if not is_skipped(link.url, arguments.skip)]
    memory = LinkMemory.read(site, checked.today)
    contact = contact_of(checked.site.settings)
    with open_stages(arguments.report) as tell:
        found = knock_all(
            [link.url for link in links],
            memory,
            lambda: Knocker(contact, private=arguments.allow_private),
            lambda done, total: tell("links", done, total),
        )
    outcomes = {
        url: Outcome(knock.status, knock.reason, nowhere=knock.nowhere, untold=knock.refused)
        for url, knock in found.items()
    }
    return judge_links(checked, links, outcomes)


def is_skipped(url: str, patterns: Collection[str]) -> bool:
    """Whether one of some patterns is of this address."""
    return any(fnmatchcase(url, pattern) for pattern in patterns)


def sum_up(problems: Iterable[Problem], entries: int) -> str:
    """`1,234 entries checked · 3 errors · 4 warnings`."""
    counts = Counter(problem.severity for problem in problems)
    parts = [f"{count_of(entries, 'entry', 'entries')} checked"]
    parts += [count_of(counts[name], name) for name in ("error", "warning", "note") if counts[name]]
    return " · ".join(parts if len(parts) > 1 else [*parts, "nothing is wrong"])
