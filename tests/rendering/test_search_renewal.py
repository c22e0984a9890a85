from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from hashlib import blake2b
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import SearchIndex, SearchRecord
from digest.rendering import search_index, search_renewal
from digest.rendering.search_index import write_search_index
from digest.rendering.search_renewal import KeptIndex, NoSuchIndex, renew_search_index

EVERY_SCRIPT = (
    "the of model Ricci flow naïve Größe ﬁnite snake_case 17 Ηράκλειτος Ёлка 深度学习 注意機構 がくしゅう 기계 학습 "
    'مُتَعَلِّم أحمد हिन्दी ไทย 𠀀𠀁 \uf900\uf901 ﷲ __proto__ \ud800 "quoted" back\\slash'
)
WORDS = [*EVERY_SCRIPT.split(), *(f"word{number}" for number in range(400)), "ab" * 45]
WORDS += [f"{sign}{number}" for sign in ("\ufe73", "\U00010428") for number in range(30)]  # in one order of two


@pytest.fixture(autouse=True, scope="module")
def _small() -> Iterator[None]:
    """Files of few words, so that there are many; and where much has changed the index is renewed as well."""
    with pytest.MonkeyPatch.context() as patch:
        for cutter, sizes in ((search_index.TermCutter, (60, 60, 200)), (search_index.TextCutter, (900, 900, 2_500))):
            for name, size in zip(("least", "spread", "most"), sizes, strict=True):
                patch.setattr(cutter, name, size)
        for module in (search_index, search_renewal):
            patch.setattr(module, "LEAST_COMMON", 6)
        patch.setattr(search_renewal, "_FEW", 1)
        yield


def an_index(records: Mapping[str, SearchRecord], *, alone: bool = True) -> SearchIndex:
    """The index of records by their hrefs; authors have a page, and are a filter, unless they stand `alone`."""
    made = [records[href] for href in sorted(records)]
    filters = [(("year", record.day), *(("author", name) for name in record.authors if not alone)) for record in made]
    marks = [blake2b(ascii(record).encode(), digest_size=16).digest() for record in made]
    return SearchIndex("/search/", made, filters, b"frame", b"".join(marks))


def keep(index: SearchIndex, files: Mapping[str, bytes]) -> KeptIndex:
    return KeptIndex(index.frame, index.roll, frozenset(files), files.__getitem__)


