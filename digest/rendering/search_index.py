"""The index of a static search: small files of JSON, of which a reader loads the few that a query needs.

`index.json` names the others, which carry a fingerprint in their names, so that an old one is never taken for a new:

- `terms-*.json` hold the words from one place of their order to the next: a word and its entries, each the number of
  steps from the one before, times 16, plus how much the word weighs there (BM25F, 1 to 15);
- `texts-*.json` hold the entries from one number to the next: href, title, authors, names, day, the day as people
  write it, language, text;
- `facet-*.json` hold the values of a filter and their entries, likewise as steps.

Entries are numbered from the oldest, so that a new one leaves the texts of all others where they are. The theme's
search script reads all this. `search_renewal.py` writes the same where little has changed.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from hashlib import blake2b
from itertools import chain, pairwise, repeat
from operator import and_, sub
from typing import Final, Generic, TypeAlias, TypeVar
from zlib import crc32

from digest.formats.search_words import search_words
from digest.model import NamedTuple, SearchIndex, SearchRecord

MANIFEST: Final = "index.json"
_NAMES: Final = 4  # how often a word counts that stands in a name
_SATURATION, _SLOPE = 2.0, 0.75  # k1 and b of BM25
_LENGTH: Final = 200  # words of an entry as they mostly are; a mean would change with every entry
_LEVELS: Final = 10  # of what a text says of a word
_TITLE: Final = 5  # levels above those for a word of the title, fewer in a long one
_COUNTED: Final = 100  # times; a word that counts more has the highest weight
LEAST_COMMON: Final = 200  # entries from which on a word that nearly all of them have is asked for alone only

# Of texts-*.json: href, title, authors, names, day, the day as people write it, language, text.
Row: TypeAlias = tuple[str, str, Sequence[str], Sequence[str], str, str, str, str]
Shards: TypeAlias = list[tuple[object, str]]  # what begins a file, and its fingerprint
Value = TypeVar("Value")


def write_search_index(index: SearchIndex) -> Iterator[tuple[str, bytes]]:
    """The files of the index with their names; its records are gone through once, and no file is kept."""
    texts: Shards = []
    terms: Shards = []
    words = _Words()
    for rows in _cut_texts(words.gather(index.records)):
        file = name_file("texts", encode(rows))
        texts.append((words.count - len(rows), file.mark))
        yield file.name, file.data
    for shard in _cut_terms(words.postings):
        file = name_file("terms", encode_terms(shard))
        terms.append((next(iter(shard)), file.mark))
        yield file.name, file.data
    common = [word for word, places in words.postings.items() if is_common(len(places), words.count)]
    yield from write_rest(index, words.count, common, terms, texts)


def write_rest(
    index: SearchIndex, count: int, common: Iterable[str], terms: Shards, texts: Shards
) -> Iterator[tuple[str, bytes]]:
    """The files of the filters, and at last the one that names all."""
    marks: dict[str, str] = {}
    for name, values in _list_facets(index.filters):
        file = name_file(f"facet-{name}", encode(values))
        marks[name] = file.mark
        yield file.name, file.data
    yield (
        MANIFEST,
        encode({"entries": count, "common": sorted(common), "terms": terms, "texts": texts, "facets": marks}),
    )


class File(NamedTuple):
    """A file of the index, and the fingerprint that is in its name."""

    name: str
    mark: str
    data: bytes


def name_file(kind: str, data: bytes) -> File:
    """The file that holds this."""
    mark = blake2b(data, digest_size=6).hexdigest()  # of twenty thousand files no two have the same
    return File(f"{kind}-{mark}.json", mark, data)


def make_row(record: SearchRecord) -> Row:
    """What is told of an entry that was found: all that its words are taken from is in it."""
    return (
        record.href,
        record.title,
        record.authors,
        record.names,
        record.day,
        record.day_text,
        record.language,
        record.text,
    )


def weigh_words(number: int, row: Row) -> Iterator[tuple[str, int]]:
    """Every word of an entry with its place, `number << 4 | weight`."""
    _, title, authors, names, _, _, _, text = row
    words = search_words(text)
    levels = _levels(len(words) // 25 * 25)
    counts: dict[str, int] = Counter(words)
    for word in search_words("\n".join((*authors, *names))):
        counts[word] += _NAMES
    titled = search_words(title)
    for word in titled:
        counts[word] += 1
    bonus = max(2, _TITLE - len(titled) // 4)
    for word in set(titled):
        counts[word] *= -1
    # There are some two hundred words, and few different counts.
    places = {
        count: number << 4 | (levels[count] if count > 0 else levels[-count] + bonus) for count in set(counts.values())
    }
    return zip(counts, map(places.__getitem__, counts.values()), strict=True)


def is_common(places: int, count: int) -> bool:
    """Whether nearly all of so many entries have a word."""
    return count >= LEAST_COMMON and 5 * places > 4 * count


def units(word: str) -> str:
    """The text with a character for each unit of UTF-16, to compare by as browsers do."""
    if word.isascii() or max(word) < "\ud800":
        return word
    data = word.encode("utf-16-be", "surrogatepass")
    return "".join(chr(data[place] << 8 | data[place + 1]) for place in range(0, len(data), 2))


def tell_steps(places: Sequence[int]) -> str:
    """The steps from entry to entry, as they are written. A place is `number << 4 | weight`."""
    if len(places) == 1:  # as of most words
        return str(places[0])
    return _encode_numbers(list(map(sub, places, chain((0,), map(and_, places, repeat(~15))))))[1:-1]


def encode(content: object) -> bytes:
    """A value as it lies in a file."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def encode_terms(terms: Mapping[str, str]) -> bytes:
    """Words with their steps likewise: no word has a sign that JSON would not have as it is."""
    return ("{" + ",".join([f'"{word}":[{steps}]' for word, steps in terms.items()]) + "}").encode()


