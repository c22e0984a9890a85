"""Check the site, build it and bring it to where it is read.

Without further words it becomes a commit on the branch gh-pages of the remote origin, which GitHub Pages serves once
you have said so in the settings of the repository. Your work tree, your index and your branches are not touched. The
history of the branch stays, and what others have put there stays as well: a file of theirs where the site has another
one is told, and then nothing is pushed. Nor is it where `digest check` finds errors, where files of the content are not
committed, or where base_url is an address of this machine. Of a base_url with a domain of its own, GitHub is told by a
file CNAME, unless content/static/ has one.

`--to folder:PATH` copies the site into a folder instead, that of a web server or one that another program uploads. It
goes there as a build does it: all at once, only what has changed, and of what lies there only what digest wrote before.

`--dry-run` builds, tells everything that would be done, file by file, and sends nothing.

    digest publish --dry-run
    digest publish --to folder:/srv/www/digest
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from digest.commands.arguments import absolute_url, check_site, number_of_jobs
from digest.commands.ending import end_orderly
from digest.commands.progress import open_stages
from digest.commands.publish_report import render_all, render_delivery, render_notice
from digest.commands.site_check import list_wrong
from digest.commands.site_import import read_strict_tags
from digest.model import SETTINGS_FILE, Delivery, Plugin, Problem, ProblemError, Publisher, PublishOrder, Span
from digest.pipeline import BuildOptions, Looked, build_judged
from digest.plugins import OURS, blame, find_plugin, load_plugin, plugin_names
from digest.publishing import is_local
from digest.reading import read_settings
from digest.reporting import Style, print_problems, print_text
from digest.writing import check_outputs


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `digest publish`."""
    parser.add_argument(
        "--to",
        type=target,
        default=("branch", ""),
        metavar="WHERE",
        help="`branch`, or a folder: folder:PATH (default: branch)",
    )
    parser.add_argument("--remote", default="origin", metavar="NAME", help="where the branch is (default: origin)")
    parser.add_argument("--branch", default="gh-pages", metavar="NAME", help="the branch (default: gh-pages)")
    parser.add_argument("--message", default="", metavar="TEXT", help="the message of the commit")
    parser.add_argument(
        "--base-url", type=absolute_url, metavar="URL", help="where the site will live, instead of site.yml's"
    )
    parser.add_argument("--dry-run", action="store_true", help="build, tell what would be done, and send nothing")
    parser.add_argument("--strict", action="store_true", help="let a warning stop it like an error")
    parser.add_argument("--allow-dirty", action="store_true", help="publish even what is not committed")
    parser.add_argument(
        "--replace",
        action="store_true",
        help="let the site take the place of all that others put on the branch; its history keeps that",
    )
    parser.add_argument(
        "--fresh",
        action="store_true",
        help="forget the history of the branch: it then is one commit, for a small repository",
    )
    parser.add_argument("--jobs", type=number_of_jobs, default=0, metavar="N", help="how many processes build")


def target(text: str) -> tuple[str, str]:
    """The name of a publisher, and what it is told: `folder:/srv/www`."""
    name, _, rest = text.partition(":")
    names = plugin_names("publishers")
    if name not in names:
        raise argparse.ArgumentTypeError(f"nothing publishes to {name!r}; write one of: {', '.join(names)}")
    return name, rest


def run(arguments: argparse.Namespace) -> int:
    """Publish once; 1 if a problem stopped it."""
    site: Path = arguments.site
    style: Style = arguments.report
    problems: list[Problem] = []
    delivery = None
    base_url = arguments.base_url or ""
    try:
        check_site(site)
        base_url = base_url or read_settings(site)[0].base_url
        with end_orderly():
            delivery = publish(arguments, base_url, problems)
    except ProblemError as error:
        problems += error.problems
    stopped = stops(problems, strict=arguments.strict)
    if style == "json":
        told = render_all(delivery, problems, dry=arguments.dry_run, stopped=stopped, base_url=base_url)
        print_text(told, sys.stdout)
        return int(stopped)
    print_problems(problems, style, root=site)
    if delivery and not stopped:
        told = (render_delivery if style == "text" else render_notice)(delivery, dry=arguments.dry_run)
        print_text(told, sys.stdout)
    elif style == "text":
        print_text("Nothing was published\n", sys.stdout)
    return int(stopped)


