"""Names of persons as feeds credit them: with their addresses, several in one field, family name first."""

from __future__ import annotations

import re
from typing import Final

from digest.formats import author_lines, person_names
from digest.formats.patterns import lazily

_MAIL: Final = r"[^\s<>()@,;]+@[^\s<>()@,;]+"
_WITH_MAIL: Final = (
    re.compile(rf"(?:mailto:)?{_MAIL}\s*\((?P<name>[^()]+)\)"),
    re.compile(rf"\"?(?P<name>[^<>\"]*?)\"?\s*<\s*(?:mailto:)?{_MAIL}\s*>"),
    re.compile(rf"(?P<name>[^()@]*?)\s*\(\s*{_MAIL}\s*\)"),
    re.compile(rf"(?:mailto:)?{_MAIL}(?P<name>)"),
)
_ADDRESSED: Final = re.compile(rf"^{_MAIL} \([^()]+\) ,\s*(?=\S)")
# Taylor & Francis: `Ada Lovelace a Garden Institute, London, UK`.
_PLACED: Final = re.compile(
    r"(?P<name>[^,;]{3,60}?) [a-z]{1,2} (?=[A-Z])[^;]*?(?:Universit|Institut|Department|School|College|Cent(?:er|re)"
    r"|Laborator|Academy|Hospital|Faculty)[^;]*"
)
_NOBODY: Final = frozenset(
    {"anonymous", "unknown", "admin", "administrator", "root", "none", "n/a", "author", "editor"}
)
_INITIALS: Final = r"(?:[^\W\d_a-zß-ÿ]\.?[\s-]?){1,5}"
_INITIAL: Final = lazily(r"\b[^\W\d_]\.?$")
_SUFFIX: Final = lazily(r"(?:Jr|Sr)\.?|[IVX]{2,4}|Ph\.?\s?D\.?|M\.?D\.?")
_FAMILY: Final = r"[^\W\d_][^\d_,;@]*?"
# `Zhang, Y., de Vries, A. B.`: every second piece is initials.
_INVERTED: Final = lazily(rf"{_FAMILY},\s*{_INITIALS}(?:,\s*{_FAMILY},\s*{_INITIALS})*(?:,?\s*et al\.?)?")
_PAIR: Final = lazily(rf"(?P<family>{_FAMILY}),\s*(?P<given>{_INITIALS})(?:,\s*|$|(?=,?\s*et al))")


def parse_credit(text: str) -> tuple[str, ...]:
    """The names in one field, in natural order; none where it is an address or says that nobody is named."""
    text = " ".join(text.split()).strip(" ,;")
    if found := _PLACED.fullmatch(text):
        text = found["name"]
    if "," in text:  # HAL: an address with a name, and all names
        text = _ADDRESSED.sub("", text)
    for form in _WITH_MAIL:
        if match := form.fullmatch(text):
            text = match["name"].strip()
            break
    text = re.sub(r"(?i)^(?:by|authors?\s?(?:\(s\))?:)\s+", "", text)
    if text.casefold() in _NOBODY or not any(map(str.isalpha, text)) or re.fullmatch(r"\S+://\S*", text):
        return ()
    if ";" in text:
        return tuple(person_names.natural_name(each) for each in text.split(";") if each.strip())
    if "," in text and _INVERTED.fullmatch(text):
        return tuple(
            person_names.natural_name(f"{found['family']}, {found['given']}") for found in _PAIR.finditer(text)
        )
    pieces = [piece.strip() for piece in text.split(",")]
    if len(pieces) == 3 and _SUFFIX.fullmatch(pieces[2]):
        return (person_names.natural_name(text),)
    if len(pieces) == 2 and not re.search(r"\s(?:and|&)\s", text):
        # Two whole names are two persons: `Ada Lovelace, Ann Author`; one word before the comma is a family name.
        both = all(" " in piece for piece in pieces) and not _INITIAL.search(pieces[1])
        return tuple(pieces) if both else (person_names.natural_name(text),)
    names = author_lines.parse_authors(text).names
    whole = all(" " in name or "." in name for name in names)
    return names if len(names) < 2 or whole else (text,)
