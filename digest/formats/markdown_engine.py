"""The long way of a body: Python-Markdown, which reads everything, and what makes it safe and exact.

Before Python-Markdown, lists get the indentation that it wants (`shaping`), and code, math and raw HTML become
placeholders (`spans`), so that no mark in them counts. After it, the HTML of the author is put back and all is
sanitised; our own pieces, code and math, stay placeholders. No text can forge one: the two control characters that
make one are removed from every text first.

Extensions come last: they see bodies as they are written, may replace anything of the library, and what they make is
sanitised as all else is. Of classes those stay that begin with the name of one.
"""

from __future__ import annotations

import re
import threading
from functools import lru_cache
from html import escape, unescape
from typing import TYPE_CHECKING

from digest.formats import sanitising
from digest.formats.markdown_extensions import MarkdownExtension
from digest.formats.patterns import lazily
from digest.formats.shaping import shape
from digest.formats.spans import ESCAPABLE
from digest.formats.stash import Stash

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Markdown
    from markdown.inlinepatterns import Delimiter, DelimiterProcessor

_MARKED = lazily(r"<[^<>]*>|\x02([brux])(\d+)\x03")
_IN_TAG = lazily(r"\x02[brux](\d+)\x03")
_OWN_BLOCK = lazily(r"<div>\x02x(\d+)\x03</div>")
_EMPTY = lazily(r"<p>\s*</p>\n?")
_REFERENCE = lazily(r'<sup id="fnref(\d*):([^"]*)"><a class="footnote-ref" href="[^"]*">\d+</a></sup>')
_WAY_BACK = lazily(r'(?:&#160;)?<a class="footnote-backref" href="#fnref(\d*):([^"]*)" title="[^"]*">[^<]*</a>')
_NOTES = '<div class="footnote">\n<hr>\n<ol>\n'
_NOTE = lazily(r'<li id="fn:([^"]*)">\n')


def convert_body(body: str, stash: Stash, extensions: tuple[MarkdownExtension, ...] = ()) -> list[str]:
    """The clean HTML of a body, and that of each of its notes, with placeholders of our own pieces."""
    return _Conversion(stash, extensions).run(body)


class _Conversion:
    """One body on its way, and its notes."""

    def __init__(self, stash: Stash, extensions: tuple[MarkdownExtension, ...]) -> None:
        self.stash = stash
        self.extensions = extensions
        self.numbers: dict[str, int] = {}
        self.used: set[int] = set()

    def run(self, body: str) -> list[str]:
        """The clean HTML of the body and of each note."""
        html = _engine(self.extensions).convert(body, self.stash)
        self.numbers = {unescape(label): number for number, label in enumerate(_NOTE.findall(html), 1)}
        html, _, notes = _REFERENCE.sub(self._reference, html).partition(_NOTES)
        parts = _NOTE.split(notes.removesuffix("\n</ol>\n</div>"))
        return [self._clean(html), *(self._clean(part.rstrip().removesuffix("</li>")).rstrip() for part in parts[2::2])]

    def _clean(self, html: str) -> str:
        if self.numbers:
            html = _WAY_BACK.sub(self._way_back, html)
        html = sanitising.clean(self._resolved(html), frozenset(each.name for each in self.extensions))
        html = _OWN_BLOCK.sub(lambda match: f"\x02x{match[1]}\x03" if self._is_block(int(match[1])) else match[0], html)
        return _EMPTY.sub("", html)

    def _reference(self, match: re.Match[str]) -> str:
        number = self.numbers[unescape(match[2])]
        self.used.add(number)
        suffix = f"-{match[1]}" if match[1] else ""
        return self.stash.keep(
            "x",
            "",
            f'<sup class="footnote-ref"><a href="#fn-{number}" id="fnref-{number}{suffix}" role="doc-noteref">'
            f"{number}</a></sup>",
        )

    def _way_back(self, match: re.Match[str]) -> str:
        number = self.numbers[unescape(match[2])]
        if number not in self.used:
            return ""
        suffix, label = (f"-{match[1]}", f"{number}, {match[1]}") if match[1] else ("", str(number))
        return self.stash.keep(
            "x",
            "",
            f' <a class="footnote-back" href="#fnref-{number}{suffix}" role="doc-backlink" '
            f'aria-label="Back to reference {label}">↩</a>',
        )

    def _is_block(self, index: int) -> bool:
        return self.stash.markup[index].startswith(("<pre", "<div"))

    def _resolved(self, html: str) -> str:
        """Put back what is to be sanitised; in an attribute every placeholder becomes its plain text."""
        linked = in_paragraph = False
        stash = self.stash

        def put(match: re.Match[str]) -> str:
            nonlocal linked, in_paragraph
            found, kind = match[0], match[1]
            if found[0] == "<":
                linked = found.startswith("<a ") or (linked and found != "</a>")
                in_paragraph = found == "<p>" or (in_paragraph and found != "</p>")
                return _IN_TAG.sub(lambda mark: escape(stash.plain[int(mark[1])]), found) if "\x02" in found else found
            index = int(match[2])
            raw = stash.markup[index]
            if kind == "b" or (kind == "x" and self._is_block(index)):
                block = raw if kind == "b" else f"<div>{found}</div>"
                return f"</p>\n{block}\n<p>" if in_paragraph else block
            if kind == "x":
                return found
            if kind == "u":  # a link of its own, from its beginning to its end
                return escape(stash.plain[index], quote=False) if linked else raw
            linked = raw[:2].lower() == "<a" or (linked and raw[:3].lower() != "</a")
            return raw

        return _MARKED.sub(put, html)


