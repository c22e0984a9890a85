"""What the documents say is so: commands, options, targets, files, settings, keys and codes."""

from __future__ import annotations

import argparse
import re
import shlex
from dataclasses import fields
from pathlib import Path

import pytest
from command_reference import write_reference

from digest.cli import COMMANDS, make_parser
from digest.model import CODES, ENTRY_KEYS, Settings
from digest.reading import pages
from digest.sources import load_sources

ROOT = Path(__file__).resolve().parents[2]
HANDBOOK = tuple(path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "docs").glob("*.md")))
DOCUMENTS = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", *HANDBOOK)
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
LINK = re.compile(r"\]\((?P<target>[^)\s]+)\)")
CODE_SPAN = re.compile(r"`([^`\n]+)`")
BLOCK = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def code_of(text: str) -> list[str]:
    """Everything that a document writes as code: spans, and the lines of blocks without their comments."""
    blocks = [line.partition(" #")[0].strip() for block in BLOCK.findall(text) for line in block.splitlines()]
    return [*CODE_SPAN.findall(BLOCK.sub("", text)), *filter(None, blocks)]


def command_lines(text: str) -> list[list[str]]:
    """The words of every `digest …` that a document shows."""
    lines = (re.match(r"(?:\S*/)?digest +(?P<words>\S.*)", code) for code in code_of(text))
    return [shlex.split(line["words"]) for line in lines if line]


def rows_of(name: str, section: str) -> list[list[str]]:
    """The cells of the first table of a section."""
    body = read(name).partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    lines = [line for line in body.splitlines() if line.startswith("|")]
    assert len(lines) > 2, f"{name} has no table in its section {section}"
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def keys_of(rows: list[list[str]]) -> list[str]:
    """What the first cells of a table name."""
    return [key for row in rows for key in CODE_SPAN.findall(row[0])]


def options_of(command: str) -> set[str]:
    parser = make_parser(command)
    actions = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return {option for action in actions[0].choices[command]._actions for option in action.option_strings}


def test_the_documents_show_commands() -> None:
    assert {words[0] for words in command_lines(read("README.md"))} >= {"init", "import", "serve", "check"}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_commands_and_their_options_exist(name: str) -> None:
    for words in command_lines(read(name)):
        if words[0].startswith("-"):
            assert words[0] in {"--help", "--version"}
            continue
        if words[0] == "COMMAND":
            continue
        assert words[0] in COMMANDS, f"{name}: digest {shlex.join(words)}"
        wrong = [
            word for word in words[1:] if word.startswith("-") and word.partition("=")[0] not in options_of(words[0])
        ]
        assert wrong == [], f"{name}: digest {shlex.join(words)}"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_options_on_their_own_exist(name: str) -> None:
    known = {"--help", "--version"}.union(*(options_of(command) for command in COMMANDS))
    told = {option for code in code_of(read(name)) if code.startswith("--") for option in OPTION.findall(code)}
    assert sorted(told - known) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_files_that_are_linked_to_exist(name: str) -> None:
    folder = (ROOT / name).parent
    targets = [link["target"].partition("#")[0] for link in LINK.finditer(read(name))]
    assert [target for target in targets if "://" not in target and not (folder / target).exists()] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_headings_that_are_linked_to_exist(name: str) -> None:
    for link in LINK.finditer(read(name)):
        file, _, anchor = link["target"].partition("#")
        if anchor and "://" not in file:
            page = (ROOT / name).parent / file if file else ROOT / name
            heads = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w -]", "", head).lower().replace(" ", "-") for head in heads}, link["target"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_targets_of_make_exist(name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    told = {code.split()[1] for code in code_of(read(name)) if re.fullmatch(r"make [a-z]+", code)}
    assert sorted(told - targets) == []
    assert told or name not in {"README.md", "CONTRIBUTING.md"}


def test_every_page_of_the_handbook_is_listed() -> None:
    for name in ("README.md", "docs/README.md"):
        told = {link["target"].removeprefix("docs/") for link in LINK.finditer(read(name))}
        assert {Path(page).name for page in HANDBOOK} - {"README.md"} <= told, name


def test_the_reference_of_commands_is_what_they_say() -> None:
    assert read("docs/commands.md") == write_reference(), "`make reference` brings it up to date"


def test_every_setting_is_explained_with_its_default() -> None:
    rows = rows_of("docs/settings.md", "Every setting")
    assert keys_of(rows) == [field.name for field in fields(Settings)]
    defaults = Settings()
    for key, meaning, default in rows:
        value = getattr(defaults, key.strip("`"))
        assert meaning
        shown = str(value).lower() if value is True else f"[{', '.join(value)}]" if isinstance(value, tuple) else value
        assert default == f"`{shown}`" if value else not default.startswith("`"), key


def test_every_format_is_explained() -> None:
    rows = rows_of("docs/sources.md", "What can be imported")
    assert sorted(keys_of(rows)) == [source.name for source in load_sources()]
    assert all(len(row) == 2 and all(row) for row in rows)


def test_every_key_of_front_matter_is_explained() -> None:
    rows = rows_of("docs/front-matter.md", "Front matter")
    assert sorted(keys_of(rows)) == sorted(ENTRY_KEYS)
    assert all(len(row) == 3 and all(row) for row in rows)


def test_every_key_of_a_page_is_named() -> None:
    section = read("docs/front-matter.md").partition("\n## Front matter\n")[2].partition("\n## ")[0]
    sentence = next(line for line in section.splitlines() if line.startswith("A page, "))
    assert sorted(CODE_SPAN.findall(sentence)[1:]) == sorted(pages.KEYS)


def test_every_code_is_explained() -> None:
    rows = rows_of("ARCHITECTURE.md", "Problems")
    assert [(code.strip("`"), meaning) for code, meaning in rows] == list(CODES.items())


def test_python_in_the_handbook_runs() -> None:
    blocks = re.findall(r"^```python\n(.*?)^```", "".join(map(read, HANDBOOK)), re.MULTILINE | re.DOTALL)
    assert blocks
    for block in blocks:
        exec(compile(block, "handbook", "exec", dont_inherit=True), {"__name__": "handbook"})
