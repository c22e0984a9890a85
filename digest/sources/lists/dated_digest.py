"""Digest posts in Markdown: a day, and a section for each of its papers with names, links and abstract or summary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from digest.model import Document, Reading
from digest.sources.lists.listed_papers import read_listed, sureness


@dataclass(frozen=True, slots=True)
class DatedDigest:
    """A paper a section."""

    name: str = "dated-digest"

    def recognise(self, document: Document) -> float:
        """Sure if most papers of the page are sections of their own."""
        return sureness(document, "section")

    def read(self, document: Document) -> Reading:
        """Every paper of the page, whatever its shape."""
        return read_listed(document)


SOURCE: Final = DatedDigest()
