"""The index of a search where few entries are others than they were: only the files that change are read and made.

What an earlier index knows of an entry stands in its texts, so that its words can be taken out again. The bytes are
those that `write_search_index` would write.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise, repeat
from operator import and_, lshift, or_, rshift
from typing import Any, Final

from digest.model import NamedTuple, SearchIndex
from digest.rendering.search_index import (
    LEAST_COMMON,
    MANIFEST,
    Row,
    Shards,
    TermCutter,
    TextCutter,
    encode,
    encode_terms,
    is_common,
    make_row,
    name_file,
    tell_steps,
    units,
    weigh_words,
    write_rest,
)

_MARK: Final = 16  # bytes of an entry in a roll
_FEW: Final = 8  # where more than one of so many entries is another, all is written anew
_ROW: Final = (str, str, list, list, str, str, str, str)

Files = Iterator[tuple[str, bytes | None]]


class KeptIndex(NamedTuple):
    """An earlier index: its frame and its roll, the names of its files, and what reads one of them."""

    frame: bytes
    roll: bytes
    names: frozenset[str]
    read: Callable[[str], bytes]


class NoSuchIndex(Exception):  # noqa: N818 - what is met, not what was done wrong
    """There is no earlier index of which enough could be kept."""


class Changes(NamedTuple):
    """What became of the entries of an index, by their numbers.

    `origins` has the earlier number of each that is the same, or -1; `numbers` the reverse of each earlier one.
    """

    origins: Sequence[int]
    numbers: Sequence[int]
    added: frozenset[int]
    removed: frozenset[int]
    moved: bool


def renew_search_index(index: SearchIndex, kept: KeptIndex) -> list[tuple[str, bytes | None]]:
    """The files of the index with their names; those without bytes are as they were kept.

    Raises:
        NoSuchIndex: it has to be written whole.
    """
    _check(kept.frame == index.frame)
    changes = _compare(kept.roll, index.roll)
    return list(_Renewal(index, _Earlier(kept, len(changes.numbers)), changes).write())


def _compare(before: bytes, now: bytes) -> Changes:
    old, new = ([roll[at : at + _MARK] for at in range(0, len(roll), _MARK)] for roll in (before, now))
    places = {mark: number for number, mark in enumerate(old)}
    origins = [places.get(mark, -1) for mark in new]
    kept = [origin for origin in origins if origin >= 0]
    added = frozenset(number for number, origin in enumerate(origins) if origin < 0)
    removed = frozenset(places.values()).difference(kept)
    _check(len(places) == len(old) and all(this < that for this, that in pairwise(kept)))
    _check(len(added) + len(removed) <= len(new) // _FEW)
    # What took the place of another is edited, and most of its words stay.
    numbers = [number if number in added else -1 for number in range(len(old))]
    for number, origin in enumerate(origins):
        if origin >= 0:
            numbers[origin] = number
    moved = any(origin not in {-1, number} for number, origin in enumerate(origins))
    return Changes(origins, numbers, added, removed, moved)


class _Earlier:
    """The earlier index, as it lies in a cache: perhaps of somebody else.

    Whoever reads it may come upon NoSuchIndex.
    """

    def __init__(self, kept: KeptIndex, count: int) -> None:
        self._kept = kept
        manifest = self._decode(MANIFEST)
        _check(isinstance(manifest, dict) and manifest.keys() >= {"entries", "common", "terms", "texts"})
        self.count = count
        self.common: list[str] = manifest["common"]
        self.terms: Shards = manifest["terms"]
        self.texts: Shards = manifest["texts"]
        _check(manifest["entries"] == count and _are(self.common, str))
        for shards, kind in ((self.terms, str), (self.texts, int)):
            _check(_are(shards, list) and all(len(pair) == 2 and type(pair[0]) is kind for pair in shards))
            _check(bool(shards) and all(type(mark) is str for _, mark in shards))
        self.words = [units(str(first)) for first, _ in self.terms]
        self.firsts = [int(str(first)) for first, _ in self.texts]
        _check(all(this < that for this, that in pairwise((-1, *self.firsts, count))) and self.firsts[0] == 0)
        self._rows: dict[int, list[list[Any]]] = {}

    def has(self, name: str) -> bool:
        """Whether there is a file of this name: then it holds the same."""
        return name in self._kept.names

    def list_terms(self, shard: int) -> dict[str, str]:
        """The words of a file with their steps, all as they are written."""
        text = self._read(f"terms-{self.terms[shard][1]}.json")
        _check(text[:2] == '{"' and text[-2:] == "]}")
        terms = [term.partition('":[') for term in text[2:-2].split('],"')]
        return {word: steps for word, _, steps in terms}

    def shard_of(self, word: str) -> int:
        """The file in which a word is, or would be."""
        return max(0, bisect_right(self.words, units(word)) - 1)

    def row(self, number: int) -> Row:
        """What was told of an entry."""
        shard = bisect_right(self.firsts, number) - 1
        rows = self._rows.get(shard)
        if rows is None:
            rows = self._decode(f"texts-{self.texts[shard][1]}.json")
            _check(_are(rows, list) and len(rows) == self.end(shard) - self.firsts[shard])
            self._rows = {shard: rows}  # those that are asked for next are beside it
        row = tuple(rows[number - self.firsts[shard]])
        _check(tuple(map(type, row)) == _ROW and _are(row[2], str) and _are(row[3], str))
        return row

    def end(self, shard: int) -> int:
        """The number of the first entry behind a file."""
        return self.firsts[shard + 1] if shard + 1 < len(self.firsts) else self.count

    def _decode(self, name: str) -> Any:  # noqa: ANN401 - whatever there is, to be looked at
        try:
            return json.loads(self._read(name))
        except (ValueError, RecursionError) as error:
            raise NoSuchIndex from error

    def _read(self, name: str) -> str:
        _check(self.has(name))
        try:
            return self._kept.read(name).decode()
        except UnicodeDecodeError as error:
            raise NoSuchIndex from error


class _Renewal:
    """One index on the way to the next."""

    def __init__(self, index: SearchIndex, earlier: _Earlier, changes: Changes) -> None:
        self._index, self._earlier, self._changes = index, earlier, changes
        self._terms: Shards = []
        self._texts: Shards = []
        self._count = len(changes.origins)
        self._common: list[str] = []
        # What is to be put to the places of each word, and the numbers that are to be taken from them.
        self._come: defaultdict[str, list[int]] = defaultdict(list)
        self._gone: defaultdict[str, list[int]] = defaultdict(list)

    def write(self) -> Files:
        """All files, in the order of a whole index."""
        rows = {number: make_row(self._index.records[number]) for number in sorted(self._changes.added)}
        self._compare_words(rows)
        yield from self._write_texts(rows)
        yield from self._write_terms()
        for name, data in write_rest(self._index, self._count, self._common, self._terms, self._texts):
            yield name, None if self._earlier.has(name) and name != MANIFEST else data

    def _compare_words(self, rows: Mapping[int, Row]) -> None:
        added, removed = self._changes.added, self._changes.removed
        for number in sorted(added | removed):
            before = set(weigh_words(number, self._earlier.row(number)) if number in removed else ())
            now = set(weigh_words(number, rows[number]) if number in added else ())
            for word, _ in before - now:
                self._gone[word].append(number)
            for word, place in now - before:
                self._come[word].append(place)

    def _write_texts(self, rows: Mapping[int, Row]) -> Files:
        origins, earlier = self._changes.origins, self._earlier
        shards = {first: shard for shard, first in enumerate(earlier.firsts)}
        cutter = TextCutter()
        number = 0
        while number < self._count:
            first = origins[number]
            shard = shards.get(first)
            if shard is not None and not cutter.rows:
                count = earlier.end(shard) - first
                # The last one ends where the entries do, and may go on now.
                is_last = earlier.end(shard) == earlier.count
                if origins[number : number + count] == list(range(first, first + count)) and (
                    not is_last or number + count == self._count
                ):
                    yield self._keep("texts", earlier.texts[shard][1], self._texts, number)
                    number += count
                    continue
            number += 1
            if full := cutter.add(rows[number - 1] if first < 0 else earlier.row(first)):
                yield self._put("texts", encode(full), self._texts, number - len(full))
        if rest := cutter.end():
            yield self._put("texts", encode(rest), self._texts, number - len(rest))

    def _write_terms(self) -> Files:
        changed = self._sort_changed()
        common = set(self._earlier.common)
        cutter = TermCutter()
        for shard, (first, mark) in enumerate(self._earlier.terms):
            if shard not in changed and not cutter.rows:
                yield self._keep("terms", mark, self._terms, first)
                continue
            for word, steps in self._renew_terms(shard, changed.get(shard, ())):
                common.discard(word)
                if is_common(steps.count(",") + 1, self._count):
                    self._common.append(word)
                if steps and (full := cutter.add(word, steps)):
                    yield self._put("terms", encode_terms(full), self._terms, next(iter(full)))
        if rest := dict(cutter.end()):
            yield self._put("terms", encode_terms(rest), self._terms, next(iter(rest)))
        self._common += common  # those that nobody looked at are as common as they were

    def _sort_changed(self) -> Mapping[int, Sequence[str]]:
        """The words that change in each file, of the files that have to be looked through."""
        changed: defaultdict[int, list[str]] = defaultdict(list)
        for word in self._gone.keys() | self._come.keys():
            changed[self._earlier.shard_of(word)].append(word)
        before, looked = self._earlier.count, set[int]()
        if self._changes.moved or self._count < before or before < LEAST_COMMON:
            looked.update(range(len(self._earlier.terms)))  # any word may be another, or become common
        elif self._count > before:
            looked.update(map(self._earlier.shard_of, self._earlier.common))  # or be common no more
        return {shard: changed[shard] for shard in looked.union(changed)}

    def _renew_terms(self, shard: int, changed: Sequence[str]) -> Iterator[tuple[str, str]]:
        """The words of a file with their steps, and those with none that are gone."""
        terms = self._earlier.list_terms(shard)
        new = dict.fromkeys([word for word in changed if word not in terms], "")
        for word, steps in sorted({**terms, **new}.items(), key=_units_of) if new else terms.items():
            if self._changes.moved or word in self._come or word in self._gone:
                yield word, self._renew_steps(steps, self._gone.get(word, ()), self._come.get(word, ()))
            else:
                yield word, steps

    def _renew_steps(self, told: str, gone: Iterable[int], come: Iterable[int]) -> str:
        numbers = self._changes.numbers
        try:
            steps = list(map(int, told.split(","))) if told else []
        except ValueError as error:
            raise NoSuchIndex from error
        places = list(accumulate(map(rshift, steps, repeat(4))))
        weights = list(map(and_, steps, repeat(15)))
        _check(not steps or (min(steps) >= 0 and places[-1] < len(numbers)))
        for number in gone:
            at = bisect_left(places, number)
            _check(places[at : at + 1] == [number])
            del places[at], weights[at]
        if self._changes.moved:
            places = list(map(numbers.__getitem__, places))
        kept = map(or_, map(lshift, places, repeat(4)), weights)
        return tell_steps(sorted((*kept, *come)) if come else list(kept))

    def _put(self, kind: str, data: bytes, shards: Shards, first: object) -> tuple[str, bytes | None]:
        file = name_file(kind, data)
        shards.append((first, file.mark))
        return file.name, None if self._earlier.has(file.name) else data

    def _keep(self, kind: str, mark: str, shards: Shards, first: object) -> tuple[str, None]:
        shards.append((first, mark))
        name = f"{kind}-{mark}.json"
        _check(self._earlier.has(name))
        return name, None


def _units_of(term: tuple[str, str]) -> str:
    return units(term[0])


def _are(values: object, kind: type) -> bool:
    """Whether this is a list of such values."""
    return type(values) is list and all(type(value) is kind for value in values)


def _check(found: bool) -> None:
    if not found:
        raise NoSuchIndex
