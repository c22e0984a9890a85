"""Entries that are about the same."""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, compress, islice, zip_longest
from operator import eq
from types import MappingProxyType
from typing import Final, TypeAlias

from digest.formats import terms
from digest.model import Entry, Gist, Prose, dataclass
from digest.planning.atlas import Atlas
from digest.planning.lazily import Lookup
from digest.planning.linking import Place
from digest.planning.roster import list_keys
from digest.planning.summaries import title_text

_READ: Final = 800  # characters of a text: what it is about stands at its beginning
SIGNATURE: Final = 16  # terms that stand for an entry
BUDGET: Final = 240  # places looked at for each entry, those of its rarest terms first
# Kinds of terms, above the 32 bits that tell which it is: a word, one of a title, which stands among the words of the
# text too and has both, an author, a tag, an address that is linked.
WORD, TITLE, AUTHOR, TAG, LINK = (kind << 32 for kind in range(5))
_WEIGHTS: Final = (1, 3, 4, 6, 8)  # of a term by its kind
_LEAST: Final = 4  # no more in common, on the scale of a rare word, is chance
_NUMBER: Final = 4  # bytes of a place
_NOBODY: Final = (1 << 32) - 1
_NO_TERM: Final = -1
_GROWN: Final = 10  # as a power of two, the size from which a site asks no more likeness


def code_terms(entry: Entry, prose: Prose) -> bytes:
    """The words that an entry can have in common with others, as numbers of four bytes: those of its title come first.

    How many these are is the first number.
    """
    title = terms.code_words(title_text(entry, prose))
    numbers = (len(title), *sorted(title), *sorted(terms.code_words(prose.text[:_READ]) - title))
    return struct.pack(f"<{len(numbers)}I", *numbers)


Related: TypeAlias = Mapping[str, tuple[Entry, ...]]


class Relatives(Mapping[str, tuple[Entry, ...]]):
    """The entries nearest to each, by its key, nearest first, as they are `packed`: numbers of four bytes.

    The first tells how many there are for each entry: places of others, and behind them that of `_NOBODY`.
    """

    def __init__(self, entries: Sequence[Entry], packed: bytes) -> None:
        """Of as many `entries` as were packed."""
        self._entries = entries
        self.packed = packed
        self._row = struct.Struct(f"<{struct.unpack_from('<I', packed)[0]}I")

    @cached_property
    def _places(self) -> dict[str, int]:
        return {key: place for place, key in enumerate(list_keys(self._entries))}

    def __getitem__(self, key: str) -> tuple[Entry, ...]:
        """Those of an entry."""
        row = self._row.unpack_from(self.packed, _NUMBER + self._row.size * self._places[key])
        return tuple([self._entries[place] for place in row if place != _NOBODY])

    def find_touched(self, before: bytes, keys: Collection[str]) -> list[Entry]:
        """The entries that had others when they were packed, or have one of these."""
        if not _is_packed(before, len(self._entries)):
            return list(self._entries)
        changed = {place for key in keys if (place := self._places.get(key)) is not None}
        rows = zip_longest(_list_rows(before), _list_rows(self.packed))
        touched = [place for place, (was, now) in enumerate(rows) if was != now or not changed.isdisjoint(now or ())]
        return [self._entries[place] for place in touched]

    def __iter__(self) -> Iterator[str]:
        """The keys of the entries."""
        return iter(self._places)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._entries)


def relate_entries(atlas: Atlas, known: bytes = b"", gists: Mapping[str, Gist] = MappingProxyType({})) -> Relatives:
    """The entries nearest to each; none where the site wants none.

    `known` is what was packed of these entries in this order, some of which may have had other `gists` then.
    """
    entries, most = atlas.site.entries, atlas.settings.related_entries
    is_known = _is_packed(known, len(entries))
    if is_known and not gists:
        return Relatives(entries, known)
    if most <= 0:
        return Relatives(entries, _pack_places(()))
    lists, before = _list_terms(atlas, gists)
    if is_known and all(atlas.site.gists[key].links == gist.links for key, gist in gists.items()):
        return Relatives(entries, _pack_places(renew_nearest(lists, most, _list_rows(known), before)))
    return Relatives(entries, _pack_places(find_nearest(lists, most)))


