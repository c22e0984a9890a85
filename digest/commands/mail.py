"""Write one day as a mail: a file that any program for mail can open and send.

It holds the day twice, as HTML with its styles at each element and as plain text. Long days are shortened to what
programs for mail show whole, with links to the rest. Nothing is sent.
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from digest.commands.arguments import absolute_url, add_selection, calendar_day, check_site
from digest.formats import mail_writing
from digest.model import ProblemError
from digest.pipeline import BuildOptions, mail_day
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
