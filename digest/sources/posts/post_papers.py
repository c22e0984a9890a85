"""Which paper a post or note is about, and whether a document is about several."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digest.formats import author_lines, identifiers
from digest.model import Identifiers
from digest.sources.layouts.own_paper import find_own_paper

NOTHING: Final = Identifiers()
_LINK: Final = re.compile(
    r"(?<!!)\[(?P<text>(?:\\.|[^\[\]\\]|\[[^\[\]]*\]){1,300})\]\(\s*<?(?P<url>https?://[^\s<>()]+(?:\([^\s<>()]*\)[^\s<>()]*)*)>?"
)
# What names the paper in other languages, and where a template would: `[{{ page.paper_ref }}](…)`.
_NAMES: Final = (
    r"(?:(?:原|本|该|这篇|這篇)?(?:论文|論文|原文)(?:链接|地址|リンク|原文|はこちら)?|논문(?: ?(?:링크|원문))?"
)
_LABEL: Final = re.compile(
    rf"\W*{_NAMES}|(?:[\w' ]{{0,30}} )?paper (?:titled|entitled|called) .+|(?:lien vers )?l['’]article|artículo|artikel"
    r"|\{\{-? ?page\.\w*(?:paper|ref|cite|citation)\w* ?-?\}\})\W*\Z",
    re.IGNORECASE,
)
# "The paper is here": 논문 링크는 [여기](…).
_HERE: Final = re.compile(r"\W*(?:여기|링크|こちら|ここ|这里|链接|link|here|pdf)\W*", re.IGNORECASE)
_LEADS: Final = re.compile(rf"{_NAMES}|the paper(?: is)?)(?:는|은|は|：|:| is)?\s*\Z", re.IGNORECASE)
_BARE_LEAD: Final = re.compile(
    rf"\s*(?:[*+>-]\s+|\d+[.)]\s+)?[\W_]{{0,4}}{_NAMES}|paper|link)[\W_]{{0,4}}[:：]\W{{0,4}}"
    r"(?P<url>https?://[^\s<>()\[\]]+)",
    re.IGNORECASE,
)
_DOI_PAGE: Final = re.compile(
    r"https?://(?:[^\s/]+/doi/(?:(?:abs|full|pdf|epdf|pdfdirect)/)?|link\.springer\.com/(?:article|chapter)/"
    r"|[\w.-]+\.(?:springeropen|biomedcentral)\.com/articles?/|www\.(?:bio|med)rxiv\.org/content/(?:early/[\d/]+/)?)"
    r"(?P<doi>10\.\d{4,9}/[^\s?#]+?)(?:v\d+)?(?:\.(?:full|abstract|pdf|full\.pdf))?/?(?:[?#]\S*)?\Z"
)
_DOI_IN_TEXT: Final = re.compile(r"\bdoi:\s?10\.\d{4,9}/[^\s\[\]]+", re.IGNORECASE)
# An address that has a line for itself.
_ALONE: Final = re.compile(r"\W*(?:\w+\W+)?<?https?://\S+>?\W*")
_WORD: Final = re.compile(r"[^\W_]+")
_ABOUT_PAPERS: Final = re.compile(
    r"\b(?:papers?|review|summary|reading notes?|explained|arxiv)\b|论文|論文|논문|阅读|解读|精读|読んだ|리뷰",
    re.IGNORECASE,
)
# A single address this far down, in signs, is a citation.
_OPENING: Final = 1_500

# What lists of papers are called.
NAMES_OF_LISTS: Final = re.compile(
    r"\b(?:accepted|schedule|program(?:me)?|proceedings|publications|papers?[ _-]?list|paper[ _-]?digest|papers|awesome"
    r"|reading[ _-]list|roadmap)\b",
    re.IGNORECASE,
)
_IMAGE: Final = re.compile(r"!\[[^\[\]]*\]\([^()]*\)|<img\b[^<>]*>")
_HEADING: Final = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*)$")
_ITEM: Final = re.compile(r"^ {0,3}(?:[*+-]|\d{1,4}[.)])[ \t]+(?P<text>\S.*)$")
_PAPER_ADDRESS: Final = re.compile(
    r"https?://(?:[\w.-]+\.)?(?:arxiv\.org/(?:abs|pdf)|openreview\.net/(?:forum|pdf)|doi\.org/10\.|aclanthology\.org/"
    r"|aclweb\.org/anthology|proceedings\.mlr\.press|papers\.nips\.cc|proceedings\.neurips\.cc|openaccess\.thecvf\.com"
    r"|biorxiv\.org/content|medrxiv\.org/content|dl\.acm\.org/doi|ieeexplore\.ieee\.org)[^\s)>\]\"']*"
    r"|https?://[^\s)>\]\"']+\.pdf\b"
)


def read_identifiers(text: str) -> Identifiers:
    """What an address or a marked id names; nothing for another page."""
    text = text.strip().strip("<>").rstrip(".,;")
    names = identifiers.parse_marked(text) or NOTHING
    if names == NOTHING and (found := _DOI_PAGE.match(text)):
        names = Identifiers(doi=identifiers.parse_doi(found["doi"]) or "")
    arxiv = identifiers.parse_arxiv(names.doi) if names.doi else None
    return Identifiers(arxiv=arxiv[0], version=arxiv[1]) if arxiv else names


def find_post_paper(title: str, body: str) -> tuple[Identifiers, str]:
    """The paper that a post says it is about, and its address; nothing where it says so of none or of two.

    It is what the text calls its paper, else a link whose text is the title, else the only arXiv paper that a post
    about a paper names at its beginning. One citation among several is nobody's paper.
    """
    names, address, _ = find_own_paper(body)
    names = names if names != NOTHING else read_identifiers(address)
    if names != NOTHING:
        return names, address
    claims = {url: read_identifiers(said) for said, url in _claims(title, body)}
    own = set(claims.values()) - {NOTHING}
    if len(own) == 1:
        return own.pop(), next(url for url, read in claims.items() if read != NOTHING)
    if len(claims) == 1 or address:
        return NOTHING, address or next(iter(claims))
    if not claims:
        mentions = list(identifiers.find_arxiv(body[:50_000]))
        if len({mention.id for mention in mentions}) == 1 and mentions[0].start < _OPENING:
            start = body.rfind("\n", 0, mentions[0].start) + 1
            line = body[start:].split("\n", 1)[0]
            opening = f"{title}\n{body[: mentions[0].end + 200]}"
            if _ALONE.fullmatch(line) or _ABOUT_PAPERS.search(re.sub(r"https?://\S+", "", opening)):
                return Identifiers(arxiv=mentions[0].id, version=mentions[0].version), ""
    return NOTHING, ""


def holds_several_papers(body: str) -> bool:
    """Whether a text is a digest or a list of papers: three papers or more, each under a heading, or line by line."""
    lines = [_IMAGE.sub("", line) for line in body[:200_000].split("\n") if line.strip()]
    sections = any((papers * 2 >= count and papers >= 3) or papers == count == 2 for count, papers in _sections(lines))
    return sections or _is_list(lines)


def _claims(title: str, body: str) -> Iterator[tuple[str, str]]:
    """What the text calls its paper: a marked id or an address, and the address."""
    words = _words(title)
    for line in body[:50_000].split("\n"):
        if bare := _BARE_LEAD.match(line):
            yield bare["url"].rstrip(".,;"), bare["url"].rstrip(".,;")
        for link in _LINK.finditer(line) if "](" in line else ():
            text = _words(link["text"])
            named = len(text) >= 4 and _runs_in(text, words) and _PAPER_ADDRESS.match(link["url"])
            said = _LABEL.fullmatch(link["text"]) or (
                _HERE.fullmatch(link["text"]) and _LEADS.search(line, 0, link.start())
            )
            if named or said or (len(text) >= 3 and text == words) or (len(words) >= 4 and _runs_in(words, text)):
                doi = _DOI_IN_TEXT.search(link["text"])
                yield doi[0] if doi else link["url"], link["url"]


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _runs_in(part: list[str], whole: list[str]) -> bool:
    return f" {' '.join(part)} " in f" {' '.join(whole)} "


def _sections(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Of each level of headings: how many there are, and how many papers have one of their own.

    A heading is a paper's where it is a link to one, or has the address of one close below.
    """
    found: dict[int, tuple[int, set[str]]] = {}
    for place, line in enumerate(lines):
        heading = _HEADING.match(line)
        if not heading:
            continue
        below: list[str] = []
        for following in lines[place + 1 : place + 5]:
            if _HEADING.match(following):
                break
            below.append(following)
        count, papers = found.get(len(heading[1]), (0, set[str]()))
        if address := _PAPER_ADDRESS.search("\n".join([heading[2], *below])):
            papers.add(address[0])
        found[len(heading[1])] = (count + 1, papers)
    return ((count, len(papers)) for count, papers in found.values())


def _is_list(lines: list[str]) -> bool:
    """Whether most of what stands at the left margin are items that each name a paper: by an address or its authors."""
    outer = [line for line in lines if line[:1].strip() and not _HEADING.match(line)]
    items = [found["text"] for line in outer if (found := _ITEM.match(line))]
    rows = [line for line in outer if line.startswith("|")]
    named = [text for text in items if _PAPER_ADDRESS.search(text) or _has_authors(text)]
    named += [row for row in rows if _PAPER_ADDRESS.search(row)]
    # By length too: the references below a post are many lines, and little of it.
    return len(named) >= 4 and len(named) * 2 >= len(outer) and sum(map(len, named)) * 2 >= sum(map(len, outer))


def _has_authors(text: str) -> bool:
    """Whether an item names a title and then the persons who wrote it: `*Title*, by Ada Lovelace and Ann Author`."""
    parts = re.split(r"(?:,|\.|\*{1,2}|[\"”»])\s+by:?\s+|(?<=[*_\"”])[,.:]?\s+(?=[A-Z])", text[:400], maxsplit=1)
    return len(parts) == 2 and author_lines.is_author_line(parts[1].strip(" ."))
