"""Begin a site: a small one that is ready to be built, served and published.

It writes content/site.yml, in which every setting stands with its explanation, a first entry and a page, .gitignore and
.gitattributes, requirements.txt, and a workflow that fetches, builds, checks and publishes the site on GitHub Pages.
Nothing that is there is written over. At a terminal you are asked what is not said by an option; --yes asks nothing.

    digest init my-digest
    digest init my-digest --title "What we read" --source cs.CL --github ada/my-digest --yes
"""

from __future__ import annotations

import argparse
import os
import sys
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from digest.commands.arguments import absolute_url
from digest.commands.init_answers import (
    github_name,
    home_name,
    language_of_system,
    language_tag,
    one_line,
    requirement_line,
    source_name,
    source_names,
    time_zone,
    zone_of_system,
)
from digest.commands.init_report import Begun, tell_begun, tell_refused
from digest.commands.questions import ask, can_ask
from digest.model import SETTINGS_FILE, Problem, ProblemError, Settings, Span
from digest.reporting import print_text
from digest.starting import (
    NewSite,
    Repository,
    ask_git,
    begin_repository,
    choose_sources,
    find_collisions,
    find_repository,
    find_requirement,
    has_content,
    missing_lines,
    pages_address,
    plan_files,
    write_files,
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `digest init`."""
    parser.add_argument(
        "folder", nargs="?", type=Path, metavar="DIR", help="the folder of the new site (default: here)"
    )
    parser.add_argument("--title", type=one_line, help="its title (default: the name of the folder)")
    parser.add_argument("--author", type=one_line, metavar="NAME", help="who publishes it (default: nobody is named)")
    parser.add_argument("--language", type=language_tag, metavar="TAG", help="its language (default: en)")
    parser.add_argument("--timezone", type=time_zone, metavar="NAME", help="the clock of its days (default: UTC)")
    parser.add_argument(
        "--base-url", type=absolute_url, metavar="URL", help="where it will live (default: GitHub knows)"
    )
    parser.add_argument(
        "--github",
        type=github_name,
        metavar="USER/REPO",
        help="its repository on GitHub, whose Pages are then its base URL (default: the origin of the repository)",
    )
    parser.add_argument(
        "--source",
        type=source_name,
        action="append",
        metavar="NAME",
        help="what `digest fetch` is to bring: a category of arXiv such as cs.CL, huggingface, biorxiv, medrxiv, or "
        "the address of a feed; may be given again (default: nothing)",
    )
    parser.add_argument(
        "--requirement",
        type=requirement_line,
        metavar="LINE",
        help="how the workflow gets digest, a line of requirements.txt such as 'research-digest @ git+https://…' "
        "(default: as it was installed here)",
    )
    parser.add_argument("--no-workflow", action="store_true", help="no workflow for GitHub")
    parser.add_argument("--no-git", action="store_true", help="begin no git repository")
    parser.add_argument(
        "--missing", action="store_true", help="keep the files that are there, and add those that are not"
    )
    parser.add_argument("--yes", action="store_true", help="ask nothing: what is not said has its default")


def run(arguments: argparse.Namespace) -> int:
    """Begin a site; 1 if something is in its way."""
    try:
        begun = begin_site(arguments, ask_person if can_ask() and not arguments.yes else keep_default)
    except ProblemError as error:
        tell_refused(error.problems, arguments.report)
        return 1
    tell_begun(begun, arguments.report)
    return 0


NOTHING: Final = "-"  # the answer of whoever does not want what is suggested
Ask = Callable[[str, str, str, Callable[[str], str]], str]


def ask_person(question: str, suggestion: str, _default: str, read: Callable[[str], str]) -> str:
    """What a person at the terminal says."""
    return ask(question, suggestion, lambda text: read(text) if text not in {"", NOTHING} else "")


def keep_default(_question: str, _suggestion: str, default: str, _read: Callable[[str], str]) -> str:
    """What nobody is asked has its default, the same on every machine."""
    return default


def begin_site(arguments: argparse.Namespace, ask_for: Ask) -> Begun:
    """Ask for what is not said, and write the site.

    Raises:
        ProblemError: a file is in the way (DG831), or the disk refuses (DG832).
    """
    folder = Path(os.path.abspath(arguments.folder or arguments.site))  # noqa: PTH100 - links stay as they are named
    if folder.exists() and not folder.is_dir():
        hint = "name a folder, or one that is not there yet"
        raise ProblemError([Problem("error", "DG831", "this is a file", Span(os.path.relpath(folder)), hint)])
    repository = find_repository(folder)
    if os.path.lexists(folder / SETTINGS_FILE):
        ask_for = keep_default  # there is nothing that it would be asked for
    root = repository.root if repository else folder
    if not arguments.missing:  # before anybody is asked
        wanted = plan_files(NewSite("", _today(""), "", workflow=not arguments.no_workflow))
        if collisions := tuple(find_collisions(wanted, folder, root)):
            raise ProblemError(collisions)
    if ask_for is ask_person:
        print_text(f"Enter takes what stands in brackets, {NOTHING} leaves it out.\n", sys.stderr)
    site, github = describe_site(arguments, ask_for, folder, repository)
    files = tuple(plan_files(site))
    written = write_files(files, folder, root)
    if repository is None and not arguments.no_git:
        repository = begin_repository(folder)
    ignored = next(file.text for file in files if file.path == ".gitignore")
    return Begun(folder, written, repository, site, github, _unignored(folder, ignored, written))


def describe_site(
    arguments: argparse.Namespace, ask_for: Ask, folder: Path, repository: Repository | None
) -> tuple[NewSite, str]:
    """The site that the curator wants, and its repository on GitHub."""

    def choose(name: str, question: str, suggestion: str, default: str, read: Callable[[str], str]) -> str:
        given: str | None = getattr(arguments, name)
        return ask_for(question, suggestion, default, read) if given is None else given

    shown = "".join(sign if sign.isprintable() else " " for sign in folder.name)
    named = " ".join(shown.replace("-", " ").replace("_", " ").split()) or "digest"
    named = named[:1].upper() + named[1:]
    title = choose("title", "Title", named, named, one_line) or named
    author = choose("author", "Who publishes it", ask_git(Path.home(), "config", "user.name"), "", one_line)
    language = choose("language", "Language", language_of_system(), "", language_tag)
    timezone = choose("timezone", "Time zone", zone_of_system(), "", time_zone)
    wanted = arguments.source
    if wanted is None:
        question = "What to fetch each morning: categories of arXiv such as cs.CL, addresses of feeds (may be empty)"
        wanted = ask_for(question, "", "", source_names).replace(",", " ").split()
    github, base_url = arguments.github, arguments.base_url
    if github is None and base_url is None:
        known = repository.github if repository else ""
        home = ask_for("Where it will live: user/name on GitHub, or an address (may be empty)", known, known, home_name)
        github, base_url = ("", home) if "://" in home else (home, "")
    base_url = base_url or (pages_address(github) if github else "")
    site = NewSite(
        title=title,
        day=_today(timezone),
        requirement=arguments.requirement or find_requirement(),
        id=uuid.uuid4().urn,
        author=author,
        language="" if language == Settings().language else language,
        timezone="" if timezone == Settings().timezone else timezone,
        base_url=base_url,
        sources=choose_sources(wanted),
        branch=repository.branch if repository else "main",
        folder=_folder_within(folder, repository),
        workflow=not arguments.no_workflow,
        samples=not has_content(folder),
    )
    return site, github or ""


def _unignored(folder: Path, wanted: str, written: Sequence[Path]) -> tuple[Problem, ...]:
    """DG831 where a .gitignore that was there lets in what digest makes anew."""
    place = folder / ".gitignore"
    if place in written:
        return ()
    try:
        missing = missing_lines(place.read_text(encoding="utf-8", errors="replace"), wanted)
    except OSError:
        return ()
    if not missing:
        return ()
    message = "the file stays as it is, and does not keep out what digest makes anew"
    return (Problem("warning", "DG831", message, Span(os.path.relpath(place)), f"add to it: {' '.join(missing)}"),)


def _folder_within(folder: Path, repository: Repository | None) -> str:
    if repository is None:
        return ""
    within = os.path.relpath(folder.resolve(), repository.root.resolve())
    return "" if within == "." else Path(within).as_posix()


def _today(timezone: str) -> date:
    if not timezone:
        return datetime.now(UTC).date()
    import zoneinfo  # noqa: PLC0415 - heavy

    return datetime.now(zoneinfo.ZoneInfo(timezone)).date()
