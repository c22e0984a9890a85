"""Blocks of labelled lines: `Title:`, `Authors:`, `Abstract:` and what else stands beside them, in any order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from digest.formats import author_lines, dates, identifiers, labelled_blocks, wrapped_text
from digest.formats.labelled_blocks import LabelledBlock, LabelledField, LabelledText
from digest.model import Document, Identifiers, Item, Noise, PartialDate, Reading, Span
from digest.sources.layouts.paper_lines import (
    clean_text,
    is_foreign,
    page_width,
    read_lines,
    respelt_words,
    states_days,
)
from digest.sources.lists.page_days import with_day_of_name

_ADDRESS: Final = re.compile(r"https?://[^\s<>\"'\])]+")
_DETAILS: Final = frozenset(
    {"comment", "categories", "volume", "issue", "page", "publisher", "ISSN", "ISBN", "report", "msc", "acm", "type"}
)
_LINKS: Final = {"pdf": "pdf", "code": "code", "project": "project"}
# In signs: an abstract is no shorter, in a text of which nothing else tells what it is.
_SHORTEST: Final = 100


class Labelled:
    """A text in which every paper tells what is what."""

    name: Final = "labelled-blocks"

    def recognise(self, document: Document) -> float:
        """Sure if titles are labelled, and abstracts or authors below most of them."""
        if is_foreign(document.text):
            return 0.0
        text = labelled_blocks.read_blocks(document.text)
        good = sum(map(_is_paper, text.blocks))
        if not good or good * 3 < len(text.blocks) * 2 or not _is_made_of(document.text, text):
            return 0.0
        # A day above its papers is for a dated listing to read.
        unlabelled = (line for line in read_lines(document.text) if labelled_blocks.label_of(line.text) is None)
        return 0.7 if good == 1 else 0.9 if states_days(unlabelled) else 0.99

    def read(self, document: Document) -> Reading:
        """Every paper; labels, and what stands between the papers, are noise."""
        text = labelled_blocks.read_blocks(document.text)
        width = page_width(read_lines(document.text))
        noise = [Noise(Span(document.name, line), words) for line, words in text.strays]
        items: list[Item] = []
        for block in text.blocks:
            paper = _Paper(document.name, wrapped=width > 0)
            for each in block.fields:
                paper.take(each)
            items.append(paper.item(block))
            noise += paper.noise
        return Reading(tuple(with_day_of_name(item, document.name) for item in items), tuple(noise))


SOURCE: Final = Labelled()

# `[[March 5th, 2021]]` of Roam and Logseq leads to a page of that name.
_PAGE_LINK: Final = re.compile(r"\[\[([^\[\]|]*)\]\]")
_LINKING: Final = frozenset({"title", "authors", "published", "date", "year", "updated", "tags"})


def _is_paper(block: LabelledBlock) -> bool:
    names = [each.name for each in block.fields]
    long = any(len(" ".join(each.lines)) >= _SHORTEST for each in block.fields if each.name == "abstract")
    return long or ("authors" in names and "abstract" in names)


def _is_made_of(text: str, read: LabelledText) -> bool:
    """Whether the blocks are most of the text, and not an example within it."""
    strays = sum(len(words) for _, words in read.strays)
    return strays * 3 < len(text)


@dataclass(slots=True)
class _Paper:
    """One paper while its fields come in."""

    path: str
    wrapped: bool
    noise: list[Noise] = field(default_factory=list)
    title: str = ""
    authors: tuple[str, ...] = ()
    body: list[str] = field(default_factory=list)
    days: dict[str, PartialDate] = field(default_factory=dict)
    names: Identifiers = field(default_factory=Identifiers)
    links: list[tuple[str, str]] = field(default_factory=list)
    details: list[tuple[str, str]] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()

    def take(self, found: LabelledField) -> None:
        """Take in one field; its label is noise, and so is what of it no item can hold."""
        self._drop(found, found.label)
        value = " ".join(" ".join(found.lines).split())
        if found.name in _LINKING and "[[" in value:
            value = _PAGE_LINK.sub(r"\1", value)
        match found.name:
            case "title" if not self.title:
                self._take_title(found, value)
            case "authors" if not self.authors:
                self._take_authors(found, value)
            case "abstract":
                self._take_abstract(found)
            case "published" | "date" | "year" | "updated":
                self._take_day(found, value)
            case "paper" | "pdf" | "code" | "project":
                self._take_address(found, value)
            case "tags":
                cuts = r"[,;，；、|·]|(?:^|\s)#" if value.startswith("#") else r"[,;，；、|·]"
                self.tags += tuple(filter(None, (each.strip(" .#") for each in re.split(cuts, value))))
            case "venue" | "summary" | "license" | "lang" if found.name not in self.told:
                self.told[found.name] = clean_text(value)
                self._drop_respelt(found)
            case name if name in _DETAILS:
                self.details.append((name, clean_text(value)))
                self._drop_respelt(found)
            case _:
                self._drop(found, value)

    def item(self, block: LabelledBlock) -> Item:
        """The item that the fields make."""
        month = identifiers.arxiv_month(self.names.arxiv) if self.names.arxiv else None
        return Item(
            kind="abstract",
            body="\n\n".join(self.body),
            span=Span(self.path, block.fields[0].line),
            title=self.title,
            published=self.days.get("published") or self.days.get("date") or self.days.get("year") or month,
            updated=self.days.get("updated"),
            authors=self.authors,
            identifiers=self.names,
            venue=self.told.get("venue", ""),
            summary=self.told.get("summary", ""),
            links=tuple(self.links),
            details=tuple(self.details),
            tags=self.tags,
            license=self.told.get("license", ""),
        )

    def _take_title(self, found: LabelledField, value: str) -> None:
        value = re.sub(r"^(\*{1,2}|_{1,2}|[\"“])(.+)(?:\1|[\"”])$", r"\2", value)
        if linked := re.fullmatch(r"\[(?P<text>.+)\]\((?P<url>https?://[^\s()]+)\)", value):
            value = linked["text"]
            self._take_address(found, linked["url"])
        self.title = clean_text(value)
        self._drop_respelt(found)

    def _take_authors(self, found: LabelledField, value: str) -> None:
        bare = re.sub(r"^(\*{1,2}|_{1,2})(.+)\1$", r"\2", value)
        self.authors = author_lines.parse_authors(re.sub(r"\[([^\[\]]+)\]\([^()\s]*\)", r"\1", bare)).names
        self._drop(found, value)

    def _take_abstract(self, found: LabelledField) -> None:
        lines = [line for line in found.lines if line.strip() or not self.wrapped or line != found.lines[0]]
        if self.wrapped:
            self.body.append(wrapped_text.join_lines(lines))
        else:
            paragraphs = re.split(r"\n\s*\n", "\n".join(line.rstrip() for line in lines).strip("\n"))
            self.body += [
                wrapped_text.join_lines(paragraph.split("\n")) for paragraph in paragraphs if paragraph.strip()
            ]
        self._drop_respelt(found)

    def _take_day(self, found: LabelledField, value: str) -> None:
        day = dates.parse_date_line(value.rstrip(".")) if value else None
        if day is not None:
            partial = day if isinstance(day, PartialDate) else PartialDate(day.year, day.month, day.day)
            self.days.setdefault(found.name, partial)
        self._drop(found, value)

    def _take_address(self, found: LabelledField, value: str) -> None:
        """Ids and addresses; under a label of a kind of id a bare one is that."""
        for word in _words(value):
            name = identifiers.parse_marked(word) or _bare(found.label, word)
            if name:
                self.names = identifiers.merge_identifiers(self.names, name)
            if _ADDRESS.fullmatch(word):
                kind = _LINKS.get(found.name) or _kind_of(word)
                if (kind, word) not in self.links:
                    self.links.append((kind, word))
        self._drop(found, value)

    def _drop(self, found: LabelledField, words: str) -> None:
        if words:
            self.noise.append(Noise(Span(self.path, found.line), words))

    def _drop_respelt(self, found: LabelledField) -> None:
        for line in found.lines:
            self.noise += [Noise(Span(self.path, found.line), word) for word in respelt_words(line)]


def _words(value: str) -> Iterator[str]:
    """The ids and addresses of a value, out of their brackets."""
    for word in re.split(r"[\s|]+|\]\(", value):
        if bare := word.strip(",;()[]<>*`\"'"):
            yield bare.rstrip(".")


def _bare(label: str, word: str) -> Identifiers | None:
    """An id that nothing but its label marks."""
    label = label.casefold()
    if arxiv := identifiers.parse_arxiv(word):
        return Identifiers(arxiv=arxiv[0], version=arxiv[1])
    if "doi" in label and (doi := identifiers.parse_doi(word)):
        return Identifiers(doi=doi)
    if ("pmid" in label or "pubmed" in label) and (pmid := identifiers.parse_pmid(word)):
        return Identifiers(pmid=pmid)
    return None


def _kind_of(address: str) -> str:
    if re.search(r"\b(?:github|gitlab|bitbucket)\.com/", address):
        return "code"
    return "pdf" if "/pdf/" in address or address.casefold().endswith(".pdf") else "paper"
