"""The lines of a plain document and what the small ones around an abstract say: ids, comments, labels, page noise."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby, islice
from typing import Final

from digest.formats import dates, identifiers, plain_text, tex_accents
from digest.formats.day_lines import LONGEST, DayReader
from digest.model import Identifiers, Noise, PartialDate, Span


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a document; numbers count from one."""

    number: int
    text: str

    @property
    def words(self) -> str:
        """The text without the blanks around it."""
        return self.text.strip()


Paragraph = tuple[Line, ...]


# A document whose longest line is shorter was broken to a width.
_BROKEN: Final = 140
_UNKNOWN: Final = Identifiers()


@dataclass(frozen=True, slots=True)
class Detail:
    """What one small line says of a paper; `noise` is what of it is none of that."""

    line: Line
    venue: str = ""
    identifiers: Identifiers = _UNKNOWN
    published: PartialDate | None = None
    updated: PartialDate | None = None
    links: tuple[tuple[str, str], ...] = ()
    noise: str = ""


_FOREIGN_HEAD: Final = re.compile(
    r"(?:---[ \t]*\n|\+\+\+[ \t]*\n|<[!?A-Za-z]|@\w+\s*[{(]|TY  ?- |PMID- |%PDF|\{\s*[\"}]|\\\\[ \t]*\n"
    r"|\[\s*(?:[{\"]|\[(?![^\[\]\"{}\n]+\]\]))"
    r"|-{60,}[ \t]*\n"
    r"|From:? |Subject: )"
)
# Tagged records of a bibliography, which may have a number or a line of the program above the first.
_FOREIGN_LINE: Final = re.compile(
    r"(?m)^(?:TY  ?- |PMID ?- |TI {1,2}- |UI {1,2}- |%0 [A-Z]|@[A-Za-z]+\s*\{"
    r"|(?:[>|] ?){0,3}\\\\[ \t]*\n(?:[>|] ?){0,3}(?:arXiv:|Paper\b))"
)
# The labels of listings and title pages, by what they say.
_LABELS: Final = {
    "venue": "comments? comment journal-ref journal-reference venue conference published-in appeared-in booktitle note",
    "published": "published submitted posted date published-on submitted-on posted-on first-published publication-date",
    "updated": "updated revised last-updated last-revised updated-on revised-on",
    "identifier": "arxiv arxiv-id doi related-doi pmid openreview cite-as url link paper pdf abs links identifier html",
    "noise": "subjects? subject subject-class categories category primary report-no report-number msc-class acm-class "
    "license licence keywords key-words tags index-terms submission-history from source tl;dr tldr",
}
_LABEL_KIND: Final = {label.rstrip("?"): kind for kind, labels in _LABELS.items() for label in labels.split()} | {
    "subjects": "noise",
    "comments": "venue",
}
_LABELLED: Final = re.compile(
    r"(?:\*\*|__|\*|-\s)?(?P<label>[A-Za-z][A-Za-z; -]{1,19}?)(?:\*\*|__|\*)?\s?:(?:\*\*|__|\*)?(?:\s+|$)(?P<value>.*)"
)
_SUBMITTED: Final = re.compile(
    r"(?i)\[?\(?(?P<verb>submitted|posted|published)(?: on| to arxiv on)?:?\s+(?P<day>[^;()\]]{6,30}?)"
    r"(?:\s*\((?:this version|v\d)[^)]*\)|;\s*v1 submitted (?P<first>[^;]{6,30}?))?"
    r"(?:[;,(]\s*(?:originally announced|last revised|revised|latest version)[^\]]*)?[.\])]*"
)
_NUMBERING: Final = re.compile(r"(?:\[\d{1,4}\]|\(\d{1,4}\)|\d{1,4}[.)])\s+")
_ADDRESS: Final = re.compile(r"<?(?P<url>https?://[^\s<>\"]+)>?")
_ID_TAIL: Final = re.compile(
    r"(?:\s|\[[^\]\n]{0,60}\]|\((?:19|20)\d\d\)|\((?:cross-list|replaced|cs|math|stat)[^)\n]{0,60}\)"
    r"|\b(?:pdf|ps|abs|html|other|doi|arxiv|links?|bibtex|bib|paper|cite as|as|available at)\b:?"
    r"|\barXiv (?:e-?prints?|preprint)\b|\b[a-z-]+\.[A-Z][A-Za-z]{1,3}\b|[|·•,;.:()—–\[\]-])*"
)
_EMPHASIS: Final = re.compile(r"(?:[→➜]\s*)?(?P<mark>\*{1,3}|_{1,2}|`|)(?P<inside>[^*`]+)(?P=mark)")
# `ArXiv 1804.00222`, `eprint: 1804.00222`, `arXiv identifier 1804.00222`; a bare number says nothing.
_SPELT_ARXIV: Final = re.compile(
    r"(?i)(?:arxiv(?:[ |-]+(?:e-?print|preprint|identifier|id|number|no\.?|paper))?|e-?print)\s?[:|#]?\s*"
    r"(?=\d{4}\.\d{4,5}(?:v\d+)?\b)"
)
# A star that marks a comment.
_STAR: Final = re.compile(r"[*•]\s+")
_VENUE_START: Final = re.compile(
    r"(?:(?:Published|Accepted|Accept|To appear|To be (?:published|presented)|Presented|Appear(?:s|ed|ing)|In press"
    r"|Submitted to|Under review|Camera[- ]ready|(?:Conference|Journal|Extended|First) version|Oral (?:at|presentation"
    r"|paper)|Spotlight|Poster|Best [Pp]aper|In [Pp]roceedings|In [Pp]roc\.|Proceedings of|Workshop (?:at|on|paper)"
    r"|Preprint|In submission|(?:Short|Full|Long|Earlier|Preliminary|Updated) version|Updated to|Main paper"
    r"|[Aa]ppear(?:s|ed|ing) (?:at|in)|In(?=:)|Oral$"
    r"|(?:[Ff]ixed|[Cc]orrected|[Aa]dded|[Mm]inor) (?:typos?|references?|corrections?|changes)"
    r"|(?:This (?:paper|article|submission|work) (?:has been|was|is) )?[Ww]ithdrawn|[Cc]omments (?:are )?welcome"
    r"|arXiv admin note|Technical [Rr]eport|Work in progress|Project page:?|Winner of|Invited (?:paper|talk)"
    r"|(?:Master'?s?|PhD|Doctoral) [Tt]hesis|Code (?:and|is|available|at)[^.]*https?://)\b"
    r"|\d+ pages?\b|\d+ figures?\b|v\d+:)"
)
_VENUE_NAME: Final = re.compile(
    r"(?:(?:In|At|The)\s+)?(?:\d+(?:st|nd|rd|th)\s+)?"
    r"(?:(?:[A-Z][\w&/.+'’-]*|\d+(?:\(\d+\))?|of|on|in|for|and|the|to|at|&|-|–),?\s+){0,14}"
    r"(?:[A-Z][\w&/.+-]*\s*)?[('’]?(?:(?:19|20)\d\d|['’]\d\d|(?<=[A-Z]-)\d\d)\)?"
    r"(?:[\s,;:(–-]+(?:[A-Z(][\w&/.+'’()-]*|of|on|in|for|and|the|to|oral|spotlight|poster|workshop|track"
    r"|under|review|camera|ready|camera-ready|version|paper|submission|\d+)[,;)]*){0,14}"
    r"\.?"
)
_ARROWS: Final = r"△▽▲▼▾▴►▶◀«»<>‹›+|·•↑↓←→*✕×\s-"
_PAGE_NOISE: Final = re.compile(
    rf"(?i)[{_ARROWS}]*"
    r"(?:(?:show|read|view|see|load|hide|click|tap)(?: (?:more|less|all|abstract|pdf|paper|details|summary|here"
    r"|full text|to expand|on arxiv))+|more|less|expand|collapse|toggle abstract|abstract|download(?: pdf| paper)?"
    r"|access (?:paper|model|code|models?/code)(?:,? (?:and|or) [a-z ]+)?|add (?:code|to library|to list)|via"
    r"|click to (?:read|view|get) [a-z ]+|get (?:code|pdf|paper)|get (?:model|paper)/code|request code"
    r"|share this with someone who'll enjoy it|figures and tables|view (?:paper|code|abstract|publication)"
    r"|(?:(?:pdf|bib(?:tex)?|abs|doi|code|video|slides|poster|software|copy)\s+){1,6}(?:pdf|bib(?:tex)?|abs|doi|code|video|copy)"
    r"|pdf|html|ps|bib(?:tex)?|cite|citation|share|save|tweet|like|reply|follow|subscribe|back(?: to top)?|top"
    r"|(?:next|prev(?:ious)?|older|newer)(?: (?:posts?|entries|papers|page|day|week|month))?|archives?|home"
    r"|about|contact|menu|search|login|log in|sign in|sign up"
    r"|skip to (?:main )?content|publications|papers|preprints|advertisement|sponsored|view on arxiv|other formats"
    r"|arxiv|talk|appendix|demo|google scholar|semantic scholar|export bibtex|code|slides|video|poster|project page"
    r"|website|supplementary"
    r"|\[?link\]?|copy|print|\d+ (?:comments?|views?|likes?|shares?|citations?)|page \d+(?: of \d+)?|showing \d.*"
    r"|(?:©|\(c\)|copyright)\s.*|all rights reserved.*|powered by .*|loading\W*)"
    rf"[.:{_ARROWS}]*"
)
_RULE: Final = re.compile(r"[-=_*~#·•|+…—–\s]+")
_NOISE_TAIL: Final = re.compile(
    r"\s*(?:[△▽▲▼]\s*(?:Less|More)|\[?(?:Show|Read|View) (?:more|less)\]?|\(more\)|…\s*[Mm]ore)\s*$"
)
_LONGEST_END: Final = 500  # in characters: a whole address
_SENTENCE_END: Final = re.compile(r"[.!?…。！？][\"'”’)\]}*_]*(?:\s*\[[\d, –-]+\])?$|\$\$$|\\\]$|https?://\S+$")


