"""What stands around the title on a line of a list: names, venue, date, ids, and what is none of these."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from digest.formats import identifiers
from digest.formats.name_lists import are_authors, are_surely_authors, inverted_names, placed_names, read_authors
from digest.formats.venues import Published, find_date, is_known_venue, parse_published
from digest.model import Identifiers, PartialDate
from digest.sources.lists import paper_links
from digest.sources.lists.flat_lines import LINK

PAIRS: Final = {"(": ")", "[": "]", "{": "}"}
_ARXIV_TEXT: Final = re.compile(
    r"(?i)\barxiv(?:\s+preprint)?(?:\s+arxiv)?[:\s]\s*(?P<id>\d{4}\.\d{4,5})(?:v(?P<v>\d+))?(?:\s*\[[\w.-]+\])?"
)
_DOI_TEXT: Final = re.compile(r"(?i)\b(?:doi:?\s*)(10\.\d{4,9}/[^\s,;)\]]+)")
COUNTER: Final = re.compile(
    r"\s*[(\[]\s*(?:(?:paper|id|submission|no\.?|number)\s*[#:]?\s*\d{1,5}|#\s*[A-Z]{0,8}-?\d{1,5}|(?!19\d\d"
    r"|20\d\d)\d{1,5})\s*[)\]]\s*",
    re.IGNORECASE,
)
# What a paper won, or how it is shown.
AWARD: Final = re.compile(
    r"(?i)[\W_]*(?:(?:best|outstanding)(?: student| demo| short| long| theme)? (?:paper|poster)s?(?: award)?"
    r"(?: winner| runner.?up| nominee| nomination| honou?rable mention)?|honou?rable mention"
    r"|(?:oral|spotlight|poster)(?: presentation| talk)?)[\W_]*"
)
_EMPTY: Final = re.compile(r"[(\[{（【]\s*[\x1f\s,|/;:&+·-]*[)\]}）】]")
SIGN_ONLY: Final = re.compile(r"[\W_]*")
_AROUND: Final = " \t,.;:|/·•–—-+~"
_LEAD_WORDS: Final = re.compile(r"^(?:[Bb]y|BY|[Ff]rom|[Aa]uthors?|作者|In)\s*[:：]?\s+(?=\S)")
_BRACKET_BEHIND: Final = re.compile(r"^(?P<text>.*?)\s*[(\[](?P<inner>[^()\[\]]{2,120})[)\]][\s.]*$")
_BRACKET_BEFORE: Final = re.compile(r"^\s*[(\[](?P<inner>[^()\[\]]{2,120})[)\]][\s:,.]*(?P<text>.*)$")
# A word, not an initial, that a full stop ends.
# With brackets in it, one deep.
_BRACKET: Final = re.compile(r"\((?:[^()\x1f]|\([^()\x1f]{0,60}\)){3,300}\)")
_BRACKETS: Final = re.compile(r"\([^()]*\)")
# Where authors work, which is no venue.
_INSTITUTION: Final = re.compile(
    r"(?i)\b(?:universi(?!.*press)|institut|college|laborator|school of|academy of|polytech)"
)
_SENTENCE: Final = re.compile(r"[^\W\d_]{3,}\.\s+[A-Z]")
# How often a statement falls in two.
_DEEPEST: Final = 5
# Behind so many nothing of a paper stands.
_MOST_STATEMENTS: Final = 24
# Longer statements are prose, or names and nothing else.
_LONGEST_STATEMENT: Final = 600


NO_NAMES: Final = Identifiers()


@dataclass(frozen=True, slots=True)
class Reference:
    """A paper as a line tells it; `rest` is what the line says beyond its fields; `marked` how its title stands out."""

    title: str = ""
    authors: tuple[str, ...] = ()
    venue: str = ""
    date: PartialDate | None = None
    links: tuple[tuple[str, str], ...] = ()
    identifiers: Identifiers = NO_NAMES
    rest: tuple[str, ...] = ()
    marked: str = ""
    local: bool = False
    tool: bool = False
    document: bool = False

    @property
    def has_paper(self) -> bool:
        """Whether one of its links leads to a paper."""
        return self.identifiers != Identifiers() or any(
            name in {"paper", "pdf"} and not paper_links.is_tool_address(href) for name, href in self.links
        )


def read_tail_parts(parts: list[str]) -> Reference:
    """What stands before and after the title: names, venue, date, ids, and the statements that are none of these."""
    reference = Reference()
    rest: list[str] = []
    for part in parts:
        words, names = _take_ids(part)
        reference = replace(reference, identifiers=merge(reference.identifiers, names))
        for count, statement in enumerate(split_statements(words)):
            reference, left = _take(reference, statement) if count < _MOST_STATEMENTS else (reference, statement)
            if left:
                rest.append(left)
    return replace(reference, rest=tuple(rest))


def split_statements(text: str) -> tuple[str, ...]:
    """A text cut where links, lines and bars divide it; lines that go on with names stay together."""
    text = COUNTER.sub(" ", text.replace("\t", " "))
    text = _BRACKET.sub(lambda found: found[0].replace("\n", " "), text)
    for _ in range(3):
        text = _EMPTY.sub(lambda found: LINK if LINK in found[0] else " ", text)
    text = re.sub(r"[^\S\n\x1f]{2,}", " ", text)  # each would be tried below
    if re.search(r"\s[·•|]\s|;", text):
        text = "\n".join(_with_commas(line) for line in text.split("\n"))
    text = re.sub(r"(?<=[,&;])\s*\n|\n\s*(?=(?:and|&)\s)", " ", text)
    text = _BRACKET.sub(lambda found: re.sub(r"\s([-–—|·])\s", " \ue000\\1\ue000 ", found[0]), text)
    pieces = re.split(r"[\x1f\n]+|\s+[|–—·•]+\s+|\s+-{1,3}\s+|\s*\|\s*|(?<=\))\s*,\s*(?=\()|；", text)
    pieces = [piece.replace("\ue000", "") for piece in pieces]
    found = [" ".join(piece.split()).strip(" ,;:|/·•–—-+~<>").lstrip(".") for piece in pieces]
    return tuple(piece for piece in found if not SIGN_ONLY.fullmatch(piece) and not AWARD.fullmatch(piece))


def _with_commas(line: str) -> str:
    """Names with commas between them that signs or places divide: `Ada Lovelace • Ann Author`."""
    if placed := placed_names(line):
        return ", ".join(placed)
    names = [name.strip() for name in re.split(r"\s[·•|]\s", line.strip(" \x1f"))]
    return ", ".join(names) if len(names) > 1 and are_surely_authors(", ".join(names)) else line


def _take(reference: Reference, statement: str, depth: int = 0) -> tuple[Reference, str]:
    """A statement as names, venue or date where the reference has none yet; what it says beyond that."""
    text = _LEAD_WORDS.sub("", statement.strip(_AROUND))
    if SIGN_ONLY.fullmatch(text):
        return reference, ""
    if text[0] in PAIRS and text.rstrip(".").endswith(PAIRS[text[0]]) and text[0] not in text[1:-1]:
        text = text.rstrip(".")[1:-1].strip(_AROUND)
    for form in (_BRACKET_BEHIND, _BRACKET_BEFORE):
        found = form.search(text)
        placed = found is not None and depth < _DEEPEST and not _INSTITUTION.search(found["inner"])
        inner = parse_published(found["inner"]) if found and placed else None
        if found and inner and _fits(reference, inner) and (not inner.venue or not parse_published(found["text"])):
            return _take(_publish(reference, inner), found["text"], depth + 1)
    if not reference.authors:
        if _are_persons(text) and not _known_venue(text) and not _SENTENCE.search(_BRACKETS.sub("", text)):
            return replace(reference, authors=read_authors(text)[0]), ""
        if depth < _DEEPEST:
            for names, other in _author_splits(text) if _may_name(text) else _leading_names(text):
                if _are_persons(names) and not _known_venue(names):
                    return _take(replace(reference, authors=read_authors(names)[0]), other, depth + 1)
    published = parse_published(text)
    behind = _BRACKET_BEHIND.search(text)
    if published and behind and parse_published(behind["text"]) and not find_date(behind["inner"]) and depth < _DEEPEST:
        known, left = _take(reference, behind["text"], depth + 1)
        return known, f"{left} ({behind['inner']})" if left else behind["inner"]
    if published and _fits(reference, published):
        return _publish(reference, published), ""
    if depth < _DEEPEST and len(text) < _LONGEST_STATEMENT:
        for left, right in _splits(text):
            published = parse_published(left)
            if published and _fits(reference, published) and (published.date or _known_venue(left)):
                return _take(_publish(reference, published), right, depth + 1)
            published = parse_published(right)
            if published and _fits(reference, published) and (published.date or len(left.split()) < 6):
                return _take(_publish(reference, published), left, depth + 1)
    return reference, statement


def _are_persons(text: str) -> bool:
    """Whether a text is names, and none of them is where authors work."""
    return are_authors(text) and not any(_INSTITUTION.search(name) for name in read_authors(text)[0])


def _may_name(text: str) -> bool:
    """Whether names may stand at an end of a text: it is no prose."""
    words = text.split()
    return len(text) < _LONGEST_STATEMENT or sum(word[0].isupper() for word in words) * 2 > len(words)


def _leading_names(text: str) -> Iterator[tuple[str, str]]:
    """Names that prose follows, divided by a semicolon."""
    for found in list(re.finditer(r"\s*;\s*", text[:_LONGEST_STATEMENT]))[:3]:
        yield text[: found.start()], text[found.end() :]


def _author_splits(text: str) -> Iterator[tuple[str, str]]:
    """(names, the other words) at every place where names may end or begin; the most names first."""
    if inverted := inverted_names(text):
        yield text[: inverted[1]].strip(_AROUND), text[inverted[1] :]
    for found in list(
        re.finditer(r"\bet\.?\s*al\.?[,:;.]?\s+|(?<![\s.(][A-Z])[.]\s+|\s+[Ii]n:?\s+(?=[A-Z\"])|[;:]\s+", text)
    )[:8]:
        sign = found[0].strip()
        yield text[: found.end() if sign.startswith("et") else found.start()], text[found.end() :]
    commas = [found.start() for found in re.finditer(r",\s", text)]
    if commas and (first := parse_published(text[: commas[0]])) and first.date:
        yield text[commas[0] + 1 :], text[: commas[0]]
    for place in commas[::-1][:12]:
        yield text[:place], text[place + 1 :]
    for place in commas[:12]:
        yield text[place + 1 :], text[:place]
    for found in list(re.finditer(r"\.\s+", text))[-3:]:
        yield text[found.end() :], text[: found.start()]


def _splits(text: str) -> Iterator[tuple[str, str]]:
    """The places where a statement may fall in two: behind a sentence, at commas, before a venue and its year."""
    for found in list(re.finditer(r"(?<![\s.(][A-Z])\.,?\s+|\s+[Ii]n:?\s+(?=[A-Z\"])|[;:]\s+", text))[:8]:
        yield text[: found.start()], text[found.end() :]
    commas = [found.start() for found in re.finditer(r",\s", text)]
    for place in commas[:6] + commas[6:][-6:]:
        yield text[:place], text[place + 1 :]
    if year := re.search(r"\s+(?=(?:[A-Z][\w&-]*\s?)?['’]?(?:19|20)?\d\d\s*$)", text):
        yield text[: year.start()], text[year.end() :]


def _known_venue(text: str) -> bool:
    """Whether a text that may be names says that it is a venue."""
    text = re.sub(r"\([^()]*\)", "", text)  # where the names are from
    published = parse_published(text)
    if published is None or (published.date is None and _INSTITUTION.search(text)):
        return False
    return published.date is not None or is_known_venue(text)


def _fits(reference: Reference, published: Published) -> bool:
    """Whether a reference still lacks what is published here."""
    if published.venue and reference.venue:
        return False
    return bool(published.venue) or reference.date is None


def _publish(reference: Reference, published: Published) -> Reference:
    """The reference with venue and date; the more precise date is kept."""
    old, new = reference.date, published.date
    date = new if old is None or (new is not None and len(str(new)) > len(str(old))) else old
    return replace(reference, venue=reference.venue or published.venue, date=date)


def _take_ids(text: str) -> tuple[str, Identifiers]:
    """The text without the ids that it names."""
    names = Identifiers()
    if found := _ARXIV_TEXT.search(text):
        names = Identifiers(arxiv=found["id"], version=int(found["v"]) if found["v"] else None)
        text = text[: found.start()] + LINK + text[found.end() :]
    if found := _DOI_TEXT.search(text):
        doi = identifiers.parse_doi(found[1].rstrip(".,"))
        arxiv = identifiers.parse_arxiv(found[1]) if doi else None
        names = merge(names, Identifiers(arxiv=arxiv[0]) if arxiv else Identifiers(doi=doi or ""))
        text = text[: found.start()] + LINK + text[found.end() :]
    return text, names


def merge(first: Identifiers, second: Identifiers) -> Identifiers:
    """All that either knows; the first is right."""
    return identifiers.merge_identifiers(first, second)
