"""The paper that lines of Markdown tell of, one field after the other: labels, names, links, the abstract."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from digest.formats import identifiers
from digest.formats.dated_titles import split_day
from digest.formats.dates import parse_date_line, parse_partial
from digest.formats.markdown_blocks import Block
from digest.formats.markdown_inline import parse_inline, plain
from digest.formats.name_lists import is_names, read_authors
from digest.formats.venues import find_date, parse_published
from digest.model import Identifiers, Item, Kind, PartialDate, Span
from digest.sources.lists import paper_links
from digest.sources.lists.list_items import clean_title, read_reference, read_tail
from digest.sources.lists.reference_tails import Reference

_LABELS: Final = (
    ("authors", r"authors?(?: list)?|by|作者|著者|저자|autor(?:es|en)?|auteurs?"),
    ("affiliation", r"作者单位|单位|机构|affiliations?|institut(?:ions?|es?)|organi[sz]ations?"),
    ("title", r"(?:paper )?title|标题|题目|论文标题|タイトル|제목"),
    ("abstract", r"abstract|摘要|paper abstract|original abstract|英文摘要|要旨|아브스트랙트|초록|résumé"
                 r"|zusammenfassung"),
    ("summary", r"tl;?\s?dr|summary|ai summary|brief|概要|要約|总结|一句话总结|ai总结|中文摘要|摘要翻译|中文总结"
                r"|简介|key ?points?|要点|요약|main idea"),
    ("published", r"(?:first )?(?:published|publish(?:ed)? date|publication date|submitted|submission date|announced"
                  r"|date|posted|年月|year)(?: on| at)?"
                  r"|发布(?:时间|日期)?|提交(?:时间|日期)?|日期|公開日|投稿日|발행일|publi[eé]"),
    ("updated", r"(?:last )?updated?(?: date| on)?|更新(?:时间|日期)?"),
    ("links", r"links?|urls?|arxiv(?: link| id| url)?|pdf(?: link)?|paper(?: link| url)?|code(?: link)?|github"
              r"|project(?: page)?|website|homepage|doi|abs|html|demo|resources?|read more|source"
              r"|链接|论文链接|代码|论文地址|原文|原文链接|pdf链接|項目|主页|リンク|id|arxivid|pmid|openreview"
              r"|video|slides|dataset|data|model"),
    ("categories", r"(?:primary |arxiv |all )?(?:categor(?:y|ies)|subjects?|class(?:es)?)|arxiv所属领域|分类|领域"
                   r"|类别|カテゴリ|学科"),
    ("comment", r"(?:author )?comments?|备注|注释|コメント"),
    ("venue", r"venue|journal(?: ref(?:erence)?)?|conference|published in|publication|会议|期刊|发表于"),
    ("keywords", r"key ?words?|index terms|关键词|キーワード|키워드"),
    ("noise", r"retweets|favorites|upvotes?|stars?|likes?|votes?|score|rank|relevance(?: score)?|matched|citations?"
              r"|views|downloads|推荐指数|相关度|评分|git ?hub stars|⭐"),
)  # fmt: skip
_LABEL: Final = re.compile(
    r"\s*(?:[-*+>•]\s+)?(?P<open>(?:[*_`<\[【(]|<[^<>]{1,60}>|[^\w\s\x00-\x7f][\ufe0f]?\s?)*)\s*(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _LABELS)
    + r")(?!\w)\s*(?:[(（][^()（）\n]{1,16}[)）])?\s*(?P<shut>(?:</[a-z]+>"
    r"|[*_`\]】)])*)\s*(?P<sign>[:：])?\s*(?P<after>(?:</[a-z]+>|[*_`](?=[\s*_`]|$|\S))*)\s*",
    re.IGNORECASE,
)
_CATEGORY: Final = re.compile(r"[a-z-]+(?:\.[A-Z]{2}|\.[a-z-]+)?")
_CATEGORY_HREF: Final = re.compile(r"arxiv\.org/(?:list|archive)/")
_SEPARATED: Final = re.compile(r"\s+[|·•]\s+|\s*\|\s*")
_DECORATIVE: Final = re.compile(
    r"(?i)[\s|·]*(?:back to top|↑.*|show ?more|click to expand|abstract|details|\[?(?:⬆️|🔝).*)[\s:]*"
)
_NOTHING: Final = re.compile(r"(?i)(?:none|null|n/?a|无|暂无|tbd|coming soon|no|-|–)?[\s.!]*")
# An abstract is no shorter, in words.
_ABSTRACT: Final = 30
_LINES: Final = 100


NO_NAMES: Final = Identifiers()


@dataclass(slots=True)
class PaperFields:
    """What is known of a paper so far; a field is taken once, what comes again stays text."""

    line: int
    title: str = ""
    authors: tuple[str, ...] = ()
    venue: str = ""
    published: PartialDate | None = None
    updated: PartialDate | None = None
    day: date | None = None
    links: dict[str, str] = field(default_factory=dict)
    names: Identifiers = NO_NAMES
    details: list[tuple[str, str]] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    summarised: bool = False
    labelled: bool = False

    def take_reference(self, reference: Reference) -> None:
        """All that a line told."""
        self.title = self.title or reference.title
        self.authors = self.authors or reference.authors
        self.venue = self.venue or reference.venue
        self.published = self.published or reference.date
        self.names = identifiers.merge_identifiers(self.names, reference.identifiers)
        for name, href in reference.links:
            self.add_link(name, href)
        self.body += [statement for statement in reference.rest if not _DECORATIVE.fullmatch(statement)]

    def add_link(self, name: str, href: str) -> None:
        """A link under its name, a second one of the name counted: `code-2`."""
        if href in self.links.values() or not re.match(r"https?://", href):
            return
        key, count = name, 2
        while key in self.links:
            key, count = f"{name}-{count}", count + 1
        self.links[key] = href

    def item(self, path: str, *, body: str | None = None) -> Item:
        """The paper as an item."""
        if "link" in self.links and "paper" not in self.links:
            self.links = {"paper" if name == "link" else name: href for name, href in self.links.items()}
        text = "\n\n".join(part for part in (self.body if body is None else [body]) if re.search(r"\w", part))
        kind: Kind = "summary" if text and self.summarised and not self.labelled else "abstract"
        return Item(
            kind,
            text,
            Span(path, self.line),
            title=self.title,
            day=self.day,
            published=self.published,
            updated=self.updated,
            authors=self.authors,
            identifiers=self.names,
            venue=self.venue,
            links=tuple(self.links.items()),
            details=tuple(self.details),
            tags=tuple(dict.fromkeys(self.tags)),
        )


def read_blocks(paper: PaperFields, blocks: Sequence[Block], references: Mapping[str, str]) -> None:
    """Read what stands under the title of a paper."""
    for block in blocks:
        if block.kind == "paragraph":
            _read_paragraph(paper, block, references)
        elif block.kind == "item":
            _read_item(paper, block, references)
        elif block.kind == "quote":
            read_blocks(paper, block.inner, references)
        elif block.kind == "heading":
            label = _LABEL.fullmatch(block.text.strip("# :：*"))
            if label and (label["abstract"] or label["summary"]):
                _begin_text(paper, label)
            elif not (label and (label["authors"] or label["links"])):
                paper.body.append(f"{'#' * max(2, block.level)} {block.text}")
        elif block.kind == "code":
            paper.body.append(block.text)


def _read_paragraph(paper: PaperFields, block: Block, references: Mapping[str, str]) -> None:
    prose: list[str] = []
    for text in _split_lines(block.text):
        if not read_line(paper, text, references, prose):
            prose.append(text)
    if prose:
        paper.body.append("\n".join(prose).strip())


def _read_item(paper: PaperFields, block: Block, references: Mapping[str, str]) -> None:
    prose: list[str] = []
    counted = block.mark[:-1].isdigit()  # `2. Review of the literature` is what somebody counts, and no journal
    for text in _split_lines(block.text):
        bare = counted and not find_label(text) and not _is_links(text)
        if bare or not read_line(paper, text, references, prose):
            prose.append(text)
    if prose:
        mark = block.mark if block.mark in {"-", "*", "+"} or block.mark[:-1].isdigit() else "-"
        words = "\n".join(prose).strip().replace("\n", "\n  ")
        joined = bool(paper.body) and bool(re.match(r"(?:[-*+]|\d+\.) ", paper.body[-1]))
        text = f"{mark} {words}" + "".join(
            f"\n  {line}" for inner in block.inner for line in _written(inner).split("\n")
        )
        if joined:
            paper.body[-1] += "\n" + text
        else:
            paper.body.append(text)
    elif block.inner:
        read_blocks(paper, block.inner, references)


def _written(block: Block) -> str:
    if block.kind == "item":
        lines = [f"{block.mark} " + block.text.replace("\n", "\n  ")]
        lines += [f"  {line}" for inner in block.inner for line in _written(inner).split("\n")]
        return "\n".join(lines)
    return block.text or "\n".join(_written(inner) for inner in block.inner)


def _split_lines(text: str) -> Iterator[str]:
    """The lines of a paragraph, those joined that go on with the same field."""
    held: list[str] = []
    for raw in re.split(r"(?<=\S)[ \t]*(?:\\\n|<br\s*/?>\n?|\n)", text):
        line = raw.strip()
        if not line:
            continue
        if held and (
            find_label(line) or is_names(plain(parse_inline(line))[:2_000]) or _is_links(line) or _was_short(held[-1])
        ):
            yield "\n".join(held)
            held = []
        held.append(line)
    if held:
        yield "\n".join(held)


def _was_short(line: str) -> bool:
    """Whether a line is whole in itself: one of links or of names."""
    return _is_links(line) or (len(line) < 400 and is_names(plain(parse_inline(line))))


def find_label(text: str) -> re.Match[str] | None:
    """The label that a line begins with: a known word with a colon, or one that stands out."""
    found = _LABEL.match(text)
    if not found:
        return None
    marked = bool(found["open"].strip("-> ")) and bool(found["shut"] or found["after"])
    if (
        found["sign"]
        or (marked and not text[found.end() :].strip())
        or (found.end() >= len(text.rstrip()) and found["abstract"])
    ):
        return found
    return None


def _is_links(text: str) -> bool:
    """Whether a line is nothing but links with labels."""
    pieces = parse_inline(text)
    linked = [piece for piece in pieces if piece.href]
    left = "".join(piece.text for piece in pieces if not piece.href and not piece.image)
    return (
        bool(linked)
        and not re.search(r"\w", re.sub(r"(?i)\b(?:links?|and|or)\b", "", left))
        and all(paper_links.name_label(piece.text, piece.href) or _CATEGORY_HREF.search(piece.href) for piece in linked)
    )


def read_line(paper: PaperFields, text: str, references: Mapping[str, str], prose: Sequence[str] = ()) -> bool:
    """Take the fields of a line; whether there were any, so that it is no prose."""
    parts = _SEPARATED.split(text)
    if len(parts) > 1 and sum(find_label(part) is not None for part in parts) == len(parts):
        taken = [read_line(paper, part, references) for part in parts]
        return all(taken)
    label = find_label(text)
    if label:
        return _take_label(paper, label, text[label.end() :], references)
    if _is_links(text):
        take_links(paper, text, references)
        return True
    # No paper has so many lines before its abstract; a row of ten thousand cells is an attack.
    started = any(len(part.split()) >= _ABSTRACT for part in (*paper.body[-_LINES:], *prose[-_LINES:]))
    words = plain(parse_inline(text, references))
    if not words:
        return True
    if not started and not paper.authors and len(words) < 20_000 and _names_only(words):
        names, day, _ = split_day(words)
        paper.authors = read_authors(names)[0]
        paper.published = paper.published or (parse_partial(day.isoformat()) if day else None)
        return True
    if not started and (len(words) < 400 or ";" in words[:400]):
        told = read_tail(text, references)
        news = (
            told.authors and not paper.authors,
            told.venue and not paper.venue,
            told.date and not paper.published,
            told.links,
        )
        left = sum(len(statement.split()) for statement in told.rest)
        if any(news) and (left <= 3 or (told.authors and not paper.authors and len(told.authors) > 1)):
            paper.take_reference(told)
            return True
    return bool(_DECORATIVE.fullmatch(words))


def _names_only(words: str) -> bool:
    return is_names(words) or is_names(re.sub(r"\s*(?:et\.? al\.?|等.*)$", "", words))


def _take_label(paper: PaperFields, label: re.Match[str], value: str, references: Mapping[str, str]) -> bool:
    name = next(name for name, _ in _LABELS if label[name])
    pieces = parse_inline(value, references)
    words = plain(pieces)
    if name in {"abstract", "summary"}:
        _begin_text(paper, label)
        if value.strip():
            paper.body.append(value.strip())
        return True
    if name == "noise" or _NOTHING.fullmatch(words):
        return True
    if name == "authors" and not paper.authors and words:
        paper.authors = read_authors(words)[0]
        return bool(paper.authors)
    if name == "affiliation":
        paper.details.append(("affiliation", words))
        return True
    if name == "title":
        if paper.title and words:
            paper.details.append(("translated-title", words))
            return True
        paper.title = clean_title(words)
        take_links(paper, value, references)
        return True
    if name == "published":
        day = date_of(words)
        paper.published = paper.published or day
        return day is not None
    if name == "updated":
        paper.updated = date_of(words)
        return paper.updated is not None
    if name == "links":
        return take_links(paper, value, references, label["links"])
    if name == "categories":
        found = [
            word for word in re.split(r"[,;|\s]+", words) if _CATEGORY.fullmatch(word) and ("." in word or "-" in word)
        ]
        paper.details.append(("categories", " ".join(found) if found else words))
        return True
    if name == "comment":
        if paper.summarised or len(words.split()) > _ABSTRACT:
            return False
        paper.details.append(("comment", words))
        return True
    if name == "venue" and not paper.venue:
        paper.venue = words
        paper.published = paper.published or (parse_published(words) or Reference()).date
        return True
    if name == "keywords":
        paper.tags += [word.strip(" .*`") for word in re.split(r"[,;，；、·|]", words) if word.strip(" .*`")]
        return True
    return False


def _begin_text(paper: PaperFields, label: re.Match[str]) -> None:
    paper.labelled = paper.labelled or bool(label["abstract"])
    paper.summarised = paper.summarised or bool(label["summary"])


def date_of(words: str) -> PartialDate | None:
    """The date that words state, as precisely as they do."""
    found = parse_date_line(words)
    if isinstance(found, PartialDate):
        return found
    if found:
        return parse_partial(found.isoformat())
    anywhere = find_date(words)
    return anywhere[0] if anywhere else None


def take_links(paper: PaperFields, text: str, references: Mapping[str, str], label: str = "") -> bool:
    """The links of a line; those to listings of arXiv are categories."""
    taken = False
    categories: list[str] = []
    for piece in parse_inline(text, references):
        href = piece.href
        if href and _CATEGORY_HREF.search(href):
            categories.append(piece.text.strip())
        elif href:
            name = paper_links.name_label(piece.text, href) or paper_links.name_address(href)
            if name in {"paper", "link"} and label:
                name = paper_links.name_label(label, href) or name
            if paper_links.name_address(href) == "pdf" and name == "paper":
                name = "pdf"
            paper.add_link(name, href)
            if name not in {"code", "project", "video", "slides", "data", "model", "demo"}:
                paper.names = identifiers.merge_identifiers(paper.names, paper_links.read_identifiers(href))
        elif re.search(r"\w", piece.text) and label:
            bare = piece.text.strip(" ,.|()[]`")
            named = identifiers.parse_marked(bare)
            if not named and re.fullmatch(r"\d{4}\.\d{4,5}(?:v\d+)?", bare) and (read := identifiers.parse_arxiv(bare)):
                named = Identifiers(arxiv=read[0], version=read[1])
            if named:
                paper.names = identifiers.merge_identifiers(paper.names, named)
                taken = True
            continue
        else:
            continue
        taken = True
    if categories:
        paper.details.append(("categories", " ".join(categories)))
    return taken


def begin_paper(text: str, line: int, references: Mapping[str, str]) -> PaperFields:
    """A paper whose first line, an item of a list or a heading, is `text`."""
    paper = PaperFields(line)
    paper.take_reference(read_reference(text, references))
    return paper
