"""arXiv's page of a paper, copied as text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Document, Identifiers, Item, Noise, PartialDate, Problem, Reading
from digest.sources.arxiv.arxiv_abs_text import SOURCE

PAGE = """Computer Science > Soils
arXiv:2409.12345 (cs)
[Submitted on 18 Sep 2024 (v1), last revised 2 Oct 2024 (this version, v2)]
Title:Straw keeps $x$ of the
water: N\\'u\\~nez beds
Authors:Ada Lovelace, Ann Author
View a PDF of the paper titled Straw, by Ada Lovelace and 1 other authors
HTML (experimental)

    Abstract:We water the beds.
    Title: no field, but a sentence.

Comments:\t12 pages
Subjects:\tSoils (cs.CL); Straw (stat.ML)
MSC classes:\t68T05
Cite as:\tarXiv:2409.12345 [cs.CL]
 \t(or arXiv:2409.12345v2 [cs.CL] for this version)

https://doi.org/10.48550/arXiv.2409.12345
Focus to learn more
Journal reference:\tSoil 1 (2024)
Related DOI:\thttps://doi.org/10.1000/x.y
Focus to learn more

Submission history
From: Ada Lovelace [view email]
[v1] Wed, 18 Sep 2024 17:59:59 UTC (312 KB)
[v2] Wed, 2 Oct 2024 10:00:00 UTC (320 KB)
Bookmark
"""
BARE = """arXiv:hep-th/9901001 (hep-th)
[Submitted on 3 Jan 1999]
Old roots
Ada Lovelace, Ann Author
View PDF

Roots grow.

Subjects:\tTheory (hep-th)
Cite as:\tarXiv:hep-th/9901001
Submission history
[v1] Sun, 3 Jan 1999 10:00:00 UTC (3 KB)
"""


def read(text: str) -> Reading:
    return Reading.gather(SOURCE.read(Document("page.txt", text)))


def test_a_page() -> None:
    found = read(PAGE)
    (item,) = found.items
    assert (item.title, item.authors) == ("Straw keeps $x$ of the water: Núñez beds", ("Ada Lovelace", "Ann Author"))
    assert item.body == "We water the beds. Title: no field, but a sentence."
    assert item.identifiers == Identifiers(arxiv="2409.12345", version=2, doi="10.1000/x.y")
    assert (item.published, item.updated, item.day) == (PartialDate(2024, 9, 18), PartialDate(2024, 10, 2), None)
    assert item.details == (("categories", "cs.CL stat.ML"), ("comment", "12 pages"), ("msc", "68T05"))
    assert (item.venue, item.links) == ("Soil 1 (2024)", (("paper", "https://arxiv.org/abs/2409.12345"),))
    assert "Bookmark" in {each.text for each in found.noise}


def test_labels_that_the_browser_left_out_and_a_second_page() -> None:
    first, second = read(PAGE + BARE).items
    assert first.identifiers.arxiv == "2409.12345"
    assert (second.title, second.authors, second.body) == ("Old roots", ("Ada Lovelace", "Ann Author"), "Roots grow.")
    assert second.identifiers == Identifiers(arxiv="hep-th/9901001")
    assert (second.published, second.updated, second.span.line) == (PartialDate(1999, 1, 3), None, PAGE.count("\n") + 1)


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        (PAGE, 0.99),
        (BARE, 0.99),
        ("[Submitted on 18 Sep 2024]\nTitle: x", 0.0),
        ("It was submitted on 18 Sep 2024.\nSubjects: x", 0.0),
        ("<html>[Submitted on 18 Sep 2024]\nSubjects:", 0.0),
    ],
)
def test_recognised(text: str, sure: float) -> None:
    assert SOURCE.recognise(Document("x", text)) == sure


LINES = [
    "arXiv:2409.12345 (cs)",
    "[Submitted on 18 Sep 2024]",
    "Title:x",
    "Ada",
    "",
    "Subjects: (cs.CL)",
    "Submission history",
]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([*LINES, "[v1] Wed, 18 Sep 2024", "Cite as: arXiv:x", "View PDF"])).map("\n".join))
def test_it_never_fails(text: str) -> None:
    assert all(isinstance(found, Item | Noise | Problem) for found in SOURCE.read(Document("x", text)))


def test_ids_without_end_take_no_quadratic_time() -> None:
    text = "[Submitted on 2 Jan 2024]\n" + "arXiv:" * 50_000 + "\n" + "\n" * 60_000  # a quadratic search takes minutes
    list(SOURCE.read(Document("page.txt", text)))
    assert SOURCE.recognise(Document("page.txt", text)) == 0