def publish(arguments: argparse.Namespace, base_url: str, problems: list[Problem]) -> Delivery | None:
    """Look, check, build, compare and send, as long as no problem stops it; `problems` grows meanwhile.

    Raises:
        ProblemError: what leaves nothing to go on with.
    """
    name, place = arguments.to
    plugin = find_plugin("publishers", name)
    assert plugin  # noqa: S101 - the words on the command line were held to the names
    publisher: Publisher = load_plugin(plugin)
    order = PublishOrder(
        site=str(arguments.site.resolve()),
        folder=str(output_of(arguments.site).resolve()),
        base_url=base_url,
        target=place,
        remote=arguments.remote,
        branch=arguments.branch,
        message=arguments.message,
        allow_dirty=arguments.allow_dirty,
        replace=arguments.replace,
        fresh=arguments.fresh,
    )
    with blaming(plugin):
        outlook = publisher.look(order)
    problems += outlook.problems
    if is_local(base_url):
        problems.append(refuse_local(base_url, outlook.base_url))
    elif fault := find_mismatch(base_url, outlook.base_url):
        problems.append(fault)
    if stops(problems, strict=arguments.strict):
        return None
    paths = build_checked(arguments, problems)
    if paths is None:
        return None
    with blaming(plugin):
        delivery = publisher.prepare(order, paths)
        if not arguments.dry_run and not stops([*problems, *delivery.problems], strict=arguments.strict):
            if arguments.report == "text" and not delivery.is_empty:
                print_text(f"Publishing to {delivery.place}\n", sys.stderr)  # which may take long
            delivery = delivery.send()
    problems += delivery.problems
    return delivery


def build_checked(arguments: argparse.Namespace, problems: list[Problem]) -> tuple[str, ...] | None:
    """Check the site and build it as it is published; the paths of its files, or none where a problem stops it."""
    site: Path = arguments.site
    output = output_of(site)
    options = BuildOptions(base_url=arguments.base_url or "", jobs=arguments.jobs, record=not arguments.dry_run)
    settings, _ = read_settings(site)
    found: list[Problem] = []

    def judge(looked: Looked) -> bool:
        told = list_wrong(looked, settings, settings.ignore)
        found[:] = [each for each in told if each.severity != "note"]  # of those a check tells
        return not stops([*problems, *found], strict=arguments.strict)

    try:
        with open_stages(arguments.report) as tell:
            vocabulary = read_strict_tags(site, settings)
            report = build_judged(site, output, options, judge, now=datetime.now(UTC), tell=tell, vocabulary=vocabulary)
    finally:
        problems += found
    if stops(problems, strict=arguments.strict):
        return None
    problems += [each for each in report.problems if each not in problems and each.code not in settings.ignore]
    if report.stopped:
        return None
    if check_outputs(output, report.stamps):
        hint = "publish again when nobody else builds or writes there"
        problems.append(Problem("error", "DG821", "the output changed while it was published", Span(str(output)), hint))
        return None
    return tuple(path for path in report.stamps if not path.startswith(".digest-"))


def output_of(site: Path) -> Path:
    """Where it is built: in the folder of every build, which then has nothing to do."""
    return site / "output"


@contextmanager
def blaming(plugin: Plugin) -> Iterator[None]:
    """What a publisher of others raises is theirs.

    Raises:
        ProblemError: DG812.
    """
    try:
        yield
    except Exception as error:
        if isinstance(error, ProblemError) or plugin.distribution == OURS:
            raise
        raise ProblemError([blame(plugin, "to publish the site", error)]) from error


def refuse_local(base_url: str, known: str) -> Problem:
    """DG821: every link of the feeds would lead to the machine of the reader."""
    message = f"the site is built for {base_url}, which is this machine"
    hint = f"write where it will live into {SETTINGS_FILE}: base_url: {known or 'https://example.org/'}"
    return Problem("error", "DG821", message, hint=hint)


def find_mismatch(base_url: str, known: str) -> Problem | None:
    """DG821 where the site is built for another place of the host that will serve it: no style would be found.

    A domain of its own is another matter.
    """
    host, served = urlsplit(base_url).hostname or "", urlsplit(known).hostname or ""
    shared = served.partition(".")[2]  # github.io
    if not shared or not host.endswith(f".{shared}") or base_url.rstrip("/").lower() == known.rstrip("/").lower():
        return None
    message = f"the site is built for {base_url}, and this repository is served at {known}"
    hint = f"write base_url: {known} into {SETTINGS_FILE}, or name the other repository with --remote"
    return Problem("warning", "DG821", message, hint=hint)


def stops(problems: Iterable[Problem], *, strict: bool) -> bool:
    """Whether nothing may be published with these."""
    return any(problem.severity == "error" or (strict and problem.severity == "warning") for problem in problems)
