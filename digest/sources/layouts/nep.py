"""NEP reports of RePEc, mailed or copied: numbered papers with labels, their abstracts labelled or not.

Old mails list names below the title and the labels behind the abstract, later ones the labels first.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from digest.formats import dates, mail, person_names, wrapped_text
from digest.model import Document, Item, Noise, Reading, Span
from digest.sources.bibliographies import bibliography
from digest.sources.layouts.paper_lines import Line, as_noise, read_lines

_ADDRESS: Final = re.compile(r"(?im)^\s*url:\s+https?://[a-z.]*repec\.org/n\?u=repec:")
_URL: Final = re.compile(r"(?i)url:\s+\S")
_NUMBERED: Final = re.compile(r"(?P<number>[0-9]{1,3})\.\s+(?P<title>\S.*)")
_LABEL: Final = re.compile(r"(?i)(?P<label>by|abstract|keywords|jel|date|url):(?:\s+(?P<text>\S.*))?")
_FOOTER: Final = re.compile(r"[-_=]{20,}|This nep-\w+ issue is .*|(?i:general information on the nep project) .*")
_ISSUE: Final = re.compile(r"(?im)^(?:issue of|date:)\s+(?P<day>[0-9]{4}[-‒–][0-9]{2}[-‒–][0-9]{2})")
_PREPRINT: Final = re.compile(r"(?i)repec:arx:papers:(?P<id>[a-z.-]*/?[0-9.]+[0-9])")
_DASH: Final = str.maketrans("‒–−", "---")


@dataclass(slots=True)
class _Paper:
    """The lines of a paper by what they are of."""

    line: int
    parts: dict[str, list[str]] = field(default_factory=dict)

    def of(self, part: str) -> str:
        return " ".join(" ".join(self.parts.get(part, ())).split())


class Nep:
    """What NEP mails and shows."""

    name: Final = "nep"

    def recognise(self, document: Document) -> float:
        """Sure by the addresses that only NEP gives, on lines with a label; a whole mail is for `mail` to open."""
        told = bool(_ADDRESS.search(document.head)) and not mail.looks_like_mail(document.head)
        return 0.99 if told else 0.0

    def read(self, document: Document) -> Reading:
        """Every paper of the report; its table of contents is noise."""
        lines = read_lines(document.text)
        starts = _starts(lines)
        above = lines[: starts[0] if starts else len(lines)]
        noise = [as_noise(document.name, line) for line in above if line.words]
        issue = _ISSUE.search("\n".join(line.words for line in above))
        stated = dates.parse_date_line(issue["day"].translate(_DASH)) if issue else None
        items: list[Item] = []
        for start, end in itertools.pairwise((*starts, len(lines))):
            foot = next((place for place in range(start, end) if _FOOTER.fullmatch(lines[place].words)), end)
            noise += [as_noise(document.name, line) for line in lines[foot:end] if line.words]
            paper = _gather(lines[start:foot])
            items.append(_read_paper(document.name, paper, stated if isinstance(stated, date) else None))
            noise += _told_otherwise(document.name, lines[start:foot])
        return Reading(tuple(items), tuple(noise))


SOURCE: Final = Nep()


def _starts(lines: Sequence[Line]) -> list[int]:
    """Where the papers start: above each address the number that follows the one before, else the nearest."""
    starts: list[int] = []
    above: dict[int, int] = {}
    nearest = last = -1
    for place, line in enumerate(lines):
        before = lines[place - 1].words if place else ""
        opens = not before or bool(_LABEL.fullmatch(before) or _FOOTER.fullmatch(before))
        if opens and (found := _NUMBERED.fullmatch(line.words)):
            nearest = place
            above[int(found["number"])] = place
        elif _URL.match(line.words) and nearest >= 0:
            start = above.get(last + 1, nearest) if starts else nearest
            starts.append(start)
            found = _NUMBERED.fullmatch(lines[start].words)
            last = int(found["number"]) if found else last
            above, nearest = {}, -1
    return starts


def _gather(lines: Sequence[Line]) -> _Paper:
    """The lines of a paper: under labels, else its title, below a blank line its names, and then its abstract."""
    paper = _Paper(lines[0].number)
    labelled = any((found := _LABEL.fullmatch(line.words)) and found["label"].lower() == "by" for line in lines)
    part = "title"
    for place, line in enumerate(lines):
        words = line.words
        found = _LABEL.fullmatch(words)
        if found:
            part = found["label"].lower()
            words = found["text"] or ""
        elif not place and (title := _NUMBERED.fullmatch(words)):
            words = title["title"]
        elif part in {"url", "date", "jel"}:
            part = "abstract"
        elif not words and part in {"title", "names"} and not labelled:
            part = "names" if part == "title" or "names" not in paper.parts else "abstract"
        elif not words and part in {"title", "by", "keywords"}:
            part = "abstract"
        if words or part == "abstract":
            paper.parts.setdefault(part, []).append(line.text.strip() if part == "abstract" and not found else words)
    return paper


def _read_paper(path: str, paper: _Paper, day: date | None) -> Item:
    address = paper.of("url")
    preprint = _PREPRINT.search(address)
    ids = bibliography.name_paper(arxiv=preprint["id"] if preprint else "", others=[address])
    keywords = paper.of("keywords")
    return Item(
        "abstract",
        wrapped_text.join_lines(paper.parts.get("abstract", ())),
        Span(path, paper.line),
        title=paper.of("title"),
        day=day,
        published=bibliography.read_date(paper.of("date").translate(_DASH)),
        authors=tuple(_names(paper.parts.get("by") or paper.parts.get("names") or ())),
        identifiers=ids,
        links=(("paper", address),) if address else (),
        tags=bibliography.list_keywords([keywords], ";" if ";" in keywords else ","),
        details=bibliography.tell_details(("jel", paper.of("jel"))),
    )


def _names(lines: Sequence[str]) -> Iterator[str]:
    """The names without the places where people work, which stand in brackets, perhaps over two lines."""
    text = "\n".join(lines)
    while (bare := re.sub(r"\s*\([^()]*\)", "", text)) != text:
        text = bare
    yield from person_names.natural_names(re.split(r"[;\n]", text))


def _told_otherwise(path: str, lines: Sequence[Line]) -> Iterator[Noise]:
    """Numbers, labels and where authors work: the words of lines that an item does not hold as they are."""
    part = ""
    for place, line in enumerate(lines):
        found = _LABEL.fullmatch(line.words)
        part = found["label"].lower() if found else part if line.words else ""
        if not place or found or part == "by" or "(" in line.words or ")" in line.words:
            yield as_noise(path, line)
