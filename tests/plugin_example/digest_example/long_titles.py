"""A check: titles that no list shows in one line."""

from __future__ import annotations

from collections.abc import Iterator

from digest.model import Check, CheckedSite, Problem, Span

_MOST = 60


def _find(checked: CheckedSite) -> Iterator[Problem]:
    for entry in checked.site.entries:
        if len(entry.title) > _MOST:
            message = f"a title of {len(entry.title)} characters"
            yield Problem("warning", "EX001", message, Span(entry.path, *entry.title_at), f"{_MOST} are enough")


CHECK = Check("long-titles", {"EX001": "a title is long"}, _find)
