"""Nearly equal texts are found, other texts are not, and many texts cost little."""

from __future__ import annotations

from random import Random

import pytest
from invented import LONG

from digest.importing.known import KnownEntries, KnownEntry
from digest.importing.sketches import FEWEST_WORDS, NEAR, SKETCH_SIZE, resemblance, sketch_text

TEXT = LONG.format("onions", "ten")


def index_of(*texts: str) -> KnownEntries:
    index = KnownEntries(None)
    for number, text in enumerate(texts):
        entry = KnownEntry(f"{number}.md", "", "note", "", "", None, "", "", "2020-01-01", (), {}, {})
        index.add(entry, (), sketch_text(text))
    return index


def nearest(index: KnownEntries, text: str) -> str | None:
    found = index.near(sketch_text(text))
    return found.key if found else None


@pytest.mark.parametrize(
    "other",
    [
        TEXT,
        f"# Heading\n\n{TEXT.upper()}",
        "A first sentence that the other text does not have." + TEXT[TEXT.index(".") :],
        TEXT.replace("a layer of bark keeps half more, ", ""),
    ],
)
def test_near_texts(other: str) -> None:
    assert nearest(index_of(TEXT), other) == "0.md"


@pytest.mark.parametrize(
    "other",
    [
        "A text about something else entirely, which shares no run of words with the first one, long as it may be.",
        TEXT[:60],
        "This paper has been withdrawn by its author.",
        " ".join(reversed(TEXT.split())),
        "",
    ],
)
def test_other_texts(other: str) -> None:
    assert nearest(index_of(TEXT), other) is None


def test_short_texts_say_too_little() -> None:
    short = "This paper has been withdrawn by its author."
    assert len(short.split()) < FEWEST_WORDS
    assert nearest(index_of(short), short) is None


def test_the_nearest_is_found_among_many() -> None:
    random = Random(7)
    words = [f"word{number}" for number in range(400)]
    texts = [" ".join(random.choices(words, k=120)) for _ in range(300)]
    index = index_of(*texts)
    for number, text in enumerate(texts[:40]):
        changed = text.split()
        changed[10] = changed[60] = changed[110] = "changed"
        assert nearest(index, " ".join(changed)) == f"{number}.md"


def test_a_crowd_of_equal_texts_stays_cheap_and_found() -> None:
    assert nearest(index_of(*[TEXT] * 500), TEXT) == "0.md"


def test_resemblance_is_a_part() -> None:
    sketch = sketch_text(TEXT)
    assert resemblance(sketch, sketch) == 1.0
    assert resemblance(sketch, ()) == 0.0
    assert resemblance((), ()) == 0.0


def test_a_sketch_estimates_what_long_texts_share() -> None:
    random = Random(3)
    one, two, three = ([f"{name}{random.random()}" for _ in range(900)] for name in "abc")
    first, second = " ".join(one + two), " ".join(two + three)
    assert len(sketch_text(first)) == SKETCH_SIZE
    assert resemblance(sketch_text(first), sketch_text(second)) == pytest.approx(1 / 3, abs=0.15)
    assert NEAR > 1 / 3
