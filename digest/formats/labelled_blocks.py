"""Papers as blocks of labelled lines: `Title: …`, `**Authors**: …`, `摘要：…`, in any order and many languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from digest.formats.note_labels import LABELS as NOTE_LABELS
from digest.formats.patterns import lazily

# Beside the labels of notes: those of abstracts, catalogues and printed search results.
_MORE: Final = {
    "title": "paper name|article title|название|название статьи|заголовок|tytuł|başlık|titre de l'article",
    "authors": "by|author list|autor(en)|autor(es)|auteur(s)|auteurs|автор|авторы|autorzy|yazarlar|yazar"
    "|forfatter|författare",
    "abstract": "abstract|abstracts|paper abstract|abstract text|summary|zusammenfassung|kurzfassung|résumé"
    "|resume|resumen|resumo|riassunto|sommario|streszczenie|аннотация|реферат|摘要|论文摘要|要旨|概要|要約|抄録"
    "|초록|요약|özet|abstrakt|sammanfattning|samenvatting|description",
    "updated": "updated|last updated|updated on|revised|last revised|revision date|更新时间|更新日期",
    "published": "posted|posted on|announced|announced on|first published|year published|erschienen"
    "|veröffentlicht|fecha|date de publication|data|дата|дата публикации|发布日期|提交时间|published date"
    "|publish date|pub date|date submitted",
    "comment": "comment|comments|note|notes|remark|remarks|备注|コメント",
    "categories": "categories|category|primary category|primary|subjects|subject|subject class|subj-class|field"
    "|area|主题|领域|分类|学科",
    "tags": "keyphrases|index terms|palabras clave|palavras-chave|parole chiave|ключевые слова"
    "|schlüsselwörter|keywords:|słowa kluczowe|anahtar kelimeler|trefwoorden|nyckelord",
    "paper": "arxiv abs|abs|abs url|url (abs)|paper id|id|identifier|pmid|pubmed id|pmcid|entry id"
    "|entry_id|doi link|doi url|cite as|related doi|arxiv number|html|available at|full paper"
    "|ссылка|enlace|链接",
    "venue": "journal-ref|journal reference|journal ref|booktitle|zeitschrift|журнал|revista|rivista"
    "|publication venue|journal name|conference name|appears in|to appear in|期刊名称|presented at",
    "summary": "tl;dr|tldr|tl dr|one-sentence summary|one sentence summary|tl,dr",
    "volume": "volume|vol",
    "issue": "issue|number",
    "page": "pages|page",
    "publisher": "publisher",
    "ISSN": "issn",
    "ISBN": "isbn",
    "report": "report-no|report number|report no",
    "msc": "msc-class|msc class",
    "acm": "acm-class|acm class",
    "license": "license|licence|rights",
    "lang": "language|lang",
    "type": "type|document type|publication type|article type|presentation type",
    "session": "session|track|topic area|poster number|abstract number|abstract id|submission id"
    "|presentation|room|time",
}
LABELS: Final = NOTE_LABELS | {label: name for name, labels in _MORE.items() for label in labels.split("|")}
# Marks of lists, headings and numbers before a label; marks of emphasis around it.
_LABELLED: Final = lazily(
    r"\s{0,8}(?:[-*+•▪]\s+|#{1,6}\s+|>\s*|(?P<number>\[[0-9]{1,4}\]|[0-9]{1,4}[.)])\s+)?(?P<mark>\*\*|__|\*|_)?\s?(?P<label>[^\W\d_][^:：*_\n]{0,34}?)\s*"
    r"(?:(?P=mark)\s?[:：]|[:：](?P=mark)|::(?=\s|$)|[:：])(?:\s+|$|(?<=[：*_])|(?=[^\s/]))(?P<value>.*)"
)
_HEADING: Final = lazily(r"\s{0,3}(?:#{1,6}\s+|\*\*|__)(?P<label>[^\W\d_][^:*_#\n]{0,34}?)\s*:?\s*(?:\*\*|__|#+)?:?\s*")
# What parts two papers and is of neither: a rule, a number, `Paper 3`.
_BETWEEN: Final = lazily(
    r"\s*(?:[-=_*~#+.·•—–\s]+"
    r"|\W*(?:(?i:paper|abstract|article|entry|result|talk|poster|item|record|no|nr)\.?\s*)?#?[0-9]{1,5}"
    r"(?:\s*(?:/|of)\s*[0-9]{1,5})?\W*)"
)
# A text whose longest line is longer was not broken to a width.
_WIDEST: Final = 140
# A label alone on its line, without any mark, opens an abstract all the same.
_ALONE: Final = frozenset({"abstract", "keywords", "summary", "authors", "title", "摘要", "关键词"})


@dataclass(frozen=True, slots=True)
class LabelledField:
    """A label and the lines behind and below it; `line` is that of the label."""

    name: str
    label: str
    lines: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class LabelledBlock:
    """The fields of one paper, in their order."""

    fields: tuple[LabelledField, ...]


@dataclass(frozen=True, slots=True)
class LabelledText:
    """The blocks of a text, and the lines that belong to none, numbered."""

    blocks: tuple[LabelledBlock, ...]
    strays: tuple[tuple[int, str], ...]


def read_blocks(text: str) -> LabelledText:
    """Cut a text at its labels, and these at the titles; what stands before the first title does before every one."""
    fields: list[LabelledField] = []
    strays: list[tuple[int, str]] = []
    current: tuple[str, str, list[str], int] | None = None
    lines = text.removeprefix("\ufeff").split("\n")
    width = max(map(len, lines))
    above = ""
    for number, line in enumerate(lines, start=1):
        within = current is not None and current[0] == "abstract" and _is_broken(above, line, width)
        above = line
        if not within and (found := label_of(line)):
            if current:
                fields.append(_close(current))
            current = (found[0], found[1], [found[2]], number)
        elif current:
            current[2].append(line)
        elif line.strip():
            strays.append((number, line.strip()))
    if current:
        fields.append(_close(current))
    blocks: list[LabelledBlock] = []
    starts = list(_starts(fields))
    strays += [(field.line, _told(field)) for field in fields[: starts[0] if starts else len(fields)]]
    for start, end in zip(starts, [*starts[1:], len(fields)], strict=False):
        last, between = _without_between(fields[end - 1])
        strays += between
        blocks.append(LabelledBlock((*fields[start : end - 1], last)))
    return LabelledText(tuple(blocks), tuple(sorted(strays)))


def _is_broken(above: str, line: str, width: int) -> bool:
    """Whether a sentence was broken between two lines, because the first word of the second had no place."""
    words = line.split(maxsplit=1)
    if not words or not (line.lstrip()[0].islower() or re.search(r"[:：]\S", words[0])):
        return False
    ended = not above.strip() or re.search(r"[.!?:。！？…][\"'”’)\]*_]*\s*$", above)
    return not ended and len(above.rstrip()) + len(words[0]) + 1 > width - 12 and width < _WIDEST


def label_of(line: str) -> tuple[str, str, str] | None:
    """(field, label, value) of a line that begins with a known label."""
    if len(line) > 40 and ":" not in line[:60] and "：" not in line[:40]:
        return None
    if match := _LABELLED.fullmatch(line):
        label = " ".join(match["label"].split())
        if name := LABELS.get(label.casefold()):
            return name, f"{match['number'] or ''} {label}".strip(), match["value"].strip()
        return None
    text = line.strip()
    heading = _HEADING.fullmatch(line)
    if heading and (name := LABELS.get(heading["label"].casefold())):
        return name, heading["label"], ""
    if text.casefold() in _ALONE:
        return LABELS[text.casefold()], text, ""
    return None


def _close(current: tuple[str, str, list[str], int]) -> LabelledField:
    name, label, lines, number = current
    return LabelledField(name, label, tuple(lines), number)


def _starts(fields: Sequence[LabelledField]) -> Iterator[int]:
    """The place of the first field of every paper."""
    titles = [place for place, field in enumerate(fields) if field.name == "title" and any(map(str.strip, field.lines))]
    if not titles:
        return
    ahead = {field.name for field in fields[: titles[0]]}
    last = -1
    for title in titles:
        start = title
        seen = {"title"}
        while start - 1 > last and (name := fields[start - 1].name) in ahead and name not in seen:
            seen.add(name)
            start -= 1
        yield start
        last = title


def _without_between(field: LabelledField) -> tuple[LabelledField, list[tuple[int, str]]]:
    """The last field of a block without the numbers and rules that part it from the next block."""
    lines = list(field.lines)
    between: list[tuple[int, str]] = []
    while len(lines) > 1 and (not lines[-1].strip() or _BETWEEN.fullmatch(lines[-1])):
        text = lines.pop().strip()
        if text:
            between.append((field.line + len(lines), text))
    return LabelledField(field.name, field.label, tuple(lines), field.line), between


def _told(field: LabelledField) -> str:
    return f"{field.label}: {' '.join(' '.join(field.lines).split())}"
