"""Every word of the interface stands in every catalogue, and says what it should."""

from __future__ import annotations

import gettext
import re

import interface_words
import pytest

from digest.formats import languages
from digest.model import Catalogue

ENGLISH = interface_words.extract_words()
LANGUAGES = interface_words.LANGUAGES


def read(language: str) -> Catalogue:
    path = interface_words.LOCALES / f"{language}.po"
    catalogue, problems = languages.parse_catalogue(path.read_text(encoding="utf-8"), language, str(path), "DG603")
    assert problems == ()
    return catalogue


def test_words_are_written_where_they_are_asked_for() -> None:
    assert list(interface_words.dynamic_words()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_every_word_and_no_other(language: str) -> None:
    wanted = {interface_words.list_texts(message)[0][0] for message in ENGLISH if message.id}
    found = set(read(language).messages)
    assert (wanted - found, found - wanted) == (set(), set()), "run `make words` and translate what is new"


@pytest.mark.parametrize("language", LANGUAGES)
def test_babel_finds_nothing_wrong(language: str) -> None:
    catalogue = interface_words.read_catalogue(language)
    assert [(message.id, faults) for message, faults in catalogue.check()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_we_read_what_babel_reads(language: str) -> None:
    pairs = (interface_words.list_texts(message) for message in interface_words.read_catalogue(language) if message.id)
    theirs = {english[0]: translated for english, translated in pairs if any(translated)}
    assert read(language).messages == theirs


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_values_of_its_english(language: str) -> None:
    """Every one of them, but the number of a plural form that says it in words."""
    for message in interface_words.read_catalogue(language):
        texts, forms = interface_words.list_texts(message)
        wanted = {name for text in texts for name in values_of(text)}
        for form in filter(None, forms):
            missing = wanted - values_of(form)
            assert missing <= ({"number"} if len(forms) > 1 else set()), form
            assert values_of(form) <= wanted, form


def values_of(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)s", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_marks_at_the_end_are_those_of_the_english(language: str) -> None:
    """A full stop stays one, a colon a colon, an ellipsis an ellipsis; no blank is gained or lost."""
    same = {".": ".", "。": ".", ":": ":", "：": ":", "…": "…"}
    abbreviated = {"%(minutes)s\u00a0min"}
    for english, forms in read(language).messages.items():
        for form in forms:
            assert english in abbreviated or same.get(form[-1]) == same.get(english[-1]), form
            assert (form == form.strip()) or not english.strip(" ,;"), form


@pytest.mark.parametrize(
    ("language", "numbers"),
    [
        ("de", {0: 1, 1: 0, 2: 1, 100: 1}),
        ("fr", {0: 0, 1: 0, 2: 1}),
        ("es", {0: 1, 1: 0, 2: 1}),
        ("pt", {0: 1, 1: 0, 2: 1}),
        ("ja", {0: 0, 1: 0, 2: 0}),
        ("zh", {0: 0, 1: 0, 2: 0}),
        ("ar", {0: 0, 1: 1, 2: 2, 3: 3, 10: 3, 11: 4, 99: 4, 100: 5, 101: 5, 102: 5, 103: 3, 111: 4, 200: 5, 1003: 3}),
    ],
)
def test_the_form_that_goes_with_a_number(language: str, numbers: dict[int, int]) -> None:
    choose = gettext.c2py(read(language).plural)
    assert {number: choose(number) for number in numbers} == numbers


def test_arabic_counts() -> None:
    words = read("ar")
    counted = [words.ngettext("%(number)s entry", "%(number)s entries", number) for number in (0, 1, 2, 3, 11, 100)]
    assert counted == ["لا مداخل", "مدخل واحد", "مدخلان", "3 مداخل", "11 مدخلًا", "100 مدخل"]


def test_the_catalogues_are_as_the_tool_writes_them() -> None:
    for language in LANGUAGES:
        written = (interface_words.LOCALES / f"{language}.po").read_bytes()
        assert interface_words.write_catalogue(interface_words.read_catalogue(language)) == written
