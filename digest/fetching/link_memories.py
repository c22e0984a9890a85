"""SITE/.digest/links.json: what came of asking for the links of a site, and when. It may be deleted any time."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from digest.fetching.knocking import Knock, Knocker
from digest.fetching.steps import host_of

FILE: Final = ".digest/links.json"
VERSION: Final = 1
_FINE: Final = range(200, 400)
_KEPT_FINE: Final = timedelta(days=14)  # for which what was there is taken to be there
_KEPT_UNTOLD: Final = timedelta(days=1)  # likewise of what could not be told; what was gone is asked for each time
_GONE: Final = frozenset({404, 410})
_HANDS: Final = 8  # hosts that are asked at a time
_OFTEN: Final = 50  # answers after which they are written down


@dataclass(slots=True)
class LinkMemory:
    """What is remembered of links; a damaged file is as good as none."""

    path: Path
    today: date
    _known: dict[str, tuple[str, int, str]] = field(default_factory=dict)

    @classmethod
    def read(cls, site: Path, today: date) -> LinkMemory:
        """The memory of a site, as of a day."""
        memory = cls(site / FILE, today)
        try:
            told = json.loads(memory.path.read_bytes())
            if told["version"] == VERSION:
                memory._known = {
                    str(url): (date.fromisoformat(asked).isoformat(), int(status), str(reason))
                    for url, (asked, status, reason) in told["links"].items()
                }
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            memory._known = {}
        return memory

    def recall(self, url: str) -> Knock | None:
        """What came of asking not long ago."""
        if url not in self._known:
            return None
        asked, status, reason = self._known[url]
        if status in _GONE or (not status and not reason):
            return None
        age = self.today - date.fromisoformat(asked)
        kept = _KEPT_FINE if status in _FINE else _KEPT_UNTOLD
        return Knock(status, reason) if timedelta() <= age < kept else None

    def remember(self, url: str, knock: Knock) -> None:
        """Keep an answer, but not that we did not ask, or found no such host: the next network may know it."""
        if not (knock.refused or knock.nowhere):
            self._known[url] = (self.today.isoformat(), knock.status, knock.reason)

    def save(self, links: Iterable[str]) -> None:
        """Write it down, of these links only; where that cannot be done they are asked for again."""
        wanted = set(links)
        known = {url: told for url, told in sorted(self._known.items()) if url in wanted}
        text = json.dumps({"version": VERSION, "links": known}, ensure_ascii=False, indent=0)
        new = self.path.with_name(f"{self.path.name}.{os.getpid()}.tmp")
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            new.write_text(text + "\n", encoding="utf-8", errors="replace")
            new.replace(self.path)


def knock_all(
    links: Sequence[str], memory: LinkMemory, open_knocker: Callable[[], Knocker], tell: Callable[[int, int], None]
) -> dict[str, Knock]:
    """What comes of asking for each link: some hosts at a time, one link of a host after the other.

    `tell` hears how many of how many are done.
    """
    found = {url: known for url in links if (known := memory.recall(url)) is not None}
    hosts: defaultdict[str, list[str]] = defaultdict(list)
    for url in links:
        if url not in found:
            hosts[host_of(url)].append(url)

    def ask(urls: Sequence[str]) -> None:
        with open_knocker() as knocker:
            for url in urls:
                knock = found[url] = knocker.knock(url)
                memory.remember(url, knock)
                tell(len(found), len(links))
                if len(found) % _OFTEN == 0:
                    memory.save(links)

    with ThreadPoolExecutor(_HANDS) as hands:
        try:
            for done in [hands.submit(ask, urls) for urls in sorted(hosts.values(), key=len, reverse=True)]:
                done.result()
        except BaseException:
            hands.shutdown(wait=False, cancel_futures=True)
            raise
        finally:
            memory.save(links)
    return found
