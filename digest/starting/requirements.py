"""How the machine that builds a site gets this very digest: as it was got here."""

from __future__ import annotations

import json
import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import url2pathname

from digest.starting.repositories import ask_git

NAME: Final = "research-digest"
_SSH: Final = re.compile(r"(?:ssh://)?git@(?P<host>[^:/\s]+)[:/](?P<path>\S+)")
_OPEN: Final = re.compile(r"https?://[^\s@]+")


def find_requirement() -> str:
    """The line of requirements.txt: the version of here, or the repository and commit that it was installed from."""
    try:
        found = distribution(NAME)
    except PackageNotFoundError:
        return NAME
    try:
        told = json.loads(found.read_text("direct_url.json") or "{}")  # PEP 610
    except ValueError:
        told = {}
    return requirement_of(found.version, told if isinstance(told, dict) else {})


def requirement_of(version: str, told: dict[str, Any]) -> str:
    """The same of what was installed as `version`, of which PEP 610 tells this."""
    url, commit = str(told.get("url", "")), ""
    if isinstance(vcs := told.get("vcs_info"), dict):
        commit = str(vcs.get("commit_id", ""))
    elif url.startswith("file:"):
        checkout = Path(url2pathname(urlsplit(url).path))
        url = open_address(ask_git(checkout, "remote", "get-url", "origin"))
        # One that nobody else has cannot be asked for.
        pushed = url and ask_git(checkout, "branch", "--remotes", "--contains", "HEAD")
        commit = ask_git(checkout, "rev-parse", "HEAD") if pushed else ""
    else:
        url = ""
    url = open_address(url)
    if not url:
        return f"{NAME}=={version}"
    return f"{NAME} @ git+{url}@{commit}" if commit else f"{NAME} @ git+{url}"


def open_address(url: str) -> str:
    """The address of a repository that needs no key of one's own to be read; else nothing."""
    if match := _SSH.fullmatch(url):
        return f"https://{match['host']}/{match['path']}"
    return url if _OPEN.fullmatch(url) else ""
