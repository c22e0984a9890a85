"""Heads of posts without fences: `Title: …` of Pelican, `.. title: …` of Nikola, `title:: …` of Logseq.

Source: Python-Markdown, the extension Meta-Data; Nikola, the handbook, "Metadata fields"; Logseq, page properties.
"""

from __future__ import annotations

import re
from typing import Final

from digest.formats.patterns import lazily
from digest.formats.post_head import PostField, PostHead, field_name

_PELICAN: Final = re.compile(r" {0,3}(?P<key>[^\W\d_][\w -]{0,40}?)[ \t]*:(?!:|//)[ \t]*(?P<value>.*)")
_NIKOLA: Final = re.compile(r"\.\.[ \t]+(?P<key>[A-Za-z][\w -]{0,40}):{1,2}[ \t]*(?P<value>.*)")
_LOGSEQ: Final = re.compile(r"(?P<key>[^\W\d_][\w -]{0,40})::(?:[ \t]+(?P<value>.*)|$)")
_CONTINUED: Final = lazily(r"(?: {4,}|\t)(?P<value>\S.*)")
_BLANK_LINES: Final = lazily(r"\ufeff?(?:[ \t]*\n)*")
# What tells a head from a paragraph that begins with a word and a colon.
_POST_KEYS: Final = (
    "date modified category slug tags status lang url save_as template translation update updated subtitle cover image"
    " topic topics series draft"
)
_KEYS_OF_POSTS: Final = frozenset(_POST_KEYS.split())


def parse_pelican_post(text: str) -> PostHead | None:
    """A post that opens with `Title: …` and at least one more field that only posts have, up to a blank line."""
    head = _parse(text, _PELICAN)
    if head is None or not head.has("title"):
        return None
    return head if any(field.name in _KEYS_OF_POSTS for field in head.fields) else None


def parse_nikola_post(text: str) -> PostHead | None:
    """A post whose fields stand in comments of reStructuredText or, in Markdown, of HTML."""
    commented = re.match(r"\s*<!--[ \t]*\n", text)
    start = commented.end() if commented else 0
    head = _parse(text[start:], _NIKOLA)
    if head is None or not head.has("title"):
        return None
    above = text.count("\n", 0, start)
    body, line = head.body, head.body_line + above
    if commented:
        closing = re.match(r"\s*-->[ \t]*\n?", body)
        if not closing:
            return None
        body, line = body[closing.end() :], line + body.count("\n", 0, closing.end())
    fields = tuple(PostField(field.name, field.value, field.line + above) for field in head.fields)
    return PostHead(fields, *_trimmed(body, line))


def parse_logseq_page(text: str) -> PostHead | None:
    """A page of Logseq that opens with properties."""
    return _parse(text, _LOGSEQ)


def _parse(text: str, grammar: re.Pattern[str]) -> PostHead | None:
    blank = _BLANK_LINES.match(text)
    start = blank.end() if blank else 0
    first = text.count("\n", 0, start) + 1
    fields: list[PostField] = []
    place, number = start, first
    while place < len(text):
        end = text.find("\n", place)
        end = len(text) if end < 0 else end
        line = text[place:end]
        if found := grammar.fullmatch(line.rstrip()):
            fields.append(PostField(field_name(found["key"]), (found["value"] or "").strip(), number))
        elif fields and (more := _CONTINUED.fullmatch(line.rstrip())):
            last = fields[-1]
            fields[-1] = PostField(last.name, f"{last.value}\n{more['value']}".strip(), last.line)
        else:
            break
        place, number = end + 1, number + 1
    if not fields:
        return None
    return PostHead(tuple(fields), *_trimmed(text[place:], number))


def _trimmed(body: str, line: int) -> tuple[str, int]:
    """A body without the blank lines at its ends, and the line on which it begins."""
    blank = _BLANK_LINES.match(body)
    start = blank.end() if blank else 0
    return body[start:].rstrip(), line + body.count("\n", 0, start)
