"""Names of persons as records write them, in natural order: `Lovelace, Ada` is `Ada Lovelace`."""

from __future__ import annotations

import re
from typing import Final

from digest.formats.patterns import lazily

_SUFFIX: Final = lazily(r"(?:Jr|Sr)\.?|[IVX]{2,4}|[234](?:nd|rd|th)|Ph\.?\s?D\.?|M\.?D\.?")
# Behind a family name alone, `II`, `IV` and `MD` are initials: `Ivanov, IV`.
_NEVER_INITIALS: Final = lazily(r"(?:Jr|Sr)\.?|III|[234](?:nd|rd|th)|Ph\.?\s?D\.?")
_FULL_NAME: Final = lazily(r"(?!(?:V[ao]n|D[aeiou]s?|Del|L[aeo]|El|Al|Ter?n?) )[^\W\d_a-z]\S* .*[^\W\d_a-z]\S*")
# PubMed writes `King, Martin L Jr`. Two capitals alone may be initials: `Smith, I I` has them apart.
_GIVEN_AND_SUFFIX: Final = lazily(r"(?P<given>.+) (?P<suffix>(?:Jr|Sr)\.?|II|III|IV|[234](?:nd|rd|th))")
# Libraries tell persons of one name apart: `Lovelace, Ada, 1815-1852`.
_LIFE: Final = lazily(r"(?:b\.|d\.|ca\.|fl\.|active)?\s*1[0-9]{3}\??\s*(?:[-–]\s*(?:[12][0-9]{3}\??)?)?\.?")
_AND: Final = lazily(r"\s+and\s+|[{}]", re.IGNORECASE)
_OTHERS: Final = lazily(r"(?:and\s+)?(?:et\.?\s?al\.?|others)", re.IGNORECASE)
_STRAY_AND: Final = lazily(r"^(?:and|&)\s+|\s+(?:and|&)$|^and$", re.IGNORECASE)
# Han, kana and Hangul: the family name comes first.
_ASIAN: Final = lazily(r"[\u2e80-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+")
_LABELLED_PART: Final = lazily(r"\s*(family|given|prefix|suffix)\s*=\s*(.*)", re.IGNORECASE)


def natural_name(name: str) -> str:
    """`Lovelace, Ada` and `King, Martin L., Jr.` in natural order; a name without a comma stays as it is."""
    if "," not in name:
        return " ".join(name.split())
    parts = [" ".join(part.split()) for part in name.split(",")]
    parts = [part for part in parts if part and not _LIFE.fullmatch(part)]
    if len(parts) < 2 or (len(parts) == 2 and is_asian(*parts)):
        return " ".join(parts)
    if len(parts) > 2 and _SUFFIX.fullmatch(parts[-1]) and not _NEVER_INITIALS.fullmatch(parts[1]):
        return " ".join([*parts[1:-1], parts[0], parts[-1]])
    if len(parts) > 2 and _SUFFIX.fullmatch(parts[1]):
        return " ".join([*parts[2:], parts[0], parts[1]])
    if len(parts) == 2 and _is_suffix(parts[1], of=parts[0]):
        return " ".join(parts)
    if len(parts) == 2 and (found := _GIVEN_AND_SUFFIX.fullmatch(parts[1])):
        return join_name(found["given"], parts[0], suffix=found["suffix"])
    return " ".join([*parts[1:], parts[0]])


def _is_suffix(part: str, of: str) -> bool:
    """Whether what stands behind the only comma belongs behind the name, and is no given name."""
    return bool(_NEVER_INITIALS.fullmatch(part) or (_SUFFIX.fullmatch(part) and _FULL_NAME.fullmatch(of)))


def join_name(given: str, family: str, particle: str = "", suffix: str = "") -> str:
    """A name of parts in natural order: `Ludwig`, `Beethoven`, `van`."""
    if particle and particle[-1] in "'’-":  # d'Alembert
        particle, family = "", particle + family
    if not particle and not suffix and is_asian(family, given):
        return f"{family} {given}"
    return " ".join(" ".join((given, particle, family, suffix)).split())


def is_asian(*parts: str) -> bool:
    """Whether the parts of a name are written in signs that put the family name first: 山田 太郎."""
    return all(map(_ASIAN.fullmatch, parts))


def natural_names(names: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """Names as records list them, in natural order, without `et al.`, an `and` between two and what names nobody."""
    natural = (natural_name(_STRAY_AND.sub("", " ".join(name.split()).rstrip(",;"))) for name in names)
    return tuple(name for name in natural if name and not _OTHERS.fullmatch(name))


def split_bibtex_names(field: str) -> list[str]:
    """The names of a field of BibTeX, parted by `and` outside of braces, without `others`."""
    names: list[str] = []
    depth = start = 0
    for found in _AND.finditer(field):
        if found[0] == "{":
            depth += 1
        elif found[0] == "}":
            depth = max(0, depth - 1)
        elif not depth:
            names.append(field[start : found.start()])
            # One blank may stand between two of them: `and and`.
            start = found.end()
    names.append(field[start:])
    names = [_STRAY_AND.sub("", name.strip()).strip() for name in names]
    if len(names) == 1:
        names = _foreign_list(names[0])
    return [name for name in names if name and not _OTHERS.fullmatch(name.strip("{}. "))]


def parse_bibtex_name(name: str) -> tuple[str, ...]:
    """The parts of a name in natural order, still TeX: a corporate name in braces is one part, never turned around."""
    if "=" in name and len(labelled := list(map(_LABELLED_PART.fullmatch, name.split(",")))) > 1 and labelled[0]:
        told = {found[1].lower(): found[2].strip(' "') for found in labelled if found}
        return tuple(filter(None, (told.get(part, "") for part in ("given", "prefix", "family", "suffix"))))
    parts = [part for part in _split_commas(name) if part.strip("{} ")]
    suffixed = len(parts) == 3 and _NEVER_INITIALS.fullmatch(parts[1].strip("{} "))
    if suffixed or (len(parts) == 3 and not _SUFFIX.fullmatch(parts[2].strip("{} "))):
        return parts[2], parts[0], parts[1]  # von Last, Jr, First
    if len(parts) == 2 and (found := _GIVEN_AND_SUFFIX.fullmatch(parts[1])):
        return found["given"], parts[0], found["suffix"]
    if len(parts) == 2 and _is_suffix(parts[1].strip("{} "), of=parts[0]):
        return tuple(parts)
    if len(parts) > 2 and _SUFFIX.fullmatch(parts[-1].strip("{} ")):
        return (*parts[1:-1], parts[0], parts[-1])
    return tuple(parts) if is_asian(*parts) else (*parts[1:], *parts[:1])


def _split_commas(name: str) -> list[str]:
    """The parts between commas that stand outside of braces."""
    parts: list[str] = []
    depth = start = 0
    for found in re.finditer(r"[{},]", name):
        if found[0] == "{":
            depth += 1
        elif found[0] == "}":
            depth = max(0, depth - 1)
        elif not depth:
            parts.append(name[start : found.start()].strip())
            start = found.end()
    return [*parts, name[start:].strip()]


def _foreign_list(field: str) -> list[str]:
    """The names of a field without `and`: one, or several as other programs part them, by semicolons or commas."""
    if field.startswith("{") and field.find("}") == len(field) - 1:
        return [field]
    if ";" in field and "{" not in field and "&" not in field:
        return [name.strip() for name in field.split(";")]
    parts = _split_commas(field)
    if len(parts) > 2 and all(" " in part.strip() and "{" not in part for part in parts):
        return parts
    return [field]
