"""RefWorks' tagged files: two letters and a blank; what RIS holds, by tags of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from digest.formats import tagged_lines
from digest.formats.tagged_lines import WEB_OF_SCIENCE, TaggedField
from digest.model import Document, Found
from digest.sources.bibliographies import bibliography, ris

_START: Final = re.compile(r"(?m)^[ \ufeff]?RT [A-Z][a-z]")
_TITLE: Final = re.compile(r"(?m)^T1 \S")
_OWN: Final = re.compile(r"(?m)^(?:SR|A1|YR|OP|K1|ID|JF) \S")
# The tags of RIS for those that mean the same; a paper of a conference stands in `T2`, as a chapter does.
_TAGS: Final = {
    "RT": "TY", "YR": "PY", "FD": "DA", "VO": "VL", "OP": "EP", "K1": "KW", "NO": "N1", "UL": "UR", "LK": "UR",
    "ED": "ET", "OT": "TT",
}  # fmt: skip
_TYPES: Final = {
    "journal article": "JOUR", "journal": "JOUR", "journal, electronic": "EJOU", "magazine article": "MGZN",
    "newspaper article": "NEWS", "conference proceedings": "CONF", "book, section": "CHAP", "book, whole": "BOOK",
    "book, edited": "EDBOOK", "dissertation/thesis": "THES", "dissertation": "THES", "report": "RPRT",
    "web page": "ELEC", "unpublished material": "UNPB", "generic": "GEN", "patent": "PAT", "abstract": "ABST",
    "computer program": "COMP",
}  # fmt: skip
_END: Final = "END OF DOCUMENT"


class RefWorks:
    """Files for other programs, as RefWorks writes them."""

    name = "refworks"

    def recognise(self, document: Document) -> float:
        """Sure where a line gives the type of a record in words, and others are of the format."""
        head = document.head
        sure = _START.search(head) and _TITLE.search(head) and len(_OWN.findall(head)) > 1
        return 0.99 if sure else 0.0

    def read(self, document: Document) -> Iterator[Found]:
        """The records in their order; what stands above them is noise."""
        gathered: list[TaggedField] = []
        for found in tagged_lines.read_fields(document.lines(), WEB_OF_SCIENCE, frozenset()):
            if found.tag == "RT" and gathered:
                yield from ris.read_record(document.name, gathered)
                gathered = []
            if found.tag == "RT" or gathered:
                gathered.append(_as_ris(found))
            elif found.text:
                yield bibliography.as_noise(document.name, found.line, f"{found.tag} {found.text}".strip())
        if gathered:
            yield from ris.read_record(document.name, gathered)


SOURCE: Final = RefWorks()


def _as_ris(found: TaggedField) -> TaggedField:
    text = found.text.removesuffix(_END).strip()
    if found.tag == "RT":
        text = _TYPES.get(text.lower(), text)
    return replace(found, tag=_TAGS.get(found.tag, found.tag), text=text)
