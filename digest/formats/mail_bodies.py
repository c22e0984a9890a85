"""Clean HTML as programs for mail can show it, and as plain text.

They know neither MathML nor `details`, and some no classes but those whose styles stand at each element
(caniemail.com).
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from html import escape
from typing import Final

from digest.formats import html_to_markdown, math_text, mathml
from digest.formats.markup import Element, parse_html
from digest.formats.patterns import lazily

WIDTH: Final = 72
_KEPT: Final = frozenset(
    {"href", "src", "alt", "width", "height", "lang", "dir", "title", "start", "colspan", "rowspan"}
)
_RENAMED: Final = {
    "details": "div",
    "summary": "p",
    "section": "div",
    "figure": "div",
    "figcaption": "p",
    "bdi": "span",
}
_VOID: Final = frozenset({"br", "hr", "img"})
_UNWRAPPED: Final = frozenset({"wbr", "col", "colgroup", "svg"})
_DEEPEST: Final = 60
_BEGINNING: Final = lazily(r"(?:\s*(?:>|[-*+]|\d{1,3}[.)])\s+)*\s*")
_ESCAPED: Final = lazily(r"\\([^\w\s])")
_FENCE: Final = lazily(r"\s*(?:> )*(?:```|~~~)")


def mail_html(html: str) -> str:
    """A body, whose addresses are absolute already."""
    return "".join(_write(parse_html(html), 0))


def mail_text(html: str) -> str:
    """What `mail_html` gives as text of lines of 72 characters, addresses beside what they are linked to."""
    lines: list[str] = []
    code = False
    for line in html_to_markdown.render_markdown(html).split("\n"):
        fence = _FENCE.match(line) is not None
        code ^= fence
        lines += [line] if code or fence else _wrap(line)
    return "\n".join(lines).strip("\n")


def _write(element: Element, depth: int) -> Iterator[str]:
    for part in element.content:
        if isinstance(part, str):
            yield escape(part, quote=False)
        elif part.name == "math" or "math" in part.get("class").split():
            yield _formula(part)
        elif part.name in _UNWRAPPED or depth > _DEEPEST:
            yield escape(part.text(), quote=False)
        else:
            name = _RENAMED.get(part.name, part.name)
            yield f"<{name}{''.join(_attributes(part))}>"
            if name not in _VOID:
                yield from _write(part, depth + 1)
                yield f"</{name}>"


def _attributes(element: Element) -> Iterator[str]:
    for name, value in element.attributes.items():
        if name in _KEPT:
            yield f' {name}="{escape(value)}"'


def _formula(element: Element) -> str:
    """A formula as text, in a paragraph of its own where it is one; TeX that nobody could convert as it is."""
    formula = element if element.name == "math" else element.find("math")
    text = math_text.plain_from_math(mathml.tex_from_math(formula)[0]) if formula else element.text()
    tag = "p" if element.name == "div" else "span"
    return f'<{tag} class="math">{escape(text, quote=False)}</{tag}>'


def _wrap(line: str) -> list[str]:
    """A line of Markdown as lines that are not too long, each further one as far in as the first; no escapes."""
    beginning = _BEGINNING.match(line)
    head = beginning[0] if beginning else ""
    text = _ESCAPED.sub(r"\1", line[len(head) :])
    if not text:
        return [head.rstrip()]
    further = re.sub(r"[^>\s]", " ", head)
    room = max(WIDTH, len(head) + 30)
    return textwrap.wrap(
        text, room, initial_indent=head, subsequent_indent=further, break_long_words=False, break_on_hyphens=False
    )
