"""Related entries of a site that is being edited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from digest.formats import terms
from digest.model import Entry
from digest.planning.asking import Asked
from digest.planning.atlas import Atlas
from digest.planning.gathering import newest_first
from digest.planning.lazily import Lookup
from digest.planning.likeness import Likeness
from digest.planning.related import LINK, list_linked, list_terms


class Relations(Mapping[str, tuple[Entry, ...]]):
    """The entries related to each, by its key, worked out when somebody asks; none before all of them are `known`."""

    def __init__(self) -> None:
        self.known = False
        self._likeness = Likeness()
        self._links: dict[str, tuple[str, ...]] = {}  # where the links of those lead that have some
        self._linked: Counter[str] = Counter()  # how many link to an address
        self._codes: Mapping[str, int] = Lookup(terms.code_name)
        self._atlas: Atlas | None = None

    def __getitem__(self, key: str) -> tuple[Entry, ...]:
        """Those nearest to an entry, nearest first."""
        atlas = self._atlas
        if atlas is None or not self.known or atlas.settings.related_entries <= 0:
            return ()
        by_key, order = atlas.by_key, newest_first(atlas.site.zone)

        def place(other: str) -> tuple[object, ...]:
            entry = by_key[other]
            return (-entry.date.toordinal(), *order(entry))

        return tuple(by_key[near] for near in self._likeness.find(key, atlas.settings.related_entries, place))

    def __iter__(self) -> Iterator[str]:
        """The keys of the entries."""
        return iter(self._likeness)

    def __len__(self) -> int:
        """How many entries are known."""
        return len(self._likeness)

    def prepare(self) -> Iterator[None]:
        """Work out ahead what anybody will ask, in small steps."""
        return self._likeness.prepare()

    def follow(self, atlas: Atlas, changed: Iterable[str]) -> None:
        """The site is this one now; of its entries those in `changed` are not what they were."""
        came_and_went = atlas.by_key.keys() ^ self._likeness.keys() if self.known else ()
        self._atlas = atlas
        self.learn({*changed, *came_and_went}, links_too=True)

    def learn(self, keys: Iterable[str], *, links_too: bool = False) -> None:
        """Take in these entries, whose bodies have been read; and where all links lead now."""
        atlas = self._atlas
        if atlas is None or atlas.settings.related_entries <= 0:
            return
        touched = set(keys)
        turned: set[str] = set()  # addresses to which the first link leads now, or none any more
        for key in touched.union(self._links) if links_too else list(touched):
            if self._follow_links(atlas, key, turned):
                touched.add(key)
        for url in turned:
            touched |= {entry.key for entry in Asked(url).entries(atlas.site) if entry.url == url}
        for key in touched:
            self._put(atlas, key)

    def _follow_links(self, atlas: Atlas, key: str, turned: set[str]) -> bool:
        """Whether the links of an entry lead elsewhere than they did."""
        entry = atlas.by_key.get(key)
        before = self._links.pop(key, ())
        links = tuple(dict.fromkeys(list_linked(atlas, entry, atlas.gist_of(entry)))) if entry else ()
        if links:
            self._links[key] = links
        for step, urls in ((1, links), (-1, before)):
            for url in urls:
                self._linked[url] += step
                if self._linked[url] == max(step, 0):
                    turned.add(url)
        return links != before

    def _put(self, atlas: Atlas, key: str) -> None:
        entry = atlas.by_key.get(key)
        if entry is None:
            self._likeness.drop(key)
            return
        found = list_terms(entry, atlas.gist_of(entry), atlas.slugs, self._codes)
        urls = {entry.url, *self._links.get(key, ())} if self._linked[entry.url] else self._links.get(key, ())
        self._likeness.put(key, [*found, *(self._codes[url] + LINK for url in urls)])
