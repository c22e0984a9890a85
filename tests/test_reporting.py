"""Problems as people, programs and GitHub read them."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model import Problem, Report, Severity, Span, cut_repeats
from digest.reporting import (
    print_problems,
    read_source_line,
    render_problems,
    render_report,
    wants_color,
)

ROOT = Path("site")
DATE = Problem(
    "error",
    "DG102",
    '`date` is not a date: "2024-13-45"',
    Span("content/2019/12/06/flash.md", 3, 7, 10),
    "write YYYY-MM-DD, e.g. 2024-12-31",
)


def show(problem: Problem, line: str | None, *, color: bool = False) -> str:
    return render_problems([problem], "text", root=ROOT, color=color, read_line=lambda _path, _line: line)


def test_a_problem_looks_as_the_handbook_says() -> None:
    assert show(DATE, "date: 2024-13-45") == (
        'content/2019/12/06/flash.md:3:7: error[DG102]: `date` is not a date: "2024-13-45"\n'
        "  3 | date: 2024-13-45\n"
        "    |       ^^^^^^^^^^  hint: write YYYY-MM-DD, e.g. 2024-12-31\n"
    )


def test_the_source_line_is_asked_for_by_place() -> None:
    asked: list[tuple[Path, int]] = []

    def read_line(path: Path, line: int) -> None:
        asked.append((path, line))

    render_problems([DATE], "text", root=ROOT, read_line=read_line)
    assert asked == [(ROOT / "content/2019/12/06/flash.md", 3)]


@pytest.mark.parametrize(
    ("line", "column", "width", "shown", "carets"),
    [
        ("\tx: y", 5, 1, "    x: y", "       ^"),
        ("注意: é", 5, 1, "注意: é", "      ^"),
        ("注意: y", 1, 2, "注意: y", "^^^^"),
        ("e\u0301: y", 5, 1, "e\u0301: y", "   ^"),
        ("🦆🦆 x", 4, 1, "🦆🦆 x", "     ^"),
        ("ab", 3, 1, "ab", "  ^"),
        ("ab", 9, 4, "ab", "  ^"),
        ("a\x1b[2Jb", 6, 1, "a\ufffd[2Jb", "     ^"),
        ("a\u202eb c", 5, 1, "ab c", "   ^"),
    ],
)
def test_carets_stand_under_what_they_mean(line: str, column: int, width: int, shown: str, carets: str) -> None:
    problem = Problem("warning", "DG105", "x", Span("a.md", 12, column, width))
    assert show(problem, line) == f"a.md:12:{column}: warning[DG105]: x\n  12 | {shown}\n     | {carets}\n"


@pytest.mark.parametrize(("column", "width"), [(1, 5), (2000, 3), (3996, 5), (1, 4000), (2000, 2000)])
def test_a_very_long_line_is_cut_around_the_place(column: int, width: int) -> None:
    lines = show(Problem("error", "DG101", "x", Span("a.md", 1, column, width)), "0123456789" * 400).splitlines()
    assert max(len(line) for line in lines) < 180
    start = lines[2].index("^")
    assert lines[1][start] == "0123456789"[(column - 1) % 10]


def test_without_a_source_line_the_hint_has_its_own() -> None:
    assert show(DATE, None).splitlines()[1:] == ["  hint: write YYYY-MM-DD, e.g. 2024-12-31"]
    assert show(Problem("error", "DG502", "no room"), "x") == "error[DG502]: no room\n"


def test_what_may_not_be_opened_is_not_opened_to_be_shown() -> None:
    assert "secret" not in show(Problem("error", "DG109", "a link", Span("a.md")), "secret")


def test_problems_come_by_place_and_those_without_one_first() -> None:
    places = [Span("b.md", 1), Span("a.md", 10), Span("a.md", 9, 5), None, Span("a.md", 9, 4)]
    problems = [Problem("error", "DG101", "x", place) for place in places]
    text = render_problems(problems, "text", root=ROOT, read_line=lambda _path, _line: None)
    assert [line.partition(" error")[0] for line in text.splitlines()] == [
        "error[DG101]: x", "a.md:9:4:", "a.md:9:5:", "a.md:10:1:", "b.md:1:1:",
    ]  # fmt: skip


def test_what_is_said_often_is_counted() -> None:
    def many(severity: Severity, code: str, number: int) -> list[Problem]:
        return [Problem(severity, code, "x", Span("a.md", line + 1)) for line in range(number)]

    problems = [*many("warning", "DG108", 10_000), *many("warning", "DG105", 21), *many("error", "DG108", 30)]
    problems += [*many("note", "DG304", 20), *many("note", "DG108", 22)]
    asked: list[int] = []
    text = render_problems(problems, "text", root=ROOT, read_line=lambda _path, line: asked.append(line))
    lines = text.splitlines()
    counts = [sum(f" {name}: " in line for line in lines) for name in ("error[DG108]", "warning[DG108]", "note[DG108]")]
    assert counts == [30, 20, 20]
    assert lines[-3:] == [
        "… and 1 more DG105 warning (--report json lists all)",
        "… and 2 more DG108 notes (--report json lists all)",
        "… and 9,980 more DG108 warnings (--report json lists all)",
    ]
    assert (len(lines), len(asked)) == (113, 110)  # the rest is not even read
    assert len(json.loads(render_problems(problems, "json", root=ROOT))["problems"]) == len(problems)
    assert render_problems(problems, "github", root=ROOT).count("\n") == len(problems)


KINDS: st.SearchStrategy[tuple[Severity, str]] = st.tuples(
    st.sampled_from(["error", "warning", "note"]), st.sampled_from(["DG105", "DG108"])
)


@given(st.lists(st.tuples(KINDS, st.integers(1, 99)), max_size=120), st.integers(0, 120))
def test_what_was_cut_is_cut_again_with_others(told: list[tuple[tuple[Severity, str], int]], parted: int) -> None:
    problems = [Problem(*kind, f"x{line}", Span("a.md", line)) for kind, line in told]
    whole = cut_repeats(problems)
    assert cut_repeats((*problems[parted:], *cut_repeats(problems[:parted]))) == whole
    counted = sum(problem.more or 1 for problem in whole)
    assert counted == len(problems)


def test_colours_are_put_on_and_left_out() -> None:
    assert "\x1b[1;31m" in show(DATE, "date: 2024-13-45", color=True)
    assert "\x1b" not in show(DATE, "date: 2024-13-45")


def test_json_has_stable_keys() -> None:
    found = json.loads(render_problems([Problem("note", "DG304", "a\nb"), DATE], "json", root=ROOT))
    assert [list(problem) for problem in found["problems"]] == [
        ["severity", "code", "meaning", "message", "hint", "path", "line", "column", "width"]
    ] * 2
    assert found["problems"][0]["path"] is None
    assert found["problems"][1] == {
        "severity": "error",
        "code": "DG102",
        "meaning": "a date is not a date",
        "message": DATE.message,
        "hint": DATE.hint,
        "path": "content/2019/12/06/flash.md",
        "line": 3,
        "column": 7,
        "width": 10,
    }


def test_annotations_of_a_site_in_a_folder_of_its_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    begin = "::error file={}content/2019/12/06/flash.md,"
    assert render_problems([DATE], "github", root=tmp_path / "a site").startswith(begin.format("a site/"))
    assert render_problems([DATE], "github", root=tmp_path).startswith(begin.format(""))
    assert render_problems([DATE], "github", root=tmp_path.parent).startswith(begin.format(""))


def test_github_annotations_are_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    odd = Problem("note", "DG304", "100% a::b,c\nd", Span("a,b:c%.md", 2, 3), "x\r\ny")
    assert render_problems([odd, DATE, Problem("warning", "DG502", "no")], "github", root=ROOT).splitlines() == [
        "::warning title=DG502::no",
        "::notice file=a%2Cb%3Ac%25.md,line=2,col=3,title=DG304::100%25 a::b,c%0Ad%0Ax%0D%0Ay",
        "::error file=content/2019/12/06/flash.md,line=3,col=7,endColumn=16,title=DG102::"
        '`date` is not a date: "2024-13-45"%0Awrite YYYY-MM-DD, e.g. 2024-12-31',
    ]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "terminal", "color"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"TERM": "dumb"}, True, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": "0"}, False, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
    ],
)
def test_colours_are_wanted(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], terminal: bool, color: bool
) -> None:
    monkeypatch.setattr(os, "environ", environment)
    assert wants_color(Terminal() if terminal else io.StringIO()) is color


def test_talk_goes_to_stderr_and_results_to_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    print_problems([DATE], "text", root=ROOT)
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "DG102" in printed.err
    print_problems([DATE], "json", root=ROOT)
    printed = capsys.readouterr()
    assert json.loads(printed.out)["problems"][0]["code"] == "DG102"
    assert printed.err == ""


def test_a_poor_terminal_gets_what_it_can_show() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    print_problems([Problem("error", "DG101", "é 注 \ud800")], "text", root=ROOT, stream=stream)
    assert raw.getvalue() == b"error[DG101]: \\xe9 \\u6ce8 \\ufffd\n"


def test_source_lines_are_read_from_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"\xef\xbb\xbfone\r\ntw\xff\xe2\x80\xa8o\rthree")
    assert [read_source_line(path, line) for line in range(5)] == [None, "one", "tw\ufffd\u2028o", "three", None]
    path.write_bytes(b"another line")
    os.utime(path, ns=(0, 0))
    assert read_source_line(path, 1) == "another line"
    assert read_source_line(tmp_path, 1) is None
    assert read_source_line(tmp_path / "gone", 1) is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert read_source_line(tmp_path / "pipe", 1) is None


def test_a_report_is_told_in_one_line() -> None:
    report = Report(1, 12, ("index.html",), 11, ("old.html",), (DATE,), (("read", 0.25), ("plan", 0.25)))
    line = "1 entry · 12 pages · 1 written · 11 unchanged · 1 removed · 1 error in 0.50 s (read 0.25, plan 0.25)"
    assert render_report(report, "text") == f"{line}\n"
    assert render_report(report, "github") == f"::notice title=digest::{line}\n"
    told = json.loads(render_report(report, "json"))
    assert told["seconds"] == {"read": 0.25, "plan": 0.25}
    assert (told["entries"], told["written"], told["problems"][0]["line"]) == (1, ["index.html"], 3)


def test_a_report_tells_of_entries_that_nobody_sees_yet() -> None:
    report = Report(1, 12, withheld=2)
    assert render_report(report, "text").startswith("1 entry (2 not shown: drafts or of days to come) · 12 pages · ")
    assert json.loads(render_report(report, "json"))["withheld"] == 2
