"""A site as it was planned last, where bodies alone are others: nobody reads the entries that none asks for.

What `gather_site`, `ground_plan` and `find_reworded` say of all entries together, this says of those that changed.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from digest.model import Entry, Gist, Ground, Site, Theme, dataclass
from digest.planning.gathering import index_site
from digest.planning.rewording import MOST, SIZE, find_changed, mark_frame, mark_keys
from digest.planning.roster import Find, Roster, RosterDays

_NUMBER = 4  # bytes of a place in the order


class Recalled(NamedTuple):
    """A site, what its plan is made of, and the entries whose bodies are others than when it was planned."""

    site: Site
    ground: Ground
    reworded: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of all files: the fingerprints of entries by their keys, and what can be read of them.

    `was` gives the gist of an entry when its file had another fingerprint, if that is known.
    """

    fingerprints: Mapping[str, bytes]
    find: Find
    gists: Mapping[str, Gist]
    was: Callable[[str, bytes], Gist | None]


def recall_site(
    ground: Ground,
    memory: Memory,
    bare: Site,
    theme: Theme,
    *,
    now: datetime,
    drafts: bool,
    future: bool,
) -> Recalled | None:
    """A site that is `bare` of entries with those that `gather_site` takes for it.

    None, if more than bodies has changed since the plan of `ground` was made.
    """
    keys = sorted(memory.fingerprints)
    if not ground.plan or (ground.frame, ground.keys) != (mark_frame(bare, theme), mark_keys(keys)):
        return None
    ordered = _order_keys(ground, keys)
    if ordered is None:
        return None
    shown, hidden = ordered
    bodies = b"".join([memory.fingerprints[key] for key in shown])
    changed = find_changed(ground.bodies, bodies)
    if len(ground.bodies) != len(bodies) or len(changed) > MOST:
        return None
    if not all(_is_alike(memory, shown[place], ground.bodies[SIZE * place : SIZE * (place + 1)]) for place in changed):
        return None
    withheld = tuple(map(memory.find, hidden))
    days = RosterDays(roster := Roster(shown, memory.find), ground.days)
    today = now.date()
    if not future and next(iter(days), today) > today:
        return None
    if any((drafts or not entry.draft) and (future or entry.date <= today) for entry in withheld):
        return None
    site = index_site(bare, roster, days, withheld)
    return Recalled(site, ground._replace(bodies=bodies), tuple(roster[place] for place in changed))


def _order_keys(ground: Ground, keys: Sequence[str]) -> tuple[list[str], list[str]] | None:
    """The keys of the entries that are shown, in the order of the site, and of those that are not.

    None, where nobody wrote that.
    """
    order = struct.unpack(f"<{len(ground.order) // _NUMBER}I", ground.order[: len(ground.order) // _NUMBER * _NUMBER])
    counts = [number for _, number in ground.days]
    count = sum(counts)
    if sorted(order) != list(range(len(keys))) or count > len(keys) or min(counts, default=1) < 1:
        return None
    ordered = [keys[place] for place in order]
    return ordered[:count], ordered[count:]


def _is_alike(memory: Memory, key: str, fingerprint: bytes) -> bool:
    """Whether an entry tells planning what it told with another fingerprint."""
    was = memory.was(key, fingerprint)
    return was is not None and _outline(was) == _outline(memory.gists[key])


def _outline(gist: Gist) -> tuple[object, ...]:
    """What a plan is made of: see `ground_plan`."""
    return gist.card, gist.stem, gist.terms, gist.links
