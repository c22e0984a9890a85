"""reStructuredText as HTML and fields, by docutils, which opens no file and runs nothing here.

Source: the docutils documentation, "reStructuredText Markup Specification" and "Docutils Configuration".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any, Final

from digest.formats.patterns import lazily
from digest.formats.post_head import PostField, field_name

if TYPE_CHECKING:
    from docutils import nodes

# docutils looks at a line several times over; no text that people write has one so long.
_LONGEST_LINE: Final = 100_000
_OPENER: Final = lazily(r"(?<!\S)[*`|]+(?=\S)|_`|\]_")
_SIGN: Final = lazily(r"[:'\"@?=_\\]")  # of these an address may be made, which is tried at each
_MOST_WORK: Final = 20_000_000
_SETTINGS: Final[dict[str, Any]] = {
    "_disable_config": True,  # no docutils.conf of the folder or the system has a say
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "report_level": 2,
    "halt_level": 5,
    "exit_status_level": 5,
    "warning_stream": False,
    "doctitle_xform": False,
    "docinfo_xform": False,
    "sectsubtitle_xform": False,
    "syntax_highlight": "none",
    "initial_header_level": 2,
    "line_length_limit": _LONGEST_LINE,
    "embed_stylesheet": False,
    "stylesheet_path": "",
    "section_self_link": False,
    "cloak_email_addresses": False,
    "table_style": "",
    "toc_backlinks": False,
    "footnote_backlinks": False,
}
_ERROR: Final = 3


@dataclass(frozen=True, slots=True)
class Restructured:
    """A text taken apart: its title, the field list at its top, and the rest as HTML; formulas stay TeX.

    `faults` are (line, message) of what docutils could not read, whose text stays; `remarks` are comments.
    """

    title: str = ""
    line: int = 1
    fields: tuple[PostField, ...] = ()
    html: str = ""
    faults: tuple[tuple[int, str], ...] = ()
    remarks: tuple[tuple[int, str], ...] = ()


def read_restructured(text: str) -> Restructured:
    """Read a text in reStructuredText.

    Raises:
        ValueError: it nests deeper or has longer lines than any text that people write.
    """
    from docutils.core import publish_doctree, publish_from_doctree  # noqa: PLC0415 - heavy: sixty milliseconds

    _register_code()
    _refuse_hostile(text)
    try:
        document = publish_doctree(text, settings_overrides=_SETTINGS)
        title, line, fields = _take_head(document)
        faults, comments = _read_apart(document)
        remarks = [(_line_of(comment, near, text), comment) for near, comment in comments]
        settings = {**_SETTINGS, "output_encoding": "unicode"}
        html = publish_from_doctree(document, writer="html5", settings_overrides=settings)
    except RecursionError as error:
        raise ValueError("the text is nested too deep") from error
    body = str(html).partition("<main")[2].rpartition("</main>")[0].partition(">")[2]
    return Restructured(title, line, fields, body, tuple(faults), tuple(remarks))


def _refuse_hostile(text: str) -> None:
    """Stop at what would keep docutils busy for minutes: it looks for the end of every mark to the end of a block."""
    if max(map(len, text.split("\n"))) >= _LONGEST_LINE:
        raise ValueError("a line is longer than docutils reads")
    work = sum(len(_OPENER.findall(block)) * len(block) for block in re.split(r"\n[ \t]*\n", text))
    work += sum(len(word) * len(_SIGN.findall(word)) for word in text.split())
    if work > _MOST_WORK:
        raise ValueError("a block holds more marks than docutils reads")


@cache
def _register_code() -> None:
    """Blocks of code with whatever options other programs know for them: `:linenos:`, `:caption:`, `:hl_lines:`."""
    from docutils.parsers.rst import directives  # noqa: PLC0415 - heavy: sixty milliseconds
    from docutils.parsers.rst.directives.body import CodeBlock  # noqa: PLC0415 - heavy: sixty milliseconds

    class _AnyOption(dict[str, Callable[[str], Any]]):
        """A table of options that knows each."""

        def __missing__(self, key: str) -> Callable[[str], Any]:
            return directives.unchanged

    class _Code(CodeBlock):
        option_spec = _AnyOption({"class": directives.class_option, "name": directives.unchanged})

        def run(self) -> list[nodes.Node]:
            self.options = {name: value for name, value in self.options.items() if name in {"class", "name"}}
            return list(super().run())  # type: ignore[no-untyped-call] # its stubs leave it open

    for name in ("code", "code-block", "sourcecode"):
        directives.register_directive(name, _Code)


def _take_head(document: nodes.document) -> tuple[str, int, tuple[PostField, ...]]:
    """Title and field list leave the document; the first section is the text's own where it is alone or has fields."""
    from docutils import nodes  # noqa: PLC0415 - heavy: sixty milliseconds

    fields = _take_fields(document)
    sections = [child for child in document.children if isinstance(child, nodes.section)]
    silent = (nodes.comment, nodes.substitution_definition, nodes.target, nodes.system_message, nodes.pending)
    before = [child for child in document.children if not isinstance(child, (*silent, nodes.section))]
    if not sections or before:
        return "", 1, fields
    first = sections[0]
    heading = first[0]
    own = _take_fields(first)
    if len(sections) > 1 and not own and not fields:
        return "", 1, fields
    title, line = " ".join(heading.astext().split()), int(heading.line or 1)
    first.remove(heading)
    place = document.index(first)
    document[place : place + 1] = first.children
    return title, max(1, line - 1), (*fields, *own)


