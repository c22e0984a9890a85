"""Invented entries and sites for the tests of planning, and every address that a plan shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, date, datetime
from html import unescape
from typing import Any, TypeVar
from urllib.parse import unquote, urldefrag
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from digest.formats import slugs
from digest.model import (
    Entry,
    Export,
    Feed,
    LocalLink,
    Page,
    PageFile,
    Plan,
    Problem,
    Prose,
    Redirect,
    SearchIndex,
    SearchRecord,
    Settings,
    Site,
    Sitemap,
    SitemapEntry,
    SocialCard,
    StaticFile,
    TextFile,
    Theme,
)
from digest.planning import gather_site, make_gist, plan_site

Value = TypeVar("Value")
NOW = datetime(2020, 1, 15, 12, tzinfo=UTC)
DAY = date(2019, 12, 6)
THEME = Theme(
    name="default",
    templates={},
    static=(StaticFile("/assets/style.0123abcd.css", b""), StaticFile("/assets/icon.0123abcd.svg", b"")),
    styles=("/assets/style.0123abcd.css",),
    icon="/assets/icon.0123abcd.svg",
    fingerprint=b"",
)


def an_entry(title: str = "On Things", day: date = DAY, **changes: Any) -> Entry:
    slug = changes.pop("slug", slugs.slugify(title))
    key = changes.pop("key", f"{day:%Y/%m/%d}/{slug}.md")
    values = {
        "key": key,
        "path": f"content/{key}",
        "id": f"urn:uuid:{uuid5(NAMESPACE_URL, key)}",
        "title": title,
        "date": day,
        "slug": slug,
        "body": title,
        "body_line": 5,
        "fingerprint": key.encode(),
    }
    return Entry(**(values | changes))


def a_page(name: str, title: str = "") -> PageFile:
    key = f"pages/{name}.md"
    return PageFile(key, f"content/{key}", title or name.title(), f"/{name}/", "", 1, key.encode())


def a_prose(html: str, **changes: Any) -> Prose:
    """A body whose local links stand in its first line."""
    targets = [unescape(found) for found in re.findall(r'(?:href|src)="([^"]*)"', html)]
    links = tuple(LocalLink(target, 1, 1) for target in targets if not re.match(r"#|https?:", target))
    text = re.sub(r"<[^>]*>", "", html)
    values: dict[str, Any] = {"excerpt": html, "text": text, "links": links, "words": len(text.split())}
    return Prose(html, **(values | changes))


def a_site(
    entries: Iterable[Entry] = (),
    *,
    pages: Iterable[PageFile] = (),
    static: Iterable[str] = (),
    bodies: Mapping[str, str | Prose] | None = None,
    drafts: bool = False,
    future: bool = False,
    now: datetime = NOW,
    **settings: Any,
) -> Site:
    """A site; `bodies` are HTML or prose by key, `static` the addresses of empty files."""
    entries, pages = list(entries), list(pages)
    sources: list[Entry | PageFile] = [*entries, *pages]
    prose = {source.key: a_prose(f"<p>{source.title}</p>") for source in sources}
    for key, body in (bodies or {}).items():
        prose[key] = a_prose(body) if isinstance(body, str) else body
    # As `reading` leaves them: the text of a body is with its prose.
    prose |= {one.key: replace(prose[one.key], markdown=one.body) for one in sources if one.key in prose}
    values = {"base_url": "https://example.org/"} | settings
    files = [StaticFile(url, b"") for url in static]
    return gather_site(
        Settings(**values),
        entries,
        pages,
        files,
        prose=prose,
        gists={source.key: make_gist(source, prose[source.key], repr(source).encode()) for source in sources},
        now=now.astimezone(ZoneInfo(str(values.get("timezone", "UTC")))),
        drafts=drafts,
        future=future,
    )


@dataclass(frozen=True)
class MadePlan:
    """All that a plan makes, by its kind and in its order; `robots` is the text of robots.txt unless the site has one.

    `static` are files of the site, not those of the theme.
    """

    pages: tuple[Page, ...]
    feeds: tuple[Feed, ...]
    exports: tuple[Export, ...]
    texts: tuple[TextFile, ...]
    cards: tuple[SocialCard, ...]
    static: tuple[StaticFile, ...]
    redirects: tuple[Redirect, ...]
    sitemaps: tuple[Sitemap, ...]
    search: tuple[SearchRecord, ...]
    filters: tuple[tuple[tuple[str, str], ...], ...]
    robots: str
    problems: tuple[Problem, ...]

    @property
    def sitemap(self) -> tuple[SitemapEntry, ...]:
        """What search engines are told of."""
        return tuple(entry for found in self.sitemaps if not found.index for entry in found.entries)


def make_plan(plan: Plan) -> MadePlan:
    """A plan, made."""
    made: list[Any] = [sketch.make() for sketch in plan.sketches]

    def those(kind: type[Value]) -> tuple[Value, ...]:
        return tuple(artifact for artifact in made if isinstance(artifact, kind))

    texts = those(TextFile)
    return MadePlan(
        pages=those(Page),  # type: ignore[arg-type] # a union is no type of its own
        feeds=those(Feed),
        exports=those(Export),
        texts=tuple(text for text in texts if text.url not in {"/robots.txt", "/.nojekyll"}),
        cards=those(SocialCard),
        static=tuple(file for file in those(StaticFile) if file not in THEME.static and file.url != "/robots.txt"),
        redirects=those(Redirect),
        sitemaps=those(Sitemap),
        search=tuple(record for index in those(SearchIndex) for record in index.records),
        filters=tuple(chosen for index in those(SearchIndex) for chosen in index.filters),
        robots=next((text.text for text in texts if text.url == "/robots.txt"), ""),
        problems=plan.problems,
    )


def a_plan(*args: Any, **changes: Any) -> MadePlan:
    return make_plan(plan_site(a_site(*args, **changes), THEME))


def the(plan: MadePlan, kind: type[Value], url: str = "") -> Value:
    """The page of that kind, at that address if there are several."""
    found = [page for page in plan.pages if isinstance(page, kind) and url in {"", page.url}]
    assert len(found) == 1, [page.url for page in plan.pages]
    return found[0]


def addresses_in(value: object) -> Iterator[str]:
    """Every address of the site that a value shows, in fields and in HTML."""
    if isinstance(value, str):
        yield from (unescape(found) for found in re.findall(r'\s(?:href|src)="([^"]*)"', value))
    elif isinstance(value, tuple):
        for part in value:
            yield from addresses_in(part)
    elif is_dataclass(value):
        for field in fields(value):
            part = getattr(value, field.name)
            if field.name in {"href", "permalink", "canonical", "home", "feed", "icon", "target"}:
                yield part
            elif field.name == "styles":
                yield from part
            elif field.name in {"previous", "next"} and isinstance(part, str):
                yield part
            else:
                yield from addresses_in(part)


def output_paths(plan: MadePlan) -> list[str]:
    """Every file of the built site, those of the theme too."""
    planned = (*plan.pages, *plan.feeds, *plan.exports, *plan.texts, *plan.cards, *plan.static, *plan.redirects)
    urls = [one.url for one in (*planned, *plan.sitemaps, *THEME.static)]
    paths = [f"{url[1:]}index.html" if url.endswith("/") else url[1:] for url in urls]
    return [*paths, "robots.txt", ".nojekyll"]


def lost_addresses(plan: MadePlan, base_url: str) -> list[str]:
    """Addresses shown anywhere in a plan that no file of it answers."""
    paths = set(output_paths(plan))
    origin, base_path = re.fullmatch(r"(https?://[^/]+)(/.*)", base_url).groups()  # type: ignore[union-attr] # it matches
    lost = []
    items = (item for feed in plan.feeds for item in feed.items)
    for page in (*plan.pages, *plan.redirects, *plan.feeds, *items, *plan.sitemap):
        for address in addresses_in(page):
            inside = urldefrag(address.removeprefix(origin))[0].partition("?")[0]
            if not inside or re.match(r"[a-z]+:", inside):
                continue
            path = unquote(inside.removeprefix(base_path))
            file = f"{path}index.html" if path.endswith("/") or not path else path
            if not inside.startswith(base_path) or file not in paths or not inside.isascii():
                lost.append(address)
    return lost
