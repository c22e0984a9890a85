"""Style sheets and scripts without what only their authors read: comments, indents, blanks between the parts.

What begins with `/*!` is a licence and stays.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from digest.formats.patterns import lazily
from digest.model import StaticFile

# Strings first, so that nothing within them is taken for a comment.
_CSS: Final = lazily(
    r"""
      (?P<text> "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' | url\([^)"']*\) )
    | (?: /\*(?!!).*?\*/ | \s )+
    """,
    re.VERBOSE | re.DOTALL,
)
_AROUND: Final = lazily(r"""("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|[\s;]*(\})\s?|\s?([{;,>])\s?|(:)\s""")
_TEXTS: Final = lazily("""['"`/]""")  # strings, patterns, comments
_SIGNS: Final = lazily(r" ?([=?:{}(),;&|*]+|=>) ?")  # `+` and `-` may be two signs, `<!--` is a comment
_COMMENT: Final = lazily(r"[ \t]*//(?![^\n]*\*/)[^\n]*\n", re.MULTILINE)


def tighten(file: StaticFile) -> StaticFile:
    """The file as it travels; what is neither, or no UTF-8, as it is."""
    making = tighten_css if file.url.endswith(".css") else tighten_js if file.url.endswith((".js", ".mjs")) else None
    try:
        return replace(file, data=making(file.data.decode()).encode()) if making else file
    except UnicodeDecodeError:
        return file


def tighten_css(text: str) -> str:
    """The same style sheet. A blank stays where it may part two things: between words, before `:`, beside `+`, `(`."""
    spaced = _CSS.sub(lambda found: found["text"] or " ", text)
    return _AROUND.sub(lambda found: found[1] or found[2] or found[3] or found[4], spaced).strip()


def tighten_js(text: str) -> str:
    """The same script without indents, lines of comment and, where there is no text, blanks around signs.

    One with texts of several lines stays as it is.
    """
    lines = text.splitlines(keepends=True)
    if any(line.count("`") % 2 or line.rstrip("\n").endswith("\\") for line in lines):
        return text
    kept = (line.lstrip(" \t") for line in lines if line.strip() and not _COMMENT.fullmatch(line))
    return "".join(line if _TEXTS.search(line) else _SIGNS.sub(r"\1", line) for line in kept)
