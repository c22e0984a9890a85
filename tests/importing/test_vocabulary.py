from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats.spellings import fold_word
from digest.importing.vocabulary import (
    REMEMBERED,
    Phrase,
    Vocabulary,
    bundled_vocabulary,
    find_phrases,
    grow_tree,
    make_phrase,
    parse_vocabulary,
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Networks", "network"),
        ("theories", "theory"),
        ("class", "class"),
        ("analysis", "analysis"),
        ("corpus", "corpus"),
        ("modelling", "modeling"),
        ("labelled", "labeled"),
        ("Optimisation", "optimization"),
        ("behaviours", "behavior"),
        ("colour", "color"),
        ("fibre", "fiber"),
        ("four", "four"),
        ("your", "your"),
        ("three", "three"),
    ],
)
def test_a_word_is_folded(written: str, folded: str) -> None:
    assert fold_word(written) == folded


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("Bad Tag: [x]\n", 1, 1),
        ("good-tag: text\n", 1, 11),
        ("good-tag: [[nested]]\n", 1, 12),
        ("good-tag: {phrases: text}\n", 1, 21),
        ("good-tag: {hints: [x, '?']}\n", 1, 23),
        ("a-b: [x]\n---\n- y\n", 2, 1),
    ],
)
def test_a_bad_vocabulary_is_told_with_its_place(text: str, line: int, column: int) -> None:
    _, problems = parse_vocabulary(text, "own.yml")
    assert [(problem.code, problem.span.path, problem.span.line) for problem in problems if problem.span] == [
        ("DG203", "own.yml", line)
    ]
    assert problems[0].span is not None
    assert problems[0].span.column == column


def test_a_tag_of_several_words_is_a_phrase_unless_it_is_a_hint() -> None:
    vocabulary, problems = parse_vocabulary("a-b: [c]\nd-e: {hints: [d e, f]}\ng: []\n", "v.yml")
    assert problems == ()
    assert {tag: [(phrase.words, phrase.hint) for phrase in made] for tag, made in vocabulary.phrases.items()} == {
        "a-b": [(("a", "b"), False), (("c",), False)],
        "d-e": [(("d", "e"), True), (("f",), True)],
        "g": [],
    }


def test_the_bundled_vocabulary_is_whole() -> None:
    vocabulary = bundled_vocabulary()
    assert set(vocabulary.broader.values()) <= set(vocabulary.phrases)
    for tag, phrases in vocabulary.phrases.items():
        assert phrases, f"nothing calls for {tag}"
        chain = [tag]
        while (above := vocabulary.broader.get(chain[-1])) is not None:
            assert above not in chain, f"{above} is wider than itself"
            chain.append(above)


WORDS = ["GAN", "GANs", "gan", "AI", "AIs", "graph", "graphs", "Graph", "neural", "net", "nets", "model", "modelling"]


def plainly(words: list[str], vocabulary: Vocabulary) -> Iterator[tuple[int, Phrase]]:
    """The rule as it is told: at each place the longest phrases that stand there, then on behind them."""

    def stands(phrase: Phrase, position: int) -> bool:
        there = words[position : position + len(phrase.words)]
        return len(there) == len(phrase.words) and all(
            word in {said, said + "s"} if exact else fold_word(word) == said
            for word, said, exact in zip(there, phrase.words, phrase.exact, strict=True)
        )

    position = 0
    while position < len(words):
        here = [phrase for made in vocabulary.phrases.values() for phrase in made if stands(phrase, position)]
        longest = max((len(phrase.words) for phrase in here), default=0)
        for phrase in here:
            if len(phrase.words) == longest:
                yield position, phrase
        position += longest or 1


@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3), max_size=8),
    st.lists(st.sampled_from(WORDS), max_size=25),
)
@settings(deadline=None, max_examples=200)
def test_one_pass_finds_what_the_plain_rule_finds(said: list[list[str]], words: list[str]) -> None:
    vocabulary = Vocabulary({f"t{n}": (make_phrase(" ".join(phrase), f"t{n}"),) for n, phrase in enumerate(said)})
    assert sorted(find_phrases(words, grow_tree(vocabulary)), key=repr) == sorted(plainly(words, vocabulary), key=repr)


def test_what_a_tree_remembers_is_bounded() -> None:
    tree = grow_tree(parse_vocabulary("graphs: [graph]\n", "v.yml")[0])
    words = [f"w{number}" for number in range(REMEMBERED + 10)]
    assert [place for place, _ in find_phrases([*words, "graph"], tree)] == [len(words)]
    assert len(tree) <= REMEMBERED
