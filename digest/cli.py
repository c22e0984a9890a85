"""The command line: the parser, exit codes, and nothing else."""

from __future__ import annotations

import gc
import os
import sys

from digest import __version__

TYPE_CHECKING = False  # nothing is loaded here that a build with nothing to do can do without
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from digest.sealing import Told

# Each is a module digest/commands/<module>.py with add_arguments(parser) and run(arguments); its docstring is the
# description. The summaries are here so that `digest --help` loads none of them.
COMMANDS = {
    "init": ("init", "begin a site that publishes itself on GitHub Pages"),
    "new": ("new", "begin an entry for a paper or a title, and open it in your editor"),
    "import": ("import_", "turn documents of abstracts and summaries into entries"),
    "fetch": ("fetch", "bring the news of the sources that site.yml names"),
    "enrich": ("enrich", "fill in what entries lack, from arXiv, DOIs, PubMed and OpenReview"),
    "serve": ("serve", "show the site on this machine while you write it"),
    "build": ("build", "build the site into its output folder"),
    "check": ("check", "look for what is wrong with the site: links, dates, tags, papers that came twice"),
    "publish": ("publish", "build, check, and push the site to a branch or copy it into a folder"),
    "mail": ("mail", "write one day as a mail, to be sent by any program for mail"),
    "completion": ("completion", "let your shell complete commands and options"),
    "plugins": ("plugins", "list what is installed beside digest, and what is wrong with it"),
}
# What stands above a command in `digest --help`: the road that a site goes.
HEADINGS = {
    "init": "begin, and write",
    "fetch": "let papers come by themselves",
    "serve": "see it, and see to it",
    "publish": "let others see it",
    "completion": "besides",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 fine, 1 problems in the content, 2 wrong usage."""
    if arguments is not None:
        return run(list(arguments))
    words = sys.argv[1:]
    builds = words[:1] == ["build"]
    if builds:
        gc.disable()  # until there is much to do: see digest/working. Looking for garbage takes longer than an edit
    code = run(words)
    if builds:
        leave(code)
    return code


def leave(code: int) -> None:
    """End this program at once, if nothing is left to do: to free what a large site takes is a tenth of an edit."""
    threading = sys.modules.get("threading")
    if (threading and threading.active_count() > 1) or sys.gettrace() or sys.getprofile():
        return
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (AttributeError, OSError, ValueError):  # there is none, it is full, or closed: Python has its way to tell
        return
    os._exit(code)


def run(words: list[str]) -> int:
    """Run the command that these words ask for, and give its exit code."""
    try:
        return _run(words)
    except KeyboardInterrupt:  # also while the command is only being loaded
        return 130
    except BrokenPipeError:
        # Whoever read our output has left, as `| head` does.
        sys.stderr.close()
        return 0


def _run(words: list[str]) -> int:
    sight = None
    if words[:1] == ["build"]:
        from digest.sealing import find_seal  # noqa: PLC0415 - for a build only

        told, sight = find_seal(words)
        if told:
            return tell(told)
    command = next((word for word in words if word in COMMANDS), None)
    parser = make_parser(command, alone=words[:1] == [command])
    given = parser.parse_args(words)
    if not hasattr(given, "run"):
        parser.print_help()
        return 2
    given.words, given.sight = words, sight
    code: int = given.run(given)
    return code


def tell(told: Told) -> int:
    """Say it."""
    for text, stream in ((told.err, sys.stderr), (told.out, sys.stdout)):
        encoding = stream.encoding or "utf-8"
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
        stream.flush()
    return 0


def make_parser(command: str | None = None, *, alone: bool = False, whole: bool = False) -> argparse.ArgumentParser:
    """The whole parser, with the options of one command only: the others need not be loaded to be listed.

    With that command `alone` it understands what begins with it, and nothing else.
    """
    import argparse  # noqa: PLC0415 - with `re` and `gettext`, as much as the start of Python
    import importlib  # noqa: PLC0415 - likewise
    from functools import partial  # noqa: PLC0415 - likewise
    from pathlib import Path  # noqa: PLC0415 - likewise

    # Asked for with each argument that is added: it does not look how wide the terminal is, as others do.
    quick = partial(argparse.HelpFormatter, width=80)
    parser = argparse.ArgumentParser(
        prog="digest",
        description="Build a blog of dated paper abstracts and reading summaries.",
        epilog="`digest COMMAND --help` tells what a command does, with examples. Begin with `digest init my-digest`.",
        formatter_class=quick,
    )
    parser.add_argument(
        "--version", action="version", version=f"digest {__version__}", help="tell the version, and exit"
    )
    shared = argparse.ArgumentParser(add_help=False, formatter_class=quick)
    shared.add_argument(
        "--site", type=Path, default=Path(), metavar="DIR", help="the folder of the site (default: here)"
    )
    shared.add_argument(
        "--report", choices=("text", "json", "github"), default="text", help="how to tell problems (default: text)"
    )
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", prog=parser.prog)
    for name, (module, summary) in COMMANDS.items():
        if whole or name == command:
            loaded = importlib.import_module(f"digest.commands.{module}")
            own = subparsers.add_parser(
                name,
                parents=[shared],
                help=summary,
                description=loaded.__doc__,
                formatter_class=quick,
            )
            loaded.add_arguments(own)
            own.formatter_class = argparse.RawDescriptionHelpFormatter
            own.set_defaults(run=loaded.run, parser=partial(make_parser, whole=True))
        elif not alone:
            subparsers.add_parser(name, help=summary, add_help=False)
    parser.formatter_class = _make_formatter()
    return parser


def _make_formatter() -> type[argparse.HelpFormatter]:
    """What lists the commands under their headings."""
    import argparse  # noqa: PLC0415 - only where words are to be understood

    class Formatter(argparse.HelpFormatter):
        def _format_action(self, action: argparse.Action) -> str:
            if not isinstance(action, argparse._SubParsersAction):
                return super()._format_action(action)
            self._action_max_length += 2  # a command stands two columns further in
            parts = []
            for command in action._get_subactions():
                if command.dest in HEADINGS:
                    parts.append(f"\n  {HEADINGS[command.dest]}\n")
                self._indent()
                parts.append(super()._format_action(command))
                self._dedent()
            return "".join(parts).lstrip("\n")

    return Formatter
