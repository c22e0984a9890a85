"""Our `NamedTuple` makes what that of the standard library makes."""

from __future__ import annotations

import copy
import pickle
import typing
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model import Entry, Span
from digest.model.tuples import NamedTuple


def define(base: Any) -> Any:
    """The same class, of one base or the other."""

    class Point(base):  # type: ignore[misc]  # whichever it is
        """A point."""

        x: int
        y: int = 2
        name: str | None = None
        tags: tuple[str, ...] = ()

        @property
        def far(self) -> bool:
            """Whether it is."""
            return bool(self.x > 2)

        def __str__(self) -> str:
            return f"at {self.x}"

    return Point


OURS, THEIRS = define(NamedTuple), define(typing.NamedTuple)
NAMED = st.dictionaries(st.sampled_from(["x", "y", "name", "tags", "other"]), st.integers(0, 4))


def outcome(work: Any, *given: Any, **named: Any) -> Any:
    """What comes of a call; of errors their kind."""
    try:
        return work(*given, **named)
    except (TypeError, ValueError) as error:
        return type(error)


@given(st.lists(st.integers(0, 4), max_size=6), NAMED, NAMED)
def test_a_call_gives_what_the_standard_library_gives(
    given: list[int], named: dict[str, int], changes: dict[str, int]
) -> None:
    ours, theirs = outcome(OURS, *given, **named), outcome(THEIRS, *given, **named)
    assert outcome(define(NamedTuple), *given, **named) == ours == theirs
    assert outcome(OURS._make, given) == outcome(THEIRS._make, given)
    if theirs is TypeError:
        return
    assert type(ours) is OURS
    assert (repr(ours), str(ours), hash(ours), ours.far) == (repr(theirs), str(theirs), hash(theirs), theirs.far)
    assert (ours.x, ours.y, ours.name, ours.tags) == tuple(ours)
    assert ours._asdict() == theirs._asdict()
    assert outcome(ours._replace, **changes) == outcome(theirs._replace, **changes)
    assert copy.copy(ours) == copy.deepcopy(ours) == ours


def test_what_is_told_of_a_class_is_that_of_the_standard_library() -> None:
    for name in ("_fields", "_field_defaults", "__match_args__", "__slots__", "__doc__", "__bases__", "__qualname__"):
        assert getattr(OURS, name) == getattr(THEIRS, name)
    assert typing.get_type_hints(OURS) == typing.get_type_hints(THEIRS)


def test_it_goes_to_another_process_and_comes_back() -> None:
    entry = Entry.__new__(Entry, *range(len(Entry._fields)))
    assert pickle.loads(pickle.dumps((entry, Span("a")))) == (entry, Span("a"))
    with pytest.raises(AttributeError):
        entry.title = ""  # type: ignore[misc]  # as it says
