"""The index that follows a site edit by edit tells what the one of all entries at once does."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.planning.likeness import Likeness
from digest.planning.related import AUTHOR, TAG, TITLE, find_nearest

TERMS = st.one_of(st.integers(0, 40), st.integers(0, 6).map(lambda term: term + TITLE)).flatmap(
    lambda term: st.sampled_from([term, term % 5 + TAG, term % 4 + AUTHOR])
)
KEYS = [f"{number:02}" for number in range(40)]
EDITS = st.lists(
    st.tuples(st.sampled_from(KEYS), st.one_of(st.none(), st.frozensets(TERMS, max_size=24))), min_size=1, max_size=120
)


@given(EDITS)
@settings(deadline=None, max_examples=150)
def test_the_nearest_of_each_are_those_of_all_at_once(edits: list[tuple[str, frozenset[int] | None]]) -> None:
    likeness = Likeness()
    lists: dict[str, frozenset[int]] = {}
    for number, (key, terms) in enumerate(edits):
        if terms is None:
            likeness.drop(key)
            lists.pop(key, None)
        else:
            likeness.put(key, terms)
            lists[key] = terms
        if number % 40 and number + 1 < len(edits):
            continue
        keys = sorted(lists, reverse=True)  # in the order of the site
        near = [[keys[other] for other in found] for found in find_nearest([lists[key] for key in keys], 3)]
        assert [likeness.find(key, 3, keys.index) for key in keys] == near
    assert set(likeness) == set(lists)
