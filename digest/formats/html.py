"""Normalised HTML as text: one pass of one pattern for each change.

Normalised is what `sanitising` gives: lower-case tags, attributes as ` name="value"`, `<` and `>` only around tags.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape, unescape

from digest.formats.patterns import lazily

_HEADING = lazily(r"(</?h)([1-6])(?=[\s>])")
_ATTRIBUTE = lazily(r'(\s[a-z][a-z-]*)="([^"]*)"')
_TAG = lazily(r"<[^<>]*>")
_BREAK = lazily(
    r"</?(blockquote|br|caption|dd|details|div|dl|dt|figcaption|figure|h[1-6]|hr|li|ol|p|pre|section|summary"
    r"|table|tbody|tfoot|thead|tr|ul)(?:\s[^<>]*)?>"
)
_MATH = lazily(r'<math alttext="([^"]*)"[^<>]*>.*?</math>', re.DOTALL)
_NO_BLANKS = bytes(code for code in range(128) if not chr(code).isspace() or chr(code) in " \n")
_NO_PARTING = bytes({*range(256)} - {*b" \n"})
_CELL = lazily(r"</t[dh]>(?=<)")
# Attributes that hold ids of elements, of which some hold several.
_IDS = frozenset([" id", " for", " headers", *(f" aria-{name}" for name in ("labelledby", "describedby", "controls"))])
_HOLD_IDS = (*sorted(f'{name}="' for name in _IDS), ' href="#')
_HOLD_URLS = (' href="', ' src="')


def rewrite_urls(html: str, resolve: Callable[[str], str]) -> str:
    """Replace the value of each `href` and `src` by what `resolve` makes of it; both are plain, not escaped."""

    def change(found: re.Match[str]) -> str:
        name, value = found[1], found[2]
        return f'{name}="{escape(resolve(unescape(value)))}"' if name in (" href", " src") else found[0]

    return _change_attributes(html, _HOLD_URLS, change)


def holds_urls(html: str) -> bool:
    """Whether there may be something to rewrite: where there is not, nobody need think of how."""
    return 'href="' in html or 'src="' in html


def shift_headings(html: str, by: int) -> str:
    """Move headings down by so many levels, to `h6` at most."""
    if not by or "<h" not in html:
        return html
    return _HEADING.sub(lambda match: f"{match[1]}{min(max(int(match[2]) + by, 1), 6)}", html)


def prefix_ids(html: str, prefix: str) -> str:
    """Put `prefix` before every id and every reference to one, so that several bodies can stand on one page."""
    if ' id="' not in html:
        return html

    def change(found: re.Match[str]) -> str:
        name, value = found[1], found[2]
        if name == " href" and len(value) > 1 and value[0] == "#":
            return f'{name}="#{prefix}{value[1:]}"'
        if name in _IDS and value:
            return f'{name}="{" ".join([prefix + part for part in value.split()])}"'
        return found[0]

    return _change_attributes(html, _HOLD_IDS, change)


def _change_attributes(html: str, marks: Iterable[str], change: Callable[[re.Match[str]], str]) -> str:
    """Have `change` look at the attributes of each tag in which one of these stands: formulas have many without."""
    tags: dict[int, int] = {}
    for mark in marks:
        floor = 0
        while (place := html.find(mark, floor)) >= 0:
            start, floor = html.rfind("<", floor, place), place + 1
            if start >= 0 and html.find(">", start, place) < 0 and (end := html.find(">", place)) >= 0:
                tags[start] = floor = end + 1
    parts: list[str] = []
    done = 0
    for start, end in sorted(tags.items()):
        parts += (html[done:start], _ATTRIBUTE.sub(change, html[start:end]))
        done = end
    return "".join((*parts, html[done:])) if tags else html


def has_blocks(html: str) -> bool:
    """Whether HTML holds more than may stand in a paragraph."""
    return any(match[1] != "br" for match in _BREAK.finditer(html))


def strip_tags(html: str) -> str:
    """The text of HTML, one block a line, no line empty; formulas as text."""
    if "<" not in html and "&" not in html:  # as most headings are
        return " ".join(html.split())
    if "<math" in html:
        html = _MATH.sub(_text_of_math, html)
    html = html.replace("\n", " ")
    if "</t" in html:
        html = _CELL.sub(" ", html)
    return strip_marks(_BREAK.sub("\n", html) if "<" in html else html)


def strip_marks(html: str) -> str:
    """The text of lines of HTML in which no block begins or ends: each without needless blanks, none empty."""
    text = _TAG.sub("", html) if "<" in html else html
    if "&" in text:
        text = unescape(text)
    if is_tidy(text):  # in a fifth of the time
        return text
    return "\n".join([words for line in text.split("\n") if (words := " ".join(line.split()))])


def is_tidy(text: str) -> bool:
    """Whether words are parted by one blank or line end each, and nothing else is a blank; an empty text is not."""
    if "  " in f" {text} ".replace("\n", " "):
        return False
    # No blank but the usual one is printable.
    odd = text.encode("utf-8", "surrogatepass").translate(None, _NO_BLANKS)
    return not odd or odd.decode("utf-8", "surrogatepass").isprintable()


def count_words(text: str) -> int:
    """How many words there are in a text that is tidy, or empty."""
    return len(text.encode("utf-8", "surrogatepass").translate(None, _NO_PARTING)) + bool(text)


def strip_to_tex(html: str) -> str:
    """The text of HTML as `strip_tags` gives it, but formulas in TeX as they were written."""
    return strip_tags(_MATH.sub(_tex_of_math, html) if "<math" in html else html)


def _tex_of_math(math: re.Match[str]) -> str:
    block = math[0].startswith(f'<math alttext="{math[1]}" display="block"')
    mark = "" if math[1].startswith("\\begin{") else "$$" if block else "$"
    return f"{mark}{math[1]}{mark}"


def _text_of_math(math: re.Match[str]) -> str:
    from digest.formats.math_text import plain_from_math  # noqa: PLC0415 - heavy: loaded where there are formulas

    return escape(plain_from_math(unescape(math[1])), quote=False)
