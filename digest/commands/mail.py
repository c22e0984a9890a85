"""Write one day as a mail: a file that any program for mail can open and send.

It holds the day twice, as HTML with its styles at each element and as plain text. Long days are shortened to what
programs for mail show whole, with links to the rest. Nothing is sent.

    digest mail --from ada@example.org --to readers@example.org
    digest mail --day 2026-11-20 --output - | sendmail -t
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from digest.commands.arguments import absolute_url, add_selection, calendar_day, check_site
from digest.formats import mail_writing
from digest.model import SETTINGS_FILE, Letter, Problem, ProblemError, Settings, Site, Span
from digest.pipeline import BuildOptions, beside, read_site, stops
from digest.planning import gather_site, make_gist, nearest_days, plan_mail
from digest.reading import compile_prose, read_content, site_zone
from digest.rendering import load_theme, render_letter
from digest.reporting import print_problems


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `digest mail`."""
    parser.add_argument("--day", type=calendar_day, metavar="DATE", help="which day (default: the newest with entries)")
    parser.add_argument(
        "--from",
        dest="sender",
        type=mail_address,
        metavar="ADDRESS",
        help="who sends it (default: the setting contact)",
    )
    parser.add_argument(
        "--to",
        type=mail_address,
        action="append",
        default=[],
        metavar="ADDRESS",
        help="whom it is for; may be repeated",
    )
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="where to write it (default: DATE.eml; - is the standard output)"
    )
    parser.add_argument(
        "--base-url", type=absolute_url, metavar="URL", help="where the site lives, instead of site.yml's"
    )
    add_selection(parser)


def mail_address(text: str) -> str:
    """An address of mail: `ada@example.org`, `Ada Lovelace <ada@example.org>`."""
    if address := mail_writing.read_address(text):
        return address
    raise argparse.ArgumentTypeError(f"not an address such as ada@example.org: {text!r}")


def run(arguments: argparse.Namespace) -> int:
    """Write the mail; 1 if a problem stopped it."""
    site: Path = arguments.site
    options = BuildOptions(base_url=arguments.base_url or "", drafts=arguments.drafts, future=arguments.future)
    try:
        check_site(site)
        letter, problems = mail_day(
            site, arguments.day, options, sender=arguments.sender, recipients=arguments.to, now=datetime.now(UTC)
        )
    except ProblemError as error:
        print_problems(error.problems, arguments.report, root=site)
        return 1
    print_problems(problems, arguments.report, root=site)
    data = mail_writing.write_letter(letter)
    name = arguments.output or Path(f"{letter.time:%Y-%m-%d}.eml")
    if str(name) == "-":
        sys.stdout.buffer.write(data)
        return 0
    try:
        name.write_bytes(data)
    except OSError as error:
        sys.stderr.write(f"digest mail: cannot write {name}: {error.strerror or error}\n")
        return 1
    sys.stdout.write(f"{name}\n")
    return 0


def mail_day(
    site: Path, day: date | None, options: BuildOptions, *, sender: str, recipients: Sequence[str], now: datetime
) -> tuple[Letter, tuple[Problem, ...]]:
    """One day of `site` as a mail, the newest that has entries unless one is named; only its entries are compiled.

    Raises:
        ProblemError: what stops a build; DG405 where the day has no entries, DG203 where nobody sends it.
    """
    settings, problems = read_site(site, options.base_url)
    content = read_content(site, settings)
    problems += content.problems
    gathered = gather_site(
        settings,
        content.entries,
        content.pages,
        content.static,
        prose={},
        gists={},
        now=now.astimezone(site_zone(settings)),
        drafts=options.drafts,
        future=options.future,
    )
    with beside(problems):
        chosen = _choose_day(gathered, day)
        sender = sender or _default_sender(settings)
    problems += _check_address(settings)
    prose = {entry.key: compile_prose(entry, settings.dialect) for entry in gathered.by_day[chosen]}
    problems += tuple(problem for each in prose.values() for problem in each.problems)
    if any(stops(problem, strict=False) for problem in problems):
        raise ProblemError(problems)
    with beside(problems):
        theme = load_theme(settings, site)
        gists = {entry.key: make_gist(entry, prose[entry.key], entry.fingerprint) for entry in gathered.by_day[chosen]}
        plan = partial(plan_mail, replace(gathered, prose=prose, gists=gists), theme, chosen)
        letter = render_letter(plan, theme, sender, recipients)
    return letter, (*problems, *theme.problems)


def _choose_day(site: Site, day: date | None) -> date:
    """The day that is named, else the newest; DG405 where it has no entries."""
    chosen = day or next(iter(site.by_day), None)
    if chosen and chosen in site.by_day:
        return chosen
    near = [f"--day {other}" for other in nearest_days(site, chosen)] if chosen else []
    message = f"there are no entries on {chosen}" if chosen else "there are no entries"
    hint = f"try {' or '.join(near)}" if near else "add entries first"
    raise ProblemError([Problem("error", "DG405", message, hint=hint)])


def _default_sender(settings: Settings) -> str:
    """The setting `contact` where it is an address of mail; DG203."""
    if settings.contact and "://" not in settings.contact:
        return settings.contact
    hint = "name one with --from, or by the setting `contact: ada@example.org`"
    raise ProblemError([Problem("error", "DG203", "the mail has no sender", Span(SETTINGS_FILE), hint)])


def _check_address(settings: Settings) -> tuple[Problem, ...]:
    """DG203 where nobody said where the site lives."""
    if settings.base_url != Settings().base_url:
        return ()
    message = f"the links of the mail lead to {settings.base_url}, which is each reader's own machine"
    hint = "say where the site lives, by the setting `base_url` or by --base-url"
    return (Problem("warning", "DG203", message, Span(SETTINGS_FILE), hint),)
