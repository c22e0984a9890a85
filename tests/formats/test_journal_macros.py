"""Macros of journals as names."""

from __future__ import annotations

import pytest

from digest.formats import journal_macros


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (r"\apj", "Astrophysical Journal"),
        (r"{\mnras}", "Monthly Notices of the Royal Astronomical Society"),
        (r"\unheardof", "unheardof"),
        (r"J. of \emph{Moss}", ""),
        ("apj", ""),
        ("", ""),
    ],
)
def test_names(text: str, name: str) -> None:
    assert journal_macros.journal_name(text) == name
