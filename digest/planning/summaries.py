"""Short plain texts about longer ones."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from digest.formats import html as markup
from digest.model import Catalogue, Entry, Html, Prose

_BRACKETS: Final = ("()", "{}", "[]")
_BRACKETED: Final = 60  # characters; what stands longer in brackets is no formula
_MINUTE: Final = 220  # words that a reader of papers takes in


def shorten(text: str, limit: int) -> str:
    """The beginning of a text on one line, cut at a word and never inside a bracket, with `…` where something went."""
    near = limit + limit // 4
    line = " ".join(text[:near].split())
    if len(line) <= limit:
        if len(text) <= near:
            return line
        line = " ".join(text[: limit * 4].split())  # there are many blanks
        if len(line) <= limit and len(text) <= limit * 4:
            return line
    cut = line[: limit - 1]
    space = cut.rfind(" ")
    if space > limit // 2:  # Chinese has no spaces
        cut = cut[:space]
    return cut[: _whole(cut, limit // 3)].rstrip(" ,;:–—-") + "…"


def _whole(text: str, least: int) -> int:
    """Where a text may end so that it opens no bracket, as formulas have them, without closing it."""
    end = len(text)
    for opener, closer in _BRACKETS:
        place = text.rfind(opener)
        if place > text.rfind(closer) and len(text) - place <= _BRACKETED:
            word = text.rfind(" ", 0, place) + 1
            end = min(end, word) if word > least else end
    return end


def summary_text(entry: Entry, prose: Prose, limit: int) -> str:
    """What an entry says of itself, else how its text begins."""
    return shorten(_strip(prose.excerpt) if entry.summary else prose.text, limit)


def _strip(html: str) -> str:
    """As `strip_tags` does it; nearly all summaries are one paragraph of plain text."""
    is_plain = html[:3] == "<p>" and html[-4:] == "</p>" and html.count("<") == 2 and "&" not in html
    return " ".join(html[3:-4].split()) if is_plain else markup.strip_tags(html)


def title_html(entry: Entry, prose: Prose) -> Html:
    """The title for a heading or a link."""
    return Html(prose.title or escape(entry.title, quote=False))


def title_text(entry: Entry, prose: Prose) -> str:
    """The title as plain text."""
    return prose.title_text or entry.title


def reading_minutes(words: int) -> int:
    """Whole minutes to read so many words, none for none."""
    return -(-words // _MINUTE)


def count_text(words: Catalogue, number: int) -> str:
    """`1 entry`, `12 entries`."""
    return words.ngettext("%(number)s entry", "%(number)s entries", number)


def titles_text(words: Catalogue, titles: Sequence[str], limit: int = 200) -> str:
    """`3 entries: A; B; C`, as a page's description."""
    shown = words.gettext("; ").join(titles[:10])
    text = words.ngettext("%(number)s entry: %(titles)s", "%(number)s entries: %(titles)s", len(titles), titles=shown)
    return shorten(text, limit)
