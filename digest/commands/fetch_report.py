"""What a fetch brought, told as it goes: for people, for programs, for GitHub."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

from digest.model import FetchReport, SourceReport, Tally
from digest.reporting import Style, count_of, describe_problems, print_problems, print_text


def tell_source(style: Style, site: Path) -> Callable[[SourceReport], None]:
    """What tells of a source when it is done: its problems, then one line; programs are told in the end."""

    def tell(report: SourceReport) -> None:
        if style != "json":
            print_problems(report.problems, style, root=site)
        if style == "text":
            print_text(f"{render_source(report)}\n", sys.stdout)

    return tell


def tell_fetch(report: FetchReport, style: Style, site: Path) -> None:
    """The end of the report."""
    if style == "json":
        print_text(json.dumps(describe_fetch(report), ensure_ascii=False, indent=2) + "\n", sys.stdout)
        return
    print_problems(report.problems, style, root=site)
    summary = render_total(report)
    if style == "github":
        level = "error" if report.all_failed else "warning" if report.failed else "notice"
        print_text(f"::{level} title=digest fetch::{summary}\n", sys.stdout)
    elif len(report.sources) != 1:
        print_text(f"{summary}\n", sys.stdout)


def write_summary(report: FetchReport, file: Path) -> None:
    """Add the report to a file; one that cannot be written to is not worth a failure."""
    try:
        with file.open("a", encoding="utf-8") as stream:
            stream.write(render_summary(report))
    except OSError as error:
        print_text(f"digest fetch: cannot write {file}: {error.strerror or error}\n", sys.stderr)


def render_summary(report: FetchReport) -> str:
    """The report as Markdown: a table of the sources, and what went wrong."""
    lines = ["### digest fetch", "", render_total(report), ""]
    lines += ["| source | announced | got | new | updated | known | left out |", "|---|" + "--:|" * 6]
    for source in report.sources:
        tally = source.tally
        counts = (tally.announced, tally.got, tally.new, tally.updated, tally.duplicate, tally.skipped)
        name = f"{source.name} (failed)" if source.failed else source.name
        lines.append(f"| {' | '.join([name, *map(str, counts)])} |")
    told = [*report.problems, *(problem for source in report.sources for problem in source.problems)]
    lines += ["", *(f"- {problem.severity} {problem.code}: {_markdown_of(problem.message)}" for problem in told)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _markdown_of(text: str) -> str:
    """A message, which may hold what a server said, as text and nothing else."""
    return re.sub(r"([\\`*_\[\]<>|&#!~])", r"\\\1", " ".join(text.split()))


def render_source(report: SourceReport) -> str:
    """One line: `language: 512 announced · 512 got · 30 new · …`."""
    if report.failed:
        return f"{report.name}: FAILED · {render_tally(report.tally)}"
    if not report.tally.got:
        return f"{report.name}: nothing new is announced"
    return f"{report.name}: {render_tally(report.tally)}"


def render_total(report: FetchReport) -> str:
    """All sources on one line."""
    failed = sum(source.failed for source in report.sources)
    parts = [count_of(len(report.sources), "source"), *([f"{failed} failed"] if failed else [])]
    would = " (nothing was written)" if report.dry else ""
    return f"{', '.join(parts)}: {render_tally(report.total)}{would}"


def render_tally(tally: Tally) -> str:
    """Every count, in the order in which papers pass."""
    return (
        f"{tally.announced} announced · {tally.got} got · {tally.new} new · {tally.updated} updated · "
        f"{count_of(tally.duplicate, 'duplicate')} · {tally.skipped} skipped"
    )


def describe_fetch(report: FetchReport) -> dict[str, object]:
    """All of it for programs."""
    problems = [*report.problems, *(problem for source in report.sources for problem in source.problems)]
    return {
        "written": not report.dry,
        "failed": report.failed,
        "sources": [
            {"name": source.name, "failed": source.failed, **_describe(source.tally)} for source in report.sources
        ],
        "total": _describe(report.total),
        "problems": describe_problems(problems),
    }


def _describe(tally: Tally) -> dict[str, int]:
    names = ("announced", "got", "new", "updated", "duplicate", "skipped")
    return {name: getattr(tally, name) for name in names}
