"""Mails and mailboxes: what they hold is handed to the format that it is of, arXiv's listings above all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date
from itertools import chain
from typing import Final

from digest.formats import arxiv_listings, mail
from digest.formats.mail import Letter, Part
from digest.model import Document, Found, Item, Noise, Problem, Span
from digest.sources import registry
from digest.sources.arxiv.arxiv_mail import read_listings


class Mail:
    """A mail as its file holds it, or a mailbox of many."""

    name: Final = "mail"

    def recognise(self, document: Document) -> float:
        """Surer than the formats that a mail may hold: they begin with no fields of a mail."""
        return 0.97 if mail.looks_like_mail(document.head) else 0.0

    def read(self, document: Document) -> Iterator[Found]:
        """What the texts of every mail give; one of several that holds nothing known is passed over with a note."""
        mails = mail.split_mails(document.lines())
        first = next(mails, None)
        second = next(mails, None)
        for line, text in chain(filter(None, (first, second)), mails):
            try:
                letters = list(mail.read_mail(text))
                alone = second is None and sum(len(letter.parts) for letter in letters) == 1
                for letter in letters:
                    yield from _read_letter(document.name, letter, line, alone=alone)
            except RecursionError:
                hint = "save the text of the mail and import that"
                yield Problem("error", "DG308", "parts of this mail nest without end", Span(document.name, line), hint)


SOURCE: Final = Mail()


def _read_letter(path: str, letter: Letter, line: int, *, alone: bool) -> Iterator[Found]:
    """What one mail gives; `line` is its first in the document."""
    header = "\n".join(f"{name}: {value}" for name, value in letter.fields)
    if header:
        yield Noise(Span(path, line), header)
    for part in letter.parts:
        above = line + part.line - 2 if part.line else 0
        for found in _read_part(path, letter, part):
            # What was decoded stands on no line of the document: the first of its mail is the place.
            place = found.span or Span(path)
            place = replace(place, line=above + place.line) if above else Span(path, line)
            yield _passed_over(found, place) if isinstance(found, Problem) and not alone else replace(found, span=place)


def _passed_over(problem: Problem, place: Span) -> Problem:
    """A problem of one text of several, among which may well be others than those with papers."""
    if problem.code != "DG301":
        return replace(problem, span=place)
    return replace(problem, span=place, severity="note", message="nothing in this mail is known as papers")


def _read_part(path: str, letter: Letter, part: Part) -> Iterable[Found]:
    text = mail.text_of_html(part.text) if part.is_html else part.text
    if arxiv_listings.looks_like_listing(text):
        return read_listings(path, text.split("\n"), sent=_evening(letter))
    others = tuple(source for source in registry.load_sources() if source.name != SOURCE.name)
    return (_dated(found, letter) for found in registry.read_document(Document(path, part.text), None, others).found)


def _evening(letter: Letter) -> date | None:
    zone = letter.sent and letter.sent.tzinfo
    return arxiv_listings.evening_before(letter.sent.astimezone(UTC)) if letter.sent and zone else None


def _dated(found: Found, letter: Letter) -> Found:
    """An item with the instant at which its mail was sent, unless it states a day of its own."""
    if not isinstance(found, Item) or found.day is not None or letter.sent is None:
        return found
    return replace(found, day=letter.sent if letter.sent.tzinfo else letter.sent.date())
