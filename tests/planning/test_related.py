"""Entries that are about the same."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from itertools import chain
from typing import Any

import pytest
from planning_values import THEME, a_site, an_entry

from digest.model import Entry
from digest.planning.atlas import draw_atlas
from digest.planning.related import TAG, find_nearest, relate_entries, renew_nearest

SUBJECTS = {
    "bees": "bees gather nectar and pollen in meadows, hives hum and queens swarm",
    "rivers": "rivers carry gravel and silt, meanders wander over floodplains to deltas",
    "stars": "stars fuse hydrogen, dwarfs cool and clusters of galaxies drift apart",
    "bread": "bread rises with yeast, dough rests and loaves bake in stone ovens",
}
WORDS = "the of and in a is for with on that this by are which from we as an our it".split()  # noqa: SIM905 - words


def some_entries() -> dict[str, Entry]:
    """Five entries on each of four subjects, on days that say nothing of it."""
    draw = random.Random(4)
    entries = {}
    for number in range(20):
        subject = list(SUBJECTS)[number % 4]
        words = SUBJECTS[subject].replace(",", "").split() + draw.choices(WORDS, k=20)
        draw.shuffle(words)
        entry = an_entry(
            f"Of {subject}, {number}", date(2019, 1, 1) + timedelta(days=number // 4), body=" ".join(words)
        )
        entries[entry.key] = entry
    return entries


def related_keys(entries: list[Entry], **settings: Any) -> dict[str, list[str]]:
    site = a_site(entries, bodies={entry.key: f"<p>{entry.body}</p>" for entry in entries}, **settings)
    found = relate_entries(draw_atlas(site, THEME))
    return {entry.key: [other.key for other in found[entry.key]] for entry in site.entries}


def test_entries_of_one_subject_find_each_other() -> None:
    entries = some_entries()
    order = list(entries)
    for key, near in related_keys(list(entries.values()), related_entries=3).items():
        assert len(near) == 3
        assert key not in near
        assert {order.index(other) % 4 for other in near} == {order.index(key) % 4}


def test_what_was_found_is_taken_as_it_is_known_if_it_can_be() -> None:
    entries = list(some_entries().values())
    atlas = draw_atlas(a_site(entries, bodies={entry.key: f"<p>{entry.body}</p>" for entry in entries}), THEME)
    found = relate_entries(atlas)
    for known in (found.packed, b"", found.packed[:-1], found.packed[:-4], found.packed[:-4] + b"\x14\0\0\0", b"\1\0"):
        assert dict(relate_entries(atlas, known)) == dict(found)
    turned = found.packed[:4] + found.packed[-20:] + found.packed[4:-20]
    assert dict(relate_entries(atlas, turned)) != dict(found)
    assert not any(related_keys(entries, related_entries=0).values())


def test_the_order_of_what_is_read_does_not_matter() -> None:
    entries = list(some_entries().values())
    before = related_keys(entries)
    random.Random(1).shuffle(entries)
    assert related_keys(entries) == before


def test_a_new_entry_leaves_the_lists_of_other_subjects_alone() -> None:
    entries = some_entries()
    order = list(entries)
    before = related_keys(list(entries.values()))
    new = an_entry("Of bees again", date(2020, 1, 1), body=SUBJECTS["bees"])
    after = related_keys([*entries.values(), new])
    changed = [key for key in order if after[key] != before[key]]
    assert changed
    assert {order.index(key) % 4 for key in changed} == {0}


def test_tags_and_authors_relate_what_words_do_not() -> None:
    tagged = [an_entry(f"{word}", tags=("hedges",), authors=("Ada Lovelace",)) for word in ("Oak", "Elm")]
    others = [an_entry(f"Paper {number}", tags=(f"tag-{number}",)) for number in range(9)]
    found = related_keys([*tagged, *others])
    assert found[tagged[0].key] == [tagged[1].key]
    assert found[others[0].key] == []


def test_entries_that_link_to_each_other_are_related() -> None:
    first, second = an_entry("Oak"), an_entry("Elm")
    others = [an_entry(f"Paper {number}") for number in range(9)]
    entries = [first, second, *others]
    site = a_site(entries, bodies={first.key: '<p>See <a href="../elm/">the other</a></p>'})
    found = relate_entries(draw_atlas(site, THEME))
    assert found[first.key] == (second,)
    assert found[second.key] == (first,)


def test_characters_of_scripts_without_spaces_count_by_twos() -> None:
    titles = ["機械学習の基礎", "機械学習の応用", "植物図鑑", "天体観測", "料理入門", "河川工学", "古代史", "音楽理論"]
    entries = [an_entry(title, slug=f"e{number}") for number, title in enumerate(titles)]
    assert related_keys(entries)[entries[0].key] == [entries[1].key]


def test_drafts_and_entries_of_days_to_come_are_nobodys_neighbours() -> None:
    shown = an_entry("Bees in meadows", tags=("bees",), body="bees")
    hidden = [
        an_entry("Bees in hives", tags=("bees",), draft=True),
        an_entry("Bees in spring", date(2030, 1, 1), tags=("bees",)),
    ]
    others = [an_entry(f"Paper {number}") for number in range(6)]
    assert related_keys([shown, *hidden, *others])[shown.key] == []
    assert related_keys([shown, *hidden, *others], drafts=True, future=True)[shown.key] != []


def test_a_site_may_want_none() -> None:
    entries = list(some_entries().values())
    assert set(map(len, related_keys(entries, related_entries=0).values())) == {0}
    assert set(map(len, related_keys(entries, related_entries=-1).values())) == {0}


def test_no_entry_and_one_entry_have_no_neighbours() -> None:
    assert list(find_nearest([], 5)) == []
    assert list(find_nearest([[8]], 5)) == [[]]


def test_terms_that_many_share_are_not_followed_to_all_of_them() -> None:
    lists = [[TAG, 1 + number // 2 + TAG] for number in range(4_000)]
    near = list(find_nearest(lists, 5))
    assert near == [[number ^ 1] for number in range(4_000)]


def test_entries_that_are_all_alike_have_no_nearest() -> None:
    assert list(find_nearest([[8, 8 + TAG]] * 500, 5)) == [[]] * 500


def find_slowly(lists: list[list[int]], most: int) -> list[list[int]]:
    """As it is said of `find_nearest`, place by place."""
    bits = len(lists).bit_length()
    counts = Counter(chain.from_iterable(lists))
    levels = {term: bits - count.bit_length() for term, count in counts.items() if count > 1}
    weights = {term: level**2 * (1, 3, 4, 6, 8)[term >> 32] for term, level in levels.items() if level > 0}
    ordered = [sorted(weights.keys() & set(found), key=lambda term: (-weights[term], term))[:16] for found in lists]
    places = {term: [other for other, found in enumerate(ordered) if term in found] for term in weights}
    near = []
    for number, found in enumerate(ordered):
        likeness: Counter[int] = Counter()
        left = 240
        for term in found:
            left -= len(places[term])
            if left < 0:
                break
            likeness.update(dict.fromkeys(places[term], weights[term]))
        least = 4 * (min(bits, 10) - 2) ** 2
        best = sorted((-value, other) for other, value in likeness.items() if value > least and other != number)
        near.append([other for _, other in best[:most]])
    return near


@pytest.mark.parametrize("seed", range(30))
def test_the_quick_way_finds_what_the_slow_one_does(seed: int) -> None:
    draw = random.Random(seed)
    size, most, names = draw.choice([3, 30, 200]), draw.randrange(1, 7), draw.choice([4, 40, 400])
    terms = [number + (draw.randrange(5) << 32) for number in range(names)]
    lists = [sorted({*draw.choices(terms, k=draw.randrange(24))}) for _ in range(size)]
    assert list(find_nearest(lists, most)) == find_slowly(lists, most)


@pytest.mark.parametrize("seed", range(60))
def test_what_was_found_is_renewed_as_if_it_were_found_anew(seed: int) -> None:
    draw = random.Random(seed)
    size, most, names = draw.choice([3, 30, 200]), draw.randrange(1, 7), draw.choice([4, 40, 400])
    terms = [number + (draw.randrange(5) << 32) for number in range(names)]

    def some_terms() -> list[int]:
        return sorted({*draw.choices(terms, k=draw.randrange(24))})

    before = [some_terms() for _ in range(size)]
    places = draw.sample(range(size), draw.randrange(1, 4))
    after = [some_terms() if place in places else found for place, found in enumerate(before)]
    known = list(find_nearest(before, most))
    renewed = list(renew_nearest(after, most, known, {place: before[place] for place in places}))
    assert renewed == list(find_nearest(after, most))


def test_of_what_was_found_only_what_an_edit_touches_is_found_anew() -> None:
    lists = [[4 * group + word for word in range(4)] for group in range(20) for _ in range(3)]
    known: list[list[int]] = [
        [place] for place in range(len(lists))
    ]  # which is wrong, and so is told from what is found
    renewed = list(renew_nearest([[5, 6, 7], *lists[1:]], 5, known, {0: lists[0]}))
    assert [place for place, found in enumerate(renewed) if found != known[place]] == [0, 1, 2, 3, 4, 5]
