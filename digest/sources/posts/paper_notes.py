"""Reading notes in plain Markdown, one paper a file: a title, perhaps what tells of the paper, and the notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from digest.formats.note_header import NoteHeader, read_note_header
from digest.formats.post_front_matter import parse_post
from digest.formats.post_head import PostField, PostHead, field_name
from digest.formats.post_names import EXTENSIONS, parse_post_name
from digest.model import Document, Found
from digest.sources.posts.post_items import Post, read_post
from digest.sources.posts.post_papers import (
    NAMES_OF_LISTS,
    NOTHING,
    find_post_paper,
    holds_several_papers,
    read_identifiers,
)

_MARKDOWN: Final = frozenset(["md", "markdown", "mkd", "mdown", "mdx", "qmd", "rmd"])
_ADDRESS: Final = re.compile(
    r"\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*<?(?P<url>https?://[^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*)[^()]*\)"
    r"|(?P<bare>https?://[^\s<>\[\]]+)"
)
# Markup, JSON, BibTeX, listings of arXiv.
_FOREIGN: Final = re.compile(r"\s*(?:<(?!!--|br|img|p\b|div)|[{@]|\\\\|%)")
_MARK: Final = re.compile(
    r"^ {0,3}(?:#{1,6}(?:[ \t]+\S|\[)|(?:[*+-]|\d+\.)[ \t]+\S|```|\*\*[^*\n]+\*\*[ \t]*:?|\*\*[^*\n]+:\*\*)"
    r"|\S\n={3,}[ \t]*$|\A\s*\[[^\[\]\n]+\]\(https?://[^\s()]+\)[ \t]*$",
    re.MULTILINE,
)
# Papers one after the other, or one with its abstract, are labelled blocks.
_TITLE: Final = re.compile(r"^[\W_]{0,6}(?:paper )?title\W{0,4}:", re.MULTILINE | re.IGNORECASE)
_ABSTRACT: Final = re.compile(r"^[\W_]{0,6}abstract\W{0,4}:[\W_]*\S", re.MULTILINE | re.IGNORECASE)
# In signs.
_OPENING: Final = 600
_BOLD_LINE: Final = re.compile(r"\s*(?:\*\*|__)[^\n]+?(?:\*\*|__)[ \t\\]*\n[ \t]*\S")
_HEADING: Final = re.compile(r"^#{1,6} ", re.MULTILINE)
# A day in the title is that of a digest.
_DAY: Final = re.compile(r"\d{4}-\d\d|\d\d\.\d\d\.\d{4}|\b\d{1,2},? (?:19|20)\d\d\b")
# The fields of a note's header under the names that heads of posts have for them.
_NAMES: Final = {"authors": "paper_authors", "published": "paper_date", "date": "note_date"}


class PaperNotes:
    """A heading that names a paper, and notes below it."""

    name: Final = "paper-notes"

    def recognise(self, document: Document) -> float:
        """As sure as the head tells of one paper; a digest or list of several is another format's."""
        text = document.head
        name = parse_post_name(document.name)
        if (
            not _MARK.search(text)
            or re.match(r"\s*(?:<(?!!--|br|img|p\b|div)|[{@]|\\\\|%)", text)
            or parse_post(text, "")
        ):
            return 0.0
        if name.extension not in _MARKDOWN | {"txt", ""} or (name.extension == "" and "." in document.name):
            return 0.0
        header = read_note_header(text)
        if holds_several_papers(header.body) or len(_TITLE.findall(text)) > 1 or _has_bold_titles(text):
            return 0.5 if name.extension in _MARKDOWN else 0.0
        sure = min(_how_sure(header), 0.6 if _ABSTRACT.search(text) else 1.0)
        markdown = name.extension in _MARKDOWN
        return sure if markdown or sure >= 0.7 else 0.0

    def read(self, document: Document) -> Iterator[Found]:
        """The one item of the note."""
        head, title = with_note_header(PostHead((), document.text.lstrip("\ufeff"), 1))
        name = parse_post_name(document.name)
        # The name of a note is its title, or of no use as an address.
        yield from read_post(Post(document.name, head, replace(name, stem=""), title or name.title))


SOURCE: Final = PaperNotes()
assert EXTENSIONS >= _MARKDOWN  # noqa: S101 - both lists are ours


def with_note_header(head: PostHead) -> tuple[PostHead, str]:
    """A head with what the top of its body tells of the paper, and the title that stands there."""
    header = read_note_header(head.body, head.body_line)
    fields = [*head.fields]
    title = header.title
    for found in header.fields:
        if found.name == "paper" and not title and not _ADDRESS.search(found.value):
            title = " ".join(found.value.split())
        else:
            fields += _fields_of(found)
    if header.address:
        fields.append(PostField("paper", header.address, header.line))
    fields += [PostField(f"links.{field_name(name)}", address, header.line) for name, address in header.links]
    if header.names:
        fields.append(PostField("paper_authors", header.names, header.line))
    remarks = (*head.remarks, *header.dropped)
    return replace(head, fields=tuple(fields), body=header.body, body_line=header.body_line, remarks=remarks), title


def _fields_of(found: PostField) -> Iterator[PostField]:
    """The fields of a labelled line: its addresses one by one where it has any."""
    name = _NAMES.get(found.name, found.name)
    addresses = list(_ADDRESS.finditer(found.value)) if name in {"paper", "pdf", "code", "project"} else []
    if found.name == "said":
        if read_identifiers(found.value) != NOTHING:
            yield replace(found, name="paper")
        return
    if not addresses:
        yield replace(found, name=name)
    for number, address in enumerate(addresses):
        url = address["url"] or address["bare"].rstrip(".,;)")
        label = field_name(address["text"] or "")
        yield replace(found, name=f"links.{label}" if number and label else name, value=url)


def _how_sure(header: NoteHeader) -> float:
    told = {found.name for found in header.fields}
    if header.title and read_identifiers(header.address) != NOTHING:
        return 0.98
    if header.title and (told & {"paper", "pdf"} or header.address.startswith("http")):
        return 0.98 if told & {"authors", "year", "venue", "date"} else 0.93
    names, address = find_post_paper(header.title, header.body)
    if header.title and (names != NOTHING or address) and not NAMES_OF_LISTS.search(header.title):
        # One paper and no other is called the note's own: at its beginning that is beyond doubt.
        return 0.98 if _names_paper_first(header.body, names.arxiv or address) else 0.75
    if header.title and (header.names or "authors" in told):
        return 0.86 if "year" in told else 0.75
    if header.title and header.links:
        return 0.75
    if not header.title:
        return 0.56 if len(_HEADING.findall(header.body)) > 1 else 0.52
    return 0.52 if _DAY.search(header.title) else 0.58


def _has_bold_titles(text: str) -> bool:
    """Whether several paragraphs begin with a line in bold, and all of the text is such paragraphs."""
    paragraphs = [paragraph for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip()]
    bold = sum(bool(_BOLD_LINE.match(paragraph)) for paragraph in paragraphs)
    return bold >= 4 and bold * 10 >= 8 * len(paragraphs)


def _names_paper_first(body: str, name: str) -> bool:
    """Whether the name of a paper stands at the beginning of a text."""
    return bool(name) and name in body[:_OPENING]