def read_lines(text: str) -> tuple[Line, ...]:
    """The lines of a document, whatever ends them."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return tuple(Line(number, line) for number, line in enumerate(text.split("\n"), start=1))


def split_paragraphs(lines: Iterable[Line], most: int | None = None) -> list[Paragraph]:
    """The runs of lines between blank ones, or so many of the first."""
    runs = (tuple(group) for filled, group in groupby(lines, key=lambda line: bool(line.words)) if filled)
    return list(islice(runs, most))


def page_width(lines: Iterable[Line]) -> int:
    """The width that a document was broken to, 0 if its paragraphs are lines."""
    longest = max((len(line.text.rstrip()) for line in lines), default=0)
    return longest if longest < _BROKEN else 0


def is_foreign(text: str) -> bool:
    """Whether a document is clearly of another kind: front matter, markup, a bibliography, mail, flattened text."""
    head = text.removeprefix("\ufeff").lstrip().replace("\r\n", "\n")
    tagged = _FOREIGN_HEAD.match(head) or _FOREIGN_LINE.search(head, 0, 4096)
    return bool(tagged) or text.count("[link]") > 1 or "\x00" in text[:4096]


def states_days(lines: Iterable[Line]) -> bool:
    """Whether a line that opens a paragraph is nothing but a day: then the papers below it are of that day."""
    opens = True
    known = tuple(lines)
    reader = DayReader.of_lines(line.text for line in known)
    for line in known:
        short = opens and 0 < len(line.words) <= LONGEST
        told = reader.read(line.text) if short else None
        if short and not told and line.text.startswith("#"):
            reader.take_above(line.text)
        if told and (told.day or line.text.startswith("#")):
            return True
        opens = not line.words
    return False


def ends_sentence(text: str) -> bool:
    """Whether a text is complete, as far as its last signs tell."""
    return bool(_SENTENCE_END.search(text.rstrip()[-_LONGEST_END:]))


def is_markdown(path: str) -> bool:
    """Whether a document is in Markdown by its name: then a star in it is a mark, and no sign of its text."""
    return path.casefold().endswith((".md", ".markdown", ".mdown", ".mkd"))


def render_body(lines: Iterable[str], *, marked: bool = False) -> str:
    """The lines of an abstract as Markdown, which those of a `marked` one are; a blank one parts paragraphs."""
    if marked:
        return re.sub(r"\n{3,}", "\n\n", tex_accents.letters_from_tex("\n".join(lines)).strip("\n"))
    return plain_text.markdown_from_plain(tex_accents.letters_from_tex("\n".join(lines)))


def clean_text(text: str) -> str:
    """A title or comment in one line, its accents as letters."""
    return " ".join(tex_accents.letters_from_tex(text).split())


def respelt_words(text: str) -> list[str]:
    """The words of a line that lose their TeX accents, as they were written."""
    if tex_accents.letters_from_tex(text) == text:
        return []
    words = [found[0] for found in re.finditer(r"\S*\\(?:[A-Za-z]+\s)?\S+", text)]
    return [word for word in words if tex_accents.letters_from_tex(word) != word] or [text.strip()]


def as_noise(path: str, line: Line, text: str | None = None) -> Noise:
    """A line, or a piece of it, as page noise."""
    piece = line.words if text is None else text
    return Noise(Span(path, line.number, max(1, line.text.find(piece) + 1), max(1, len(piece))), piece)


def split_noise_tail(text: str) -> tuple[str, str]:
    """A line of prose, and the `△ Less` at its end."""
    tail = _NOISE_TAIL.search(text)
    return (text[: tail.start()], tail[0].strip()) if tail else (text, "")


@lru_cache(maxsize=1024)  # a line is looked at from many sides, and there may be thousands of one rule
def is_page_noise(text: str) -> bool:
    """Whether a line is a button, a rule or a footer of the page."""
    text = text.strip()
    if (
        len(text) < _BROKEN
        and (row := re.findall(r"\[([^\[\]]+)\]", text))
        and re.fullmatch(r"(?:\s*\[[^\[\]]+\])+", text)
    ):
        return all(map(_PAGE_NOISE.fullmatch, row))
    return bool(_RULE.fullmatch(text) or _PAGE_NOISE.fullmatch(text))


def is_venue(text: str) -> bool:
    """Whether a line by itself is a comment on where a paper appeared, or on its pages."""
    text = _STAR.sub("", text.strip())
    if len(text) > 250 or len(text) < 4 or dates.parse_date_line(text):
        return False
    if re.search(r"[a-z]{3,}[.!?]\s+(?:We|This|The|In this|Our)\s", text):
        return False
    return bool(_VENUE_START.match(text) or (_VENUE_NAME.fullmatch(text) and re.match(r"[^a-z]", text)))


def read_venue(line: Line) -> Detail:
    """A line that is a comment, without the star in front of it."""
    return Detail(line, venue=clean_text(_STAR.sub("", line.words)))


def read_detail(line: Line) -> Detail | None:
    """What a small line says, if it is one; prose is none, nor is an unmarked comment (see `is_venue`)."""
    text = line.words
    if len(text) > 600:
        return None
    if is_page_noise(text):
        return Detail(line, noise=text)
    return _labelled(line, text) or _submitted(line, text) or _identity(line, text) or _dated(line, text)


def read_day(line: Line) -> Detail | None:
    """A line that is nothing but a day, below a title or its authors: then the paper's own."""
    day = dates.parse_date_line(line.text) if len(line.words) <= 60 else None
    return Detail(line, published=as_partial(day), noise=line.words) if isinstance(day, date) else None


