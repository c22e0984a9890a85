"""Mails as files: whole, the same each time, and with no header that a text of the site made."""

from __future__ import annotations

import email
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email.message import EmailMessage
from email.policy import default

import pytest

from digest.formats.mail_writing import read_address, size_of_html, write_letter
from digest.model import Letter

LETTER = Letter(
    sender="Ann Author <ann@example.org>",
    recipients=("bob@example.org", "Émile <emile@example.org>"),
    subject="Paper Mornings: 6 December 2019",
    time=datetime(2019, 12, 6, tzinfo=timezone(timedelta(hours=1))),
    html="<p>Grüße</p>\n",
    text="Grüße\n-- \nBye\n",
    list_id="days.example.org",
    list_name="Paper Mornings",
    archived_at="https://example.org/2019/12/06/",
    language="en",
)


def read(letter: Letter) -> EmailMessage:
    message = email.message_from_bytes(write_letter(letter), policy=default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert isinstance(part, EmailMessage)
    assert not part.defects
    content: str = part.get_content()
    return content.replace("\r\n", "\n")


def test_it_holds_text_first_and_html_after_it() -> None:
    message = read(LETTER)
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert (body(message, "plain"), body(message, "html")) == (LETTER.text, LETTER.html)


def test_headers_say_who_what_and_when() -> None:
    message = read(LETTER)
    assert message["From"] == "Ann Author <ann@example.org>"
    assert message["To"] == "bob@example.org, Émile <emile@example.org>"
    assert message["Subject"] == LETTER.subject
    assert message["Date"] == "Fri, 06 Dec 2019 00:00:00 +0100"
    assert message["List-ID"] == '"Paper Mornings" <days.example.org>'
    assert message["Archived-At"] == "<https://example.org/2019/12/06/>"
    assert message["Message-ID"].endswith("@days.example.org>")
    assert read(replace(LETTER, recipients=()))["To"] == "undisclosed-recipients:;"


def test_it_is_the_same_file_each_time_and_another_where_it_says_anything_else() -> None:
    assert write_letter(LETTER) == write_letter(LETTER)
    other = replace(LETTER, text="Other\n")
    assert read(other)["Message-ID"] != read(LETTER)["Message-ID"]
    assert all(line.endswith(b"\r\n") for line in write_letter(LETTER).splitlines(keepends=True))


@pytest.mark.parametrize(
    "hostile",
    [
        "Fine\nBcc: all@example.org",
        "Fine\r\n\r\n<script>",
        "Fine\u2028Bcc: x",
        "a\x00b\x1bc",
        "\u202eturned",
        "=?utf-8?q?=0ABcc:_x?=",
        '"quoted" <x@example.org>',
        "漢字" * 200,
        "word " * 3_000,
        "\ud800",
        "",
    ],
)
def test_no_title_makes_a_header(hostile: str) -> None:
    message = read(replace(LETTER, subject=hostile, list_name=hostile, text=hostile.replace("\ud800", "")))
    names = ["From", "To", "Subject", "Date", "Message-ID", "List-ID", "Archived-At"]
    assert message.keys() == [*names, "MIME-Version", "Content-Type", "Content-Language"]
    assert message["List-ID"].count("<") == 1
    assert message["From"] == LETTER.sender
    assert len(message["Subject"]) <= 250
    assert body(message, "html") == LETTER.html


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ann@example.org", "ann@example.org"),
        ("Ann Author <ann@example.org>", "Ann Author <ann@example.org>"),
        ('"Author, Ann" <ann+x@example.org>', '"Author, Ann" <ann+x@example.org>'),
        ("ann", ""),
        ("ann@", ""),
        ("@example.org", ""),
        ("ann@example..org", ""),
        ("ann@example.org\nBcc: bob@example.org", ""),
        ("ann@example.org, bob@example.org", ""),
        ("", ""),
    ],
)
def test_addresses_of_mail(text: str, address: str) -> None:
    assert read_address(text) == address


def test_the_size_is_that_on_the_way() -> None:
    assert size_of_html(replace(LETTER, html="<p>" + "a=" * 40_000)) > 160_000


def test_most_letters_can_be_read_on_the_way() -> None:
    assert b"Gr=C3=BC=C3=9Fe und noch mehr Text" in write_letter(replace(LETTER, text="Grüße und noch mehr Text"))
    assert b"base64" in write_letter(replace(LETTER, text="漢字" * 20))
    assert replace(LETTER, time=LETTER.time.astimezone(UTC)) == LETTER
