"""Addresses that the site had, and where nothing stands any more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from digest.model import PAST_FILE, CheckedSite, Past, Problem, Span

_HINT: Final = "let it lead elsewhere: `{url} to /another/address/`; or delete the line, if it may be forgotten"
_WAS: Final = {"id": "an entry", "page": "a page", "of": "a page about entries", "to": "a page that moved"}


def check_addresses(checked: CheckedSite) -> Iterator[Problem]:
    """DG903 for each, at its line in content/addresses.txt."""
    for line in checked.plan.vanished:
        message = f"{line.url} has vanished: {_tell(line)} stood there"
        span = Span(PAST_FILE, line.line or 1, 1, len(line.url))
        yield Problem("warning", "DG903", message, span, _HINT.format(url=line.url))


def _tell(line: Past) -> str:
    """What stood there, and in which file, as far as that is known."""
    match line.holder:
        case "id":
            return f"the entry content/{line.file or line.url.strip('/') + '.md'}"
        case "page":
            return f"the page {line.told!r}"
        case "to":
            return f"a page that led to {line.told}"
    return _WAS[line.holder]
