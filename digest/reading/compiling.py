"""Bodies to prose, each alone."""

from __future__ import annotations

from dataclasses import replace

from digest.formats import markdown
from digest.model import Dialect, Entry, PageFile, Prose


def compile_prose(source: Entry | PageFile, dialect: Dialect = Dialect()) -> Prose:  # noqa: ARG001 - to come
    """The body of an entry or page, compiled; its links have places in the file.

    The `summary` of an entry, where it has one, is its excerpt.
    """
    prose = markdown.compile_body(source.body, first_line=source.body_line)
    if isinstance(source, Entry) and source.summary:
        summary = markdown.compile_body(source.summary, first_line=1)
        prose = replace(prose, excerpt=summary.excerpt)
    return prose
