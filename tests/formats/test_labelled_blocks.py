"""Labels of papers, and the blocks that they make."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats import labelled_blocks


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Title: Soil", ("title", "Title", "Soil")),
        ("TITLE:Soil", ("title", "TITLE", "Soil")),
        ("**Title:** Soil", ("title", "Title", "Soil")),
        ("**Title**: Soil", ("title", "Title", "Soil")),
        ("- *Authors*: Ada", ("authors", "Authors", "Ada")),
        ("Author(s): Ada", ("authors", "Author(s)", "Ada")),
        ("### Abstract", ("abstract", "Abstract", "")),
        ("**Abstract**", ("abstract", "Abstract", "")),
        ("Abstract", ("abstract", "Abstract", "")),
        ("Résumé : Le sol", ("abstract", "Résumé", "Le sol")),
        ("摘要：土", ("abstract", "摘要", "土")),
        ("Ключевые слова: почва", ("tags", "Ключевые слова", "почва")),
        ("Schlüsselwörter: Boden", ("tags", "Schlüsselwörter", "Boden")),
        ("Soil: a study of mulch", None),
        ("Title", ("title", "Title", "")),
        ("The title: Soil", None),
        ("https://example.org", None),
        ("", None),
    ],
)
def test_labels(line: str, expected: tuple[str, str, str] | None) -> None:
    assert labelled_blocks.label_of(line) == expected


def names(text: str) -> list[list[str]]:
    return [[field.label for field in block.fields] for block in labelled_blocks.read_blocks(text).blocks]


def test_what_stands_before_the_first_title_stands_before_every_one() -> None:
    text = "DOI: 1\nDate: x\nTitle: a\nAbstract: b\n\nDate: y\nTitle: c\nAbstract: d\nKeywords: e\n\nDOI: 2\nTitle: f\n"
    assert names(text) == [
        ["DOI", "Date", "Title", "Abstract"],
        ["Date", "Title", "Abstract", "Keywords"],
        ["DOI", "Title"],
    ]


def test_what_parts_two_papers_is_of_neither() -> None:
    read = labelled_blocks.read_blocks(
        "My list\n\nTitle: a\nAbstract: b\n\n---\nPaper 2\n\nTitle: c\nAbstract: 1 d\n[3]\n"
    )
    assert [block.fields[-1].lines for block in read.blocks] == [("b",), ("1 d",)]
    assert read.strays == ((1, "My list"), (6, "---"), (7, "Paper 2"), (11, "[3]"))


@settings(deadline=None, max_examples=80)
@given(
    st.lists(
        st.sampled_from(["Title: a", "Abstract: b", "Authors: c", "", "text", "---", "[2]", "DOI: 1", "## Abstract"])
    )
)
def test_every_line_is_in_a_block_or_a_stray(lines: list[str]) -> None:
    read = labelled_blocks.read_blocks("\n".join(lines))
    kept = " ".join(f"{field.label} {' '.join(field.lines)}" for block in read.blocks for field in block.fields)
    told = f"{kept} {' '.join(words for _, words in read.strays)}"
    assert sorted(told.replace(":", " ").split()) == sorted(
        " ".join(lines).replace(":", " ").replace("##", " ").split()
    ) or "##" in " ".join(lines)
