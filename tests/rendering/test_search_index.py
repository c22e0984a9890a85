from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import Any

from digest.model import SearchIndex, SearchRecord
from digest.rendering.search_index import write_search_index

RECORD = SearchRecord(
    href="/2019/12/06/notes/",
    title="Notes on the Engine",
    authors=("Ada Lovelace",),
    names=("theory", "1912.00001"),
    day="2019-12-06",
    day_text="6 December 2019",
    language="",
    text="Learning rates and warmup.",
)


def write(records: list[SearchRecord]) -> dict[str, bytes]:
    """The files of an index, whose entries have a tag of three by their number, and a year."""
    filters = [(("tag", f"tag-{number % 3}"), ("year", record.day[:4])) for number, record in enumerate(records)]
    return dict(write_search_index(SearchIndex("/search/", records, filters)))


def records(number: int) -> list[SearchRecord]:
    """Records from the oldest on."""
    draw = random.Random(number)
    made = [
        replace(
            RECORD,
            href=f"/{place}/",
            day=f"20{place % 90 + 10}-01-01",
            title=f"Paper {place}",
            text=" ".join(f"word{draw.randrange(400)}" for _ in range(90)) + " always",
        )
        for place in range(number)
    ]
    return sorted(made, key=lambda record: (record.day, record.href))


def content(files: dict[str, bytes], kind: str) -> list[Any]:
    """What the files of a kind hold, in the order that the index tells."""
    manifest = json.loads(files["index.json"])
    return [json.loads(files[f"{kind}-{mark}.json"]) for _, mark in manifest[kind]]


def find(files: dict[str, bytes], word: str) -> dict[int, int]:
    """The numbers of the entries that have a word, with its weight in each."""
    found, place = {}, 0
    for step in {key: steps for shard in content(files, "terms") for key, steps in shard.items()}.get(word, []):
        place += step >> 4
        found[place] = step & 15
    return found


def test_an_entry_is_found_by_what_it_is_called_and_what_it_says() -> None:
    files = write([RECORD])
    for word in ("engine", "lovelace", "theory", "1912", "00001", "warmup"):
        assert list(find(files, word)) == [0], word
    assert find(files, "engine")[0] > find(files, "lovelace")[0] > find(files, "warmup")[0]
    assert content(files, "texts") == [
        [
            [
                "/2019/12/06/notes/",
                "Notes on the Engine",
                ["Ada Lovelace"],
                ["theory", "1912.00001"],
                "2019-12-06",
                "6 December 2019",
                "",
                "Learning rates and warmup.",
            ]
        ]
    ]


def test_every_entry_stands_where_the_index_says() -> None:
    given = records(300)
    files = write(given)
    manifest = json.loads(files["index.json"])
    rows = [row for texts in content(files, "texts") for row in texts]
    assert [row[0] for row in rows] == [record.href for record in given]
    starts = [first for first, _ in manifest["texts"]]
    assert len(starts) > 3
    assert starts == [sum(len(texts) for texts in content(files, "texts")[:part]) for part in range(len(starts))]
    wanted = {number for number, record in enumerate(given) if "word7" in record.text.split()}
    assert set(find(files, "word7")) == wanted
    shards = content(files, "terms")
    assert [first for first, _ in manifest["terms"]] == [next(iter(shard)) for shard in shards]
    words = [word for shard in shards for word in shard]
    assert words == sorted(words)
    assert set(manifest["common"]) == {"00001", "1912", "ada", "always", "lovelace", "paper", "theory"}
    assert len(find(files, "always")) == 300


def test_filters_tell_their_entries() -> None:
    files = write(records(10))
    mark = json.loads(files["index.json"])["facets"]["tag"]
    values = dict(json.loads(files[f"facet-tag-{mark}.json"]))
    assert values == {"tag-0": [0, 3, 3, 3], "tag-1": [1, 3, 3], "tag-2": [2, 3, 3]}


def test_a_new_entry_leaves_the_texts_of_the_others_where_they_are() -> None:
    given = records(90)
    before = set(write(given))
    after = write([*given, replace(RECORD, day="2101-01-01")])
    texts = {name for name in before if name.startswith("texts-")}
    assert len(texts - set(after)) <= 1


def test_words_are_ordered_as_browsers_do() -> None:
    files = write([replace(RECORD, text="\U00020000\U00020001 \uf900\uf901 zebra ﷲ")])
    words = list(content(files, "terms")[0])
    assert words == sorted(words, key=lambda word: word.encode("utf-16-be"))


def test_a_site_without_entries_has_an_index() -> None:
    manifest = json.loads(write([])["index.json"])
    assert manifest == {"entries": 0, "common": [], "terms": [], "texts": [], "facets": {}}
