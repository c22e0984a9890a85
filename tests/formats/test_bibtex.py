"""BibTeX as real files are: entries one by one, faults at their places, nothing lost."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats import bibtex
from digest.formats.bibtex import BibEntry, BibFault, BibText, BibThing


def read(text: str) -> list[BibThing]:
    return list(bibtex.read_bibtex(text.split("\n")))


def entries(text: str) -> list[BibEntry]:
    return [thing for thing in read(text) if isinstance(thing, BibEntry)]


def fields(text: str) -> dict[str, str]:
    """The fields of the first entry."""
    return {found.name: found.value for found in entries(text)[0].fields}


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ("title = {Moss}", "Moss"),
        ('TITLE="Moss"', "Moss"),
        ("title = {The {DNA} of {{M}oss}}", "The {DNA} of {{M}oss}"),
        ('title = "The {"}DNA{"} of Moss"', 'The {"}DNA{"} of Moss'),
        ("title = 2024", "2024"),
        ("title = may", "may"),
        ('title = may # "~3"', "may~3"),
        ('title = {Mo} # "s" # {s}', "Moss"),
        ("title = unknown # {s}", "unknowns"),
        (r"title = {50\% \{a\}}", r"50\% \{a\}"),
        (r"title = {an odd \{ brace}", r"an odd \{ brace"),
        ("title = {on two\n  lines}", "on two\n  lines"),
        ("title = {a = b, c @ d}", "a = b, c @ d"),
        ("title\n=\n{Moss}", "Moss"),
        ("title = {}", ""),
    ],
)
def test_values(body: str, value: str) -> None:
    assert fields(f"@article{{key,\n  {body},\n  year = 2024\n}}") == {"title": value, "year": "2024"}


@pytest.mark.parametrize(
    "text",
    [
        "@article{key, title = {Moss}, year = 2024}",
        "@article{key,title={Moss},year={2024},}",
        "@ARTICLE (key, title = {Moss}, year = {2024})",
        "  @ article { key , title = {Moss} , , year = 2024 }",
        "@article{key,\n title = {Moss}\n year = 2024\n}",
        "@article{key title = {Moss}, year = 2024}".replace("key title", "key,\ntitle"),
        "@article{key,\n% a comment, title = {no}\n title = {Moss}, year = 2024}",
        "@article{key, (odd) title = {Moss}, year = 2024}",
        '@article{key, {odd}, "odder", title = {Moss}, year = 2024}',
        "@article{key, title = {Moss}, year = 2024}}}",
        "@article{key, title = {Moss}, year = 2024)",
    ],
)
def test_what_is_forgiven(text: str) -> None:
    (entry,) = entries(text)
    assert (entry.type, entry.key) == ("article", "key")
    assert [(found.name, found.value) for found in entry.fields] == [("title", "Moss"), ("year", "2024")]
    assert not [thing for thing in read(text) if isinstance(thing, BibFault)]


@pytest.mark.parametrize("text", ["@misc{, title = {Moss}}", "@misc{title = {Moss}}", "@misc{\n  title = {Moss}}"])
def test_an_entry_without_a_key(text: str) -> None:
    (entry,) = entries(text)
    assert (entry.key, entry.value("title")) == ("", "Moss")


def test_odd_keys_and_names_of_fields() -> None:
    (entry,) = entries("@misc{DBLP:a/b-c+d (2) é, funding_text 1 = {a}, Note = {b}, note = {c}}")
    assert entry.key == "DBLP:a/b-c+d (2) é"
    assert [(found.name, found.value) for found in entry.fields] == [
        ("funding_text 1", "a"),
        ("note", "b"),
        ("note", "c"),
    ]
    assert entry.value("year", "note") == "b"


def test_strings_are_put_in_their_places() -> None:
    text = '@string{jm = "J. of Moss"}\n@STRING(who = {Ann} # " Author")\n'
    text += "@article{a, journal = JM, author = who # { and B}}"
    assert fields(text) == {"journal": "J. of Moss", "author": "Ann Author and B"}


def test_what_is_no_entry_is_text_with_its_line() -> None:
    text = "% saved by a program\n\n@preamble{ {x} }\nstray words\n@comment{meta: {a};}\n@article{a, title={T}}\nmore"
    assert [(thing.text, thing.line) for thing in read(text) if isinstance(thing, BibText)] == [
        ("% saved by a program", 1),
        ("@preamble{ {x} }", 3),
        ("stray words", 3),
        ("@comment{meta: {a};}", 5),
        ("more", 6),
    ]


def test_an_entry_that_is_commented_out_is_text() -> None:
    things = read("%@a{x,\n%  title = {Moss},\n%}\n@b{y, title = {50% \n% of it}}\n% see @c{z, t={1}}\n")
    assert [entry.key for entry in things if isinstance(entry, BibEntry)] == ["y"]
    assert not [thing for thing in things if isinstance(thing, BibFault)]


def test_several_entries_on_a_line_and_lines_of_all() -> None:
    found = entries("\n@a{x, t={1}} @b{y,\n t={2}}\n\n@c{z,\n\n t={3}}")
    assert [(entry.type, entry.line, entry.fields[0].line) for entry in found] == [
        ("a", 2, 2),
        ("b", 2, 3),
        ("c", 5, 7),
    ]


def test_an_entry_that_is_not_closed_costs_only_itself() -> None:
    things = read("@a{x,\n title = {Moss},\n note = {never closed\n\n@b{y, title = {Fern}}\n@c{z, title = {Hop}")
    assert [entry.key for entry in things if isinstance(entry, BibEntry)] == ["y", "z"]
    assert [thing for thing in things if isinstance(thing, BibFault)] == [
        BibFault("a value is not closed", 3, 2, lost=True),
        BibFault("the entry is not closed", 6, 20, lost=False),
    ]


def test_fields_behind_the_end_of_their_entry_are_told() -> None:
    things = read("@a{x,\n title = {Moss}},\n year = 2024,\n}\n@b{y, title = {Fern}}")
    assert [entry.key for entry in things if isinstance(entry, BibEntry)] == ["x", "y"]
    assert [thing.text for thing in things if isinstance(thing, BibText)] == [",\n year = 2024,"]
    assert [(thing.line, thing.lost) for thing in things if isinstance(thing, BibFault)] == [(2, False)]


def test_a_comment_that_is_not_closed_hides_nothing() -> None:
    assert [entry.key for entry in entries("@comment{ old ones\n@a{x, t={1}}\n")] == ["x"]


@pytest.mark.parametrize(
    "text",
    [
        "@article{a, title={" + "x{" * 20_000,
        '@article{a, x="' * 5_000,
        "@a{" + "{" * 20_000,
        "@a{" * 10_000,
        '@a{b,"' * 9_000,
        "@a{b, c=" + "a#" * 20_000,
        "@comment(" * 9_000,
        "@a{b" + " " * 30_000 + "c",
        "@a{b, c " + " " * 30_000 + "x",
        "@a{b," + "\n" * 30_000 + "x",
        "@a%" * 20_000,
        " " * 30_000 + "@",
        "@a{b, t = {" + "word " * 200_000 + "}}",
    ],
    ids=lambda text: text[:14],
)
def test_nothing_takes_long(text: str) -> None:
    start = time.perf_counter()
    read(text)
    assert time.perf_counter() - start < 2


PIECES = st.sampled_from(
    ["@a{k,", "@string{", "@comment", "{", "}", '"', "t =", "#", ",", "x", " ", "\n", "%", "\\", "(", ")"]
)


@settings(deadline=None, max_examples=200)
@given(st.lists(PIECES, max_size=25))
def test_a_good_entry_behind_any_text_is_read(pieces: list[str]) -> None:
    found = entries("".join(pieces) + "\n@good{key, title = {Moss}}\n")
    assert found[-1].key == "key"
    assert found[-1].value("title") == "Moss"
