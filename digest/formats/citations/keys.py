"""Citation keys: `lovelace1843notes`."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

from digest.formats import slugs, tex_text
from digest.formats.patterns import lazily
from digest.model import PartialDate, Person

_LONGEST: Final = 24
_SUFFIX: Final = 4
_PLAIN: Final = lazily(r"[A-Za-z0-9.,:;'()?!-]*")
_NOT_IN_KEYS: Final = lazily(r"[^a-z0-9]+")
# Words that begin many titles, in the languages that papers are written in.
_SMALL: Final = (
    "a an the on of in for to from and with by at as is are be do does how what why when where towards toward der "
    "die das ein eine zur zum uber ueber le la les un une des du sur el los las una de o os as um uma en et und il lo "
    "i gli dos das no na"
)
_SMALL_WORDS: Final = frozenset(_SMALL.split())


def key_stem(title: str, authors: Sequence[Person], issued: PartialDate | None) -> str:
    """Family name, year and first word of the title, in ASCII; what is not known is left out."""
    name = name_stem(authors[0]) if authors else ""
    words = filter(None, map(_fold, tex_text.plain_from_tex(title).split()))
    word = next((word for word in words if word not in _SMALL_WORDS), "")
    return f"{name}{issued.year if issued else ''}{word[:_LONGEST]}" or "entry"


def name_stem(first: Person) -> str:
    """What the keys of an author's papers begin with."""
    return _fold(first.family or first.name)[:_LONGEST]


def key_suffix(identity: str) -> str:
    """A few letters that tell a paper from another one of the same stem; they depend on what it is, not on when."""
    return hashlib.blake2b(identity.encode("utf-8", "replace"), digest_size=_SUFFIX).hexdigest()[:_SUFFIX]


def _fold(text: str) -> str:
    if _PLAIN.fullmatch(text):  # nearly all words
        return _NOT_IN_KEYS.sub("", text.lower())
    slug = slugs.slugify(text)
    return "" if slug == slugs.FALLBACK and text.casefold() != slug else _NOT_IN_KEYS.sub("", slug)
