"""Names of persons come out in natural order, whoever wrote them down."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats import person_names


@pytest.mark.parametrize(
    ("name", "natural"),
    [
        ("Ada Lovelace", "Ada Lovelace"),
        ("Lovelace, Ada", "Ada Lovelace"),
        ("Lovelace,A.", "A. Lovelace"),
        ("King, Martin L., Jr.", "Martin L. King Jr."),
        ("King, Jr., Martin L.", "Martin L. King Jr."),
        ("King, Martin L Jr", "Martin L King Jr"),
        ("Author, Ann 3rd", "Ann Author 3rd"),
        ("Author, A I", "A I Author"),
        ("Author, Jr.", "Author Jr."),
        ("Author, MD", "MD Author"),
        ("Author, M.D.", "M.D. Author"),
        ("van Author, IV", "IV van Author"),
        ("Ann Author, MD", "Ann Author MD"),
        ("Author, Jr., M.D.", "M.D. Author Jr."),
        ("Author, Ann, MD", "Ann Author MD"),
        ("van Author,  Ann \t B.", "Ann B. van Author"),
        ("Author,", "Author"),
        ("Lovelace, Ada, 1815-1852", "Ada Lovelace"),
        ("Lovelace, Ada M., 1815-", "Ada M. Lovelace"),
        ("", ""),
    ],
)
def test_natural_order(name: str, natural: str) -> None:
    assert person_names.natural_name(name) == natural


def test_what_names_nobody_is_no_name() -> None:
    told = ["Author, Ann", "Other, Bob and", "& Lovelace, Ada", "et al.", "and others", "", " ; ", "and"]
    assert person_names.natural_names(told) == ("Ann Author", "Bob Other", "Ada Lovelace")


def test_names_of_parts() -> None:
    assert person_names.join_name("Ludwig", "Beethoven", "van") == "Ludwig van Beethoven"
    assert person_names.join_name("Jean", "Alembert", "d’", "Sr.") == "Jean d’Alembert Sr."
    assert person_names.join_name("", "Plato") == "Plato"


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("Ann Author and Bob Other", ["Ann Author", "Bob Other"]),
        ("Author, Ann AND\n Other, Bob", ["Author, Ann", "Other, Bob"]),
        ("Author, Ann and others", ["Author, Ann"]),
        ("{Salt and Pepper Group} and Ann Author", ["{Salt and Pepper Group}", "Ann Author"]),
        ("Ann Author and ", ["Ann Author"]),
        ("Ann Author and and Bob Other", ["Ann Author", "Bob Other"]),
        ("Ann Anderson", ["Ann Anderson"]),
        ("Author, A.; Other, B.", ["Author, A.", "Other, B."]),
        ("A. Author, B. Other, C. Lovelace", ["A. Author", "B. Other", "C. Lovelace"]),
        ("", []),
        ("} and { and } and Ann", ["}", "{ and }", "Ann"]),
    ],
)
def test_a_field_of_bibtex_lists_names(field: str, names: list[str]) -> None:
    assert person_names.split_bibtex_names(field) == names


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ludwig van Beethoven", ("Ludwig van Beethoven",)),
        ("van Beethoven, Ludwig", ("Ludwig", "van Beethoven")),
        ("King, Jr., Martin", ("Martin", "King", "Jr.")),
        ("King, III, Martin", ("Martin", "King", "III")),
        ("King, Martin, Jr.", ("Martin", "King", "Jr.")),
        ("{Barnes, Noble, Inc.}", ("{Barnes, Noble, Inc.}",)),
        ("{van der Author}, Ann", ("Ann", "{van der Author}")),
        ("family=Author, given=Ann, prefix=von, useprefix=true", ("Ann", "von", "Author")),
    ],
)
def test_a_name_of_bibtex_has_parts(name: str, parts: tuple[str, ...]) -> None:
    assert person_names.parse_bibtex_name(name) == parts


@settings(deadline=None, max_examples=150)
@given(
    st.text(alphabet=st.sampled_from("aA ,;{}&=\\.\n"), max_size=60), st.sampled_from([" and ", " AND\n", " others"])
)
def test_no_name_is_too_odd(text: str, between: str) -> None:
    for name in person_names.split_bibtex_names(text + between + text):
        person_names.parse_bibtex_name(name)
        person_names.natural_names([name])


def test_blanks_within_a_name_take_no_quadratic_time() -> None:
    blanks = "\n" * 100_000  # a quadratic search takes minutes
    assert person_names.natural_names((f"Ada{blanks}Lovelace", f"and{blanks}Ann Author")) == (
        "Ada Lovelace",
        "Ann Author",
    )


@pytest.mark.parametrize("name", ["山田, 太郎", "김, 철수"])
def test_names_in_han_and_hangul_begin_with_the_family(name: str) -> None:
    written = name.replace(",", "")
    assert person_names.natural_name(name) == written
    family, given_name = name.split(", ")
    assert person_names.join_name(given_name, family) == written
    assert " ".join(person_names.parse_bibtex_name(name)) == written
