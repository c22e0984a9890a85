"""Links that lead out of the site: which there are, and what is to be said of what came of asking for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Final

from digest.checking.places import list_bodies, place_of_text
from digest.formats.patterns import lazily
from digest.model import CheckedSite, Entry, NamedTuple, Problem, Span

_WEB: Final = lazily(r'<(?:a|img)\s[^<>]*?(?:href|src)="(https?://[^"]+)"')
_GONE: Final = frozenset({404, 410})
_FINE: Final = range(200, 400)
_WALLS: Final = frozenset({401, 402, 403, 405, 406, 407, 429, 451, 999})


class OutwardLink(NamedTuple):
    """An address without its fragment, and where it is written first: the file, and the line of its body."""

    url: str
    path: str
    body_line: int
    files: int = 1


class Outcome(NamedTuple):
    """What came of asking for an address: a status, or 0 and the reason why there is none.

    `nowhere` says that there is no such host, `untold` that nobody was asked.
    """

    status: int
    reason: str = ""
    nowhere: bool = False
    untold: bool = False


def list_outward_links(checked: CheckedSite) -> tuple[OutwardLink, ...]:
    """Every address once, in the order of the content."""
    found: dict[str, OutwardLink] = {}
    for source, html in list_bodies(checked):
        addresses = list(map(unescape, _WEB.findall(html))) if "http" in html else []
        if isinstance(source, Entry):
            addresses += [url for _, url in source.links if url.lower().startswith(("http://", "https://"))]
        for address in dict.fromkeys(url.partition("#")[0] for url in addresses):
            known = found.get(address)
            found[address] = (
                known._replace(files=known.files + 1) if known else OutwardLink(address, source.path, source.body_line)
            )
    return tuple(found.values())


def judge_links(
    checked: CheckedSite, links: Iterable[OutwardLink], outcomes: Mapping[str, Outcome]
) -> Iterator[Problem]:
    """DG913 for what is gone, DG914 for what nobody can tell: a wall against programs is none against readers."""
    online = any(outcome.status for outcome in outcomes.values())
    for link in links:
        outcome = outcomes.get(link.url)
        if outcome is None or outcome.status in _FINE:
            continue
        more = f", here and in {link.files - 1} more" if link.files > 1 else ""
        span = _find_place(checked, link)
        if outcome.status in _GONE or (outcome.nowhere and online):
            told = f"answers {outcome.status}" if outcome.status else outcome.reason
            hint = "link to where it is now, or to a copy, https://web.archive.org/; or delete the link"
            yield Problem("error", "DG913", f"{link.url} {told}{more}", span, hint)
            continue
        told = f"answers {outcome.status}" if outcome.status else outcome.reason
        if outcome.untold:
            hint = "`--allow-private` asks for addresses of your own network, too"
        elif outcome.status in _WALLS:
            hint = "it lets no programs in: look for yourself, or leave it out with --skip"
        else:
            hint = "it may be back later: check again, or leave it out with --skip"
        yield Problem("note", "DG914", f"{link.url} could not be checked: it {told}{more}", span, hint)


def _find_place(checked: CheckedSite, link: OutwardLink) -> Span:
    """In the body, else in the front matter."""
    span = place_of_text(checked, link.path, link.body_line, link.url)
    return span if span.width > 1 else place_of_text(checked, link.path, 1, link.url)
