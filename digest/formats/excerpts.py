"""The opening of a body: its first paragraphs, about sixty words, cut where a sentence or a word ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digest.formats.sanitising import INLINE_TAGS

WORDS = 60
ENOUGH = 40  # words after which no further paragraph is begun
SPARE = 12  # words that a paragraph may be longer, rather than be cut

_TOKEN = re.compile(r"<(/?)([a-z][a-z0-9]*)[^<>]*>|\x02x(\d+)\x03|[^<\x02]+")
_PART = re.compile(r"\s+|\S+")
_SENTENCE = re.compile(r"[.!?…][\"'”’)\]]*$")
_ABBREVIATION = re.compile(
    r"(?:^|\W)(?:[A-Za-z]|e\.g|i\.e|al|vs|cf|etc|resp|w\.r\.t|Figs?|Eqs?|Secs?|Tab|Dr|Prof|St|No)\.$"
)
_SKIPPED = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "table", "pre", "figure", "details"])


@dataclass(slots=True)
class _Piece:
    """A word, a space, a tag or a formula of a paragraph."""

    text: str
    tag: str = ""
    closes: bool = False

    @property
    def is_space(self) -> bool:
        return not self.tag and self.text.isspace()


def excerpt_of(html: str, own: Sequence[str]) -> str:
    """The opening of clean HTML as paragraphs; `own` holds the HTML behind each placeholder.

    Of a list only its first item is taken; headings, tables, blocks of code, images and notes are left out.
    """
    out: list[str] = []
    words = 0
    for paragraph in _paragraphs(html, own):
        room = WORDS - words
        if words >= ENOUGH or room < SPARE:
            break
        count = _count(paragraph)
        if not count:
            continue
        kept = paragraph if count <= room + SPARE else _cut(paragraph, room)
        out.append(f"<p>{_balanced(kept)}</p>")
        words += count
    return "\n".join(out)


def _paragraphs(html: str, own: Sequence[str]) -> list[list[_Piece]]:
    """The paragraphs of the opening; reading stops when there is more than enough."""
    done: list[list[_Piece]] = []
    current: list[_Piece] = []
    skipped, lists, items, size = "", 0, 0, 0
    level = 0
    for match in _TOKEN.finditer(html):
        closing, tag, own_piece = match[1], match[2], match[3]
        if skipped:
            if tag == skipped:
                level += -1 if closing else 1
                skipped = skipped if level else ""
            continue
        if tag in _SKIPPED and not closing:
            skipped, level = tag, 1
        elif tag in {"ul", "ol"}:
            lists += -1 if closing else 1
            items = 0 if lists == 0 else items
        elif tag == "li" and not closing and lists == 1:
            items += 1
        in_block = tag and tag not in INLINE_TAGS and tag not in {"br", "wbr", "img"}
        own_html = own[int(own_piece)] if own_piece else ""
        if in_block or own_html.startswith(("<pre", "<div")):
            if current:
                done.append(current)
                size += len(current)
                current = []
            if size > 6 * WORDS:
                break
        elif lists > 1 or items > 1 or own_html.startswith("<sup") or tag in {"img", "wbr"}:
            continue
        elif tag == "br":
            current.append(_Piece(" "))
        elif tag:
            current.append(_Piece(match[0], tag, bool(closing)))
        elif own_piece:
            current.append(_Piece(match[0]))
        else:
            current += [_Piece(part[0]) for part in _PART.finditer(match[0])]
    if current:
        done.append(current)
    return done


def _count(pieces: list[_Piece]) -> int:
    count, gap = 0, True
    for piece in pieces:
        if piece.is_space:
            gap = True
        elif not piece.tag:
            count += gap
            gap = False
    return count


def _cut(pieces: list[_Piece], room: int) -> list[_Piece]:
    """As many words as there is room for, or rather whole sentences if that keeps half of them."""
    count, gap, last_word, last_sentence = 0, True, 0, 0
    before = ""
    for index, piece in enumerate(pieces):
        if piece.tag:
            continue
        if not piece.is_space:
            count += gap
            gap = False
            before = piece.text if not piece.text.startswith("\x02") else ""
            continue
        gap = True
        if count <= room:
            last_word = index
        if count >= room // 2 and count <= room + SPARE // 2 and _ends_sentence(before):
            last_sentence = index
        if count > room + SPARE // 2:
            break
    if last_sentence:
        return [*pieces[:last_sentence], _Piece(" …")]
    kept = pieces[:last_word]
    if kept and not kept[-1].tag and not kept[-1].text.startswith("\x02"):
        kept[-1] = _Piece(kept[-1].text.rstrip(",;:–—-"))
    return [*kept, _Piece("…")]


def _ends_sentence(word: str) -> bool:
    return bool(_SENTENCE.search(word)) and not _ABBREVIATION.search(word)


def _balanced(pieces: list[_Piece]) -> str:
    """The pieces with what is open closed, what is not open left out, what is empty dropped."""
    out: list[str] = []
    open_tags: list[tuple[str, int]] = []
    while pieces and pieces[0].is_space:
        pieces = pieces[1:]
    ellipsis = pieces[-1:] if pieces and pieces[-1].text.endswith("…") and len(pieces[-1].text) <= 2 else []
    for piece in pieces[: len(pieces) - len(ellipsis)]:
        if not piece.tag:
            out.append(" " if piece.is_space else piece.text)
        elif not piece.closes:
            open_tags.append((piece.tag, len(out)))
            out.append(piece.text)
        elif open_tags and open_tags[-1][0] == piece.tag:
            _close(out, *open_tags.pop())
    while open_tags:
        _close(out, *open_tags.pop())
    return "".join(out).rstrip() + "".join(piece.text for piece in ellipsis)


def _close(out: list[str], tag: str, start: int) -> None:
    if "".join(out[start + 1 :]).strip():
        out.append(f"</{tag}>")
    else:
        del out[start:]
