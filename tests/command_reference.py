"""Writes docs/commands.md from the parser, so that the handbook says what `--help` says: `make reference`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from digest.cli import COMMANDS, make_parser

REFERENCE = Path(__file__).resolve().parents[1] / "docs" / "commands.md"
SHARED = ("--site", "--report")
HEAD = """# Commands

`digest COMMAND`, in the folder of a site. This page says what `digest COMMAND --help` says, and is made from it.

| command | does |
|---|---|
{rows}

The exit code is 0 where all is well, 1 where something of the content or of a source is wrong, 2 where the command is
used in a wrong way. Results go to the standard output, all else to the standard error; colours and bars are shown at a
terminal only, and no colours where `NO_COLOR` is set.

## Options that every command has

{shared}
"""


def write_reference() -> str:
    """The page."""
    parsers = {command: parser_of(command) for command in COMMANDS}
    rows = "\n".join(f"| [`{name}`](#digest-{name}) | {summary} |" for name, (_, summary) in COMMANDS.items())
    some = next(iter(parsers.values()))
    shared = table(action for action in some._actions if set(action.option_strings) & set(SHARED))
    sections = "".join(f"\n{section(command, parser)}" for command, parser in parsers.items())
    return HEAD.format(rows=rows, shared=shared) + sections


def parser_of(command: str) -> argparse.ArgumentParser:
    """The parser of one command, with its options."""
    parser = make_parser(command)
    subparsers = next(action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    found: argparse.ArgumentParser = subparsers.choices[command]
    return found


def section(command: str, parser: argparse.ArgumentParser) -> str:
    """One command: what it is for, and its options."""
    own = [action for action in parser._actions if not set(action.option_strings) & {*SHARED, "--help"}]
    words = " ".join(word_of(action) for action in own if not action.option_strings)
    head = f"## digest {command}\n\n    digest {command}{' [options]' if own else ''}{f' {words}' if words else ''}\n\n"
    told = "\n".join(map(plain, (parser.description or "").strip().splitlines()))
    return f"{head}{told}\n" + (f"\n{table(own)}\n" if own else "")


def plain(line: str) -> str:
    """A line of a description: what stands in angle brackets is no HTML, but for examples, which are indented."""
    return line if line.startswith("    ") else line.replace("<", r"\<")


def table(actions: Iterator[argparse.Action] | list[argparse.Action]) -> str:
    """Options, and what each does."""
    rows = [f"| {name_of(action)} | {meaning_of(action)} |" for action in actions if action.help != argparse.SUPPRESS]
    return "\n".join(["| option | means |", "|---|---|", *rows])


def name_of(action: argparse.Action) -> str:
    """An option as people write it."""
    if not action.option_strings:
        return f"`{word_of(action)}`"
    value = "" if action.nargs == 0 else f" {value_of(action)}"
    return ", ".join(f"`{option}{value}`" for option in action.option_strings).replace("|", r"\|")


def word_of(action: argparse.Action) -> str:
    """An argument that is no option, in brackets where it may be left out."""
    word = value_of(action)
    many = f"{word}…" if action.nargs in {"*", "+"} else word
    return f"[{many}]" if action.nargs in {"*", "?"} else many


def value_of(action: argparse.Action) -> str:
    """What stands for the value of an option."""
    if isinstance(action.metavar, str):
        return action.metavar
    return "|".join(map(str, action.choices)) if action.choices else action.dest.upper()


def meaning_of(action: argparse.Action) -> str:
    """The help of an option, its own values said in."""
    said = (action.help or "") % {"default": action.default, "prog": "digest", "choices": action.choices}
    return plain(said).replace("|", r"\|")


if __name__ == "__main__":
    REFERENCE.write_text(write_reference(), encoding="utf-8")
