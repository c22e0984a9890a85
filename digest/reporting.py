"""Problems and reports as people, programs and GitHub read them."""

from __future__ import annotations

import json
import os
import posixpath
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal, TextIO

from digest.model import CODES, Problem, Reason, Report, Span, cut_repeats, order_problem

Style = Literal["text", "json", "github"]
ReadLine = Callable[[Path, int], str | None]

WIDEST: Final = 160  # cells of a source line that are shown; a body may be one line of 100,000
TAB: Final = 4

_RESET = "\x1b[0m"
_BOLD = "\x1b[1m"
_COLOURS = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "note": "\x1b[1;36m", "gutter": "\x1b[2m"}
_UNOPENED = frozenset({"DG109"})  # pipes, devices, links out of the site: not to be opened to show them either
_GITHUB_LEVEL = {"error": "error", "warning": "warning", "note": "notice"}


def render_problems(
    problems: Iterable[Problem], style: Style, *, root: Path, color: bool = False, read_line: ReadLine | None = None
) -> str:
    """The problems by path, line and column; in `text` each with its source line, read from below `root`.

    As text, of warnings and notes of one kind the first are shown and the rest is counted: ten thousand help nobody.
    """
    if style == "json":
        return json.dumps({"problems": describe_problems(problems)}, ensure_ascii=False, indent=2) + "\n"
    if style == "github":
        folder = _folder_in_workspace(root)
        return "".join(_render_annotation(problem, folder) for problem in sorted(problems, key=order_problem))
    read_line = read_line or read_source_line
    return "".join(
        _count_more(problem) if problem.more else _render_text(problem, root, read_line, color=color)
        for problem in cut_repeats(problems)
    )


def describe_problems(problems: Iterable[Problem]) -> list[dict[str, object]]:
    """All problems for programs, by path, line and column."""
    return [_describe(problem) for problem in sorted(problems, key=order_problem)]


def describe_shown(problems: Iterable[Problem], *, root: Path) -> list[dict[str, object]]:
    """The problems that are shown to people, in order, each with its place and its source line in three parts."""
    described: list[dict[str, object]] = []
    for problem in cut_repeats(problems):
        if problem.more:
            break  # the rest is counted
        span, source = problem.span, None
        line = _find_line(problem, root, read_source_line)
        if span and line is not None:
            before, marked, after = _excerpt(line, span)
            source = {"line": span.line, "before": before, "marked": marked, "after": after}
        place = f"{_show(span.path)}:{span.line}:{span.column}" if span else ""
        words = {"message": _show(problem.message), "hint": _show(problem.hint)}
        described.append(
            {"severity": problem.severity, "code": problem.code, "place": place, "source": source, **words}
        )
    return described


def print_problems(problems: Iterable[Problem], style: Style, *, root: Path, stream: TextIO | None = None) -> None:
    """Print the problems: talk for people goes to stderr, results for programs to stdout, unless a stream is named."""
    stream = stream or (sys.stderr if style == "text" else sys.stdout)
    text = render_problems(problems, style, root=root, color=style == "text" and wants_color(stream))
    print_text(text, stream)


def print_text(text: str, stream: TextIO) -> None:
    """Print at once, whatever letters the stream has: what it lacks is written as an escape."""
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
    stream.flush()


def render_report(report: Report, style: Style) -> str:
    """What a build did, on one line for people; for programs every figure and every problem."""
    if style == "json":
        return json.dumps(_describe_report(report), ensure_ascii=False, indent=2) + "\n"
    total = sum(seconds for _, seconds in report.seconds)
    parts = [
        count_of(report.entries, "entry", "entries")
        + (f" ({report.withheld} not shown: drafts or of days to come)" if report.withheld else ""),
        count_of(report.pages, "page", "pages"),
        f"{len(report.written)} written",
        f"{report.unchanged} unchanged",
        f"{len(report.removed)} removed",
    ]
    faults = Counter[str]()
    for problem in report.problems:
        faults[problem.severity] += problem.more or 1
    parts += [count_of(faults[name], name, f"{name}s") for name in ("error", "warning") if faults[name]]
    summary = " · ".join(parts)
    if report.seconds:
        stages = ", ".join(f"{name} {seconds:.2f}" for name, seconds in report.seconds)
        summary += f" in {total:.2f} s ({stages})"
    return f"::notice title=digest::{_escape_data(summary)}\n" if style == "github" else f"{summary}\n"


def render_reasons(reasons: Iterable[Reason]) -> str:
    """Each path written, a line, and why."""
    return "".join(f"{_show(reason.path)}: {_show(', '.join(reason.reasons))}\n" for reason in reasons)


def wants_color(stream: TextIO) -> bool:
    """Whether to colour: NO_COLOR forbids, FORCE_COLOR demands, else only a terminal gets colours."""
    match (os.environ.get("NO_COLOR"), os.environ.get("FORCE_COLOR")):
        case (str(no), _) if no:
            return False
        case (_, str(force)) if force and force != "0":
            return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def read_source_line(path: Path, line: int) -> str | None:
    """The line of a regular file, or `None` where there is no such line."""
    try:
        if not path.is_file():  # a problem may be about a pipe or a device: reading that would hang
            return None
        lines = _read_lines(path, path.stat().st_mtime_ns)
    except (OSError, ValueError):
        return None
    return lines[line - 1] if 0 < line <= len(lines) else None


