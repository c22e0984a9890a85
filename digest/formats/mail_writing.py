"""A mail as a file, `.eml` (RFC 5322, MIME): text and HTML, the same bytes for the same letter."""

from __future__ import annotations

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import getaddresses, parseaddr
from hashlib import blake2b
from typing import Final

from digest.formats.patterns import lazily
from digest.model import Letter

# Blanks, controls, signs that turn a line around, and halves of characters.
_CONTROL: Final = lazily(r"[\x00-\x20\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+")
_LOCAL: Final = lazily(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_HOST: Final = lazily(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_LONGEST: Final = 250  # characters of a header's text: programs cut what is longer


def write_letter(letter: Letter) -> bytes:
    """The file, its lines ending in CRLF. No text of a site can begin a header of its own."""
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(letter.sender)
    message["To"] = [_address(recipient) for recipient in letter.recipients] or "undisclosed-recipients:;"
    message["Subject"] = header_text(letter.subject)
    message["Date"] = letter.time
    message["Message-ID"] = f"<{_fingerprint(letter)}@{letter.list_id}>"
    message["List-ID"] = f"{_phrase(letter.list_name)} <{letter.list_id}>"
    message["Archived-At"] = f"<{letter.archived_at}>"  # RFC 5064
    message.set_content(letter.text.rstrip("\n") + "\n", cte=_encoding(letter.text))
    message.add_alternative(letter.html.rstrip("\n") + "\n", subtype="html", cte=_encoding(letter.html))
    message["Content-Language"] = letter.language
    message.set_boundary(f"=_{_fingerprint(letter)}")  # of signs that no line of ours can hold: `=_` is not encoded so
    return message.as_bytes()


def size_of_html(letter: Letter) -> int:
    """How many bytes the HTML is as it travels."""
    part = EmailMessage(policy=SMTP)
    part.set_content(letter.html.rstrip("\n") + "\n", subtype="html", cte=_encoding(letter.html))
    return len(part.as_bytes())


def header_text(text: str) -> str:
    """A text for a header: one line, without signs that are no text."""
    # What looks like an encoded word (RFC 2047) would be decoded by the library, line ends and all.
    line = _CONTROL.sub(" ", text).replace("=?", "= ?").strip()
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


def read_address(text: str) -> str:
    """An address of mail, with a name before it or without, as a header holds it; empty if it is none."""
    if _CONTROL.sub(" ", text) != text:
        return ""
    if len(getaddresses([text])) != 1:
        return ""
    name, address = parseaddr(text)
    local, _, host = address.rpartition("@")
    if not _LOCAL.fullmatch(local) or not _HOST.fullmatch(host) or ".." in host:
        return ""
    return str(Address(name, addr_spec=address))


def _encoding(text: str) -> str:
    """How a text travels: as one that can be read along the way, unless most of it would be in code."""
    coded = len(text.encode("utf-8", "replace")) - len(text)
    return "quoted-printable" if coded * 6 < len(text) else "base64"


def _address(text: str) -> Address:
    name, address = parseaddr(header_text(text))
    return Address(name, addr_spec=address)


def _phrase(text: str) -> str:
    """A name before an address: quoted, as letters of ASCII, since this header is not decoded by all who read it."""
    plain = header_text(text).encode("ascii", "ignore").decode()
    words = " ".join(re.sub(r'["\\<>]', "", plain).split())
    return f'"{words}"' if words else '"digest"'


def _fingerprint(letter: Letter) -> str:
    """What tells this letter from others; the same letter, sent twice, is known again."""
    parts = (letter.subject, letter.archived_at, letter.time.isoformat(), letter.text, letter.html)
    data = "\x00".join(parts).encode("utf-8", "replace")
    return blake2b(data, digest_size=16).hexdigest()
