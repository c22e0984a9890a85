"""What is known of files from the last build: how they looked, and where in the cache lies what was made of them."""

from __future__ import annotations

from datetime import date

from digest.model.problem import Problem
from digest.model.tuples import NamedTuple


class Stamp(NamedTuple):
    """How a file looked when it was read or written: one that still looks so holds what it held.

    `changed` is 0 for files of the output folder, which are moved after they are written: that changes it.
    Times are nanoseconds since 1970.
    """

    size: int
    modified: int
    changed: int
    inode: int


class Place(NamedTuple):
    """Where bytes lie in the cache: `length` of them from `offset` on in a file of packs."""

    segment: str
    offset: int
    length: int


class Ground(NamedTuple):
    """What the documents of a build were planned by, for the next one to compare.

    `plan` is a mark of all but what bodies say behind their openings, `past` that of the addresses which the site ever
    had, whose file looked as `written` tells; `bodies` are the fingerprints of the entries, one behind another. `pages`
    is how many pages there were, and `outputs` a mark of how the output folder was left. Where something else had a say
    there is no `plan`.

    So that nobody has to read all entries to put them in order again: `frame` is the mark of what of `plan` is not of
    entries, `seen` that of the files that these are of, as a `Roll` has it, and `order` has the place of each among
    their keys, four bytes; the entries that are shown, in the order of the site, and behind them those that are
    withheld. `days` tells how many are shown of each day. A plan in which nothing is wrong is `sound`.
    `related` are the places of those that are related to each entry, as planning packs them.
    """

    plan: bytes = b""
    past: bytes = b""
    bodies: bytes = b""
    pages: int = 0
    outputs: bytes = b""
    frame: bytes = b""
    seen: bytes = b""
    order: bytes = b""
    days: tuple[tuple[date, int], ...] = ()
    sound: bool = False
    written: Stamp | None = None
    related: bytes = b""


class Roll(NamedTuple):
    """What is known of all bodies together, so that nobody has to go through them for it.

    `seen` is a mark of how all files looked that these bodies were read from, if none of them is in doubt. `others` are
    those that are no entries, each `page` or empty. Of their `problems` the first of each kind are told, and how many
    more there are.
    """

    seen: bytes = b""
    others: dict[str, str] = {}  # noqa: RUF012 - a named tuple has no factories; nobody changes it
    problems: tuple[Problem, ...] = ()
