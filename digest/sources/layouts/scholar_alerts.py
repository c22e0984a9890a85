"""Google Scholar's alerts, as text or as the HTML mailed: a title, a line of names, venue and year, a few words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs

from digest.formats import author_lines, identifiers, mail, markup, wrapped_text
from digest.model import Document, Found, Identifiers, Item, Noise, PartialDate, Reading, Span
from digest.sources.layouts.paper_lines import (
    Line,
    as_noise,
    clean_text,
    is_foreign,
    read_detail,
    read_lines,
    respelt_words,
)

# `A Lovelace, B Author… - Journal of Gardens, 2024 - example.org`
_BYLINE: Final = re.compile(
    r"(?P<authors>[^\W\d_]{1,4} [^\W\d_].{1,200}?|.{2,80}?…)\s[-–]\s(?P<venue>.*?)[,\s]*"
    r"(?P<year>(?:19|20)[0-9]{2})(?:\s[-–]\s(?P<host>\S+))?"
)
_TITLE_CLASS: Final = "gse_alrt_title"
_SHORT_NAME: Final = re.compile(r"[A-ZÀ-Þ]{1,4} [^\W\d_][\w'’. -]*…?")
_MARK: Final = re.compile(r"(?:\[(?:PDF|HTML|BOOK|B|C|CITATION|DOC)\]\s*)+")
_FOOTER: Final = re.compile(
    r"(?i)this (?:message|alert) was sent by google scholar|this google scholar alert|cited by \d+|save cite"
    r"|saved? to|list alerts|cancel alert|related articles|all \d+ versions|see all recommendations"
    r"|showing (?:top|most|less)"
)


@dataclass(frozen=True, slots=True)
class _Result:
    """A title, its byline and the lines below, up to the next title."""

    title: Line
    byline: re.Match[str]
    body: tuple[Line, ...]


class ScholarAlerts:
    """What Google Scholar mails."""

    name: Final = "scholar-alerts"

    def recognise(self, document: Document) -> float:
        """Sure of several results, or of one with the words that close an alert; of HTML by its classes."""
        if _TITLE_CLASS in document.head and not mail.looks_like_mail(document.head):
            return 0.99
        if is_foreign(document.text):
            return 0.0
        results, _ = _find(read_lines(document.text))
        says = "google scholar" in document.text.casefold()
        short = sum(_has_short_names(result) for result in results)
        if not results or short * 3 < len(results) * 2:
            return 0.0
        return 0.98 if says or len(results) > 2 else 0.6 if len(results) > 1 else 0.0

    def read(self, document: Document) -> Reading | tuple[Found, ...]:
        """Every result; what its snippet holds of an abstract is its text."""
        if _TITLE_CLASS in document.head:
            document = Document(document.name, _text_of_page(document.text))
            return tuple(self._read_text(document))
        return self._read_text(document)

    def _read_text(self, document: Document) -> Reading:
        results, strays = _find(read_lines(document.text))
        noise = [as_noise(document.name, line) for line in strays]
        items = []
        for result in results:
            item, dropped = _read_result(document.name, result)
            items.append(item)
            noise += dropped
        return Reading(tuple(items), tuple(noise))


SOURCE: Final = ScholarAlerts()


def _find(lines: Sequence[Line]) -> tuple[list[_Result], list[Line]]:
    """(results, the lines of none)."""
    filled = [line for line in lines if line.words]
    bylines = {
        place: match
        for place, line in enumerate(filled)
        if place
        and len(line.words) < 400
        and (match := _BYLINE.fullmatch(line.words))
        and not _FOOTER.match(line.words)
    }
    starts = [place - 1 for place in bylines if place - 1 not in bylines]
    results: list[_Result] = []
    strays = list(filled[: starts[0]] if starts else filled)
    for start, end in zip(starts, [*starts[1:], len(filled)], strict=False):
        body = filled[start + 2 : end]
        foot = next((place for place, line in enumerate(body) if _FOOTER.match(line.words)), len(body))
        strays += body[foot:]
        results.append(_Result(filled[start], bylines[start + 1], tuple(body[:foot])))
    return results, strays


def _text_of_page(html: str) -> str:
    """The results of a mail in HTML, as those of one in text are written."""
    pieces: list[str] = []
    for block in markup.parse_html(html).find_all("h3", "div"):
        link = next((each for each in block.find_all("a") if _TITLE_CLASS in each.get("class")), None)
        words = " ".join(block.text().split())
        if block.name == "h3" and link is not None:
            pieces += ["", words, _target(link.get("href"))]
        elif pieces and block.find("div", "h3", "table") is None and _FOOTER.match(words) is None:
            # Above the address of its title: that comes last.
            pieces.insert(len(pieces) - 1, words)
    return "\n".join(pieces)


def _target(address: str) -> str:
    """Where an address of Google Scholar leads to."""
    query = address.partition("/scholar_url?")[2]
    told = parse_qs(query).get("url")
    return told[0] if told else address


def _has_short_names(result: _Result) -> bool:
    return bool(_SHORT_NAME.fullmatch(result.byline["authors"].split(",")[0].strip()))


def _read_result(path: str, result: _Result) -> tuple[Item, list[Noise]]:
    title = result.title.words
    span = Span(path, result.title.number)
    noise: list[Noise] = []
    if mark := _MARK.match(title):
        noise.append(Noise(span, mark[0].strip()))
        title = title[mark.end() :]
    read = author_lines.parse_authors(result.byline["authors"])
    venue = clean_text(result.byline["venue"])
    noise.append(Noise(span, " ".join((*read.rest, result.byline["year"], result.byline["host"] or ""))))
    names = Identifiers()
    body: list[str] = []
    links: list[tuple[str, str]] = []
    for line in result.body:
        detail = read_detail(line)
        if detail and (detail.links or detail.identifiers != Identifiers()):
            names = identifiers.merge_identifiers(names, detail.identifiers)
            links += [link for link in detail.links if link not in links]
            noise.append(as_noise(path, line))
        else:
            body.append(line.text)
            noise += [as_noise(path, line, word) for word in respelt_words(line.text)]
    mention = next(identifiers.find_arxiv(venue), None)
    if mention:
        names = identifiers.merge_identifiers(Identifiers(arxiv=mention.id, version=mention.version), names)
    noise += [Noise(span, word) for word in respelt_words(title)]
    item = Item(
        kind="abstract",
        body=wrapped_text.join_lines(body),
        span=span,
        title=clean_text(title),
        published=(identifiers.arxiv_month(names.arxiv) if names.arxiv else None)
        or PartialDate(int(result.byline["year"])),
        authors=read.names,
        identifiers=names,
        venue=venue,
        links=tuple(links),
    )
    return item, noise
