"""What of a source is wanted."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.fetching.filters import make_filter
from digest.model import Item, Selection, SourceQuery, Span

ITEM = Item(
    "abstract",
    "We study Self-Supervised learning of language\nmodels for the naïve reader, in C++.",
    Span("x"),
    title="Onions and Retrieval",
    authors=("Ada Lovelace", "José Núñez", "Émilie du Châtelet"),
    details=(("categories", "cs.CL cs.IR stat.ML"),),
)


def wants(include: Selection = Selection(), exclude: Selection = Selection(), item: Item = ITEM) -> bool:  # noqa: B008 - frozen
    return make_filter(SourceQuery("x", "feed", Span("x"), include=include, exclude=exclude))(item)


@pytest.mark.parametrize(
    ("keyword", "found"),
    [
        ("retrieval", True),
        ("RETRIEVAL", True),
        ("retriev", False),
        ("retriev*", True),
        ("*trieval", True),
        ("self-supervised", True),
        ("self supervised", True),
        ("self_supervised learning", True),
        ("language models", True),
        ("language model", False),
        ("language model*", True),
        ("naive", True),
        ("NAÏVE", True),
        ("C++", True),
        ("C", True),
        ("C#", False),
        ("r.trieval", False),
        ("onions|leeks", False),
        ("retrieval onions", False),
        ("*", True),
    ],
)
def test_keywords_are_whole_words_of_title_and_abstract(keyword: str, found: bool) -> None:
    assert wants(Selection((keyword,))) is found
    assert wants(exclude=Selection((keyword,))) is not found


@pytest.mark.parametrize(
    ("author", "found"),
    [
        ("Ada Lovelace", True),
        ("lovelace", True),
        ("Nunez", True),
        ("Núñez", True),
        ("Love", False),
        ("Emilie du Chatelet", True),
        ("Lovelace Ada", False),
        ("A* Lovelace", True),
    ],
)
def test_authors_are_found_by_any_part_of_the_name(author: str, found: bool) -> None:
    assert wants(Selection(authors=(author,))) is found


@pytest.mark.parametrize(
    ("category", "found"),
    [("cs.CL", True), ("CS.cl", True), ("cs.*", True), ("stat.*", True), ("cs", False), ("cs.C", False)],
)
def test_categories_are_whole(category: str, found: bool) -> None:
    assert wants(Selection(categories=(category,))) is found


def test_categories_with_blanks() -> None:
    item = Item("abstract", "Text.", Span("x"), details=(("categories", "cell biology"),))
    assert wants(Selection(categories=("Cell_Biology",)), item=item)
    assert wants(Selection(categories=("cell biology",)), item=item)
    assert not wants(Selection(categories=("plant biology",)), item=item)


@pytest.mark.parametrize(
    ("kind", "found"), [("new", True), ("cross", True), ("replace", False), ("replace-cross", False), ("", True)]
)
def test_announcements(kind: str, found: bool) -> None:
    item = Item("abstract", "Text.", Span("x"), details=(("announcement", kind),) if kind else ())
    assert wants(Selection(announcements=("new", "cross")), item=item) is found
    assert wants(exclude=Selection(announcements=("replace*",)), item=item) is found


def test_every_list_of_include_must_have_a_word_for_it() -> None:
    assert wants()
    assert wants(Selection(("leeks", "onions"), ("Nobody", "Lovelace"), ("cs.*",)))
    assert not wants(Selection(("onions",), ("Nobody",)))
    assert not wants(Selection(("leeks",), ("Lovelace",)))


def test_one_list_of_exclude_is_enough() -> None:
    assert not wants(exclude=Selection(("leeks",), ("Lovelace",)))
    assert not wants(Selection(("onions",)), Selection(("retrieval",)))
    assert wants(Selection(("onions",)), Selection(("leeks",), ("Nobody",), ("math.*",)))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(max_size=8), max_size=4), st.text(max_size=40))
def test_any_words_make_a_filter(words: list[str], text: str) -> None:
    item = Item("abstract", text, Span("x"), title=text)
    selection = Selection(tuple(words), tuple(words), tuple(words))
    assert wants(selection, item=item) in {True, False}
    assert wants(exclude=selection, item=item) in {True, False}


def test_many_stars_take_no_time() -> None:
    item = Item("abstract", "a" * 20_000 + " b" * 2_000, Span("x"))
    assert not wants(Selection(("*a*a*a*z",)), item=item)
