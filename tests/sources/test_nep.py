"""NEP reports of RePEc."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from digest.model import Document, Item, PartialDate, Reading
from digest.sources import read_document, recognise_source
from digest.sources.accounting import account_for
from digest.sources.layouts.nep import SOURCE

SPECIMEN = Path(__file__).parents[1] / "properties" / "specimens" / "nep.txt"
OLD = """----------------------------------------------------------------------------
NEP: New Economics Papers
Gardens
----------------------------------------------------------------------------

Edited by: Eve Editor
           Garden Institute
Date:      2005-10-29
Papers:    2

In this issue we have:
----------------------------------------------------------------------------

1. Weak Onions and Gardens
     Lovelace,Ada; Writer,Bo
2. On Leeks that are
   long
     Jan Garden

----------------------------------------------------------------------------

1. Weak Onions and Gardens

    Lovelace,Ada
    Writer,Bo

We water onions in a game. In it there are:
1. onions

A second paragraph.

Keywords: wet onions; games
JEL:      C72 D01
Date:     2005-08-31
URL:      http://d.repec.org/n?u=RePEc:gar:wpaper:2005039&r=gar

2. On Leeks that are
   long

    Jan Garden (University of Gardens)

Leeks are long.

Date:     2005
URL:      http://d.repec.org/n?u=RePEc:gar:wpaper:7848&r=gar

----------------------------------------------------------------------------
This nep-gar issue is by Eve Editor.
"""
LABELS_FIRST = """nep@lists.garden.example

1. Innovation in onions
Date: \t2005-11-07
By: \tAda Lovelace (University of Gardens,
Faculty of Onions)
Bo Writer
URL: \thttp://d.repec.org/n?u=RePEc:gar:wpaper:2005-17&r=all
We study onions. They innovate
when they are wet.
Keywords: \tInnovation, Onions
JEL: \tD81 O31

2. Leeks again
Date: \t2005-11
By: \tJan Garden
URL: \thttp://d.repec.org/n?u=RePEc:gar:wpaper:2005-18&r=all
Leeks are studied again.
"""


def read(text: str) -> Reading:
    document = Document("report.txt", text)
    assert recognise_source(document) is SOURCE
    reading = SOURCE.read(document)
    assert account_for(document, reading) is None
    return reading


def test_a_report_with_labels() -> None:
    first, second = read(SPECIMEN.read_text(encoding="utf-8")).items
    assert (first.title, first.authors) == ("Onion Taxation, Income and Gardens", ("Ada Lovelace", "Bo Writer"))
    assert first.body == "This paper taxes onions. It shows that onions are taxed best when they are wet."
    assert (first.day, first.published) == (date(2024, 7, 22), PartialDate(2024, 6))
    assert (first.tags, first.details) == (("onions", "taxation"), (("jel", "D14 E22"),))
    assert first.links == (("paper", "https://d.repec.org/n?u=RePEc:gar:wpaper:32585&r=gar"),)
    assert (second.authors, second.identifiers.arxiv) == (("Jan Garden",), "2301.00002")


def test_an_old_report_with_names_below_titles() -> None:
    first, second = read(OLD).items
    assert (first.title, first.authors) == ("Weak Onions and Gardens", ("Ada Lovelace", "Bo Writer"))
    assert first.body == "We water onions in a game. In it there are:\n1\\. onions\n\nA second paragraph."
    assert (first.day, first.published) == (date(2005, 10, 29), PartialDate(2005, 8, 31))
    assert first.tags == ("wet onions", "games")
    assert (second.title, second.authors, second.body) == ("On Leeks that are long", ("Jan Garden",), "Leeks are long.")


def test_labels_before_the_abstract() -> None:
    first, second = read(LABELS_FIRST).items
    assert (first.authors, first.body) == (
        ("Ada Lovelace", "Bo Writer"),
        "We study onions. They innovate when they are wet.",
    )
    assert (first.day, first.published) == (None, PartialDate(2005, 11, 7))
    assert first.tags == ("Innovation", "Onions")
    assert (second.published, second.body) == (PartialDate(2005, 11), "Leeks are studied again.")


@pytest.mark.parametrize("above", ["", "From ernad at nep.example  Wed Nov  2 03:26:25 2005\n"])
def test_a_mail_is_opened_first(above: str) -> None:
    head = f"{above}From: ernad@nep.example\nDate: Wed, 02 Nov 2005 03:26:27 +0000\nSubject: [nep-gar]\n"
    head += "Message-ID: <1@nep.example>\n\n"
    told = read_document(Document("a.txt", head + OLD))
    assert told.format == "mail"
    assert [found.day for found in told.found if isinstance(found, Item)] == [date(2005, 10, 29)] * 2
