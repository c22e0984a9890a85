"""Papers in a row, numbered or not, without a day."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_papers import PAPERS, assert_is, read_all, wrap

from digest.model import Document, PartialDate
from digest.sources import recognise_source
from digest.sources.accounting import account_for
from digest.sources.layouts import plain_abstracts

# Where nothing but its place tells an abstract it has the length of one.
MORE = (
    " They outlive the others by decades where water stands low, and they hold the soil on slopes. We dug out eighty."
)
LONG = tuple(replace(paper, abstract=paper.abstract + MORE) if len(paper.abstract) < 90 else paper for paper in PAPERS)

NUMBERED = (
    *(
        "{n}. {t}\n{a}\n{b}",
        "{n}. {t}\n{a}\n\n{b}",
        "{n}) {t}\n\n{a}\n\n{b}",
        "[{n}] {t}\n{a}\n\n{b}",
        "({n}) {t}\n{a}\n{b}",
    ),
    *("#{n} {t}\n{a}\n\n{b}", "#{n}: {t}\n{a}\n\n{b}", "Abstract {n}: {t}\n{a}\n\n{b}", "Paper {n} — {t}\n{a}\n\n{b}"),
    *(
        "{n}.\n{t}\n{a}\n\n{b}",
        "Abstract {n}\n{t}\n{a}\n\n{b}",
        "Talk {n}.\n\n{t}\n\n{a}\n\n{b}",
        "**{n}. {t}**\n{a}\n\n{b}",
    ),
    *("## {n}. {t}\n\n{a}\n\n{b}", "Poster {n} - {t}\n{a}\n\n{b}"),
)
WITH_IDS = (
    *("{n}. https://arxiv.org/abs/{i}\n{t}\n{a}\n\n{b}", "{n}. {t}\nhttps://arxiv.org/abs/{i}\n{a}\n\n{b}"),
    *(
        "{n}. {t}\n{a}\narXiv:{i}\n\n{b}",
        "[{n}] {t}\n{a}\n\n{b}\n\nhttps://arxiv.org/abs/{i}",
        "[{n}] arXiv:{i}\n{t}\n{a}\n{b}",
    ),
)


def page(form: str, between: str = "\n\n", *, width: int = 0) -> str:
    pieces = (
        wrap(form.format(n=number, t=paper.title, a=", ".join(paper.authors), b=paper.abstract, i=paper.arxiv), width)
        for number, paper in enumerate(LONG, start=1)
    )
    return between.join(pieces) + "\n"


@pytest.mark.parametrize("form", NUMBERED)
@pytest.mark.parametrize("between", ["\n\n", "\n\n\n", "\n\n---\n\n"])
def test_numbers_tell_the_papers(form: str, between: str) -> None:
    text = f"Book of Abstracts\n\n{page(form, between)}"
    for item, paper in zip(read_all(plain_abstracts.SOURCE, text), LONG, strict=True):
        assert_is(item, paper, ids=False, comment=False)
    source = recognise_source(Document("page.txt", text))
    assert source is not None
    assert source.name == "plain-abstracts"


@pytest.mark.parametrize(
    "form", ["P-{n} {t}\n{a}\n\n{b}", "Talk {n}: {t}\nSpeaker: {a}\n\n{b}", "{n}. {t}\nby {a}\n{b}"]
)
def test_other_numbers_and_names(form: str) -> None:
    for item, paper in zip(read_all(plain_abstracts.SOURCE, page(form)), LONG, strict=True):
        assert_is(item, paper, ids=False, comment=False)


def test_names_above_the_title() -> None:
    text = "".join(f"{number}. Ada Lovelace, Ann Author\n{paper.title}\n{paper.abstract}\n\n"
                   for number, paper in enumerate(LONG[:3], start=1))  # fmt: skip
    items = read_all(plain_abstracts.SOURCE, text)
    assert [item.title for item in items] == [paper.title for paper in LONG[:3]]
    assert {item.authors for item in items} == {("Ada Lovelace", "Ann Author")}


@pytest.mark.parametrize("line", ["2 May 2024", "2 May 2024 · arXiv:1903.00001"])
def test_a_day_below_the_names_is_the_papers_own(line: str) -> None:
    for item in read_all(plain_abstracts.SOURCE, page(f"{{t}}\n{{a}}\n{line}\n\n{{b}}", "\n\n\n")):
        assert item.published == PartialDate(2024, 5, 2)
        assert item.day is None


@pytest.mark.parametrize("form", ["{n}. {t}\n{a}\n\n{b}", "[{n}] {t}\n\n{a}\n\n{b}"])
def test_a_page_that_was_broken(form: str) -> None:
    for item, paper in zip(read_all(plain_abstracts.SOURCE, page(form, width=76)), LONG, strict=True):
        assert_is(item, paper, ids=False, comment=False)


@pytest.mark.parametrize("form", WITH_IDS)
def test_ids_in_any_place(form: str) -> None:
    for item, paper in zip(read_all(plain_abstracts.SOURCE, page(form)), LONG, strict=True):
        assert_is(item, paper, comment=False)
        assert item.published is not None or not paper.arxiv[:4].isdigit()


@pytest.mark.parametrize("form", ["{t}\n{a}\n\n{b}", "{t}\n\n{a}\n\n{b}", "{t}\n{a}\narXiv:{i}\n\n{b}"])
def test_papers_without_numbers(form: str) -> None:
    for item, paper in zip(read_all(plain_abstracts.SOURCE, page(form, "\n\n\n")), LONG, strict=True):
        assert_is(item, paper, ids="{i}" in form, comment=False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1. One thing\n2. Another\n3. A third\n",
        "\n\n".join(f"{number}. [Soil {number}](https://example.org/{number}) - good" for number in range(1, 9)),
        "December 6, 2019\n" + page("{t}\n{a}\n\n{b}"),
        "1. \nTY  - JOUR\nTI  - Soil\n\n2. \nTY  - JOUR\n",
        "\n".join(
            f"## {paper.title}\n{', '.join(paper.authors)}\n\n* Link\n\n**Gist**\n* One\n* Two\n{paper.abstract}\n"
            for paper in LONG
        ),
        "import soil\n\ndef water(garden):\n    return garden, soil\n\n" * 40,
    ],
)
def test_other_documents_are_not_recognised(text: str) -> None:
    assert plain_abstracts.SOURCE.recognise(Document("page.txt", text)) <= 0.2


def test_a_list_of_thousands_of_names_is_read_at_once() -> None:
    names = ",\n".join(f"Ada B. Lovelace, Ann C. Author, Bob D. Writer {'X' * (number % 3)}" for number in range(1_500))
    text = f"1. Soil\n{names}\n\n{LONG[0].abstract}\n\n2. Bark\nAda Lovelace\n\n{LONG[1].abstract}\n"
    plain_abstracts.SOURCE.recognise(Document("page.txt", text))


@settings(deadline=None, max_examples=80)
@given(
    st.lists(
        st.sampled_from([*page(NUMBERED[1]).split("\n")[:12], "", "", "2.", "[3] x", "Abstract 4", "##", "5)"]),
        max_size=25,
    )
)
def test_no_word_is_lost(lines: list[str]) -> None:

    document = Document("page.txt", "\n".join(lines))
    assert account_for(document, plain_abstracts.SOURCE.read(document)) is None
