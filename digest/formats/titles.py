r"""Titles as people and sources write them: math, code, emphasis, raised and lowered letters; plain text otherwise.

A title is mostly plain text from a record, so that only what is clearly a mark counts: `*in vivo*` at the ends of
words, but not `2 * 3 * 4`, `Q*` or `C*-algebras and W*-algebras`; `_in vivo_`, but not `p_value_x` or `__init__`;
`<i>in vivo</i>` in pairs without attributes, but not `x<y`. A link shows its text. A backslash that protects a sign of
Markdown or TeX goes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from html import escape, unescape
from typing import TYPE_CHECKING, Final

from digest.formats.characters import drop_forbidden
from digest.formats.patterns import lazily

if TYPE_CHECKING:
    from digest.formats.formulas import Formulas

_PLAIN: Final = lazily(r"[^\\$*_`<>&\[]*")
_LONGEST: Final = 2_000  # characters; what is longer is no title, and is text
_DEEPEST: Final = 4
# How a word, or a run of them, begins and ends that is emphasised.
_BEFORE: Final = r"(?<![^\s(\[{\"'“‘«/—–:-])"
_AFTER: Final = r"(?![^\s)\]}\"'”’».,;:!?/—–])"
_TAGS: Final = {
    "i": "em", "em": "em", "italic": "em", "jats:italic": "em", "b": "strong", "strong": "strong", "bold": "strong",
    "jats:bold": "strong", "sub": "sub", "jats:sub": "sub", "sup": "sup", "jats:sup": "sup", "code": "code",
    "tt": "code", "jats:monospace": "code", "scp": "", "sc": "", "u": "", "small": "", "span": "", "inf": "sub",
    "jats:sc": "",
}  # fmt: skip
_MARK: Final = (
    r"(?P<math>\$|\\\()"
    rf"|{_BEFORE}(?P<star>\*\*?)(?=\w)(?P<starred>[^*\n]*?[\w)!?.])(?P=star){_AFTER}"
    rf"|{_BEFORE}_(?=[^\W_])(?P<lined>[^_\n]*?[^\W_])_{_AFTER}(?!\w)"
    r"|(?<![`\w\\])`(?P<code>[^`\s](?:[^`\n]*[^`\s])?)`(?![`\w])"
    r"|<(?P<tag>[A-Za-z:]{1,14})>(?P<tagged>[^<>]*(?:<(?P<inner>[A-Za-z:]{1,14})>[^<>]*</(?P=inner)>[^<>]*)*)</(?P=tag)>"
    r"|!?\[(?P<text>[^\[\]]+)\]\((?:https?://|/|\#|\.)[^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)"
    r"|\\(?P<escaped>[*_`$&%#<>\[\]])"
    r"|(?P<entity>&(?:amp|lt|gt|quot|apos|nbsp|\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6});)"
)


def compile_title(title: str, formulas: Formulas) -> tuple[str, str]:
    """(the title as HTML that may stand in a heading or a link, the same as plain text)."""
    if _PLAIN.fullmatch(title):
        return title, title
    if len(title) > _LONGEST:
        return escape(title, quote=False), title
    html: list[str] = []
    text: list[str] = []
    _read(title, formulas, html.append, text.append, 0)
    plain = " ".join("".join(text).split())
    return ("".join(html), plain) if plain else (escape(title, quote=False), title)


@cache
def _mark() -> re.Pattern[str]:
    return re.compile(_MARK)  # for the few titles that hold one


def _read(title: str, formulas: Formulas, html: Callable[[str], None], text: Callable[[str], None], depth: int) -> None:
    from digest.formats import math  # noqa: PLC0415 - loaded where a title holds marks

    at = 0
    while match := _mark().search(title, at):
        start, end = match.span()
        if match["math"]:
            end = math.formula_end(title, start)
            if end < 0:
                end = start + 1
        html(escape(title[at:start], quote=False))
        text(title[at:start])
        at = end
        if match["math"]:
            _write_math(title[start:end], formulas, html, text)
        elif match["code"]:
            html(f"<code>{escape(match['code'], quote=False)}</code>")
            text(match["code"])
        elif match["escaped"] or match["entity"]:
            sign = match["escaped"] or drop_forbidden(unescape(match["entity"]))
            html(escape(sign, quote=False))
            text(sign)
        elif depth >= _DEEPEST:
            html(escape(match[0], quote=False))
            text(match[0])
        elif match["tag"] and match["tag"].lower() not in _TAGS:
            html("&lt;")
            text("<")
            at = start + 1
        else:
            inner = match["starred"] or match["lined"] or match["tagged"] or match["text"] or ""
            tag = _tag_of(match)
            html(f"<{tag}>" if tag else "")
            _read(inner, formulas, html, _raiser(text, tag), depth + 1)
            html(f"</{tag}>" if tag else "")
    html(escape(title[at:], quote=False))
    text(title[at:])


def _raiser(text: Callable[[str], None], tag: str) -> Callable[[str], None]:
    """How the plain text of what stands in a tag is written: raised and lowered digits stay so, `10⁻³`."""
    if tag not in {"sup", "sub"}:
        return text
    from digest.formats.tex_text import SUBSCRIPT, SUPERSCRIPT  # noqa: PLC0415 - loaded where a title holds marks

    table = SUPERSCRIPT if tag == "sup" else SUBSCRIPT
    return lambda part: text(part.translate(table) if all(ord(char) in table for char in part) else part)


def _tag_of(match: re.Match[str]) -> str:
    if match["tag"]:
        return _TAGS[match["tag"].lower()]
    if match["starred"]:
        return "strong" if match["star"] == "**" else "em"
    return "em" if match["lined"] else ""


def _write_math(source: str, formulas: Formulas, html: Callable[[str], None], text: Callable[[str], None]) -> None:
    from digest.formats import math  # noqa: PLC0415 - loaded where a title holds marks

    if len(source) < 3:  # a dollar or a bracket alone
        html(escape(source, quote=False))
        text(source)
        return
    inline = f"${math.bare(source)}$" if source.startswith("$$") else source
    html(formulas.render(inline).replace(' tabindex="0"', ""))  # it may stand in a link
    text(formulas.plain(inline))
