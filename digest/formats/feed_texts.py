"""The texts of a feed's entry: which is the whole, which adds something, and what the feed wrote around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from digest.formats import author_lines, tex_accents, wrapped_text
from digest.formats.html_to_markdown import plain_line, render_markdown
from digest.formats.markup import Element, parse_html
from digest.formats.patterns import lazily

_MARKUP: Final = lazily(
    r"<(?:/?(?:p|br|div|span|a|b|i|em|strong|ul|ol|li|h[1-6]|img|pre|code|table|blockquote|sub|sup|hr|font|figure|section"
    r"|article|small|u|center|iframe|math|jats:\w+|mml:\w+)\b[^<>]*|!\[CDATA\[|!--)>",
    re.IGNORECASE,
)
_REFERENCE: Final = lazily(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_WORD: Final = lazily(r"[^\W_]+")
_CUT: Final = lazily(
    r"(?:\s*(?:\[?(?:…|\.\.\.|&hellip;)\]?|\(?(?:continue reading|read (?:more|on)|more)\b[^\n]{0,120}))+\s*$",
    re.IGNORECASE,
)
_IMAGE: Final = lazily(r"!\[[^\[\]\n]*\]\([^()\s]*\)")
_DOI_LINE: Final = r"(?:\[|<)?(?:doi:|https?://(?:dx\.)?doi\.org/)"
# (what a paragraph at the start or end of a text says that is none of it, the name of what it tells)
_ASIDES: Final = (
    re.compile(r"(?i)[^\n]{0,200}\bpublished online:? [^\n]*doi[^\n]*"),  # Nature
    re.compile(
        r"(?i)(?:\W*)publication date: (?:available online )?(?P<published>[^\n]{4,60}?)(?:\W*)"
    ),  # ScienceDirect
    re.compile(r"(?i)\W*source:\W* (?P<venue>[^\n]{2,200}?)(?:, volume (?P<volume>[^\n,]{1,20})[^\n]*)?"),
    re.compile(r"(?i)by (?P<authors>[^\n]+)"),  # PLOS
    re.compile(r"(?i)\W*authors?\(?s?\)?:\W* (?P<authors>[^\n]+)"),
    re.compile(r"(?i)PMID:[^\n]{0,300}"),  # PubMed
    re.compile(r"[\W_]{1,5}"),
    re.compile(rf"(?i)[^\n]{{2,200}}\. {_DOI_LINE}[^\n]*"),
    # Wiley, Science, Taylor & Francis; ACM with a link
    re.compile(r"(?i)(?:[^\n]{2,200}, )?\[?volume [^\n]{1,40}, (?:issue|pages?|no\.) [^\n]{1,160}\.?"),
    re.compile(r"(?i)\\?\[[^\n]{3,80}\] published [^\n]{6,40}"),  # APS
    re.compile(r"(?i)[#*\s]*abstract[:*\s]*"),
    re.compile(r"(?i)the post [^\n]+ (?:first appeared|appeared first) on [^\n]+"),  # WordPress
    re.compile(r"(?i)(?:read|view) (?:the )?(?:full|original|entire) (?:article|text|paper|post)[^\n]{0,80}"),
)


_OF_ACS: Final = lazily(r"(?:^|\n\n)\*(?P<venue>[^*\n]{2,150})\*\n\nDOI: 10\.\S+\s*$")
_LABEL: Final = lazily(r"(?i)\*\*abstract[.:]?\*\*[.:]?\s+(?=\S)")


@dataclass(slots=True)
class Texts:
    """The body as Markdown, a summary that says more, what was told beside them, and what was left out."""

    body: str = ""
    summary: str = ""
    told: dict[str, str] = field(default_factory=dict)
    asides: list[str] = field(default_factory=list)


def settle_texts(candidates: list[str]) -> Texts:
    """The longest of several texts in Markdown; another one is the summary if it holds words that are not in it."""
    texts = Texts()
    kept = [_without_asides(candidate, texts) for candidate in candidates]
    kept = sorted((text for text in kept if text), key=_size, reverse=True)
    if not kept:
        return texts
    texts.body = kept[0]
    said = f" {words_of(texts.body)} "
    for other in kept[1:]:
        words = words_of(_CUT.sub("", _IMAGE.sub("", other)))
        if words and f" {words} " not in said and not said.startswith(f" {words}"):
            if texts.summary:
                texts.asides.append(other)
            else:
                texts.summary = " ".join(other.split())
                said += f"{words_of(other)} "
    return texts


def is_markup(text: str) -> bool:
    """Whether a text is HTML rather than plain: feeds do not always say."""
    return bool(_MARKUP.search(text))


def render_text(text: str, base: str = "") -> str:
    """A text that may be HTML or plain as Markdown."""
    if is_markup(text):
        return render_markdown(text, base)
    if _REFERENCE.search(text):
        text = parse_html(text).text()
    return render_plain(text)


def render_plain(text: str) -> str:
    """Plain text as Markdown: lines joined, but for those of a list."""
    return wrapped_text.join_lines(text.replace("\r", "\n").replace("\xa0", " ").split("\n"))


def render_element(element: Element, base: str = "") -> str:
    """XHTML as Markdown."""
    return render_markdown(element, base)


def title_line(text: str) -> str:
    """A title that may be HTML as plain text in one line; accents of TeX are letters."""
    plain = plain_line(text) if is_markup(text) or _REFERENCE.search(text) else text
    return " ".join(tex_accents.letters_from_tex(plain).split())


def _without_asides(text: str, texts: Texts) -> str:
    """The text without the paragraphs and lines at its start and end that tell of where it was printed."""
    if found := _OF_ACS.search(text):
        texts.told.setdefault("venue", found["venue"])
        texts.asides.append(found[0].strip())
        text = text[: found.start()]
    paragraphs = [paragraph for paragraph in text.split("\n\n") if paragraph.strip()]
    for at_start in (True, False):
        place = 0 if at_start else -1
        while paragraphs and (cut := _cut_aside(paragraphs[place], at_start=at_start)):
            aside, rest, told = cut
            texts.told = {**told, **texts.told}
            texts.asides.append(aside.strip())
            if rest.strip():
                paragraphs[place] = rest
            else:
                paragraphs.pop(place)
    text = "\n\n".join(paragraphs)
    if label := _LABEL.match(text):
        texts.asides.append(label[0].strip())
    return text[label.end() :] if label else text


def _cut_aside(paragraph: str, *, at_start: bool) -> tuple[str, str, dict[str, str]] | None:
    """(what says nothing of the text, the rest, what it tells): the paragraph, or its first or last line."""
    if (told := _aside(paragraph)) is not None:
        return paragraph, "", told
    first, _, last = paragraph.partition("\n") if at_start else paragraph.rpartition("\n")
    line, rest = (first, last) if at_start else (last, first)
    told = _aside(line) if rest else None
    return None if told is None else (line, rest, told)


def _aside(paragraph: str) -> dict[str, str] | None:
    if len(paragraph) > 3000:
        return None
    for form in _ASIDES:
        if match := form.fullmatch(paragraph.strip()):
            if match[0].casefold().startswith("by ") and not author_lines.is_author_line(match["authors"]):
                return None
            return {name: value.strip(" *") for name, value in match.groupdict().items() if value}
    return None


def words_of(text: str) -> str:
    """The words of a text alone, for comparing."""
    return " ".join(_WORD.findall(text.casefold()))


def _size(text: str) -> int:
    return len(_WORD.findall(text))
