"""Blocks that `Abstract:` opens."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_papers import PAPERS, Paper, assert_is, read_all, wrap

from digest.model import Document, PartialDate
from digest.sources.layouts import abstract_blocks, closed_by_ids, dated_listing

LABELS = (
    *("Abstract:", "Abstract: ", "abstract: ", "Abstract. ", "Abstract—", "Abstract - ", "**Abstract:** "),
    *("**Abstract.** ", "ABSTRACT\n", "Abstract:\n", "Abstract\n\n", "## Abstract\n\n"),
)
GAPS = ("\n", "\n\n", "\n\n\n\n\n", "\nShow more\n\n", " △ Less\n\n", "\nDownload PDF\n\n")


def blocks(papers: list[Paper], label: str, gap: str, *, width: int = 0) -> str:
    return "".join(wrap(label + paper.abstract, width) + gap for paper in papers)


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("gap", GAPS)
def test_every_block(label: str, gap: str) -> None:
    items = read_all(abstract_blocks.SOURCE, "Ada Lovelace\n\n\n\n" + blocks(list(PAPERS), label, gap))
    assert len(items) == len(PAPERS)
    for item, paper in zip(items, PAPERS, strict=True):
        assert_is(item, paper, title=False, ids=False, comment=False)
        assert (item.day, item.published) == (None, None)


@settings(deadline=None, max_examples=60)
@given(
    st.permutations(PAPERS),
    st.integers(1, len(PAPERS)),
    st.sampled_from(LABELS),
    st.sampled_from(GAPS),
    st.sampled_from([0, 72]),
)
def test_in_any_order(papers: list[Paper], count: int, label: str, gap: str, width: int) -> None:
    items = read_all(abstract_blocks.SOURCE, blocks(papers[:count], label, gap, width=width))
    for item, paper in zip(items, papers[:count], strict=True):
        assert_is(item, paper, title=False, ids=False, comment=False)


HEADS = {
    "title, authors": "{title}\n{authors}\n",
    "gaps": "{title}\n\n{authors}\n\n",
    "labels": "Title: {title}\nAuthors: {authors}\n",
    "search": "arXiv:{arxiv} [pdf, other] cs.LG\n{title}\nAuthors: {authors}\n",
    "ids": "{title}\n{authors}\narXiv:{arxiv}\n",
}


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("width", [0, 80])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_titles_and_authors_above(head: str, width: int, gap: str) -> None:
    text = ""
    for paper in PAPERS:
        fields = {"title": paper.title, "authors": ", ".join(paper.authors), "arxiv": paper.arxiv}
        text += wrap(HEADS[head].format(**fields), width).rstrip() + "\n" + ("\n" if head == "gaps" else "")
        text += wrap(f"Abstract: {paper.abstract}", width) + "\n"
        text += f"Comments: {paper.comment}\n" if paper.comment else ""
        text += gap
    items = read_all(abstract_blocks.SOURCE, text)
    assert [item.title for item in items] == [paper.title for paper in PAPERS]
    for item, paper in zip(items, PAPERS, strict=True):
        assert_is(item, paper, ids="arxiv" in HEADS[head])


def test_titles_alone_where_every_block_has_one() -> None:
    text = "".join(f"{paper.title}\n\nAbstract: {paper.abstract}\n\n\n" for paper in PAPERS)
    assert [item.title for item in read_all(abstract_blocks.SOURCE, text)] == [paper.title for paper in PAPERS]


def test_dates_of_a_search() -> None:
    text = (
        "arXiv:1912.01234 [pdf] cs.LG\nOn Gravel\nAuthors: Ada Lovelace\n"
        "Abstract: Gravel holds no water. △ Less\n"
        "Submitted 5 December, 2019; v1 submitted 3 December, 2019; originally announced December 2019.\n"
        "Comments: 4 pages\n"
    )
    (item,) = read_all(abstract_blocks.SOURCE, text)
    assert (item.published, item.updated) == (PartialDate(2019, 12, 3), PartialDate(2019, 12, 5))
    assert (item.title, item.authors, item.venue) == ("On Gravel", ("Ada Lovelace",), "4 pages")
    assert item.body == "Gravel holds no water."


@pytest.mark.parametrize(
    "above", ["Ada Lovelace", "Ada Lovelace\nResearch Papers", "Ada Lovelace\n\nMy Research Papers"]
)
def test_the_owner_of_a_page_is_no_author(above: str) -> None:
    text = f"{above}\n\n\n" + blocks(list(PAPERS), "Abstract:", "\n\n\n")
    for item, paper in zip(read_all(abstract_blocks.SOURCE, text), PAPERS, strict=True):
        assert_is(item, paper, title=False, ids=False, comment=False)


@pytest.mark.parametrize("label", LABELS)
def test_other_layouts_are_less_sure(label: str) -> None:
    document = Document("page.txt", blocks(list(PAPERS), label, "\n\n"))
    sure = abstract_blocks.SOURCE.recognise(document)
    assert sure > closed_by_ids.SOURCE.recognise(document)
    assert sure > dated_listing.SOURCE.recognise(document)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Abstract reasoning is hard.\nAbstract art is not.\n",
        "---\ntitle: A post\n---\nAbstract: x\n\nAbstract: y\n",
        "# A post\n\n## Abstract\n\nText.\n\n## Method\n\nMore text.\n",
        "<html><p>Abstract: x</p></html>",
        "@article{a,\n  abstract = {A}\n}\n",
    ],
)
def test_other_documents_are_not_recognised(text: str) -> None:
    assert abstract_blocks.SOURCE.recognise(Document("page.txt", text)) < 0.5


@pytest.mark.parametrize(
    "label",
    [
        "**Abstract** ",
        "[Abstract] ",
        "- Abstract: ",
        "• Abstract: ",
        "> Abstract: ",
        "Abstract | ",
        "Résumé : ",
        "Zusammenfassung: ",
        "**Resumen:** ",
        "摘要：",
        "Аннотация: ",
        "초록: ",
    ],
)
def test_a_label_in_other_marks_and_languages(label: str) -> None:
    papers = (PAPERS[0], PAPERS[6], PAPERS[1])
    items = read_all(abstract_blocks.SOURCE, "\n\n\n".join(f"{label}{paper.abstract}" for paper in papers))
    assert [item.body.strip() for item in items] == [paper.abstract for paper in papers]


def test_a_long_rule_is_no_text_though_the_one_above_has_no_full_stop() -> None:
    papers = (PAPERS[6], PAPERS[0])
    items = read_all(abstract_blocks.SOURCE, "".join(f"Abstract: {each.abstract}\n__________\n" for each in papers))
    assert [item.body.strip() for item in items] == [paper.abstract for paper in papers]
