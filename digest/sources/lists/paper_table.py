"""Tables of papers in Markdown, or in HTML within it: daily tables, schedules of reading clubs, a paper a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from digest.model import Document, Reading
from digest.sources.lists.listed_papers import read_listed, sureness


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A paper a row."""

    name: str = "paper-table"

    def recognise(self, document: Document) -> float:
        """Sure if most papers of the page are rows of tables."""
        return sureness(document, "row")

    def read(self, document: Document) -> Reading:
        """Every paper of the page, whatever its shape."""
        return read_listed(document)


SOURCE: Final = PaperTable()
