"""Two trees of files compared: the site, and what is on the branch, which may be ours or others'."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from digest.model import NamedTuple, dataclass


class Leaf(NamedTuple):
    """A file of a tree: how git calls its kind, and the id of what it holds."""

    mode: str
    blob: str


REGULAR: Final = "100644"


@dataclass(frozen=True, slots=True)
class Changes:
    """Paths, in order: new ones, those with other bytes, those that go; those of others that stay or are in the way.

    What others wrote in the very bytes of the site is `adopted`.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]
    blocked: tuple[str, ...]
    adopted: tuple[str, ...]


def compare(
    site: Mapping[str, str], there: Mapping[str, Leaf], foreign: Collection[str], *, replace: bool = False
) -> Changes:
    """What makes a tree hold the site, path → blob, beside what is `foreign` in it; or to `replace` that, alone."""
    new = {path: Leaf(REGULAR, blob) for path, blob in site.items()}
    others = {path for path in foreign if new.get(path) != there[path]}
    blocked = [] if replace else sorted(_find_blocked(new, others))
    kept = set() if replace else others - new.keys()
    return Changes(
        added=tuple(sorted(new.keys() - there.keys())),
        changed=tuple(sorted(path for path, leaf in new.items() if there.get(path, leaf) != leaf)),
        removed=tuple(sorted(there.keys() - new.keys() - kept)),
        kept=tuple(sorted(kept)),
        blocked=tuple(blocked),
        adopted=tuple(sorted(set(foreign) - others)),
    )


def _find_blocked(new: Mapping[str, Leaf], others: Collection[str]) -> Iterator[str]:
    """What of others is where a file or a folder of the site has to be."""
    folders = {folder for path in new for folder in folders_above(path)}
    for path in others:
        if path in new or path in folders or any(folder in new for folder in folders_above(path)):
            yield path


def folders_above(path: str) -> Iterator[str]:
    """`a/b` and `a` of `a/b/c`."""
    while path := path.rpartition("/")[0]:
        yield path
