"""Bodies to prose, each alone."""

from __future__ import annotations

from digest.formats import markdown
from digest.model import Entry, PageFile, Prose


def compile_prose(source: Entry | PageFile) -> Prose:
    """The body of an entry or page, compiled; its problems have places in the file."""
    return markdown.compile_body(source.body, path=source.path, first_line=source.body_line)
