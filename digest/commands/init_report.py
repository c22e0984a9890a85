"""What `digest init` has written, and what a newcomer does next."""

from __future__ import annotations

import json
import os
import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from digest.model import Problem
from digest.reporting import Style, describe_problems, print_problems, print_text
from digest.starting import NewSite, Repository


@dataclass(frozen=True, slots=True)
class Begun:
    """A new site; `github` is the repository on GitHub that it is for, where that was said."""

    folder: Path
    written: tuple[Path, ...]
    repository: Repository | None
    site: NewSite
    github: str = ""
    problems: tuple[Problem, ...] = ()


def tell_refused(problems: Sequence[Problem], style: Style) -> None:
    """Nothing was written, or not all of it."""
    if style == "json":
        print_text(json.dumps({"written": [], "problems": describe_problems(problems)}) + "\n", sys.stdout)
    else:
        print_problems(problems, style, root=Path())


def tell_begun(begun: Begun, style: Style) -> None:
    """The files on stdout, one a line; what to do next on stderr."""
    written = [shown_place(path) for path in begun.written]
    if style == "json":
        told = {"written": written, "problems": describe_problems(begun.problems)}
        print_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", sys.stdout)
        return
    print_text("".join(f"{path}\n" for path in written), sys.stdout)
    print_problems(begun.problems, style, root=Path())
    print_text(next_steps(begun), sys.stderr)


def shown_place(path: Path) -> str:
    """A path as whoever is here would write it."""
    here = os.path.relpath(path)
    return str(path) if here.startswith("..") else here


def next_steps(begun: Begun) -> str:
    """What a newcomer does now."""
    here = shown_place(begun.folder)
    lines = ["", "Your digest is there. See it, and write:", ""]
    lines += [f"  cd {shlex.quote(here)}"] if here != "." else []
    lines += [
        "  digest serve --open          # shows the site, and every change at once",
        "  digest new 1706.03762        # an entry for a paper: arXiv id, DOI, address, or a title",
    ]
    lines += ["  digest fetch                 # what is new in your sources"] if begun.site.sources else []
    if begun.site.folder and begun.repository:
        lines += ["", *_tell_around(begun.repository, begun.github)]
    if begun.site.workflow:
        lines += ["", *_publishing_steps(begun)]
    return "\n".join(lines) + "\n\n"


def _tell_around(repository: Repository, github: str) -> list[str]:
    """That a site lies in a repository that was there before, which is wanted or a slip."""
    lines = [f"It is a folder of the repository {repository.root}, and is pushed with it."]
    if github and repository.github and github.lower() != repository.github.lower():
        lines.append(f"That is {repository.github} on GitHub, not {github}: is this the right folder?")
    return lines


def _publishing_steps(begun: Begun) -> list[str]:
    site, repository = begun.site, begun.repository
    lines = ["Publish it, and never think of it again: it fetches, builds and publishes itself on working days.", ""]
    lines += [] if repository else ["  git init -b main"]
    lines.append('  git add -A && git commit -m "Begin"')
    if not repository or not repository.github:
        name = begun.github or "USER/REPO"
        lines.append(
            f"  git remote add origin https://github.com/{name}.git    # empty; make it at https://github.com/new"
        )
    lines += [
        f"  git push -u origin {site.branch}",
        "",
        "One thing only you can do, once, on GitHub:  Settings -> Pages -> Source: GitHub Actions",
    ]
    if " @ " not in site.requirement:
        lines += [
            f"The workflow installs {site.requirement} from PyPI, as requirements.txt says.",
            "If PyPI has it not, write there where you got it: research-digest @ git+https://…",
        ]
    return lines
