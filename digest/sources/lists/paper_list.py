"""Lists of papers in Markdown: accepted papers, awesome lists, bibliographies, reading lists, a paper an item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from digest.model import Document, Reading
from digest.sources.lists.listed_papers import read_listed, sureness


@dataclass(frozen=True, slots=True)
class PaperList:
    """A paper an item of a list, or a paragraph."""

    name: str = "paper-list"

    def recognise(self, document: Document) -> float:
        """Sure if most papers of the page are items of lists."""
        return sureness(document, "item")

    def read(self, document: Document) -> Reading:
        """Every paper of the page, whatever its shape."""
        return read_listed(document)


SOURCE: Final = PaperList()
