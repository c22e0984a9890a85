"""Records of tagged lines, a field a line: RIS, MEDLINE, EndNote and the field-tagged files of Web of Science.

A tag stands at the start of a line, its text behind it; lines without a tag go on with the field above them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from digest.formats.patterns import lazily

# The specification asks for two blanks, a hyphen and a blank; EndNote, Ovid and people leave out one or another, and a
# word of two capitals before a dash is none of the tags that may be so.
_OF_RIS: Final = (
    "TY|ER|A[1-4UBDNVF]|T[1-3IAT]|TT|JO|JF|JA|J[12]|Y[12]|PY|DA|DO|N[12]|KW|[VIE][LSPT]|S[NPTE]|UR|L[1-4AK]|C[1-8YNAPT]|"
    "M[1-3]|U[1-5]|PB|PP|ID|BT|DB|DP|ED|RN|RP|CR|OP|NV|RI|SF|H[12]|TS|AV|LB"
)
RIS: Final = re.compile(
    rf"[ \ufeff]{{0,3}}(?=(?:[A-Z][A-Z0-9]|PMID)[ \t]{{2,3}}[-–]|(?:{_OF_RIS})[ \t]?-(?:[ \t]|$))"
    r"(?P<tag>PMID|[A-Z][A-Z0-9])[ \t]{0,3}[-–][ \t]*(?P<text>.*)"
)
# NLM: a tag of up to four letters, filled with blanks, a hyphen and a blank.
MEDLINE: Final = re.compile(
    r"[ \ufeff]?(?=[A-Z]{2,4}[0-9]? {0,3}-(?: |$)|[A-Z]{2} {2}-|PMID-)(?P<tag>[A-Z]{2,4}[0-9]?) {0,3}- *(?P<text>.*)"
)
# Clarivate: two letters and a blank; lines that go on are indented by three.
WEB_OF_SCIENCE: Final = re.compile(r"[ \ufeff]?(?P<tag>[A-Z][A-Z0-9])(?: (?P<text>.*)|$)")
# EndNote, and refer before it: a percent sign and one more.
ENDNOTE: Final = re.compile(r"[ \ufeff]?%(?P<tag>[0-9A-Z@!?&+*^>\[~()#$=])(?:[ \t](?P<text>.*)|[ \t]*$)")

# What some services write above each record: `1.`, `<1>`.
NUMBERING: Final = lazily(r"\s*<?[0-9]+[.>]?\s*")
_NUMBERED: Final = lazily(r"(?:^|\n)[ \t]*\n[ \t]*<?[0-9]+[.>]?[ \t]*$")


@dataclass(frozen=True, slots=True)
class TaggedField:
    """A field: its tag (empty for text before any tag), its lines joined by newline signs, its first line's number."""

    tag: str
    text: str
    line: int
    after_blank: bool = False


def read_fields(lines: Iterable[str], grammar: re.Pattern[str], ends: frozenset[str]) -> Iterator[TaggedField]:
    """The fields in order; what follows one of the tags in `ends`, or comes before any tag, has none.

    A blank line within a text stays: it parts paragraphs.
    """
    tag, gathered, start, after_blank, blank = "", list[str](), 1, False, True
    for number, line in enumerate(lines, start=1):
        if found := grammar.match(line):
            if tag or any(gathered):
                yield TaggedField(tag, "\n".join(gathered).strip(), start, after_blank)
            tag, gathered, start, after_blank = found["tag"], [found["text"] or ""], number, blank
            if tag in ends:
                yield TaggedField(tag, gathered[0].strip(), number, after_blank)
                tag, gathered, start = "", [], number + 1
        else:
            if not tag and not any(gathered):
                start, gathered = number, []
            gathered.append(line.strip())
        blank = not line.strip() or (blank and bool(NUMBERING.fullmatch(line)))
    if tag or any(gathered):
        yield TaggedField(tag, "\n".join(gathered).strip(), start, after_blank)


def without_numbering(found: TaggedField) -> TaggedField:
    """The last field of a record without the number of the next, which stands behind it."""
    text = _NUMBERED.sub("", found.text)
    return found if text == found.text else TaggedField(found.tag, text, found.line, found.after_blank)