class _References(dict[str, tuple[str, str]]):
    """Link definitions; used so often that the text would swell, they are used no more."""

    budget = 200_000

    def __getitem__(self, label: str) -> tuple[str, str]:
        target, title = super().__getitem__(label)
        self.budget -= len(target) + len(title or "")  # none is None, whatever its type says
        return (target, title) if self.budget > 0 else ("", "")


class _Engine(threading.local):
    """Python-Markdown with what we add to it; one a thread, kept."""

    def __init__(self, extensions: tuple[MarkdownExtension, ...]) -> None:
        from markdown import Markdown  # noqa: PLC0415 - heavy: loaded by the command that needs it
        from markdown.extensions import Extension  # noqa: PLC0415 - likewise
        from markdown.extensions.footnotes import FootnoteExtension  # noqa: PLC0415 - likewise
        from markdown.extensions.tables import TableExtension  # noqa: PLC0415 - likewise

        notes = FootnoteExtension(USE_DEFINITION_ORDER=False)
        tables = TableExtension(use_align_attribute=True)
        self.library: Markdown = Markdown(extensions=["sane_lists", notes, tables], output_format="html")
        self.library.ESCAPED_CHARS = [*ESCAPABLE]
        self.library.preprocessors.deregister("html_block")
        self.library.preprocessors.register(self, "shape", 20)  # type: ignore[arg-type] # has what one needs: run
        for name in ("backtick", "autolink", "automail", "html"):  # what `spans` has done
            self.library.inlinePatterns.deregister(name)
        for name in ("code", "setextheader"):  # what `shaping` has done
            self.library.parser.blockprocessors.deregister(name)
        self.library.inlinePatterns.register(_emphasis(self.library), "em_strong", 60)
        for extension in extensions:
            made = extension.make()
            if not isinstance(made, Extension):
                raise TypeError(f"it made a {type(made).__name__}, which is no extension of Python-Markdown")
            made.extendMarkdown(self.library)

    def convert(self, body: str, stash: Stash) -> str:
        """The HTML of a body, as Python-Markdown writes it."""
        self.stash = stash
        self.library.reset()
        self.library.references = _References()
        return self.library.convert(body)

    def run(self, lines: list[str]) -> list[str]:
        """Shape the lines of a body: a preprocessor of Python-Markdown."""
        return shape("\n".join(lines), self.stash).split("\n")


def _emphasis(library: Markdown) -> DelimiterProcessor:
    from markdown.inlinepatterns import DelimiterProcessor  # noqa: PLC0415 - heavy: loaded by the command that needs it

    class Emphasis(DelimiterProcessor):
        """The library's without two faults of it: pairs of unequal ends and remembered places eat what is beside."""

        data = ""

        def handleMatch(  # type: ignore[override] # noqa: N802 - as in the library, whatever its types say
            self, m: re.Match[str], data: str
        ) -> tuple[Element | None, int | None, int | None]:
            self.reset()
            self.data = data
            return super().handleMatch(m, data)

        def add_region(  # noqa: PLR0917 - as in the library
            self, delim: Delimiter, a: int, b: int, c: int, d: int, size: int
        ) -> None:
            if self.data[a:b] == self.data[c:d]:
                super().add_region(delim, a, b, c, d, size)

    emphasis = Emphasis("*", "strong,em", library)
    emphasis.add("_", "strong,em", smart=True)
    emphasis.add("~", "del", double=True)
    return emphasis


@lru_cache(maxsize=8)
def _engine(extensions: tuple[MarkdownExtension, ...]) -> _Engine:
    return _Engine(extensions)
