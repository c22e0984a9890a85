"""Bibliographies to files."""

from __future__ import annotations

from typing import Final

from digest.formats import citations, urls
from digest.model import Export, Output, Piece, Reference
from digest.rendering.recent import Recent

_BRIEFS: Final = 16 << 20  # bytes of references without abstracts: they stand in lists all over the site
_WHOLES: Final = 1 << 20  # bytes of those with them: they stand with their entry and its day, one after another
_SLOT: Final = 300  # bytes that one takes beside its text


class ExportWriter:
    """Writes bibliographies, one after another; a reference of several is made and written once a format."""

    def __init__(self) -> None:
        self._briefs: Recent[bytes] = Recent(_BRIEFS)
        self._wholes: Recent[bytes] = Recent(_WHOLES)

    def render(self, export: Export) -> Output:
        """The file of a bibliography."""
        form, kept = export.format, self._wholes if export.abstracts else self._briefs
        found = [kept.find((form, piece.mark)) or self._write(piece, export) for piece in export.pieces]
        return Output(urls.output_path(export.url), citations.join_references(form, found))

    def _write(self, piece: Piece[Reference], export: Export) -> bytes:
        """A reference; one that is made with its abstract is known without."""
        brief, whole = (text.encode() for text in citations.write_reference(export.format, piece.make()))
        key = (export.format, piece.mark)
        if piece.mark:
            self._briefs.keep(key, brief, _SLOT + len(brief))
            if export.abstracts:
                self._wholes.keep(key, whole, _SLOT + len(whole))
        return whole if export.abstracts else brief
