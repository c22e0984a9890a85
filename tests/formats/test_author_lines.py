"""Lines of authors."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats import author_lines


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ada Lovelace", ["Ada Lovelace"]),
        ("Ada Lovelace, Ann Author", ["Ada Lovelace", "Ann Author"]),
        ("Ada Lovelace and Ann Author", ["Ada Lovelace", "Ann Author"]),
        ("Ada Lovelace, Ann Author, and Bob Writer", ["Ada Lovelace", "Ann Author", "Bob Writer"]),
        ("Ada Lovelace, Ann Author & Bob Writer", ["Ada Lovelace", "Ann Author", "Bob Writer"]),
        ("Ada Lovelace; Ann Author; Bob Writer", ["Ada Lovelace", "Ann Author", "Bob Writer"]),
        ("Lovelace, Ada; Author, Ann B.", ["Ada Lovelace", "Ann B. Author"]),
        ("King, Ada, Jr.; Author, Ann", ["Ada King Jr.", "Ann Author"]),
        ("Ada King, Jr., Ann Author III, Bob Writer", ["Ada King Jr.", "Ann Author III", "Bob Writer"]),
        ("By Ada Lovelace", ["Ada Lovelace"]),
        ("Ada Lovelace (Analytical Society, London), Ann Author (MIT)", ["Ada Lovelace", "Ann Author"]),
        ("Ada Lovelace (1), Ann Author (2) ((1) London, (2) Paris)", ["Ada Lovelace", "Ann Author"]),
        ("Ada Lovelace1, Ann Author2,3, Bob Writer*", ["Ada Lovelace", "Ann Author", "Bob Writer"]),
        ("Ada Lovelace¹ · Ann Author²", ["Ada Lovelace", "Ann Author"]),
        ("Ada Lovelace, Ann Author, et al.", ["Ada Lovelace", "Ann Author"]),
        ("Ada Lovelace et al", ["Ada Lovelace"]),
        ("Ada Lovelace, Ann Author and 12 more", ["Ada Lovelace", "Ann Author"]),
        ("Ada Lovelace, Ann Author, ...", ["Ada Lovelace", "Ann Author"]),
        ("A. Lovelace, B.-C. Writer, J.", ["A. Lovelace", "B.-C. Writer", "J."]),
        ("Ada Lovelace, Ann Author.", ["Ada Lovelace", "Ann Author"]),
        ("Ann van der Author, Bob de la Writer", ["Ann van der Author", "Bob de la Writer"]),
        ("G\\\"unter Schr\\\"oder, Jos\\'e N\\'u\\~nez", ["Günter Schröder", "José Núñez"]),
        ("张伟，李娜", ["张伟", "李娜"]),
        ("张伟、李娜", ["张伟", "李娜"]),
        ("Ferdinand de Sand, Anders And", ["Ferdinand de Sand", "Anders And"]),
        ("Andy Land and Anderson Rand", ["Andy Land", "Anderson Rand"]),
        ("Ada\n  Lovelace,\n  Ann Author", ["Ada Lovelace", "Ann Author"]),
        ("Augusta (Ada) King, A.B. (Ann) Author", ["Augusta (Ada) King", "A.B. (Ann) Author"]),
        ("Ada Lovelace (Oxford) and Ann Author", ["Ada Lovelace", "Ann Author"]),
        (
            "Ada Lovelace (1) Ann Author (2), Bob Writer (1) ((1) London (2) Paris)",
            ["Ada Lovelace", "Ann Author", "Bob Writer"],
        ),
        ("Ada Lovelace (Oxford) & Ann Author (MIT)", ["Ada Lovelace", "Ann Author"]),
        ("Ada Lovelace (1), Ann Author (2); (1) Society, London, (2) Paris", ["Ada Lovelace", "Ann Author"]),
        ("Ada Lovelace (1) and Ann Author (2). ((1) London, (2) Paris)", ["Ada Lovelace", "Ann Author"]),
        ("Garden Collaboration: A. Lovelace, A. Author", ["Garden Collaboration", "A. Lovelace", "A. Author"]),
        ("A. Lovelace for the Garden Collaboration", ["A. Lovelace", "for the Garden Collaboration"]),
        ("A. Lovelace et al., Garden Collaboration", ["A. Lovelace", "Garden Collaboration"]),
        (": Ada Lovelace, Ann Author", ["Ada Lovelace", "Ann Author"]),
        ("", []),
    ],
)
def test_names_in_natural_order(text: str, names: list[str]) -> None:
    assert list(author_lines.parse_authors(text).names) == names


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Ada Lovelace (London), Ann Author and Bob Writer et al.", ["(London)", "et al.", "and"]),
        ("Ada Lovelace1,2, Ann Author*", ["1", "2", "*"]),
        ("Ada Lovelace, Ann Author", []),
    ],
)
def test_what_is_no_name_is_kept_aside(text: str, rest: list[str]) -> None:
    assert [piece for piece in author_lines.parse_authors(text).rest if piece != "*"] == [x for x in rest if x != "*"]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lovelace, Ann Author",
        "Ada Lovelace",
        "A. K. Lovelace, Ludwig van der Berg, Jean-Luc O'Brien Jr.",
        "张伟, 李娜",
        "Jörn-Henrik Müller, Łukasz Żak, Ångel d'Arc",
        "Madonna, Ada Lovelace, Ann Author",
        "The ATLAS Collaboration",
        "OpenAI",
        "Ada Lovelace, Ann ud-Author, Bob al-Writer",
        "Ada Lovelace et al.",
        "Ada Lovelace, Ann Author B.",
        "D. J. MacKay (Cambridge), Yann LeCun",
        "Ada Lovelace, Ann Author, Bob Writer.",
        "Ada Lovelace, Ann Author, bob writer",
    ],
)
def test_lines_that_could_be_names(text: str) -> None:
    assert author_lines.is_author_line(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Learning to Learn with Few Examples",
        "What's Hidden in a Network?",
        "We present a method, and we test it.",
        "Ada Lovelace wrote a program, and it ran.",
        "Transformers",
        "Attention, Memory, Control",
        "Code is at https://example.org",
        "12 pages, 3 figures",
        "A Study of New York.",
        "Apples, Pears, Plums.",
        "Garden Soil, Garden Water and how it rains",
    ],
)
def test_lines_that_are_no_names(text: str) -> None:
    assert not author_lines.is_author_line(text)


NAMES = st.sampled_from(
    ["Ada Lovelace", "Ann B. Author", "Ludwig van der Berg", "José Núñez", "Łukasz Żak", "Li Na", "B. Writer"]
)


@settings(deadline=None, max_examples=80)
@given(st.lists(NAMES, min_size=1, max_size=40), st.sampled_from([", ", "; ", " and ", ", and ", " & ", ",\n   "]))
def test_any_number_of_names_under_any_separator(names: list[str], separator: str) -> None:
    assert list(author_lines.parse_authors(separator.join(names)).names) == names


@pytest.mark.parametrize("marks", ["1 2 ", "# ", "1.", "^", "1{", "1 ^", "9"])
def test_marks_without_end_take_no_quadratic_time(marks: str) -> None:
    start = time.process_time()
    author_lines.parse_authors("Ada Lovelace" + marks * (100_000 // len(marks)) + "Author")
    author_lines.parse_authors("Ada Lovelace" + marks * (100_000 // len(marks)))
    assert time.process_time() - start < 4  # a quadratic search takes minutes


def test_accents_that_stand_beside_their_letters_are_of_names() -> None:
    assert author_lines.is_name("Carlos G´omez-Rodr´ıguez")
