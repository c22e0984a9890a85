"""The papers of a table: what its columns hold is told by their heads, else by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from digest.formats.dates import parse_date_line
from digest.formats.markdown_blocks import Block, Row
from digest.formats.markdown_inline import parse_inline, plain
from digest.formats.name_lists import is_names, read_authors
from digest.formats.venues import parse_published
from digest.sources.lists.list_items import read_reference
from digest.sources.lists.paper_fields import PaperFields, date_of, read_line, take_links

_ROLES: Final = (
    ("title", r"(?:paper |article |talk )?titles?|标题|论文标题|题目|论文题目|タイトル|제목|論文タイトル|paper "
              r"?name|topic/paper|paper/topic"),
    ("paper", r"papers?(?: \(link\))?|articles?|publications?|论文|論文|논문|papers? ?& ?links?|name|reading"
              r"|readings|work"
              r"|reference|title & authors?|title and authors?|paper ?info(?:rmation)?|what|submission"),
    ("authors", r"authors?(?: list)?|作者|著者|저자|author\(s\)|first author|author names?|authors? ?\(affiliation\)"),
    ("date", r"(?:publish(?:ed)?|publication|submission|submitted|release|update|upload|arxiv|session|meeting)? "
             r"?(?:dates?|time|day)|published|year|month|日期|时间|年份|when|发布日期|날짜|日付|pub(?:lish)?\.? "
             r"?date|submitted"
             r"|updated"),
    ("venue", r"venues?|conference|journal|publisher|published(?: in| at)|where|会议|期刊|conf\.?(?:/journal)?"
              r"|venue/year|source|publication|pub\.?|学会"),
    ("abstract", r"abstracts?|摘要|要旨|초록"),
    ("summary", r"summary|tl;?\s?dr|notes?|comments?|description|要約|总结|요약|remarks?|highlights?|key (?:idea"
                r"|points?"
                r"|contributions?)|brief|main idea|简介|备注|内容"),
    ("links", r"links?|urls?|pdfs?|arxiv(?: ?id| ?link)?|(?:paper |pdf |code |arxiv |abs )links?|codes?|github"
              r"|project(?: ?page)?|website|homepage|doi|demo|video|slides|poster|data(?:sets?)?|链接|代码|论文链接"
              r"|html|abs"
              r"|id|paper ?id|resources?|repo(?:sitory)?|materials?|implementation|page|read|bib(?:tex)?|models?|コード"
              r"|リンク|pwc|papers? with code"),
    ("presenter", r"presenters?|speakers?|leaders?|discuss\w*|who|led by|facilitator|moderator|报告人|host"),
    ("categories", r"(?:primary |arxiv )?(?:categor(?:y|ies)|subjects?)|类别|分类|领域"),
    ("keywords", r"tags?|key ?words?|topics?|关键词|tasks?|area|type"),
    ("number", r"#|no\.?|nr\.?|idx|index|num(?:ber)?|序号|rank|score|stars?|citations?|★|⭐|votes?|upvotes?|s/n|sl\.? "
               r"?no\.?|编号"),
)  # fmt: skip
_ROLE: Final = tuple((name, re.compile(rf"(?i)(?:{words})")) for name, words in _ROLES)
_EMPTY: Final = re.compile(r"(?i)[\W_]*(?:null|none|n/?a|tbd|tba|todo|nan|无|暂无)?[\W_]*")
_FOLD: Final = re.compile(r"(?is)</?(?:details|summary|p|div|center|b|font|sub|sup|small|span)\b[^<>]*>")
_FOLD_HEAD: Final = re.compile(r"(?is)<summary\b[^<>]*>.*?</summary>")


def read_table(table: Block, references: Mapping[str, str]) -> Iterator[tuple[PaperFields, Row]]:
    """The papers of a table, with their rows; none if it is no table of papers."""
    if not table.rows:
        return
    width = max(len(row.cells) for row in table.rows)
    if width == 1:
        yield from _read_column(table, references)
        return
    roles = _roles_of(table.rows[0].cells)
    rows = table.rows[1:]
    if "title" not in roles.values() and "paper" not in roles.values():
        guessed = _guess(table.rows, width, references)
        if guessed is None:
            return
        rows = table.rows if not roles else rows
        roles = {
            **guessed,
            **{place: role for place, role in roles.items() if guessed.get(place) not in {"title", "authors"}},
        }
    found = [(paper, row) for row in rows if (paper := _read_row(row, roles, references))]
    good = sum(
        bool(
            paper.authors
            or paper.names.arxiv
            or paper.names.doi
            or paper.published
            or paper.venue
            or {"paper", "pdf"} & set(paper.links)
        )
        for paper, _ in found
    )
    if found and good * 2 >= len(found) and len(found) * 2 >= len([row for row in rows if any(row.cells)]):
        yield from found


def _roles_of(cells: Sequence[str]) -> dict[int, str]:
    """What the columns hold, by the words in their heads; a role that two claim is the first one's but for links."""
    roles: dict[int, str] = {}
    for place, cell in enumerate(cells):
        words = plain(parse_inline(cell)).strip(" *_:：.↓↑▼▲?")
        role = next((name for name, form in _ROLE if form.fullmatch(words)), "")
        if role and (role in {"links", "keywords", "number"} or role not in roles.values()):
            roles[place] = role
    if "title" in roles.values():
        return {place: "links" if role == "paper" else role for place, role in roles.items()}
    return roles


