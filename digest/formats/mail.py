"""Mails as files hold them (RFC 5322, MIME; mailboxes, RFC 4155): what they say, decoded; nothing of them is run."""

from __future__ import annotations

import email
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from typing import Final

from digest.formats.patterns import lazily

_FIELD: Final = lazily(r"(?P<name>[A-Za-z][A-Za-z0-9-]*):(?:[ \t]|$)")
_POSTMARK: Final = lazily(r"From \S+ .*[0-9]{4}\s*(?:[+-][0-9]{4})?")
# One of these at least stands above every mail, and above no other kind of text that begins with fields.
_OF_MAIL_LIST: Final = (
    "to cc message-id mime-version received return-path delivered-to content-type reply-to sender list-id "
    "x-mozilla-status x-originating-ip dkim-signature authentication-results"
)
_OF_MAIL: Final = frozenset(_OF_MAIL_LIST.split())
_SHOWN: Final = ("From", "To", "Subject", "Date")
_BLOCK_TAG_LIST: Final = "p div br tr li ul ol table h1 h2 h3 h4 h5 h6 blockquote pre hr section article"
_BLOCK_TAGS: Final = frozenset(_BLOCK_TAG_LIST.split())
_SILENT_TAGS: Final = frozenset({"script", "style", "head", "title"})
_AS_WRITTEN: Final = frozenset({"", "7bit", "8bit", "binary"})


@dataclass(frozen=True, slots=True)
class Part:
    """A text of a mail; `line` is its first in the text of the mail, 0 where it was decoded and stands on no line."""

    text: str
    line: int
    is_html: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail: the fields that a reader sees, when it was sent, and its texts."""

    fields: tuple[tuple[str, str], ...]
    sent: datetime | None
    parts: tuple[Part, ...]


def looks_like_mail(text: str) -> bool:
    """Whether a text begins with the fields of a mail and a blank line."""
    names: set[str] = set()
    for number, line in enumerate(text.lstrip("\ufeff\n").split("\n")):
        if number == 0 and _POSTMARK.fullmatch(line):
            continue
        if not line.strip():
            break
        field = _FIELD.match(line)
        if field:
            names.add(field["name"].casefold())
        elif not line[:1].isspace() or not names:
            return False
    return "from" in names and bool(names & {"date", "subject"}) and bool(names & _OF_MAIL)


def split_mails(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """(line, text) of every mail of a mailbox, one by one; a file of one mail is one."""
    start, mail, mailbox, blank = 1, list[str](), False, True
    for number, line in enumerate(lines, start=1):
        if blank and line.startswith("From ") and _POSTMARK.fullmatch(line):
            if any(each.strip() for each in mail):
                yield start, "\n".join(mail)
            start, mail, mailbox = number + 1, [], True
        elif mail or line.strip():
            mail.append(line[1:] if mailbox and line.startswith(">") and line.lstrip(">").startswith("From ") else line)
        else:
            start = number + 1
        blank = not line.strip()
    if any(each.strip() for each in mail):
        yield start, "\n".join(mail)


def read_mail(text: str) -> Iterator[Letter]:
    """The letters of a mail: itself, and those that it brings as attachments.

    Raises:
        RecursionError: parts within parts without end.
    """
    # Half a character, which no decoded document holds, would stop the library.
    text = text.encode("utf-8", "replace").decode("utf-8")
    message = email.message_from_string(text.lstrip("\ufeff\n"))
    yield from _letters(message, text)


def text_of_html(html: str) -> str:
    """The words of a page of HTML, a line for each of its blocks; what `pre` holds keeps its own lines."""
    reader = _TextReader()
    reader.feed(html)
    reader.close()
    return "".join(reader.pieces)


class _TextReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent = 0
        self._verbatim = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - of the library
        self._silent += tag in _SILENT_TAGS
        self._verbatim += tag == "pre"
        if tag in _BLOCK_TAGS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in _SILENT_TAGS))
        self._verbatim = max(0, self._verbatim - (tag == "pre"))
        if tag in _BLOCK_TAGS and tag != "br":
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(data if self._verbatim else re.sub(r"[ \t\r\n]+", " ", data))


def _letters(message: Message, source: str) -> Iterator[Letter]:
    parts: list[Message] = []
    enclosed: list[Message] = []
    waiting = [message]
    while waiting:
        part = waiting.pop(0)
        payload = part.get_payload()
        if part.get_content_type() == "message/rfc822" and isinstance(payload, list):
            enclosed += [each for each in payload if isinstance(each, Message)]
        elif isinstance(payload, list):
            waiting = [each for each in payload if isinstance(each, Message)] + waiting
        elif part.get_content_maintype() == "text":
            parts.append(part)
    plain = [part for part in parts if part.get_content_subtype() != "html"]
    texts = tuple(_read_part(part, source) for part in plain or parts)
    fields = tuple((name, _decoded(str(message[name]))) for name in _SHOWN if message[name] is not None)
    yield Letter(fields, _sent(message), tuple(text for text in texts if text.text.strip()))
    for each in enclosed:
        yield from _letters(each, source)


def _read_part(part: Message, source: str) -> Part:
    encoding = str(part.get("Content-Transfer-Encoding", "")).strip().casefold()
    is_html = part.get_content_subtype() == "html"
    payload = part.get_payload()
    if encoding in _AS_WRITTEN and isinstance(payload, str):
        # The document was decoded as a whole already, whatever the charset that the part names.
        place = source.find(payload)
        return Part(payload, source.count("\n", 0, place) + 1 if place >= 0 else 0, is_html)
    data = part.get_payload(decode=True)
    return Part(_decode(data if isinstance(data, bytes) else b"", part.get_content_charset() or "utf-8"), 0, is_html)


def _decode(data: bytes, charset: str) -> str:
    """The text of bytes; a charset that is none or does not fit gives way to UTF-8, then to Windows' Latin."""
    for name in (charset, "utf-8"):
        try:
            return data.decode(name).replace("\r\n", "\n").replace("\r", "\n")
        except (LookupError, ValueError):
            continue
    return data.decode("cp1252", "replace").replace("\r\n", "\n").replace("\r", "\n")


def _decoded(value: str) -> str:
    try:
        return " ".join(str(make_header(decode_header(value))).split())
    except (MessageError, LookupError, ValueError):
        return " ".join(value.split())


def _sent(message: Message) -> datetime | None:
    try:
        return parsedate_to_datetime(str(message["Date"]))
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
