"""One paper on one line of a list, whatever its order: title, authors, venue, date, links, and what else it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from digest.formats import identifiers
from digest.formats.author_lines import is_name, parse_authors
from digest.formats.markdown_inline import Piece, parse_inline
from digest.formats.name_lists import (
    are_authors, are_surely_authors, inverted_names, is_names, is_prose, read_authors, says_et_al,
)
from digest.formats.tex_accents import letters_from_tex
from digest.formats.venues import Published, find_date, is_known_venue, parse_published
from digest.model import Identifiers, PartialDate
from digest.sources import paper_links

# Stands where a link with a label stood: it divides what is around it.
_LINK: Final = "\x1f"
_EDGE: Final = " \t\n\x1f,.;:|/·•–—-~+&"
_PAIRS: Final = {"(": ")", "[": "]", "{": "}"}
_QUOTED: Final = re.compile(r"[\"“„«「『](?P<title>[^\"“”„«»「」『』\n]{8,400})[\"”“»」』]")
_LEAD_DATE: Final = re.compile(
    r"\s*(?:[(\[【]\s*)?(?P<date>(?:19|20)\d\d(?:[-/.](?:0?[1-9]|1[0-2])(?:[-/.][0-3]?\d)?)?)(?:\s*[)\]】])?\s*[:,|–—-]?\s+(?=\S)"
)
_LEAD_ISSUE: Final = re.compile(
    r"[\s*]*(?P<in>[A-Z][A-Za-z&-]{1,12}(?:\s{0,3}['’´`]\s?\d\d|\s{1,3}\d\d['’´`]))\s*[:|,-]?\s+(?=\S)"
)
_LEAD_VENUE: Final = re.compile(
    r"\s*(?:[(\[【](?P<in>[^()\[\]【】\n]{2,60})[)\]】]|(?P<out>[A-Z][\w'’&\- ]{1,40}?))\s*[:：,|–—-]?\s*(?=\S)"
)
_APA: Final = re.compile(
    r"(?P<authors>[^()\n]{4,3000}?)\.?,?\s*[(\[](?P<date>(?:19|20)\d\d[a-z]?(?:,\s*[A-Z]\w+(?:\s\d{1,2})?)?|in press|n\.d\.)[)\]][.,:]?\s+(?=\S)"
)
_TITLE_END: Final = re.compile(r"(?<=[.?!])\s+(?=[\"'“(\[]?[^\W\d_a-z]|\x1f|\d|$)")
_ARXIV_TEXT: Final = re.compile(
    r"(?i)\barxiv(?:\s+preprint)?(?:\s+arxiv)?[:\s]\s*(?P<id>\d{4}\.\d{4,5})(?:v(?P<v>\d+))?(?:\s*\[[\w.-]+\])?"
)
_DOI_TEXT: Final = re.compile(r"(?i)\b(?:doi:?\s*)(10\.\d{4,9}/[^\s,;)\]]+)")
_COUNTER: Final = re.compile(
    r"\s*[(\[]\s*(?:(?:paper|id|submission|no\.?|number)\s*[#:]?\s*\d{1,5}|#\s*\d{1,5}|(?!19\d\d|20\d\d)\d{1,5})\s*[)\]]\s*",
    re.IGNORECASE,
)
_EMPTY: Final = re.compile(r"[(\[{（【]\s*[\x1f\s,|/;:&+·-]*[)\]}）】]")
_ORDINAL: Final = re.compile(r"^(\s*[*_\[]{0,4})\s*[(\[]?\d{1,3}[.)、]\s+(?=\S)")
_SIGN_ONLY: Final = re.compile(r"[\W_]*")
_LONGEST_TITLE: Final = 400
_AROUND: Final = " \t,.;:|/·•–—-+~"
_LEAD_WORDS: Final = re.compile(r"^(?:[Bb]y|BY|[Ff]rom|[Aa]uthors?|作者|In)\s*[:：]?\s+(?=\S)")
_BRACKET_BEHIND: Final = re.compile(r"^(?P<text>.*?)\s*[(\[](?P<inner>[^()\[\]]{2,120})[)\]][\s.]*$")
_BRACKET_BEFORE: Final = re.compile(r"^\s*[(\[](?P<inner>[^()\[\]]{2,120})[)\]][\s:,.]*(?P<text>.*)$")
_CUTS: Final = re.compile(r"\s+[-–—|]+\s+|,\s+by:?\s+|,\s+|\s+by:?\s+|[.?!]\s+|\s*[(\[]|\s*;\s+|\s{2,}|\t")
# How often a statement falls in two.
_DEEPEST: Final = 5
# Longer statements are prose, or names and nothing else.
_LONGEST_STATEMENT: Final = 600


@dataclass(frozen=True, slots=True)
class Reference:
    """A paper as a line tells it; `rest` is what the line says beyond its fields; `marked` how its title stands out."""

    title: str = ""
    authors: tuple[str, ...] = ()
    venue: str = ""
    date: PartialDate | None = None
    links: tuple[tuple[str, str], ...] = ()
    identifiers: Identifiers = Identifiers()
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


@dataclass(frozen=True, slots=True)
class _Run:
    """Where a style or a link stands in the text of a line."""

    start: int
    end: int
    piece: Piece


@dataclass(slots=True)
class _Flat:
    """A line without its marks: text, where what stands in it, and the links with labels that were taken out."""

    text: str
    runs: list[_Run]
    labels: list[tuple[str, str]]
    local: bool = False


def read_reference(text: str, references: Mapping[str, str] | None = None) -> Reference:
    """Read a line as a paper; without a title it has none to tell."""
    flat = _flatten(parse_inline(_ORDINAL.sub(r"\1", text), references))
    title = _find_title(flat)
    if title is None:
        return Reference(
            links=_name_links(flat.labels), identifiers=_identify(flat.labels), rest=_statements(flat.text)
        )
    start, end, marked, before, after = title
    words = clean_title(flat.text[start:end])
    links = list(flat.labels)
    href = next((run.piece.href for run in flat.runs if run.piece.href and run.start < end and run.end > start), "")
    if href and not _is_local(href):
        links.insert(0, (paper_links.name_address(href), href))
    tail = _read_tail([before, after])
    return replace(
        tail,
        title=words,
        links=_name_links(links),
        identifiers=_merge(_identify(links), tail.identifiers),
        rest=tuple(_with_links(statement, flat) for statement in tail.rest),
        marked=marked,
        local=bool(href) and _is_local(href) or (not links and flat.local),
        tool=bool(href) and paper_links.is_tool_address(href),
        document=any(run.piece.href.lower().endswith((".pdf", ".ps")) for run in flat.runs) or flat.local,
    )


def read_tail(text: str, references: Mapping[str, str] | None = None) -> Reference:
    """Read a line that has no title: names, venue, date, links, what else it says."""
    flat = _flatten(parse_inline(text, references))
    tail = _read_tail([flat.text])
    return replace(
        tail,
        links=_name_links(flat.labels),
        identifiers=_merge(_identify(flat.labels), tail.identifiers),
        rest=tuple(_with_links(statement, flat) for statement in tail.rest),
    )


def clean_title(text: str) -> str:
    """A title on one line, without the signs around it and without the full stop of its sentence."""
    text = " ".join(letters_from_tex(text.replace(_LINK, " ")).split())
    text = text.strip(" \t,;|·•–—`").strip()
    while (
        len(text) > 2
        and (text[0] + text[-1] in {"“”", '""', "「」", "『』", "«»", "''", "‘’", "[]"})
        and text[0] not in text[1:-1]
    ):
        text = text[1:-1].strip(" ,;")
    if text.endswith(":"):
        text = text[:-1]
    if text.endswith(".") and not re.search(r"\.\.$|\b(?:[A-Z]|vs|etc|Jr|Inc|al)\.$", text):
        text = text[:-1]
    return text.rstrip(" ,;[({").strip(" ,;")


def _flatten(pieces: tuple[Piece, ...]) -> _Flat:
    text: list[str] = []
    runs: list[_Run] = []
    labels: list[tuple[str, str]] = []
    local = False
    place = 0
    for piece in pieces:
        if piece.image:
            continue
        words = piece.text
        if piece.href:
            name = paper_links.name_label(words, piece.href)
            if piece.href.startswith("#") or (name and _is_local(piece.href)):
                local = local or bool(re.search(r"(?i)\.(?:pdf|ps)$", piece.href))
                if name:
                    words = _LINK
            elif name:
                labels.append((name, piece.href))
                words = _LINK
        elif piece.code and paper_links.name_label(words):
            words = _LINK
        if piece.strong or piece.emphasis or piece.href or piece.code:
            if words != _LINK:
                runs.append(_Run(place, place + len(words), piece))
        text.append(words)
        place += len(words)
    return _Flat("".join(text), runs, labels, local)


def _is_local(href: str) -> bool:
    return not re.match(r"(?i)(?:https?:)?//|www\.|doi:|[\w.-]+\.(?:org|com|net|io|cc)/", href)


_Title = tuple[int, int, str, str, str]


def _find_title(flat: _Flat) -> _Title | None:
    """(start, end, how it is marked, the text before it, the text after it) of the title."""
    text = flat.text
    start = _behind_prefix(text, 0)
    strong = [run for run in _join_runs(flat, "strong") if not _is_prefix(text[run.start : run.end])]
    linked = [run for run in _join_runs(flat, "href") if _could_title(text[run.start : run.end])]
    slanted = [run for run in _join_runs(flat, "emphasis") if _could_title(text[run.start : run.end])]
    if apa := _read_apa(flat, start):
        return apa
    if strong and strong[0].start <= start + 80 and (found := _strong_title(flat, strong[0])):
        return found
    if linked and not _names_before(text, linked[0]):
        return _marked(flat, linked[0], "link")
    if quoted := _QUOTED.search(text):
        if _could_title(quoted["title"]) and quoted.start() <= max(400, start + 20):
            return quoted.start(), quoted.end(), "quote", text[: quoted.start()], text[quoted.end() :]
    if slanted and _is_slanted_title(text, start, slanted[0]):
        return _marked(flat, slanted[0], "emphasis")
    return _plain_title(flat, start)


def _join_runs(flat: _Flat, style: str) -> Iterator[_Run]:
    """The stretches of text in a style, whatever other styles change within."""
    current: _Run | None = None
    for run in flat.runs:
        value = getattr(run.piece, style)
        if not value:
            continue
        if current and run.start == current.end and getattr(current.piece, style) == value:
            current = _Run(current.start, run.end, current.piece)
            continue
        if current:
            yield current
        current = run
    if current:
        yield current


def _marked(flat: _Flat, run: _Run, marked: str) -> _Title:
    """A title as it stands out; what follows a short name after a colon belongs to it."""
    end = run.end
    return run.start, end, marked, flat.text[: run.start], flat.text[end:]


def _strong_title(flat: _Flat, run: _Run) -> _Title | None:
    text = flat.text
    words = text[run.start : run.end]
    after = text[run.end :]
    if re.fullmatch(r"\s*\[[^\[\]]{1,30}\]\s*", words) and (rest := re.match(r"\s*[:：–—-]?\s*([^\n\x1f]{8,400})", after)):
        title = _cut_title(rest[1])
        start = run.end + rest.start(1)
        return start, start + len(title), "strong", text[: run.end], text[start + len(title) :]
    if quoted := _QUOTED.match(after.lstrip(" :：-–—,")):
        start = run.end + len(after) - len(after.lstrip(" :：-–—,"))
        return start, start + quoted.end(), "quote", text[: run.start] + words, text[start + quoted.end() :]
    count = len(words.split())
    # `**Name**: Title of the Paper` and `**Name** [Title](…)`: the name alone is no title.
    if count <= 2 and not _has_cjk(words):
        linked = next(
            (
                link
                for link in _join_runs(flat, "href")
                if link.start >= run.end and _could_title(text[link.start : link.end])
            ),
            None,
        )
        if linked and linked.start - run.end <= 12:
            return _marked(flat, linked, "link")
        colon = re.match(r"\s*[:：–—-]\s*(?=\S)", after)
        if (colon or words.rstrip().endswith((":", "："))) and (
            rest := re.match(r"[^\n\x1f]{12,300}", after[colon.end() if colon else 0 :])
        ):
            plain = _cut_title(rest[0])
            end = run.end + (colon.end() if colon else 0) + len(plain)
            return run.start, end, "strong", text[: run.start], text[end:]
    if not _could_title(words) and count > 1:
        return None
    return run.start, run.end, "strong", text[: run.start], after


def _is_slanted_title(text: str, start: int, run: _Run) -> bool:
    """Whether a slanted text is the title: the first words, or those that names stand before."""
    before = text[start : run.start].strip(_EDGE)
    if not before:
        return True
    words = text[run.start : run.end]
    if is_names(words) or parse_published(words):
        return False
    return are_authors(before) or bool(re.search(r"(?:19|20)\d\d", before)) and len(words.split()) > 3


def _plain_title(flat: _Flat, start: int) -> _Title | None:
    """A title that nothing marks: the first words, or those that names stand before."""
    text = flat.text
    line = re.compile(r"[^\x1f]*").match(text, start)
    body = line[0] if line else ""
    if not body.strip():
        return None
    slanted = next((run for run in _join_runs(flat, "emphasis") if run.start > start), None)
    if slanted and slanted.start < start + len(body):
        body = body[: slanted.start - start]
    if (cut := _names_first(body)) is not None:
        begin, end = cut
        return start + begin, start + end, "plain", text[start : start + begin], text[start + end :]
    title = _cut_title(body)
    if not _could_title(title):
        return None
    end = start + len(title)
    return start, end, "plain", text[:start], text[end:]


def _cut_title(body: str) -> str:
    """The words up to where names, a venue or a date begin; only what is surely none of the title is cut off."""
    line_end = body.find("\n")
    if line_end > 0 and (_is_rest(body[line_end + 1 :]) or are_authors(body[line_end + 1 :].split("\n")[0])):
        return body[:line_end]
    for found in list(_CUTS.finditer(body))[:40]:
        sign = found[0].strip()
        rest = body[found.end() :]
        if not rest.strip(_EDGE) or found.start() < 3:
            continue
        if sign in {"(", "["}:
            close = body.find(_PAIRS[sign], found.end())
            inner = body[found.end() : close] if close > 0 else ""
            if inner and (parse_published(inner) or _COUNTER.fullmatch(f"({inner})") or are_surely_authors(inner)):
                return body[: found.start()]
        elif _is_rest(rest, single=sign in {".", ", by", "?", "!"} or sign.startswith("by") and body[found.start() - 1] in ",.)]"):
            return body[: found.start() + (sign in {"?", "!"})]
    return body


def _is_rest(text: str, *, single: bool = False) -> bool:
    """Whether a text is names, a venue, a date, and nothing else; one name alone only where `single`."""
    text = text.strip(_EDGE)
    if not text or (len(text) > 100 and is_prose(text)):
        return False
    if parse_published(text):
        return True
    if are_authors(text):
        return are_surely_authors(text) or (single and len(text.split()) > 1 and is_names(text) and are_surely_authors(f"{text}, et al."))
    tail = _read_tail([text])
    left = sum(len(words.split()) for words in tail.rest)
    names = ", ".join(tail.authors)
    if tail.authors and not (are_surely_authors(names) or (tail.venue or tail.date) and are_surely_authors(f"{names}, et al.")):
        return False
    return bool(tail.authors or tail.venue or tail.date) and (not left or (left < 3 and tail.date is not None))


def _names_first(body: str) -> tuple[int, int] | None:
    """Where the title stands in `Names. Title. Venue`."""
    inverted = inverted_names(body)
    stops = [inverted[1]] if inverted else []
    stops += [found.end() for found in re.finditer(r"(?<![\s.][A-Z])(?<!\bal)[.:]\s+|\bet\.? al\.?[,:.]?\s+", body)][:6]
    for stop in stops:
        names = body[:stop].strip(_EDGE)
        rest = body[stop:].lstrip(' .,:"“')
        if not rest or not are_authors(names) or len(names.split()) < 2 or len(rest.split()) < 3:
            continue
        if len(parse_authors(names).names) < 2 and not says_et_al(names) and not inverted:
            continue
        if is_names(rest.split(". ")[0]) or parse_published(rest):
            continue
        start = len(body) - len(body[stop:].lstrip(' .,:"“'))
        year = re.match(r"\(?(?:19|20)\d\d[a-z]?\)?[.,:]\s*", body[start:])
        start += year.end() if year else 0
        end = _TITLE_END.search(body, start)
        title = body[start : end.start()] if end else body[start:]
        title = _cut_title(title)
        return start, start + len(title)
    return None


def _read_apa(flat: _Flat, start: int) -> _Title | None:
    """`Lovelace, A., & Byron, A. (1843). Title. Venue.`"""
    text = flat.text
    found = _APA.match(text, start)
    if not found or text[found.end() : found.end() + 1].islower() or not (inverted_names(found["authors"].strip(" ,.") + ".") or are_authors(found["authors"])):
        return None
    begin = found.end()
    run = next(
        (
            run
            for run in flat.runs
            if run.start <= begin + 1 < run.end and (run.piece.href or run.piece.emphasis or run.piece.strong)
        ),
        None,
    )
    end = _TITLE_END.search(text, begin)
    stop = end.start() if end else len(text)
    if run:
        joined = next(
            r
            for style in ("href", "strong", "emphasis")
            if getattr(run.piece, style)
            for r in _join_runs(flat, style)
            if r.start <= begin + 1 < r.end
        )
        stop = joined.end
    if _LINK in text[begin:stop]:
        stop = text.index(_LINK, begin)
    if not _could_title(text[begin:stop]):
        return None
    return begin, stop, "citation", text[start:begin], text[stop:]


def _could_title(text: str) -> bool:
    """Whether words may be a title: not a label, a venue, a date, an address."""
    bare = text.strip(_EDGE + "[](){}*_`\"“”'")
    if not bare or len(bare) > _LONGEST_TITLE or "://" in bare[:12]:
        return False
    if paper_links.name_label(bare) or _COUNTER.fullmatch(f"({bare})"):
        return False
    if _has_cjk(bare):
        return len(bare) >= 4
    if not any(map(str.isalpha, bare)):
        return False
    words = bare.split()
    return (len(words) > 1 or len(bare) >= 4) and not (len(words) < 5 and parse_published(bare))


def _has_cjk(text: str) -> bool:
    return bool(re.search(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", text))


def _is_prefix(words: str) -> bool:
    """Whether strong words only lead to the title: a venue, a date, a label."""
    bare = words.strip(_EDGE + "[](){}【】")
    if not bare or _SIGN_ONLY.fullmatch(bare) or bare.isdigit():
        return True
    if re.fullmatch(
        r"(?i)(?:new|hot|update[sd]?|title|paper|survey|must.?read|best paper(?: award)?|oral|spotlight|highlight|\d+)[!:]*|\(?\d+\)?\s\w+",
        bare,
    ):
        return True
    return parse_published(bare) is not None or bool(paper_links.name_label(bare))


def _behind_prefix(text: str, start: int) -> int:
    """Where the words begin behind a box, a date in brackets, a venue in brackets, a picture."""
    while True:
        found = re.compile(
            r"[\s\x1f,;|·•>★☆✅✨🔥⭐🆕📄📌🌟🚀‼️❗↑➤►▶️👉-]+|\[[ xX]\]\s*|(?:title|paper|标题|论文|题目)\s*[:：]\s*",
            re.IGNORECASE,
        ).match(text, start)
        if found and found.end() > start:
            start = found.end()
            continue
        date = _LEAD_DATE.match(text, start)
        if date and (text[start : date.end()].strip()[0] in "([【" or find_date(date["date"])):
            start = date.end()
            continue
        if issue := _LEAD_ISSUE.match(text, start):
            start = issue.end()
            continue
        venue = _LEAD_VENUE.match(text, start)
        if venue:
            words = venue["in"] or venue["out"] or ""
            colon = text[venue.start() : venue.end()].rstrip().endswith((":", "：", "|", "–", "—", "]", ")", "】"))
            if colon and parse_published(words) and (venue["in"] or find_date(words) or len(words.split()) == 1):
                start = venue.end()
                continue
            if venue["in"] and paper_links.name_label(words):
                start = venue.end()
                continue
        return start


def _names_before(text: str, run: _Run) -> bool:
    """Whether a link stands within the names of authors, so that it is none of a title."""
    return (
        run.end < len(text)
        and is_name(text[run.start : run.end])
        and bool(re.match(r"\*?,\s+[A-Z]\S+ [A-Z]|\s+and\s+[A-Z]", text[run.end :]))
        and bool(_QUOTED.search(text))
    )


def _read_tail(parts: list[str]) -> Reference:
    """What stands before and after the title: names, venue, date, ids, and the statements that are none of these."""
    reference = Reference()
    rest: list[str] = []
    for part in parts:
        part, names = _take_ids(part)
        reference = replace(reference, identifiers=_merge(reference.identifiers, names))
        for statement in _statements(part):
            reference, left = _take(reference, statement)
            if left:
                rest.append(left)
    return replace(reference, rest=tuple(rest))


def _statements(text: str) -> tuple[str, ...]:
    """A text cut where links, lines and bars divide it; lines that go on with names stay together."""
    text = _COUNTER.sub(" ", text.replace("\t", " "))
    for _ in range(3):
        text = _EMPTY.sub(_LINK, text)
    text = re.sub(r"(?<=[,&])\s*\n|\n\s*(?=(?:and|&)\s)", " ", text)
    text = re.sub(r"\([^()\n]{3,300}\)", lambda found: re.sub(r"\s([-–—|·])\s", " \ue000\\1\ue000 ", found[0]), text)
    pieces = re.split(r"[\x1f\n]+|\s+[|–—·•]+\s+|\s+-{1,3}\s+|\s*\|\s*|(?<=\))\s*,\s*(?=\()|；", text)
    pieces = [piece.replace("\ue000", "") for piece in pieces]
    found = [" ".join(piece.split()).strip(" ,;:|/·•–—-+~<>").lstrip(".") for piece in pieces]
    return tuple(piece for piece in found if not _SIGN_ONLY.fullmatch(piece))


def _take(reference: Reference, statement: str, depth: int = 0) -> tuple[Reference, str]:
    """A statement as names, venue or date where the reference has none yet; what it says beyond that."""
    text = _LEAD_WORDS.sub("", statement.strip(_AROUND))
    if _SIGN_ONLY.fullmatch(text):
        return reference, ""
    if text[0] in _PAIRS and text.rstrip(".").endswith(_PAIRS[text[0]]) and text[0] not in text[1:-1]:
        text = text.rstrip(".")[1:-1].strip(_AROUND)
    for form in (_BRACKET_BEHIND, _BRACKET_BEFORE):
        found = form.search(text)
        inner = parse_published(found["inner"]) if found and depth < _DEEPEST else None
        if found and inner and _fits(reference, inner) and (not inner.venue or not parse_published(found["text"])):
            return _take(_publish(reference, inner), found["text"], depth + 1)
    if not reference.authors:
        if are_authors(text) and not _known_venue(text):
            return replace(reference, authors=read_authors(text)[0]), ""
        if depth < _DEEPEST:
            for names, other in _author_splits(text) if _may_name(text) else _leading_names(text):
                if are_authors(names) and not _known_venue(names):
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
    if found := re.search(r"\s+(?=(?:[A-Z][\w&-]*\s?)?['’]?(?:19|20)?\d\d\s*$)", text):
        yield text[: found.start()], text[found.end() :]


def _known_venue(text: str) -> bool:
    """Whether a text that may be names says that it is a venue."""
    text = re.sub(r"\([^()]*\)", "", text)  # where the names are from
    published = parse_published(text)
    return published is not None and (published.date is not None or is_known_venue(text))


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
        text = text[: found.start()] + _LINK + text[found.end() :]
    if found := _DOI_TEXT.search(text):
        doi = identifiers.parse_doi(found[1].rstrip(".,"))
        arxiv = identifiers.parse_arxiv(found[1]) if doi else None
        names = _merge(names, Identifiers(arxiv=arxiv[0]) if arxiv else Identifiers(doi=doi or ""))
        text = text[: found.start()] + _LINK + text[found.end() :]
    return text, names


def _identify(links: list[tuple[str, str]]) -> Identifiers:
    """What the links name; a second paper of the same kind is not its own."""
    found = Identifiers()
    for name, href in links:
        if name in {"paper", "pdf", "link", "project", "discussion", "blog"}:
            found = _merge(found, paper_links.read_identifiers(href))
    return found


def _merge(first: Identifiers, second: Identifiers) -> Identifiers:
    return identifiers.merge_identifiers(first, second)


def _name_links(links: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The links, each name once: `code`, `code-2`; the same address once."""
    named: dict[str, str] = {}
    for name, href in links:
        if href in named.values() or _is_local(href):
            continue
        better = "pdf" if name == "paper" and paper_links.name_address(href) == "pdf" and "pdf" not in named else name
        key = better
        count = 2
        while key in named:
            key = f"{better}-{count}"
            count += 1
        named[key] = href
    return tuple(named.items())


def _with_links(statement: str, flat: _Flat) -> str:
    """A statement with the links that stood in it."""
    for run in flat.runs:
        words = flat.text[run.start : run.end].strip()
        if (
            run.piece.href
            and words
            and words != run.piece.href
            and words in statement
            and not _is_local(run.piece.href)
        ):
            statement = statement.replace(words, f"[{words}]({run.piece.href})", 1)
    return statement
