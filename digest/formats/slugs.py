"""Titles to slugs: the words of a title as one segment of an address and of a file name.

Every slug is safe as both on every system: lower case, no separator, no dot, no name that Windows keeps for itself.
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Final

from digest.formats import math
from digest.formats.patterns import lazily
from digest.formats.plain_text import find_math

FALLBACK: Final = "entry"
# A longer title says nothing more in a slug; the patterns below never see more than this.
_LONGEST: Final = 2_000
_RESERVED: Final = frozenset(
    ["con", "prn", "aux", "nul", *(f"{device}{number}" for device in ("com", "lpt") for number in range(10))]
)
# Nothing in it is a mark, and what is no letter or digit parts words: most titles and nearly all names and tags.
_SIMPLE: Final = lazily(r'[A-Za-z0-9 .,:;?!/()"-]*')
_SIMPLE_WORD: Final = lazily(r"[a-z0-9]+")
# Latin letters that no decomposition takes apart. ß and the ligatures are taken apart by case folding and NFKD.
_LETTERS: Final = str.maketrans(
    {
        "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h", "ŋ": "ng",
        "ŧ": "t", "ĸ": "k", "ə": "e", "ɖ": "d", "ƒ": "f", "ɨ": "i", "ɔ": "o", "ɛ": "e", "ƀ": "b", "ȼ": "c", "ɍ": "r",
        "ʻ": "", "ʼ": "", "ʹ": "", "ˈ": "",
    }
)  # fmt: skip
# C++, C# and F# are not C and F: such signs belong to the word before them.
_SIGN_NAMES: Final = lazily(r"(?<=\w)(?:\+{2,3}|#)(?![\w+#])")
_APOSTROPHE: Final = lazily(r"(?<=\w)['’‘ʼ＇](?=\w)")
_TAG: Final = lazily(
    r"</?(?:a|b|br|cite|code|del|em|i|img|ins|kbd|mark|q|s|small|span|strong|sub|sup|tt|u|var)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_MARKDOWN_LINK: Final = lazily(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
_EMPHASIS: Final = lazily(r"(\*{1,3}|~~)(?=\S)([^*~]+?)(?<=\S)\1")
_TEX_STYLE: Final = lazily(
    r"\\(?:math[a-z]*|text[a-z]*|operatorname\*?|emph|bm|boldsymbol|rm|bf|it|sf|tt|cal|left|right|big|Big|ensuremath"
    r"|hat|tilde|widehat|widetilde|bar|overline|vec|dot|ddot|displaystyle|limits|quad|qquad)(?![A-Za-z])\s*"
)
_TEX_ACCENT: Final = lazily(r"\\(?:[\"'`^~=.](?:\s*\{\\?([A-Za-z])\}|\\?([A-Za-z]))|[cvuHkrbdt]\s*\{\\?([A-Za-z])\})")
_TEX_LETTER: Final = lazily(r"\\(ae|AE|oe|OE|aa|AA|o|O|l|L|ss|i|j)(?![A-Za-z])(?:\{\}| )?")
_TEX_COMMAND: Final = lazily(r"\\([A-Za-z]+)")


def slugify(text: str, *, limit: int = 60) -> str:
    """The kebab-case slug of a title: never empty, at most `limit` characters, cut at a word.

    ASCII where a letter has an ASCII body (`Café` gives `cafe`); letters of other scripts are kept, case-folded NFC.
    Markdown and TeX marks are dropped, the words inside them kept. Locale-free; a slug is its own slug.
    """
    if len(text) <= limit and _is_slug(text):
        return text
    text = text[:_LONGEST]
    words = _SIMPLE_WORD.findall(text.lower()) if _SIMPLE.fullmatch(text) else _words(_fold(_plain(text)))
    slug = _cut("-".join(words), limit)
    if not slug:
        return FALLBACK
    return f"{slug}-{FALLBACK}" if slug in _RESERVED else slug


def _is_slug(text: str) -> bool:
    """Whether a text is its own slug, as most names of files are; a `False` says nothing."""
    return (
        text.isascii()
        and text.replace("-", "").isalnum()
        and text == text.lower()
        and "--" not in text
        and text[0] != "-" != text[-1]
        and text not in _RESERVED
    )


def _plain(text: str) -> str:
    """The title without its Markdown, HTML and TeX marks."""
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub("", text)
    if "[" in text:
        text = _MARKDOWN_LINK.sub(r"\1", text)
    if "$" in text or "\\" in text:
        text = _say_math(text)
        text = _TEX_ACCENT.sub(lambda found: next(filter(None, found.groups()), ""), text)
        text = _TEX_LETTER.sub(r"\1", text)
        text = _TEX_COMMAND.sub(r" \1 ", _TEX_STYLE.sub("", text))
    if "{" in text or "}" in text:
        text = text.replace("{", "").replace("}", "")
    if "*" in text or "~~" in text:
        text = _EMPHASIS.sub(r"\2", text)
    if "#" in text or "++" in text:
        text = _SIGN_NAMES.sub(lambda found: " sharp" if found[0] == "#" else " plus" * len(found[0]), text)
    return _APOSTROPHE.sub("", text)


def _say_math(text: str) -> str:
    r"""With the letters of each formula: `$k$-means` stays `k-means`, `$\beta$-VAE` is `beta-vae`, `$L_2$` `l2`."""
    parts: list[str] = []
    at = 0
    for start, end in find_math(text):
        if text.startswith("\\begin", start):
            continue
        formula = _TEX_COMMAND.sub(r" \1", _TEX_STYLE.sub("", math.bare(text[start:end])))
        parts += (text[at:start], re.sub(r"[_^{}]", "", formula).strip())
        at = end
    return "".join([*parts, text[at:]])


def _fold(text: str) -> str:
    """Case-folded and taken apart; twice, because each of the two steps can call for the other."""
    if text.isascii():
        return text.lower()
    for _ in range(2):
        text = unicodedata.normalize("NFKD", text).casefold()
    return unicodedata.normalize("NFKD", text).translate(_LETTERS)


def _words(text: str) -> list[str]:
    """Runs of letters and digits; marks stay only on letters that are not ASCII."""
    if text.isascii():
        return _SIMPLE_WORD.findall(text)
    kept: list[str] = []
    for character in text:
        category = unicodedata.category(character)
        if category in {"Mn", "Mc"}:
            if kept and not kept[-1].isascii():
                kept.append(character)
        elif category[0] == "L" or category in {"Nd", "Nl"}:
            kept.append(character)
        elif category not in {"Cf", "Me"}:  # joiners and soft hyphens are inside words
            kept.append("-")
    return [word for word in unicodedata.normalize("NFC", "".join(kept)).split("-") if word]


def _cut(slug: str, limit: int) -> str:
    """At most `limit` characters: at a word, but inside one that alone fills half of them (Chinese has no spaces)."""
    if len(slug) <= limit:
        return slug
    end = slug.rfind("-", 0, limit + 1)
    if end < limit // 2:
        end = limit
        while end > 1 and unicodedata.category(slug[end])[0] == "M":
            end -= 1
    return slug[:end].rstrip("-")
