"""A paper on a line of a list, in the orders that people write."""

from __future__ import annotations

import pytest

from digest.sources.lists.list_items import read_reference

NAMES = ("Ada Lovelace", "Bob Barker")
ABS = "https://arxiv.org/abs/2109.08141"


@pytest.mark.parametrize(
    "line",
    [
        "*Engines That Weave*, by Ada Lovelace, and Bob Barker",
        "**Engines That Weave**, Ada Lovelace (Uni of X)*; Bob Barker (Y - Z)",
        "**Engines That Weave** \\[[paper](a/b.pdf)\\]\\\nAda Lovelace, Bob Barker",
        '<a href="x.pdf">**Engines That Weave**</a>. Ada Lovelace, Bob Barker.',
        '*"Engines That Weave"*. Ada Lovelace and Bob Barker',
        "Engines That Weave,\n *Ada Lovelace and Bob Barker*",
        "Engines That Weave - Ada Lovelace, Bob Barker",
        "Ada Lovelace and Bob Barker. Engines That Weave. Annals of Mills, 1843.",
        'Lovelace, Ada, and Bob Barker. "Engines That Weave." Annals of Mills 3 (1843).',
        f"[Engines That Weave]({ABS}) by Ada Lovelace and Bob Barker. ICML 2020.",
        f"**Engines That Weave**, ICML'20, Ada Lovelace, Bob Barker [[paper]]({ABS}) [[code]](https://github.com/a/b)",
        "(Paper 12) **Engines That Weave** Ada Lovelace, Bob Barker",
    ],
)
def test_title_and_names(line: str) -> None:
    read = read_reference(line)
    assert (read.title, read.authors) == ("Engines That Weave", NAMES)


def test_a_citation() -> None:
    read = read_reference(
        "Lovelace, A., & Barker, B. (1951). Engines that weave. *Annals of Mills*, 3. https://doi.org/10.1234/x.5"
    )
    assert (read.title, read.authors, str(read.date)) == ("Engines that weave", ("A. Lovelace", "B. Barker"), "1951")
    assert read.identifiers.doi == "10.1234/x.5"


@pytest.mark.parametrize(
    ("line", "title", "venue", "date", "arxiv"),
    [
        (f"(2023-05) **Engines That Weave** [paper]({ABS})", "Engines That Weave", "", "2023-05", "2109.08141"),
        (f"**[CVPR'21]** Engines That Weave [[pdf]]({ABS})", "Engines That Weave", "CVPR'21", "2021", "2109.08141"),
        (
            f"NeurIPS2020: **Engines That Weave**. [paper]({ABS})",
            "Engines That Weave",
            "NeurIPS2020",
            "2020",
            "2109.08141",
        ),
        (
            f'**WV**: "Engines That Weave", ICCV, 2021 (*Mill*). [[Paper]({ABS})]',
            "Engines That Weave",
            "ICCV, 2021",
            "2021",
            "2109.08141",
        ),
        (f"Engines That Weave (#1128) [[arXiv]]({ABS})", "Engines That Weave", "", "None", "2109.08141"),
        (f"Engines That Weave, jan 2016, [arxiv]({ABS})", "Engines That Weave", "", "2016-01", "2109.08141"),
        (
            f"[Engines That Weave]({ABS}), Lovelace et al., CVPR 2021 | [github](https://github.com/a/b)",
            "Engines That Weave",
            "CVPR 2021",
            "2021",
            "2109.08141",
        ),
        ("Looms and Mills: Transfer of Weaves", "Looms and Mills: Transfer of Weaves", "", "None", ""),
        ("Yarn, Power, and Patronage: The Mills", "Yarn, Power, and Patronage: The Mills", "", "None", ""),
    ],
)
def test_venue_date_and_ids(line: str, title: str, venue: str, date: str, arxiv: str) -> None:
    read = read_reference(line)
    assert (read.title, read.venue, str(read.date), read.identifiers.arxiv) == (title, venue, date, arxiv)


def test_links_have_names_and_each_its_own() -> None:
    read = read_reference(
        f"**Engines That Weave** [pdf]({ABS.replace('abs', 'pdf')}) [code](https://github.com/a/b) [code](https://github.com/a/c)"
    )
    assert [name for name, _ in read.links] == ["pdf", "code", "code-2"]


def test_what_else_a_line_says_is_kept() -> None:
    read = read_reference(
        f"[Engines That Weave]({ABS}) - The first look at looms as machines that compute with thread."
    )
    assert read.rest == ("The first look at looms as machines that compute with thread.",)
    assert not read.authors
