"""Google Scholar's alerts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_papers import read_all

from digest.model import Document, Item, PartialDate, Reading
from digest.sources import recognise_source
from digest.sources.accounting import account_for
from digest.sources.layouts import scholar_alerts

ALERT = """[PDF] Straw and bark: a comparison
A Lovelace, BC Author, D van der Berg… - arXiv preprint arXiv:2401.00001, 2024
Mulch saves water. How much it saves depends on what it is made of, and nobody has
compared the kinds that people use …

[HTML][HTML] What a hedge adds to a field
Ü Writer - Journal of Gardens, 2023 - example.org
A hedge feeds birds, breaks the wind and holds the soil …
https://example.org/hedge

Soil
A Lovelace, B Author - 2019
Soil holds water …

This message was sent by Google Scholar because you're following new articles on gardens.
List alerts
Cancel alert
"""


def test_every_result() -> None:
    first, second, third = read_all(scholar_alerts.SOURCE, ALERT)
    assert first.title == "Straw and bark: a comparison"
    assert first.authors == ("A Lovelace", "BC Author", "D van der Berg")
    assert (first.identifiers.arxiv, first.published) == ("2401.00001", PartialDate(2024, 1))
    assert first.body.startswith("Mulch saves water.")
    assert "\n" not in first.body
    assert (second.venue, second.links) == ("Journal of Gardens", (("paper", "https://example.org/hedge"),))
    assert (third.title, third.venue, third.published) == ("Soil", "", PartialDate(2019))


def test_the_html_of_a_mail() -> None:
    page = """<html><body><div><h3><a href="https://scholar.google.com/scholar_url?url=https://moss.example/a%3Fb%3D1&amp;hl=en"
 class="gse_alrt_title">Straw and bark</a></h3><div>A Lovelace, B Author&nbsp;- Gardens, 2024</div>
<div class="gse_alrt_sni">Mulch saves water. How <br>much …</div><div><table><tr><td>Save</td></tr></table></div>
<h3><span>[PDF]</span> <a href="https://arxiv.org/pdf/2401.00001" class="gse_alrt_title">Soil</a></h3>
<div>C Writer&nbsp;- arXiv preprint arXiv:2401.00001, 2024</div><div class="gse_alrt_sni">Soil holds water …</div>
<p>This message was sent by Google Scholar</p><div>List alerts</div></div></body></html>"""
    document = Document("alert.html", page)
    assert recognise_source(document) is scholar_alerts.SOURCE
    first, second = (found for found in scholar_alerts.SOURCE.read(document) if isinstance(found, Item))
    assert (first.title, first.authors, first.venue) == ("Straw and bark", ("A Lovelace", "B Author"), "Gardens")
    assert (first.body, first.links) == ("Mulch saves water. How much …", (("paper", "https://moss.example/a?b=1"),))
    assert (second.title, second.identifiers.arxiv, second.body) == ("Soil", "2401.00001", "Soil holds water …")


def test_it_is_recognised() -> None:
    source = recognise_source(Document("mail.txt", ALERT))
    assert source is not None
    assert source.name == "scholar-alerts"


@pytest.mark.parametrize(
    "text",
    ["", "Soil\n\nWe met - in the garden, 2019\n", "A list\nOne - two, 2019\n", "Title - of a thing - 2019\nmore\n"],
)
def test_other_documents_are_none(text: str) -> None:
    assert scholar_alerts.SOURCE.recognise(Document("page.txt", text)) == 0


@settings(deadline=None, max_examples=80)
@given(st.lists(st.sampled_from([*ALERT.split("\n"), "Fr\\'echet - x, 2019"]), max_size=20))
def test_no_word_is_lost(lines: list[str]) -> None:
    document = Document("page.txt", "\n".join(lines))
    reading = scholar_alerts.SOURCE.read(document)
    assert isinstance(reading, Reading)
    assert account_for(document, reading) is None
