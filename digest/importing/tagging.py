"""Tags for entries that come without: phrases of a vocabulary found in the text, most telling first.

The weights were set on texts of which a reader had said the tags, by what they gave on one half of them.
"""

from __future__ import annotations

import math
import re
import unicodedata
from typing import Final

from digest.importing.vocabulary import WORD, Vocabulary, find_phrases, grow_tree

MOST = 5
FEW = 3  # below this, a wider tag that the text speaks for as well is welcome, if not one of the widest

IN_TITLE = 3.0  # a phrase of the title tells more than one of the text,
IN_OPENING = 1.5  # and one of the opening, where a text says what it is about
OPENING_WORDS = 40
AS_HINT = 0.4
IN_PASSING = 0.2  # "unlike reinforcement learning", "applications such as games"
WORDS_TELL = 0.4  # a phrase of n words counts n to this power

LEAST = 0.9  # what a tag must tell,
HINTED = 1.25  # what it must tell where there are but hints,
TELLING = 0.55  # and how much of what the best one tells

# Code, math and addresses are no prose: `GAN` in a URL is not the subject.
UNSPOKEN: Final = re.compile(r"`+[^`]*`+|\$\$.*?\$\$|\$[^$\n]*\$|\]\([^)\s]*\)|https?://\S+|www\.\S+", re.DOTALL)
UNSPOKEN_SIGNS: Final = ("`", "$", "](", "http", "www.")
BLANKS: Final = bytes(code if chr(code).isalnum() else ord(" ") for code in range(128)).ljust(256)
ASIDE: Final = frozenset({
    "beyond", "compared", "contrast", "conventional", "including", "inspired", "instead", "like", "outperform",
    "outperforms", "standard", "such", "than", "traditional", "unlike", "Unlike", "versus", "vs", "without",
})  # fmt: skip
ASIDE_REACH = 3  # words


def suggest_tags(title: str, text: str, *, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Up to five tags whose phrases stand in the title or text, most telling first.

    A tag tells more the oftener, the earlier and in the more words it is named; nothing is made up for a text that
    names none. Where few are found, the wider tags that the text speaks for as well are added.
    """
    told, called = weigh_tags(title, text, vocabulary)
    calling = {tag: much for tag, much in told.items() if tag in called or much >= HINTED}
    least = max(LEAST, TELLING * max(calling.values(), default=0.0))
    ranked = sorted((tag for tag, much in calling.items() if much >= least), key=lambda tag: (-told[tag], tag))
    chosen = ranked[:MOST]
    for tag in tuple(chosen):
        for wider in vocabulary.wider(tag):
            if len(chosen) < FEW and wider in told and wider in vocabulary.broader and wider not in chosen:
                chosen.append(wider)
                break
    return tuple(chosen)


def weigh_tags(title: str, text: str, vocabulary: Vocabulary) -> tuple[dict[str, float], set[str]]:
    """What each tag tells of a text, and the tags that phrases call for, not hints alone."""
    tree = grow_tree(vocabulary)
    weights: dict[str, float] = {}
    called: set[str] = set()
    for _, phrase in find_phrases(spoken_words(title), tree):
        weight = IN_TITLE * len(phrase.words) ** WORDS_TELL
        if phrase.hint:
            weight *= AS_HINT
        else:
            called.add(phrase.tag)
        weights[phrase.tag] = weights.get(phrase.tag, 0.0) + weight
    words = spoken_words(text)
    for position, phrase in find_phrases(words, tree):
        weight = len(phrase.words) ** WORDS_TELL
        if position < OPENING_WORDS:
            weight *= IN_OPENING
        if not ASIDE.isdisjoint(words[max(0, position - ASIDE_REACH) : position]):
            weight *= IN_PASSING
        if phrase.hint:
            weight *= AS_HINT
        else:
            called.add(phrase.tag)
        weights[phrase.tag] = weights.get(phrase.tag, 0.0) + weight
    return {tag: math.log1p(weight) for tag, weight in weights.items()}, called


def spoken_words(text: str) -> list[str]:
    """The words of a text's prose, as they are written."""
    if any(sign in text for sign in UNSPOKEN_SIGNS):
        text = UNSPOKEN.sub(" ", text)
    if text.isascii():
        return (
            text.encode("ascii").translate(BLANKS).decode("ascii").split()
        )  # as WORD finds them, at a fifth of the time
    return WORD.findall(unicodedata.normalize("NFC", text))
