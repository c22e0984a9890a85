"""Venues and dates as lists of papers write them."""

from __future__ import annotations

import pytest

from digest.formats.venues import parse_published


@pytest.mark.parametrize(
    ("text", "venue", "date"),
    [
        ("CVPR 2021", "CVPR 2021", "2021"),
        ("[CVPR'21]", "CVPR'21", "2021"),
        ("ICLR 2021 (Oral)", "ICLR 2021 (Oral)", "2021"),
        ("ECCV2020", "ECCV2020", "2020"),
        ("arXiv, 2017.", "arXiv, 2017", "2017"),
        ("Journal of Things, 12, 1–30", "Journal of Things, 12, 1–30", "None"),
        ("(2016)", "", "2016"),
        ("2023-05", "", "2023-05"),
        ("2021.8", "", "2021-08"),
        ("_8 jul 2015_", "", "2015-07-08"),
        ("May 2, 2024", "", "2024-05-02"),
    ],
)
def test_published(text: str, venue: str, date: str) -> None:
    published = parse_published(text)
    assert published is not None
    assert (published.venue, str(published.date)) == (venue, date)


@pytest.mark.parametrize("text", ["Ada Lovelace", "some words here", "", "et al.", "A Study of Engines in the Large"])
def test_what_is_no_venue(text: str) -> None:
    assert parse_published(text) is None
