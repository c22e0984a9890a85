"""Under which letter a person stands."""

from __future__ import annotations

import pytest

from digest.planning.names import family_name, family_order, initial


@pytest.mark.parametrize(
    ("name", "family", "letter"),
    [
        ("Ada Lovelace", "Lovelace", "L"),
        ("Lovelace, Ada", "Lovelace", "L"),
        ("Laurens van der Maaten", "Maaten", "M"),
        ("Martin Luther King Jr.", "King", "K"),
        ("Martin Luther King, Jr.", "King", "K"),
        ("Plato", "Plato", "P"),
        ("Émile Œuvre", "Œuvre", "O"),
        ("张伟", "张伟", "张"),
        ("Иван Йоффе", "Йоффе", "Й"),
        ("The ATLAS Collaboration", "ATLAS", "A"),
        ("Gemini Team", "Gemini", "G"),
        ("42", "42", "#"),
    ],
)
def test_family_names(name: str, family: str, letter: str) -> None:
    assert family_name(name) == family
    assert initial(name) == letter


def test_people_are_sorted_by_family_name_accents_aside() -> None:
    names = ["Zoe Abel", "Ann Öst", "Bea Ost", "Ann Ost"]
    assert sorted(names, key=family_order) == ["Zoe Abel", "Ann Ost", "Ann Öst", "Bea Ost"]
