"""The names of tags, people and venues: in addresses, and in order."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from digest.formats import slugs

_SUFFIXES: Final = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md"})
_GROUPS: Final = frozenset({"collaboration", "collaborations", "consortium", "group", "team", "initiative", "project"})


_slugify: Final = lru_cache(maxsize=65_536)(slugs.slugify)  # entries name the same people again and again


def name_slug(name: str) -> str:
    """The slug of a tag, an author or a venue, empty where nothing of the name can stand in an address."""
    slug = _slugify(name)
    return slug if slug != slugs.FALLBACK or slugs.FALLBACK in name.casefold() else ""


def family_name(name: str) -> str:
    """The word that a person is sorted under: `Lovelace` of `Ada Lovelace`; of a group, its first word.

    Particles do not count (`Laurens van der Maaten` stands under M), nor do suffixes (`Martin Luther King Jr.`).
    """
    family, comma, rest = name.partition(",")
    if comma and family.strip() and _bare(rest) not in _SUFFIXES:
        words = family.split()
        return words[-1]
    words = name.replace(",", " ").split()
    while len(words) > 1 and _bare(words[-1]) in _SUFFIXES:
        words.pop()
    if len(words) > 1 and _bare(words[-1]) in _GROUPS:
        return words[1] if _bare(words[0]) == "the" and len(words) > 2 else words[0]
    return words[-1] if words else name


def family_order(name: str) -> tuple[str, str, str]:
    """By family name, then the whole name, accents aside; the name as written decides at last."""
    return (_slugify(family_name(name)), _slugify(name), name)


def initial(name: str) -> str:
    """The letter that a person stands under, without its accent; `#` for a digit."""
    first = _slugify(family_name(name))[0].upper()
    return first if first.isalpha() else "#"


def _bare(word: str) -> str:
    return word.replace(".", "").strip().casefold()
