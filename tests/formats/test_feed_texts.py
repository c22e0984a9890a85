"""Which text of an entry is the whole, and what its feed wrote around it."""

from __future__ import annotations

import pytest

from digest.formats.feed_texts import render_text, settle_texts, title_line


def test_the_longest_is_the_body_and_another_its_summary_only_if_it_says_more() -> None:
    texts = settle_texts(["We water the garden […]", "We water the garden every morning.", "Straw keeps water."])
    assert (texts.body, texts.summary) == ("We water the garden every morning.", "Straw keeps water.")
    assert settle_texts(["", ""]).body == ""


@pytest.mark.parametrize(
    ("aside", "told"),
    [
        ("Nature, Published online: 20 September 2024; [doi:10.1000/x](https://doi.org/10.1000/x)", {}),
        ("Publication date: December 2024", {"published": "December 2024"}),
        ("**Source:** Journal of Soil, Volume 12, Part B", {"venue": "Journal of Soil", "volume": "12"}),
        ("Author(s): Ada Lovelace, Ann Author", {"authors": "Ada Lovelace, Ann Author"}),
        ("by Ada Lovelace, Ann Author", {"authors": "Ada Lovelace, Ann Author"}),
        ("PMID:[1](x) | DOI:[10.1000/x](y)", {}),
        ("J Soil. 2024 Sep 20. doi: 10.1000/x. Online ahead of print.", {}),
        ("Journal of Soil, Volume 1, Issue 2, Page 3-4, May 2024.", {}),
        ("Volume 1, Issue 2, May 2024, Page 3-4", {}),
        ("**ABSTRACT**", {}),
        ("The post [Soil](x) appeared first on [Garden](y).", {}),
    ],
)
def test_what_feeds_write_around_a_text_is_told_apart(aside: str, told: dict[str, str]) -> None:
    for written in (f"{aside}\n\nWe water it.", f"We water it.\n\n{aside}"):
        texts = settle_texts([written])
        assert (texts.body, texts.asides, texts.told) == ("We water it.", [aside], told)


def test_a_label_at_the_start_of_a_text_goes() -> None:
    texts = settle_texts(["**Abstract**  \nWe water it."])
    assert (texts.body, texts.asides) == ("We water it.", ["**Abstract**"])


def test_a_sentence_that_begins_like_an_aside_stays() -> None:
    body = "By the end of the trial, half of the beds were dry.\n\nMore."
    assert settle_texts([body]).body == body


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("<p>a <b>b</b></p>", "a **b**"),
        ("broken\nlines &amp; *signs*", "broken lines & \\*signs\\*"),
        ("one\n\ntwo < three", "one\n\ntwo < three"),
        ("", ""),
    ],
)
def test_plain_text_and_html_are_told_apart(text: str, markdown: str) -> None:
    assert render_text(text) == markdown


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("A <i>b</i> &amp;  c\n$x<y$", "A b & c $x<y$"),
        ("List<T> and a<b", "List<T> and a<b"),
        ("N\\'u\\~nez", "Núñez"),
    ],
)
def test_titles(text: str, title: str) -> None:
    assert title_line(text) == title
