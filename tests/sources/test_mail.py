"""Mails are unwrapped and handed to the format of their text."""

from __future__ import annotations

from datetime import UTC, date, datetime
from email.message import EmailMessage

import pytest
from invented_papers import PAPERS
from test_arxiv_mail import mailed

from digest.model import Document, Item, Noise, Problem
from digest.sources import read_document
from digest.sources.layouts import mail


def wrapped(
    text: str, *, sent: str = "Thu, 16 Mar 2023 20:35:00 -0400", cte: str = "base64", subtype: str = "plain"
) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"], message["Date"] = (
        "a@example.org",
        "b@example.org",
        "daily",
        sent,
    )
    message.set_content(text, cte=cte, subtype=subtype)
    return message


def read(text: str) -> tuple[list[Item], list[Problem]]:
    reading = read_document(Document("mail.eml", text))
    assert reading.format == "mail"
    found = list(reading.found)
    assert any(isinstance(each, Noise) and "Subject: daily" in each.text for each in found)
    return [each for each in found if isinstance(each, Item)], [each for each in found if isinstance(each, Problem)]


BODY = mailed().split("\n\n", 1)[1]


@pytest.mark.parametrize("cte", ["8bit", "quoted-printable", "base64"])
def test_the_listing_in_a_mail(cte: str) -> None:
    text = wrapped(BODY, cte=cte).as_string()
    if cte == "8bit":
        text = f"From: a\nTo: b\nSubject: daily\nDate: Thu, 16 Mar 2023 20:35:00 -0400\n\n{BODY}"
    items, problems = read(text)
    assert not problems
    assert [item.title for item in items] == [paper.title for paper in PAPERS]
    assert {item.day for item in items} == {date(2023, 3, 16)}
    if cte == "8bit":
        lines = text.split("\n")
        assert all(item.identifiers.arxiv in lines[item.span.line - 1] for item in items)


@pytest.mark.parametrize("form", ["<html><body><pre>{}</pre></body></html>", "<div>{}</div>"])
def test_the_listing_in_a_page_of_html(form: str) -> None:
    page = BODY.replace("&", "&amp;").replace("<", "&lt;")
    page = form.format(page if "<pre>" in form else page.replace("  ", "&nbsp; ").replace("\n", "<br>"))
    items, problems = read(wrapped(page, subtype="html").as_string())
    assert not problems
    assert [item.title for item in items] == [paper.title for paper in PAPERS]


def test_a_mailbox_of_many_mails_keeps_the_day_of_each() -> None:
    others = wrapped("Shall we meet in the garden?\n").as_string()
    days = [
        wrapped(BODY.replace("Thu 16 Mar", f"Thu {day} Mar"), sent=f"{day} Mar 2023 20:35:00 -0400") for day in (16, 23)
    ]
    box = "\n".join(
        f"From a Thu Mar 16 20:35:00 2023\n{text}\n" for text in (others, *(each.as_string() for each in days))
    )
    items, problems = read(box)
    assert {item.day for item in items} == {date(2023, 3, 16), date(2023, 3, 23)}
    assert [(problem.severity, problem.code) for problem in problems] == [("note", "DG301")]


def test_papers_of_another_layout_have_the_instant_of_the_mail() -> None:
    page = "".join(f"Abstract: {paper.abstract}\n\n\n" for paper in PAPERS[:3])
    items, problems = read(wrapped(page, sent="Thu, 2 May 2024 10:00:00 +0000").as_string())
    assert not problems
    assert len(items) == 3
    assert {item.day for item in items} == {datetime(2024, 5, 2, 10, tzinfo=UTC)}


def test_a_mail_without_papers_says_so() -> None:
    items, problems = read(wrapped("Shall we meet in the garden?\n").as_string())
    assert not items
    assert [(problem.severity, problem.code) for problem in problems] == [("error", "DG301")]


def test_parts_within_parts_without_end_are_a_problem() -> None:
    depth = 3000
    text = "From: a\nTo: b\nSubject: daily\n" + "".join(
        f"Content-Type: multipart/mixed; boundary=b{number}\n\n--b{number}\n" for number in range(depth)
    )
    found = list(mail.SOURCE.read(Document("mail.eml", text)))
    assert [each.code for each in found if isinstance(each, Problem)] in ([], ["DG308"])
