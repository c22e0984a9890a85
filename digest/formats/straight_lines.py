"""What stands within a line of plain Markdown, straight to clean HTML: code, math, links, emphasis, text."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Final

from digest.formats.patterns import lazily

if TYPE_CHECKING:
    from digest.formats.stash import Stash

_MARKS: Final = 400  # signs of emphasis; of more, not all count
_ENTITY: Final = lazily(r"&(?:#\w+|\w+);")
# Patterns that begin with a sign find it in a tenth of the time of those that look at what is before it.
_LOWERED: Final = lazily(r"_(?:(?<!\w_)|(?!\w))")
_ESCAPED: Final = lazily(r"\\([\\`*_{}\[\]()#+.!><$|~%-])")
_SIGN: Final = lazily(r"\x02(\d+)\x03")
_LINK: Final = lazily(r"\[((?:[^\[\]*~\x02]|\x02x?\d+\x03)+)\]\(\x02r(\d+)\x03\)")
_BARE: Final = lazily(r"\x02u(\d+)\x03")
_ADDRESS: Final = lazily(r"https?://(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,}(?:[/?#][A-Za-z0-9_./?#=:,;~()@!+-]*)?")
_EMPHASIS: Final = lazily(r"(\*(?<!\*\*)\*?)(?![\s*])([^*]+)(?<!\s)\1")
_LONE: Final = lazily(r"\*(?<!\S\*)\**(?!\S)")


class OddError(Exception):
    """A text holds more than is known here."""


def render_line(text: str, stash: Stash) -> str:
    """The clean HTML of a paragraph, with placeholders for our own pieces.

    Raises:
        OddError: it holds more than is known here.
    """
    # To look for a sign takes a hundredth of the time of a pattern, and most texts have none.
    if (
        "\\" in text
        or "`" in text
        or "$" in text
        or "<" in text
        or ("]" in text and "](" in text)
        or ("/" in text and "://" in text)
    ):
        signs = "\\" in text or "](" in text
        text = _spans()(text, stash)
        if "\\" in text:
            text = _ESCAPED.sub(lambda found: f"\x02{ord(found[1])}\x03", text)
    else:
        signs = False
    starred = "*" in text
    if (
        ("[" in text and ("[^" in text or "![" in text))
        or ("~" in text and "~~" in text)
        or (starred and text.count("*") + text.count("_") > _MARKS)
        or ("_" in text and _LOWERED.search(text))
        or ("&" in text and (_ENTITY.search(text) or "\\&" in text))
    ):
        raise OddError
    if "&" in text or "<" in text or ">" in text:
        text = escape(text, quote=False)
    if "\x02" in text and ("\x02r" in text or "\x02u" in text):
        text = _linked(text, stash)
    if starred:
        text = _EMPHASIS.sub(_emphasised, text)
        if "*" in text and "*" in _LONE.sub("", text):
            raise OddError
    return _SIGN.sub(lambda found: escape(chr(int(found[1])), quote=False), text) if signs else text


@cache  # an import that was done takes a while to find out
def _spans() -> Callable[[str, Stash], str]:
    from digest.formats.spans import set_spans_aside  # noqa: PLC0415 - loaded where there are spans

    return set_spans_aside


def _emphasised(found: re.Match[str]) -> str:
    tag = "em" if found[1] == "*" else "strong"
    return f"<{tag}>{found[2]}</{tag}>"


def _linked(text: str, stash: Stash) -> str:
    """The text with its links, dressed as those to other sites are.

    Each piece of the author's that was set aside must be the address of one.
    """
    plain = stash.plain

    def link(label: str, address: str) -> str:
        if not _ADDRESS.fullmatch(address):
            raise OddError
        return f'<a href="{address}" rel="noopener">{label}</a>'

    text = _LINK.sub(lambda found: link(found[1], plain[int(found[2])]), text)
    text = _BARE.sub(lambda found: link(plain[int(found[1])], plain[int(found[1])]), text)
    if "\x02r" in text:
        raise OddError
    return text
