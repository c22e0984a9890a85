"""Invented items, readings and a format for the tests of the import."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from digest.model import Document, Identifiers, Item, Noise, Reading, Span
from digest.sources import SourceReading

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
LONG = (
    "We water {0} every morning and measure how much of it the soil keeps until the evening. A layer of straw keeps "
    "a third more than bare ground does, and a layer of bark keeps half more, over all {1} weeks of the trial. We "
    "give the tables and the seeds, so that whoever doubts {0} can plant it and measure again in another climate."
)


def no_tags(_title: str, _text: str) -> tuple[str, ...]:
    """A vocabulary that knows nothing."""
    return ()


def reading_of(*items: Item, name: str = "notes/garden.txt", noise: tuple[Noise, ...] = ()) -> SourceReading:
    """The reading of a document in which these items were found."""
    return SourceReading(Document(name, "\n".join(item.body for item in items)), "garden", Reading(items, noise))


def abstract(body: str, line: int = 1, arxiv: str = "", **fields: object) -> Item:
    """An abstract at a line of an invented document."""
    span = Span("notes/garden.txt", line)
    return Item("abstract", body, span, identifiers=Identifiers(arxiv=arxiv), **fields)  # type: ignore[arg-type] # names


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