def _guess(rows: Sequence[Row], width: int, references: Mapping[str, str]) -> dict[int, str] | None:
    """The columns of titles and names, by what stands in them."""
    sample = rows[1:30]
    if len(sample) < 2:
        return None
    names, titles = {}, {}
    for place in range(width):
        cells = [row.cells[place] for row in sample if place < len(row.cells) and row.cells[place].strip()]
        if len(cells) * 2 < len(sample):
            continue
        words = [plain(parse_inline(cell)) for cell in cells]
        names[place] = sum(is_names(text) and len(text.split()) > 2 for text in words) / len(cells)
        linked = sum(read_reference(cell, references).has_paper for cell in cells) / len(cells)
        long = sum(len(text.split()) >= 4 for text in words) / len(cells)
        titles[place] = long + linked if long > 0.6 and names[place] < 0.6 else 0.0
    authors = max(names, key=lambda place: names[place], default=None)
    title = max(titles, key=lambda place: titles[place], default=None)
    if title is None or titles[title] < 0.6:
        return None
    has_authors = authors is not None and names[authors] >= 0.5
    if not has_authors and titles[title] < 1.4:
        return None
    return {title: "paper", **({authors: "authors"} if has_authors and authors is not None else {})}


def _read_row(row: Row, roles: Mapping[int, str], references: Mapping[str, str]) -> PaperFields | None:
    paper = PaperFields(row.line)
    for place, role in sorted(roles.items(), key=lambda pair: pair[1] not in {"title", "paper"}):
        cell = row.cells[place] if place < len(row.cells) else ""
        if cell and not _EMPTY.fullmatch(_plain(cell)):
            if role == "title" and "authors" in roles.values() and _is_plain(cell):
                paper.title = " ".join(_plain(cell).split())  # and nothing else: who wrote it has a column of its own
            else:
                _read_cell(paper, role, cell, references, scheduled="presenter" in roles.values())
        elif cell:
            take_links(paper, cell, references)
    for place, cell in enumerate(row.cells):
        if place not in roles and not _EMPTY.fullmatch(_plain(cell)):
            head = re.sub(r"<br\s*/?>", "\n", cell)
            if not read_line(paper, head, references):
                paper.body.append(_text_of(cell))
    return paper if paper.title and not re.fullmatch(r"[-:\s]*", paper.title) else None


def _read_cell(paper: PaperFields, role: str, cell: str, references: Mapping[str, str], *, scheduled: bool) -> None:
    words = _plain(cell)
    if role in {"title", "paper"}:
        # `Title  This paper …`: nothing but two blanks divides them.
        if len(words.split()) > 30 and (gap := re.match(r"(?P<title>[^*\[]{3,150}?\S)\s{2,}(?P<text>\S.*)", cell)):
            paper.body.append(_text_of(gap["text"]))
            paper.summarised = True
            cell = gap["title"]
        reference = read_reference(cell, references)
        if not reference.title:
            pieces = parse_inline(cell, references)
            paper.title = plain(pieces)
            take_links(paper, cell, references)
        else:
            paper.take_reference(reference)
            paper.summarised = paper.summarised or bool(paper.body)
    elif role == "authors" and not paper.authors:
        paper.authors = read_authors(words)[0]
    elif role == "date":
        stated = parse_date_line(words)
        if scheduled:  # the day of the meeting, not of the paper
            paper.day = stated if isinstance(stated, date) else None
        else:
            paper.published = date_of(words) or paper.published
    elif role == "venue":
        paper.venue = paper.venue or words
        published = parse_published(words)
        paper.published = paper.published or (published.date if published else None)
        take_links(paper, cell, references)
    elif role in {"abstract", "summary"}:
        paper.labelled = paper.labelled or role == "abstract"
        paper.summarised = paper.summarised or role == "summary"
        paper.body.append(_text_of(cell))
    elif role == "links":
        take_links(paper, cell, references, "link")
    elif role == "categories":
        paper.details.append(("categories", words))
    elif role == "keywords":
        paper.tags += [tag.strip() for tag in re.split(r"[,;/，、]", words) if tag.strip() and len(tag) < 40]
    elif role == "presenter":
        paper.details.append(("presenter", words))


def _is_plain(cell: str) -> bool:
    return not re.search(r"<br|\n|\]\(|https?:|[*_<]", cell)


def _plain(cell: str) -> str:
    return plain(parse_inline(cell))


def _text_of(cell: str) -> str:
    """The text of a cell as Markdown, folds opened."""
    text = _FOLD.sub(" ", _FOLD_HEAD.sub(" ", cell))
    text = re.sub(r"\s*<br\s*/?>\s*", "\n", text)
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).replace("\\|", "|").strip()


def _read_column(table: Block, references: Mapping[str, str]) -> Iterator[tuple[PaperFields, Row]]:
    """A table of one column: a row with a title, then one with names."""
    rows = [row for row in table.rows if row.cells and not _EMPTY.fullmatch(_plain(row.cells[0]))]
    place = 0
    while place < len(rows):
        row = rows[place]
        following = rows[place + 1] if place + 1 < len(rows) else None
        if following and _is_names(following.cells[0]):
            paper = PaperFields(row.line)
            reference = read_reference(row.cells[0], references)
            paper.take_reference(reference)
            paper.title = _plain(row.cells[0]) if reference.marked == "plain" or not paper.title else paper.title
            paper.authors = read_authors(_plain(following.cells[0]))[0]
            yield paper, row
            place += 2
        else:
            place += 1


def _is_names(cell: str) -> bool:
    words = _plain(cell)
    return is_names(words) and (
        len(read_authors(words)[0]) > 1 or all(piece.emphasis for piece in parse_inline(cell) if piece.text.strip())
    )
