"""The site as Markdown: a twin of each entry, and llms.txt (https://llmstxt.org)."""

from __future__ import annotations

from collections.abc import Iterator

from digest.model import Alternate, Entry, TextFile
from digest.planning.atlas import Atlas


def markdown_of(_atlas: Atlas, _entry: Entry) -> Alternate | None:
    """The Markdown twin of an entry, if the site has them."""
    return None


def plan_twins(_atlas: Atlas) -> Iterator[TextFile]:
    """A twin of each entry, and llms.txt, if the site wants them."""
    yield from ()