def _pack_places(rows: Iterable[Sequence[int]]) -> bytes:
    """Rows of places, each as long as the longest."""
    found = list(rows)
    width = max(map(len, found), default=0)
    numbers = [width, *chain.from_iterable([*row, *(_NOBODY,) * (width - len(row))] for row in found)]
    return struct.pack(f"<{len(numbers)}I", *numbers)


def _list_rows(data: bytes) -> list[tuple[int, ...]]:
    """The rows that are packed, whose places are those of entries."""
    width, *places = struct.unpack(f"<{len(data) // _NUMBER}I", data)
    rows = zip(*[iter(places)] * width, strict=True) if width else ()
    return [row if row[-1] != _NOBODY else row[: row.index(_NOBODY)] for row in rows]


def _is_packed(data: bytes, count: int) -> bool:
    """Whether these are rows of places among so many."""
    size = len(data) // _NUMBER
    width, *places = struct.unpack(f"<{size}I", data[: size * _NUMBER]) or (_NOBODY,)
    return len(data) == _NUMBER * (1 + width * count) and max({*places} - {_NOBODY}, default=-1) < count


def _list_terms(atlas: Atlas, before: Mapping[str, Gist]) -> tuple[list[list[int]], dict[int, list[int]]]:
    """What each entry can have in common with others: its text, tags, authors and links within the site.

    And what those had of which the gists `before` are told, by their places.
    """
    entries, codes = atlas.site.entries, Lookup(terms.code_name)
    gists = [atlas.gist_of(entry) for entry in entries]
    links = {
        entry.key: list_linked(atlas, entry, gist) for entry, gist in zip(entries, gists, strict=True) if gist.links
    }
    linked = {url for urls in links.values() for url in urls}

    def tell(entry: Entry, gist: Gist) -> list[int]:
        found = list_terms(entry, gist, atlas.slugs, codes)
        if linked:
            found += [codes[url] + LINK for url in linked.intersection((entry.url, *links.get(entry.key, ())))]
        return found

    was = {place: tell(entry, before[entry.key]) for place, entry in enumerate(entries) if entry.key in before}
    return list(map(tell, entries, gists)), was


def list_terms(entry: Entry, gist: Gist, slugs: Mapping[str, str], codes: Mapping[str, int]) -> list[int]:
    """What an entry can have in common with others, but for links; `slugs` and `codes` have those of any name."""
    titled, *found = struct.unpack_from(f"<{len(gist.terms) // 4}I", gist.terms) or (0,)
    found += [word + TITLE for word in found[:titled]]
    found += {codes[slug] + TAG for tag in entry.tags if (slug := slugs[tag])}
    found += {codes[slug] + AUTHOR for name in entry.authors if (slug := slugs[name])}
    return found


def list_linked(atlas: Atlas, entry: Entry, gist: Gist) -> list[str]:
    """Where the links of a text lead within the site: it has that in common with the entry there."""
    place = Place(entry.key, entry.url)
    leads = (atlas.linker.resolve(link.target, place) for link in gist.links)
    return [destination.url for destination in leads if destination and destination.found]


def find_nearest(lists: Sequence[Collection[int]], most: int) -> Iterator[list[int]]:
    """For each list of terms the numbers of those most like it, the likest first; of like ones the first.

    A term is a number that tells its kind, none stands twice in a list. Likeness is the weight of the terms in common,
    rare ones weigh most. Only the weightiest terms of a list count, and only so many places of them are looked at: time
    and memory grow with the number of lists, whatever stands in them.
    """
    index = _index_terms(lists)
    return (_find_near(index, number, most) for number in range(len(lists)))