def renew(index: SearchIndex, before: SearchIndex, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of the renewed index, no name twice."""
    renewed = renew_search_index(index, keep(before, files))
    assert len(dict(renewed)) == len(renewed)
    return {name: files[name] if data is None else data for name, data in renewed}


def texts(most: int) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(WORDS), max_size=most).map(" ".join)


HREFS = st.integers(0, 60).map("/{:02d}/".format)
ENTRIES = st.builds(
    SearchRecord,
    href=HREFS,
    title=texts(5),
    authors=st.lists(st.sampled_from(["Ada Lovelace", "Émile Borel", "张伟"]), max_size=2).map(tuple),
    names=st.lists(st.sampled_from(["theory", "1912.00001", "10.1000/xyz"]), max_size=2).map(tuple),
    day=st.sampled_from(["2019-12-06", "2020-01-01"]),
    day_text=st.just("6 December 2019"),
    language=st.sampled_from(["", "de"]),
    text=texts(60),
)
TINY = SearchRecord("/", "", (), (), "2019-12-06", "6 December 2019", "", "")
# Entries that come, or take the place of others; those that go; and those that say one word more, or one less.
EDITS = st.tuples(
    st.lists(ENTRIES, max_size=2),
    st.lists(HREFS, max_size=2),
    st.lists(st.tuples(HREFS, st.one_of(st.sampled_from(WORDS), st.none())), max_size=3),
)
Edit = tuple[list[SearchRecord], list[str], list[tuple[str, str | None]]]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(ENTRIES, min_size=3, max_size=40, unique_by=lambda record: record.href),
    st.lists(st.tuples(EDITS, st.booleans()), min_size=1, max_size=4),
)
def test_a_renewed_index_is_what_is_written_anew(first: list[SearchRecord], series: list[tuple[Edit, bool]]) -> None:
    records = {record.href: record for record in first}
    index = an_index(records)
    files = dict(write_search_index(index))
    for (come, gone, edited), alone in series:
        records = {href: record for href, record in records.items() if href not in gone}
        records |= {record.href: record for record in come}
        for href, word in edited:
            if href in records:
                text = records[href].text
                text = f"{text} {word}" if word else text.rpartition(" ")[0]
                records[href] = replace(records[href], text=text)
        before, index = index, an_index(records, alone=alone)
        whole = dict(write_search_index(index))
        try:
            assert renew(index, before, files) == whole
        except NoSuchIndex:
            few = 2 * (len(come) + len(edited)) + len(gone) <= len(records)
            assert not few or b'"terms":[]' in files["index.json"], "it could have been renewed"
        files = whole


@pytest.mark.parametrize(
    ("before", "after", "common"),
    [
        ([True] * 17 + [False] * 3, [True] * 17 + [False] * 5, False),  # and a file that was not full goes on
        ([True] * 16 + [False] * 4, [True] * 16 + [False] * 3, True),
        ([True] * 5, [True] * 6, True),
        ([True] * 6, [True] * 5, False),
    ],
)
def test_what_nearly_all_entries_say_may_change_with_their_number(
    before: list[bool], after: list[bool], common: bool
) -> None:
    earlier, later = (
        an_index({f"/{at:02d}/": replace(TINY, href=f"/{at:02d}/", text="always" * has) for at, has in enumerate(told)})
        for told in (before, after)
    )
    renewed = renew(later, earlier, dict(write_search_index(earlier)))
    assert renewed == dict(write_search_index(later))
    assert ("always" in json.loads(renewed["index.json"])["common"]) == common


def a_large_index(edited: int = -1) -> SearchIndex:
    records = {
        f"/{number:03d}/": replace(
            TINY,
            href=f"/{number:03d}/",
            title=f"Paper {number}",
            authors=("Ada Lovelace",),
            text=" ".join(f"word{number * place % 331}" for place in range(60)) + " more" * (number == edited),
        )
        for number in range(200)
    }
    return an_index(records)


def test_an_edit_costs_the_files_that_change() -> None:
    before, after = a_large_index(), a_large_index(edited=77)
    files = dict(write_search_index(before))
    read: list[str] = []

    def tell(name: str) -> bytes:
        read.append(name)
        return files[name]

    renewed = renew_search_index(after, keep(before, files)._replace(read=tell))
    assert renew(after, before, files) == dict(write_search_index(after))
    kinds = sorted(name.partition("-")[0] for name, data in renewed if data is not None)
    assert kinds == ["index.json", "terms", "texts"]
    assert len(read) < 6
    assert len(files) > 60


OTHERS = [
    b"",
    b"\xff",
    b"[]",
    b"{}",
    b'{"a":[]}',
    b'{"a":[1,x]}',
    b'{"a":[-16]}',
    b'{"a":[1e9]}',
    b"[" * 100_000,
    b"[[1]]",
]
MANIFESTS: list[dict[str, Any]] = [
    {"entries": 3},
    {"common": 3},
    {"terms": [["a"]]},
    {"terms": [["a", "../../secret"]]},
    {"terms": []},
    {"texts": [[0, "00"], [0, "00"]]},
    {"texts": [["0", "00"]]},
    {"texts": [[1, "00"]]},
]


@pytest.mark.parametrize("kind", ["index.json", "terms", "texts"])
@pytest.mark.parametrize("data", OTHERS)
def test_what_somebody_else_left_there_stops_nobody(kind: str, data: bytes) -> None:
    before = a_large_index()
    files = dict(write_search_index(before))
    odd = {name: data if name.startswith(kind) else told for name, told in files.items()}
    with suppress(NoSuchIndex):  # and nothing else is raised
        assert renew(a_large_index(edited=77), before, odd).keys() != files.keys()


@pytest.mark.parametrize("told", MANIFESTS)
def test_an_index_that_names_other_files_is_passed_over(told: dict[str, Any]) -> None:
    before = a_large_index()
    files = dict(write_search_index(before))
    files["index.json"] = json.dumps(json.loads(files["index.json"]) | told).encode()
    with pytest.raises(NoSuchIndex):
        renew(a_large_index(edited=77), before, files)


def test_one_of_other_settings_is_of_no_use() -> None:
    before, after = a_large_index(), a_large_index(edited=77)
    files = dict(write_search_index(before))
    with pytest.raises(NoSuchIndex):
        renew(replace(after, frame=b"other"), before, files)
