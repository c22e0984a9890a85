"""Nearly equal texts are found, other texts are not, and many texts cost little."""

from __future__ import annotations

from random import Random

import pytest
from invented import LONG

from digest.importing.duplicates import FEWEST_WORDS, TextIndex, resemblance, word_runs

TEXT = LONG.format("onions", "ten")


def index_of(*texts: str) -> TextIndex:
    index = TextIndex()
    for number, text in enumerate(texts):
        index.add(f"text {number}", text)
    return index


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
    assert index_of(TEXT).find(other) == "text 0"


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
    assert index_of(TEXT).find(other) is None


def test_short_texts_say_too_little() -> None:
    short = "This paper has been withdrawn by its author."
    assert len(short.split()) < FEWEST_WORDS
    assert index_of(short).find(short) is None


def test_the_nearest_is_found_among_many() -> None:
    random = Random(7)
    words = [f"word{number}" for number in range(400)]
    texts = [" ".join(random.choices(words, k=120)) for _ in range(300)]
    index = index_of(*texts)
    for number, text in enumerate(texts[:40]):
        changed = text.split()
        changed[10] = changed[60] = changed[110] = "changed"
        assert index.find(" ".join(changed)) == f"text {number}"


def test_a_crowd_of_equal_texts_stays_cheap_and_found() -> None:
    index = index_of(*[TEXT] * 500)
    assert index.find(TEXT) == "text 0"


def test_resemblance_is_a_part() -> None:
    runs = word_runs(TEXT)
    assert resemblance(runs, runs) == 1.0
    assert resemblance(runs, frozenset()) == 0.0
    assert resemblance(frozenset(), frozenset()) == 0.0
