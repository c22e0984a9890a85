"""What a page says of itself for machines: `meta` (Highwire, Dublin Core, PRISM, Open Graph), JSON-LD, `link`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from digest.formats.markup import Element

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
JsonObject = dict[str, Json]

# The better they describe a paper or a post, the earlier.
_TYPES: Final = (
    "ScholarlyArticle", "MedicalScholarlyArticle", "Thesis", "Report", "TechArticle", "BlogPosting", "Article",
    "NewsArticle", "Chapter", "Book", "SocialMediaPosting", "Review", "CreativeWork",
)  # fmt: skip
_DEEPEST: Final = 30


@dataclass(slots=True)
class Metadata:
    """The `meta` of a page in order, names in lower case with dots (`citation_title`, `dc.creator`, `og.title`)."""

    fields: list[tuple[str, str]] = field(default_factory=list)
    article: JsonObject = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    lang: str = ""
    title: str = ""

    def all(self, *names: str) -> list[str]:
        """The values of the first of these names that has one."""
        for name in names:
            if values := [value for key, value in self.fields if key == name]:
                return values
        return []

    def first(self, *names: str) -> str:
        """The first value of the first of these names that has one."""
        return next(iter(self.all(*names)), "")


def read_metadata(page: Element) -> Metadata:
    """All that the page says."""
    found = Metadata()
    for meta in page.find_all("meta"):
        value = " ".join((meta.get("content") or meta.get("value")).split())
        names = meta.get("name") or meta.get("property") or meta.get("itemprop")
        for name in names.split():
            if value:
                found.fields.append((_plain_name(name), value))
    for link in page.find_all("link"):
        for relation in link.get("rel").lower().split():
            if address := link.get("href").strip():
                found.links.setdefault(relation, address)
    html = page.find("html")
    title = page.find("title")
    found.lang = html.get("lang") or html.get("xml:lang") if html else ""
    found.title = " ".join(title.text().split()) if title else ""
    found.article = _article(page)
    return found


def json_text(value: Json) -> str:
    """A text, or that of the first that is one; the name of an object."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list):
        return next((text for each in value if (text := json_text(each))), "")
    if isinstance(value, dict):
        return json_text(value.get("name") or value.get("@value") or value.get("@id"))
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""


def json_names(value: Json) -> list[str]:
    """The names of persons and groups."""
    if isinstance(value, list):
        return [name for each in value for name in json_names(each)]
    if isinstance(value, dict) and value.get("familyName") and value.get("givenName") and not value.get("name"):
        return [f"{json_text(value['givenName'])} {json_text(value['familyName'])}"]
    if isinstance(value, dict) and isinstance(value.get("name"), list):
        return json_names(value["name"])
    text = json_text(value.get("name")) if isinstance(value, dict) else json_text(value)
    return [text] if text else []


def _plain_name(name: str) -> str:
    """`DC.Creator`, `dc:creator` and `bepress_citation_title` by the names that we know."""
    name = name.lower()
    place = name.rfind("citation_")
    return name[place:] if place >= 0 else re.sub(r"[:_]", ".", name)


def _article(page: Element) -> JsonObject:
    """The object that describes the paper or the post."""
    best: tuple[int, JsonObject] = (len(_TYPES), {})
    for script in page.find_all("script"):
        if "ld+json" in script.get("type").lower():
            for each in _objects(_load(script.text())):
                rank = min((_TYPES.index(kind) for kind in _kinds(each) if kind in _TYPES), default=len(_TYPES))
                if rank < best[0]:
                    best = (rank, each)
    return best[1]


def _kinds(value: JsonObject) -> Sequence[str]:
    kinds = value.get("@type")
    each = kinds if isinstance(kinds, list) else [kinds]
    return [kind.rpartition("/")[2] for kind in each if isinstance(kind, str)]


def _load(text: str) -> Json:
    text = re.sub(r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)\s*$", "", text.strip())
    try:
        loaded: Json = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    return loaded


def _objects(value: Json, left: int = _DEEPEST) -> Iterator[JsonObject]:
    """Every object in a value, outer ones first."""
    if isinstance(value, dict):
        yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inner if left else ():
        yield from _objects(each, left - 1)
