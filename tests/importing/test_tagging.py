from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.importing.tagging import FEWEST, MOST, Vocabulary, bundled_vocabulary, parse_vocabulary, suggest_tags

SMALL, _ = parse_vocabulary(
    """
reinforcement-learning: {broader: machine-learning, phrases: [RL, policy gradient, reward]}
gans: {broader: generative-models, phrases: [GAN, generative adversarial network]}
generative-models: {broader: machine-learning, phrases: [generative model]}
machine-learning: []
attention: [attention mechanism]
graph-theory: [graph]
""",
    "small.yml",
)


@pytest.mark.parametrize(
    ("title", "text", "tags"),
    [
        ("", "We study GANs.", ("gans", "generative-models", "machine-learning")),
        ("", "We gan up on the urls of a paragraph.", ()),
        ("", "A generative-adversarial   network", ("gans", "generative-models", "machine-learning")),
        ("", "Rewards, in RL", ("reinforcement-learning", "machine-learning")),
        ("", "See https://example.org/gan/GAN and `GAN` and $GAN$.", ()),
        ("", "We pay attention.", ()),
        ("Policy gradients", "A graph.", ("reinforcement-learning", "graph-theory", "machine-learning")),
        ("", "", ()),
    ],
)
def test_phrases_are_matched_as_words(title: str, text: str, tags: tuple[str, ...]) -> None:
    assert suggest_tags(title, text, SMALL) == tags


def test_the_longest_phrase_hides_those_inside_it() -> None:
    vocabulary, _ = parse_vocabulary("a-a: [deep learning theory]\nb-b: [deep learning]\n", "v.yml")
    assert suggest_tags("", "deep learning theory", vocabulary) == ("a-a",)


def test_what_is_named_oftener_and_in_the_title_comes_first() -> None:
    text = "graph " * 2 + "reward " * 5
    assert suggest_tags("", text, SMALL)[0] == "reinforcement-learning"
    assert suggest_tags("Graphs of graphs: a graph", text, SMALL)[0] == "graph-theory"


def test_a_site_extends_the_vocabulary() -> None:
    own, problems = parse_vocabulary("gans: [forger]\n", "own.yml")
    assert problems == ()
    extended = SMALL.extend(own)
    assert suggest_tags("", "a forger", extended)[0] == "gans"
    assert suggest_tags("", "a GAN and a graph", extended)[0] == "graph-theory"


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("Bad Tag: [x]\n", 1, 1),
        ("good-tag: text\n", 1, 11),
        ("good-tag: [[nested]]\n", 1, 12),
        ("good-tag: {phrases: text}\n", 1, 21),
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


def test_the_bundled_vocabulary_is_whole() -> None:
    vocabulary = bundled_vocabulary()
    assert set(vocabulary.broader.values()) <= set(vocabulary.phrases)
    for tag in vocabulary.phrases:
        seen = {tag}
        wider = vocabulary.broader.get(tag)
        while wider is not None:
            assert wider not in seen, f"{tag} is wider than itself"
            seen.add(wider)
            wider = vocabulary.broader.get(wider)


@given(
    st.text(max_size=200), st.lists(st.sampled_from(["GAN", "reward", "graph", "image", "$", "`", "RL."]), max_size=40)
)
@settings(deadline=None, max_examples=60)
def test_tags_are_deterministic_and_few(title: str, words: list[str]) -> None:
    text = " ".join(words)
    vocabulary = bundled_vocabulary()
    tags = suggest_tags(title, text, vocabulary)
    again = suggest_tags(title, text, Vocabulary(dict(vocabulary.phrases), dict(vocabulary.broader)))
    assert tags == again
    assert len(tags) == len(set(tags)) <= max(MOST, FEWEST)
