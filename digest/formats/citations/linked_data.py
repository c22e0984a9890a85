"""The page of an entry as JSON-LD: a post of a blog about a paper (https://schema.org/ScholarlyArticle).

It is no `Review`: those have a rating, and search engines complain of ones without.
"""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Final, TypeAlias

from digest.formats import identifiers
from digest.formats.citations.texts import one_line
from digest.model import Html, Reference, dataclass

Json: TypeAlias = str | list["Json"] | dict[str, "Json"]

_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
# None of these may stand in a script element as they are; within JSON they stand in texts only.
_ESCAPES: Final = (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"))
_MOST_AUTHORS: Final = 50  # enough for a search engine; the whole list is on the page
_TYPES: Final = {"book": "Book", "chapter": "Chapter", "thesis": "Thesis", "report": "Report", "dataset": "Dataset"}


@dataclass(frozen=True, slots=True)
class Post:
    """What an entry says of itself; texts are empty where unknown."""

    title: str
    permalink: str
    day: str
    author: str
    language: str
    license: str
    keywords: tuple[str, ...]
    blog: str
    home: str


def link_data(post: Post, reference: Reference) -> Html:
    """The JSON, safe within a `script` element."""
    told = _full({
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "url": post.permalink,
        "headline": post.title,
        "datePublished": post.day,
        "inLanguage": post.language,
        "license": post.license if post.license.startswith(("https://", "http://")) else "",
        "author": _full({"@type": "Person", "name": post.author}) if post.author else "",
        "keywords": [one_line(word) for word in post.keywords],
        "isPartOf": _full({"@type": "Blog", "name": post.blog, "url": post.home}),
        "about": _describe(reference) if reference.is_paper else "",
    })  # fmt: skip
    text = _ENCODE(told)
    for sign, escaped in _ESCAPES:
        text = text.replace(sign, escaped)
    return Html(text)


def hash_script(text: str) -> str:
    """What a policy calls an inline script by. Browsers do not ask for that of data; checkers of pages do."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _describe(reference: Reference) -> Json:
    same = [one_line(address) for _, address in identifiers.identifier_links(reference.identifiers)]
    people = reference.authors[:_MOST_AUTHORS]
    return _full({
        "@type": _TYPES.get(reference.type, "ScholarlyArticle"),
        "name": reference.title,
        "author": [{"@type": "Person", "name": one_line(person.name)} for person in people],
        "datePublished": str(reference.issued or ""),
        "url": reference.url,
        "sameAs": [address for address in same if address != reference.url],
        "isPartOf": _full({"@type": "CreativeWork", "name": reference.container}) if reference.container else "",
    })  # fmt: skip


def _full(told: dict[str, Json]) -> dict[str, Json]:
    """What says something, its texts on one line."""
    return {name: one_line(value) if isinstance(value, str) else value for name, value in told.items() if value}
