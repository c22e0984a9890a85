"""The fields of a post's head as an item: what an entry has a place for is taken, all else is told as noise."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from digest.formats import identifiers
from digest.formats.post_head import PostHead, field_name
from digest.formats.post_names import PostName, parse_post_name
from digest.formats.shortcodes import convert_shortcodes
from digest.model import Found, Identifiers, Item, Kind, Noise, PartialDate, Span
from digest.sources.posts import post_keys
from digest.sources.posts.post_fields import (
    Dates,
    one_line,
    take_aliases,
    take_authors,
    take_draft,
    take_language,
    take_paper,
    take_slug,
    take_tags,
    told,
)
from digest.sources.posts.post_papers import NOTHING, find_post_paper
from digest.sources.records import Field, Record

# Themes draw a line below their head.
_RULE: Final = re.compile(r"-{3,}[ \t]*(?:\n|\Z)")
_PAGE: Final = re.compile(r"\{\{-?[ \t]*page\.(?P<key>[\w-]+)[ \t]*-?\}\}")


@dataclass(frozen=True, slots=True)
class Post:
    """A post before it is an item: its head and the Markdown of its body; `tags_by_blank` is the way of Jekyll."""

    path: str
    head: PostHead
    name: PostName
    title: str = ""
    tags_by_blank: bool = False


def read_post(post: Post) -> Iterator[Found]:
    """One item, then what was left out and what was odd."""
    path, head = post.path, post.head
    yield from head.problems
    record = Record(path, [Field(field.name, field.value, field.line) for field in head.fields])
    converted = convert_shortcodes(head.body)
    title = one_line(html.unescape(record.take("title") or post.title))
    body, repeated = _without_title(_trimmed(converted.body), title)
    rule = _RULE.match(body)
    body = _trimmed(body[rule.end() :]) if rule else body
    names, links = _paper_of(record, title, body)
    body = _filled(body, head)
    month = identifiers.arxiv_month(names.arxiv) if names.arxiv else None
    named = post.name.day
    found = Dates.take(record, path, PartialDate(named.year, named.month) if named else month)
    yield from found.problems
    authors, writers = take_authors(
        record, of_paper=head.has(*post_keys.TELLS_OF_A_PAPER), whole=head.has(*post_keys.RECORD)
    )
    abstract = record.take("abstract") if authors else ""
    if abstract:
        body = f"{abstract}\n\n{body}".strip()
    details = [("post-author", ", ".join(writers)), ("post-updated", found.updated)]
    details += [
        (post_keys.DETAILS[key], one_line(record.take(key))) for key, _ in told(record, tuple(post_keys.DETAILS))
    ]
    day = found.day or post.name.day
    about = names != NOTHING or bool(authors) or any(name in {"paper", "pdf"} for name, _ in links)
    kind: Kind = "abstract" if abstract else "summary" if about else "note"
    tags, shelves = take_tags(record, by_blank=post.tags_by_blank)
    yield Item(
        kind=kind,
        body=body,
        span=Span(path, record.line_of("title")),
        title=title or ("" if re.match(r"\s*#", body) else post.name.title),
        day=day,
        published=found.published or (None if day else month),
        authors=authors,
        identifiers=names,
        venue=one_line(record.take(*post_keys.VENUE)).replace("*", ""),
        summary=record.take(*post_keys.SUMMARY) or ("" if abstract else record.take("abstract")),
        links=tuple(dict.fromkeys(links)),
        details=tuple((name, text) for name, text in details if text),
        tags=tags,
        lang=take_language(record) or post.name.lang,
        license=one_line(record.take(*post_keys.LICENSE)),
        slug=take_slug(record) or post.name.slug,
        aliases=take_aliases(record),
        draft=take_draft(record) or post.name.draft,
    )
    yield from record.noise()
    for line, text in (*head.remarks, *shelves):
        yield Noise(Span(path, line), text)
    for line, text in (*converted.dropped, *repeated):
        yield Noise(Span(path, head.body_line + line), text)


def post_of(path: str, head: PostHead, *, title: str = "") -> Post:
    """The post of a head under the name of its file."""
    name = parse_post_name(path)
    return Post(path, head, name, title, tags_by_blank=name.jekyll or head.has("layout"))


def _paper_of(record: Record, title: str, body: str) -> tuple[Identifiers, list[tuple[str, str]]]:
    """What the head tells of the paper, else the body, and the addresses."""
    names, links = take_paper(record)
    if names == NOTHING:
        names, address = find_post_paper(title, body)
        if address and not any(name == "paper" for name, _ in links):
            links = [("paper", address), *links]
    return names, links


def _without_title(body: str, title: str) -> tuple[str, list[tuple[int, str]]]:
    """The body without a first heading that only repeats the title."""
    found = re.match(r"(?P<text> {0,3}#{1,3}[ \t]+(?P<atx>[^\n]*)|(?P<setext>[^\n]+)\n=+[ \t]*)(?:\n|\Z)", body)
    heading = (found["atx"] or found["setext"] or "") if found else ""
    words = re.findall(r"[^\W_]+", heading.casefold())
    if not found or not words or words != re.findall(r"[^\W_]+", title.casefold()):
        return body, []
    return _trimmed(body[found.end() :]), [(0, found["text"])]


def _filled(body: str, head: PostHead) -> str:
    """The body with `{{ page.key }}` as what the head says under that key."""
    if "{{" not in body:
        return body
    told = {field.name: field.value for field in reversed(head.fields) if field.value}
    return _PAGE.sub(lambda found: told.get(field_name(found["key"]), found[0]), body)


def _trimmed(body: str) -> str:
    """A body without the blank lines at its ends; the indent of its first line stays."""
    return re.sub(r"\A(?:[ \t]*\n)+", "", body).rstrip()
