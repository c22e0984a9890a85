"""Names as feeds credit them."""

from __future__ import annotations

import pytest

from digest.formats.feed_names import parse_credit


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ada Lovelace", ("Ada Lovelace",)),
        ("ada@example.org (Ada Lovelace)", ("Ada Lovelace",)),
        ("Ada Lovelace <ada@example.org>", ("Ada Lovelace",)),
        ("Ada Lovelace (ada@example.org)", ("Ada Lovelace",)),
        ("ada@example.org", ()),
        ("Lovelace, Ada", ("Ada Lovelace",)),
        ("Lovelace, Ada; Author, Ann", ("Ada Lovelace", "Ann Author")),
        ("Ada Lovelace, Ann Author", ("Ada Lovelace", "Ann Author")),
        ("Ada Lovelace, Ann Author and Ben Byte", ("Ada Lovelace", "Ann Author", "Ben Byte")),
        ("Lovelace, A., van Author, A. B., Byte, C.-D.", ("A. Lovelace", "A. B. van Author", "C.-D. Byte")),
        ("Lovelace, A.", ("A. Lovelace",)),
        ("Lovelace, Ada King", ("Ada King Lovelace",)),
        ("Lovelace, Ada, Jr.", ("Ada Lovelace Jr.",)),
        ("Ada Lovelace (University of X, Y), Ann Author", ("Ada Lovelace", "Ann Author")),
        ("ATLAS Collaboration", ("ATLAS Collaboration",)),
        ("By Ada Lovelace", ("Ada Lovelace",)),
        ("Anonymous", ()),
        ("https://example.org", ()),
        ("", ()),
        (" , ", ()),
    ],
)
def test_credits(text: str, names: tuple[str, ...]) -> None:
    assert parse_credit(text) == names
