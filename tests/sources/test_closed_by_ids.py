"""Abstracts closed by ids."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_papers import PAPERS, Paper, assert_is, read_all, wrap

from digest.formats.identifiers import arxiv_month
from digest.model import Document, PartialDate
from digest.sources.layouts import abstract_blocks, closed_by_ids, dated_listing

# How an id is written, and whether the next abstract is glued to it.
FORMS = {
    "glued": ("arXiv:{}", ""),
    "glued version": ("arXiv:{}v2", ""),
    "own line": ("arXiv:{}", "\n"),
    "gap": ("arXiv:{}", "\n\n\n"),
    "category": ("arXiv:{} [cs.LG]", "\n"),
    "year": ("arXiv:{} (2018)", "\n"),
    "address": ("https://arxiv.org/abs/{}", "\n"),
    "pdf": ("https://arxiv.org/pdf/{}v3.pdf", "\n\n"),
    "brackets": ("[arXiv:{}]", "\n"),
    "blank": ("arXiv:{}", " "),
}


def page(papers: list[Paper], form: str, *, width: int = 0, above: str = "") -> str:
    written, glue = FORMS[form]
    blocks = []
    for paper in papers:
        comment = f"{paper.comment}\n" if paper.comment else ""
        blocks.append(f"{wrap(paper.abstract, width)}\n{comment}{written.format(paper.arxiv)}{glue}")
    return above + "".join(blocks).rstrip() + "\n"


def can_stand_behind_a_blank(paper: Paper) -> bool:
    """A text in lower case, or behind one without a full stop, cannot be told from a sentence that goes on."""
    return paper.abstract[0].isupper() and paper.abstract.endswith(".")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("width", [0, 76])
def test_every_abstract_with_its_id(form: str, width: int) -> None:
    papers = [paper for paper in PAPERS if form != "blank" or can_stand_behind_a_blank(paper)]
    items = read_all(closed_by_ids.SOURCE, page(papers, form, width=width))
    assert len(items) == len(papers)
    for item, paper in zip(items, papers, strict=True):
        assert_is(item, paper, title=False)
        assert item.published == arxiv_month(paper.arxiv)
        assert item.day is None


@settings(deadline=None, max_examples=60)
@given(st.permutations(PAPERS), st.integers(1, len(PAPERS)), st.sampled_from([*FORMS]), st.sampled_from([0, 72, 80]))
def test_in_any_order(papers: list[Paper], count: int, form: str, width: int) -> None:
    chosen = [paper for paper in papers[:count] if form != "blank" or can_stand_behind_a_blank(paper)] or PAPERS[:1]
    items = read_all(closed_by_ids.SOURCE, page(list(chosen), form, width=width))
    for item, paper in zip(items, chosen, strict=True):
        assert_is(item, paper, title=False)


def test_the_page_around_is_noise() -> None:
    text = page(list(PAPERS), "glued", above="Ada Lovelace\nPublications\n\n") + "\nBack to top\n© 2020 Ada Lovelace\n"
    items = read_all(closed_by_ids.SOURCE, text)
    assert [item.identifiers.arxiv for item in items] == [paper.arxiv for paper in PAPERS]
    noise = closed_by_ids.SOURCE.read(Document("page.txt", text)).noise
    kept = {"Ada Lovelace", "Publications", "Back to top", "© 2020 Ada Lovelace"}
    assert kept <= {each.text for each in noise}


def test_a_cited_id_closes_nothing() -> None:
    first = (
        "We extend the straw of\narXiv:1706.03762 to gravel, as arXiv:1412.6572v3 did for sand. It works in all beds."
    )
    second = "Gravel stays, as we show once more in a second trial that ran for ten dry weeks\n(see\narXiv:1706.03762)."
    text = f"{first}\narXiv:1901.00001{second}\narXiv:1901.00002v3\n"
    items = read_all(closed_by_ids.SOURCE, text)
    assert [item.body for item in items] == [first, second]
    assert [item.identifiers.arxiv for item in items] == ["1901.00001", "1901.00002"]
    assert [item.identifiers.version for item in items] == [None, 3]


def test_ids_of_one_paper_stay_together() -> None:
    text = (
        "Gravel holds no water at all, and we say why that is good for herbs and bad for beans.\n"
        "doi:10.1000/gravel.1 (2017)\n\n"
        "Sand holds even less, and yet the herbs of the dunes live on it very well for years.\n"
        "arXiv:1901.00002\nhttps://doi.org/10.1000/sand.2\n"
    )
    gravel, sand = read_all(closed_by_ids.SOURCE, text)
    assert (gravel.identifiers.doi, gravel.published) == ("10.1000/gravel.1", PartialDate(2017))
    assert (sand.identifiers.arxiv, sand.identifiers.doi) == ("1901.00002", "10.1000/sand.2")
    assert sand.published == PartialDate(2019, 1)


def test_titles_where_the_page_has_them() -> None:
    parts = [
        f"{paper.title}\n{', '.join(paper.authors)}\n{paper.abstract}\narXiv:{paper.arxiv}\n\n" for paper in PAPERS
    ]
    items = read_all(closed_by_ids.SOURCE, "".join(parts))
    for item, paper in zip(items, PAPERS, strict=True):
        assert_is(item, paper, comment=False)
    alone = [f"{paper.title}\n\n{paper.abstract}\n\narXiv:{paper.arxiv}\n\n" for paper in PAPERS]
    assert [item.title for item in read_all(closed_by_ids.SOURCE, "".join(alone))] == [each.title for each in PAPERS]


def test_a_last_abstract_without_an_id_is_an_item() -> None:
    items = read_all(closed_by_ids.SOURCE, page(list(PAPERS[:3]), "own line") + "\n" + PAPERS[5].abstract)
    assert [item.identifiers.arxiv for item in items][-1] == ""
    assert len(items) == 4


def test_where_the_line_breaks_are_lost() -> None:
    text = "Herbs like gravel, as everybody knows who ever grew them. arXiv:1901.00001Beans do not like it at all, and "
    text += "we show by how much in ten beds. arXiv:1901.00002v2\n"
    items = read_all(closed_by_ids.SOURCE, text)
    assert [item.identifiers.arxiv for item in items] == ["1901.00001", "1901.00002"]


@pytest.mark.parametrize("form", FORMS)
def test_other_layouts_are_less_sure(form: str) -> None:
    document = Document("page.txt", page(list(PAPERS), form))
    sure = closed_by_ids.SOURCE.recognise(document)
    assert sure > abstract_blocks.SOURCE.recognise(document)
    assert sure > dated_listing.SOURCE.recognise(document)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "arXiv:1901.00001\nA title\nA text that follows its id, as some listings have it in their pages.\n",
        "---\ntitle: A post\n---\nText with an id.\narXiv:1901.00001\n",
        "# A post\n\nText.\n\n## Sources\n\nOf many kinds.\narXiv:1901.00001\n",
        "@article{a,\n  title = {A}\n}\narXiv:1901.00001\n",
        "TY  - JOUR\nUR  - x\nER  - \n",
        "<p>Text of some kind.</p>\narXiv:1901.00001\n",
        "Plain text that cites arXiv:1901.00001 and ends.\n",
    ],
)
def test_other_documents_are_not_recognised(text: str) -> None:
    assert closed_by_ids.SOURCE.recognise(Document("page.txt", text)) < 0.5


def test_lines_without_end_above_a_text_take_no_quadratic_time() -> None:
    text = page([PAPERS[0]], "own line", above="Soil\n\n" * 8_000)  # a quadratic search takes a minute
    (item,) = closed_by_ids.SOURCE.read(Document("page.txt", text)).items
    assert item.identifiers.arxiv == PAPERS[0].arxiv


# The second has no full stop.
_IN_A_ROW = (PAPERS[0], PAPERS[6], PAPERS[1])


@pytest.mark.parametrize(
    ("closing", "venue"),
    [
        ("arXiv:{}; ICLR 2018", "ICLR 2018"),
        ("arXiv:{} — ICLR 2018", "ICLR 2018"),
        ("arXiv:{}\nICLR 2018", "ICLR 2018"),
        ("arXiv:{}\nComments: Neural Networks 12 (2018)", "Neural Networks 12 (2018)"),
        ("ICLR 2018 (arXiv:{})", "ICLR 2018"),
        ("ICLR 2018, arXiv:{}", "ICLR 2018"),
        ("[Oral, ICLR 2018]\narXiv:{}", "Oral, ICLR 2018"),
        ("*ICLR 2018*\narXiv:{}", "ICLR 2018"),
        ("arXiv:{}, 2018", ""),
        ("2018, arXiv:{}", ""),
        ("arXiv e-print {}", ""),
        ("**arXiv:{}**", ""),
        ("`arXiv:{}`", ""),
        ("→ arXiv:{}", ""),
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_what_stands_beside_an_id_is_of_the_paper_above(closing: str, venue: str, gap: str) -> None:
    text = gap.join(f"{paper.abstract}\n{closing.format(paper.arxiv)}" for paper in _IN_A_ROW)
    items = read_all(closed_by_ids.SOURCE, text)
    assert [item.identifiers.arxiv for item in items] == [paper.arxiv for paper in _IN_A_ROW]
    assert [item.body.strip() for item in items] == [paper.abstract for paper in _IN_A_ROW]
    assert {item.venue for item in items} == {venue}
    assert {item.title for item in items} == {""}


def test_a_version_of_another_paper_closes_nothing() -> None:
    text = f"{PAPERS[0].abstract}\nExtended version of arXiv:1804.00001\narXiv:{PAPERS[0].arxiv}\n"
    (item,) = read_all(closed_by_ids.SOURCE, text)
    assert item.identifiers.arxiv == PAPERS[0].arxiv


@pytest.mark.parametrize("opening", ["arXiv preprint ", "pdf | ", "- "])
def test_the_next_text_glued_to_an_id_behind_a_word(opening: str) -> None:
    text = "".join(f"{paper.abstract}\n{opening}arXiv:{paper.arxiv}" for paper in _IN_A_ROW)
    items = read_all(closed_by_ids.SOURCE, text)
    assert [item.body.strip() for item in items] == [paper.abstract for paper in _IN_A_ROW]
