"""A fetch as it is run: the real command, at a real server on this machine, in which something goes wrong."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from paper_server import (
    FIRST_DAY,
    Fault,
    Paper,
    World,
    serve_papers,
    some_papers,
)

from digest.cli import main
from digest.commands import fetch
from digest.fetching import Limits
from digest.model import Document, Identifiers, Item, Reading, SourceReading, Span

TUESDAY = FIRST_DAY + timedelta(days=1)
WEDNESDAY = FIRST_DAY + timedelta(days=2)

SEARCH = "plants: {kind: arxiv-search, url: URL/api, search: 'all:onion'}"
RSS = "plants: {kind: arxiv-rss, url: URL/rss, categories: [cs.CL]}"
TWO_RSS = "plants: {kind: arxiv-rss, url: URL/rss, categories: [cs.AI, cs.CL]}"
LISTING = "plants: {kind: arxiv-listing, url: URL, categories: [cs.CL]}"
OAI = "plants: {kind: oai, url: URL/oai, set: cs}"
HF = "plants: {kind: huggingface, url: URL/huggingface}"
BIORXIV = "plants: {kind: biorxiv, url: URL/details}"
OPENREVIEW = "plants: {kind: openreview, url: URL/notes, invitation: Garden/-/Submission}"
FEED = "plants: {kind: feed, url: URL/feed.xml}"


@dataclass
class StillClock:
    """A clock that stands until somebody waits, and remembers for how long."""

    moment: datetime
    waited: float = 0.0
    ticks: float = 0.0

    def now(self) -> datetime:
        return self.moment + timedelta(seconds=self.waited)

    def monotonic(self) -> float:
        # A little time passes whenever anybody looks, so that what never ends does end.
        self.ticks += 0.001
        return self.waited + self.ticks

    def sleep(self, seconds: float) -> None:
        self.waited += seconds

    def chance(self) -> float:
        return 0.5


@dataclass(frozen=True)
class Case:
    """One fault. `before` is the day of a good run before it; `kept` counts the papers that the faulty run files."""

    name: str
    source: str
    faults: Sequence[Callable[[], Fault]]
    kept: int
    codes: tuple[str, ...] = ()
    says: str = ""
    exit: int = 0
    papers: tuple[Paper, ...] = some_papers()
    today: date = FIRST_DAY
    before: date | None = None
    again: int | None = None  # what a run after it, without faults, files

    @property
    def due(self) -> int:
        """How many papers are there that no run before has filed."""
        return sum(self.before is None or paper.day > self.before for paper in self.papers)


@dataclass
class Outcome:
    """What came of a run."""

    kept: int
    exit: int
    report: dict[str, Any]
    waited: float = 0.0
    asked: list[str] = field(default_factory=list)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(problem["code"] for problem in self.report["problems"] if problem["severity"] != "note")

    @property
    def said(self) -> str:
        return "; ".join(problem["message"] for problem in self.report["problems"])


def read_papers(document: Document) -> SourceReading:
    """The papers of the server, in whatever format: those tests are not about formats."""
    numbers = dict.fromkeys(re.findall(r"Paper (\d+): ", document.text))
    items = tuple(
        Item(
            "abstract",
            paper.abstract,
            Span(document.name),
            title=paper.title,
            authors=paper.authors,
            identifiers=Identifiers(arxiv=paper.arxiv),
        )
        for paper in (Paper(int(number)) for number in numbers)
    )
    return SourceReading(document, "papers", Reading(items))


def run_fetch(site: Path, world: World, *words: str, read: Any = read_papers) -> Outcome:
    """Run the command at noon, UTC, of the day that it is in the world."""
    clock = StillClock(datetime.combine(world.today, datetime.min.time(), UTC) + timedelta(hours=12))
    limits = Limits(connect=2.0, read=0.4, size=1 << 20)
    before = {path.name for path in (site / "content").rglob("*.md")}
    asked = len(world.asked)
    said = io.StringIO()
    with (
        patch.object(fetch, "CLOCK", clock),
        patch.object(fetch, "LIMITS", limits),
        patch.object(fetch, "read_document", read),
        redirect_stdout(said),
    ):
        code = main(["fetch", *words, "--site", str(site), "--report", "json"])
    kept = {path.name for path in (site / "content").rglob("*.md")} - before
    return Outcome(len(kept), code, json.loads(said.getvalue()), clock.waited, world.asked[asked:])


def lay_site(site: Path, sources: str, url: str) -> None:
    """A site with these sources, each a line, at this server."""
    (site / "content").mkdir(parents=True, exist_ok=True)
    lines = "".join(f"  {line}\n" for line in sources.replace("URL", url).splitlines())
    (site / "content/site.yml").write_text(f"contact: ada@example.org\nsources:\n{lines}", encoding="utf-8")


def run_case(case: Case, site: Path) -> tuple[Outcome, Outcome | None]:
    """What came of the faulty run, and of the good one after it where there is one."""
    with serve_papers(World(case.papers, case.today)) as world:
        lay_site(site, case.source, world.url)
        if case.before:
            world.today = case.before
            world.papers = tuple(paper for paper in case.papers if paper.day <= case.before)
            good = run_fetch(site, world)
            assert good.exit == 0, good.report
            world.today, world.papers = case.today, case.papers
        world.faults = [make() for make in case.faults]
        outcome = run_fetch(site, world)
        if case.again is None:
            return outcome, None
        world.faults = []
        return outcome, run_fetch(site, world)
