from __future__ import annotations

import pytest
from citation_values import HOSTILE, a_hostile_reference, a_reference
from hypothesis import given, settings
from pybtex.database import parse_string

from digest.formats.citations.bibtex import escape_tex
from digest.formats.citations.bibtex import write_bibtex as write_both
from digest.model import Identifiers, PartialDate, Reference


def write_bibtex(reference: Reference) -> str:
    return write_both(reference)[1]


def test_a_paper_of_a_journal() -> None:
    assert write_bibtex(a_reference()) == (
        "@article{lovelace1843notes,\n"
        "  title = {Notes on the Analytical Engine},\n"
        "  author = {Lovelace, Ada and Babbage, Charles},\n"
        "  journal = {Scientific Memoirs},\n"
        "  year = {1843},\n"
        "  month = sep,\n"
        "  volume = {3},\n"
        "  pages = {666--731},\n"
        "  doi = {10.1000/engine_1},\n"
        "  url = {https://doi.org/10.1000/engine_1},\n"
        "  language = {en},\n"
        "  keywords = {engines, numbers}\n"
        "}\n"
    )


def test_a_preprint_of_arxiv() -> None:
    text = write_bibtex(
        a_reference(
            type="article",
            container="",
            issued=PartialDate(2018, 4, 13),
            identifiers=Identifiers(arxiv="1804.00222"),
            url="https://arxiv.org/abs/1804.00222",
            details=(("categories", "cs.LG stat.ML"),),
        )
    )
    assert text.startswith("@misc{")
    for line in (
        "eprint = {1804.00222}",
        "archivePrefix = {arXiv}",
        "primaryClass = {cs.LG}",
        "month = apr",
        "day = {13}",
    ):
        assert f"  {line},\n" in text


@pytest.mark.parametrize(
    ("type_", "container", "entry", "field"),
    [
        ("paper-conference", "ICLR 2018", "inproceedings", "booktitle"),
        ("chapter", "A Book", "incollection", "booktitle"),
        ("thesis", "A University", "phdthesis", "school"),
        ("report", "A Laboratory", "techreport", "institution"),
        ("article", "bioRxiv", "article", "journal"),
        ("post-weblog", "A Digest", "misc", "howpublished"),
    ],
)
def test_what_a_paper_is_in(type_: str, container: str, entry: str, field: str) -> None:
    text = write_bibtex(a_reference(type=type_, container=container))
    assert text.startswith(f"@{entry}{{")
    assert f"  {field} = {{{container}}},\n" in text


def test_an_article_without_a_journal_is_none_that_a_style_would_complain_of() -> None:
    assert write_bibtex(a_reference(container="")).startswith("@misc{")


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Attention is all you need", "Attention is all you need"),
        ("BERT and GPT-3 for a FlashAttention", "{BERT} and {GPT-3} for a {FlashAttention}"),
        ("Vitamin C and A Method", "Vitamin {C} and A Method"),
        ("Bounds on $F_q^n$ & more", r"Bounds on {$F_q^n$} \& more"),
        ("$5 and $6", r"\$5 and \$6"),
        ("100% of #1 in x_1", r"100\% of \#1 in x\_1"),
        ("AT&T", r"{AT\&T}"),
        ("a {b} \\c", r"a \textbraceleft{}b\textbraceright{} \textbackslash{}c"),
        (r"The set $\{x\}$", r"The set {$\{x\}$}"),
        (r"Half a set $\{x$", r"Half a set {$\lbrace x$}"),
        ("Über Größe—日本語", "Über Größe—日本語"),
        ("a -- b --- c", "a -{}- b -{}-{}- c"),
    ],
)
def test_titles(title: str, written: str) -> None:
    assert f"  title = {{{written}}},\n" in write_bibtex(a_reference(title=title))


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Ludwig van Beethoven", "van Beethoven, Ludwig"),
        ("Martin Luther King Jr.", "King, Jr., Martin Luther"),
        ("ATLAS Collaboration", "{ATLAS Collaboration}"),
        ("Research and Development", "{Research and Development}"),
        ("Plato", "{Plato}"),
        ("山田 太郎", "山田, 太郎"),
        ("Ada {Lovelace", r"\textbraceleft{}Lovelace, Ada"),
    ],
)
def test_names(name: str, written: str) -> None:
    assert f"  author = {{{written}}},\n" in write_bibtex(a_reference(authors=(name,)))


def test_addresses_are_not_prose() -> None:
    assert "url = {https://example.org/a_b?c=%7Bd%7D&e#f}" in write_bibtex(
        a_reference(url="https://example.org/a_b?c={d}&e#f")
    )


def test_prose_keeps_its_math() -> None:
    assert escape_tex(r"5% of $a_1 \le 5\%$ & \(x_2\)") == r"5\% of $a_1 \le 5\%$ \& \(x_2\)"


@given(HOSTILE)
@settings(max_examples=150, deadline=None)
def test_no_text_breaks_out_of_its_field(text: str) -> None:
    plain = parse_string(write_bibtex(a_hostile_reference("word")), "bibtex")
    read = parse_string(write_bibtex(a_hostile_reference(text)) + write_bibtex(a_reference(key="next")), "bibtex")
    assert list(read.entries) == ["lovelace1843notes", "next"]
    assert set(read.entries["lovelace1843notes"].fields) <= set(plain.entries["lovelace1843notes"].fields)
    assert read.entries["next"].fields["title"] == "Notes on the Analytical Engine"


def test_it_may_do_without_its_abstract() -> None:
    brief, whole = write_both(a_reference(abstract="It computes."))
    assert "It computes." in whole
    assert brief == write_both(a_reference())[0] == write_both(a_reference())[1]
