"""Any feed: RSS 0.9x, 1.0 (RDF) and 2.0, Atom 0.3 and 1.0, with Dublin Core, PRISM and what else stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from digest.formats import feed_dates, feed_names, feed_texts, markup
from digest.model import Document, Found, Identifiers, Item, Kind, Noise, PartialDate, Problem, Span
from digest.sources.arxiv.arxiv_records import told_fault
from digest.sources.web.feed_ids import guid_of, names_in

_SPACES: Final = (
    ("http://purl.org/dc/elements/", "dc"),
    ("http://purl.org/dc/terms", "dcterms"),
    ("http://prismstandard.org/", "prism"),
    ("http://purl.org/rss/1.0/modules/prism", "prism"),
    ("http://purl.org/rss/1.0/modules/content", "content"),
    ("http://purl.org/rss/1.0/modules/slash", "slash"),
    ("http://purl.org/rss/1.0/modules/taxonomy", "taxo"),
    ("http://www.itunes.com/", "itunes"),
    ("http://search.yahoo.com/mrss", "media"),
    ("http://rssnamespace.org/feedburner", "feedburner"),
    ("http://wellformedweb.org/", "wfw"),
    ("http://purl.org/syndication/thread", "thr"),
    ("http://arxiv.org/schemas/atom", "arxiv"),
    ("http://backend.userland.com/creativeCommonsRssModule", "cc"),
    ("http://web.resource.org/cc/", "cc"),
    ("http://creativecommons.org/ns", "cc"),
    ("http://www.w3.org/1999/xhtml", "xhtml"),
)
# What says nothing about the entry itself.
_DROPPED_NAMES: Final = (
    "comments slash:comments slash:hit_parade slash:section slash:department wfw:comment wfw:commentRss thr:total "
    "thr:in-reply-to feedburner:origEnclosureLink media:thumbnail media:content media:group media:rating itunes:image "
    "itunes:explicit itunes:duration itunes:episodeType taxo:topics rdf:about dc:format dc:type "
    "webfeedsFeaturedImage"
)
_DROPPED: Final = frozenset(_DROPPED_NAMES.split())
_DETAILS: Final = {
    "prism:volume": "volume",
    "volume": "volume",  # IEEE
    "issue": "issue",
    "prism:number": "issue",
    "prism:issueIdentifier": "issue",
    "prism:issn": "ISSN",
    "prism:eIssn": "ISSN",
    "prism:isbn": "ISBN",
    "prism:edition": "edition",
    "dc:publisher": "publisher",
    "prism:publisher": "publisher",
    "prism:copyright": "copyright",
    "arxiv:comment": "comment",
}
_TEXTS: Final = (
    "content:encoded", "content", "description", "summary", "dc:description", "dcterms:abstract", "xhtml:body",
    "xhtml:div", "body", "itunes:summary", "media:description", "itunes:subtitle", "tagline",
)  # fmt: skip
_CREDITS: Final = ("dc:creator", "author", "authors", "creator", "dcterms:creator", "itunes:author", "media:credit")
_DAYS: Final = ("pubDate", "published", "issued", "created", "dcterms:issued", "dcterms:created", "pubdate", "date")
_CHANGED: Final = ("dc:date", "updated", "modified", "dcterms:modified")
_PRINTED: Final = (
    "prism:publicationDate", "prism:coverDate", "dcterms:available", "prism:coverDisplayDate",
)  # fmt: skip
_RELATIONS: Final = frozenset({"self", "edit", "replies", "hub", "next", "license", "service.edit", "service.post"})
_KEYWORDS: Final = ("category", "dc:subject", "prism:section", "prism:keyword", "keywords", "itunes:keywords")
_UNSORTED: Final = frozenset({"uncategorized", "uncategorised"})
# Where nothing but papers is, some without any name but their address.
_PREPRINTS: Final = re.compile(
    r"https?://(?:(?:www\.)?hal\.science|[a-z]+\.archives-ouvertes\.fr|eprint\.iacr\.org|papers\.ssrn\.com)/."
)
_ISSUED_BY: Final = re.compile(r"\[(?:ASAP|(?:hal|tel|inria|inserm)-[0-9]+)\] ")
_OF_IEEE: Final = " - new TOC"  # behind the name of the journal in the title of the feed
_NO_POSTS: Final = frozenset(
    (
        "attachment",
        "nav_menu_item",
        "revision",
        "custom_css",
        "customize_changeset",
        "wp_global_styles",
        "wp_navigation",
    )
)
_LICENSE: Final = re.compile(r"(?i)creativecommons\.org|\bcc[ -](?:by|0|zero)|licen[cs]e")


class Feed:
    """Any feed; those that a format of its own knows better are left to it."""

    name = "feed"

    def recognise(self, document: Document) -> float:
        """By the root of the document."""
        return 0.8 if _is_feed(document.head) else 0.0

    def read(self, document: Document) -> Iterator[Found]:
        """Entry by entry."""
        head = markup.Element("")
        empty = True
        for found in markup.read_elements(document.pieces(), {"item", "entry"}, {"channel", "feed"}):
            if isinstance(found, markup.Fault):
                empty = empty and not found.lost
                yield told_fault(document.name, found)
            elif found.name in {"channel", "feed"}:
                head = found
            elif _is_no_post(found):
                empty = False
                yield Noise(Span(document.name, found.line), " ".join(map(_text_of, found.children())).strip())
            else:
                empty = False
                yield from _Entry(document.name, found, head).read()
        if empty and head.name:
            yield Problem("note", "DG301", "the feed has no entries", Span(document.name))


SOURCE: Final = Feed()


def _is_no_post(element: markup.Element) -> bool:
    """Whether an item of a WordPress export is a file, a menu's entry or a setting and no text for readers."""
    return any(
        child.name == "post_type" and "wordpress.org/export" in child.namespace and _text_of(child).strip() in _NO_POSTS
        for child in element.children()
    )


