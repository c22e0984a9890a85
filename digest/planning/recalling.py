"""A site as it was planned last, where bodies alone are others: nobody reads the entries that none asks for.

What `gather_site`, `ground_plan` and `find_reworded` say of all entries together, this says of those that were edited.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from digest.model import Entry, Gist, Ground, NamedTuple, Site, Theme, dataclass
from digest.planning.gathering import index_site
from digest.planning.rewording import MOST, SIZE, mark_frame
from digest.planning.roster import Find, Roster, RosterDays

_NUMBER = 4  # bytes of a place in the order


class Recalled(NamedTuple):
    """A site, what its plan is made of, and the entries whose bodies are others than when it was planned."""

    site: Site
    ground: Ground
    reworded: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Memory:
    """The keys of all entries, and what can be read of them; with the gists that those had which were edited."""

    keys: Iterable[str]
    find: Find
    gists: Mapping[str, Gist]
    edited: Mapping[str, Gist]


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

    None, if more than bodies has changed since the plan of `ground` was made, which is of the same entries.
    """
    if not ground.plan or ground.frame != mark_frame(bare, theme):
        return None
    ordered = _order_keys(ground, sorted(memory.keys))
    if ordered is None or len(memory.edited) > MOST:
        return None
    shown, hidden = ordered
    bodies = bytearray(ground.bodies)
    if len(bodies) != SIZE * len(shown):
        return None
    reworded: list[Entry] = []
    for place in sorted(map(shown.index, memory.edited.keys() - set(hidden))):
        key = shown[place]
        if _outline(memory.edited[key]) != _outline(memory.gists[key]):
            return None
        reworded.append(memory.find(key))
        bodies[SIZE * place : SIZE * (place + 1)] = reworded[-1].fingerprint
    withheld = tuple(map(memory.find, hidden))
    days = RosterDays(roster := Roster(shown, memory.find), ground.days)
    today = now.date()
    if not future and next(iter(days), today) > today:
        return None
    if any((drafts or not entry.draft) and (future or entry.date <= today) for entry in withheld):
        return None
    site = index_site(bare, roster, days, withheld)
    return Recalled(site, ground._replace(bodies=bytes(bodies)), tuple(reworded))


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


def _outline(gist: Gist) -> tuple[object, ...]:
    """What a plan is made of: see `ground_plan`."""
    return gist.card, gist.stem, gist.terms, gist.links
