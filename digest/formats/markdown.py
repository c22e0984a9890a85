"""Markdown to prose: the body of an entry or page, compiled alone.

The order is what makes it safe and exact. Structure is found (`blocks`); code, math and raw tags are set aside
(`spans`); emphasis is paired (`emphasis`); Python-Markdown reads links, images, references and tables; the whole is
sanitised; only then our own pieces, code and math, are put back. No text can forge a placeholder: the two control
characters that make one are removed from every text first.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from html import escape
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from digest.formats import highlighting, math, prose, sanitising
from digest.formats import html as markup
from digest.formats.blocks import Block, Structure, parse_blocks
from digest.formats.emphasis import mark_up
from digest.formats.excerpts import excerpt_of
from digest.formats.local_links import find_links
from digest.formats.spans import Stash, set_aside, set_aside_html
from digest.model import Prose

if TYPE_CHECKING:
    from markdown import Markdown
    from markdown.extensions.tables import TableProcessor
    from markdown.inlinepatterns import LinkInlineProcessor

# What XML and HTML forbid: controls, surrogates, noncharacters. The rare planes apart: they make a pattern slow.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_FORBIDDEN_ASTRAL = re.compile(
    f"[{''.join(chr(plane * 0x10000 + 0xFFFE + i) for plane in range(1, 17) for i in (0, 1))}]"
)
_MARKED = re.compile(r"<[^<>]*>|\x02(?:([rux])(\d+)|(\d+)|(/?)([esd]))\x03")
_OWN = re.compile(r"\x02x(\d+)\x03")
_IN_TAG = re.compile(r"\x02(?:[rux](\d+)|(\d+)|/?[esd])\x03")
_NAMES = {"e": "em", "s": "strong", "d": "del"}
_UNUSED = (
    "backtick",
    "escape",
    "autolink",
    "automail",
    "linebreak",
    "html",
    "entity",
    "not_strong",
    "em_strong",
    "em_strong2",
)
_Target = tuple[str, str | None, int, bool]
_TASK = re.compile(r"\[([ xX])\] +(?=\S)")


def compile_body(body: str, *, path: str, first_line: int) -> Prose:  # noqa: ARG001 - for problems to come
    """Compile a body whose first line is line `first_line` of its file."""
    body = _cleared(body)
    structure = parse_blocks(body.expandtabs(4))
    page = _Writer(structure, _Engine.here())
    html = sanitising.clean(page.resolve("".join(page.blocks(structure.blocks))))
    notes = page.notes()
    html, toc = prose.level_headings(html, page.plain, {f"fn-{n}": 1 for n in range(1, len(notes) + 1)})
    text = page.plain(markup.strip_tags("\n".join([html, *notes])))
    whole = prose.dress(html + _section(notes))
    return Prose(
        html=page.restore(whole).strip(),
        excerpt=page.restore(prose.dress(excerpt_of(html, page.stash.markup))),
        text=text,
        toc=toc,
        links=find_links(body, prose.local_targets(whole), first_line),
        words=len(text.split()),
    )


class _References(dict[str, tuple[str, str]]):
    """Link definitions; used so often that the text would swell, they are used no more."""

    budget = 200_000

    def __getitem__(self, label: str) -> tuple[str, str]:
        target, title = super().__getitem__(label)
        self.budget -= len(target) + len(title)
        return (target, title) if self.budget > 0 else ("", "")


class _Engine:
    """Python-Markdown, reduced to what reads links, images, references and tables; one a thread, kept."""

    _kept = threading.local()

    @classmethod
    def here(cls) -> _Engine:
        """The engine of this thread."""
        engine: _Engine | None = getattr(cls._kept, "engine", None)
        if engine is None:
            engine = cls._kept.engine = cls()
        return engine

    @cached_property
    def markdown(self) -> Markdown:
        """The library, loaded at the first link."""
        from markdown import Markdown  # noqa: PLC0415 - heavy: loaded by the command that needs it
        from markdown.extensions.tables import TableExtension  # noqa: PLC0415 - likewise

        library = Markdown(extensions=[TableExtension(use_align_attribute=True)])
        for pattern in _UNUSED:
            library.inlinePatterns.deregister(pattern, strict=False)
        for pattern in ("link", "image_link"):
            link: LinkInlineProcessor = library.inlinePatterns[pattern]  # type: ignore[assignment] # by name
            link.getLink = partial(_read_target, link.getLink)  # type: ignore[method-assign] # in this engine only
        return library

    def links(self, pieces: list[str], references: _References) -> str:
        """The HTML of text whose brackets are links; marks stay as they are."""
        library = self.markdown
        library.references = references
        root = Element("div")
        for piece in pieces:
            SubElement(root, "piece").text = piece
        library.treeprocessors["inline"].run(root)
        html: str = library.serializer(root)
        return html[5:-6].replace("<piece>", "").replace("</piece>", "")

    def table(self, text: str) -> Element | None:
        """A table whose cells still hold Markdown."""
        processor: TableProcessor = self.markdown.parser.blockprocessors["table"]  # type: ignore[assignment] # by name
        root = Element("div")
        if not processor.test(root, text):
            return None
        processor.run(root, [text])
        return root[0]


@dataclass(slots=True)
class _Note:
    number: int
    uses: int = 0


class _Writer:
    """Writes the blocks of one body as HTML with placeholders."""

    def __init__(self, structure: Structure, engine: _Engine) -> None:
        self.structure, self.engine, self.stash = structure, engine, Stash()
        self.references = _References(structure.references)
        self.used: dict[str, _Note] = {}

    def blocks(self, blocks: tuple[Block, ...]) -> list[str]:
        """The HTML of each block."""
        return [self.block(block) for block in blocks]

    def block(self, block: Block) -> str:
        """The HTML of a block and of what is in it, a line break after it."""
        text = block.text
        if block.kind == "paragraph":
            return f"<p>{self.inline(text)}</p>\n"
        if block.kind == "heading":
            return f"<h{block.level}>{self.inline(text)}</h{block.level}>\n"
        if block.kind == "list":
            return self.items(block)
        if block.kind == "code":
            return self.stash.keep("x", text, highlighting.highlight(text, block.info)) + "\n"
        if block.kind == "math":
            return self.stash.keep("x", text, math.render(text, block=True)) + "\n"
        if block.kind == "quote":
            return "<blockquote>\n" + "".join(self.blocks(block.children)) + "</blockquote>\n"
        if block.kind == "table":
            return self.table(text)
        if block.kind == "html":
            return set_aside_html(text, self.stash).replace("<", "&lt;").replace(">", "&gt;") + "\n"
        return "<hr>\n"

    def items(self, block: Block) -> str:
        """A list; the items of a tight one hold text, those of a loose one paragraphs."""
        start = f' start="{block.level}"' if block.level not in {-1, 1} else ""
        name = "ul" if block.level < 0 else "ol"
        items = []
        for item in block.children:
            parts = self.blocks(item.children)
            first = item.children[0] if item.children else None
            if first and first.kind == "paragraph" and (task := _TASK.match(first.text)):
                parts[0] = "<p>" + ("☐ " if task[1] == " " else "☑ ") + self.inline(first.text[task.end() :]) + "</p>\n"
            if block.tight:
                for i, child in enumerate(item.children):
                    if child.kind == "paragraph":
                        parts[i] = parts[i][3:-5] + "\n"
            items.append("<li>" + "".join(parts).strip() + "</li>\n")
        return f"<{name}{start}>\n{''.join(items)}</{name}>\n"

    def table(self, text: str) -> str:
        """A table, read by Python-Markdown once nothing in it can be mistaken for a bar."""
        rows = "\n".join(set_aside(row, self.stash, self.note) for row in text.split("\n"))
        table = self.engine.table(rows)
        if table is None:
            return f"<p>{self.marked(rows)}</p>\n"
        out = ["<table>\n"]
        for part in table:
            out.append(f"<{part.tag}>\n")
            for row in part:
                cells = [f"<{cell.tag}{_align(cell)}>{self.marked(cell.text or '')}</{cell.tag}>" for cell in row]
                out.append(f"<tr>{''.join(cells)}</tr>\n")
            out.append(f"</{part.tag}>\n")
        return "".join([*out, "</table>\n"])

    def inline(self, text: str) -> str:
        """The HTML of the text of a block."""
        return self.marked(set_aside(text.strip(), self.stash, self.note))

    def marked(self, text: str) -> str:
        """The HTML of a text from which code, math and tags were set aside."""
        pieces = mark_up(text, self.references)
        if any("[" in piece for piece in pieces):
            return self.engine.links(pieces, self.references)
        return escape("".join(pieces), quote=False)

    def note(self, label: str) -> str:
        """What refers to a note, if there is one of that label."""
        if label not in self.structure.notes:
            return ""
        note = self.used.setdefault(label, _Note(len(self.used) + 1))
        note.uses += 1
        suffix = f"-{note.uses}" if note.uses > 1 else ""
        markup = (
            f'<sup class="footnote-ref"><a href="#fn-{note.number}" id="fnref-{note.number}{suffix}" '
            f'role="doc-noteref">{note.number}</a></sup>'
        )
        return self.stash.keep("x", "", markup)

    def notes(self) -> list[str]:
        """The clean HTML of each note in the order of first use; notes that nothing refers to come last."""
        written: list[str] = []
        while len(written) < len(self.structure.notes):
            unused = (label for label in self.structure.notes if label not in self.used)
            label = next(iter(list(self.used)[len(written) : len(written) + 1]), None) or next(unused)
            self.used.setdefault(label, _Note(len(self.used) + 1))
            html = self.resolve("".join(self.blocks(self.structure.notes[label])))
            written.append(sanitising.clean(html).rstrip())
        return [self._with_way_back(html, note) for html, note in zip(written, self.used.values(), strict=True)]

    def _with_way_back(self, html: str, note: _Note) -> str:
        links = ""
        for use in range(1, note.uses + 1):
            suffix, label = (f"-{use}", f"{note.number}, {use}") if use > 1 else ("", f"{note.number}")
            markup = (
                f' <a class="footnote-back" href="#fnref-{note.number}{suffix}" role="doc-backlink" '
                f'aria-label="Back to reference {label}">↩</a>'
            )
            links += self.stash.keep("x", "", markup)
        return f"{html[:-4]}{links}</p>" if html.endswith("</p>") else html + links

    def resolve(self, html: str) -> str:
        """Put back what is to be sanitised; in an attribute every placeholder becomes its plain text."""
        linked = False
        stash = self.stash

        def put(match: re.Match[str]) -> str:
            nonlocal linked
            found = match[0]
            if found[0] == "<":
                linked = found.startswith("<a ") or (linked and found != "</a>")
                return _IN_TAG.sub(lambda mark: escape(self._plain(mark)), found) if "\x02" in found else found
            if kind := match[1]:
                index = int(match[2])
                if kind == "x" or (kind == "u" and linked):
                    return found if kind == "x" else escape(stash.plain[index], quote=False)
                raw = stash.markup[index]
                linked = raw[:2].lower() == "<a" or (linked and raw[:3].lower() != "</a")
                return raw
            return chr(int(match[3])) if match[3] else f"<{match[4]}{_NAMES[match[5]]}>"

        return _MARKED.sub(put, html)

    def _plain(self, mark: re.Match[str]) -> str:
        if mark[1]:
            return self.stash.plain[int(mark[1])]
        return chr(int(mark[2])) if mark[2] else ""

    def plain(self, text: str) -> str:
        """The text with our own pieces as text."""
        return self._put_back(text, self.stash.plain)

    def restore(self, html: str) -> str:
        """The HTML with our own pieces in place."""
        return self._put_back(html, self.stash.markup)

    def _put_back(self, text: str, pieces: list[str]) -> str:
        """Nothing but our own pieces: whatever else was set aside is not clean."""
        own = self.stash.own
        return _OWN.sub(lambda match: pieces[int(match[1])] if int(match[1]) in own else "", text)


def _read_target(read: Callable[[str, int], _Target], data: str, index: int) -> _Target:
    """The target of a link. Where no bracket closes it, the library takes the rest of the text but its last sign."""
    href, title, end, found = read(data, index)
    return href, title, end, found and end > index


def _align(cell: Element) -> str:
    side = cell.get("align")
    return f' align="{side}"' if side else ""


def _cleared(text: str) -> str:
    text = _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _FORBIDDEN_ASTRAL.sub("", text) if _ASTRAL.search(text) else text


def _section(notes: list[str]) -> str:
    if not notes:
        return ""
    items = "".join(f'<li id="fn-{number}">{_apart(html)}</li>\n' for number, html in enumerate(notes, 1))
    return f'\n<div class="footnotes" role="doc-endnotes"><ol>\n{items}</ol></div>'


def _apart(html: str) -> str:
    """A note whose own list items, should they stand alone, do not end the item that holds the note."""
    return f"<section>{html}</section>" if "<li" in html else html
