"""Invented entries and sites for the tests of planning, and every address that a plan shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from html import unescape
from typing import Any, TypeVar
from urllib.parse import unquote, urldefrag
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from digest.formats import sitemap, slugs
from digest.model import Entry, LocalLink, PageFile, Plan, Prose, Settings, Site, StaticFile, Theme
from digest.planning import gather_site, plan_site

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
    values = {"base_url": "https://example.org/"} | settings
    files = [StaticFile(url, b"") for url in static]
    return gather_site(
        Settings(**values),
        entries,
        pages,
        files,
        prose,
        now=now.astimezone(ZoneInfo(str(values.get("timezone", "UTC")))),
        drafts=drafts,
        future=future,
    )


def a_plan(*args: Any, **changes: Any) -> Plan:
    return plan_site(a_site(*args, **changes), THEME)


def the(plan: Plan, kind: type[Value], url: str = "") -> Value:
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


def output_paths(plan: Plan) -> list[str]:
    """Every file of the built site, those of the theme too."""
    planned = (*plan.pages, *plan.feeds, *plan.exports, *plan.texts, *plan.cards, *plan.static, *plan.redirects)
    urls = [one.url for one in (*planned, *THEME.static)]
    paths = [f"{url[1:]}index.html" if url.endswith("/") else url[1:] for url in urls]
    return [*paths, *sitemap.sitemap_paths(len(plan.sitemap)), "robots.txt", ".nojekyll"]


def lost_addresses(plan: Plan, base_url: str) -> list[str]:
    """Addresses shown anywhere in a plan that no file of it answers."""
    paths = set(output_paths(plan))
    origin, base_path = re.fullmatch(r"(https?://[^/]+)(/.*)", base_url).groups()  # type: ignore[union-attr] # it matches
    lost = []
    for page in (*plan.pages, *plan.redirects, *plan.feeds, *plan.sitemap):
        for address in addresses_in(page):
            inside = urldefrag(address.removeprefix(origin))[0].partition("?")[0]
            if not inside or re.match(r"[a-z]+:", inside):
                continue
            path = unquote(inside.removeprefix(base_path))
            file = f"{path}index.html" if path.endswith("/") or not path else path
            if not inside.startswith(base_path) or file not in paths or not inside.isascii():
                lost.append(address)
    return lost
