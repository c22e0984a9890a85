"""Where the first sentence of a plain text ends."""

from __future__ import annotations

import re
from typing import Final

from digest.importing.title_words import ABBREVIATIONS, CLOSING_ABBREVIATIONS

_WORD: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+")
# Fewer words than these say nothing: the sentence goes on into the next.
FEWEST: Final = 3

_STOP: Final = re.compile(r"(?P<mark>[.!?…]+|[。！？])(?P<close>[\"'”’)\]»]*)(?=\s|$|(?<=[。！？]))")


def first_sentence(text: str) -> str:
    """The opening sentence of a plain text: of three words or more, where the text has as many."""
    for stop in _STOP.finditer(text):
        head, rest = text[: stop.end()], text[stop.end() :].lstrip()
        if count_words(head) >= FEWEST and _ends_sentence(head, stop["mark"], stop["close"], rest):
            return head
    return text


def _ends_sentence(head: str, mark: str, close: str, rest: str) -> bool:
    """Whether the stop at the end of `head` closes a sentence, seeing what follows."""
    opener = rest.lstrip("\"'“‘([«*_`")[:1]
    if not rest:
        return True
    if mark in "。！？" and len(mark) == 1:
        return True
    if opener.islower() or rest[:1] in "-–—,;:":
        return False
    if mark != "." or close:
        return True
    word = re.split(r"[\s(\[\"'“‘/]", head[:-1])[-1]
    folded = word.casefold().strip(",;")
    if folded in ABBREVIATIONS:
        return folded in CLOSING_ABBREVIATIONS and opener.isupper() and not _is_number(rest)
    # An initial: `J. Smith`, `A. B. Lee`. A lone letter may end a sentence too (`class A.`), but rarely a first one.
    return not (len(word) == 1 and word.isalpha() and word.isupper() and word != "I")


def _is_number(text: str) -> bool:
    return text[:1].isdigit() or text[:1] == "("


def count_words(text: str) -> int:
    """How many words a text has; scripts without spaces count by the sign."""
    return len(_WORD.findall(text))
