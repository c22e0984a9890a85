"""Invented items, readings and a format for the tests of the import."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from digest.commands.site_import import open_importer
from digest.importing import Decision, KeptEntry, NewEntry, Origin, RenewedEntry, RepeatedItem, tell_item
from digest.model import Document, Entry, Identifiers, Item, Noise, OnKnown, Problem, Reading, Settings, Span
from digest.reading import read_content

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
LONG = (
    "We water {0} every morning and measure how much of it the soil keeps until the evening. A layer of straw keeps "
    "a third more than bare ground does, and a layer of bark keeps half more, over all {1} weeks of the trial. We "
    "give the tables and the seeds, so that whoever doubts {0} can plant it and measure again in another climate."
)


@dataclass
class Desk:
    """A site into which items are brought, by one import after the other."""

    site: Path
    settings: Settings = field(default_factory=Settings)
    now: datetime = NOW
    problems: list[Problem] = field(default_factory=list)

    def bring(
        self,
        *items: Item,
        name: str = "garden.txt",
        format_name: str = "garden",
        policy: OnKnown | None = None,
        day: date | None = None,
        tags: tuple[str, ...] = (),
        dry: bool = False,
    ) -> list[Decision | None]:
        """One import of these items, found in a document of that name."""
        origin = Origin(format_name, url=name) if "://" in name else Origin(format_name, file=name)
        opened = open_importer(self.site, self.settings, now=self.now, policy=policy, day=day, tags=tags, dry=dry)
        with opened as importer:
            decisions = [importer.take(tell_item(item, origin)) for item in items]
        self.problems = importer.problems
        return decisions

    def new(self, *items: Item, day: date | None = None, tags: tuple[str, ...] = ()) -> list[NewEntry]:
        """The new entries among what becomes of these items."""
        decisions = self.bring(*items, day=day, tags=tags)
        return [decision for decision in decisions if isinstance(decision, NewEntry)]

    def states(self) -> list[str]:
        """The codes of what was wrong with the last import, each with its severity."""
        return [f"{problem.severity} {problem.code}" for problem in self.problems]

    def entries(self) -> tuple[Entry, ...]:
        """What the site holds now, as a build reads it."""
        content = read_content(self.site, self.settings)
        assert [problem for problem in content.problems if problem.severity == "error"] == []
        return content.entries

    def entry(self) -> Entry:
        """The one entry of the site."""
        (entry,) = self.entries()
        return entry

    def files(self) -> dict[str, bytes]:
        """Every file of content/, as it is."""
        folder = self.site / "content"
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    def edit(self, old: str, new: str, key: str = "") -> None:
        """Edit an entry as a person does."""
        path = self.site / "content" / (key or next(iter(self.files())))
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")


def abstract(body: str, line: int = 1, arxiv: str = "", **fields: object) -> Item:
    """An abstract at a line of an invented document."""
    span = Span("notes/garden.txt", line)
    return Item("abstract", body, span, identifiers=Identifiers(arxiv=arxiv), **fields)  # type: ignore[arg-type] # names


ONIONS = abstract(LONG.format("onions", "ten"), title="Watering Onions", authors=("Ann Author",))
PAPER = replace(ONIONS, identifiers=Identifiers(arxiv="1804.00222", version=1))


def kinds(decisions: list[Decision | None]) -> list[str]:
    """What became of each item, in a word."""
    return [
        decision.state
        if isinstance(decision, KeptEntry)
        else {NewEntry: "new", RenewedEntry: "renewed", RepeatedItem: "repeated", type(None): "none"}[type(decision)]
        for decision in decisions
    ]


@dataclass(frozen=True)
class GardenSource:
    """Blocks parted by blank lines, behind a line `GARDEN`; a block `lost` is forgotten on purpose."""

    name: str = "garden"
    sure: float = 1.0

    def recognise(self, document: Document) -> float:
        return self.sure if document.text.startswith("GARDEN") else 0.0

    def read(self, document: Document) -> Reading:
        items = []
        line = 2
        for block in document.text.split("\n", 1)[1].split("\n\n"):
            if block.strip() and block.strip() != "lost":
                items.append(Item("abstract", block.strip(), Span(document.name, line)))
            line += block.count("\n") + 2
        return Reading(tuple(items), (Noise(Span(document.name), "GARDEN"),))
