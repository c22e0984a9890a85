"""A source: notes that somebody took outside, each after a line of its own with a star."""

from __future__ import annotations

from collections.abc import Iterator

from digest.model import Document, Item, Span

HEAD = "FIELD NOTES"


class FieldNotes:
    """Reads `FIELD NOTES`, then items: a line `* title`, then paragraphs."""

    name = "field-notes"

    def recognise(self, document: Document) -> float:
        """Beyond doubt by its first line."""
        return 1.0 if document.head.startswith(HEAD) else 0.0

    def read(self, document: Document) -> Iterator[Item]:
        """One item after the other."""
        title, line = "", 0
        body: list[str] = []
        for number, text in enumerate(document.lines(), start=1):
            if text.startswith("* "):
                if title:
                    yield Item("note", "\n".join(body).strip(), Span(document.name, line), title=title)
                title, line, body = text[2:].strip(), number, []
            elif title:
                body.append(text)
        if title:
            yield Item("note", "\n".join(body).strip(), Span(document.name, line), title=title)


SOURCE = FieldNotes()
