"""`digest fetch` from the command line to the files, with every format as it is and a server on this machine."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fetch_runs import (
    BIORXIV,
    FEED,
    HF,
    LISTING,
    OAI,
    OPENREVIEW,
    RSS,
    SEARCH,
    TUESDAY,
    StillClock,
    lay_site,
    run_fetch,
)
from paper_server import FIRST_DAY, Fault, Paper, World, refuse, serve_papers, some_papers

from digest.cli import main
from digest.commands import fetch
from digest.commands.fetch_report import render_summary
from digest.commands.progress import open_progress
from digest.commands.site_import import contact_of
from digest.model import Entry, FetchReport, Problem, Settings, SourceReport, Tally
from digest.reading import read_content, read_settings
from digest.sources import read_document

PAGE = "plants: {kind: page, url: URL/catchup/cs.CL/2026-11-16}"


@pytest.fixture
def world() -> Iterator[World]:
    with serve_papers(World()) as world:
        yield world


@pytest.fixture
def run(tmp_path: Path, world: World, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    noon = datetime.combine(world.today, datetime.min.time(), UTC).replace(hour=12)
    monkeypatch.setattr(fetch, "CLOCK", StillClock(noon))

    def run(sources: str, *words: str) -> int:
        lay_site(tmp_path, sources, world.url)
        return main(["fetch", *words, "--site", str(tmp_path)])

    return run


def entries(site: Path) -> dict[str, Entry]:
    settings, problems = read_settings(site)
    content = read_content(site, settings)
    assert (*problems, *content.problems) == ()
    return {entry.title: entry for entry in content.entries}


@pytest.mark.parametrize(
    "source",
    [SEARCH, RSS, LISTING, OAI, HF, BIORXIV, OPENREVIEW, FEED, PAGE],
    ids=lambda source: source.split("kind: ")[1].split(",")[0],
)
def test_every_kind_of_source_brings_whole_papers(source: str, tmp_path: Path, world: World) -> None:
    if source is PAGE:
        world.page = 100
    lay_site(tmp_path, source, world.url)
    outcome = run_fetch(tmp_path, world, read=read_document)
    assert (outcome.kept, outcome.codes, outcome.exit) == (7, (), 0), outcome.report
    found = entries(tmp_path)
    assert sorted(found) == sorted(paper.title for paper in world.papers)
    for paper in world.papers:
        entry = found[paper.title]
        assert paper.abstract in entry.body.replace("\n", " ")
        assert entry.authors[0] in {"Ada Lovelace", "A. Lovelace"}
        if source not in {BIORXIV, OPENREVIEW, FEED}:
            assert entry.identifiers.arxiv == paper.arxiv
        assert entry.source.url.startswith(world.url)
    again = run_fetch(tmp_path, world, read=read_document)
    assert (again.kept, again.exit, again.report["total"]["updated"]) == (0, 0, 0), again.report


def test_announced_papers_stand_on_the_day_that_their_source_states(tmp_path: Path, world: World) -> None:
    world.today = TUESDAY
    lay_site(tmp_path, LISTING, world.url)
    assert run_fetch(tmp_path, world, read=read_document).exit == 0
    assert {entry.date for entry in entries(tmp_path).values()} == {FIRST_DAY}


def test_the_same_papers_of_two_sources_are_one(tmp_path: Path, world: World) -> None:
    lay_site(tmp_path, f"{SEARCH}\n{RSS.replace('plants', 'batch')}\n{HF.replace('plants', 'days')}", world.url)
    outcome = run_fetch(tmp_path, world, read=read_document)
    assert (outcome.kept, outcome.exit) == (7, 0), outcome.report
    assert outcome.report["total"]["got"] == 21
    assert outcome.report["total"]["new"] == 7


def test_one_line_a_source_and_one_for_all(
    run: Callable[..., int], world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.papers = (*some_papers(3), Paper(9, "cs.LG"))
    sources = (
        SEARCH,
        "broken: {kind: feed, url: URL/nothing}",
        "quiet: {kind: arxiv-rss, url: URL/rss, categories: [math.CO]}",
        "few: {kind: arxiv-search, url: URL/api, search: x, include: [turnips]}",
    )
    assert run("\n".join(sources)) == 1
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "plants: 4 announced · 4 got · 4 new · 0 updated · 0 duplicates · 0 skipped",
        "broken: FAILED · 0 announced · 0 got · 0 new · 0 updated · 0 duplicates · 0 skipped",
        "quiet: nothing new is announced",
        "few: 4 announced · 4 got · 0 new · 0 updated · 0 duplicates · 4 skipped",
        "4 sources, 1 failed: 8 announced · 8 got · 4 new · 0 updated · 0 duplicates · 4 skipped",
    ]
    assert "content/site.yml:4:3: error[DG701]: broken: 127.0.0.1 answers 404" in err
    assert "  4 |   broken: {kind: feed" in err


def test_only_the_source_that_is_named(run: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(f"{SEARCH}\nbroken: {{kind: feed, url: URL/nothing}}", "plants") == 0
    assert capsys.readouterr().out.startswith("plants: 7 announced")


def test_a_dry_run_writes_nothing(run: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(f"{SEARCH}\n{RSS.replace('plants', 'batch')}", "--dry-run") == 0
    assert "(nothing was written)" in capsys.readouterr().out
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["site.yml"]


def test_named_days(run: Callable[..., int], world: World, tmp_path: Path) -> None:
    assert run(HF, "--since", "2026-11-14", "--until", "2026-11-15") == 0
    assert [address[-20:-10] for address in world.asked] == ["2026-11-14", "2026-11-15"]
    assert not (tmp_path / ".digest/fetch.json").exists()


def test_what_github_shows(run: Callable[..., int], world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.faults = [Fault(lambda response: refuse(response, 404))]
    assert run(FEED, "--report", "github") == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("::error file=content/site.yml,line=3,col=3,endColumn=8,title=DG701::plants: 127.0.0.1")
    assert lines[1].startswith("::error title=digest fetch::1 source, 1 failed: 0 announced")


BROKEN = "broken: {kind: feed, url: URL/nothing}"


@pytest.mark.parametrize(
    ("sources", "code", "lenient", "level"),
    [(SEARCH, 0, 0, "notice"), (f"{SEARCH}\n{BROKEN}", 1, 0, "warning"), (BROKEN, 1, 1, "error")],
)
def test_a_schedule_bears_what_others_make_up_for(
    run: Callable[..., int], capsys: pytest.CaptureFixture[str], sources: str, code: int, lenient: int, level: str
) -> None:
    assert run(sources, "--dry-run") == code
    capsys.readouterr()
    assert run(sources, "--dry-run", "--lenient", "--report", "github") == lenient
    assert f"::{level} title=digest fetch::" in capsys.readouterr().out


def test_a_schedule_of_a_site_without_sources(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "content").mkdir()
    assert main(["fetch", "--lenient", "--site", str(tmp_path)]) == 0
    assert capsys.readouterr().err == ""
    assert main(["fetch", "--lenient", "plants", "--site", str(tmp_path)]) == 1
    (tmp_path / "content/site.yml").write_text("sources: 7\n", encoding="utf-8")
    assert main(["fetch", "--lenient", "--site", str(tmp_path)]) == 1


def test_a_summary_for_people(run: Callable[..., int], world: World, tmp_path: Path) -> None:
    file = tmp_path / "summary.md"
    file.write_text("Before.\n", encoding="utf-8")
    world.faults = [Fault(lambda response: refuse(response, 404), where="nothing")]
    assert run(f"{SEARCH}\n{BROKEN}", "--summary", str(file)) == 1
    text = file.read_text(encoding="utf-8")
    assert text.startswith("Before.\n### digest fetch\n\n2 sources, 1 failed: ")
    assert "\n| plants | 7 | 7 | 7 | 0 | 0 | 0 |\n| broken (failed) | 0 | 0 | 0 | 0 | 0 | 0 |\n" in text
    assert "\n- error DG701: " in text


def test_what_a_server_says_is_text_in_a_summary() -> None:
    hostile = Problem("error", "DG701", "it said <script>x</script> | [a](b) `c`\n# d")
    text = render_summary(FetchReport((SourceReport("a", Tally(), (hostile,), failed=True),)))
    assert r"\<script\>x\</script\> \| \[a\](b) \`c\` \# d" in text


def test_a_summary_that_cannot_be_written_is_told(
    run: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(SEARCH, "--summary", str(tmp_path)) == 0
    assert "cannot write" in capsys.readouterr().err


def test_what_programs_are_told(run: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(SEARCH, "--report", "json") == 0
    told = json.loads(capsys.readouterr().out)
    counts = {"announced": 7, "got": 7, "new": 7, "updated": 0, "duplicate": 0, "skipped": 0}
    assert told["sources"] == [{"name": "plants", "failed": False, **counts}]
    assert told["total"] == counts
    assert (told["written"], told["failed"], told["problems"]) == (True, False, [])


def test_a_memory_that_cannot_be_written_is_told_of(
    run: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".digest/fetch.json").mkdir(parents=True)
    assert run(SEARCH) == 0
    assert "warning[DG704]: what was fetched cannot be remembered" in capsys.readouterr().err
    assert len(entries(tmp_path)) == 7


def test_what_a_host_is_told_of_us() -> None:
    assert contact_of(Settings()) == ""
    assert contact_of(Settings(base_url="https://example.org/")) == "https://example.org/"
    assert contact_of(Settings(base_url="https://example.org/", contact="ada@example.org")) == "ada@example.org"


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def show_progress() -> None:
    with open_progress("text") as progress:
        progress("plants", Tally(announced=7, got=3))
        progress("plants", Tally(announced=7, got=7))


def test_a_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    show_progress()
    assert "plants" in screen.getvalue()
    assert "7/7" in screen.getvalue()
    assert "\x1b[3" in screen.getvalue()


def test_a_bar_without_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    show_progress()
    assert "7/7" in screen.getvalue()
    assert "\x1b[3" not in screen.getvalue()


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()])
def test_no_bar_anywhere_else(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setenv("TERM", "dumb")
    show_progress()
    assert stream.getvalue() == ""
