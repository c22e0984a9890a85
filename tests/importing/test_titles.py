"""A title is a run of words of the text, plain and readable."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.importing import derive_title
from digest.importing.sentences import first_sentence
from digest.importing.titles import LIMIT, WHOLE

LONG = (
    "We study how small gardens keep their water through long and dry summers, and show that a layer of straw "
    "saves a third of it. More text follows."
)


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("Small gardens keep water. More.", "Small gardens keep water"),
        ("* They plant a tree, i.e. an oak. More.\n* Second.", "They plant a tree, i.e. an oak"),
        ("1. Loss is **not** convex\n2. Second", "Loss is not convex"),
        ("> A quoted opening stands here. More.", "A quoted opening stands here"),
        ("- [ ] A task opens the text", "A task opens the text"),
        ("TLDR; The garden was watered twice. More.", "The garden was watered twice"),
        ("**TL;DR** The garden was watered twice.", "The garden was watered twice"),
        ("Summary: the garden was watered.", "the garden was watered"),
        ("Gardens: a short history of water.", "Gardens: a short history of water"),
        ("# Main Results (tl;dr)\n\n## Key Points\n\n1. Water is *not* lost", "Water is not lost"),
        ("#### Introduction\n\n* Automated Gardening (AG) - Watering it.", "Automated Gardening (AG) - Watering it"),
        ("This is shown in Fig. 2 of Ann et al. (2018) vs. 3.5 litres. More.",
         "This is shown in Fig. 2 of Ann et al. (2018) vs. 3.5 litres"),
        ("We follow J. K. Gardener here. More.", "We follow J. K. Gardener here"),
        ("Wow! This garden grows. More.", "Wow! This garden grows"),
        ("Does a garden need water? It does.", "Does a garden need water?"),
        ('"It grew again!" - I said while reading. More.', '"It grew again!" - I said while reading'),
        ("Use `grow()` from [the library](https://example.org/a_(b)) now. More.", "Use grow() from the library now"),
        ("We bound $n$ and $p(x)$ from below. More.", "We bound n and p(x) from below"),
        (r"We add a bonus of the form $\frac{a}{b}$ to each. More.", "We add a bonus of the form…"),
        (r"$\beta$-gardens are gardens of one kind. More.", r"$\beta$-gardens are gardens of one kind"),
        ("It costs $5 to $10 in all. More.", "It costs $5 to $10 in all"),
        ("![plot](https://example.org/p.png)\n\nThe plot shows growth. More.", "The plot shows growth"),
        ("```\nrun()\n```\n\nThe code waters plants. More.", "The code waters plants"),
        ("These gardens grow in feature spaces:\n\n$$a = b$$", "These gardens grow in feature spaces"),
        ("这是一种新的方法。它很好。", "这是一种新的方法"),
        (LONG, "We study how small gardens keep their water through long and dry summers, and show…"),
    ],
)  # fmt: skip
def test_first_sentence_as_title(body: str, title: str) -> None:
    derived = derive_title(body)
    assert (derived.text, derived.title_from) == (title, "first-sentence")


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("# Watering Is All You Need\n\nText.", "Watering Is All You Need"),
        ("This is the Proceedings of the Third Workshop on Gardens, held in Delft.",
         "Proceedings of the Third Workshop on Gardens"),
    ],
)  # fmt: skip
def test_name_that_the_text_gives(body: str, title: str) -> None:
    derived = derive_title(body)
    assert (derived.text, derived.title_from) == (title, "text")


@pytest.mark.parametrize("heading", ["Introduction", "Main Results", "Key Points", "TL;DR", "What is it about?", "How"])
def test_a_section_name_is_no_title(heading: str) -> None:
    assert derive_title(f"## {heading}\n\nGardens need water. More.").text == "Gardens need water"


def test_a_text_of_few_words_still_gets_a_title() -> None:
    assert derive_title("### What\n\n### How").text == "What"
    assert derive_title("![](https://example.org/a.png)").text == "https://example.org/a.png"


@pytest.mark.parametrize("body", ["", " \n\n", "***", "|"])
def test_no_words_no_title(body: str) -> None:
    assert derive_title(body).text == ""


def test_a_cut_never_hangs_in_the_air() -> None:
    body = 'The paper addresses the problem of watering gardens (CS-GRD) by proposing a "deep soil unfolding" of roots.'
    assert derive_title(body).text == "The paper addresses the problem of watering gardens (CS-GRD) by proposing…"


def test_a_sentence_without_end_is_the_whole_text() -> None:
    assert first_sentence("no stop at all") == "no stop at all"


@settings(deadline=None, max_examples=150)
@given(st.lists(st.text(st.sampled_from("ab Z.,:;!?*_`$\\[](){}<>#|-\n1é…"), max_size=30), max_size=8))
def test_any_text_gives_a_plain_title_of_its_own_words(pieces: list[str]) -> None:
    body = " ".join(pieces)
    title = derive_title(body).text
    assert len(title) <= WHOLE + 1 or not re.search(r"\s", title[:LIMIT])
    assert title[:2] not in {"# ", "* ", "> ", "- "}
    assert not title.endswith("|")
    assert "\n" not in title
    assert bool(title) == bool(re.search(r"[^\W_]", body))
    assert set(re.findall(r"[^\W_]", title)) <= set(re.findall(r"[^\W_]", body))


@pytest.mark.parametrize("sign", ["_", "'", "./", ":-"])
def test_marks_without_end_take_no_quadratic_time(sign: str) -> None:
    assert derive_title(sign * 100_000).text == ""  # a quadratic search takes minutes
    assert derive_title("```\n" + sign * 50_000 + " soil\n```").text == "soil"
