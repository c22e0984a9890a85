from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.formats.name_parts import part_name
from digest.formats.person_names import join_name, natural_name


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ada Lovelace", ("Lovelace", "Ada", "", "")),
        ("Ludwig van Beethoven", ("Beethoven", "Ludwig", "van", "")),
        ("Laurens Jan van der Maaten", ("Maaten", "Laurens Jan", "van der", "")),
        ("Luc Van Gool", ("Van Gool", "Luc", "", "")),
        ("Yann Le Cun", ("Le Cun", "Yann", "", "")),
        ("Quoc V. Le", ("Le", "Quoc V.", "", "")),
        ("Gerard 't Hooft", ("Hooft", "Gerard", "'t", "")),
        ("Pablo R. de la Cruz", ("Cruz", "Pablo R.", "de la", "")),
        ("Jean d'Alembert", ("d'Alembert", "Jean", "", "")),
        ("José Ortega y Gasset", ("Ortega y Gasset", "José", "", "")),
        ("bell hooks", ("hooks", "bell", "", "")),
        ("Martin Luther King Jr.", ("King", "Martin Luther", "", "Jr.")),
        ("Martin Luther King, Jr.", ("King", "Martin Luther", "", "Jr.")),
        ("King, Martin Luther, Jr.", ("King", "Martin Luther", "", "Jr.")),
        ("Ludwig von der Heide III", ("Heide", "Ludwig", "von der", "III")),
        ("Lovelace, Ada", ("Lovelace", "Ada", "", "")),
        ("van der Berg, Jan Maria", ("Berg", "Jan Maria", "van der", "")),
        ("山田 太郎", ("山田", "太郎", "", "")),
        ("김 철수", ("김", "철수", "", "")),
        ("X. Y.", ("Y.", "X.", "", "")),
    ],
)
def test_persons(name: str, parts: tuple[str, str, str, str]) -> None:
    person = part_name(name)
    assert (person.family, person.given, person.particle, person.suffix) == parts
    assert person.name == natural_name(name)


@pytest.mark.parametrize(
    "name",
    [
        *("Plato", "OpenAI", "DeepSeek-AI", "山田太郎", "ATLAS Collaboration", "The Invented Team", "Working Group 3"),
        *("University of Nowhere", "Institute for Invention", "Research and Development", "a" * 300, "A, B, C, D"),
        *("A ,", "one two three four five six seven eight nine", ""),
    ],
)  # fmt: skip
def test_what_is_no_person_stays_whole(name: str) -> None:
    person = part_name(name)
    assert (person.name, person.family) == (name, "")


@given(st.lists(st.sampled_from(["Ada", "van", "der", "Lovelace", "Jr.", "II", "y", "de", "漢", "K."]), max_size=9))
def test_no_word_is_lost(words: list[str]) -> None:
    person = part_name(" ".join(words))
    if person.family:
        assert join_name(person.given, person.family, person.particle, person.suffix) == " ".join(words)
