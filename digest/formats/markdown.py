"""Markdown to prose: the body of an entry or page, compiled alone.

What most bodies hold goes `straight` to clean HTML; all else goes the long way, of `markdown_engine`. Either gives HTML
with placeholders for our own pieces, code and math, which are put in at the very end: nothing hostile gets through, and
nothing here can cut a formula.
"""

from __future__ import annotations

import re

from digest.formats import html as markup
from digest.formats import prose
from digest.formats.characters import drop_forbidden
from digest.formats.excerpts import excerpt_of
from digest.formats.formulas import Formulas
from digest.formats.markdown_extensions import MarkdownExtension
from digest.formats.patterns import lazily
from digest.formats.stash import Stash
from digest.formats.straight import render_plain
from digest.formats.tex_macros import NONE, Macros
from digest.model import Heading, LocalLink, Problem, Prose

Extensions = tuple[MarkdownExtension, ...]

_OWN = lazily(r"\x02x(\d+)\x03")
_OPENING = frozenset("([“‘")  # punctuation that stays on the line of the formula it touches
_CLOSING = lazily("[,.;:!?)\\]…’”»]{1,3}")
_LINK = lazily(r"<a (?:(?!</a>).)*", re.DOTALL)
_FOCUSED = ' tabindex="0"><math'  # a box to scroll in; within a link it would be a link in a link


def compile_body(
    body: str,
    *,
    first_line: int,
    path: str = "",
    macros: Macros = NONE,
    excerpt: bool = True,
    straight: bool = True,
    extensions: Extensions = (),
) -> Prose:
    """Compile a body whose first line is line `first_line` of its file, at `path`.

    Who has an `excerpt` from elsewhere can go without. Not going `straight` gives the same and takes ten times as long.
    With `extensions` nothing goes straight, since they might see any text.
    """
    body = _cleared(body)
    page, whole, notes = _render(body, macros, extensions, straight=straight and not extensions)
    html, toc = page.levelled(whole, notes)
    text = page.plain(markup.strip_tags("\n".join([html, *notes])))  # words parted by one blank or line end each
    whole = prose.dress(html + _section(notes))
    return Prose(
        html=page.restore(whole).strip(),
        excerpt=page.excerpt(html) if excerpt else "",
        text=text,
        toc=toc,
        links=_links(body, whole, first_line),
        words=len(text.split()) if page.stash.own else text.count(" ") + text.count("\n") + bool(text),
        problems=page.stash.formulas.problems(body, path, first_line),
    )


def compile_excerpt(
    text: str,
    *,
    first_line: int,
    path: str = "",
    macros: Macros = NONE,
    straight: bool = True,
    extensions: Extensions = (),
) -> tuple[str, tuple[Problem, ...]]:
    """(the excerpt of a text, what is wrong with the text), as `compile_body` tells them."""
    text = _cleared(text)
    page, whole, notes = _render(text, macros, extensions, straight=straight and not extensions)
    html, _ = page.levelled(whole, notes)
    return page.excerpt(html), page.stash.formulas.problems(text, path, first_line)


def _cleared(body: str) -> str:
    if "\r" in body:
        body = body.replace("\r\n", "\n").replace("\r", "\n")
    return drop_forbidden(body)


def _render(body: str, macros: Macros, extensions: Extensions, *, straight: bool) -> tuple[_Page, str, list[str]]:
    """(what was set aside, the clean HTML of a body, that of its notes)."""
    if straight:
        page = _Page(macros)
        html = render_plain(body, page.stash)
        if html is not None:
            return page, html, []
    from digest.formats.markdown_engine import convert_body  # noqa: PLC0415 - heavy: loaded for what is not plain

    page = _Page(macros)
    html, *notes = convert_body(body, page.stash, extensions)
    return page, html, notes


def _links(body: str, html: str, first_line: int) -> tuple[LocalLink, ...]:
    targets = prose.local_targets(html)
    if not targets:
        return ()
    from digest.formats.local_links import find_links  # noqa: PLC0415 - loaded where there are links

    return find_links(body, targets, first_line)


class _Page:
    """What was set aside of one body."""

    def __init__(self, macros: Macros) -> None:
        self.stash = Stash(Formulas(macros))

    def levelled(self, html: str, notes: list[str]) -> tuple[str, tuple[Heading, ...]]:
        """The HTML with its headings in order, and these."""
        taken = {f"fn-{number}": 1 for number in range(1, len(notes) + 1)}
        return prose.level_headings(html, self.plain, self.written, taken)

    def excerpt(self, html: str) -> str:
        """The opening of clean HTML."""
        return self.restore(prose.dress(excerpt_of(html, self.stash.markup)))

    def plain(self, text: str) -> str:
        """The text with our own pieces as text."""
        return self._put_back(text, self.stash.plain)

    def written(self, text: str) -> str:
        """The text with formulas as they are written, TeX and all."""
        stash = self.stash
        if stash.sources:
            text = _OWN.sub(lambda found: stash.sources.get(int(found[1]), found[0]), text)
        return self.plain(text)

    def restore(self, html: str) -> str:
        """The HTML with our own pieces in place; a formula keeps the punctuation that touches it on its line."""
        if "\x02" not in html:
            return html
        pieces, own = self.stash.markup, self.stash.own
        parts = _OWN.split(html)
        for at in range(1, len(parts), 2):
            number = int(parts[at])
            piece = pieces[number] if number in own else ""
            if piece.startswith("<math"):
                before, after = parts[at - 1], parts[at + 1]
                opening = before[-1:] if before[-1:] in _OPENING else ""
                closing = found[0] if (found := _CLOSING.match(after)) else ""
                if opening or closing:
                    parts[at - 1], parts[at + 1] = before.removesuffix(opening), after.removeprefix(closing)
                    piece = f'<span class="tight">{opening}{piece}{closing}</span>'
            parts[at] = piece
        restored = "".join(parts)
        if _FOCUSED in restored and "<a " in restored:
            restored = _LINK.sub(lambda link: link[0].replace(_FOCUSED, "><math"), restored)
        return restored

    def _put_back(self, text: str, pieces: list[str]) -> str:
        """Nothing but our own pieces: whatever else was set aside is not clean."""
        if "\x02" not in text:
            return text
        own = self.stash.own
        return _OWN.sub(lambda match: pieces[int(match[1])] if int(match[1]) in own else "", text)


def _section(notes: list[str]) -> str:
    if not notes:
        return ""
    items = "".join(f'<li id="fn-{number}">{_apart(html)}</li>\n' for number, html in enumerate(notes, 1))
    return f'\n<div class="footnotes" role="doc-endnotes"><ol>\n{items}</ol></div>'


def _apart(html: str) -> str:
    """A note whose own list items, should they stand alone, do not end the item that holds the note."""
    return f"<section>{html}</section>" if "<li" in html else html
