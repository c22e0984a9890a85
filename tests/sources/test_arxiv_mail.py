"""arXiv's daily e-mail, as it is sent, copied and quoted."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from invented_papers import PAPERS, Paper, squeeze, wrap

from digest.model import Document, Found, Item, Noise, PartialDate, Problem
from digest.sources import recognise_source
from digest.sources.arxiv import arxiv_mail

RULE = "-" * 78 + "\n"
HEAD = (
    "Date: Fri, 17 Mar 23 00:31:14 GMT\nSubject: garden daily Subj-class mailing\n\n" + RULE + RULE
    + "Send any comments regarding submissions directly to submitter.\n" + RULE
    + "Archives at http://arxiv.org/\nTo unsubscribe, e-mail To: garden@arXiv.org, Subject: cancel\n" + RULE
    + " Submissions to:\nGardens\n received from  Wed 15 Mar 23 18:00:00 GMT  to  Thu 16 Mar 23 18:00:00 GMT\n" + RULE
)  # fmt: skip
END = "%%%---" * 13 + "\nFor general information see the archive.\n"


def fold(text: str) -> str:
    return wrap(text, 76).replace("\n", "\n  ")


def block(paper: Paper, *, cross: str = "", more: str = "") -> str:
    abstract = "\n".join(
        "  " + wrap(each, 79) for each in re.sub(r"(?<!\n)\n(?!\n)", " ", paper.abstract).split("\n\n")
    )
    return (
        f"\\\\\narXiv:{paper.arxiv}{cross}\nDate: Wed, 15 Mar 2023 18:34:08 GMT   (243kb,D)\n\n"
        f"{fold('Title: ' + paper.title)}\n"
        f"{fold('Authors: ' + ', '.join(paper.authors))}\nCategories: cs.LG stat.ML\n{more}"
        f"\\\\\n{abstract}\n\\\\ ( https://arxiv.org/abs/{paper.arxiv} ,  243kb)\n"
    )


def replaced(paper: Paper) -> str:
    return (
        f"\\\\\narXiv:{paper.arxiv}\nreplaced with revised version Thu, 16 Mar 2023 11:51:32 GMT   (38kb)\n\n"
        f"{fold('Title: ' + paper.title)}\n{fold('Authors: ' + ', '.join(paper.authors))}\nCategories: cs.LG\n"
        f"\\\\ ( https://arxiv.org/abs/{paper.arxiv} ,  38kb)\n"
    )


def mailed() -> str:
    return (
        HEAD + RULE.join(block(paper) for paper in PAPERS[:4]) + "%-" * 39 + "\n" + RULE
        + RULE.join(block(paper, cross=" (*cross-listing*)") for paper in PAPERS[4:6]) + "%%--" * 19 + "%%\n" + RULE
        + RULE.join(replaced(paper) for paper in PAPERS[6:]) + END
    )  # fmt: skip


def read(text: str) -> list[Found]:
    document = Document("mail.txt", text)
    assert arxiv_mail.SOURCE.recognise(document) > 0.9
    return list(arxiv_mail.SOURCE.read(document))


def items_of(text: str) -> list[Item]:
    found = read(text)
    assert not [each for each in found if isinstance(each, Problem)]
    return [each for each in found if isinstance(each, Item)]


FORMS: dict[str, Callable[[str], str]] = {
    "sent": lambda text: text,
    "copied": lambda text: text.split("\n\n", 1)[1],
    "quoted": lambda text: "".join(f"> {line}\n" for line in text.split("\n")),
    "quoted twice": lambda text: "".join(f">> {line}\n" for line in text.split("\n")),
    "indented": lambda text: "".join(f"    {line}\n" for line in text.split("\n")),
    "hard blanks": lambda text: re.sub(r"(?m)^ +", lambda found: "\u00a0" * len(found[0]), text),
    "double spaced": lambda text: text.replace("\n", "\n\n"),
    "one bar": lambda text: text.replace("\\\\\n", "\\\n").replace("\\\\ (", "\\ ("),
    "no blanks": lambda text: "\n".join(line.strip() for line in text.split("\n")),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_paper_of_a_mail(form: str) -> None:
    text = FORMS[form](mailed())
    lines = text.split("\n")
    items = items_of(text)
    assert [item.title for item in items] == [paper.title for paper in PAPERS]
    for number, (item, paper) in enumerate(zip(items, PAPERS, strict=True)):
        assert item.authors == paper.authors
        assert item.identifiers.arxiv == paper.arxiv
        assert item.day == date(2023, 3, 16)
        assert item.links == (("paper", f"https://arxiv.org/abs/{paper.arxiv}"),)
        assert squeeze(item.body) == ("" if number >= 6 else squeeze(paper.abstract))
        assert paper.arxiv in lines[item.span.line - 1]
    assert {item.published for item in items[:6]} == {PartialDate(2023, 3, 15)}
    assert items[6].published == PartialDate(2019, 11)  # as its id tells: the mail tells of the revision only
    assert {item.updated for item in items[6:]} == {PartialDate(2023, 3, 16)}
    assert dict(items[0].details)["categories"] == "cs.LG stat.ML"


def test_blanks_at_the_ends_of_lines_hide_no_listing() -> None:
    text = re.sub(r"(?m)$", "  ", mailed())
    source = recognise_source(Document("mail.txt", text))
    assert source is arxiv_mail.SOURCE
    assert [found for found in read(text) if isinstance(found, Item)] == [
        found for found in read(mailed()) if isinstance(found, Item)
    ]


def test_all_fields_are_kept() -> None:
    more = (
        "Comments: 12 pages,\n  3 figures\nReport-no: GARDEN-1\nMSC-class: 60G65, 91B16\nACM-class: I.2.0\n"
        "Journal-ref: Journal of Gardens 12 (2022)\n  1-9\nDOI: 10.1000/a.b 10.1000/c.d\n"
        "License: http://creativecommons.org/licenses/by/4.0/\nProxy: a friend\n"
    )
    found = read(HEAD + block(PAPERS[0], more=more) + END)
    (item,) = (each for each in found if isinstance(each, Item))
    assert item.venue == "Journal of Gardens 12 (2022) 1-9"
    assert item.identifiers.doi == "10.1000/a.b"
    assert item.license == "http://creativecommons.org/licenses/by/4.0/"
    assert dict(item.details) == {
        "comment": "12 pages, 3 figures",
        "categories": "cs.LG stat.ML",
        "report": "GARDEN-1",
        "msc": "60G65, 91B16",
        "acm": "I.2.0",
        "related-doi": "10.1000/c.d",
    }
    assert "proxy: a friend" in [each.text for each in found if isinstance(each, Noise)]


def test_the_old_form() -> None:
    text = (
        f"{RULE}{RULE}\nPapers received as of Sat  1 Jan 00 00:00:02 GMT.\n{RULE}\\\\\nPaper: astro-ph/0001001\n"
        "From: Ada Lovelace  <ada@example.org>\nDate: Sat, 1 Jan 2000 02:05:30 GMT   (29kb)\n"
        "Date (revised v2): Tue, 4 Jan 2000 21:59:55 GMT   (30kb)\n\nTitle: Soil of Other Planets\n"
        "Authors: A. Lovelace (Society) and A. Author\nComments: LaTeX\nSubj-class: Soil\n\\\\\n" + RULE
    )
    (item,) = items_of(text)
    assert (item.published, item.updated) == (PartialDate(2000, 1, 1), PartialDate(2000, 1, 4))
    assert (item.identifiers.arxiv, item.identifiers.version) == ("astro-ph/0001001", 2)
    assert item.authors == ("A. Lovelace", "A. Author")
    assert (item.day, item.body) == (None, "")


def test_the_days_of_a_past_week() -> None:
    day = "\\\\\n/* {} */\n\\\\\n"
    text = RULE + RULE.join(
        [day.format("Fri, 3 Mar 2023"), block(PAPERS[0]), day.format("Thu, 2 Mar 2023"), block(PAPERS[1])]
    )
    assert [item.day for item in items_of(text)] == [date(2023, 3, 3), date(2023, 3, 2)]


def test_several_mails_in_one_document() -> None:
    later = mailed().replace("Fri, 17 Mar 23", "Sat, 18 Mar 23").replace("Thu 16 Mar", "Fri 17 Mar")
    assert {item.day for item in items_of(mailed() + later)} == {date(2023, 3, 16), date(2023, 3, 17)}
    copied = [text.split("\n\n", 1)[1] for text in (mailed(), later)]
    assert {item.day for item in items_of("\n".join(copied))} == {date(2023, 3, 16), date(2023, 3, 17)}


def test_a_mail_sent_on_weeks_later_is_of_its_own_day() -> None:
    assert {item.day for item in items_of(mailed().replace("Fri, 17 Mar 23", "Fri, 31 Mar 23"))} == {date(2023, 3, 16)}


def test_a_mail_that_is_cut_keeps_every_paper_and_says_so() -> None:
    text = HEAD + block(PAPERS[0]) + RULE + block(PAPERS[1])[:-120]
    found = read(text)
    assert len([each for each in found if isinstance(each, Item)]) == 2
    (problem,) = (each for each in found if isinstance(each, Problem))
    assert (problem.severity, problem.code) == ("warning", "DG308")


def test_a_block_without_a_title_is_told_and_kept() -> None:
    text = (
        HEAD
        + "\\\\\narXiv:2303.00001\nDate: Wed, 15 Mar 2023 18:34:08 GMT\n\\\\\n  Soil.\n\\\\\n"
        + RULE
        + block(PAPERS[0])
    )
    found = read(text)
    assert [each.title for each in found if isinstance(each, Item)] == ["", PAPERS[0].title]
    (problem,) = (each for each in found if isinstance(each, Problem))
    assert problem.message == "a paper of the listing has no title"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Papers\n\narXiv:2303.00001 is one.\n",
        "arXiv:2303.00001\nA Title\nAda Lovelace\n",
        "<html><pre>\\\\\narXiv:2303.00001\nDate: x\n</pre></html>",
        "\\\\\nA line of TeX\n\\\\\n",
    ],
)
def test_other_documents_are_none(text: str) -> None:
    assert arxiv_mail.SOURCE.recognise(Document("page.txt", text)) == 0


def test_many_papers_are_read_one_by_one() -> None:
    stream = arxiv_mail.read_listings("mail.txt", (line for _ in iter(int, 1) for line in block(PAPERS[0]).split("\n")))
    assert [type(next(stream)).__name__ for _ in range(3)].count("Item") >= 1