def _dated(line: Line, text: str) -> Detail | None:
    """A day in a row with ids: `2 May 2024 · arXiv:2405.00001`."""
    parts = [part.strip() for part in re.split(r"\s[·•|]\s|\t", text)]
    if not 2 <= len(parts) <= 4:
        return None
    days = [day for part in parts if isinstance(day := dates.parse_date_line(part), date)]
    found = [_identity(line, part) for part in parts if dates.parse_date_line(part) is None]
    if len(days) != 1 or not found or not all(found):
        return None
    names, links = Identifiers(), tuple[tuple[str, str], ...]()
    for each in found:
        if each:
            names, links = identifiers.merge_identifiers(names, each.identifiers), (*links, *each.links)
    return Detail(line, identifiers=names, published=as_partial(days[0]), links=links, noise=text)


def _labelled(line: Line, text: str) -> Detail | None:
    match = _LABELLED.fullmatch(text)
    if not match:
        return None
    label, value = match["label"], match["value"].strip()
    kind = _LABEL_KIND.get("-".join(label.casefold().split()))
    if kind == "venue":
        return Detail(line, venue=clean_text(value), noise=label)
    if kind in {"published", "updated"}:
        day = as_partial(dates.parse_date_line(value.rstrip(".")))
        if day is None:
            return Detail(line, noise=text) if not value else None
        return Detail(line, noise=text, published=day) if kind == "published" else Detail(line, noise=text, updated=day)
    if kind == "identifier":
        found = _identity(line, value)
        return (
            Detail(line, identifiers=found.identifiers, links=found.links, noise=f"{label} {found.noise}")
            if found
            else None
        )
    return Detail(line, noise=text) if kind == "noise" else None


