"""The opening of a body: its first paragraphs, about sixty words, cut where a sentence or a word ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from digest.formats.patterns import lazily
from digest.formats.sanitising import INLINE_TAGS

WORDS = 60
ENOUGH = 40  # words after which no further paragraph is begun
SPARE = 12  # words that a paragraph may be longer, rather than be cut

_TOKEN = lazily(r"<(/?)([a-z][a-z0-9]*)[^<>]*>|\x02x(\d+)\x03|[^<\x02]+")
_PART = lazily(r"\s+|\S+")
_SENTENCE = lazily(r"[.!?…][\"'”’)\]]*$")
_ENDS = frozenset(".!?…\"'”’)]")  # of what is looked at for a sentence
_ABBREVIATION = lazily(
    r"(?:^|\W)(?:[A-Za-z]|e\.g|i\.e|al|vs|cf|etc|resp|w\.r\.t|Figs?|Eqs?|Secs?|Tab|Dr|Prof|St|No)\.$"
)
_SKIPPED = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "table", "pre", "figure", "details"])
_LOOSE = frozenset(["br", "img", "wbr"])


# A tag, a formula or a stretch of text of a paragraph: (its text, its name if it is a tag, whether it closes).
_Piece = tuple[str, str, bool]


def excerpt_of(html: str, own: Sequence[str]) -> str:
    """The opening of clean HTML as paragraphs; `own` holds the HTML behind each placeholder.

    Of a list only its first item is taken; headings, tables, blocks of code, images and notes are left out.
    """
    if html.startswith("<p>") and html.count("<") == 2 and "\x02" not in html and html.endswith("</p>"):
        return _opening_of(html[3:-4])
    out: list[str] = []
    words = 0
    for paragraph in _paragraphs(html, own):
        count = len("".join(text for text, tag, _ in paragraph if not tag).split())
        if not count:
            continue
        room = WORDS - words
        out.append(f"<p>{_balanced(paragraph) if count <= room + SPARE else _cut(paragraph, room)}</p>")
        words += count
        if words >= ENOUGH:
            break
    return "\n".join(out)


def _opening_of(text: str) -> str:
    """The same of a paragraph without tags and formulas, as most summaries are."""
    words = text.split()
    if not words:
        return ""
    return f"<p>{' '.join(words) if len(words) <= WORDS + SPARE else _cut_text(text[: 12 * WORDS], WORDS)}</p>"


def _paragraphs(html: str, own: Sequence[str]) -> Iterator[list[_Piece]]:
    """The paragraphs of a body, one after the other."""
    current: list[_Piece] = []
    skipped, level, lists, items = "", 0, 0, 0
    for match in _TOKEN.finditer(html):
        closing, tag, number = match[1], match[2], match[3]
        if skipped:
            if tag == skipped:
                level += -1 if closing else 1
                skipped = skipped if level else ""
            continue
        piece = own[int(number)] if number else ""
        if (tag and tag not in INLINE_TAGS and tag not in _LOOSE) or piece.startswith(("<pre", "<div")):
            if current:
                yield current
                current = []
            if tag in _SKIPPED:
                skipped, level = tag, 1
            elif tag in {"ul", "ol"}:
                lists += -1 if closing else 1
                items = items if lists else 0
            elif tag == "li" and not closing and lists == 1:
                items += 1
        elif lists > 1 or items > 1 or piece.startswith("<sup") or tag in {"img", "wbr"}:
            continue
        elif tag == "br":
            current.append((" ", "", False))
        else:
            current.append((match[0], tag or "", bool(closing)))
    if current:
        yield current


def _cut(pieces: list[_Piece], room: int) -> str:
    """As many words as there is room for, or rather whole sentences if that keeps half of them."""
    if len(pieces) == 1 and pieces[0][0][0] != "\x02":
        return _cut_text(pieces[0][0][: 12 * WORDS], room)
    words: list[_Piece] = []
    count, in_word, last_word, last_sentence, before = 0, False, 0, 0, ""
    for piece in _words(pieces):
        text, tag, _ = piece
        words.append(piece)
        if tag:
            continue
        if not text.isspace():
            count += not in_word
            in_word, before = True, text
            continue
        in_word = False
        if count > room + SPARE // 2:
            break
        if count <= room:
            last_word = len(words) - 1
        if count >= room // 2 and before[-1:] in _ENDS and _ends_sentence(before):
            last_sentence = len(words) - 1
    if last_sentence:
        return _balanced(words[:last_sentence]) + " …"
    return _balanced(words[:last_word]).rstrip(",:–—- ") + "…"


def _cut_text(text: str, room: int) -> str:
    """The same of text without tags and formulas, which most paragraphs are: a word ends where a blank follows it."""
    most = room + SPARE // 2
    words = text.split(None, most + 1)
    whole = min(most, len(words) if text[-1].isspace() else len(words) - 1)
    for count in range(whole, room // 2 - 1, -1):
        if words[count - 1][-1] in _ENDS and _ends_sentence(words[count - 1]):
            return " ".join(words[:count]) + " …"
    return " ".join(words[: min(room, whole)]).rstrip(",:–—- ") + "…"


def _words(pieces: list[_Piece]) -> Iterator[_Piece]:
    """The first pieces, of text each word and each blank."""
    for piece in pieces[: 2 * WORDS]:
        text, tag, _ = piece
        if tag or text[0] == "\x02":
            yield piece
        else:
            for part in _PART.findall(text[: 12 * WORDS]):
                yield part, "", False


def _ends_sentence(word: str) -> bool:
    return bool(_SENTENCE.search(word)) and not _ABBREVIATION.search(word)


def _balanced(pieces: list[_Piece]) -> str:
    """The pieces with what is open closed, what is not open left out, what is empty dropped."""
    out: list[str] = []
    open_tags: list[tuple[str, int]] = []
    for text, tag, closes in pieces:
        if not tag:
            out.append(text)
        elif not closes:
            open_tags.append((tag, len(out)))
            out.append(text)
        elif open_tags and open_tags[-1][0] == tag:
            _close(out, *open_tags.pop())
    while open_tags:
        _close(out, *open_tags.pop())
    return " ".join("".join(out).split())


def _close(out: list[str], tag: str, start: int) -> None:
    if "".join(out[start + 1 :]).strip():
        out.append(f"</{tag}>")
    else:
        del out[start:]