def _take_fields(parent: nodes.Element) -> tuple[PostField, ...]:
    """The field list that stands first, perhaps behind a title and comments."""
    from docutils import nodes  # noqa: PLC0415 - heavy: sixty milliseconds

    passed = (nodes.title, nodes.comment, nodes.system_message, nodes.target, nodes.substitution_definition)
    found = next((child for child in parent.children if not isinstance(child, passed)), None)
    if not isinstance(found, nodes.field_list):
        return ()
    parent.remove(found)
    return tuple(
        PostField(field_name(entry[0].astext()), entry[1].astext().strip(), int(entry.line or found.line or 1))
        for entry in found.findall(nodes.field)
        if len(entry) == 2
    )


def _read_apart(document: nodes.document) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Faults and comments leave the document; formulas and code take the form in which pages hold them.

    The text that is at fault stays, as code where it is a block.
    """
    from docutils import nodes  # noqa: PLC0415 - heavy: sixty milliseconds

    faults: list[tuple[int, str]] = []
    remarks: list[tuple[int, str]] = []
    for message in document.transform_messages:
        faults += _fault(message)
    document.transform_messages.clear()  # else they come back as a section of their own
    document.parse_messages.clear()

    def swap(node: nodes.Node) -> list[nodes.Node]:
        if isinstance(node, nodes.system_message):
            faults.extend(_fault(node))
            return [_code(child) for child in node.children if isinstance(child, nodes.literal_block)]
        if isinstance(node, nodes.problematic):
            return [nodes.Text(node.astext())]
        if isinstance(node, nodes.comment):
            remarks.extend([(int(node.line or 1), node.astext())] if node.astext().strip() else ())
            return []
        if isinstance(node, nodes.topic) and "contents" in node["classes"]:
            return []  # a table of contents, which every generator writes anew
        if isinstance(node, nodes.literal_block):
            return [_code(node)]
        return [_inline(node)]

    for parent in list(document.findall(nodes.Element)):
        if not isinstance(parent, (nodes.literal_block, nodes.system_message)):
            parent[:] = [new for child in parent.children for new in swap(child)]
    return faults, remarks


def _line_of(comment: str, near: int, text: str) -> int:
    """Where a comment begins; docutils tells where it ends, or the line behind that."""
    lines = text.split("\n")[:near]
    first = comment.split("\n", 1)[0]
    return next((number for number in range(len(lines), 0, -1) if first in lines[number - 1]), near)


def _fault(message: nodes.system_message) -> list[tuple[int, str]]:
    """(line, text) of an error, or of a warning that keeps a block back."""
    from docutils import nodes  # noqa: PLC0415 - heavy: sixty milliseconds

    kept = any(isinstance(child, nodes.literal_block) for child in message.children)
    if int(message.get("level", 0)) < _ERROR and not kept:
        return []
    said = next((child.astext() for child in message.children if isinstance(child, nodes.paragraph)), "")
    return [(int(message.get("line", 1)), " ".join(said.split()))]


def _code(block: nodes.Element) -> nodes.Node:
    from docutils import nodes  # noqa: PLC0415 - heavy: sixty milliseconds

    names = [name for name in str(" ".join(block["classes"])).split() if name != "code"]
    code = f'<pre class="language-{escape(names[0])}">' if names else "<pre>"
    return nodes.raw("", f"{code}<code>{escape(block.astext())}</code></pre>", format="html")


def _inline(node: nodes.Node) -> nodes.Node:
    """A formula or a piece of code as HTML; of an image only its address and words, everything else as it is."""
    from docutils import nodes  # noqa: PLC0415 - heavy: sixty milliseconds

    if isinstance(node, nodes.image):
        # With `loading` or `scale` the writer would open the file.
        return nodes.image(uri=node["uri"], alt=node.get("alt", ""))
    if isinstance(node, nodes.literal):
        return nodes.raw("", f"<code>{escape(node.astext())}</code>", format="html")
    if not isinstance(node, (nodes.math, nodes.math_block)):
        return node
    shown = "; mode=display" if isinstance(node, nodes.math_block) else ""
    tex = node.astext().replace("</", "<\\/")
    script = nodes.raw("", f'<script type="math/tex{shown}">{tex}</script>', format="html")
    return nodes.paragraph("", "", script) if shown else script
