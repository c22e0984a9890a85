"""Texts that are nearly equal, found without comparing every two: a small, fair sample of its word runs is a text."""

from __future__ import annotations

import re
import zlib
from typing import Final

# Two texts are near when this part of the word runs of both together is in both (Broder's resemblance).
NEAR: Final = 0.4
# Shorter texts say too little: "This paper has been withdrawn by its author."
FEWEST_WORDS: Final = 20
# The smallest hashes of two texts estimate their resemblance (bottom-k sketches): by 128 of them within 0.05.
SKETCH_SIZE: Final = 128
# Near texts share many of the sixteen smallest; so few are enough to look a text up by.
LOOKUP_SIZE: Final = 16
SHARED: Final = 2

_BITS: Final = 0x3FFFFFFF  # what Python computes with fastest
_WORD: Final = re.compile(r"[^\W_]+")

Sketch = tuple[int, ...]


def sketch_text(text: str) -> Sketch:
    """The smallest hashes of all runs of four words, in order; none for a short text. The same on every machine."""
    words = [checksum & _BITS for checksum in map(zlib.crc32, map(str.encode, _WORD.findall(text.casefold())))]
    if len(words) < FEWEST_WORDS:
        return ()
    # Words are mixed by exclusive or, each shifted by its place: nearly as even as their checksums, and cheap.
    runs = zip(words, words[1:], words[2:], words[3:], strict=False)
    hashes = {a ^ b >> 1 ^ c >> 2 ^ d >> 3 for a, b, c, d in runs}
    return tuple(sorted(hashes)[:SKETCH_SIZE])


def resemblance(one: Sketch, two: Sketch) -> float:
    """The part of the runs of both texts that is in both, estimated: 0 nothing, 1 everything."""
    first, second = set(one), set(two)
    union = sorted(first | second)[:SKETCH_SIZE]
    return sum(run in first and run in second for run in union) / len(union) if union else 0.0
