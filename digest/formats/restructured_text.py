"""reStructuredText as HTML and fields, by docutils, which opens no file and runs nothing here.

Source: the docutils documentation, "reStructuredText Markup Specification" and "Docutils Configuration".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any, Final

from digest.formats.post_head import PostField, field_name

if TYPE_CHECKING:
    from docutils import nodes

# docutils looks at a line several times over; no text that people write has one so long.
_LONGEST_LINE: Final = 100_000
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
    if max(map(len, text.split("\n"))) >= _LONGEST_LINE:
        raise ValueError("a line is longer than docutils reads")
    try:
        document = publish_doctree(text, settings_overrides=_SETTINGS)
        title, line, fields = _take_head(document)
        faults = _take_faults(document)
        remarks = _take_remarks(document)
        _show_formulas(document)
        html = publish_from_doctree(
            document, writer="html5", settings_overrides={**_SETTINGS, "output_encoding": "unicode"}
        )
    except RecursionError as error:
        raise ValueError("the text is nested too deep") from error
    body = str(html).partition("<main")[2].rpartition("</main>")[0].partition(">")[2]
    return Restructured(title, line, fields, body, faults, remarks)


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


def _take_faults(document: nodes.document) -> tuple[tuple[int, str], ...]:
    """What was wrong; the text that it was wrong with stays, as code where it is a block."""
    from docutils import nodes  # noqa: PLC0415 - heavy: sixty milliseconds

    faults: list[tuple[int, str]] = []
    for message in [*document.findall(nodes.system_message), *document.transform_messages]:
        kept = [child for child in message.children if isinstance(child, nodes.literal_block)]
        if int(message.get("level", 0)) >= _ERROR or kept:
            said = next((child.astext() for child in message.children if isinstance(child, nodes.paragraph)), "")
            faults.append((int(message.get("line", 1)), " ".join(said.split())))
        if message.parent is not None:
            message.parent.replace(message, kept)
    for odd in list(document.findall(nodes.problematic)):
        odd.parent.replace(odd, [nodes.Text(odd.astext())])
    document.transform_messages.clear()  # else they come back as a section of their own
    document.parse_messages.clear()
    return tuple(faults)


def _take_remarks(document: nodes.document) -> tuple[tuple[int, str], ...]:
    """Comments, and tables of contents, which a generator writes anew."""
    from docutils import nodes  # noqa: PLC0415 - heavy: sixty milliseconds

    remarks: list[tuple[int, str]] = []
    for remark in list(document.findall(nodes.comment)):
        if remark.astext().strip():
            remarks.append((int(remark.line or 1), remark.astext()))
        remark.parent.remove(remark)
    for topic in list(document.findall(nodes.topic)):
        if "contents" in topic.get("classes", []):
            topic.parent.remove(topic)
    return tuple(remarks)


def _show_formulas(document: nodes.document) -> None:
    """Formulas as pages of MathJax hold them, and code by its tag and the usual class for its language."""
    from docutils import nodes  # noqa: PLC0415 - heavy: sixty milliseconds

    for formula in list(document.findall(lambda node: isinstance(node, (nodes.math, nodes.math_block)))):
        mode = "; mode=display" if isinstance(formula, nodes.math_block) else ""
        tex = formula.astext().replace("</", "<\\/")
        script = nodes.raw("", f'<script type="math/tex{mode}">{tex}</script>', format="html")
        if formula.parent is not None:
            formula.parent.replace(formula, nodes.paragraph("", "", script) if mode else script)
    for block in list(document.findall(nodes.literal_block)):
        names = [name for name in str(" ".join(block["classes"])).split() if name != "code"]
        code = f'<pre class="language-{escape(names[0])}">' if names else "<pre>"
        html = f"{code}<code>{escape(block.astext())}</code></pre>"
        block.parent.replace(block, nodes.raw("", html, format="html"))
    for code_span in list(document.findall(nodes.literal)):
        html = f"<code>{escape(code_span.astext())}</code>"
        code_span.parent.replace(code_span, nodes.raw("", html, format="html"))
