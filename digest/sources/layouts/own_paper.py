"""Which paper a summary is of, where it says so; papers that it cites in passing are not its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digest.formats import identifiers
from digest.model import Identifiers, PartialDate

_NAMES: Final = (
    r"(?:link to (?:the |this )?(?:original |arxiv |full )?(?:paper|article|arxiv)"
    r"|(?:the |this |original |full |arxiv )?paper(?: link| url| pdf| \(arxiv\)| on arxiv)?"
    r"|arxiv(?: link| page| pdf| version| paper| abstract| preprint)?|preprint|paper/arxiv)"
)
_LABEL: Final = re.compile(rf"\W*{_NAMES}\W*\Z", re.IGNORECASE)
_LINK: Final = re.compile(r"\[(\[[^\[\]]{1,80}\]|[^\[\]]{1,80})\]\(\s*<?(https?://[^\s()<>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
# "Paper: https://…", "* **Link**: [Title](https://…)", "arXiv:1801.00001" at the beginning of a line.
_LEAD: Final = re.compile(
    rf"(?:[*+-] |\d+[.)] |\#+ |> )?\W{{0,3}}(?:(?:{_NAMES}|link|url)\W{{0,3}}?\s*:\W{{0,3}}\s*)?"
    r"(?:\[[^\[\]]{0,200}\]\()?<?"
    r"(?P<address>https?://[^\s()<>\[\]]+|arxiv:\s?\d{4}\.\d{4,5}(?:v\d+)?(?!\d))",
    re.IGNORECASE,
)
_SAYS: Final = re.compile(rf"\W*(?:{_NAMES}|link|url)\W*?:|\W*arxiv:", re.IGNORECASE)
_POINTS_AT_ITSELF: Final = re.compile(r"(?:the|this|their|original|full|paper|article|work|link|here)\Z")
_POINTS_AWAY: Final = re.compile(r"(?:see|cf|an?|another|previous|prior|earlier|related|other|from|of|in|by|e\.g)\Z")


def find_own_paper(body: str) -> tuple[Identifiers, str, PartialDate | None]:
    """The identifiers of the paper that a summary in Markdown is of, its address and month; empty where unsaid."""
    found = list(dict.fromkeys(_claims(body)))
    names = [(identifiers.parse_marked(address) or Identifiers(), address) for address in found]
    if not names or len({own for own, _ in names if own != Identifiers()}) > 1:
        return Identifiers(), "", None  # two papers that both claim to be the one: neither is sure
    own, address = next(((own, address) for own, address in names if own != Identifiers()), names[0])
    link = address if address.startswith("http") else ""
    return own, link, identifiers.arxiv_month(own.arxiv) if own.arxiv else None


def _claims(body: str) -> Iterator[str]:
    """Every address that the text calls its paper's."""
    for number, line in enumerate(line for line in body.split("\n") if line.strip()):
        text = line.strip()
        lead = _LEAD.match(text)
        if lead:
            bare = number == 0 and "[" not in lead[0] and identifiers.parse_arxiv(lead["address"].rstrip(".,;"))
            if bare or _SAYS.match(text.lstrip("*+->#0123456789. ")):
                yield lead["address"].rstrip(".,;")
        for link in _LINK.finditer(text):
            if _LABEL.match(link[1]) and _is_own(text[max(0, link.start() - 80) : link.start()]):
                yield link[2]


def _is_own(before: str) -> bool:
    """Whether what stands before a link labelled "paper" leaves it the summary's own."""
    before = before.rstrip()
    words = re.findall(r"[\w.]+", before)
    if not words or re.search(r"[.!?:|>*+-]\Z", before):
        return True
    last = words[-1].strip(".").casefold()
    if before.endswith(("(", "[")):
        return _POINTS_AT_ITSELF.match(last) is not None
    return _POINTS_AWAY.match(last) is None
