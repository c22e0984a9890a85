"""Normalised HTML as text: one pass of one pattern for each change.

Normalised is what `sanitising` gives: lower-case tags, attributes as ` name="value"`, `<` and `>` only around tags.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape, unescape

from digest.formats.patterns import lazily

_TAG = lazily(r"<[^<>]*>")
_BREAK = lazily(
    r"</?(blockquote|br|caption|dd|details|div|dl|dt|figcaption|figure|h[1-6]|hr|li|ol|p|pre|section|summary"
    r"|table|tbody|tfoot|thead|tr|ul)(?:\s[^<>]*)?>"
)
_HEADING = lazily(r"<(/?)h([1-5])(?=[ >])")
_MATH = lazily(r'<math alttext="([^"]*)"[^<>]*>.*?</math>', re.DOTALL)
# What parts words as 1, other blanks as 2, all else as 0; the blanks beyond ASCII are looked for apart.
_BLANKS = bytes([(1 if code in b" \n" else 2) if chr(code).isspace() and code < 128 else 0 for code in range(256)])
_ASCII = bytes(range(128))
_CELL = lazily(r"</t[dh]>(?=<)")
# What attributes begin with that hold ids of elements, some several; and an address on the same page.
_HOLDS_PLACE = ' href="#'
_HOLD_IDS = (
    ' id="', ' for="', ' headers="', ' aria-labelledby="', ' aria-describedby="', ' aria-controls="', _HOLDS_PLACE,
)  # fmt: skip
_HOLD_URLS = (' href="', ' src="')


def rewrite_urls(html: str, resolve: Callable[[str], str]) -> str:
    """Replace the value of each `href` and `src` by what `resolve` makes of it; both are plain, not escaped."""
    return _change_values(html, _HOLD_URLS, lambda _, value: escape(resolve(unescape(value))))


def holds_urls(html: str) -> bool:
    """Whether there may be something to rewrite: where there is not, nobody need think of how."""
    return 'href="' in html or 'src="' in html


def shift_headings(html: str, by: int) -> str:
    """Move headings down by so many levels, to `h6` at most."""
    if by and "<h" in html:
        html = _HEADING.sub(lambda found: f"<{found[1]}h{min(int(found[2]) + by, 6)}", html)
    return html


def prefix_ids(html: str, prefix: str) -> str:
    """Put `prefix` before every id and every reference to one, so that several bodies can stand on one page."""
    if ' id="' not in html:
        return html

    def change(mark: str, value: str) -> str:
        return prefix + value if value and mark == _HOLDS_PLACE else " ".join([prefix + part for part in value.split()])

    return _change_values(html, _HOLD_IDS, change)


def _change_values(html: str, marks: Iterable[str], change: Callable[[str, str], str]) -> str:
    """Have `change` make another of the value behind each of these, which begin an attribute, in their order."""
    found: list[tuple[int, int, str]] = []
    for mark in marks:
        place = html.find(mark)
        while place >= 0:
            start, begin = html.rfind("<", 0, place), place + len(mark)
            end = html.find('"', begin)
            # In a tag, and in none of its values.
            if 0 <= start < end and html.find(">", start, place) < 0 and not html.count('"', start, place) % 2:
                found.append((begin, end, mark))
            place = html.find(mark, begin - 1)
    parts: list[str] = []
    done = 0
    for begin, end, mark in sorted(found):
        parts += (html[done:begin], change(mark, html[begin:end]))
        done = end
    return "".join((*parts, html[done:])) if found else html


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
    return read_words(_BREAK.sub("\n", html) if "<" in html else html)[0]


def read_words(html: str) -> tuple[str, int]:
    """The text of lines of HTML in which no block begins or ends, and how many words it has.

    Each line is without needless blanks, none is empty.
    """
    text = _TAG.sub("", html) if "<" in html else html
    if "&" in text:
        text = unescape(text)
    if count := _count_tidy(text):  # in a fifth of the time
        return text, count
    lines = [words for line in text.split("\n") if (words := line.split())]
    return "\n".join(map(" ".join, lines)), sum(map(len, lines))


def _count_tidy(text: str) -> int:
    """How many words a text has, each parted from the next by one blank or line end and nothing else; otherwise 0."""
    data = text.encode("utf-8", "surrogatepass")
    blanks = data.translate(_BLANKS)
    if blanks[:1] != b"\0" or blanks[-1:] != b"\0" or b"\2" in blanks:
        return 0
    signs = int.from_bytes(blanks, "little")  # so that all are counted, and compared with what is beside them, at once
    if signs & signs >> 8:
        return 0
    # No blank but the usual one is printable.
    if len(data) > len(text) and not data.translate(None, _ASCII).decode("utf-8", "surrogatepass").isprintable():
        return 0
    return signs.bit_count() + 1


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
