"""Posts in reStructuredText, of Pelican and Nikola: fields below the title, a text that becomes Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from digest.formats import restructured_text
from digest.formats.html_to_markdown import render_markdown
from digest.formats.pelican_metadata import parse_nikola_post
from digest.formats.post_front_matter import parse_post
from digest.formats.post_head import PostHead
from digest.formats.post_names import parse_post_name
from digest.model import Document, Found, Problem, Span
from digest.sources.posts.post_items import post_of, read_post

_UNDERLINED: Final = re.compile(r"^(?P<title>\S[^\n]*)\n(?P<line>([=\-#~^*+\"'`.:_])\3{2,})[ \t]*$", re.MULTILINE)
_FIELD: Final = re.compile(r"^:(?:date|tags|category|slug|author|authors|status|modified|lang|summary):", re.MULTILINE)
_MARKS: Final = re.compile(r"^\.\. [\w-]+::|:[\w-]+:`[^`]+`|`[^`\n]+ <[^<>\n]+>`_|::$|^\.\. _[^:\n]+:", re.MULTILINE)


class RestructuredPost:
    """A post that docutils reads."""

    name: Final = "restructured-post"

    def recognise(self, document: Document) -> float:
        """Sure by the name of the file, or by fields that no other markup writes so."""
        extension = parse_post_name(document.name).extension
        text = document.head
        if extension in {"md", "markdown", "mdx", "qmd", "rmd"} or text.lstrip("\ufeff \n")[:1] in {"<", "{", "@"}:
            return 0.0
        titled = _UNDERLINED.search(text[:4000]) is not None
        if parse_nikola_post(text) and not re.match(r"\s*<!--", text):
            return 0.98
        if titled and _FIELD.search(text[:4000]):
            return 0.98
        if extension in {"rst", "rest"}:
            return 0.9 if titled or _MARKS.search(text) else 0.6
        return 0.6 if titled and len(_MARKS.findall(text)) >= 2 else 0.0

    def read(self, document: Document) -> Iterator[Found]:
        """The one item of the post; what docutils cannot read stays as code, with a warning."""
        path = document.name
        told = parse_nikola_post(document.text) or parse_post(document.text, path)
        told = told or PostHead((), document.text, 1)
        try:
            read = restructured_text.read_restructured(told.body)
        except ValueError as error:
            hint = "import it as Markdown, with --format paper-notes"
            yield Problem("error", "DG308", f"this text cannot be read: {error}", Span(path), hint)
            return
        above = told.body_line - 1
        for line, message in read.faults:
            text = f"reStructuredText: {message}"
            yield Problem("warning", "DG308", text, Span(path, above + line), "its text was kept as it stands")
        fields = [*told.fields, *(replace(field, line=field.line + above) for field in read.fields)]
        remarks = [*told.remarks, *((above + line, text) for line, text in read.remarks)]
        body = render_markdown(read.html)
        head = PostHead(tuple(fields), body, told.body_line, told.problems, tuple(remarks))
        title = "" if head.has("title") else read.title
        if head.has("title") and read.title:
            head = replace(head, body=f"## {read.title}\n\n{body}".strip())
        yield from read_post(post_of(path, head, title=title))


SOURCE: Final = RestructuredPost()
