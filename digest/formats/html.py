"""Normalised HTML as text: one pass of one pattern for each change.

Normalised is what `sanitising` gives: lower-case tags, attributes as ` name="value"`, `<` and `>` only around tags.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape

from digest.formats.patterns import lazily

_ATTRIBUTES = r'(?:\s[a-z][a-z-]*(?:="[^"]*")?)*?'
_URL = lazily(rf'(<[a-z][a-z0-9]*{_ATTRIBUTES}\s(?:href|src)=")([^"]*)"')
_HEADING = lazily(r"(</?h)([1-6])(?=[\s>])")
# Tags that may hold an id or refer to one: formulas have many that do not.
_OPENING = lazily(
    r'<[a-z][a-z0-9]*(?=[^<>]*\s(?:id|for|headers|href|aria-labelledby|aria-describedby|aria-controls)=")(\s[^<>]*)>'
)
_REFERENCE = lazily(r'(\s[a-z][a-z-]*)="([^"]*)"')
_TAG = lazily(r"<[^<>]*>")
_BREAK = lazily(
    r"</?(blockquote|br|caption|dd|details|div|dl|dt|figcaption|figure|h[1-6]|hr|li|ol|p|pre|section|summary"
    r"|table|tbody|tfoot|thead|tr|ul)(?:\s[^<>]*)?>"
)
_MATH = lazily(r'<math alttext="([^"]*)"[^<>]*>.*?</math>', re.DOTALL)
_CELL = lazily(r"</t[dh]>(?=<)")
# Attributes that hold ids of elements, of which some hold several.
_IDS = frozenset([" id", " for", " headers", *(f" aria-{name}" for name in ("labelledby", "describedby", "controls"))])


def rewrite_urls(html: str, resolve: Callable[[str], str]) -> str:
    """Replace the value of each `href` and `src` by what `resolve` makes of it; both are plain, not escaped."""
    if not holds_urls(html):
        return html
    return _URL.sub(lambda match: f'{match[1]}{escape(resolve(unescape(match[2])))}"', html)


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
    return _OPENING.sub(lambda match: _prefixed(match, prefix), html)


def _prefixed(match: re.Match[str], prefix: str) -> str:
    def change(found: re.Match[str]) -> str:
        name, value = found[1], found[2]
        if name == " href" and len(value) > 1 and value[0] == "#":
            return f'{name}="#{prefix}{value[1:]}"'
        if name in _IDS and value:
            return f'{name}="{" ".join(prefix + part for part in value.split())}"'
        return found[0]

    tag = match[0]
    start = match.start(1) - match.start()
    return tag[:start] + _REFERENCE.sub(change, tag[start:])


def has_blocks(html: str) -> bool:
    """Whether HTML holds more than may stand in a paragraph."""
    return any(match[1] != "br" for match in _BREAK.finditer(html))


def strip_tags(html: str) -> str:
    """The text of HTML, one block a line, no line empty; formulas as text."""
    if html.startswith("<p>") and html.endswith("</p>") and html.count("<") == 2 and "&" not in html:
        return " ".join(html[3:-4].split())  # a plain paragraph, as most summaries are
    if "<math" in html:
        html = _MATH.sub(_text_of_math, html)
    html = html.replace("\n", " ")
    if "</t" in html:
        html = _CELL.sub(" ", html)
    text = _TAG.sub("", _BREAK.sub("\n", html)) if "<" in html else html
    if "&" in text:
        text = unescape(text)
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


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
