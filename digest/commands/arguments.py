"""What several commands take from the command line, and what they do with it."""

from __future__ import annotations

import argparse
import codecs
import os
import sys
from datetime import date
from pathlib import Path
from typing import get_args

from digest.formats import urls
from digest.model import OnKnown, Problem, ProblemError, Report, Span
from digest.reading import fault_of_base_url
from digest.reporting import Style, print_problems, print_text, render_report


def absolute_url(text: str) -> str:
    """An address of a site, `https://…`."""
    if fault := fault_of_base_url(text):
        shown = urls.without_login(text)
        raise argparse.ArgumentTypeError(f"{shown!r} {fault}; write an address such as https://example.org/blog/")
    return text


def readable(text: str) -> str:
    """A text, and not bytes of another encoding than that of the terminal."""
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raise argparse.ArgumentTypeError(f"not a text in {sys.getfilesystemencoding()}: {text!r}")
    return text


def calendar_day(text: str) -> date:
    """A day, `YYYY-MM-DD`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"not a day such as 2024-12-31: {text!r}") from None


def text_encoding(text: str) -> str:
    """The name of an encoding: `latin-1`."""
    try:
        return codecs.lookup(text).name
    except LookupError:
        raise argparse.ArgumentTypeError(f"no encoding is called {text!r}; write a name such as latin-1") from None


def output_place(text: str) -> Path | str:
    """A folder, or a URL: `s3://bucket/blog`."""
    return text.rstrip("/") if "://" in text else Path(text)


def number_of_jobs(text: str) -> int:
    """A number of processes."""
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= 1024):
        raise argparse.ArgumentTypeError(f"not a number of processes: {text!r}; write one such as 4")
    return int(text)


def add_on_known(parser: argparse.ArgumentParser) -> None:
    """What becomes of papers that are there already."""
    parser.add_argument(
        "--on-known",
        choices=get_args(OnKnown),
        help="papers that are there already: ignore them; update what nobody has edited; revise, which also moves a "
        "new version to its day; new, which makes a new version an entry of its own (default: the setting on_known)",
    )


def add_selection(parser: argparse.ArgumentParser) -> None:
    """Which entries to build."""
    parser.add_argument("--drafts", action="store_true", help="build drafts too")
    parser.add_argument("--future", action="store_true", help="build entries of days to come too")


def check_site(site: Path) -> None:
    """Refuse a folder that is no site.

    Raises:
        ProblemError: DG203.
    """
    if not os.path.isdir(site / "content"):  # noqa: PTH112 - false, not an exception, where nobody may look
        hint = "a site is a folder with content/ in it: name it with --site DIR, or begin one with `digest init`"
        raise ProblemError([Problem("error", "DG203", f"{site.resolve()} is not a site", Span(str(site)), hint)])


def tell_report(report: Report, style: Style, site: Path) -> None:
    """Problems first, the summary last."""
    if style == "json":
        print_text(render_report(report, style), sys.stdout)
        return
    print_problems(report.problems, style, root=site)
    if style == "text":
        nothing = "Nothing was written: mend the problems and build again\n"
        print_text(nothing if report.stopped else render_report(report, style), sys.stdout)
