"""The git repository that a new site lies in or begins; all of it by `git` itself, and nothing without it."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_GITHUB: Final = re.compile(
    r"(?:https?://(?:[^@/\s]+@)?github\.com/|(?:ssh://)?git@github\.com[:/])"
    r"(?P<owner>[A-Za-z0-9-]+)/(?P<name>[A-Za-z0-9._-]+?)(?:\.git)?/?"
)
_NAME: Final = re.compile(r"(?P<owner>[A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))/(?P<name>[A-Za-z0-9._-]{1,100}?)(?:\.git)?")


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository: its top folder, the branch that it is on, and `owner/name` on GitHub where it has one there."""

    root: Path
    branch: str = "main"
    github: str = ""


def find_repository(folder: Path) -> Repository | None:
    """The repository that would keep the files of a folder, which need not be there yet; none that ignores it."""
    near = next((path for path in (folder, *folder.parents) if path.is_dir()), folder)
    root = ask_git(near, "rev-parse", "--show-toplevel")
    if not root or ask_git(near, "rev-parse", "--is-inside-git-dir") == "true":
        return None
    if Path(root).resolve() != folder.resolve() and runs_git(near, "check-ignore", "--quiet", str(folder)):
        return None
    branch = ask_git(near, "symbolic-ref", "--short", "HEAD") or "main"
    return Repository(Path(root), branch, name_on_github(ask_git(near, "remote", "get-url", "origin")))


def begin_repository(folder: Path) -> Repository | None:
    """A new repository whose branch is `main`; none where there is no git."""
    if not runs_git(folder, "init", "--quiet"):
        return None
    runs_git(folder, "symbolic-ref", "HEAD", "refs/heads/main")
    return Repository(folder)


def name_on_github(text: str) -> str:
    """`owner/name` of an address of GitHub, or of a text that is such a name; else nothing."""
    match = _GITHUB.fullmatch(text.strip()) or _NAME.fullmatch(text.strip())
    return f"{match['owner']}/{match['name']}" if match else ""


def pages_address(github: str) -> str:
    """Where GitHub Pages shows a repository that has no domain of its own."""
    owner, _, name = github.partition("/")
    host = f"{owner.lower()}.github.io"
    return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"


def ask_git(folder: Path, *words: str) -> str:
    """What git says of a folder; nothing where it knows nothing."""
    program = shutil.which("git")
    if not program:
        return ""
    try:
        done = subprocess.run(  # noqa: S603 - our own words, and no shell
            [program, "-C", str(folder), *words], capture_output=True, encoding="utf-8", errors="replace", check=False
        )
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def runs_git(folder: Path, *words: str) -> bool:
    """Let git do something; whether it did."""
    program = shutil.which("git")
    if not program:
        return False
    try:
        done = subprocess.run([program, "-C", str(folder), *words], capture_output=True, check=False)  # noqa: S603 - our own words, and no shell
    except OSError:
        return False
    return done.returncode == 0
