"""Citation keys: `lovelace1843notes`."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from digest.formats import slugs, tex_text
from digest.model import Reference

_LONGEST: Final = 24
_SUFFIX: Final = 4
_NOT_IN_KEYS: Final = re.compile(r"[^a-z0-9]+")
# Words that begin many titles, in the languages that papers are written in.
_SMALL: Final = (
    "a an the on of in for to from and with by at as is are be do does how what why when where towards toward der "
    "die das ein eine zur zum uber ueber le la les un une des du sur el los las una de o os as um uma en et und il lo "
    "i gli dos das no na"
)
_SMALL_WORDS: Final = frozenset(_SMALL.split())


def key_stem(reference: Reference) -> str:
    """Family name, year and first word of the title, in ASCII; what is not known is left out."""
    first = reference.authors[0] if reference.authors else None
    name = _fold(first.family or first.name) if first else ""
    words = filter(None, map(_fold, tex_text.plain_from_tex(reference.title).split()))
    word = next((word for word in words if word not in _SMALL_WORDS), "")
    year = str(reference.issued.year) if reference.issued else ""
    return f"{name[:_LONGEST]}{year}{word[:_LONGEST]}" or "entry"


def key_suffix(identity: str) -> str:
    """A few letters that tell a paper from another one of the same stem; they depend on what it is, not on when."""
    return hashlib.blake2b(identity.encode("utf-8", "replace"), digest_size=_SUFFIX).hexdigest()[:_SUFFIX]


def _fold(text: str) -> str:
    slug = slugs.slugify(text)
    return "" if slug == slugs.FALLBACK and text.casefold() != slug else _NOT_IN_KEYS.sub("", slug)
