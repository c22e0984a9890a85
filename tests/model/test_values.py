"""Our `@dataclass` makes what that of the standard library makes."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model.values import annotations_of, dataclass, replace

Decorate = Callable[[type], type]


def define(decorate: Callable[..., Decorate]) -> tuple[Any, Any, Any]:
    """The same three classes, by one decorator or the other."""

    @decorate(frozen=True, slots=True)
    class Point:
        """A point."""

        x: int
        y: int = 2
        tags: Mapping[str, int] = field(default_factory=dict, compare=True)

    @decorate(frozen=True, slots=True, kw_only=True)
    class Named(Point):
        """A point with a name."""

        kind: ClassVar[str] = "named"
        name: str
        note: str = ""

    @decorate(frozen=True, slots=True, order=True)
    class Place:
        path: str
        line: int = 1

    return Point, Named, Place


OURS = define(dataclass)
THEIRS = define(dataclasses.dataclass)
for _ in range(20):  # the first values are not made as those after them
    OURS[0](1), OURS[1](1, name=""), OURS[2]("")
CALLS = st.tuples(
    st.integers(0, 2),
    st.lists(st.integers(0, 3), max_size=4),
    st.dictionaries(st.sampled_from(["x", "y", "name", "note", "path", "line", "other"]), st.integers(0, 3)),
)


def called(kinds: tuple[Any, Any, Any], call: tuple[int, list[int], dict[str, int]]) -> Any:
    """What a call gives: the value, or that it is refused."""
    number, given, named = call
    try:
        return kinds[number](*given, **named)
    except TypeError:
        return TypeError


@given(CALLS)
def test_a_call_gives_what_the_standard_library_gives(call: tuple[int, list[int], dict[str, int]]) -> None:
    ours, first, theirs = called(OURS, call), called(define(dataclass), call), called(THEIRS, call)
    if theirs is TypeError:
        assert ours is first is TypeError
        return
    assert dataclasses.astuple(first) == dataclasses.astuple(ours)
    assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)
    assert repr(ours).rpartition(".")[2] == repr(theirs).rpartition(".")[2]
    assert copy.copy(ours) == copy.deepcopy(ours) == ours == dataclasses.replace(ours)


@given(CALLS, CALLS)
def test_equality_order_and_hash_are_those_of_the_standard_library(
    one: tuple[int, list[int], dict[str, int]], other: tuple[int, list[int], dict[str, int]]
) -> None:
    ours, theirs = (called(OURS, one), called(OURS, other)), (called(THEIRS, one), called(THEIRS, other))
    if TypeError in theirs:
        return
    assert (ours[0] == ours[1]) == (theirs[0] == theirs[1])
    if ours[0] == ours[1] and one[0] == 2:
        assert hash(ours[0]) == hash(ours[1])
    if one[0] == other[0] == 2:
        assert (ours[0] < ours[1]) == (theirs[0] < theirs[1])


def test_what_is_told_of_a_class_is_that_of_the_standard_library() -> None:
    for ours, theirs in zip(define(dataclass)[::-1], THEIRS[::-1], strict=True):
        assert ours.__match_args__ == theirs.__match_args__
        assert ours.__slots__ == theirs.__slots__
        assert ours.__doc__
        assert dataclasses.is_dataclass(ours)
        told = [
            [
                (each.name, each.type, each.default, each.default_factory, each.kw_only)
                for each in dataclasses.fields(kind)
            ]
            for kind in (ours, theirs)
        ]
        assert told[0] == told[1]


def test_a_value_is_frozen_and_has_slots() -> None:
    place = OURS[2]("a")
    with pytest.raises(dataclasses.FrozenInstanceError):
        place.path = "b"
    with pytest.raises(dataclasses.FrozenInstanceError):
        del place.path
    assert not hasattr(place, "__dict__")
    with pytest.raises(TypeError):
        dataclass(slots=True)


def test_a_value_goes_to_another_process_and_comes_back() -> None:
    from digest.model import Span

    span = Span("a.md", 3, 4)
    assert pickle.loads(pickle.dumps(span)) == span


def test_what_is_defined_in_the_class_stays() -> None:
    @dataclass(frozen=True, slots=True)
    class Loose:
        word: str

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Loose)

        def __hash__(self) -> int:
            return 1

    assert Loose("a") == Loose("b")
    assert hash(Loose("a")) == 1


def test_replace_is_that_of_the_standard_library() -> None:
    for decorate in (dataclass, dataclasses.dataclass):
        _, named, *_ = define(decorate)
        value = named(1, 2, {"a": 1}, name="n", note="x")
        for _ in range(20):  # the first are not copied as those after them
            assert replace(value, x=3, note="") == dataclasses.replace(value, x=3, note="")
            assert replace(value) == value
        with pytest.raises(TypeError):
            replace(value, other=1)


def test_the_fields_of_a_class_are_told_without_the_standard_library() -> None:
    for ours, theirs in zip(OURS, THEIRS, strict=True):
        assert annotations_of(ours) == {each.name: each.type for each in dataclasses.fields(theirs)}
        assert annotations_of(theirs) is None
