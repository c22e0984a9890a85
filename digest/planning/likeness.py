"""Which entries are like one of them, told from an index that follows the site edit by edit.

It tells what `related.find_nearest` does of all entries at once; a property test holds the two together.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, KeysView, Sequence
from itertools import chain, compress, islice
from operator import eq
from typing import Final

from digest.planning.related import BUDGET, SIGNATURE, least_likeness, weigh_term

_RUN: Final = 20  # entries that are prepared in one step


class Likeness:
    """The terms of entries by their keys, and which are like one. Terms and entries are numbered as they come."""

    def __init__(self) -> None:
        self._slots: dict[str, int] = {}
        self._keys: list[str] = []
        self._free: list[int] = []
        self._numbers: dict[int, int] = {}  # of terms
        self._terms: list[int] = []
        self._holders: list[array[int]] = []  # of each term, the slots of the entries that have it
        self._held: list[array[int]] = []  # by slot, the numbers of terms
        self._signatures: dict[int, tuple[int, ...]] = {}  # by slot, as far as somebody asked

    def __len__(self) -> int:
        """How many entries there are."""
        return len(self._slots)

    def __contains__(self, key: str) -> bool:
        """Whether an entry is known."""
        return key in self._slots

    def __iter__(self) -> Iterator[str]:
        """The keys of the entries."""
        return iter(self._slots)

    def keys(self) -> KeysView[str]:
        """The keys of the entries."""
        return self._slots.keys()

    def put(self, key: str, terms: Iterable[int]) -> None:
        """An entry is new, or has other terms than it had."""
        found = array("I", sorted(self._number(term) for term in set(terms)))
        slot = self._slots.get(key)
        if slot is None:
            slot = self._take_slot(key)
        elif self._held[slot] == found:
            return
        before, after = set(self._held[slot]), set(found)
        self._held[slot] = found
        self._signatures.pop(slot, None)
        for number in after - before:
            self._change(number, self._holders[number].append, slot)
        for number in before - after:
            self._change(number, self._holders[number].remove, slot)

    def drop(self, key: str) -> None:
        """An entry is gone."""
        if key in self._slots:
            self.put(key, ())
            slot = self._slots.pop(key)
            self._resize(len(self._slots) + 1)
            self._keys[slot] = ""
            self._free.append(slot)

    def find(self, key: str, most: int, order: Callable[[str], object]) -> list[str]:
        """The keys of those most like an entry, the likest first; of like ones the first, as `order` has them."""
        slot = self._slots.get(key)
        if slot is None:
            return []
        signature = self._sign(slot)
        places = [self._find_places(number) for number in signature]
        looked = signature[: _within_budget(places)]
        least = least_likeness(len(self))
        met = sorted(chain.from_iterable(places[: len(looked)]))
        near = set(compress(met, map(eq, met, met[1:]))) - {slot}
        mine = frozenset(looked)
        best = sorted(
            (-sum(map(self._weigh, mine.intersection(self._sign(other)))), order(self._keys[other]), other)
            for other in near
        )
        for number, found in zip(looked, places, strict=False):  # weightiest first
            weight = self._weigh(number)
            if weight <= least or (len(best) >= most and -best[most - 1][0] > weight):
                break
            others = sorted((order(self._keys[other]), other) for other in found if other not in near and other != slot)
            best = sorted([*best, *((-weight, place, other) for place, other in islice(others, most))])
        return [self._keys[other] for value, _, other in best[:most] if -value > least]

    def prepare(self) -> Iterator[None]:
        """Work out what is kept for all who ask, entry by entry."""
        for slot in range(len(self._keys)):
            if slot not in self._signatures:
                self._sign(slot)
                if slot % _RUN == 0:
                    yield

    def _number(self, term: int) -> int:
        number = self._numbers.get(term)
        if number is None:
            number = self._numbers[term] = len(self._terms)
            self._terms.append(term)
            self._holders.append(array("I"))
        return number

    def _take_slot(self, key: str) -> int:
        if self._free:
            slot = self._free.pop()
            self._keys[slot] = key
        else:
            slot = len(self._keys)
            self._keys.append(key)
            self._held.append(array("I"))
        self._slots[key] = slot
        self._resize(len(self._slots) - 1)
        return slot

    def _resize(self, before: int) -> None:
        """What all terms weigh hangs on the number of entries, in steps."""
        if before.bit_length() != len(self._slots).bit_length():
            self._signatures.clear()

    def _change(self, number: int, change: Callable[[int], object], slot: int) -> None:
        """A term has one entry more or less: if it weighs something else now, whoever has it may stand for others."""
        holders = self._holders[number]
        before = self._weigh(number)
        change(slot)
        if self._weigh(number) != before:
            for holder in holders:
                self._signatures.pop(holder, None)

    def _weigh(self, number: int) -> int:
        return weigh_term(self._terms[number], len(self._holders[number]), len(self._slots))

    def _sign(self, slot: int) -> tuple[int, ...]:
        """The terms that stand for an entry, weightiest first."""
        signature = self._signatures.get(slot)
        if signature is None:
            weighed = ((-self._weigh(number), self._terms[number], number) for number in self._held[slot])
            signature = tuple(number for weight, _, number in sorted(each for each in weighed if each[0])[:SIGNATURE])
            self._signatures[slot] = signature
        return signature

    def _find_places(self, number: int) -> Sequence[int]:
        """The entries for which a term stands."""
        return [slot for slot in self._holders[number] if number in self._sign(slot)]


def _within_budget(places: Sequence[Collection[int]]) -> int:
    """How many of the first terms there is time to look at the places of."""
    left = BUDGET
    for count, found in enumerate(places):
        left -= len(found)
        if left < 0:
            return count
    return len(places)
