"""Mails as their files hold them."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.formats import mail

PLAIN = "From: Ada Lovelace <ada@example.org>\nTo: you@example.org\nDate: Thu, 2 May 2024 10:00:00 +0000\n"
TEXT = (
    "Schöne Gärten = alles.\n\nFrom here on: more, and a line that is so long that its encoding must break it in two.\n"
)


def letter(cte: str, charset: str) -> str:
    if cte == "8bit":
        mime = f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n"
        return f"{PLAIN}Subject: Gärten\n{mime}\n{TEXT}"
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "ada@example.org", "you@example.org", "Gärten"
    message["Date"] = "Thu, 2 May 2024 10:00:00 +0000"
    message.set_content(TEXT, cte=cte, charset=charset)
    return message.as_string()


@pytest.mark.parametrize("cte", ["8bit", "quoted-printable", "base64"])
@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_text_is_decoded(cte: str, charset: str) -> None:
    text = letter(cte=cte, charset=charset)
    (read,) = mail.read_mail(text)
    assert [part.text.strip() for part in read.parts] == [TEXT.strip()]
    assert dict(read.fields)["Subject"] == "Gärten"
    assert read.sent == datetime(2024, 5, 2, 10, tzinfo=UTC)
    assert (read.parts[0].line > 0) == (cte == "8bit")


def test_plain_text_is_taken_before_html_and_html_where_there_is_no_other() -> None:
    message = EmailMessage()
    message.set_content("plain\n")
    message.add_alternative("<p>marked</p>", subtype="html")
    assert [part.text for part in next(mail.read_mail(message.as_string())).parts] == ["plain\n"]
    message = EmailMessage()
    message.set_content("<p>marked</p>", subtype="html")
    (part,) = next(mail.read_mail(message.as_string())).parts
    assert (part.is_html, mail.text_of_html(part.text).strip()) == (True, "marked")


def test_a_mail_within_a_mail_is_a_letter_of_its_own() -> None:
    outer = EmailMessage()
    outer["Date"] = "Thu, 9 May 2024 10:00:00 +0000"
    outer.set_content("see below\n")
    inner = EmailMessage()
    inner["Date"] = "Thu, 2 May 2024 10:00:00 +0000"
    inner.set_content("soil\n")
    outer.add_attachment(inner)
    read = list(mail.read_mail(outer.as_string()))
    assert [[part.text for part in each.parts] for each in read] == [["see below\n"], ["soil\n"]]
    assert [each.sent.day for each in read if each.sent] == [9, 2]


def test_a_mailbox_gives_its_mails_one_by_one() -> None:
    postmark = "From ada@example.org Thu May  2 10:00:00 2024\n"
    box = f"{postmark}{PLAIN}\none\n>From here\n\n{postmark}{PLAIN}\ntwo\n"
    mails = list(mail.split_mails(box.split("\n")))
    assert [line for line, _ in mails] == [2, 10]
    assert mails[0][1].endswith("one\nFrom here\n")
    assert len(list(mail.split_mails(f"{PLAIN}\none\n\nFrom here to there 2024\n".split("\n")))) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{PLAIN}\nsoil\n", True),
        (f"\ufeff{PLAIN}Received: from a\n  by b\n\nsoil\n", True),
        (f"From ada@example.org Thu May  2 10:00:00 2024\n{PLAIN}\nsoil\n", True),
        ("Date: Fri, 17 Mar 23 00:31:14 GMT\nSubject: garden daily\n\nsoil\n", False),
        ("Title: Soil\nDate: 2024-05-02\nAuthor: Ada\n\nsoil\n", False),
        ("From: Ada\nsoil and water\nTo: you\nDate: x\n", False),
        ("", False),
    ],
)
def test_what_is_a_mail(text: str, expected: bool) -> None:
    assert mail.looks_like_mail(text) is expected


@pytest.mark.parametrize(
    "header",
    ["Content-Type: text/plain; charset=klingon", "Content-Transfer-Encoding: base64", "Content-Type: multipart/mixed",
     "Date: never", "Date: Thu, 99 May 2024 10:00:00 +9999", "Subject: =?utf-8?q?=ff?= =?x-none?b?AAA?="],
)  # fmt: skip
def test_a_mail_that_lies_is_read_all_the_same(header: str) -> None:
    assert list(mail.read_mail(f"From: a\nTo: b\n{header}\n\nsoil\n"))


@settings(deadline=None, max_examples=80)
@given(st.lists(st.sampled_from(["From: a", "To: b", "Content-Type: multipart/mixed; boundary=x", "--x", "--x--", "",
                                 "Content-Type: message/rfc822", "Content-Transfer-Encoding: quoted-printable", "=",
                                 "Content-Type: text/html", "<p>", "=C3", "Date: 1", "From a b 2024", "\udcff", "ä"]),
                max_size=20))  # fmt: skip
def test_no_mail_is_too_odd(lines: list[str]) -> None:
    for _, text in mail.split_mails(lines):
        for read in mail.read_mail(text):
            for part in read.parts:
                mail.text_of_html(part.text)
    mail.looks_like_mail("\n".join(lines))


def test_a_subject_of_no_charset_stays_as_it_is_written() -> None:
    (letter,) = mail.read_mail("From: a\nTo: b\nSubject: =?ut\ufffdf-8?Q?beans?=\n\nBeans grow.\n")
    assert ("Subject", "=?ut\ufffdf-8?Q?beans?=") in letter.fields
