"""Where in a file something stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from digest.formats import frontmatter, slugs
from digest.model import CheckedSite, Entry, PageFile, Span


def list_bodies(checked: CheckedSite) -> Iterator[tuple[Entry | PageFile, str]]:
    """Every page and entry, and the HTML of its body."""
    sources: tuple[Sequence[Entry | PageFile], ...] = (checked.site.pages, checked.site.entries)
    for source in chain.from_iterable(sources):
        prose = checked.site.prose.get(source.key)
        yield source, prose.html if prose else ""


def place_of_key(checked: CheckedSite, path: str, key: str) -> Span:
    """What a key of a front matter says; the first line where there is none."""
    node = _read_front(checked, path).get(key)
    return node.span if node else Span(path)


def place_of_tag(checked: CheckedSite, path: str, tag: str) -> Span:
    """A tag in the front matter, however it is spelt there."""
    node = _read_front(checked, path).get("tags")
    if isinstance(node, frontmatter.ListNode):
        for item in node.items:
            if isinstance(item, frontmatter.ScalarNode) and tag in {item.text, slugs.slugify(item.text, limit=120)}:
                return item.span
    return node.span if node else Span(path)


def place_of_text(checked: CheckedSite, path: str, body_line: int, *wanted: str) -> Span:
    """Where one of some texts first stands in a body; the beginning of it where it is written otherwise."""
    lines = checked.read_source(path).split("\n")
    for text in wanted:
        for number, line in enumerate(lines[body_line - 1 :], body_line):
            if text and (column := line.find(text)) >= 0:
                return Span(path, number, column + 1, len(text))
    return Span(path, body_line)


def _read_front(checked: CheckedSite, path: str) -> frontmatter.MapNode:
    document = frontmatter.split_document(checked.read_source(path), path)
    mapping, _ = frontmatter.parse_front_matter(document.front or "", path, document.front_line)
    return mapping
