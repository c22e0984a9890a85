"""Pieces of the XML that we write: texts, elements, CDATA, with nothing in them that XML forbids."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from digest.formats.characters import drop_forbidden, is_harmless
from digest.formats.patterns import lazily

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_RECENT: Final = 4096  # names, tags and dates come again and again
_LINE_END: Final = lazily(r"\r\n?")
# Hexadecimal references are the form of text that the most readers show right (RSS profile, "Data Types").
_REFERENCES: Final = (("&", "&#x26;"), ("<", "&#x3C;"), (">", "&#x3E;"), ('"', "&#x22;"))


def clean(text: str) -> str:
    """Only characters that XML may hold, lines ending as a parser would make them end."""
    return text if is_harmless(text) else drop_forbidden(_LINE_END.sub("\n", text))


def clean_body(text: str) -> str:
    """The text of an item as every format of feeds has it: clean, and nothing where there are but blanks."""
    text = clean(text)
    return text if text.strip() else ""


@lru_cache(_RECENT)
def one_line(text: str) -> str:
    """A text on one line; cleaned first, as some controls count as space."""
    return " ".join(clean(text).split())


@lru_cache(_RECENT)
def escape(text: str) -> str:
    """A text as it stands in an element or, in double quotes, in an attribute."""
    text = clean(text)
    for sign, reference in _REFERENCES:
        if sign in text:
            text = text.replace(sign, reference)
    return text


def element(name: str, text: str, attributes: str = "") -> str:
    """An element on a line of its own; `attributes` begin with a blank."""
    return f"<{name}{attributes}>{escape(text)}</{name}>\n"


def cdata(text: str) -> str:
    """A CDATA section of a clean text, which nothing in it can close (XML 1.0 §2.7)."""
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"
