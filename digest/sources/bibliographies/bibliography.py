"""What bibliographies of all formats share: dates, pages, addresses and identifiers as records write them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from digest.formats import dates, html_to_markdown, identifiers, plain_text
from digest.formats.tagged_lines import TaggedField
from digest.model import Document, Found, Identifiers, Noise, PartialDate, Problem, Span

_MONTHS: Final = "janfebmaraprmayjunjulaugsepoctnovdec"
_YEAR: Final = r"(?P<y>1[0-9]{3}|20[0-9]{2})"
_NUMBERS: Final = re.compile(
    rf"{_YEAR}(?![0-9])(?:[-/.](?P<m>[0-9]{{1,2}})(?![0-9])(?:[-/.](?P<d>[0-9]{{1,2}})(?![0-9])[T ]?)?)?"
)
_PACKED: Final = re.compile(rf"{_YEAR}(?P<m>[0-9]{{2}})(?P<d>[0-9]{{2}})$")
_DAY: Final = r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th|\.)?"
_NAMED: Final = tuple(
    re.compile(form)
    for form in (
        # `2017 Nov 15`, `2020/May`, `2020/May/3`; `2024 Dec-2025 Jan` begins in December.
        rf"{_YEAR}[\s/,-]+(?P<month>[^\W\d_]{{3,12}})\.?(?:[\s/,-]+{_DAY}(?![0-9]))?",
        rf"(?P<month>[^\W\d_]{{3,12}})\.?\s+{_DAY}(?:\s*[-–]\s*(?:[^\W\d_]{{3,12}}\s+)?[0-9]{{1,2}})?,?\s+{_YEAR}",
        rf"{_DAY}(?:\s*[-–]\s*[0-9]{{1,2}})?[\s-]+(?P<month>[^\W\d_]{{3,12}})\.?,?[\s-]+{_YEAR}",
        rf"(?P<month>[^\W\d_]{{3,12}})\.?(?:\s*[-–/]\s*[^\W\d_]{{3,12}}\.?)?,?[\s/-]+{_YEAR}",
    )
)
_ANY_YEAR: Final = re.compile(rf"(?<![0-9]){_YEAR}(?![0-9])")
_TAG: Final = re.compile(
    r"</?(?:i|b|em|strong|u|sub|sup|scp|sc|sec|title|span|tt|p|br|div|a|ul|ol|li|h[1-6]|italic|bold|underline"
    r"|jats:[a-z-]+|mml:[a-z]+|inf|inline-formula|tex-math)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_ENTITY: Final = re.compile(r"&(?:#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]+);")
_PAGES: Final = re.compile(r"(?P<first>[0-9]+)\s*[-–]+\s*(?P<last>[0-9]+)")
_ARXIV_WORDS: Final = re.compile(r"(?i)^(?:arxiv(?:\.org)?(?:\s+e-?prints?|\s+preprint)?|corr)[\s,:]*")
_LANGUAGES: Final = {
    "english": "en", "eng": "en", "german": "de", "ger": "de", "deu": "de", "ngerman": "de", "deutsch": "de",
    "french": "fr", "fre": "fr", "fra": "fr", "spanish": "es", "spa": "es", "italian": "it", "ita": "it",
    "portuguese": "pt", "por": "pt", "dutch": "nl", "dut": "nl", "nld": "nl", "russian": "ru", "rus": "ru",
    "chinese": "zh", "chi": "zh", "zho": "zh", "japanese": "ja", "jpn": "ja", "korean": "ko", "kor": "ko",
    "polish": "pl", "pol": "pl", "turkish": "tr", "tur": "tr", "swedish": "sv", "swe": "sv", "danish": "da",
    "norwegian": "no", "finnish": "fi", "czech": "cs", "cze": "cs", "hungarian": "hu", "hun": "hu", "greek": "el",
    "american": "en-US", "usenglish": "en-US", "british": "en-GB", "ukenglish": "en-GB", "icelandic": "is", "isl": "is",
}  # fmt: skip


def read_date(text: str) -> PartialDate | None:
    """A date as records write it, never more precise; of a range its start, of a season its year."""
    text = " ".join(text.split()).strip("/. ")
    if not text:
        return None
    found = _PACKED.match(text) or _NUMBERS.match(text)
    if found and (found["m"] or not re.match(r"[\s/,-]+[^\W\d_]{3}", text[found.end() :])):
        return _partial(found["y"], int(found["m"] or 0), int(found["d"] or 0))
    for form in _NAMED:
        if found := form.match(text):
            named = found.groupdict()
            month = month_number(found["month"])
            return _partial(found["y"], month, int(named.get("d") or 0) if month else 0)
    year = _ANY_YEAR.search(text)
    return PartialDate(int(year["y"])) if year else None


def month_number(name: str) -> int:
    """The number of a month by its name in any language of ours, or by its number; 0 where it is none."""
    name = name.strip(" .")
    if name.isdecimal():
        return int(name) if 1 <= int(name) <= 12 else 0
    place = _MONTHS.find(name[:3].lower()) if len(name) > 2 else -1
    if place >= 0 and place % 3 == 0:
        return place // 3 + 1
    told = dates.parse_date_line(f"{name} 2000") if name else None
    return told.month or 0 if isinstance(told, PartialDate) else 0


def refine(first: PartialDate | None, second: PartialDate | None) -> PartialDate | None:
    """The first date, or the second where that tells a part of it more precisely."""
    if first is None or second is None:
        return first or second
    return second if str(second).startswith(str(first)) else first


def plain_line(text: str) -> str:
    """A title, name or venue on one line, without the tags and entities that some records hold."""
    if "<" in text:
        text = _TAG.sub("", text)
    return " ".join(without_entities(text).split())


def without_entities(text: str) -> str:
    """The text with the signs that its entities stand for."""
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text


def has_markup(text: str) -> bool:
    """Whether a text is HTML or JATS rather than plain."""
    return "<" in text and bool(_TAG.search(text))


def body_of(text: str) -> str:
    """An abstract as Markdown: plain text, its hard-wrapped lines joined, or HTML."""
    if has_markup(text):
        return body_of_markup(text)
    paragraphs = (" ".join(paragraph.split()) for paragraph in re.split(r"\n[ \t]*\n", without_entities(text)))
    return plain_text.markdown_from_plain("\n\n".join(paragraph for paragraph in paragraphs if paragraph))


def body_of_markup(text: str) -> str:
    """An abstract in HTML or JATS as Markdown."""
    return html_to_markdown.render_markdown(text)


def page_range(first: str, last: str = "") -> str:
    """`335-9` as `335-339`; two fields of pages as one."""
    first, last = first.strip().replace("--", "-"), last.strip()
    pages = f"{first}-{last}" if first and last and last != first and "-" not in first else first or last
    if (found := _PAGES.fullmatch(pages)) and len(found["last"]) < len(found["first"]):
        start = found["first"]
        return f"{start}-{start[: -len(found['last'])]}{found['last']}"
    return pages


def name_paper(
    *, doi: str = "", arxiv: str = "", pmid: str = "", pmcid: str = "", others: Iterable[str] = ()
) -> Identifiers:
    """The identifiers of a paper; `others` are addresses and venues that may name it as well.

    The DOI that arXiv gives is an arXiv id. `arXiv preprint arXiv:1804.00222` and `CoRR abs/1804.00222` name one.
    """
    found_doi = found_openreview = ""
    found_arxiv = identifiers.parse_arxiv(_ARXIV_WORDS.sub("", arxiv.strip()).removeprefix("abs/")) if arxiv else None
    for told in map(str.strip, (doi, *others)):
        lower = told.lower()
        if not found_arxiv and ("arxiv" in lower or lower.startswith(("corr", "abs/"))):
            bare = _ARXIV_WORDS.sub("", told).removeprefix("abs/").removeprefix("CoRR ")
            mention = next(identifiers.find_arxiv(told), None)
            found_arxiv = (
                (mention.id, mention.version)
                if mention
                else identifiers.parse_arxiv(bare.partition(" ")[0].strip(",."))
            )
        if not found_openreview and "openreview.net/" in lower:
            found_openreview = identifiers.parse_openreview(told) or ""
        if not found_doi and "10." in told and "10.48550/" not in lower:
            found_doi = (
                identifiers.parse_doi(told.partition(" ")[0] if lower.startswith(("10.", "http")) else told) or ""
            )
    number = re.search(r"(?i)PMC\s?([0-9]+)", pmcid)
    return Identifiers(
        arxiv=found_arxiv[0] if found_arxiv else "",
        version=found_arxiv[1] if found_arxiv else None,
        doi=found_doi,
        pmid=identifiers.parse_pmid(pmid) or "" if pmid else "",
        pmcid=f"PMC{number[1]}" if number else "",
        openreview=found_openreview,
    )


def name_links(addresses: Iterable[str], pdfs: Iterable[str] = ()) -> tuple[tuple[str, str], ...]:
    """Addresses with their names: the first page is `paper`, the first PDF `pdf`, others `link-2`, ….

    What is no address of the web, such as a file on somebody's disk, is none.
    """
    links: dict[str, str] = {}
    told = [(address.strip(), False) for address in addresses] + [(address.strip(), True) for address in pdfs]
    for address, is_pdf in told:
        if not re.match(r"(?i)(?:https?|ftp)://\S+$|www\.\S+$", address) or address in links.values():
            continue
        path = address.lower().partition("?")[0]
        name = "pdf" if is_pdf or path.endswith(".pdf") or "/pdf/" in path else "paper"
        links[name if name not in links else f"link-{len(links) + 1}"] = address
    return tuple(links.items())


def read_records(
    document: Document, records: Iterable[list[TaggedField]], read: Callable[[str, list[TaggedField]], Iterator[Found]]
) -> Iterator[Found]:
    """What is read of each record of tagged fields; what has no tag in it stands between them and is noise."""
    for fields in records:
        if any(found.tag for found in fields):
            yield from read(document.name, fields)
        else:
            yield from (as_noise(document.name, found.line, found.text) for found in fields if found.text)


def split_addresses(text: str) -> list[str]:
    """The addresses of a field: one, or several on lines or parted by blanks or semicolons."""
    parts = re.split(r"(?<![\s;])[\s;]+(?=(?:https?|ftp)://|www\.)|\s+", text.strip())
    return [part.strip(";,") for part in parts if part.strip(";,")]


def split_keywords(text: str, separators: str = r"[\n;]") -> list[str]:
    """Keywords of one field, without the star of a main topic."""
    return [word for part in re.split(separators, text) if (word := " ".join(part.split()).strip(" .*"))]


def list_keywords(fields: Iterable[str], separators: str = r"[\n;]") -> tuple[str, ...]:
    """The keywords of fields, each once."""
    return tuple(dict.fromkeys(word for text in fields for word in split_keywords(text, separators)))


def language_tag(text: str) -> str:
    """The BCP 47 tag of a language as records name it; empty where it is not known."""
    name = text.strip().lower()
    if re.fullmatch(r"[a-z]{2}(?:[-_][a-z]{2})?", name):
        language, _, region = name.replace("_", "-").partition("-")
        return f"{language}-{region.upper()}" if region else language
    return _LANGUAGES.get(name, "")


def tell_details(*details: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """The details that say something, each name once."""
    told: dict[str, str] = {}
    for name, text in details:
        if text and name not in told:
            told[name] = text
    return tuple(told.items())


def malformed(path: str, line: int, column: int, message: str, hint: str) -> Problem:
    """DG308 for a record that is lost."""
    return Problem("error", "DG308", message, Span(path, line, column), hint)


def as_noise(path: str, line: int, text: str) -> Noise:
    """A piece that is no record."""
    return Noise(Span(path, line), text)


def _partial(year: str, month: int, day: int) -> PartialDate | None:
    if not 1 <= month <= 12:
        return PartialDate(int(year))
    told = dates.parse_partial(f"{year}-{month:02d}-{day:02d}") if day else None
    return told or PartialDate(int(year), month)
