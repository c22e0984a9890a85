"""Posts in Markdown whose head has no fences: Pelican's `Title: …`, Nikola's `.. title: …`, Logseq's `title:: …`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from digest.formats.pelican_metadata import parse_logseq_page, parse_nikola_post, parse_pelican_post
from digest.formats.post_front_matter import lacks_fence
from digest.formats.post_head import PostHead
from digest.formats.post_names import parse_post_name
from digest.model import Document, Found
from digest.sources.posts.paper_notes import with_note_header
from digest.sources.posts.post_items import post_of, read_post
from digest.sources.posts.post_papers import holds_several_papers

_OF_A_POST: Final = ("date", "slug", "category", "tags", "status", "modified")


class PelicanPost:
    """Lines of metadata, a blank line, and Markdown."""

    name: Final = "pelican-post"

    def recognise(self, document: Document) -> float:
        """Nearly sure of a title and a field that only posts have; labelled papers are another format's."""
        if parse_post_name(document.name).extension in {"rst", "rest"} or lacks_fence(document.head):
            return 0.0
        head = _parse(document.head, document.name)
        if head is None or head.has("abstract"):
            return 0.0
        if not head.has(*_OF_A_POST):
            return 0.6 if head.has("title") and head.body else 0.0
        return 0.55 if holds_several_papers(head.body) else 0.98

    def read(self, document: Document) -> Iterator[Found]:
        """The one item of the post."""
        head = _parse(document.text, document.name) or PostHead((), document.text.strip(), 1)
        title = ""
        if not head.has("title"):
            head, title = with_note_header(head)
        yield from read_post(post_of(document.name, head, title=title))


SOURCE: Final = PelicanPost()


def _parse(text: str, path: str) -> PostHead | None:
    commented = text.lstrip("\ufeff \t\n").startswith("<!--") or parse_post_name(path).extension == "md"
    nikola = parse_nikola_post(text) if commented else None
    return nikola or parse_pelican_post(text) or parse_logseq_page(text)
