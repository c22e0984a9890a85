"""Invented sites as checks see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from planning_values import THEME, a_site

from digest.model import CheckedSite, Entry
from digest.planning import list_links, plan_site


def a_checked_site(
    entries: Iterable[Entry],
    *,
    sources: Mapping[str, str] | None = None,
    today: date = date(2020, 1, 15),
    vocabulary: frozenset[str] | None = None,
    **changes: Any,
) -> CheckedSite:
    """A site; `sources` are the texts of its files by their paths."""
    site = a_site(entries, **changes)
    texts = sources or {}
    return CheckedSite(
        site,
        plan_site(site, THEME),
        today,
        links=lambda: list_links(site, THEME),
        read_source=lambda path: texts.get(path, ""),
        open_page=lambda _url: "",
        vocabulary=vocabulary,
    )
