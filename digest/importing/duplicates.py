"""Texts that are nearly equal, found without comparing every two: few, rare word runs stand for a text."""

from __future__ import annotations

import heapq
import re
import zlib
from collections import Counter
from functools import lru_cache
from typing import Final

# Two texts are near when this part of the word runs of both together is in both (Broder's resemblance).
NEAR: Final = 0.4
# Shorter texts say too little: "This paper has been withdrawn by its author."
FEWEST_WORDS: Final = 20
# The smallest hashes of a text are a fair sample of its runs: near texts share many of 32.
_SAMPLE: Final = 32
_SHARED: Final = 3
# A run that stands in so many texts is a stock phrase and tells nothing.
_CROWD: Final = 64
_MIX: Final = 0x9E3779B1
_WORD: Final = re.compile(r"[^\W_]+")


class TextIndex:
    """Texts by label, in the order they are added; asked for the text nearest to another one."""

    def __init__(self) -> None:
        self._texts: list[tuple[str, str]] = []
        self._indexed = 0
        self._having: dict[int, list[int]] = {}

    def add(self, label: str, text: str) -> None:
        """Remember a text; it costs nothing until somebody asks."""
        self._texts.append((label, text))

    def find(self, text: str) -> str | None:
        """The label of the nearest text, the first of equals; nothing when none is near."""
        self._index()
        runs = word_runs(text)
        shared = Counter(number for run in heapq.nsmallest(_SAMPLE, runs) for number in self._having.get(run, ()))
        best, label = NEAR, None
        for number in sorted(number for number, count in shared.items() if count >= _SHARED):
            near = resemblance(runs, word_runs(self._texts[number][1]))
            if near > best or (label is None and near >= best):
                best, label = near, self._texts[number][0]
        return label

    def _index(self) -> None:
        for number in range(self._indexed, len(self._texts)):
            for run in heapq.nsmallest(_SAMPLE, word_runs(self._texts[number][1])):
                crowd = self._having.setdefault(run, [])
                if len(crowd) < _CROWD:
                    crowd.append(number)
        self._indexed = len(self._texts)


@lru_cache(maxsize=16)
def word_runs(text: str) -> frozenset[int]:
    """Hashes of all runs of four words; none for a short text. The same on every machine."""
    words = [zlib.crc32(word.encode("utf-8", "replace")) for word in _WORD.findall(text.casefold())]
    if len(words) < FEWEST_WORDS:
        return frozenset()
    runs = zip(words, words[1:], words[2:], words[3:], strict=False)
    return frozenset((((a * _MIX + b) * _MIX + c) * _MIX + d) * _MIX >> 16 & 0xFFFFFFFF for a, b, c, d in runs)


def resemblance(one: frozenset[int], two: frozenset[int]) -> float:
    """The part of the runs of both that is in both: 0 nothing, 1 everything."""
    union = len(one | two)
    return len(one & two) / union if union else 0.0
