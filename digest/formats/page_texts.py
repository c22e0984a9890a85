"""Where a page shows an abstract, or the text of a post, and that as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from typing import Final

from digest.formats.html_to_markdown import render_markdown
from digest.formats.markup import Element
from digest.formats.patterns import lazily

_ABSTRACT_CLASS: Final = lazily(
    r"(?i)(?:^|[\s_-])(?:abstract(?:section|text|content)?|abs)(?=$|[\s_-])|AbstractSection"
)
_CONTENT_CLASS: Final = lazily(r"(?i)(?:^|\s)(?:e-content|entry-content|post-content|post-body|article-body)(?=$|\s)")
_ONLY_LINKS: Final = lazily(r"(?:[\s|*-]|!?\[[^\[\]]*\]\([^()]*\)|<https?:[^<>]*>)+")
_LEAD: Final = lazily(r"(?i)^(?:#{1,6}\s*|\**)?(?:abstract|summary)\b\W{0,3}(?:\s+|$)")
_NO_LABELS: Final = frozenset({"a", "button", "li", "option", "title", "script", "style", "td"})
_TEXT_PARTS: Final = frozenset({"div", "section", "blockquote", "p", "article", "span"})
_AROUND: Final = frozenset({"form", "nav", "footer", "dialog", "script", "style", "head"})


def find_abstracts(page: Element, base: str) -> Iterator[str]:
    """What the page shows as its abstract: under a heading that says so, else by its class."""
    shown = [*_shown(page)]
    for parent in shown:
        parts = [*parent.content]
        for place, part in enumerate(parts):
            if isinstance(part, Element) and part.name not in _NO_LABELS and _is_label(part):
                under = Element("div", content=tuple(_until_heading(parts[place + 1 :])))
                yield _to_links(render_markdown(under, base))
                break
    for element in (each for each in shown if each.name in _TEXT_PARTS):
        sign = f"{element.get('class')} {element.get('id')}"
        if _ABSTRACT_CLASS.search(sign) and not re.search(r"(?i)highlight|graphical|teaser", sign):
            yield _to_links(without_label(render_markdown(_without_labels(element), base)))


def find_contents(page: Element, base: str) -> list[str]:
    """The text of a post, where the page marks it."""
    parts = [each for each in page.find_all() if each.get("itemprop") == "articleBody"]
    parts = parts or [each for each in page.find_all("div", "section") if _CONTENT_CLASS.search(each.get("class"))]
    articles = [*page.find_all("article")]
    parts = parts or (articles if len(articles) == 1 else [*page.find_all("main")])
    return [text for part in parts[:1] if (text := render_markdown(part, base))]


def _shown(page: Element) -> Iterator[Element]:
    """The parts of a page without what it asks and where it leads."""
    stack = [page]
    while stack:
        element = stack.pop()
        yield element
        inner = [each for each in element.children() if each.name not in _AROUND and "modal" not in each.get("class")]
        stack.extend(reversed(inner))


def _to_links(text: str) -> str:
    """A text up to the first paragraph that is but links and pictures."""
    paragraphs = text.split("\n\n")
    kept = [*takewhile(lambda paragraph: not _ONLY_LINKS.fullmatch(paragraph), paragraphs)]
    while kept and kept[-1].startswith("#"):
        kept.pop()
    return "\n\n".join(kept)


def _is_label(element: Element) -> bool:
    text = "".join(islice(element.texts(), 8))
    return len(text) < 60 and text.strip(" \n\t:.").casefold() == "abstract"


def _until_heading(parts: Sequence[Element | str]) -> Iterator[Element | str]:
    """What stands under a label, up to the next heading."""
    for part in parts:
        if isinstance(part, Element) and re.fullmatch(r"h[1-4]", part.name):
            return
        yield part


def _without_labels(element: Element) -> Element:
    """An element without the label that stands before its text."""
    parts = tuple(each for each in element.content if isinstance(each, str) or "descriptor" not in each.get("class"))
    return Element(element.name, element.namespace, element.attributes, parts, element.line)


def without_label(text: str) -> str:
    """A text without the word `Abstract` over it."""
    lead = _LEAD.match(text)
    apart = lead and (":" in lead[0] or "\n" in lead[0] or lead[0][0] in "#*")
    return text[lead.end() :].lstrip("*:. \n") if lead and apart else text
