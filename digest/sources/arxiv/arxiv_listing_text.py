"""Pages of arXiv that list papers, copied from a browser as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from digest.formats import arxiv_pages, author_lines, identifiers, tex_accents, wrapped_text
from digest.formats.arxiv_pages import Heading
from digest.model import Document, Found, Identifiers, Item, Noise, PartialDate, Problem, Span
from digest.sources.arxiv.arxiv_listing import read_history

# `[1] arXiv:2409.12345 (cross-list from cs.LG) [pdf, html, other]`, perhaps bulleted, numbered, a link of Markdown.
_OPENING: Final = re.compile(
    r"(?i)\s*(?:[-*•]\s+|[0-9]{1,4}[.)]\s+)?(?:\[{1,2}[0-9]{1,5}\]{1,2}(?:\([^()\s]*\))?)?\s*"
    r"\[?arXiv:\s?(?P<id>[\w.-]+(?:/[0-9]{7})?(?:v[0-9]+)?)(?:\]\([^()\s]*\))?\s*(?P<note>(?:\([^()]*\)\s*)*)"
    r"(?P<formats>\[\s*(?:\[?(?:pdf|ps|html|other|src|view)\b[^\n]*?)\])?(?P<more>[^\n]*)"
)
_NUMBER: Final = re.compile(r"\s*\[[0-9]{1,5}\]\s*")
_FORMATS: Final = re.compile(r"\s*\[?\s*(?:pdf|ps|html|other)(?:\s*,\s*(?:pdf|ps|html|other|src))*\s*\]?\s*")
_CODES: Final = re.compile(r"(?:\s|^)(?P<code>[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z]{2}|\.[a-z]+-[a-z]+))(?=\s|$)")
_DOI: Final = re.compile(r"\bdoi\s+(?P<doi>10\.\S+)")
_DEFINITION: Final = re.compile(r"^:[ \t]+")
_LABELLED: Final = frozenset({"comments", "journal-ref", "report-no", "msc-class", "acm-class", "doi", "related-doi"})
_PAGE: Final = re.compile(
    r"(?i)\s*(?:total of [0-9,]+ entries|showing up to|\[ ?(?:total of|showing)|see (?:today's new|recent articles)"
    r"|about\s*$|help\s*$|links to:|\(?fewer \| more|search v[0-9]|showing [0-9,]+[–-][0-9,]+ of|authors and titles for"
    r"|no updates |view page:|continue to the next day|arxiv operational status|access key information)"
)
_BUTTONS: Final = re.compile(r"\s*[▽△]\s*(?:More|Less)\s*$")


class ArxivListingText:
    """What a reader copies from a page that lists papers of arXiv."""

    name = "arxiv-listing-text"

    def recognise(self, document: Document) -> float:
        """By lines of an id with its formats and the subjects below them."""
        head = document.head
        if head.lstrip("\ufeff \t\n")[:1] in {"<", "{"} or "\n\\\\" in head:
            return 0.0
        opened = sum(bool(match["formats"] or _FORMATS.fullmatch(match["more"])) for match in _openings(head))
        if not opened:
            return 0.0
        labelled = len(re.findall(r"(?m)^(?:[^\S\n]|:)*(?:Subjects?|Title|Authors):", head))
        return 0.99 if labelled else 0.4

    def read(self, document: Document) -> Iterator[Found]:
        """Every paper, with the day that the page states above it."""
        heading = Heading()
        paper: _Paper | None = None
        for number, raw in enumerate(document.lines(), start=1):
            line = _DEFINITION.sub("", raw.rstrip())
            opening = _OPENING.fullmatch(line) if "arxiv" in line.casefold() else None
            if opening and identifiers.parse_arxiv(opening["id"]) and _opens(opening):
                if paper:
                    yield from paper.read(document.name)
                paper = _Paper(opening, number, heading)
                continue
            read = arxiv_pages.read_heading(line)
            if read or _PAGE.match(line):
                if paper:
                    yield from paper.read(document.name)
                paper = None
            if read:
                heading = Heading(read.day or heading.day, read.section)
            if paper and not _NUMBER.fullmatch(line):
                paper.lines.append((number, line))
            elif line.strip():
                yield Noise(Span(document.name, number), line.strip())
        if paper:
            yield from paper.read(document.name)


SOURCE: Final = ArxivListingText()


def _openings(text: str) -> Iterator[re.Match[str]]:
    for line in text.split("\n"):
        if "arxiv" in line.casefold() and (match := _OPENING.fullmatch(_DEFINITION.sub("", line.rstrip()))):
            yield match


def _opens(match: re.Match[str]) -> bool:
    """Whether a line is no sentence that begins with an id."""
    return bool(match["formats"]) or not re.sub(r"[^A-Za-z]+", "", _DOI.sub("", _CODES.sub("", match["more"])))


@dataclass(slots=True)
class _Paper:
    """The lines of a paper; its first one is the id."""

    opening: re.Match[str]
    line: int
    heading: Heading
    lines: list[tuple[int, str]] = field(default_factory=list)
    title: str = ""
    authors: tuple[str, ...] = ()
    abstract: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    dates: tuple[PartialDate | None, PartialDate | None] = (None, None)
    noise: list[str] = field(default_factory=list)

    def read(self, path: str) -> Iterator[Found]:
        """The item."""
        span = Span(path, self.line)
        self._sort()
        arxiv, version = identifiers.parse_arxiv(self.opening["id"]) or ("", None)
        more = self.opening["more"]
        doi = _DOI.search(more)
        names = Identifiers(arxiv=arxiv, version=version)
        if found := identifiers.parse_doi(self.fields.pop("doi", "") or (doi["doi"] if doi else "")):
            names = replace(names, doi=found)
        note = self.opening["note"]
        section = "cross" if "cross-list" in note else "replace" if "replaced" in note else self.heading.section
        codes = arxiv_pages.category_codes(self.fields.pop("subjects", ""))
        codes = codes or " ".join(found["code"] for found in _CODES.finditer(more))
        details: list[tuple[str, str]] = [("announcement", section)] if section else []
        details += [("categories", codes)] if codes else []
        venue = self.fields.pop("journal-ref", "")
        details += [(arxiv_pages.DETAIL_NAMES.get(name, name), text) for name, text in self.fields.items() if text]
        yield Item(
            "abstract",
            wrapped_text.join_lines(self.abstract),
            span,
            title=self.title,
            day=self.heading.day,
            published=self.dates[0],
            updated=self.dates[1],
            authors=self.authors,
            identifiers=names,
            venue=venue,
            links=(("paper", f"https://arxiv.org/abs/{self.opening['id']}"),),
            details=tuple(details),
        )
        yield from (Noise(span, text) for text in self.noise)
        if not self.title:
            hint = "copy the whole page and import it again"
            yield Problem("warning", "DG308", f"the paper {arxiv} of the listing has no title", span, hint)

    def _sort(self) -> None:
        """Sort the lines into fields: title, authors, what has a label, then the abstract."""
        at = ""  # the field that a line goes on with
        for _, line in self.lines:
            text = line.strip()
            label, value = arxiv_pages.split_label(text)
            if self._is_over(label, at):
                label, value = "", text
            if label in {"title", "authors", "subjects", "abstract"} or label in _LABELLED:
                at = label
                self._add(at, value)
            elif text.startswith("Submitted ") and re.search(r"originally announced|[0-9]{4}", text):
                self.dates = read_history(text)
                at = "dates"
            elif not text:
                at = self._after_blank(at)
                self._add(at, "")
            elif not at and _FORMATS.fullmatch(text):
                self.noise.append(text)
            else:
                at = self._next(at)
                self._add(at, text)
        self._finish()

    def _is_over(self, label: str, at: str) -> bool:
        """Whether a label is but the opening of a sentence: the fields above an abstract are told."""
        in_text = at == "abstract" and bool(self.abstract) and label not in {"comments", "journal-ref", "doi"}
        return in_text or (label == "title" and bool(self.title)) or (label in self.fields and label != at)

    def _after_blank(self, at: str) -> str:
        if at == "subjects" and not self.fields.get("subjects", "").endswith(";"):
            return "abstract"
        return at if at != "title" or not self.title else "title."

    def _next(self, at: str) -> str:
        """The field that a line without a label is of."""
        if at in {"", "title"} and not self.title:
            return "title"
        if at in {"title", "title."} and not self.fields.get("authors"):
            return "authors"
        subjects = self.fields.get("subjects", "")
        if at == "subjects" and subjects and not subjects.endswith((";", ",")):
            return "abstract"
        return "abstract" if at in {"dates", "title."} else at

    def _add(self, name: str, text: str) -> None:
        if name == "abstract":
            self.abstract.append(_BUTTONS.sub("", text))
        elif name == "title":
            self.title = f"{self.title} {text}".strip()
        elif name and text:
            self.fields[name] = f"{self.fields.get(name, '')} {text}".strip()

    def _finish(self) -> None:
        self.title = _letters(self.title)
        read = author_lines.parse_authors(self.fields.pop("authors", ""))
        self.authors = read.names
        self.noise += [each for each in read.rest if any(map(str.isalnum, each))]
        self.fields = {name: _letters(text) for name, text in self.fields.items()}


def _letters(text: str) -> str:
    return " ".join(tex_accents.letters_from_tex(text).split())