def _submitted(line: Line, text: str) -> Detail | None:
    """`Submitted 5 December, 2019; v1 submitted …; originally announced …`, as arXiv's search prints it."""
    match = _SUBMITTED.fullmatch(text)
    day = as_partial(dates.parse_date_line(match["day"].strip(" ,."))) if match else None
    if match is None or day is None:
        return None
    first = as_partial(dates.parse_date_line(match["first"].strip(" ,."))) if match["first"] else None
    return Detail(line, published=first or day, updated=day if first else None, noise=text)


def _identity(line: Line, text: str) -> Detail | None:
    """A line that is nothing but ids and addresses."""
    emphasis = _EMPHASIS.fullmatch(text)
    rest = emphasis["inside"] if emphasis else text
    noise: list[str] = []
    if spelt := _SPELT_ARXIV.match(rest):
        noise.append(spelt[0].strip())
        rest = f"arXiv:{rest[spelt.end() :]}"
    if numbering := _NUMBERING.match(rest):
        noise.append(numbering[0].strip())
        rest = rest[numbering.end() :]
    names = Identifiers()
    links: list[tuple[str, str]] = []
    while rest:
        tail = _ID_TAIL.match(rest)
        if tail and tail[0]:
            noise.append(tail[0].strip())
            rest = rest[tail.end() :]
            continue
        token = rest.split(maxsplit=2)
        piece = token[0]
        found = identifiers.parse_marked(piece.strip(",;()[]<>|"))
        if found is None and len(token) > 1 and piece.endswith(":"):
            found = identifiers.parse_marked(f"{piece}{token[1].strip(',;()[]<>|')}")
            piece = rest[: rest.index(token[1], len(piece)) + len(token[1])] if found else piece
        if found is not None:
            names = identifiers.merge_identifiers(names, found)
            noise.append(dropped_of(piece, found))
        elif address := _ADDRESS.fullmatch(piece.rstrip(",;")):
            links.append((_link_name(address["url"]), address["url"]))
        else:
            return None
        rest = rest[len(piece) :]
    if names == Identifiers() and not links:
        return None
    return Detail(line, identifiers=names, links=tuple(links), noise=" ".join(filter(None, noise)))


def dropped_of(text: str, names: Identifiers) -> str:
    """What a written id says beyond the id: an address, a category; nothing where it is plainly marked."""
    version = f"v{names.version}" if names.version else ""
    for mark, name in (("arXiv:", f"{names.arxiv}{version}"), ("doi:", names.doi), ("PMID:", names.pmid)):
        if text.casefold().startswith(f"{mark}{name}".casefold()) and name:
            return text[len(mark) + len(name) :].strip()
    return text


def _link_name(address: str) -> str:
    if re.search(r"\b(?:github|gitlab|bitbucket)\.", address):
        return "code"
    return "pdf" if address.casefold().endswith(".pdf") else "paper"


def as_partial(day: date | PartialDate | None) -> PartialDate | None:
    """A day as a date of any precision; nothing for a month or year alone."""
    return PartialDate(day.year, day.month, day.day) if isinstance(day, date) else day
