"""Style sheets and scripts without what only their authors read: comments, indents, blanks between the parts.

What begins with `/*!` is a licence and stays.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import Final

from digest.formats.patterns import lazily
from digest.model import StaticFile, replace

# Strings, addresses, comments: looked for where one of their first signs stands.
_CSS: Final = lazily(
    r"""(
      "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' | url\([^)"']*\) | /\*(?!!)[^*]*\*+(?:[^/*][^*]*\*+)*/
    )""",
    re.VERBOSE | re.DOTALL,
)
_CSS_BEFORE: Final = "{};,>"  # no blank is needed before these
_CSS_AFTER: Final = "{};,>:"
_JS_SIGNS: Final = "=?:{}(),;&|*"  # `+` and `-` may be two signs, `<!--` is a comment
_HOLE: Final = "\0"  # where a text stood, which is put back


def tighten(file: StaticFile) -> StaticFile:
    """The file as it travels; what is neither, or no UTF-8, as it is."""
    making = tighten_css if file.url.endswith(".css") else tighten_js if file.url.endswith((".js", ".mjs")) else None
    try:
        return replace(file, data=making(file.data.decode()).encode()) if making else file
    except UnicodeDecodeError:
        return file


def tighten_css(text: str) -> str:
    """The same style sheet. A blank stays where it may part two things: between words, before `:`, beside `+`, `(`."""
    if _HOLE in text:
        return text
    parts = _CSS.split(text)  # what stands between, and what was looked for
    texts = [part for part in parts[1::2] if part[0] != "/"]
    parts[1::2] = [_HOLE if part[0] != "/" else " " for part in parts[1::2]]
    tight = _close_up(" ".join("".join(parts).split()), _CSS_BEFORE, _CSS_AFTER)
    while ";}" in tight:
        tight = tight.replace(";}", "}")
    return _fill(tight, texts)


def tighten_js(text: str) -> str:
    """The same script without indents, lines of comment and, where there is no text, blanks around signs.

    One with texts of several lines stays as it is.
    """
    lines = text.splitlines(keepends=True)
    if _HOLE in text or any(line.count("`") % 2 or line.rstrip("\n").endswith("\\") for line in lines):
        return text
    kept = [line.lstrip(" \t") for line in lines if line.strip()]
    kept = [line for line in kept if not (line[:2] == "//" and line[-1] == "\n" and "*/" not in line)]
    texts = [line for line in kept if "'" in line or '"' in line or "`" in line or "/" in line]  # or patterns, comments
    held = frozenset(texts)
    tight = _close_up("".join([_HOLE if line in held else line for line in kept]), _JS_SIGNS, _JS_SIGNS)
    return _fill(tight, texts)


def _close_up(text: str, before: str, after: str) -> str:
    """A text without the blank before and after each of these signs."""
    for sign in before:
        text = text.replace(f" {sign}", sign)
    for sign in after:
        text = text.replace(f"{sign} ", sign)
    return text


def _fill(text: str, texts: list[str]) -> str:
    """A text with others back in its holes."""
    first, *rest = text.split(_HOLE)
    return "".join((first, *chain.from_iterable(zip(texts, rest, strict=True))))
