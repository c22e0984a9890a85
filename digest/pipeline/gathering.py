"""What was read → the site of a build, and what of it is other than it was planned by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Protocol

from digest import planning
from digest.caching import DamagedCache, Known, KnownBody
from digest.model import (
    Entry,
    Gist,
    Ground,
    NamedTuple,
    PageFile,
    Past,
    Problem,
    Prose,
    Settings,
    Site,
    StaticFile,
    Theme,
)
from digest.pipeline.bodies import Bodies
from digest.pipeline.contributions import add_contributions, makes_pages


class Gathered(NamedTuple):
    """A site and what its plan is made of; the entries that are reworded, if nothing else is other than it was.

    If they only say something else than they did, `retold` tells which.
    """

    site: Site
    ground: Ground
    reworded: tuple[Entry, ...] | None
    problems: tuple[Problem, ...] = ()
    retold: planning.Retold | None = None


class Held(Protocol):
    """All that lies under content/, as who read it holds it."""

    @property
    def entries(self) -> Iterable[Entry]:
        """The entries."""

    @property
    def pages(self) -> Iterable[PageFile]:
        """The plain pages."""

    @property
    def static(self) -> Iterable[StaticFile]:
        """The static files."""

    @property
    def prose(self) -> Mapping[str, Prose]:
        """The bodies of entries and pages by key."""

    @property
    def gists(self) -> Mapping[str, Gist]:
        """What planning asks of the bodies."""


class KnownGists(Mapping[str, Gist]):
    """What planning asks of bodies, read when it is asked for."""

    def __init__(self, bodies: Mapping[str, KnownBody]) -> None:
        self._bodies = bodies

    def __getitem__(self, key: str) -> Gist:
        """The gist of an entry or page."""
        return self._bodies[key].gist

    def __iter__(self) -> Iterator[str]:
        """The keys of all bodies."""
        return iter(self._bodies)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._bodies)


def gather(
    settings: Settings,
    theme: Theme,
    bodies: Bodies,
    known: Known,
    *,
    past: bytes,
    now: datetime,
    drafts: bool,
    future: bool,
    afresh: bool,
) -> Gathered:
    """The site of `now`, which is in its zone; `past` is the mark of the addresses that it ever had.

    If only the ends of bodies are others than in the last build, or nothing, the other entries are read when somebody
    asks for them. Who plans `afresh` is told nothing of the last build.
    """
    if not afresh and known.ground.past == past and bodies.edited is not None and not makes_pages(settings):
        memory = planning.Memory(
            bodies.entry_keys,
            _find_in(bodies.known),
            KnownGists(bodies.known),
            {key: body.gist for key, body in bodies.edited.items()},
        )
        bare = planning.gather_site(
            settings, (), bodies.pages, bodies.static,
            prose=bodies.prose, gists=memory.gists, now=now, drafts=drafts, future=future,
        )  # fmt: skip
        recalled = planning.recall_site(known.ground, memory, bare, theme, now=now, drafts=drafts, future=future)
        if recalled:
            return Gathered(*recalled)
    site, faults = gather_whole(settings, bodies, now=now, drafts=drafts, future=future)
    ground = planning.ground_plan(site, theme, past)
    if afresh:
        return Gathered(site, ground, None, faults)
    reworded = planning.find_reworded(site, known.ground, ground)
    if reworded is not None or not bodies.edited:
        return Gathered(site, ground, reworded, faults)
    return Gathered(site, ground, None, faults, planning.find_retold(site, _list_told(bodies), known.ground, ground))


def _list_told(bodies: Bodies) -> dict[str, tuple[Entry, Gist]]:
    """What entries said that were edited."""
    edited = bodies.edited or {}
    return {key: (body.source, body.gist) for key, body in edited.items() if isinstance(body.source, Entry)}


def gather_whole(
    settings: Settings,
    held: Held,
    *,
    now: datetime,
    drafts: bool,
    future: bool,
    past: tuple[Past, ...] | None = None,
    before: Site | None = None,
) -> tuple[Site, tuple[Problem, ...]]:
    """The site of all that was read, with what its plugins make of it; DG811, DG812 for those that cannot."""
    site = planning.gather_site(
        settings, held.entries, held.pages, held.static,
        prose=held.prose, gists=held.gists, now=now, drafts=drafts, future=future, past=past, before=before,
    )  # fmt: skip
    return add_contributions(site)


def _find_in(bodies: Mapping[str, KnownBody]) -> Callable[[str], Entry]:
    def find(key: str) -> Entry:
        source = bodies[key].source
        if not isinstance(source, Entry):
            raise DamagedCache("an entry that is none")
        return source

    return find
