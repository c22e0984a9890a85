"""PubMed's exports "Abstract (text)" and "Summary (text)": numbered records of paragraphs told by place and form.

Shape: https://pubmed.ncbi.nlm.nih.gov/help/#save-and-email; nothing is labelled but the ids at the end of a record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from typing import Final

from digest.formats.patterns import lazily
from digest.model import PartialDate, dataclass

_START: Final = lazily(r"(?P<number>[0-9]{1,6})(?P<sign>[.:])\s*(?=\S)(?![0-9])")
# Above the records of a mail from My NCBI.
_RESULTS: Final = lazily(r"(?m)^PubMed Results[ \t]*\n(?:Items? [0-9].*\n)?\s*")
_LONGEST_HEAD: Final = 4000
_YEAR: Final = r"(?:18|19|20)[0-9]{2}"
_CITATION: Final = lazily(
    rf"(?P<journal>.+?)\.\s+(?P<date>{_YEAR}(?:[ /-][^;:.()]*)?)"
    r"(?:;\s?(?P<volume>[^():.;]*)(?:\((?P<issue>[^()]*)\))?(?P<part>[^:.;()]*))?(?::(?P<page>[^.;]*))?"
    r"(?:\.\s*(?P<rest>.*)|$)"
)
_SUMMARY: Final = lazily(
    rf"(?:(?P<authors>.*?)\.\s+)?(?P<title>.+?[.?!])\s+(?P<citation>[^.]+(?:\.[^.]+)?\.\s+{_YEAR}\b.*)"
)
_SHORT_NAMES: Final = lazily(
    r"[^\W\d_][\w'’ .-]*?\s[A-Z]{1,4}(?:-[A-Z])?(?:\s(?:Jr|Sr|[23](?:nd|rd)|I{2,3}|IV))?(?:,.*|;.*|$)"
)
_EPUB: Final = lazily(rf"\bEpub\s+(?P<date>{_YEAR}[^.;]*)")
_DOI: Final = lazily(r"(?i)\bdoi:\s*(?P<doi>10\.\S+)")
_ID: Final = lazily(r"(?:^|[\s;])(?P<label>PMID|PMCID|DOI)(?:\s*:\s*)(?P<id>[^\s;]+)")
_IDS: Final = lazily(r"(?:DOI|PMCID|PMID):\s*\S")
# Paragraphs that speak of other records, of the people or of the publisher, by how they begin.
_AROUND: Final = lazily(
    r"Author information:|(?:Collaborator|Investigator|Editor)s?\b.{0,20}:|(?:Comment|Update|Reprint) (?:in|on|of)\b"
    r"|(?:Erratum|Expression of concern) (?:in|for)\b|Republished (?:in|from)\b|(?:Partial r|R)etraction (?:in|of)\b"
    r"|Retracted\b.{0,30}\bin\b|Summary for patients in\b|Cites\b|Original report in\b|Corrected and republished\b"
    r"|Conflict of interest statement:|Publisher: Abstract available|Reprinted from\b|Preprint (?:in|of)\b"
    r"|Dataset (?:described in|use reported in)\b"
)
# The abstract in another language than English.
_PUBLISHER: Final = "Publisher:"
# A part of a structured abstract begins a line.
_PART: Final = lazily(r"[A-Z][A-Z/&,() -]{2,60}:\s")
_RIGHTS: Final = lazily(
    r"(?:Copyright\b|©|\(c\)|\(C\)|Published by\b|Crown [Cc]opyright|The Author\(s\)\.?|Thieme\b"
    r"|[0-9]{4} (?:The |by )?[A-Z].{0,80}(?:All rights|Published|Inc\.|Ltd\.|B\.V\.)"
    r"|This (?:article|work) is (?:a U\.S\.|protected by copyright|licensed))"
)
_NOTICE: Final = lazily(r"\[(?:(?:Article|Abstract) in [^\]]+)\]\.?")
_MARK: Final = lazily(r"(?:\s*\([0-9]{1,4}(?:\)\s*\([0-9]{1,4})*\))+|\s*\(#\)")
_INITIALS: Final = lazily(
    r"(?P<family>.+?)\s(?P<initials>[^\W\d_]{1,4}(?:-[^\W\d_]{1,2})?)(?P<suffix>\s(?:Jr|Sr|[23](?:nd|rd)|I{2,3}|IV))?"
)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE: Final = lazily(
    rf"(?P<y>{_YEAR})(?:\s(?P<m>[A-Z][a-z]{{2}})[a-z]*(?:\s(?P<d>[0-9]{{1,2}})(?![0-9]))?)?(?P<more>.*)"
)


@dataclass(frozen=True, slots=True)
class PubmedRecord:
    """One record: what its paragraphs are, in lines as they stand; `others` is all that is none of these."""

    line: int
    citation: str
    title: str = ""
    authors: str = ""
    abstract: tuple[str, ...] = ()
    ids: dict[str, str] = field(default_factory=dict)
    others: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """Where and when a paper came out, as its first paragraph tells."""

    journal: str
    published: PartialDate | None
    volume: str = ""
    issue: str = ""
    page: str = ""
    doi: str = ""
    rest: str = ""


_Paragraph = tuple[int, list[str]]


def looks_like_pubmed(text: str) -> bool:
    """Whether a text begins with a numbered citation, perhaps below the head of a mail, and names PubMed ids."""
    text = text.lstrip("\ufeff\n ")
    if told := _RESULTS.search(text, 0, _LONGEST_HEAD):
        text = text[told.end() :]
    lines = text.split("\n")
    start = _START.match(lines[0])
    first = " ".join(each.strip() for each in lines[:4]) if start else ""
    if not start or not re.search(rf"\.\s+{_YEAR}\b", first):
        return False
    return bool(re.search(r"(?m)(?:^|\s)PMID:\s*[0-9]{1,8}\b", text))


def read_records(lines: Iterable[str]) -> Iterator[PubmedRecord | tuple[int, str]]:
    """The records of an export, one by one; a line before the first is (its number, its text)."""
    paragraphs: list[_Paragraph] = []
    expected, blank = 0, True
    for number, raw in enumerate(lines, start=1):
        line = raw.rstrip()
        if not line:
            blank = True
            continue
        start = _START.match(line) if blank else None
        if start and _opens(start, line, expected, paragraphs):
            if paragraphs:
                yield _sort_out(paragraphs)
            paragraphs = [(number, [line[start.end() :]])]
            expected = int(start["number"]) + 1
        elif not paragraphs:
            yield number, line
        elif blank or _IDS.match(line):
            paragraphs.append((number, [line]))
        else:
            paragraphs[-1][1].append(line)
        blank = False
    if paragraphs:
        yield _sort_out(paragraphs)


def parse_citation(text: str) -> Citation:
    """`J Things. 2024 May 2;10(4):335-9. doi: 10.1000/x. Epub 2024 Apr 1.` in its parts; what is none is `journal`."""
    doi = _DOI.search(text)
    match = _CITATION.match(text)
    if match is None:
        year = re.search(rf"\b{_YEAR}\b", text)
        return Citation(text, parse_pubmed_date(year[0]) if year else None, doi=_trimmed(doi["doi"]) if doi else "")
    rest = match["rest"] or ""
    epub = _EPUB.search(rest)
    when = (parse_pubmed_date(epub["date"]) if epub else None) or parse_pubmed_date(match["date"])
    volume = " ".join(filter(None, ((match["volume"] or "").strip(), (match["part"] or "").strip())))
    return Citation(
        match["journal"],
        when,
        volume,
        (match["issue"] or "").strip(),
        (match["page"] or "").strip(),
        _trimmed(doi["doi"]) if doi else "",
        rest,
    )


def parse_pubmed_date(text: str) -> PartialDate | None:
    """`2024`, `2024 May`, `2024 May 2`; of a span the year alone, or the year and the month that both ends share."""
    match = _DATE.match(text.strip())
    if match is None:
        return None
    month = _MONTHS.index(match["m"].casefold()) + 1 if match["m"] and match["m"].casefold() in _MONTHS else None
    spans = re.match(r"\s*[-/–]\s*(?P<to>.*)", match["more"] or "")
    year = int(match["y"])
    if spans:
        same_month = month and match["d"] and re.fullmatch(r"[0-9]{1,2}", spans["to"].strip())
        return PartialDate(year, month if same_month else None)
    day = int(match["d"]) if match["d"] and month else None
    try:
        return PartialDate(year, month, day) if PartialDate(year, month, day).full or day is None else None
    except ValueError:
        return PartialDate(year, month)


def natural_names(text: str) -> tuple[str, ...]:
    """`Lovelace AK(1)(2), de Sand F Jr, Garden Group.` in natural order, without the marks of affiliations."""
    text = _MARK.sub("", " ".join(text.split())).rstrip(".").strip()
    names = [name.strip(" .*#") for name in re.split(r"[,;]\s*(?:and\s+)?", text)]
    return tuple(_natural(name) for name in names if name and not re.fullmatch(r"(?i)et al|[0-9]+", name))


def _natural(name: str) -> str:
    match = _INITIALS.fullmatch(name)
    if match is None or not match["initials"].isupper():
        return name
    return f"{match['initials']} {match['family']}{match['suffix'] or ''}"


def _opens(start: re.Match[str], line: str, expected: int, paragraphs: Sequence[_Paragraph]) -> bool:
    """Whether a numbered line opens a record: the next number, below the ids of the last record or above a year."""
    if not paragraphs:
        return True
    if int(start["number"]) != expected:
        return False
    ended = any(_IDS.match(lines[0]) or "PMID:" in lines[-1] for _, lines in paragraphs)
    return ended or bool(re.search(rf"\.\s+{_YEAR}\b", line))


def _sort_out(paragraphs: list[_Paragraph]) -> PubmedRecord:
    number, lines = paragraphs[0]
    citation = _joined(lines)
    rest = paragraphs[1:]
    if not rest or "PMID:" in citation:
        return _summary(number, citation, rest)
    title = _joined(rest.pop(0)[1])
    others: list[tuple[int, str]] = []
    authors = ""
    abstract: list[str] = []
    ids: dict[str, str] = {}
    ended = nameless = False
    for place, (line, words) in enumerate(rest):
        text = _joined(words)
        if text.startswith(_PUBLISHER) and not _AROUND.match(text):
            others.append((line, _PUBLISHER))
            abstract.append(text.removeprefix(_PUBLISHER).strip())
        elif _IDS.match(text):
            ended = True
            found = _ids(text)
            ids |= {label: name for label, name in found.items() if label not in ids}
            others += [(line, text)]
        elif text.casefold().startswith("[no author"):
            nameless = True
            others.append((line, text))
        elif ended or _AROUND.match(text) or _NOTICE.fullmatch(text) or _is_rights(text):
            others.append((line, text))
        elif (
            not authors
            and not nameless
            and not abstract
            and _are_names(text, [_joined(each) for _, each in rest[place + 1 :]])
        ):
            authors = text
        else:
            abstract += _parts(words)
    return PubmedRecord(number, citation, title, authors, tuple(abstract), ids, tuple(others))


def _parts(lines: Sequence[str]) -> Iterator[str]:
    """A paragraph of an abstract, cut where a line begins with the heading of a part: `METHODS: …`."""
    start = 0
    for place, line in enumerate(lines):
        if place and _PART.match(line):
            yield _joined(lines[start:place])
            start = place
    yield _joined(lines[start:])


def _summary(number: int, text: str, rest: Sequence[_Paragraph]) -> PubmedRecord:
    """`Lovelace A, Author A. The title. J Things. 2024;10:1. doi: 10.1000/x. PMID: 1.`: a record of one paragraph."""
    others = tuple((line, _joined(words)) for line, words in rest)
    ids = _ids(text)
    match = _SUMMARY.match(text)
    if match is None:
        return PubmedRecord(number, text, ids=ids, others=others)
    authors, title = match["authors"] or "", match["title"]
    if not _SHORT_NAMES.match(authors):
        authors, title = "", text[: match.end("title")]
    return PubmedRecord(number, match["citation"], title, authors, (), ids, others)


def _are_names(text: str, following: Sequence[str]) -> bool:
    """Whether a paragraph below the title is its authors: short names, ended by a full stop."""
    bare = _MARK.sub("", text)
    if any(each.startswith("Author information:") for each in following[:1]):
        return True
    first = re.split(r"[,;]", bare)[0].rstrip(". ")
    if _natural(first) != first and len(first.split()) <= 5:
        return True
    # A group alone, or one name without initials: no sentence is so short.
    return len(bare) < 80 and bare.endswith(".") and not re.search(r"\b(?:is|are|was|were|we|the)\b", bare)


def _is_rights(text: str) -> bool:
    return bool(_RIGHTS.match(text)) and len(text) < 600


def _ids(text: str) -> dict[str, str]:
    return {found["label"]: _trimmed(found["id"]) for found in _ID.finditer(text)}


def _trimmed(text: str) -> str:
    return text.rstrip(".,;")


def _joined(lines: Sequence[str]) -> str:
    """A paragraph in one line; a long word that was broken at its hyphen stays whole."""
    return " ".join(" ".join(line.split()) for line in lines)
