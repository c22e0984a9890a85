"""Work cut into chunks, so that everybody ends at about the same time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

PAYS: Final = 600  # weight below which a second process takes longer to begin than it saves: some 60 ms
LEAST: Final = 50  # weight of the last chunks
MOST: Final = 20_000  # weight of a chunk, for its results lie in memory, and somebody watches how far it is


class Hands(Protocol):
    """Who works; `processes` is how many at once."""

    @property
    def processes(self) -> int:
        """How many work at once."""


def cut(weights: Sequence[int], hands: Hands) -> list[range]:
    """Runs of neighbours, as places in `weights`; a weight of 1 is an entry on a page, a tenth of a millisecond.

    They begin large, since neighbours share what a process remembers, and become smaller towards the end, where one
    process would wait for another. What is not worth a second process is one chunk.
    """
    left = sum(weights)
    if not weights or left < PAYS:
        return [range(len(weights))] if weights else []
    chunks: list[range] = []
    begin = taken = 0
    share = _share(left, hands.processes)
    for place, weight in enumerate(weights, 1):
        taken += weight
        if taken >= share or place == len(weights):
            chunks.append(range(begin, place))
            left -= taken
            begin, taken = place, 0
            share = _share(left, hands.processes)
    return chunks


def _share(left: int, processes: int) -> int:
    return min(max(left // (2 * processes), LEAST), MOST)