@lru_cache(maxsize=32)  # what is shown of a kind, which a build tells twice: to people, and to its seal
def _read_lines(path: Path, _changed: int) -> Sequence[str]:
    text = path.read_bytes().decode("utf-8", "replace")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _count_more(problem: Problem) -> str:
    kind = f"{problem.code} {problem.severity}{'s' if problem.more > 1 else ''}"
    return f"… and {problem.more:,} more {kind} (--report json lists all)\n"


def _describe(problem: Problem) -> dict[str, object]:
    span = problem.span
    return {
        "severity": problem.severity,
        "code": problem.code,
        "meaning": CODES.get(problem.code, ""),
        "message": problem.message,
        "hint": problem.hint,
        "path": span.path if span else None,
        "line": span.line if span else None,
        "column": span.column if span else None,
        "width": span.width if span else None,
    }


def _describe_report(report: Report) -> dict[str, object]:
    return {
        "entries": report.entries,
        "withheld": report.withheld,
        "pages": report.pages,
        "written": list(report.written),
        "unchanged": report.unchanged,
        "removed": list(report.removed),
        "stopped": report.stopped,
        "seconds": {name: round(seconds, 6) for name, seconds in report.seconds},
        "why": [{"path": reason.path, "url": reason.url, "reasons": list(reason.reasons)} for reason in report.why],
        "problems": describe_problems(report.problems),
    }


def _folder_in_workspace(root: Path) -> str:
    """The folder of a site within the repository that a workflow has checked out: there GitHub looks for its files."""
    workspace = os.environ.get("GITHUB_WORKSPACE", "")
    place = Path(os.path.realpath(root))
    if not workspace or not place.is_relative_to(top := os.path.realpath(workspace)):
        return ""
    return place.relative_to(top).as_posix()


def _render_annotation(problem: Problem, folder: str) -> str:
    """A GitHub workflow command: `::error file=…,line=…,col=…,title=DG102::message`."""
    span = problem.span
    path = posixpath.join(folder if folder != "." else "", span.path) if span else ""
    place = f"file={_escape_property(path)},line={span.line},col={span.column}," if span else ""
    if span and span.width > 1:
        place += f"endColumn={span.column + span.width - 1},"
    message = f"{problem.message}\n{problem.hint}" if problem.hint else problem.message
    return f"::{_GITHUB_LEVEL[problem.severity]} {place}title={problem.code}::{_escape_data(message)}\n"


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")


def _render_text(problem: Problem, root: Path, read_line: ReadLine, *, color: bool) -> str:
    paint = _paint if color else _leave
    span = problem.span
    label = paint(f"{problem.severity}[{problem.code}]", _COLOURS[problem.severity])
    place = f"{_show(span.path)}:{span.line}:{span.column}: " if span else ""
    head = f"{paint(place, _BOLD)}{label}: {_show(problem.message)}\n"
    line = _find_line(problem, root, read_line)
    hint = f"hint: {_show(problem.hint)}" if problem.hint else ""
    if span is None or line is None:
        return head + (f"  {hint}\n" if hint else "")
    before, marked, after = _excerpt(line, span)
    number = str(span.line)
    gutter, blank = (paint(f"  {text} | ", _COLOURS["gutter"]) for text in (number, " " * len(number)))
    carets = paint("^" * max(1, _cells(marked)), _COLOURS[problem.severity])
    return (
        f"{head}{gutter}{before}{marked}{after}\n{blank}{' ' * _cells(before)}{carets}{f'  {hint}' if hint else ''}\n"
    )


def _find_line(problem: Problem, root: Path, read_line: ReadLine) -> str | None:
    """The source line of a problem, if there is something to be seen on it."""
    span = problem.span
    line = read_line(root / span.path, span.line) if span and problem.code not in _UNOPENED else None
    return line if line and line.strip() else None


def _excerpt(line: str, span: Span) -> tuple[str, str, str]:
    """The line as it is shown, before, under and after the carets; a long one is cut around them."""
    start = min(max(0, span.column - 1), len(line))
    end = min(start + max(1, span.width), max(len(line), start + 1))
    before, marked, after = _show(line[:start]), _show(line[start:end]), _show(line[end:])
    if _cells(before + marked + after) <= WIDEST:
        return before, marked, after
    if len(marked) > WIDEST // 2:
        marked, after = marked[: WIDEST // 2] + "…", ""
    if len(before) > WIDEST // 4:
        before = "…" + before[-(WIDEST // 4) :]
    room = WIDEST - len(before) - len(marked)
    return before, marked, after if len(after) <= room else after[:room] + "…"


def _show(text: str) -> str:
    """The text without what could move or recolour a terminal; tabs become spaces."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        " " * TAB if char == "\t" else "\ufffd" if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} else char
        for char in text
        if char not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )


def _cells(text: str) -> int:
    """The columns of a terminal that the text takes: two for East Asian and emoji, none for combining marks."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.combining(char) or unicodedata.category(char) in {"Cf", "Me"}
        else 2
        if unicodedata.east_asian_width(char) in "WF"
        else 1
        for char in text
    )


def _paint(text: str, colour: str) -> str:
    return f"{colour}{text}{_RESET}" if text else text


def _leave(text: str, _colour: str) -> str:
    return text


def count_of(number: int, one: str, many: str = "") -> str:
    """`1 entry`, `12 entries`; without `many`, an s is put behind."""
    return f"{number} {one if number == 1 else many or one + 's'}"
