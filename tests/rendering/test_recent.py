"""What is kept, and that it stays within bounds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from digest.rendering.recent import Recent


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 5)), max_size=60), st.integers(1, 30))
def test_no_more_is_kept_than_twice_what_may_be(kept: list[tuple[int, int]], most: int) -> None:
    recent: Recent[int] = Recent(most)
    weights = {}
    for key, weight in kept:
        recent.keep(key, weight, weight)
        weights[key] = weight
        assert recent.find(key) == weight
        found = [made for each in range(10) if (made := _look(recent, each)) is not None]
        assert sum(found) <= 2 * (most + 5)
    if sum(weight for _, weight in kept) <= most:
        assert all(recent.find(key) == weight for key, weight in weights.items())


def _look(recent: Recent[int], key: int) -> int | None:
    """What is kept, without being asked for."""
    found = recent._young.get(key) or recent._old.get(key)
    return found[0] if found else None


def test_what_is_asked_for_stays() -> None:
    recent: Recent[str] = Recent(10)
    recent.keep("asked", "x", 4)
    for number in range(100):
        recent.keep(number, "y", 4)
        assert recent.find("asked") == "x"
    assert recent.find(50) is None
