"""Tables of papers as CSV or TSV: what Zotero, Scopus, Web of Science, IEEE, Springer and PubMed export, and sheets.

What a column holds is told by its head.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final

from digest.formats import delimited, name_lists, person_names, tex_text
from digest.formats.delimited import Row
from digest.formats.tagged_lines import TaggedField
from digest.model import Document, Found, Item, PartialDate, Span
from digest.sources.arxiv import arxiv_records
from digest.sources.bibliographies import bibliography, csv_columns, web_of_science
from digest.sources.bibliographies.csl_json import told_in_note
from digest.sources.records import Field, Record

_TYPES: Final = {
    "journalarticle": "article-journal", "article": "article-journal", "conferencepaper": "paper-conference",
    "conference paper": "paper-conference", "chapter": "chapter", "booksection": "chapter", "book": "book",
    "preprint": "article", "webpage": "webpage", "thesis": "thesis", "report": "report", "dataset": "dataset",
    "blogpost": "post-weblog", "computerprogram": "software", "jour": "article-journal",
}  # fmt: skip
# Dimensions tells above the heads what was asked for.
_HEADER_ROWS: Final = 5
# The line under the heads of a table in Markdown.
_MARKDOWN: Final = re.compile(r"(?m)^\|?[ \t]*:?-{2,}:?[ \t]*\|[ \t|:-]*$")
_LETTERS: Final = re.compile(r"[^\W\d_]{2}")
# `J Gardens. 2024 Mar 5;12(3):45.`
_ISSUED: Final = re.compile(r"\. (?P<date>[0-9]{4} [A-Z][a-z]{2}(?: [0-9]{1,2})?)[;:.]")
_ID_BEHIND: Final = re.compile(r"\s*\(\d{6,}\)")
_NOTHING: Final = re.compile(
    r"(?i)(?:n/?a|nan|null|none|no abstract(?: available)?|\[no abstract(?: available)?\]|-+)\.?"
)
_SHORT: Final = re.compile(
    r"(?P<family>[^\W\d_][^,;]*?) (?P<initials>(?:[A-ZÀ-Þ][a-z]?\.-?\s?){1,5}|[A-Z]{1,3}(?:-[A-Z])?)"
)
# Springer writes no sign between two names: `Ada LovelaceBo Writer`.
_GLUED: Final = re.compile(
    r"(?<=[^\W\d_A-ZÀ-Þ])(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bDi)(?<!\bLe)(?<!\bLa)(?<!\bVan)(?=[A-ZÀ-Þ])"
)
_LISTED: Final = re.compile(r"\[\s*(['\"]).*\1\s*\]", re.DOTALL)
_MEMBER: Final = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")
_KEY_OF_ARXIV: Final = re.compile(r"journals/corr/(?:abs-)?(?P<year>[0-9]{4})[.-](?P<number>[0-9]{4,5})")


class CsvTable:
    """`.csv` and `.tsv` files."""

    name = "csv"

    def recognise(self, document: Document) -> float:
        """By the heads of its columns, and by rows that have as many cells."""
        head = document.head
        if head[:1] in {"<", "{", "[", "#", "%", "@"} or _MARKDOWN.search(head):
            return 0.0
        rows = _first_rows(head)
        start = next((place for place, row in enumerate(rows) if csv_columns.are_heads(row.cells)), len(rows))
        if start + 1 >= len(rows) or abs(len(rows[start].cells) - len(rows[start + 1].cells)) > 1:
            return 0.0
        if csv_columns.is_web_of_science(rows[start].cells):
            return 1.0
        told = csv_columns.count_of_papers(rows[start].cells)
        named = document.name.lower().endswith((".csv", ".tsv", ".tab"))
        if told > 2 or (told and named):
            return 0.99
        return 0.9 if told > 1 else 0.0

    def read(self, document: Document) -> Iterator[Found]:
        """The papers, a row each."""
        rows = delimited.read_rows(document.lines(), delimited.tell_dialect(document.head))
        heads: tuple[str, ...] = ()
        for row in rows:
            if isinstance(row, delimited.Fault):
                hint = "close every quotation mark in it, or export the table again"
                yield bibliography.malformed(document.name, row.line, 1, row.message, hint)
            elif heads:
                yield from _read_row(document.name, heads, row)
            elif csv_columns.are_heads(row.cells):
                heads = row.cells
            else:
                yield bibliography.as_noise(document.name, row.line, " ".join(row.cells))


SOURCE: Final = CsvTable()


def _first_rows(head: str) -> list[Row]:
    rows = delimited.read_rows(head.split("\n"), delimited.tell_dialect(head))
    return [row for row in itertools.islice(rows, _HEADER_ROWS) if isinstance(row, Row)]


def _read_row(path: str, heads: Sequence[str], row: Row) -> Iterator[Found]:
    if csv_columns.is_web_of_science(heads):
        told = [TaggedField(tag, text, row.line) for tag, text in zip(heads, row.cells, strict=False) if text and tag]
        return web_of_science.read_record(path, told)
    return _read_paper(path, heads, row)


def _read_paper(path: str, heads: Sequence[str], row: Row) -> Iterator[Found]:
    roles = csv_columns.roles_of(heads)
    ranked = sorted(range(len(row.cells)), key=lambda place: roles.get(place, ("", 0))[1])
    names = {
        place: roles[place][0] if place in roles else (heads[place] if place < len(heads) else "") for place in ranked
    }
    cells = {place: "" if _NOTHING.fullmatch(text) else text for place, text in enumerate(row.cells)}
    record = Record(path, [Field(names[place], cells[place], row.line) for place in ranked])
    title, subtitle = record.take("title"), bibliography.plain_line(record.take("subtitle"))
    abstract, comment = record.take("abstract"), record.take("comment")
    told = record.take_all("text")
    notes = [text for text in told if _LETTERS.search(text)]
    summary = record.take("summary")
    if not abstract:  # what a person says of the paper is then all its text
        notes = [text for text in (summary, *notes) if text] or [comment]
        summary, comment = "", "" if notes == [comment] else comment
    if not title and not abstract and not any(notes):
        if record.rest():
            hint = "give it a title, or leave the row out"
            yield bibliography.malformed(path, row.line, 1, "the row tells no title and no abstract", hint)
        return
    extra = told_in_note(record.take("extra"))
    addresses, pdfs, codes = (
        [part for text in record.take_all(role) for part in bibliography.split_addresses(text)]
        for role in ("link", "pdf", "code")
    )
    venue, series = bibliography.plain_line(record.take("venue")), bibliography.plain_line(record.take("series"))
    arxiv, name = record.take("arxiv") or extra.get("arxiv", ""), record.peek("name")
    if key := _KEY_OF_ARXIV.search(name):
        arxiv = arxiv or f"{key['year']}.{key['number']}"
    ids = bibliography.name_paper(
        doi=record.take("doi") or extra.get("doi", ""),
        arxiv=arxiv or name,
        pmid=record.take("pmid") or extra.get("pmid", ""),
        pmcid=record.take("pmcid") or extra.get("pmcid", ""),
        others=[*addresses, *pdfs, venue, name],
    )
    if ids.arxiv and ids.arxiv in name.replace("-", "."):
        record.drop("name")
    language, kind = record.take("language"), record.take("kind")
    authors, editors = _names(record.take("authors"), heads), _names(record.take("editors"), heads)
    of_tex = ids.arxiv and not bibliography.has_markup(title + abstract)
    title = arxiv_records.title_line(title) if of_tex else bibliography.plain_line(title)
    aside = [bibliography.plain_line(text) for text in told if abstract or text not in notes]
    body = arxiv_records.abstract_markdown(abstract) if of_tex else bibliography.body_of(abstract)
    yield Item(
        "abstract" if abstract or not any(notes) else "summary",
        body if abstract else "\n\n".join(map(_read_note, filter(None, notes))),
        Span(path, row.line),
        title=f"{title}: {subtitle}" if subtitle else title,
        published=_date(record),
        updated=bibliography.read_date(record.take("updated")),
        authors=authors,
        identifiers=ids,
        venue=venue,
        summary=bibliography.plain_line(summary),
        links=(*bibliography.name_links([*addresses], pdfs), *(("code", address) for address in codes[:1])),
        tags=_keywords(record),
        lang=bibliography.language_tag(language),
        license=bibliography.plain_line(record.take("license")),
        details=bibliography.tell_details(
            ("type", _TYPES.get(kind.lower(), kind)),
            ("citation-key", record.take("key")),
            ("volume", record.take("volume")),
            ("issue", record.take("issue")),
            ("page", _pages(record)),
            ("number", record.take("number of article")),
            ("publisher", bibliography.plain_line(record.take("publisher"))),
            ("publisher-place", bibliography.plain_line(record.take("place"))),
            ("ISSN", record.take("serial")),
            ("ISBN", record.take("book")),
            ("editor", "; ".join(editors)),
            ("collection-title", series),
            ("categories", record.take("categories")),
            ("comment", bibliography.plain_line(comment)),
            ("index-keywords", record.take("more keywords")),
            ("note", "; ".join(filter(None, (extra.get("", ""), *aside)))),
            ("language", "" if bibliography.language_tag(language) else language),
        ),
    )
    yield from record.noise()


def _names(text: str, heads: Sequence[str]) -> tuple[str, ...]:
    """Names in natural order, whatever parts them."""
    text = _plain(_ID_BEHIND.sub("", text)).rstrip(" ,;")
    if text.count(".") == 1:
        text = text.rstrip(".")
    if _LISTED.fullmatch(text):
        parts = _members(text)
    elif re.search(r"[;|\n]", text):
        parts = re.split(r"\s*[;|\n]\s*", text)
    elif "," not in text and "Item Title" in heads:
        parts = _GLUED.split(text)
    else:
        parts = re.split(r",\s*", text)
        if sum(map(bool, map(_SHORT.fullmatch, parts))) * 2 <= len(parts):
            return name_lists.read_authors(text)[0] if text else ()
    return tuple(map(_turned, person_names.natural_names(parts)))


def _members(text: str) -> list[str]:
    """The texts of a list as Python and JSON write it."""
    return [first or second for first, second in _MEMBER.findall(text)]


def _turned(name: str) -> str:
    """`Lovelace A.A.` and `Lovelace AA` in natural order."""
    found = _SHORT.fullmatch(name)
    return f"{found['initials'].strip()} {found['family']}" if found else name


def _read_note(text: str) -> str:
    """What a person wrote of a paper: HTML, or Markdown where it has lines."""
    return bibliography.body_of(text) if bibliography.has_markup(text) or "\n" not in text else text


def _plain(text: str) -> str:
    """A text without the TeX in which arXiv writes the accents of names."""
    return tex_text.plain_from_tex(text) if "\\" in text else text


def _date(record: Record) -> PartialDate | None:
    """The first date, made more precise by others that agree with it."""
    told: PartialDate | None = None
    year, month, day = record.take("year"), record.take("month"), record.take("day")
    dated = [f"{year}-{number:02d}" if (number := bibliography.month_number(month)) else year, *record.take_all("date")]
    if day.isdecimal() and len(dated[0]) == 7:
        dated[0] += f"-{int(day):02d}"
    issued = _ISSUED.search(record.peek("citation"))
    for text in (*dated, issued["date"] if issued else ""):
        told = bibliography.refine(told, bibliography.read_date(text))
    return told


def _pages(record: Record) -> str:
    pages = record.take("pages")
    first, last = record.take("first page"), record.take("last page")
    return bibliography.page_range(pages) if pages else bibliography.page_range(first, last)


def _keywords(record: Record) -> tuple[str, ...]:
    words: list[str] = []
    for text in (*record.take_all("keywords"), *record.take_all("tags")):
        if _LISTED.fullmatch(text):
            words += _members(text)
        else:
            words += bibliography.split_keywords(text, r"[;\n|]" if re.search(r"[;\n|]", text) else ",")
    return tuple(dict.fromkeys(words))
