"""Markdown to prose: the body of an entry or page, compiled alone.

What most bodies hold goes `straight` to clean HTML; all else goes the long way, of `markdown_engine`. Either gives HTML
with placeholders for our own pieces, code and math, which are put in at the very end: nothing hostile gets through, and
nothing here can cut a formula.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest.formats import html as markup
from digest.formats import prose
from digest.formats.characters import drop_forbidden
from digest.formats.excerpts import excerpt_of
from digest.formats.formulas import Formulas
from digest.formats.markdown_extensions import MarkdownExtension
from digest.formats.patterns import lazily
from digest.formats.stash import OWN, Stash
from digest.formats.straight import Straight, read_plain
from digest.formats.tex_macros import NONE, Macros
from digest.model import Heading, LocalLink, Problem, Prose

Extensions = tuple[MarkdownExtension, ...]

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
    clean: bool = False,
    straight: bool = True,
    extensions: Extensions = (),
) -> Prose:
    """Compile a body whose first line is line `first_line` of its file, at `path`.

    It is `clean` if whoever read it has seen that nothing of `characters.FORBIDDEN` is there.
    Who has an `excerpt` from elsewhere can go without. Not going `straight` gives the same and takes ten times as long.
    With `extensions` nothing goes straight, since they might see any text.
    """
    page = _read(_cleared(body, clean=clean), macros, extensions, straight=straight)
    stash = page.stash
    text, words = page.text()
    if stash.own:
        text, words = stash.tell_words(text, words)
    return Prose(
        html=page.restore(page.dressed()).strip(),
        excerpt=page.excerpt() if excerpt else "",
        text=text,
        toc=page.headings(),
        links=page.links(first_line),
        words=words,
        problems=page.problems(path, first_line),
    )


def compile_excerpt(
    text: str,
    *,
    first_line: int,
    path: str = "",
    macros: Macros = NONE,
    clean: bool = False,
    straight: bool = True,
    extensions: Extensions = (),
) -> tuple[str, tuple[Problem, ...]]:
    """(the excerpt of a text, what is wrong with the text), as `compile_body` tells them."""
    page = _read(_cleared(text, clean=clean), macros, extensions, straight=straight)
    return page.excerpt(), page.problems(path, first_line)


def _cleared(body: str, *, clean: bool) -> str:
    if "\r" in body:
        body = body.replace("\r\n", "\n").replace("\r", "\n")
    return body if clean else drop_forbidden(body)


def _read(body: str, macros: Macros, extensions: Extensions, *, straight: bool) -> _Page:
    """A body, on the straight way if it is one for it."""
    stash = Stash(Formulas(macros))
    if straight and not extensions and (made := read_plain(body, stash)):
        return _Page(body, stash, made)
    from digest.formats.markdown_engine import convert_body  # noqa: PLC0415 - heavy: loaded for what is not plain

    stash = Stash(Formulas(macros))
    html, *notes = convert_body(body, stash, extensions)
    return _Page(body, stash, _Long(html, notes, stash))


class _Long:
    """The HTML of a body and of its notes, as `markdown_engine` gives it, with its headings in order."""

    __slots__ = ("_html", "_notes", "_outline")

    def __init__(self, html: str, notes: Sequence[str], stash: Stash) -> None:
        self._outline = prose.Outline(stash, [f"fn-{number}" for number in range(1, len(notes) + 1)])
        self._html = prose.level_headings(html, self._outline)
        self._notes = notes

    def html(self) -> str:
        """The clean HTML, without notes."""
        return self._html

    def dressed(self) -> str:
        """The same as a page has it, with its notes."""
        return prose.dress(self._html + _section(self._notes))

    def text(self) -> tuple[str, int]:
        """The text with that of the notes, without needless blanks, and how many words it has."""
        text = markup.strip_tags("\n".join([self._html, *self._notes]))
        return text, len(text.split())

    def headings(self) -> tuple[Heading, ...]:
        """The headings."""
        return tuple(self._outline.headings)


class _Page:
    """A body that is read; in its HTML and text placeholders stand for what was set aside in the stash."""

    __slots__ = ("_body", "_html", "_way", "headings", "stash", "text")

    def __init__(self, body: str, stash: Stash, way: Straight | _Long) -> None:
        self._body, self.stash, self._way = body, stash, way
        self._html = way.html()
        self.text, self.headings = way.text, way.headings

    def dressed(self) -> str:
        """The HTML with its notes as a page has it."""
        return self._html if isinstance(self._way, Straight) else self._way.dressed()

    def links(self, first_line: int) -> tuple[LocalLink, ...]:
        """The links that stay within the site: what goes straight has none."""
        targets = () if isinstance(self._way, Straight) else prose.local_targets(self.dressed())
        if not targets:
            return ()
        from digest.formats.local_links import find_links  # noqa: PLC0415 - loaded where there are links

        return find_links(self._body, targets, first_line)

    def excerpt(self) -> str:
        """The opening."""
        return self.restore(prose.dress(excerpt_of(self._html, self.stash.markup)))

    def problems(self, path: str, first_line: int) -> tuple[Problem, ...]:
        """What is wrong with the formulas."""
        return self.stash.formulas.problems(self._body, path, first_line)

    def restore(self, html: str) -> str:
        """The HTML with our own pieces in place; a formula keeps the punctuation that touches it on its line."""
        if "\x02" not in html:
            return html
        pieces, own = self.stash.markup, self.stash.own
        parts = OWN.split(html)
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


def _section(notes: Sequence[str]) -> str:
    if not notes:
        return ""
    items = "".join(f'<li id="fn-{number}">{_apart(html)}</li>\n' for number, html in enumerate(notes, 1))
    return f'\n<div class="footnotes" role="doc-endnotes"><ol>\n{items}</ol></div>'


def _apart(html: str) -> str:
    """A note whose own list items, should they stand alone, do not end the item that holds the note."""
    return f"<section>{html}</section>" if "<li" in html else html
