"""What several spellings of a word have in common: plural and singular, British and American."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from digest.formats.patterns import lazily

REMEMBERED: Final = 1 << 15  # words
# British spellings, as far as they follow a rule; what is folded amiss is folded alike on both sides.
BRITISH: Final = lazily(
    r"(?P<z>(?<=[a-z]{2}[iy])s(?=(?:e|ed|er|ing|able|ation|ational)$))|(?P<l>(?<=[aeiou])ll(?=(?:ed|er|ing)$))"
    r"|(?P<o>(?<=[a-z]{2})our(?=(?:al|ed|ing|less|ly|hood|able)?$))|(?P<e>(?<=[bt])re$)"
)
AMERICAN: Final = {"z": "z", "l": "l", "o": "or", "e": "er"}


@lru_cache(maxsize=REMEMBERED)
def fold_word(word: str) -> str:
    """A word without case, plural mark and British spelling, roughly: both sides of a comparison go through here."""
    word = word.lower()
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return BRITISH.sub(lambda match: AMERICAN[match.lastgroup or "z"], word)


def fold_spelling(name: str) -> str:
    """A tag, or its address, however it is spelt: `graph-networks`, `graphnetwork` and `graph-network` are one."""
    return "".join(map(fold_word, name.split("-")))
