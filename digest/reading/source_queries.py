"""The `sources:` of site.yml: each a name and a query; every wrong value reported, the source then left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields as fields_of
from datetime import date
from typing import Final, get_args

from digest.formats import frontmatter, urls
from digest.formats.patterns import lazily
from digest.model import DAYS_BACK, QueryKind, Selection, SourceQuery, Span
from digest.reading.fields import Fields

KINDS: Final[tuple[QueryKind, ...]] = get_args(QueryKind)
# What a kind cannot do without: one of these keys.
NEEDED: Final[dict[str, tuple[str, ...]]] = {
    "arxiv-listing": ("categories",),
    "arxiv-rss": ("categories",),
    "arxiv-search": ("search", "categories"),
    "feed": ("url",),
    "openreview": ("invitation",),
    "page": ("url",),
}
# What a kind understands beside `kind`, `url`, `since`, `include` and `exclude`.
UNDERSTOOD: Final[dict[str, tuple[str, ...]]] = {
    "arxiv-listing": ("categories",),
    "arxiv-rss": ("categories",),
    "arxiv-search": ("search", "categories"),
    "biorxiv": ("categories",),
    "medrxiv": ("categories",),
    "oai": ("set", "prefix"),
    "openreview": ("invitation", "api"),
}
COMMON: Final = ("kind", "url", "since", "include", "exclude")
LONGEST: Final = 3_650  # days

_NAME: Final = lazily(r"[a-z0-9][a-z0-9._-]{0,63}", re.IGNORECASE)
_DAYS: Final = lazily(r"(\d{1,4})(?: (day|days|week|weeks))?")
_EXAMPLE: Final = "sources: {language: {kind: arxiv-listing, categories: [cs.CL]}}"


def read_sources(fields: Fields) -> tuple[SourceQuery, ...]:
    """Every source that is well written, in the order of site.yml; DG203."""
    node = fields.get("sources")
    if node is None:
        return ()
    if not isinstance(node, frontmatter.MapNode):
        fields.report("DG203", "`sources` must map names to queries", node.span, f"write {_EXAMPLE}")
        return ()
    return tuple(_read_all(node, fields))


def _read_all(node: frontmatter.MapNode, fields: Fields) -> Iterator[SourceQuery]:
    for key, value in node.pairs:
        if not _NAME.fullmatch(key.text):
            hint = "write a short name of letters, digits and hyphens, such as language-models"
            fields.report("DG203", f'a source cannot be named "{key.text}"', key.span, hint)
        elif not isinstance(value, frontmatter.MapNode):
            fields.report("DG203", f"the source `{key.text}` must be a query", key.span, f"write {_EXAMPLE}")
        else:
            inner = Fields(value, "DG203")
            source = _read_source(key.text, key.span, inner)
            fields.problems.extend(inner.problems)
            if source and not inner.problems:
                yield source


def _read_source(name: str, span: Span, fields: Fields) -> SourceQuery | None:
    found = fields.read_text("kind")
    if found is None:
        fields.report("DG203", f"the source `{name}` has no kind", span, f"write kind: and one of {', '.join(KINDS)}")
        return None
    kind = fields.choice("kind", KINDS, KINDS[0])
    if kind != found.text:
        return None
    known = (*COMMON, *UNDERSTOOD.get(kind, ()))
    fields.check_keys(known, "DG203", f"in the source `{name}`, of kind {kind}, the key", "error")
    if not any(fields.get(key) for key in NEEDED.get(kind, ("kind",))):
        needed = " or ".join(NEEDED[kind])
        fields.report("DG203", f"the source `{name}` has no {needed}", span, f"{kind} needs {needed}")
    return SourceQuery(
        name=name,
        kind=kind,
        span=span,
        url=_read_url(fields),
        search=fields.text("search"),
        categories=_read_words(fields, "categories"),
        set=fields.text("set"),
        prefix=fields.text("prefix"),
        invitation=fields.text("invitation"),
        api=fields.number("api", 2, 1, 2) or 2,
        since=_read_since(fields),
        include=_read_selection(fields, "include"),
        exclude=_read_selection(fields, "exclude"),
    )


def _read_url(fields: Fields) -> str:
    found = fields.read_text("url")
    if found is None:
        return ""
    fault = urls.fault_of_url(found.text) or ("" if "://" in found.text else "is not an absolute address")
    if fault:
        fields.report(
            "DG203", f"`url` {fault}", found.span, "write the whole address, such as https://example.org/feed.xml"
        )
    return "" if fault else found.text


def _read_since(fields: Fields) -> date | int:
    """How far back to go: `2026-10-31`, `7 days`, `2 weeks`."""
    found = fields.read_text("since")
    if found is None:
        return DAYS_BACK
    days = _DAYS.fullmatch(found.text)
    if days and 0 < (number := int(days[1]) * (7 if (days[2] or "").startswith("week") else 1)) <= LONGEST:
        return number
    try:
        return date.fromisoformat(found.text)
    except ValueError:
        hint = "write a number of days or a day: since: 7 days, since: 2024-12-31"
        fields.report("DG203", f'`since` cannot be "{found.text}"', found.span, hint)
        return DAYS_BACK


def _read_words(fields: Fields, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.text for text in fields.texts(name, "…")))


def _read_selection(fields: Fields, name: str) -> Selection:
    """`include:` or `exclude:`; a list of words alone are keywords."""
    node = fields.get(name)
    if node is None:
        return Selection()
    if not isinstance(node, frontmatter.MapNode):
        return Selection(_read_words(fields, name))
    inner = Fields(node, "DG203", fields.problems)
    names = tuple(field.name for field in fields_of(Selection))
    inner.check_keys(names, "DG203", f"in `{name}`, the list", "error")
    return Selection(**{key: _read_words(inner, key) for key in names})
