"""Catalogues of words: what is read, and what is told of one that is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.formats import languages
from digest.model import Catalogue

HEADER = 'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'


def read(text: str) -> Catalogue:
    catalogue, problems = languages.parse_catalogue(HEADER + text, "fr", "fr.po", "DG603")
    assert problems == ()
    return catalogue


def test_words_and_plurals() -> None:
    words = read(
        '# A note.\n#: day.html\nmsgid "Archive"\nmsgstr "Archives"\n\n#, python-format\nmsgid "%(number)s entry"\n'
        'msgid_plural "%(number)s entries"\nmsgstr[0] "%(number)s entrée"\nmsgstr[1] "%(number)s entrées"\n'
    )
    assert words.gettext("Archive") == "Archives"
    assert [words.ngettext("%(number)s entry", "%(number)s entries", number) for number in (0, 1, 2)] == [
        "0 entrée",
        "1 entrée",
        "2 entrées",
    ]


def test_long_texts_go_on_in_the_next_line() -> None:
    words = read('msgid ""\n"One "\n"two"\nmsgstr ""\n"Un, \\"deux\\"\\n"\n"\\\\"\n')
    assert words.gettext("One two") == 'Un, "deux"\n\\'


def test_what_is_not_translated_stays_english() -> None:
    doubtful = '#, fuzzy\nmsgid "B"\nmsgstr "b?"\n\n#~ msgid "C"\n#~ msgstr "c"\n\n'
    words = read('msgid "A"\nmsgstr ""\n\n' + doubtful + 'msgid "D"\nmsgstr "d"')
    assert {english: words.gettext(english) for english in "ABCD"} == {"A": "A", "B": "B", "C": "C", "D": "d"}


def test_an_empty_catalogue_is_english() -> None:
    words = read("")
    assert words.gettext("Page %(page)s", page=3) == "Page 3"
    assert words.ngettext("%(number)s day", "%(number)s days", 1) == "1 day"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("nonsense\n", 4, "this is no line of a catalogue: nonsense"),
        ('msgid "A\nmsgstr "a"\n', 4, 'this is no line of a catalogue: msgid "A'),
        ('msgid "A"\nmsgstr "%(b)s"\n', 4, "the English text has no value 'b'"),
        ('\nmsgid "A %(b)s"\nmsgstr "%(c)s"\n', 5, "the English text has no value 'c'"),
        ('msgid "A %(b)s"\nmsgstr "100 % %(b)s"\n', 4, "a `%` that begins no `%(name)s` is `%%`"),
        ('msgid "A"\nmsgid_plural "B"\nmsgstr[0] "a"\n', 4, "there are 1 forms of this message, not 2"),
        ('msgid "A"\nmsgid_plural "B"\nmsgstr[0] "a"\nmsgstr[1] ""\n', 4, "a form of this message is not translated"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, line: int, message: str) -> None:
    words, problems = languages.parse_catalogue(HEADER + text, "fr", "fr.po", "DG603")
    told = [(found.span.line, found.message) for found in problems if found.span]
    assert told == [(line, message)]
    assert words.gettext("A %(b)s", b=1) == "A 1"


@pytest.mark.parametrize("rule", ["n +", "n / 0", "5", "n - 7", "__import__('os')"])
def test_a_rule_for_plurals_is_tried_first(rule: str) -> None:
    words, problems = languages.parse_catalogue(HEADER.replace("(n > 1)", rule), "fr", "fr.po", "DG603")
    assert [problem.message for problem in problems] == [f"this is no rule for 2 plural forms: {rule}"]
    assert words.ngettext("one", "many", 2) == "many"


@given(st.text(max_size=300))
def test_any_text_is_survived(text: str) -> None:
    languages.parse_catalogue(text, "fr", "fr.po", "DG603")


def test_words_of_a_theme_lie_over_those_of_the_language() -> None:
    below = Catalogue("de", {"A": ("a",), "B": ("b",)}, "n != 1")
    above = Catalogue("de", {"B": ("beh",)}, "n > 1")
    merged = below.overlaid_by(above)
    assert (merged.gettext("A"), merged.gettext("B"), merged.plural) == ("a", "beh", "n > 1")
    assert below.overlaid_by(Catalogue("de", {}, "0")) == below
