"""Posts of Jekyll, Hugo, Zola, Quarto, Zenn and their like: Markdown behind YAML, TOML or JSON; one entry a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digest.formats.post_front_matter import parse_post
from digest.formats.post_head import PostHead
from digest.formats.post_names import parse_post_name
from digest.model import Document, Found
from digest.sources.posts import post_keys
from digest.sources.posts.paper_notes import with_note_header
from digest.sources.posts.post_items import post_of, read_post
from digest.sources.posts.post_papers import NAMES_OF_LISTS, holds_several_papers

_KEYS: Final = (
    "title",
    "layout",
    "date",
    "tags",
    "categories",
    "category",
    "draft",
    "author",
    "authors",
    "slug",
    "description",
)


_IDS: Final = ("arxiv", "arxiv_id", "doi")
_DATES: Final = (
    "date",
    "published_at",
    "publishdate",
    "pubdate",
    "created",
    "created_at",
    "year",
    "arxiv",
    "doi",
    "abstract",
)


class Post:
    """A front matter and a text."""

    name: Final = "post"

    def recognise(self, document: Document) -> float:
        """Nearly sure of a front matter as posts have it; a digest or list of papers may have one too."""
        head = parse_post(document.head, document.name)
        if head is None or re.search(r"\.(?:json|toml|ya?ml|bib)$", document.name.casefold()):
            return 0.0
        if document.head.lstrip().startswith("{") and not head.body:
            return 0.0  # a record of a service, and no text behind it
        known = sum(head.has(key, f"{key}[]") for key in _KEYS)
        if not known:
            return 0.5 if head.fields and head.body else 0.0
        if holds_several_papers(head.body):
            return 0.55
        name = parse_post_name(document.name)
        if name.day is None and NAMES_OF_LISTS.search(f"{_title(head)} {name.stem}"):
            return 0.55
        if not head.has(*_DATES) and name.day is None:
            return 0.62  # a page, not a post
        if (
            head.has("title")
            and head.has(*post_keys.TELLS_OF_A_PAPER)
            and head.has("authors", "authors[]", "doi", "arxiv")
        ):
            return 0.98
        return 0.93 if known > 1 or head.has("title") else 0.8

    def read(self, document: Document) -> Iterator[Found]:
        """The one item of the post."""
        head = parse_post(document.text, document.name)
        head = head or PostHead((), document.text.strip(), 1)
        title = ""
        if not head.has("title"):
            head, title = with_note_header(head)
        yield from read_post(post_of(document.name, head, title=title))


SOURCE: Final = Post()


def _title(head: PostHead) -> str:
    return next((field.value for field in head.fields if field.name == "title"), "")