def renew_nearest(
    lists: Sequence[Collection[int]],
    most: int,
    known: Sequence[Sequence[int]],
    before: Mapping[int, Collection[int]],
) -> Iterator[Sequence[int]]:
    """What `find_nearest` finds, where it is `known` what that found when some of the lists were as they were `before`.

    What is near to a list follows from the terms that stand for it, from what these weigh and which lists have them.
    """
    index = _index_terms(lists)
    changes: Counter[int] = Counter()
    for number, found in before.items():
        changes.update(found)
        changes.subtract(lists[number])

    def weigh_before(term: int) -> int:
        return weigh_term(term, index.frequencies[term] + changes[term], len(lists))

    turned = {term for term in changes if weigh_before(term) != weigh_term(term, index.frequencies[term], len(lists))}
    affected, terms_affected = set(before), set(turned)
    for number, now in enumerate(lists):
        if number in before or not turned.isdisjoint(now):
            weighed = [(-weight, term) for term in before.get(number, now) if (weight := weigh_before(term))]
            was = {term for _, term in sorted(weighed)[:SIGNATURE]}
            if differing := was.symmetric_difference(map(index.terms.__getitem__, index.signatures[number])):
                affected.add(number)
                terms_affected |= differing
    for rank, term in enumerate(index.terms):
        if term in terms_affected:
            affected.update(index.places[rank])
    return (_find_near(index, number, most) if number in affected else row for number, row in enumerate(known))


def _find_near(index: _Index, number: int, most: int) -> list[int]:
    """The lists nearest to one."""
    looked = _within_budget(index, index.signatures[number])
    met = sorted(chain.from_iterable(map(index.places.__getitem__, looked)))
    # Hardly anybody has two terms in common with it, so that the rest is quickly passed over.
    near = set(compress(met, map(eq, met, met[1:]))) - {number}
    mine = frozenset(looked)
    best = sorted((-index.weigh(mine.intersection(index.signatures[other])), other) for other in near)
    for term in looked:  # weightiest first
        weight = index.weights[term]
        if weight <= index.least or (len(best) >= most and -best[most - 1][0] > weight):
            break
        others = (other for other in index.places[term] if other not in near and other != number)
        best = sorted([*best, *((-weight, other) for other in islice(others, most))])
    return [other for value, other in best[:most] if -value > index.least]


@dataclass(frozen=True, slots=True)
class _Index:
    """Terms are numbered by weight, weightiest first: their weights, the lists that hold them, the terms of each.

    `terms` are those that have numbers, and `frequencies` those of all. What is no heavier than `least` is chance.
    """

    terms: Sequence[int]
    frequencies: Counter[int]
    least: int
    weights: Sequence[int]
    places: Sequence[Sequence[int]]
    signatures: Sequence[Sequence[int]]

    def weigh(self, found: Collection[int]) -> int:
        """What some terms weigh together."""
        return sum(map(self.weights.__getitem__, found))


def _within_budget(index: _Index, signature: Sequence[int]) -> Sequence[int]:
    """The first terms of a list, as many as there are places to be looked at."""
    left = BUDGET
    for place, term in enumerate(signature):
        left -= len(index.places[term])
        if left < 0:
            return signature[:place]
    return signature


def _index_terms(lists: Sequence[Collection[int]]) -> _Index:
    frequencies: Counter[int] = Counter()
    for found in lists:
        frequencies.update(found)
    weights = _weigh(frequencies, len(lists))
    ordered = sorted(weights, key=lambda term: (-weights[term], term))
    ranks = {term: rank for rank, term in enumerate(ordered, 1)}
    places: list[list[int]] = [[] for _ in range(len(ordered) + 1)]
    signatures = []
    for number, found in enumerate(lists):
        signature = sorted(filter(None, map(ranks.get, found)))[:SIGNATURE]
        for rank in signature:
            places[rank].append(number)
        signatures.append(signature)
    heavy = [0, *map(weights.__getitem__, ordered)]
    return _Index([_NO_TERM, *ordered], frequencies, least_likeness(len(lists)), heavy, places, signatures)


def _weigh(frequencies: Mapping[int, int], size: int) -> dict[int, int]:
    """The terms that tell some lists from most others, with what they weigh.

    Weights go in steps, by powers of two: a new entry changes next to none of them, and so next to no list of others.
    """
    weights = {}
    for term, frequency in frequencies.items():
        if frequency > 1 and (weight := weigh_term(term, frequency, size)):  # most have but one
            weights[term] = weight
    return weights


def weigh_term(term: int, frequency: int, size: int) -> int:
    """What a term weighs that so many of the lists have; nothing if it tells none from the others."""
    level = size.bit_length() - frequency.bit_length()
    return level * level * _WEIGHTS[term >> 32] if frequency > 1 and level > 0 else 0


def least_likeness(size: int) -> int:
    """What the terms in common must weigh more than, among so many lists."""
    return _LEAST * (min(size.bit_length(), _GROWN) - 2) ** 2