class _Cutter(Generic[Value]):
    """Rows, one after another, to files of so many characters: `least` at least, and `spread` more in the mean.

    Where a file ends hangs on what is in it alone: after a change the same files follow soon.
    """

    least = spread = most = 0

    def __init__(self) -> None:
        self.rows: list[Value] = []
        self._size = 0

    def _take(self, row: Value, key: str, size: int) -> list[Value]:
        """The rows of a file that is full now, or none."""
        self.rows.append(row)
        self._size += size
        if self._size < self.least:
            return []
        chosen = self._size >= self.most or crc32(key.encode("utf-8", "replace")) % self.spread < size
        return self.end() if chosen else []

    def end(self) -> list[Value]:
        """The rows that are left."""
        rows, self.rows, self._size = self.rows, [], 0
        return rows


class TermCutter(_Cutter[tuple[str, str]]):
    """Words in the order of browsers, with their steps."""

    least, spread, most = 20_000, 16_000, 64_000  # about 10 KB over the wire

    def add(self, word: str, steps: str) -> dict[str, str]:
        """The words of a file that is full now, or none."""
        return dict(self._take((word, steps), word, len(word) + len(steps) + 6))


class TextCutter(_Cutter[Row]):
    """Entries by their number."""

    least, spread, most = 6_000, 4_000, 16_000  # about 4 KB over the wire

    def add(self, row: Row) -> list[Row]:
        """The entries of a file that is full now, or none."""
        return self._take(row, row[0], len(row[1]) + len(row[7]) + 120)


def _cut_terms(postings: Mapping[str, array[int]]) -> Iterator[dict[str, str]]:
    cutter = TermCutter()
    for word in sorted(postings, key=units):
        if full := cutter.add(word, tell_steps(postings[word])):
            yield full
    if rest := cutter.end():
        yield dict(rest)


def _cut_texts(rows: Iterable[Row]) -> Iterator[list[Row]]:
    cutter = TextCutter()
    for row in rows:
        if full := cutter.add(row):
            yield full
    if rest := cutter.end():
        yield rest


class _Words:
    """Where words are: each with its entries, `number << 4 | weight`."""

    def __init__(self) -> None:
        self.count = 0
        # Whole numbers in a row: a large site has tens of millions.
        self.postings: defaultdict[str, array[int]] = defaultdict(partial(array, "I"))

    def gather(self, records: Iterable[SearchRecord]) -> Iterator[Row]:
        """The rows of the records as they come, each looked through."""
        postings = self.postings
        for self.count, record in enumerate(records, 1):
            row = make_row(record)
            for word, place in weigh_words(self.count - 1, row):
                postings[word].append(place)
            yield row


class _Levels(dict[int, int]):
    """What a text of some length says of a word, by how often the word counts in it (BM25's saturation)."""

    def __init__(self, length: int) -> None:
        self._norm = _SATURATION * (1 - _SLOPE + _SLOPE * length / _LENGTH)

    def __missing__(self, count: int) -> int:
        weight = max(1, round(_LEVELS * count / (count + self._norm))) if count < _COUNTED else _LEVELS
        self[count] = weight
        return weight


_levels: Final = cache(_Levels)
_encode_numbers: Final = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


def _list_facets(
    filters: Iterable[Sequence[tuple[str, str]]],
) -> Iterator[tuple[str, list[tuple[str, list[int]]]]]:
    """Each filter with its values in order, each value with its entries."""
    facets: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(partial(defaultdict, list))
    for number, chosen in enumerate(filters):
        for name, value in dict.fromkeys(chosen):
            facets[name][value].append(number)
    for name, values in sorted(facets.items()):
        yield (
            name,
            [
                (value, [number - last for last, number in pairwise((0, *numbers))])
                for value, numbers in sorted(values.items())
            ],
        )
