"""Small sites with something wrong, and what is said of it: one text file a case.

A case begins with a sentence about itself. Then come the files of the site, each after a line `-- path --`:

    -- path (escaped) --   its bytes and line ends are written as Python escapes: \\xff, \\n
    -- path -> target --   a link
    -- path (pipe) --      a named pipe
    -- path (bundled x) -- a copy of the bundled theme x, which sections below may change
    -- command --          the arguments of `digest`; without it the site is read and its bodies are compiled
    -- problems --         every problem in the order of the report: place, severity, code and a part of the message,
                           and on an indented line below, if wanted, a part of the hint
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from built_sites import ROOT

from digest.cli import main
from digest.model import CODES
from digest.reading import read_content, read_settings
from digest.reporting import render_problems

HERE = Path(__file__).parent
CASES = sorted(HERE.glob("*.txt"))
# No input can bring these forth: a source of ours that loses words, a feed of ours that is not valid, servers, and
# processes that die, which have their cases elsewhere.
GUARDS = {
    "DG404": ROOT / "tests" / "rendering" / "test_render_feeds.py",
    "DG305": ROOT / "tests" / "sources" / "test_accounting.py",
    **dict.fromkeys(("DG701", "DG702", "DG703"), ROOT / "tests" / "fetching" / "test_faults.py"),
    "DG704": ROOT / "tests" / "fetching" / "test_memories.py",
    "DG822": ROOT / "tests" / "commands" / "test_publish.py",
    "DG824": ROOT / "tests" / "publishing" / "test_readiness.py",
    "DG905": ROOT / "tests" / "checking" / "test_tags.py",
    **dict.fromkeys(("DG913", "DG914"), ROOT / "tests" / "checking" / "test_outward_links.py"),
    "DG801": ROOT / "tests" / "working" / "test_team.py",
    **dict.fromkeys(("DG811", "DG812"), ROOT / "tests" / "plugins" / "test_found_plugins.py"),
    "DG833": ROOT / "tests" / "commands" / "test_new.py",
}

_SECTION = re.compile(r"^-- (?P<head>.+?) --\n", re.MULTILINE)
_EXPECTED = re.compile(
    r"(?:(?P<place>.+?:\d+:\d+): )?(?P<severity>error|warning|note)\[(?P<code>DG\d{3})\]: (?P<message>.+)"
    r"(?:\n +hint: (?P<hint>.+))?"
)


@dataclass(frozen=True)
class Case:
    """A case, taken apart."""

    files: tuple[tuple[str, str], ...]
    command: str
    problems: str


def parse_case(text: str) -> Case:
    parts = _SECTION.split(text)
    sections = list(zip(parts[1::2], parts[2::2], strict=True))
    named = dict(sections)
    files = tuple((head, body) for head, body in sections if head not in {"command", "problems"})
    return Case(files, named.get("command", ""), named["problems"])


def lay_out(site: Path, case: Case) -> None:
    """Put the files of a case on the disk."""
    for head, body in case.files:
        name, _, target = head.partition(" -> ")
        path = site / re.sub(r" \((?:escaped|pipe|bundled \w+)\)$", "", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        if target:
            path.symlink_to(target)
        elif name.endswith(" (pipe)"):
            os.mkfifo(path)
        elif bundled := re.search(r" \(bundled (\w+)\)$", name):
            shutil.copytree(ROOT / "themes" / bundled[1], path)
        elif name.endswith(" (escaped)"):
            path.write_bytes(body.removesuffix("\n").encode().decode("unicode_escape").encode("latin-1"))
        else:
            path.write_text(body, encoding="utf-8")


def find_problems(site: Path, case: Case, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """Every problem of the case as `--report json` tells it."""
    if case.command:
        code = main([*shlex.split(case.command), "--site", str(site), "--report", "json"])
        found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["problems"]
        assert code == int(any(problem["severity"] == "error" for problem in found))
        return found
    settings, problems = read_settings(site)
    content = read_content(site, settings)
    text = render_problems((*problems, *content.problems), "json", root=site)
    read: list[dict[str, Any]] = json.loads(text)["problems"]
    return read


def expected_problems(case: Case) -> Iterator[re.Match[str]]:
    matches = list(_EXPECTED.finditer(case.problems))
    assert "".join(match[0] for match in matches) == re.sub(r"\n(?! )", "", case.problems), "a line is misspelt"
    yield from matches


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_bad_site_is_told_of(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = parse_case(path.read_text(encoding="utf-8"))
    if "(pipe)" in path.read_text(encoding="utf-8") and not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes on this system")
    lay_out(tmp_path, case)
    monkeypatch.chdir(tmp_path)
    found = find_problems(tmp_path, case, capsys)
    told = [
        f"{p['path']}:{p['line']}:{p['column']}: {p['severity']}[{p['code']}]: {p['message']}\n  hint: {p['hint']}"
        for p in found
    ]
    expected = list(expected_problems(case))
    assert len(told) == len(expected), "\n".join(told)
    for problem, match in zip(found, expected, strict=True):
        place = f"{problem['path']}:{problem['line']}:{problem['column']}" if problem["path"] else None
        assert (place, problem["severity"], problem["code"]) == match.group("place", "severity", "code"), told
        assert match["message"] in problem["message"]
        assert (match["hint"] or "") in problem["hint"]
        assert problem["hint"], "every problem says what to do about it"


def test_every_code_has_a_case() -> None:
    shown = {match["code"] for path in CASES for match in expected_problems(parse_case(path.read_text("utf-8")))}
    guarded = {code for code, test in GUARDS.items() if f'"{code}"' in test.read_text("utf-8")}
    assert shown.isdisjoint(GUARDS)
    assert sorted(shown | guarded) == sorted(CODES)
