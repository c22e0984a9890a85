"""Blocks of labelled lines become papers."""

from __future__ import annotations

from itertools import permutations

import pytest
from invented_papers import PAPERS, Paper, read_all, squeeze, wrap

from digest.model import Document, Item, PartialDate
from digest.sources import load_sources, recognise_source
from digest.sources.layouts import labelled

ENGLISH = {
    "title": "Title", "authors": "Authors", "abstract": "Abstract", "arxiv": "arXiv", "doi": "DOI", "date": "Published",
    "venue": "Journal", "tags": "Keywords", "url": "Link",
}  # fmt: skip


def value(paper: Paper, name: str, number: int) -> str:
    return {
        "title": paper.title,
        "authors": ", ".join(paper.authors),
        "abstract": paper.abstract,
        "arxiv": paper.arxiv,
        "doi": f"10.1000/gard.{number}",
        "date": f"2019-0{number + 1}-12",
        "venue": f"Journal of Gardens {number}",
        "tags": "soil, water, garden beds",
        "url": f"https://example.org/papers/{number}",
    }[name]


def page(
    order: tuple[str, ...],
    labels: dict[str, str] | None = None,
    *,
    form: str = "{label}: {value}",
    gap: str = "\n",
    between: str = "\n\n",
    above: str = "",
    width: int = 0,
) -> str:
    labels = ENGLISH | (labels or {})
    return between.join(
        above.format(number + 1)
        + gap.join(wrap(form.format(label=labels[name], value=value(paper, name, number)), width) for name in order)
        for number, paper in enumerate(PAPERS)
    )


def assert_papers(items: tuple[Item, ...], order: tuple[str, ...]) -> None:
    assert len(items) == len(PAPERS)
    for number, (item, paper) in enumerate(zip(items, PAPERS, strict=True)):
        assert item.title == paper.title
        assert item.authors == (paper.authors if "authors" in order else ())
        assert squeeze(item.body) == squeeze(paper.abstract)
        assert item.identifiers.arxiv == (paper.arxiv if "arxiv" in order else "")
        assert item.identifiers.doi == (f"10.1000/gard.{number}" if "doi" in order else "")
        if "date" in order:
            assert item.published == PartialDate(2019, number + 1, 12)
        assert item.venue == (f"Journal of Gardens {number}" if "venue" in order else "")
        assert item.tags == (("soil", "water", "garden beds") if "tags" in order else ())
        assert item.links == ((("paper", f"https://example.org/papers/{number}"),) if "url" in order else ())


@pytest.mark.parametrize("order", list(permutations(("title", "authors", "abstract"))))
def test_labels_in_any_order(order: tuple[str, ...]) -> None:
    assert_papers(read_all(labelled.SOURCE, page(order)), order)


@pytest.mark.parametrize(
    "order",
    [
        ("title", "authors", "venue", "date", "doi", "url", "tags", "abstract"),
        ("arxiv", "title", "authors", "date", "abstract"),
        ("date", "title", "authors", "abstract", "url", "doi"),
        ("title", "url", "abstract"),
        ("title", "authors", "abstract", "tags", "doi"),
    ],
)
@pytest.mark.parametrize("width", [0, 78])
def test_what_stands_beside_them(order: tuple[str, ...], width: int) -> None:
    assert_papers(read_all(labelled.SOURCE, page(order, width=width)), order)


ORDER = ("title", "authors", "abstract")


@pytest.mark.parametrize(
    "form",
    ["**{label}:** {value}", "**{label}**: {value}", "- {label}: {value}", "{label}:\n{value}", "## {label}\n\n{value}",
     "* **{label}**: {value}", "{label} : {value}"],
)  # fmt: skip
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_forms_of_labels(form: str, gap: str) -> None:
    assert_papers(read_all(labelled.SOURCE, page(ORDER, form=form, gap=gap)), ORDER)


@pytest.mark.parametrize(
    "labels",
    [
        {"title": "Titel", "authors": "Autoren", "abstract": "Zusammenfassung"},
        {"title": "Titre", "authors": "Auteurs", "abstract": "Résumé"},
        {"title": "Título", "authors": "Autores", "abstract": "Resumen"},
        {"title": "Название", "authors": "Авторы", "abstract": "Аннотация"},
        {"title": "标题", "authors": "作者", "abstract": "摘要"},
        {"title": "タイトル", "authors": "著者", "abstract": "要旨"},
        {"authors": "Author(s)", "abstract": "Summary"},
        {"title": "TITLE", "authors": "AUTHORS", "abstract": "ABSTRACT"},
    ],
)
def test_other_languages(labels: dict[str, str]) -> None:
    assert_papers(read_all(labelled.SOURCE, page(ORDER, labels)), ORDER)


@pytest.mark.parametrize("above", ["Paper {}\n", "[{}]\n", "{}.\n", "=== {} ===\n", "Abstract {}\n\n"])
@pytest.mark.parametrize("between", ["\n\n", "\n\n---\n\n"])
def test_numbers_and_rules_between_the_papers(above: str, between: str) -> None:
    text = page(ORDER, above=above, between=between)
    assert_papers(read_all(labelled.SOURCE, text), ORDER)
    source = recognise_source(Document("page.txt", text))
    assert source is not None
    assert source.name == "labelled-blocks"


def test_links_and_updates() -> None:
    text = (
        "Title: [Soil](https://example.org/soil)\nAuthors: [Ada Lovelace](https://example.org/ada), Ann Author\n"
        "PDF: https://arxiv.org/pdf/1903.01234v2\nCode: https://github.com/example/soil\nUpdated: 2 May 2024\n"
        "PMID: 1234\nPages: 1-9\nComments: 3 figures\nTL;DR: Soil is good.\nAbstract: Soil is good. It holds water.\n"
    )
    (item,) = read_all(labelled.SOURCE, text)
    assert item.authors == ("Ada Lovelace", "Ann Author")
    assert (item.identifiers.arxiv, item.identifiers.version, item.identifiers.pmid) == ("1903.01234", 2, "1234")
    assert dict(item.links) == {
        "paper": "https://example.org/soil",
        "pdf": "https://arxiv.org/pdf/1903.01234v2",
        "code": "https://github.com/example/soil",
    }
    assert item.updated == PartialDate(2024, 5, 2)
    assert item.published == PartialDate(2019, 3)
    assert dict(item.details) == {"page": "1-9", "comment": "3 figures"}
    assert item.summary == "Soil is good."


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Title: Soil\nDate: 2024-05-02\n\nA post.\n",
        "Some words about a form.\n\n" * 30 + "Title: a\nAuthors: b\nAbstract: c\n",
        "TY  - JOUR\nTitle: Soil\nAbstract: x\nAuthors: b\n",
    ],
)
def test_other_documents_are_none(text: str) -> None:
    assert labelled.SOURCE.recognise(Document("page.txt", text)) == 0


def test_it_is_registered() -> None:
    assert labelled.SOURCE in load_sources()


def test_attributes_of_roam_and_logseq_lead_to_pages() -> None:
    text = (
        "- Title:: Deep Roots of Trees\n- Author(s):: [[Ann Author]], [[Bob Writer]]\n- Date:: [[March 5th, 2021]]\n"
        f"- Tags:: #forests #[[deep roots]]\n- Abstract:: {PAPERS[0].abstract}\n"
    )
    (item,) = read_all(labelled.SOURCE, text)
    assert (item.title, item.authors) == ("Deep Roots of Trees", ("Ann Author", "Bob Writer"))
    assert (item.published, item.tags) == (PartialDate(2021, 3, 5), ("forests", "deep roots"))
    assert item.body == PAPERS[0].abstract
