"""Entries that are about the same."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count, takewhile
from typing import Final

from digest.formats import terms
from digest.model import Entry, Prose, dataclass
from digest.planning.atlas import Atlas
from digest.planning.linking import Place
from digest.planning.summaries import title_text

_READ: Final = 800  # characters of a text: what it is about stands at its beginning
_SIGNATURE: Final = 16  # terms that stand for an entry
_BUDGET: Final = 240  # places looked at for each entry, those of its rarest terms first
# What a term weighs by its kind, which its first sign tells: an address that is linked, a tag, an author, a word of a
# title, which stands among the words of the text too and has both.
_KINDS: Final = {"&": 8, "#": 6, "@": 4, "_": 3}
_WORD: Final = 1
_LEAST: Final = 4  # no more in common, on the scale of a rare word, is chance
_SHORTEST: Final = 3  # letters of a word in ASCII that says something
_GROWN: Final = 10  # as a power of two, the size from which a site asks no more likeness


def relate_entries(atlas: Atlas) -> Mapping[str, tuple[Entry, ...]]:
    """The entries nearest to each, by its key, nearest first; none where the site wants none."""
    entries = atlas.site.entries
    most = atlas.settings.related_entries
    if most <= 0:
        return {entry.key: () for entry in entries}
    near = find_nearest((_list_terms(atlas, entry) for entry in entries), most)
    return {entry.key: tuple(entries[other] for other in found) for entry, found in zip(entries, near, strict=True)}


def _list_terms(atlas: Atlas, entry: Entry) -> list[str]:
    """What an entry can have in common with another."""
    prose = atlas.prose_of(entry)
    title = terms.list_terms(title_text(entry, prose))
    found = terms.list_terms(prose.text[:_READ])
    found += title
    found += [f"_{term}" for term in title]
    found += [f"#{atlas.slugs[tag]}" for tag in entry.tags]
    found += [f"@{atlas.slugs[name]}" for name in entry.authors]
    found += [f"&{url}" for url in (entry.url, *_linked_urls(atlas, entry, prose))]
    return found


def _linked_urls(atlas: Atlas, entry: Entry, prose: Prose) -> Iterator[str]:
    """Where the links of a text lead within the site: it has that in common with the entry there."""
    place = Place(entry.key, entry.url)
    for link in prose.links:
        destination = atlas.linker.resolve(link.target, place)
        if destination and destination.found:
            yield destination.url


def find_nearest(lists: Iterable[Iterable[str]], most: int) -> Iterator[list[int]]:
    """For each list of terms the numbers of those most like it, the likest first; of like ones the first.

    Likeness is the weight of the terms in common, rare ones weigh most. Only the weightiest terms of a list count, and
    only so many places of them are looked at: time and memory grow with the number of lists, whatever stands in them.
    """
    index = _index_terms(lists)
    least = _LEAST * (min(len(index.signatures).bit_length(), _GROWN) - 2) ** 2
    for number, signature in enumerate(index.signatures):
        likeness: defaultdict[int, int] = defaultdict(int)
        left = _BUDGET
        for term in signature:
            places, weight = index.places[term], index.weights[term]
            left -= len(places)
            if left < 0:
                break
            for other in places:
                likeness[other] += weight
        likeness.pop(number, None)
        best = [(-value, other) for other, value in likeness.items() if value > least]
        best.sort()
        yield [other for _, other in best[:most]]


@dataclass(frozen=True, slots=True)
class _Index:
    """Terms are numbered by weight, weightiest first: their weights, the lists that hold them, the terms of each."""

    weights: Sequence[int]
    places: Sequence[Sequence[int]]
    signatures: Sequence[Sequence[int]]


def _index_terms(lists: Iterable[Iterable[str]]) -> _Index:
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    numbered = [array("L", set(map(numbers.__getitem__, found))) for found in lists]
    frequencies: Counter[int] = Counter()
    for found in numbered:
        frequencies.update(found)
    weights = _weigh(numbers, frequencies, len(numbered))
    ordered = sorted(weights, key=lambda term: (-weights[term], term))
    ranks = [len(ordered)] * len(numbers)  # terms that say nothing come last
    for rank, term in enumerate(ordered):
        ranks[numbers[term]] = rank
    telling = len(ordered).__gt__
    places: list[list[int]] = [[] for _ in ordered]
    signatures = []
    for number, found in enumerate(numbered):
        signature = array("L", takewhile(telling, sorted(map(ranks.__getitem__, found))[:_SIGNATURE]))
        for rank in signature:
            places[rank].append(number)
        signatures.append(signature)
    return _Index([weights[term] for term in ordered], places, signatures)


def _weigh(numbers: Mapping[str, int], frequencies: Mapping[int, int], size: int) -> dict[str, int]:
    """The terms that tell some lists from most others, with what they weigh.

    Weights go in steps, by powers of two: a new entry changes next to none of them, and so next to no list of others.
    """
    weights = {}
    for term, number in numbers.items():
        frequency = frequencies[number]
        level = size.bit_length() - frequency.bit_length()
        if frequency > 1 and level > 0 and not _is_short(term):
            weights[term] = level * level * _KINDS.get(term[0], _WORD)
    return weights


def _is_short(term: str) -> bool:
    return len(term.lstrip("_")) < _SHORTEST and term.isascii()
