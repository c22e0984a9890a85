"""BibTeX and BibLaTeX: every entry a paper, as programs and services export them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from digest.formats import bibtex, journal_macros, tex_text
from digest.formats.bibtex import BibEntry, BibFault, BibField, BibText
from digest.formats.person_names import parse_bibtex_name, split_bibtex_names
from digest.model import Document, Found, Item, PartialDate, Span
from digest.sources.bibliographies import bibliography
from digest.sources.records import Field, Record

_ENTRY: Final = re.compile(r"(?m)^[ \t]*@[ \t]*([A-Za-z]+)[ \t]*[{(][ \t]*([^\s,{}()=\"]*|[^,{}()=\"\n]*)[ \t]*(,|$|=)")
_OTHER_FORMAT: Final = re.compile(r"\s*(?:---\s|<|\{\s*\"|\[\s*[\[{\"]|#{1,6} )")
_FENCE: Final = re.compile(r"(?m)^[ \t]*(?:```|~~~)|^\\begin\{document\}")
_REFERENCE: Final = re.compile(r"(?i)\b(?:crossref|xdata)\s*=\s*[{\"]?([^}\"\n]+)")
_REFERRING: Final = re.compile(r"[rR][eE][fF]\s*=|[xX][dD][aA][tT][aA]")
_BETWEEN_ADDRESSES: Final = re.compile(r"[\s,;]+(?=(?:https?|ftp)://)")
_ANGLE: Final = re.compile(
    r"\{?\\text(?:less|greater)(?:\{\}|\}|(?![A-Za-z])\s?)|\{?\$(?:[<>]|\\(?:less|greater))\$\}?"
)
_NAMESAKE: Final = re.compile(r"(?<=[^\W\d_]) [0-9]{4}$")  # as DBLP tells persons of one name apart
_LONGEST_CHAIN: Final = 12
# What a paper has of the book that it is in, beside its title (biblatex manual, appendix B).
_INHERITED: Final = frozenset(
    {
        "booktitle", "year", "date", "month", "publisher", "editor", "volume", "series", "address", "location",
        "organization", "journal", "journaltitle", "issn", "isbn", "number", "edition", "eventtitle", "language",
    }
)  # fmt: skip
_TYPES: Final = {
    "article": "article-journal", "inproceedings": "paper-conference", "conference": "paper-conference",
    "incollection": "chapter", "inbook": "chapter", "book": "book", "collection": "book", "proceedings": "book",
    "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis", "techreport": "report", "report": "report",
    "manual": "document", "unpublished": "manuscript", "online": "webpage", "electronic": "webpage", "www": "webpage",
    "dataset": "dataset", "software": "software", "patent": "patent", "misc": "document",
}  # fmt: skip
_DETAILS: Final = (
    ("volume", ("volume",)),
    ("issue", ("issue",)),
    ("publisher", ("publisher", "school", "institution", "organization")),
    ("publisher-place", ("address", "location")),
    ("collection-title", ("series",)),
    ("edition", ("edition",)),
    ("chapter-number", ("chapter",)),
    ("event-title", ("eventtitle",)),
    ("event-place", ("venue",)),
    ("genre", ("type", "document_type")),
    ("annote", ("annote", "annotation")),
    ("note", ("note", "addendum")),
    ("ISSN", ("issn",)),
    ("ISBN", ("isbn",)),
    ("status", ("pubstate",)),
    ("collaboration", ("collaboration",)),
    ("translator", ("translator",)),
    ("version", ("version",)),
    ("comment", ("comment", "comments")),
    ("report-number", ("reportnumber",)),
    ("medium", ("howpublished",)),
)


class BibTex:
    """`.bib` files."""

    name = "bibtex"

    def recognise(self, document: Document) -> float:
        """Sure if entries are what the document is made of, not so where a page only quotes some."""
        head = document.head
        if "@" not in head:
            return 0.0
        entries = list(_ENTRY.finditer(head))
        named = document.name.lower().endswith((".bib", ".bibtex"))
        if not entries or _OTHER_FORMAT.match(head):
            return 0.0
        if named:
            return 1.0
        fenced = _FENCE.search(head)
        before = head[: entries[0].start()].strip()
        if fenced or (before and not before.startswith("%") and len(before) > 400 * len(entries)):
            return 0.2
        return 1.0 if not before or before.startswith("%") else 0.9

    def read(self, document: Document) -> Iterator[Found]:
        """The entries in their order; what stands between them is noise."""
        parents = _read_parents(document)
        for thing in bibtex.read_bibtex(document.lines()):
            if isinstance(thing, BibText):
                yield bibliography.as_noise(document.name, thing.line, thing.text)
            elif isinstance(thing, BibFault):
                yield _tell(document.name, thing)
            elif thing.type in {"xdata", "set"} or not thing.fields:
                text = ", ".join(f"{found.name}: {found.value}" for found in thing.fields)
                yield bibliography.as_noise(document.name, thing.line, f"@{thing.type} {thing.key} {text}")
            else:
                yield from _read_entry(document.name, _inherit(thing, parents))


SOURCE: Final = BibTex()


def _tell(path: str, fault: BibFault) -> Found:
    hint = "close it with as many braces as it opens, then import again"
    problem = bibliography.malformed(path, fault.line, fault.column, fault.message, hint)
    return problem if fault.lost else replace(problem, severity="warning")


def _read_parents(document: Document) -> dict[str, BibEntry]:
    """The entries that others refer to; nothing else of the document is kept."""
    wanted: set[str] = set()
    for line in document.lines():
        for found in _REFERENCE.finditer(line) if "=" in line and _REFERRING.search(line) else ():
            wanted |= {key.strip().lower() for key in found[1].split(",")}
    if not wanted:
        return {}
    entries = (thing for thing in bibtex.read_bibtex(document.lines()) if isinstance(thing, BibEntry))
    return {entry.key.lower(): entry for entry in entries if entry.key.lower() in wanted}


def _inherit(entry: BibEntry, parents: dict[str, BibEntry]) -> BibEntry:
    """The entry with what it has of those that it refers to; a circle ends, and so does a chain beyond all sense."""
    seen = {entry.key.lower()}
    fields = list(entry.fields)
    waiting = [(name, key) for name in ("xdata", "crossref") for key in entry.value(name).split(",") if key.strip()]
    while waiting and len(seen) < _LONGEST_CHAIN:
        relation, key = waiting.pop(0)
        parent = parents.get(key.strip().lower())
        if parent is None or parent.key.lower() in seen:
            continue
        seen.add(parent.key.lower())
        have = {found.name for found in fields}
        for found in parent.fields:
            name = "booktitle" if found.name == "title" and relation == "crossref" else found.name
            fits = relation == "xdata" or name in _INHERITED
            dated = name in {"year", "date", "month"} and have & {"year", "date"}
            if fits and name not in have and not dated:
                fields.append(BibField(name, found.value, entry.line))
        waiting += [
            (name, key) for name in ("xdata", "crossref") for key in parent.value(name).split(",") if key.strip()
        ]
    return replace(entry, fields=tuple(fields))


def _read_entry(path: str, entry: BibEntry) -> Iterator[Found]:
    record = Record(path, [Field(found.name, found.value, found.line) for found in entry.fields])
    plain = _plain
    title, subtitle = _title(record.take("title", "titleaddon")), _title(record.take("subtitle"))
    volume_title = plain(record.take("booktitle"))
    book = entry.type in {"book", "proceedings", "collection", "phdthesis", "mastersthesis", "thesis"}
    title, volume_title = (title, volume_title) if title else (volume_title, "")
    journal = _journal(record.take("journal", "journaltitle", "fjournal"))
    venue = journal or ("" if book and volume_title == title else volume_title)
    authors, editors = _names(record.take("author", "authors")), _names(record.take("editor"))
    addresses = _addresses(record.take_all("url", "link", "adsurl", "bdsk-url-1", "bdsk-url-2"))
    pdfs = _addresses(record.take_all("pdf", "eprinturl"))
    told_medium = record.peek("howpublished")
    details = {name: plain(record.take(*names)) for name, names in _DETAILS}
    if "\\url" in told_medium or "\\href" in told_medium:
        addresses.append(tex_text.address_from_tex(told_medium))
    elif address := re.search(r"https?://\S+", details["medium"]):
        addresses.append(address[0].rstrip(".,;"))
        details["medium"] = "" if address[0] == details["medium"] else details["medium"]
    number = plain(record.take("number"))
    eprint, kind = (
        record.take("eprint", "arxivid", "arxiv"),
        record.peek("archiveprefix", "eprinttype", "archive").lower(),
    )
    record.take_all("archiveprefix", "eprinttype", "archive")
    of_arxiv = eprint if kind in {"", "arxiv"} else ""
    others = [*addresses, venue, *(_reprints(record, journal)), number, details["note"]]
    named = bibliography.name_paper(
        doi=tex_text.address_from_tex(record.take("doi")),
        arxiv=of_arxiv,
        pmid=record.take("pmid") or (eprint if kind in {"pubmed", "pmid"} else ""),
        pmcid=record.take("pmcid", "pmc"),
        others=others,
    )
    issue = details.pop("issue") or (number if entry.type == "article" else "")
    language = plain(record.take("langid", "language"))
    abstract = _with_tags(record.take("abstract"))
    day = _date(record)
    yield Item(
        "abstract",
        bibliography.body_of_markup(tex_text.plain_from_tex(abstract))
        if bibliography.has_markup(abstract)
        else tex_text.markdown_from_tex(bibliography.without_entities(abstract)),
        Span(path, entry.line),
        title=f"{title}: {subtitle}" if title and subtitle else title,
        published=day,
        authors=authors or (editors if book else ()),
        identifiers=named,
        venue=venue,
        links=bibliography.name_links(
            [part for address in addresses for part in bibliography.split_addresses(address)], pdfs
        ),
        tags=_keywords(record),
        lang=bibliography.language_tag(language),
        license=plain(record.take("license", "copyright")),
        details=bibliography.tell_details(
            ("type", _TYPES.get(entry.type, entry.type)),
            ("citation-key", entry.key),
            ("issue", issue),
            ("number", number if number and not issue else plain(record.take("art_number", "eid", "articleno"))),
            ("page", _pages(record)),
            ("editor", "; ".join(editors) if authors or not book else ""),
            ("container-title", volume_title if journal else ""),
            ("categories", plain(record.take("primaryclass", "eprintclass"))),
            ("language", "" if bibliography.language_tag(language) else language),
            *details.items(),
        ),
    )
    yield from record.noise()


def _plain(text: str) -> str:
    return bibliography.plain_line(tex_text.plain_from_tex(text)) if text else ""


def _title(text: str) -> str:
    return bibliography.plain_line(tex_text.title_from_tex(text)) if text else ""


def _addresses(texts: tuple[str, ...]) -> list[str]:
    """The addresses of fields, each of which may hold several."""
    return [tex_text.address_from_tex(part) for text in texts for part in _BETWEEN_ADDRESSES.split(text.strip())]


def _with_tags(text: str) -> str:
    """An abstract whose tags stand in it as tags: Mendeley and Zotero write their signs as TeX."""
    told = (
        _ANGLE.sub(lambda found: "<" if "<" in found[0] or "less" in found[0] else ">", text)
        if "\\" in text or "$" in text
        else text
    )
    return told if bibliography.has_markup(told) else text


def _names(text: str) -> tuple[str, ...]:
    names = (" ".join(map(_plain, parse_bibtex_name(name))) for name in split_bibtex_names(text))
    names = (_NAMESAKE.sub("", name) for name in names)
    return tuple(name for name in names if name)


def _journal(text: str) -> str:
    return journal_macros.journal_name(text) or _plain(text)


def _reprints(record: Record, journal: str) -> list[str]:
    """Where DBLP puts the id of a preprint: `journal = {CoRR}`, `volume = {abs/1804.00222}`."""
    return [record.peek("volume")] if journal.lower() in {"corr", "arxiv"} else []


def _pages(record: Record) -> str:
    pages = _plain(record.take("pages")).replace("–", "-").replace("—", "-")
    return bibliography.page_range(re.sub(r"\s*-+\s*", "-", pages))


def _keywords(record: Record) -> tuple[str, ...]:
    tags: list[str] = []
    for text in record.take_all("keywords", "keyword", "author_keywords", "mendeley-tags"):
        plain = _plain(text)
        tags += bibliography.split_keywords(plain, ";" if ";" in plain else ",")
    return tuple(dict.fromkeys(tags))


def _date(record: Record) -> PartialDate | None:
    """`date`, else year, month and day; `may # "~3"` and `month = {3 May}` hold a day as well."""
    year, month, day = (_plain(record.take(name)) for name in ("year", "month", "day"))
    told = bibliography.read_date(_plain(record.take("date")))
    if told or not year:
        return told
    dated = bibliography.read_date(year)
    if dated is None or dated.month or not month:
        return dated
    if found := re.fullmatch(r"([0-9]{1,2})\.?\s+([^\W\d_]+)\.?", month):
        day, month = found[1], found[2]
    number = bibliography.month_number(re.split(r"[\s/–-]", month)[0])
    if not number:
        return bibliography.refine(dated, bibliography.read_date(f"{month} {dated.year}"))
    if not day and (found := re.fullmatch(r"\w+\.?\s+([0-9]{1,2})", month)):
        day = found[1]
    return bibliography.read_date(f"{dated.year}-{number:02d}" + (f"-{int(day):02d}" if day.isdecimal() else ""))
