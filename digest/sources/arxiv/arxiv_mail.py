"""arXiv's daily e-mail: new papers, cross-lists and replacements; monthly listings and `.abs` files are of its form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from digest.formats import arxiv_listings, author_lines, identifiers, wrapped_text
from digest.formats.arxiv_listings import Between, Block
from digest.formats.tex_accents import letters_from_tex
from digest.model import Document, Found, Identifiers, Item, Noise, PartialDate, Problem, Span
from digest.sources.records import Field, Record

_FIELD_DETAILS: Final = {
    "comments": "comment",
    "categories": "categories",
    "subj-class": "subjects",
    "report-no": "report",
    "msc-class": "msc",
    "acm-class": "acm",
    "related-doi": "related-doi",
}
_ADDRESS: Final = re.compile(r"https?://[^\s,<>()]+")
# In days: a mail that was sent later than that after the last paper came in was sent again by somebody.
_LATEST: Final = 6


@dataclass(slots=True)
class _Days:
    """What the lines between the blocks tell of the day of the blocks below them."""

    sent: date | None = None
    last: date | None = None
    headed: date | None = None

    @property
    def day(self) -> date | None:
        """The evening of the announcement; where no mail tells it, the last day on which papers came in."""
        if self.headed:
            return self.headed
        if self.sent and self.last and not timedelta(0) <= self.sent - self.last <= timedelta(_LATEST):
            return self.last
        return self.sent or self.last

    def read(self, line: str) -> None:
        """Take in a line between the blocks."""
        if sent := arxiv_listings.evening_of(line):
            self.sent, self.last, self.headed = sent, None, None
        elif last := arxiv_listings.window_end(line):
            # Without a header of its own the next listing in a document is not of the mail before.
            self.sent = None if self.last else self.sent
            self.last, self.headed = last, None
        elif headed := arxiv_listings.listing_day(line):
            self.headed = headed


class ArxivMail:
    """Listings of arXiv as text, mailed, quoted or copied."""

    name: Final = "arxiv-mail"

    def recognise(self, document: Document) -> float:
        r"""Nearly sure where `\\` opens a block with an arXiv id; a whole mail is for `mail` to open."""
        if document.head.lstrip("\ufeff \t\n")[:1] in {"<", "{"}:
            return 0.0
        return 0.95 if arxiv_listings.looks_like_listing(document.head) else 0.0

    def read(self, document: Document) -> Iterator[Found]:
        """Every paper of the listings; the lines between them are noise."""
        return read_listings(document.name, document.lines())


SOURCE: Final = ArxivMail()


def read_listings(path: str, lines: Iterable[str], *, sent: date | None = None) -> Iterator[Found]:
    """The papers of a text of listings, each with the day that its listing states; `sent` is that of a mail around."""
    days = _Days(sent)
    for found in arxiv_listings.read_listing(lines):
        if isinstance(found, Between):
            days.read(found.text)
            yield Noise(Span(path, found.line), found.text)
        else:
            yield from _read_block(path, found, days.day)


def _read_block(path: str, block: Block, day: date | None) -> Iterator[Found]:
    record = Record(path, [Field(field.name, field.value, field.line) for field in block.fields])
    span = Span(path, record.line_of("arxiv", "title"))
    names, other_dois = _identifiers(record)
    title = " ".join(letters_from_tex(record.take("title")).split())
    read = author_lines.parse_authors(record.take("authors"))
    replaced = bool(record.peek("replaced"))
    published = _day(record.take("date"))
    revised = [(field.name, _day(field.value)) for field in record.fields if field.name.startswith("date (revised")]
    if revised:
        record.drop(*(name for name, _ in revised))
        names = _with_version(names, revised[-1][0])
    address = _ADDRESS.search(record.take("address"))
    details = [(name, text) for label, name in _FIELD_DETAILS.items() if (text := " ".join(record.take_all(label)))]
    details += [("related-doi", doi) for doi in other_dois]
    yield Item(
        kind="abstract",
        body=wrapped_text.join_lines(block.abstract),
        span=span,
        title=title,
        day=day,
        # A replacement tells only when it was made; when the paper came out, its id tells.
        published=published or (identifiers.arxiv_month(names.arxiv) if names.arxiv else None),
        updated=next((found for _, found in reversed(revised) if found), None),
        authors=read.names,
        identifiers=names,
        venue=" ".join(letters_from_tex(record.take("journal-ref")).split()),
        links=(("paper", address[0]),) if address else (),
        details=tuple((name, letters_from_tex(text)) for name, text in details),
        license=record.take("license"),
    )
    for piece in read.rest:
        yield Noise(Span(path, record.line_of("authors")), piece)
    yield from record.noise()
    yield from _doubts(path, block, record, names, title, replaced=replaced)


def _identifiers(record: Record) -> tuple[Identifiers, list[str]]:
    """(the ids of a paper, the DOIs behind the first)."""
    arxiv = identifiers.parse_arxiv(record.take("arxiv"))
    written = re.split(r"[\s,;]+(?=(?:doi:|https?://\S*doi\.org/)?10\.)", record.take("doi"))
    dois = [doi for text in written if (doi := identifiers.parse_doi(text.strip(" ,;")))]
    of_arxiv = [doi for doi in dois if identifiers.parse_arxiv(doi)]
    dois = [doi for doi in dois if doi not in of_arxiv]
    name, version = arxiv or ("", None)
    return Identifiers(arxiv=name, version=version, doi=dois[0] if dois else ""), dois[1:]


def _with_version(names: Identifiers, label: str) -> Identifiers:
    """The ids with the version of `date (revised v2)`."""
    match = re.search(r"v([0-9]{1,3})", label)
    return Identifiers(arxiv=names.arxiv, version=int(match[1]), doi=names.doi) if match and names.arxiv else names


def _day(text: str) -> PartialDate | None:
    day = arxiv_listings.parse_moment(text)[0]
    return PartialDate(day.year, day.month, day.day) if day else None


def _doubts(
    path: str, block: Block, record: Record, names: Identifiers, title: str, *, replaced: bool
) -> Iterator[Problem]:
    """What is wrong with a block that was read all the same."""
    span = Span(path, record.line_of("arxiv", "title"))
    missing = [name for name, text in (("arXiv id", names.arxiv), ("title", title)) if not text]
    if missing:
        hint = "look at the block in the document; all the same, it was taken as it is"
        yield Problem("warning", "DG308", f"a paper of the listing has no {' and no '.join(missing)}", span, hint)
    if not block.closed and not replaced:
        hint = "get the whole document and import it again"
        yield Problem("warning", "DG308", "the document ends within this paper", span, hint)
