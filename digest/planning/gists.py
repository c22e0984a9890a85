"""What is told of an entry when it is compiled, so that nobody has to load its body to plan the site."""

from __future__ import annotations

from digest.model import Entry, Gist, PageFile, Prose
from digest.planning.marks import mark
from digest.planning.references import make_stem
from digest.planning.summaries import reading_minutes


def make_gist(source: Entry | PageFile, prose: Prose, head: bytes) -> Gist:
    """The gist of an entry or page, of whose file `head` is what is not its body."""
    complete = prose.excerpt.strip() == prose.html.strip()
    told = f"{source.key} {reading_minutes(prose.words)} {complete}"
    return Gist(
        title_text=prose.title_text,
        words=prose.words,
        links=prose.links,
        stem=make_stem(source, prose) if isinstance(source, Entry) else "",
        card=mark(head, told, prose.title, prose.title_text, prose.excerpt),
    )
