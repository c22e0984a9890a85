"""A saved page of many papers: digests, listings and reading lists in HTML, read as the Markdown that it shows."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice, pairwise
from typing import Final

from digest.formats import feed_dates, markup, page_metadata
from digest.formats.html_to_markdown import render_markdown
from digest.formats.markup import Element
from digest.formats.page_metadata import Metadata, json_text
from digest.model import Document, Found, Item, Noise, Source, Span
from digest.sources import registry

_HTML: Final = re.compile(r"(?i)<!doctype\s+html|<(?:html|head|body|main|article|section|div|h[1-6])[\s>]")
# A page of one paper says so for machines.
_ONE_PAPER: Final = re.compile(r"(?i)[\"']citation_title[\"'\s>]|\"ScholarlyArticle\"|eprints\.title")
_AROUND: Final = frozenset(
    {"nav", "footer", "aside", "form", "dialog", "script", "style", "head", "button", "noscript"}
)
_AROUND_CLASS: Final = re.compile(
    r"(?i)(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|sidebar|breadcrumbs?|site-(?:header|footer|nav)|footer|pagination"
    r"|comments?-(?:area|list|section)|share|sharing|cookies?|related-posts|modal)(?=$|[\s_-])"
)
# What reads Markdown, and what reads lines: those of the text on the page.
_READERS: Final = (
    "dated-digest", "paper-list", "paper-table", "dated-listing", "plain-abstracts", "abstract-blocks",
    "labelled-blocks", "flattened-summaries", "closed-by-ids",
)  # fmt: skip
# No guess: the page may as well be one note.
_SURE: Final = 0.95
_FEWEST: Final = 2
# So many letters tell a line from others; so many pieces of text, and signs of a line, hold them.
_BEGINS: Final = 24
_TEXTS: Final = 12
_WIDEST: Final = 400
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TARGET: Final = re.compile(r"\]\([^()]*\)")


class HtmlPapers:
    """A page of many papers."""

    name: Final = "html-papers"

    def recognise(self, document: Document) -> float:
        """As sure as a format of Markdown is of what the page shows, if it is several papers."""
        head = document.head.lstrip("\ufeff \t\n")
        if not head.startswith("<") or not _HTML.search(head[:2000]) or _ONE_PAPER.search(head):
            return 0.0
        shown = _shown(document.name, head)
        source = registry.recognise_source(shown, _readers())
        if source is None or (sure := source.recognise(shown)) < _SURE:
            return 0.0
        papers = sum(isinstance(found, Item) for found in source.read(shown))
        return min(sure, 0.96) if papers >= _FEWEST else 0.0

    def read(self, document: Document) -> Iterator[Found]:
        """The papers of what the page shows, each at its line of the page; what stands around them is noise."""
        page = markup.parse_html(document.text)
        yield from (
            Noise(Span(document.name, part.line), text) for part in _parts_around(page) if (text := _words(part))
        )
        shown = _shown(document.name, document.text)
        lines = _Places(page, shown.text)
        posted = feed_dates.parse_instant(_posted(page_metadata.read_metadata(page)))
        things = [*registry.read_document(shown, None, _readers()).found]
        dated = any(isinstance(thing, Item) and thing.day is not None for thing in things)
        for thing in things:
            span = Span(document.name, lines.line_of(thing.span.line if thing.span else 1))
            if isinstance(thing, Item) and not dated and posted is not None:
                yield replace(thing, span=span, day=posted)
            else:
                yield replace(thing, span=span)


SOURCE: Final = HtmlPapers()


def _readers() -> tuple[Source, ...]:
    return tuple(map(registry.load_source, _READERS))


@lru_cache(maxsize=2)
def _shown(name: str, html: str) -> Document:
    """What a page shows, in Markdown and under a name that says so."""
    page = markup.parse_html(html)
    return Document(f"{name}.md", render_markdown(_within(page), _address_of(page)) + "\n")


def _address_of(page: Element) -> str:
    data = page_metadata.read_metadata(page)
    return data.links.get("canonical", "") or data.first("og.url")


def _posted(data: Metadata) -> str:
    return json_text(data.article.get("datePublished")) or data.first("article.published.time", "date")


def _is_around(element: Element) -> bool:
    if element.name in _AROUND or element.get("role") in {"navigation", "search", "complementary", "contentinfo"}:
        return True
    marks = f"{element.get('class')} {element.get('id')}"
    return bool(_AROUND_CLASS.search(marks)) and element.name not in {
        "html",
        "body",
        "main",
        "article",
        "h1",
        "h2",
        "h3",
    }


def _parts_around(element: Element) -> Iterator[Element]:
    """What a page has around its text, the outermost elements."""
    stack = [element]
    while stack:
        part = stack.pop()
        if _is_around(part):
            yield part
        else:
            stack.extend(reversed([*part.children()]))


def _within(element: Element, left: int = 200) -> Element:
    """An element without what is around its text; a day is what its `time` says for machines, if it shows less."""
    if element.name == "time" and (day := re.match(r"\d{4}-\d\d-\d\d", element.get("datetime"))):
        told = element.text()
        if not re.search(r"\d{4}", told):
            return replace(element, content=(day[0],))
    content: Sequence[Element | str] = [
        _within(part, left - 1) if isinstance(part, Element) and left else part
        for part in _with_days(element)
        if isinstance(part, str) or not _is_around(part)
    ]
    return replace(element, content=tuple(content))


def _with_days(element: Element) -> Sequence[Element | str]:
    """What an element holds, a `time` at once above a heading as a paragraph: it is the day of what follows."""
    content = element.content
    if element.name in _HEADINGS or not any(isinstance(part, Element) and part.name == "time" for part in content):
        return content
    filled = [part for part in content if isinstance(part, Element) or part.strip()]
    above = {
        id(part)
        for part, following in pairwise(filled)
        if isinstance(part, Element)
        and isinstance(following, Element)
        and part.name == "time"
        and following.name in _HEADINGS
    }
    return [
        replace(part, name="p", content=(replace(part, name="strong", content=(part,)),))
        if isinstance(part, Element) and id(part) in above
        else part
        for part in content
    ]


def _words(element: Element) -> str:
    return "" if element.name in {"script", "style", "head"} else " ".join(element.text().split())


class _Places:
    """Where on the page the lines of its Markdown stand, as far as their first words tell."""

    def __init__(self, page: Element, markdown: str) -> None:
        starts: dict[str, list[tuple[int, int]]] = {}
        for place, part in enumerate(page.find_all()):
            if begins := _letters("".join(islice(part.texts(), _TEXTS)))[:_BEGINS]:
                starts.setdefault(begins, []).append((place, part.line))
        self._lines: list[int] = []
        at, line = 0, 1
        for written in markdown.split("\n"):
            begins = _letters(_TARGET.sub("", written[:_WIDEST]))[:_BEGINS]
            known = starts.get(begins, [])
            if (next_one := bisect_left(known, (at, 0))) < len(known):
                at, line = known[next_one]
            self._lines.append(line)

    def line_of(self, line: int) -> int:
        """The line of the page of a line of its Markdown."""
        return self._lines[line - 1] if 0 < line <= len(self._lines) else 1


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())
