"""The documents of a site made on other machines, which plan it again from what is sent to them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from typing import Final

from digest.caching import KnownBody, PackReader, decode_prose
from digest.model import Prose, Site, Sketch, Theme, ThemeFilter, dataclass
from digest.pipeline.documents import Made, Maker
from digest.planning import plan_site
from digest.plugins import find_plugin, tell_origin
from digest.rendering import Renderer
from digest.sealing import environment_key
from digest.working import cut, open_far_crew, refuse_environment
from digest.writing import AnyStage, send_stage

_KEPT: Final = 256  # bodies that are kept in memory, see `bodies`


class SentProse(Mapping[str, Prose]):
    """The prose of bodies by key, unpacked when somebody asks for it."""

    def __init__(self, packed: Mapping[str, bytes]) -> None:
        self._packed = packed
        self._decode = lru_cache(maxsize=_KEPT)(decode_prose)

    def __reduce__(self) -> tuple[type[SentProse], tuple[Mapping[str, bytes]]]:
        """Packed, as it is."""
        return SentProse, (self._packed,)

    def __getitem__(self, key: str) -> Prose:
        """The prose of an entry or page."""
        return self._decode(self._packed[key])

    def __iter__(self) -> Iterator[str]:
        """The keys of what was compiled."""
        return iter(self._packed)

    def __len__(self) -> int:
        """How many bodies were compiled."""
        return len(self._packed)


@dataclass(frozen=True, slots=True)
class Freight:
    """All that another machine needs to make documents of a site; `plan` is a fingerprint of the plan it comes to."""

    site: Site
    theme: Theme
    stage: AnyStage
    plan: bytes
    environment: bytes


@dataclass(frozen=True, slots=True)
class Carrier:
    """Has documents made by the workers of a scheduler, all but those that are better made here."""

    address: str
    site: Site
    theme: Theme
    bodies: Mapping[str, KnownBody]
    reader: PackReader

    def __call__(self, sketches: Sequence[Sketch], todo: Sequence[int], stage: AnyStage) -> Iterator[Made]:
        """What becomes of the sketches of these numbers.

        Raises:
            ProblemError: DG801, DG802.
        """
        with open_far_crew(self.address, environment_key) as crew:
            packed = {key: self.reader.read(body.place) for key, body in self.bodies.items() if body.place}
            site = replace(self.site, prose=SentProse(packed))
            freight = Freight(site, self.theme, send_stage(stage), fingerprint_plan(sketches), environment_key())
            chunks = ([todo[at] for at in chunk] for chunk in cut([sketches[number].weight for number in todo], crew))
            yield from crew.run(make_afar, freight, chunks)


def fingerprint_plan(sketches: Iterable[Sketch]) -> bytes:
    """Of two plans with the same, a number means the same document."""
    hasher = blake2b(digest_size=16)
    for sketch in sketches:
        hasher.update(repr((sketch.url, sketch.kind, sketch.marks)).encode("utf-8", "surrogatepass"))
    return hasher.digest()


_ONE: Final = Lock()  # a worker of several threads makes one chunk after another: pages share what they remember
_PREPARED: Final[dict[tuple[bytes, str], Maker]] = {}


def make_afar(freight: Freight, numbers: Sequence[int]) -> Made:
    """On another machine: what becomes of the sketches of these numbers."""
    with _ONE:
        name = (freight.plan, freight.stage.name)
        if name not in _PREPARED:
            _PREPARED.clear()
            _PREPARED[name] = _prepare(freight)
        return _PREPARED[name](numbers)


def _is_here(wanted: ThemeFilter) -> bool:
    """Whether the same plugin is on this machine. What others made of the site has been sent."""
    plugin = find_plugin("filters", wanted.plugin.name)
    return plugin is not None and tell_origin(plugin) == wanted.origin


def _prepare(freight: Freight) -> Maker:
    if freight.environment != environment_key() or not all(map(_is_here, freight.theme.filters)):
        raise refuse_environment([os.uname().nodename if hasattr(os, "uname") else "a worker"])
    sketches = plan_site(freight.site, freight.theme).sketches
    if fingerprint_plan(sketches) != freight.plan:
        raise RuntimeError("the same site came to another plan here")
    nowhere = PackReader(Path(os.devnull))  # the cache is on the machine that sends
    return Maker(sketches, {}, Renderer(freight.theme), freight.stage, nowhere)
