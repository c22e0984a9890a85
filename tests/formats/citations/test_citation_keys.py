from __future__ import annotations

from typing import Any

import pytest
from citation_values import HOSTILE, a_reference
from hypothesis import given

from digest.formats.citations.keys import key_stem, key_suffix
from digest.model import Reference


def stem_of(reference: Reference) -> str:
    return key_stem(reference.title, reference.authors, reference.issued)


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({}, "lovelace1843notes"),
        ({"title": "On the Notes"}, "lovelace1843notes"),
        ({"title": "The"}, "lovelace1843"),
        ({"title": "$k$-means of it"}, "lovelace1843kmeans"),
        ({"title": "Über Größe"}, "lovelace1843grosse"),
        ({"authors": ("Laurens van der Maaten",)}, "maaten1843notes"),
        ({"authors": ("ATLAS Collaboration",)}, "atlascollaboration1843notes"),
        ({"authors": ("Réka Łukasiewicz-Østergård",)}, "lukasiewiczostergard1843notes"),
        ({"authors": ("山田 太郎",)}, "1843notes"),
        ({"authors": (), "issued": None}, "notes"),
        ({"authors": (), "issued": None, "title": "漢字"}, "entry"),
    ],
)
def test_stems(changes: dict[str, Any], key: str) -> None:
    assert stem_of(a_reference(**changes)) == key


def test_a_suffix_depends_on_the_identity_alone() -> None:
    assert key_suffix("arXiv:1804.00222") == key_suffix("arXiv:1804.00222") != key_suffix("arXiv:1804.00223")


@given(HOSTILE)
def test_keys_are_plain(text: str) -> None:
    stem = stem_of(a_reference(title=text, authors=(text,)))
    assert stem
    assert stem.isascii()
    assert stem.isalnum()
