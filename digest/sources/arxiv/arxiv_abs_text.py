"""The page of one paper of arXiv, copied from a browser as text; or several, one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from digest.formats import arxiv_pages, author_lines, identifiers, tex_accents, wrapped_text
from digest.model import Document, Found, Identifiers, Item, Noise, PartialDate, Problem, Span

_SUBMITTED: Final = re.compile(r"\s*[\[(]Submitted on [0-9]{1,2} \w+ [0-9]{4}.*", re.IGNORECASE)
_NAMED: Final = re.compile(
    r"\s*arXiv:(?P<id>[\w.-]+(?:/[0-9]{7})?(?:v[0-9]+)?)\s*(?:\([\w-]+\)|\[[\w.-]+\])?\s*", re.IGNORECASE
)
_LONGEST_LABEL: Final = 400
_VERSION: Final = re.compile(
    r"this version,\s*v(?P<this>[0-9]+)|arXiv:\S+?v(?P<cited>[0-9]+)\s.*for this version", re.IGNORECASE
)
_HISTORY: Final = re.compile(r"\s*\[v(?P<version>[0-9]+)\]\s+(?P<day>.+)")
_LABEL: Final = re.compile(
    r"\s*(?P<label>title|authors?|abstract|comments|subjects|cite as|journal ref(?:erence)?|report number|msc classes"
    r"|acm classes|(?:related )?doi)\s*:\s*(?P<value>.*)",
    re.IGNORECASE,
)
_NAMES: Final = {
    "author": "authors", "journal ref": "venue", "journal reference": "venue", "comments": "comment",
    "report number": "report", "msc classes": "msc", "acm classes": "acm", "related doi": "doi",
}  # fmt: skip
# What the page says between its fields.
_BUTTON: Final = re.compile(
    r"\s*(?:view (?:a )?pdf\b.*|html \(experimental\)|tex source|other formats?|download(?:s?:| pdf).*|pdf(?: only)?"
    r"|view license|focus to learn more|arxiv-issued doi.*|doi\(s\) linking.*|\(?or arxiv:.*"
    r"|https?://(?:dx\.)?doi\.org/10\.48550/\S+)\s*",
    re.IGNORECASE,
)
_DETAILS: Final = ("comment", "report", "msc", "acm")


class ArxivAbsText:
    """What a reader copies from the page of a paper."""

    name = "arxiv-abs-text"

    def recognise(self, document: Document) -> float:
        """By the line of its submission and how it wants to be cited."""
        head = document.head
        if head.lstrip("\ufeff \t\n")[:1] in {"<", "{"} or "ubmitted on " not in head:
            return 0.0
        submitted = any(_SUBMITTED.fullmatch(line) for line in head.split("\n"))
        cited = re.search(r"(?m)^[^\S\n]*(?:Cite as:\s*arXiv:|Submission history|Subjects:)", head)
        return 0.99 if submitted and cited else 0.0

    def read(self, document: Document) -> Iterator[Found]:
        """Every paper."""
        page = _Page(1)
        for number, line in enumerate(document.lines(), start=1):
            named = _NAMED.fullmatch(line)
            if page.submitted and (_SUBMITTED.fullmatch(line) or (named and page.at == "history")):
                yield from page.read(document.name)
                page = _Page(number)
            page.take(line, named)
        yield from page.read(document.name)


SOURCE: Final = ArxivAbsText()


@dataclass(slots=True)
class _Page:
    """The fields of a page as far as it was read; `at` is the field that a line goes on with."""

    line: int
    at: str = ""
    submitted: str = ""
    arxiv: str = ""
    fields: dict[str, list[str]] = field(default_factory=dict)
    history: dict[int, PartialDate] = field(default_factory=dict)
    version: int | None = None
    noise: list[str] = field(default_factory=list)

    def take(self, line: str, named: re.Match[str] | None) -> None:
        """Sort a line into its field."""
        text = line.strip()
        label = _LABEL.fullmatch(text)
        if "this version" in text and (version := _VERSION.search(text[:_LONGEST_LABEL])):
            self.version = int(version["this"] or version["cited"])
        if _SUBMITTED.fullmatch(line):
            self.submitted, self.at = text, "title"
        elif named and not self.submitted:
            self.arxiv = named["id"]
        elif text == "Submission history":
            self.at = "history"
        elif self.at == "history":
            self._take_history(text)
        elif not self.submitted or (_BUTTON.fullmatch(text) and self.at != "abstract"):
            self._leave(text)
        elif label and not (self.at == "abstract" and label["label"].casefold() in {"title", "authors", "abstract"}):
            name = label["label"].casefold()
            self.at = _NAMES.get(name, name)
            self._add(label["value"])
        else:
            self._go_on(text)

    def _take_history(self, text: str) -> None:
        found = _HISTORY.fullmatch(text)
        day = arxiv_pages.read_day(found["day"]) if found else None
        if found and day:
            self.history[int(found["version"])] = PartialDate(day.year, day.month, day.day)
        self._leave(text)

    def _go_on(self, text: str) -> None:
        """Take a line without a label: what follows a title are the authors, what follows them the abstract."""
        if self.at == "title" and text and self.fields.get("title") and not self._title_goes_on():
            self.at = "authors" if "authors" not in self.fields else "abstract"
        elif self.at == "authors" and text and self.fields.get("authors") and not self._names_go_on():
            self.at = "abstract"
        if text or self.at == "abstract":
            self._add(text)

    def _title_goes_on(self) -> bool:
        """Whether a title ends in a word that cannot be its last."""
        return self.fields["title"][-1].endswith((",", ":", "-", " of", " for", " the", " and", " in", " with"))

    def _names_go_on(self) -> bool:
        return self.fields["authors"][-1].endswith((",", " and", ";"))

    def _add(self, text: str) -> None:
        if text or self.at == "abstract":
            self.fields.setdefault(self.at, []).append(text)

    def _leave(self, text: str) -> None:
        if text:
            self.noise.append(text)

    def _value(self, name: str) -> str:
        return " ".join(tex_accents.letters_from_tex(" ".join(self.fields.get(name, ()))).split())

    def read(self, path: str) -> Iterator[Found]:
        """The item and what the page says besides."""
        span = Span(path, self.line)
        if not self.submitted:
            yield from (Noise(span, text) for text in self.noise)
            return
        names = self._identifiers()
        authors = author_lines.parse_authors(self._value("authors"))
        first = arxiv_pages.read_day(self.submitted)
        published = self.history.get(1) or (PartialDate(first.year, first.month, first.day) if first else None)
        updated = self.history.get(names.version or max(self.history, default=1))
        details = [("categories", codes)] if (codes := arxiv_pages.category_codes(self._value("subjects"))) else []
        details += [(name, text) for name in _DETAILS if (text := self._value(name))]
        yield Item(
            "abstract",
            wrapped_text.join_lines(self.fields.get("abstract", ())),
            span,
            title=self._value("title"),
            published=published,
            updated=updated if updated != published else None,
            authors=authors.names,
            identifiers=names,
            venue=self._value("venue"),
            links=(("paper", f"https://arxiv.org/abs/{names.arxiv}"),) if names.arxiv else (),
            details=tuple(details),
        )
        yield from (Noise(span, text) for text in _words([self.submitted, *self.noise, *authors.rest]))
        if not names.arxiv:
            hint = "copy the whole page and import it again"
            yield Problem("warning", "DG308", "the page of a paper has no arXiv id", span, hint)

    def _identifiers(self) -> Identifiers:
        cited = re.search(r"arXiv:(\S+)", self._value("cite as"))
        parsed = identifiers.parse_arxiv(self.arxiv or (cited[1] if cited else ""))
        dois = (identifiers.parse_doi(text.strip()) for text in self._value("doi").split())
        doi = next((found for found in dois if found and not identifiers.parse_arxiv(found)), "")
        return (
            Identifiers(arxiv=parsed[0], version=self.version or parsed[1], doi=doi) if parsed else Identifiers(doi=doi)
        )


def _words(texts: Iterable[str]) -> Iterator[str]:
    return (text for text in texts if any(map(str.isalnum, text)))
