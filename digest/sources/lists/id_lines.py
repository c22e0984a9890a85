"""A title, and below it a list that begins with the linked id of its paper: `- [2405.00001](…) — Lovelace, Writer`."""

from __future__ import annotations

import re
from typing import Final

from digest.formats.markdown_blocks import Block
from digest.formats.name_lists import read_authors
from digest.sources.lists.paper_fields import PaperFields, take_links

_ID: Final = re.compile(
    r"(?i)(?:arxiv\s?:?\s*)?\[(?:arxiv\s?:?\s*)?(?:[0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[a-z]{2})?/[0-9]{7})(?:v[0-9])?\]\("
)
_LINE: Final = re.compile(
    r"(?P<link>[^\[\]()\n]{0,12}\[[^\[\]\n]{6,40}\]\([^()\s]+\))\s*[—–:|-]+\s*(?P<names>[^\[\]\n]+)"
)
_MORE: Final = re.compile(r"(?i)\bet\.? al\b\.?|^\s*(?:and|&)\s")
# A family name alone is one, too: the id tells whose it is.
_NAME: Final = re.compile(r"(?:[a-z]{2,3}\.? ){0,3}[^\W\d_a-z][\w.'’-]*(?: [\w.'’-]+){0,4}")


def is_id_item(block: Block) -> bool:
    """Whether an item begins with the linked id of a paper."""
    return block.kind == "item" and bool(_ID.match(block.text))


def take_id_line(paper: PaperFields, text: str) -> bool:
    """Take the id and the names of such a line; whether it holds nothing else."""
    found = _LINE.fullmatch(text.strip())
    if not found:
        return False
    names = [name for part in found["names"].split(",") if (name := _MORE.sub("", part).strip())]
    if not all(map(_NAME.fullmatch, names)) or not take_links(paper, found["link"], {}):
        return False
    told = read_authors(found["names"])[0]
    paper.authors = paper.authors or (told if len(told) == len(names) else tuple(names))
    return True
