"""The editor of whoever sits at the terminal: $VISUAL, else $EDITOR."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

from digest.model import Problem

_HINT = "set VISUAL or EDITOR to the one that you like: `export EDITOR=nano`, or use --no-edit; the entry is there"


def can_edit() -> bool:
    """Whether a person is at the terminal, and what is written to stdout goes there too."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def edit_file(path: Path) -> Problem | None:
    """Open a file in the editor and wait until it is closed; DG833 where there is none, or it fails."""
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        words = shlex.split(command, posix=os.name != "nt")
    except ValueError as error:
        return _failed(f"it is called {command!r}, which is no command: {error}")
    if not words:
        return Problem("note", "DG833", "no editor is named", None, _HINT)
    try:
        code = subprocess.run([*words, str(path)], check=False).returncode  # noqa: S603 - what the person themselves named
    except (OSError, ValueError) as error:
        return _failed(f"{words[0]}: {getattr(error, 'strerror', None) or error}")
    return _failed(f"{words[0]} ended with exit code {code}") if code else None


def _failed(reason: str) -> Problem:
    return Problem("warning", "DG833", f"the editor cannot be used: {reason}", None, _HINT)
