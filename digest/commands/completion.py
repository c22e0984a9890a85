"""Let your shell complete commands and options: print what it has to be told.

Write it once to where your shell looks for it, and begin a new shell:

    digest completion bash > ~/.local/share/bash-completion/completions/digest
    digest completion zsh > "${fpath[1]}/_digest"
    digest completion fish > ~/.config/fish/completions/digest.fish
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import Final

from digest.reporting import print_text

SHELLS: Final = ("bash", "zsh", "fish")
_FOLDERS: Final = frozenset({"DIR"})
_FILES: Final = frozenset({"FILE", "SOURCE"})


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `digest completion`."""
    parser.add_argument("shell", choices=SHELLS, help="which shell")


def run(arguments: argparse.Namespace) -> int:
    """Print the script of a shell."""
    print_text(write_completion(arguments.parser(), arguments.shell), sys.stdout)
    return 0


def write_completion(parser: argparse.ArgumentParser, shell: str) -> str:
    """What a shell has to run to complete the words of a parser."""
    import shtab  # noqa: PLC0415 - heavy: for this command only

    for action in _actions_of(parser):
        if action.choices:
            continue
        if action.metavar in _FOLDERS:
            action.complete = shtab.DIRECTORY  # type: ignore[attr-defined] # as shtab wants to be told
        elif action.metavar in _FILES:
            action.complete = shtab.FILE  # type: ignore[attr-defined] # likewise
    script: str = shtab.complete(parser, shell=shell)
    return script.rstrip("\n") + "\n"


def _actions_of(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for own in action.choices.values():
                yield from _actions_of(own)
