from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.importing.tagging import MOST, spoken_words, suggest_tags
from digest.importing.vocabulary import WORD, Vocabulary, bundled_vocabulary, parse_vocabulary

SMALL, _ = parse_vocabulary(
    """
reinforcement-learning: {broader: machine-learning, phrases: [RL, policy gradient], hints: [reward, agent]}
gans: {broader: generative-models, phrases: [GAN, generative adversarial network]}
generative-models: {broader: machine-learning, phrases: [generative model]}
machine-learning: [machine learning]
attention: [attention mechanism]
graph-theory: [graph]
""",
    "small.yml",
)


@pytest.mark.parametrize(
    ("title", "text", "tags"),
    [
        ("", "We study GANs.", ("gans",)),
        ("", "We gan up on the urls of a paragraph.", ()),
        ("", "A generative-adversarial   network, a generative model", ("gans", "generative-models")),
        ("", "An agent in RL", ("reinforcement-learning",)),
        ("", "See https://example.org/gan/GAN and `GAN` and $GAN$.", ()),
        ("", "We pay attention.", ()),
        ("Policy gradients", "A graph.", ("reinforcement-learning", "graph-theory")),
        ("A GAN of GANs", "As generative models go.", ("gans", "generative-models")),
        ("Machine learning by generative models", "", ("generative-models", "machine-learning")),
        ("", "", ()),
    ],
)
def test_phrases_are_matched_as_words(title: str, text: str, tags: tuple[str, ...]) -> None:
    assert suggest_tags(title, text, vocabulary=SMALL) == tags


def test_the_longest_phrase_hides_those_inside_it() -> None:
    vocabulary, _ = parse_vocabulary("a-a: [deep learning theory]\nb-b: [deep learning]\n", "v.yml")
    assert suggest_tags("", "deep learning theory", vocabulary=vocabulary) == ("a-a",)


def test_what_is_named_oftener_and_in_the_title_comes_first() -> None:
    text = "graph " * 2 + "RL " * 5
    assert suggest_tags("", text, vocabulary=SMALL)[0] == "reinforcement-learning"
    assert suggest_tags("Graphs of graphs: a graph", text, vocabulary=SMALL)[0] == "graph-theory"


def test_a_hint_alone_is_too_little_and_several_are_enough() -> None:
    assert suggest_tags("", "the reward", vocabulary=SMALL) == ()
    assert suggest_tags("", "an agent, " * 3 + "its reward, " * 3, vocabulary=SMALL) == ("reinforcement-learning",)


def test_what_is_named_in_passing_tells_little() -> None:
    text = "We colour a graph. " + "word " * 40
    assert "reinforcement-learning" in suggest_tags("", text + "A policy gradient. " * 2, vocabulary=SMALL)
    assert suggest_tags("", text + "Unlike a policy gradient. " * 2, vocabulary=SMALL) == ("graph-theory",)


def test_a_site_extends_the_vocabulary() -> None:
    own, problems = parse_vocabulary("gans: [forger]\n", "own.yml")
    assert problems == ()
    extended = SMALL.extend(own)
    assert suggest_tags("", "a forger", vocabulary=extended)[0] == "gans"
    assert suggest_tags("", "a GAN and a graph", vocabulary=extended)[0] == "graph-theory"


@given(st.text(st.characters(max_codepoint=0x17F), max_size=60))
def test_ascii_is_cut_into_the_words_that_any_text_is(text: str) -> None:
    plain = text.encode("ascii", "replace").decode("ascii").replace("$", "").replace("`", "")
    assert spoken_words(plain) == WORD.findall(plain)


ANOTHER = Vocabulary(dict(reversed(list(bundled_vocabulary().phrases.items()))), bundled_vocabulary().broader)


@given(
    st.text(max_size=200), st.lists(st.sampled_from(["GAN", "reward", "graph", "image", "$", "`", "RL."]), max_size=40)
)
@settings(deadline=None, max_examples=60)
def test_tags_are_deterministic_and_few(title: str, words: list[str]) -> None:
    text = " ".join(words)
    tags = suggest_tags(title, text, vocabulary=bundled_vocabulary())
    again = suggest_tags(title, text, vocabulary=ANOTHER)
    assert tags == again
    assert len(tags) == len(set(tags)) <= MOST
