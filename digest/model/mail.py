"""A day of the digest as a mail. A template of mails sees one of these and nothing else."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from digest.model.values import dataclass
from digest.model.views import DayLabel, Html, Link


@dataclass(frozen=True, slots=True)
class MailEntry:
    """One entry of a mail; every address is absolute. `body` is what programs for mail can show, `text` is the same.

    `complete` says that the body is all there is; it is empty where there is room for the title only. `language` is
    empty where it is that of the site. `facts` are short texts: venue, date of publication.
    """

    title: str
    permalink: str
    language: str
    authors: tuple[str, ...]
    facts: tuple[str, ...]
    links: tuple[Link, ...]
    body: Html
    text: str
    complete: bool


@dataclass(frozen=True, slots=True)
class DayMail:
    """One day, every address absolute. `more` is how many entries only the page of the day has.

    `time` is the beginning of the day, `list_id` names the list of all such mails (RFC 2919). `home`, `archive` and
    `subscribe` are pages of the site, the last one empty where it has no feeds.
    """

    html_template: ClassVar[str] = "mail.html"
    text_template: ClassVar[str] = "mail.txt"

    title: str
    description: str
    day: DayLabel
    time: datetime
    entries: tuple[MailEntry, ...]
    more: int
    site: str
    home: str
    archive: str
    subscribe: str
    author: str
    license: str
    language: str
    direction: str
    list_id: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail with its two bodies and those it is from and to, each as a header holds them."""

    sender: str
    recipients: tuple[str, ...]
    subject: str
    time: datetime
    html: str
    text: str
    list_id: str
    list_name: str
    archived_at: str
    language: str
