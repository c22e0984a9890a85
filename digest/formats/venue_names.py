"""The name of a venue in what entries write of it: `ICLR` of `Published as a conference paper at ICLR 2018`."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from digest.formats.patterns import lazily

_LONGEST: Final = 300
# What was done with a paper there. Where it was only submitted is another venue: it may not have come out in it.
_DONE: Final = lazily(
    r"(?i)^(?:(?:to be |was )?(?:published|accepted|presented|to appear|appeared|appears|camera[- ]ready|in press)\b"
    r"[^:]{0,60}?\b(?:at|in|by|to)(?: the)?:?\s+|in:?\s+(?:the )?)"
)
_MEETING: Final = lazily(r"(?i)\b(?:conference|symposium|workshops?|meeting|congress|colloquium|conf\.|symp\.)")
_PROCEEDINGS: Final = lazily(r"(?i)^(?:in )?proc(?:eedings|\.)?,? (?:of )?(?:the )?")
_ORDINAL: Final = lazily(
    r"(?i)^(?:\d+(?:st|nd|rd|th)|(?:twenty|thirty|forty|fifty|sixty)[- ]?(?:first|second|third|fourth|fifth|sixth"
    r"|seventh|eighth|ninth)?|(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    r"|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth))\s+"
)
_YEAR: Final = r"(?:(?:1[89]|20)\d\d|['’‘]\d\d)"
_ACRONYM: Final = lazily(rf"\(([A-Z][A-Za-z&-]*[A-Z][A-Za-z]*)(?:[\s-]*{_YEAR})?\)")
# Behind `ICML 2019,` stands the town; behind the name of a journal much else may stand.
_PLACE: Final = lazily(rf"^([A-Z][A-Za-z&]*[A-Z][A-Za-z]*)[\s-]*{_YEAR}\s*[,;(].*$")
_PREPRINT: Final = lazily(
    r"(?i)^(arxiv|corr|biorxiv|medrxiv|chemrxiv)\b(?:[\s:,-]*(?:e-?prints?|preprints?|abs/|\d).*)?$"
)
_SHOWN: Final = lazily(
    r"(?i)[\s,;:(\[–—-]+(?:oral|poster|spotlight|highlight|best paper|long paper|short paper|main track|camera"
    r"[- ]ready)"
    r"(?:\s+(?:presentation|award|paper))?[)\]]?$"
)
_PART: Final = lazily(r"(?i)[\s,;:(]+(?:vol(?:ume|\.)?|no\.|issue|pp?\.|pages?|issn|isbn|doi)[\s:]*(?=[\dA-Z]).*$")
_DATED: Final = lazily(rf"[\s,;-]*[(\[]?(?<!\d){_YEAR}(?!\d)[)\]]?")
_NUMBERS: Final = lazily(r"(?:(?:[\s,;:]+|\.(?=\d))(?:no\.\s*)?[(\[]?[A-Za-z]?\d[\w()\[\]:;,./–-]*)+$")
_ENDS: Final = " \t,;:–—-("


@lru_cache(maxsize=8_192)
def name_series(venue: str) -> str:
    """The conference or journal, without year, volume, pages, town and number of the meeting.

    Only words that stand there: nothing is written out, no name is taken for another (NIPS is not NeurIPS). A venue of
    which nothing would be left is its own name.
    """
    whole = " ".join(venue[:_LONGEST].split())
    text = _DONE.sub("", whole)
    if found := _PREPRINT.match(text):
        return found[1]
    text = _SHOWN.sub("", text.rstrip(_ENDS))
    if _MEETING.search(text):
        text = _PROCEEDINGS.sub("", text)
        if found := _ACRONYM.search(text):
            return found[1]
    if found := _PLACE.match(text):
        return found[1]
    text = _PART.sub("", text)
    text = _DATED.sub("", text).strip(_ENDS)
    text = _NUMBERS.sub("", _ORDINAL.sub("", text)).strip(_ENDS)
    if text.count("(") < text.count(")"):
        text = text.rstrip(")")
    return text if any(map(str.isalpha, text)) else whole