def _is_feed(text: str) -> bool:
    root = markup.read_root(text)
    if root is None:
        return False
    name, tag = root
    if name == "RDF":
        return "purl.org/rss/1.0/" in text or "netscape.com/rdf" in text
    if name == "feed":
        return "w3.org/2005/Atom" in tag or "purl.org/atom/ns" in tag or "<entry" in text
    return name.lower() == "rss"


@dataclass(slots=True)
class _Entry:
    """An entry and what nobody has taken of it yet."""

    path: str
    element: markup.Element
    head: markup.Element
    fields: dict[str, list[markup.Element]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for child in self.element.children():
            self.fields.setdefault(_key(child.name, child.namespace), []).append(child)

    def read(self) -> Iterator[Found]:
        """The item, then what is in none of its fields."""
        self._take(*_DROPPED)
        span = Span(self.path, self.element.line)
        ids = [_text_of(each).strip() for key in ("guid", "id") for each in self.fields.get(key, ())]
        links, names = self._links_and_names()
        titles = self._values("title", "dc:title", "prism:title")
        title = _bare_title(titles)
        texts = self._texts(dict(links).get("paper", ""))
        kind = self._kind(names, texts, dict(links).get("paper", ""))
        day, published, updated = self._dates(texts.told.get("published", ""), kind)
        authors, contributors = self._authors(texts.told.get("authors", ""), kind)
        tags = self._tags()
        rights = self._rights()
        license_text = next(filter(_LICENSE.search, rights), "")
        yield Item(
            kind,
            texts.body,
            span,
            title=title,
            day=day,
            published=published,
            updated=updated,
            authors=authors,
            identifiers=names,
            venue=self._venue(texts.told.get("venue", ""), kind),
            summary=texts.summary,
            links=links,
            details=(*self._details(texts.told.get("volume", "")), *(("contributor", name) for name in contributors)),
            tags=tuple(tag for tag in tags if tag.casefold() not in _UNSORTED),
            lang=self._language(),
            license=license_text,
            guid="" if kind == "abstract" and names != Identifiers() else guid_of(*ids, dict(links).get("paper", "")),
        )
        left = [f"title: {other}" for other in titles if other != title]
        left += [f"category: {tag}" for tag in tags if tag.casefold() in _UNSORTED]
        left += [f"rights: {text}" for text in rights if text != license_text]
        left += [f"{key}: {text}" for key, all_of in self.fields.items() for each in all_of if (text := _told(each))]
        yield from (Noise(span, text) for text in (*texts.asides, *left))

    def _take(self, *keys: str) -> list[markup.Element]:
        """The fields of these names, in the order of the names."""
        return [each for key in keys for each in self.fields.pop(key, ())]

    def _values(self, *keys: str) -> list[str]:
        return [text for each in self._take(*keys) if (text := feed_texts.title_line(_text_of(each)))]

    def _kind(self, names: Identifiers, texts: feed_texts.Texts, address: str) -> Kind:
        if "bibtexkey" in self.fields:
            return "summary"
        printed = "startPage" in self.fields or any(key.startswith("prism:") for key in self.fields)
        printed = printed or bool(_PREPRINTS.match(address))
        return "abstract" if printed or "published" in texts.told or names != Identifiers() else "note"

    def _dates(self, told: str, kind: Kind) -> tuple[date | None, PartialDate | None, PartialDate | None]:
        """(the day, when the paper came out, when it was changed)."""
        days = [found for each in self._take(*_DAYS) if (found := feed_dates.parse_instant(each.text()))]
        changes = [found for each in self._take(*_CHANGED) if (found := feed_dates.parse_instant(each.text()))]
        printed = [when for each in self._take(*_PRINTED) if (when := feed_dates.parse_when(each.text()))]
        day = next(iter((*days, *changes)), None)
        published = next(iter(printed), None) or feed_dates.parse_when(told)
        first = feed_dates.day_of(day)
        updated = feed_dates.day_of(changes[0]) if days and changes else None
        if kind == "abstract" and day and not isinstance(day, datetime):
            # A date without a time is when the paper came out; a time is when the feed told it.
            published, day = published or first, None
        return day, published, updated if updated != first else None

    def _venue(self, told: str, kind: Kind) -> str:
        named = self._values("prism:publicationName", "dcterms:isPartOf")
        journal = self.head.child("publicationName")
        named += [_text_of(journal)] if journal else []
        title = self.head.child("title")
        if title and (journal_title := _text_of(title)).endswith(_OF_IEEE):
            named.append(journal_title.removesuffix(_OF_IEEE))
        sources = self._values("dc:source") if kind == "abstract" and not named else []
        return next(iter(named), "") or told or next(iter(sources), "").partition(", Published online")[0]

    def _rights(self) -> list[str]:
        taken = self._take("dc:rights", "cc:license", "dcterms:license", "rights", "copyright")
        return [text for each in taken if (text := _text_of(each) or each.get("rdf:resource"))]

    def _links_and_names(self) -> tuple[tuple[tuple[str, str], ...], Identifiers]:
        """The addresses of the entry, and the names of the paper that they and the other fields tell."""
        links: dict[str, str] = {}
        told: list[str] = [
            _text_of(each) for each in self._take("dc:identifier", "prism:doi", "dc:doi", "doi", "prism:url")
        ]
        told += [f"arXiv:{_text_of(each)}" for each in self._take("arxivid")]
        origin = [_text_of(each) for each in self._take("feedburner:origLink")]
        for link in self._take("link"):
            address = (link.get("href") or _text_of(link)).strip()
            relation = link.get("rel", "alternate")
            if not address or relation in _RELATIONS or "comments" in relation:
                continue
            pdf = "pdf" in f"{link.get('type')} {link.get('title')}"
            if pdf or relation == "alternate":  # what a note is related to is another text
                told.append(address)
            links.setdefault("pdf" if pdf else "paper" if relation == "alternate" else "related", address)
        for enclosure in self._take("enclosure"):
            address, kind = enclosure.get("url") or enclosure.get("href"), enclosure.get("type").partition("/")[0]
            name = "pdf" if "pdf" in enclosure.get("type") else kind if kind in {"audio", "video", "image"} else "file"
            if address:
                links.setdefault(name, address.strip())
        ids = [_text_of(each).strip() for each in self._take("guid", "id")] + [self.element.get("rdf:about")]
        if origin:
            links["paper"] = origin[0].strip()
        elif "paper" not in links and (address := next((each for each in ids if re.match(r"https?://", each)), "")):
            links["paper"] = address
        return tuple(sorted(links.items(), key=lambda link: link[0] != "paper")), names_in(*told, *ids, *origin)

    def _texts(self, base: str) -> feed_texts.Texts:
        marked = "bibtexkey" in self.fields
        candidates = [_render(key, each, base, marked=marked) for key, each in self._with_keys(*_TEXTS)]
        return feed_texts.settle_texts(candidates)

    def _with_keys(self, *keys: str) -> list[tuple[str, markup.Element]]:
        return [(key, each) for key in keys for each in self._take(key)]

    def _authors(self, told: str, kind: Kind) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """(the authors, who else had a part); an entry without an author of its own is by those of its feed."""
        names = _credits(self._take(*_CREDITS))
        others = _credits(self._take("contributor", "dc:contributor"))
        if not names and told:
            names = feed_names.parse_credit(told)
        if not names and kind == "note" and self.head.name == "feed":
            names = _credits([*self.head.children("author")])
        return ((), names) if kind == "summary" else (names, others)

    def _tags(self) -> tuple[str, ...]:
        tags: list[str] = []
        for key, each in self._with_keys(*_KEYWORDS):
            text = each.get("label") or each.get("term") or _text_of(each) or each.get("text")
            parts = re.split(r"\s*[,;]\s*", text) if key != "category" or text.count(",") > 1 else [text]
            tags += [feed_texts.title_line(part) for part in parts if part.strip()]
        return tuple(dict.fromkeys(tags))

    def _details(self, volume: str) -> Iterator[tuple[str, str]]:
        first, last = self._values("prism:startingPage", "startPage"), self._values("prism:endingPage", "endPage")
        pages = self._values("prism:pageRange") or ["–".join(dict.fromkeys([*first[:1], *last[:1]]))]
        if pages[0]:
            yield "page", pages[0]
        seen = {"volume"} if volume else set()
        if volume:
            yield "volume", volume
        for key, name in _DETAILS.items():
            for value in self._values(key):
                if name not in seen:
                    seen.add(name)
                    yield name, value

    def _language(self) -> str:
        own = [self.element.get("xml:lang"), *self._values("dc:language", "language"), self.head.get("xml:lang")]
        named = self.head.child("language")
        text = next(filter(None, own), named.text().strip() if named else "").replace("_", "-")
        return text if re.fullmatch(r"[a-zA-Z]{2,3}(?:-[A-Za-z0-9]{2,8})*", text) else ""


@lru_cache(maxsize=1024)
def _key(name: str, namespace: str) -> str:
    """The name of a field with the usual prefix of its namespace."""
    prefix = next((prefix for space, prefix in _SPACES if namespace.startswith(space)), "")
    return f"{prefix}:{name}" if prefix else name


def _bare_title(titles: list[str]) -> str:
    """The title, without what some journals put before it: `Soil, Vol. 9, Pages 12: Straw keeps water`."""
    if not titles:
        return ""
    bare = next((title for title in titles if titles[0].endswith(f": {title}") and ", Vol. " in titles[0]), titles[0])
    return _ISSUED_BY.sub("", bare, count=1) if bare.startswith("[") else bare


def _text_of(element: markup.Element) -> str:
    return element.text().strip()


def _told(element: markup.Element) -> str:
    """What a field says that nobody took: its text, else its attributes."""
    return " ".join(element.text().split()) or " ".join(f"{name}={value}" for name, value in element.attributes.items())


def _render(key: str, element: markup.Element, base: str, *, marked: bool) -> str:
    """A text as Markdown, by the type that it states or looks like."""
    kind, mode = element.get("type"), element.get("mode")
    if kind == "xhtml" or mode == "xml" or key.startswith("xhtml:") or any(element.children()):
        return feed_texts.render_element(element, base)
    text = element.text()
    if mode == "base64" or (kind and "/" in kind and not kind.startswith("text/")):
        return ""
    if marked or kind == "text/markdown":
        return text.strip()
    if kind in {"text", "text/plain"} and not mode:
        return feed_texts.render_plain(text)
    return feed_texts.render_text(text, base)


def _credits(elements: list[markup.Element]) -> tuple[str, ...]:
    names: list[str] = []
    for each in elements:
        named = [*each.children("name")]
        for text in [part.text() for part in named] if named else [each.text()]:
            names += feed_names.parse_credit(feed_texts.title_line(text))
    return tuple(dict.fromkeys(names))
