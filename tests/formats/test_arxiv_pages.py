"""What arXiv's pages of papers say around them."""

from __future__ import annotations

from datetime import date

import pytest

from digest.formats.arxiv_pages import Heading, category_codes, read_heading, split_label, version_in

DAY = date(2024, 9, 20)


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("Showing new listings for Friday, 20 September 2024", Heading(DAY)),
        ("Catchup results for Soil Physics on Fri, 20 Sep 2024", Heading(DAY)),
        ("Total of 12 entries for Fri, 20 Sep 2024", Heading(DAY)),
        ("New submissions for Fri, 20 Sep 24", Heading(DAY, "new")),
        ("Cross-lists for Fri, 20 Sep 24", Heading(DAY, "cross")),
        ("Replacements for Mon, 3 Feb 97", Heading(date(1997, 2, 3), "replace")),
        ("Fri, 20 Sep 2024 (showing first 25 of 80 entries )", Heading(DAY)),
        ("Fri, 20 Sep 2024", Heading(DAY)),
        ("New submissions (showing 5 of 23 entries)", Heading(None, "new")),
        ("Cross submissions (continued, showing last 5 of 23 entries)", Heading(None, "cross")),
        ("Replacement submissions (showing 1 of 1 entries)", Heading(None, "replace")),
        ("Authors and titles for September 2024", None),
        ("Soil Physics", None),
        ("Replacements of worn tools, and their price", None),
        ("We met on Fri, 20 Sep 2024", None),
        ("Fri, 31 Feb 2024", None),
        ("x" * 500, None),
    ],
)
def test_headings(text: str, heading: Heading | None) -> None:
    assert read_heading(text) == heading


def test_labels_categories_and_versions() -> None:
    assert split_label("Report number:  X-1") == ("report-no", "X-1")
    assert split_label("Soils: a survey") == ("", "Soils: a survey")
    assert category_codes("Soil (physics.geo-ph); Straw (cs.CL); Theory (hep-th)") == "physics.geo-ph cs.CL hep-th"
    assert version_in("https://arxiv.org/html/2409.12345v3", "2409.12345") == 3
    assert version_in("https://arxiv.org/pdf/2409.54321v3", "2409.12345") is None
