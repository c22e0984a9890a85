"""The index of a static search: small files of JSON, of which a reader loads the few that a query needs.

`index.json` names the others, which carry a fingerprint in their names, so that an old one is never taken for a new:

- `terms-*.json` hold the words from one place of their order to the next: a word and its entries, each the number of
  steps from the one before, times 16, plus how much the word weighs there (BM25F, 1 to 15);
- `texts-*.json` hold the entries from one number to the next: href, title, authors, names, day, the day as people
  write it, language, text;
- `facet-*.json` hold the values of a filter and their entries, likewise as steps.

Entries are numbered from the oldest, so that a new one leaves the texts of all others where they are. The theme's
search script reads all this.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from hashlib import blake2b
from itertools import pairwise
from typing import Final

from digest.model import SearchRecord

_SHARD: Final = 24_000  # characters of a file of words, about 10 KB over the wire
_TEXTS: Final = 8_000  # of a file of texts, about 4 KB over the wire
_NAMES: Final = 4  # how often a word counts that stands in a name
_SATURATION, _SLOPE = 2.0, 0.75  # k1 and b of BM25
_LENGTH: Final = 200  # words of an entry as they mostly are; a mean would change with every entry
_LEVELS: Final = 10  # of what a text says of a word
_TITLE: Final = 5  # levels above those for a word of the title, fewer in a long one
_COUNTED: Final = 100  # times; a word that counts more has the highest weight
_COMMON: Final = 200  # entries from which on a word that nearly all of them have is asked for alone only


def write_search_index(records: Iterable[SearchRecord]) -> dict[str, bytes]:
    """The files of the index by their names; records come from the oldest on, and are gone through once."""
    files: dict[str, bytes] = {}
    words = _Words()
    texts = [[first, _name(files, "texts", rows)] for first, rows in _shard_texts(words.gather(records))]
    manifest = {
        "entries": words.count,
        "common": words.list_common(),
        "terms": [[first, _name(files, "terms", shard)] for first, shard in _shard_terms(words.postings)],
        "texts": texts,
        "facets": {name: _name(files, f"facet-{name}", values) for name, values in words.list_facets().items()},
    }
    files["index.json"] = _encode(manifest)
    return files


class _Words:
    """Where words and the values of filters are: each word with its entries, `number << 4 | weight`."""

    def __init__(self) -> None:
        self.count = 0
        # Whole numbers in a row: a large site has tens of millions.
        self.postings: defaultdict[str, array[int]] = defaultdict(partial(array, "I"))
        self._facets: defaultdict[str, defaultdict[str, array[int]]] = defaultdict(
            partial(defaultdict, partial(array, "I"))
        )
        self._weights: dict[int, list[int]] = {}

    def gather(self, records: Iterable[SearchRecord]) -> Iterator[SearchRecord]:
        """The records as they come, each looked through."""
        from digest.formats.search_words import search_words  # noqa: PLC0415 - heavy: its patterns, when one changed

        for record in records:
            self._look_through(record, search_words)
            self.count += 1
            yield record

    def _look_through(self, record: SearchRecord, search_words: Callable[[str], list[str]]) -> None:
        postings = self.postings
        words = search_words(record.text)
        length = len(words) // 25
        if length not in self._weights:
            self._weights[length] = _weigh(length * 25)
        weight = self._weights[length]
        counts = Counter(words)
        for word in search_words("\n".join((*record.authors, *record.names))):
            counts[word] += _NAMES
        title = search_words(record.title)
        counts.update(title)
        place = self.count << 4
        for word, count in counts.items():
            postings[word].append(place | (weight[count] if count < _COUNTED else _LEVELS))
        bonus = max(2, _TITLE - len(title) // 4)
        for word in set(title):
            postings[word][-1] += bonus
        for name, value in dict.fromkeys(record.filters):
            self._facets[name][value].append(self.count)

    def list_common(self) -> list[str]:
        """The words that nearly all entries have."""
        if self.count < _COMMON:
            return []
        return sorted(word for word, places in self.postings.items() if 5 * len(places) > 4 * self.count)

    def list_facets(self) -> dict[str, list[list[object]]]:
        """Each filter with its values in order, each value with its entries."""
        return {
            name: [
                [value, [number - last for last, number in pairwise((0, *numbers))]]
                for value, numbers in sorted(values.items())
            ]
            for name, values in sorted(self._facets.items())
        }


def _weigh(length: int) -> list[int]:
    """The weight of a word by how often it counts in a text of this length (BM25's saturation)."""
    norm = _SATURATION * (1 - _SLOPE + _SLOPE * length / _LENGTH)
    return [max(1, round(_LEVELS * count / (count + norm))) for count in range(_COUNTED)]


def _shard_terms(postings: Mapping[str, array[int]]) -> Iterator[tuple[str, dict[str, list[int]]]]:
    """Words in the order in which browsers compare texts, by the units of UTF-16."""
    shard: dict[str, list[int]] = {}
    size = 0
    for word in sorted(postings, key=_units):
        shard[word] = _steps(postings[word])
        size += len(word) + 4 + 3 * len(shard[word])
        if size >= _SHARD:
            yield next(iter(shard)), shard
            shard, size = {}, 0
    if shard:
        yield next(iter(shard)), shard


def _units(word: str) -> str:
    """The text with a character for each unit of UTF-16, to compare by."""
    if word.isascii() or max(word) < "\ud800":
        return word
    data = word.encode("utf-16-be", "surrogatepass")
    return "".join(chr(data[place] << 8 | data[place + 1]) for place in range(0, len(data), 2))


def _steps(places: array[int]) -> list[int]:
    """The steps from entry to entry; most words have one entry only."""
    return places.tolist() if len(places) == 1 else [place - (last & ~15) for last, place in pairwise((0, *places))]


def _shard_texts(records: Iterable[SearchRecord]) -> Iterator[tuple[int, list[list[object]]]]:
    rows: list[list[object]] = []
    size = number = 0
    for number, record in enumerate(records, 1):
        rows.append(
            [
                record.href,
                record.title,
                record.authors,
                record.names,
                record.day,
                record.day_text,
                record.language,
                record.text,
            ]
        )
        size += len(record.title) + len(record.text) + 120
        if size >= _TEXTS:
            yield number - len(rows), rows
            rows, size = [], 0
    if rows:
        yield number - len(rows), rows


def _name(files: dict[str, bytes], kind: str, content: object) -> str:
    """The fingerprint under which a content is put among the files."""
    data = _encode(content)
    mark = blake2b(data, digest_size=4).hexdigest()
    files[f"{kind}-{mark}.json"] = data
    return mark


def _encode(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
