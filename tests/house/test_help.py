"""What `--help` says to a newcomer: commands on their road, each with examples that are true."""

from __future__ import annotations

import argparse
import re
import shlex

import pytest

from digest.cli import COMMANDS, HEADINGS, make_parser

SHARED = {"--help", "--site", "--report"}
EXAMPLE = re.compile(r"^    (digest .*)$", re.MULTILINE)


def parsers() -> dict[str, argparse.ArgumentParser]:
    parser = make_parser(whole=True)
    [action] = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return dict(action.choices)


PARSERS = parsers()


def test_every_command_stands_under_a_heading() -> None:
    assert set(HEADINGS) <= set(COMMANDS)
    assert next(iter(HEADINGS)) == next(iter(COMMANDS)) == "init"
    told = make_parser().format_help()
    places = [told.index(f"\n  {heading}\n") for heading in HEADINGS.values()]
    assert places == sorted(places)
    assert all(re.search(rf"^    {name} ", told, re.MULTILINE) for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_examples_can_be_run(name: str) -> None:
    description = PARSERS[name].description or ""
    examples = [example for line in EXAMPLE.findall(description) for example in re.split(r" && | \| | > ", line)]
    commands = [words for example in examples if (words := shlex.split(example))[0] == "digest"]
    assert any(words[1] == name for words in commands), f"digest {name} --help shows no example"
    for words in commands:
        PARSERS[words[1]].parse_args(words[2:])


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained(name: str) -> None:
    for action in PARSERS[name]._actions:
        assert action.help, f"digest {name}: {action.dest}"
        default = action.default
        if (
            SHARED.isdisjoint(action.option_strings)
            and isinstance(default, (int, str))
            and default
            and default is not True
        ):
            assert "default" in action.help, f"digest {name}: {action.dest} is {default!r}, and does not say so"


@pytest.mark.parametrize("name", COMMANDS)
def test_lines_fit_a_screen(name: str) -> None:
    assert max(map(len, (PARSERS[name].description or "").splitlines())) <= 120
