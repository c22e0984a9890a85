"""What is told of an entry when it is compiled, so that nobody has to load its body to plan the site."""

from __future__ import annotations

from dataclasses import replace

from digest.model import Entry, Gist, PageFile, Prose
from digest.planning.marks import mark
from digest.planning.summaries import reading_minutes


def make_gist(source: Entry | PageFile, prose: Prose) -> Gist:
    """The gist of an entry or page. It depends on both and on nothing else of the site."""
    bare = replace(source, body="", body_line=0, fingerprint=b"")
    complete = prose.excerpt.strip() == prose.html.strip()
    return Gist(
        title_text=prose.title_text,
        words=prose.words,
        links=prose.links,
        card=mark(repr(bare), prose.title, prose.title_text, prose.excerpt, f"{reading_minutes(prose.words)} {complete}"),
    )
