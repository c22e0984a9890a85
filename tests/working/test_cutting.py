from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.working import Crew, cut
from digest.working.cutting import LEAST, MOST, PAYS


@given(st.lists(st.integers(0, 500), max_size=300), st.integers(1, 9))
def test_every_place_is_in_one_chunk_in_order(weights: list[int], processes: int) -> None:
    chunks = cut(weights, Crew(processes))
    assert list(chain.from_iterable(chunks)) == list(range(len(weights)))
    assert all(chunks)


@pytest.mark.parametrize("weights", [[], [1], [PAYS - 1], [1] * (PAYS - 1)])
def test_little_work_is_one_chunk(weights: list[int]) -> None:
    assert len(cut(weights, Crew(8))) == min(1, len(weights))


def test_chunks_become_smaller_to_the_end() -> None:
    chunks = cut([1] * 10_000, Crew(2))
    sizes = [len(chunk) for chunk in chunks]
    assert sizes[0] == 2500
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] <= LEAST
    assert len(sizes) < 30


def test_chunks_are_of_equal_weight_and_not_of_equal_length() -> None:
    chunks = cut([100] * 100 + [1] * 10_000, Crew(2))
    assert len(chunks[0]) == 50
    assert max(map(len, chunks)) > 1000


def test_no_chunk_is_larger_than_what_lies_well_in_memory() -> None:
    assert max(len(chunk) for chunk in cut([1] * 1_000_000, Crew(2))) == MOST
