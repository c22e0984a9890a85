"""Bringing a built site to where it is read: what is asked for, what would be done, what was done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from digest.model.problem import Problem
from digest.model.values import dataclass


@dataclass(frozen=True, slots=True)
class PublishOrder:
    """What is to be published, and how; folders are paths as the system writes them.

    `target` is what stands behind the name of the publisher: `/srv/www` of `folder:/srv/www`. `remote` and `branch` are
    for those who publish to a branch; an empty `message` leaves it to the publisher. `allow_dirty` publishes even what
    is not committed; `replace` lets the site take the place of all that others put there; `fresh` forgets its history.
    """

    site: str
    folder: str
    base_url: str
    target: str = ""
    remote: str = "origin"
    branch: str = "gh-pages"
    message: str = ""
    allow_dirty: bool = False
    replace: bool = False
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Outlook:
    """What stands in the way before anything is built, and the address that the site would have there, if known."""

    problems: tuple[Problem, ...] = ()
    base_url: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What publishing would do there, path by path; an error among the `problems` forbids it.

    `kept` are the files of others. `send` does it and tells what was done in the end, which may be more than was looked
    at: where somebody else was quicker, it looks again. `done` names what was made, such as a commit, afterwards.
    """

    place: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]
    send: Callable[[], Delivery]
    message: str = ""
    problems: tuple[Problem, ...] = ()
    done: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether all that is to be there is there."""
        return not (self.added or self.changed or self.removed)


class Publisher(Protocol):
    """A kind of place where sites are published."""

    @property
    def name(self) -> str:
        """What `digest publish --to` calls it."""

    def look(self, order: PublishOrder) -> Outlook:
        """See whether anything stands in the way, before the site is built. Changes nothing."""

    def prepare(self, order: PublishOrder, paths: tuple[str, ...]) -> Delivery:
        """Compare the files of these paths, all that digest wrote into the folder, with what is there. Changes nothing.

        Raises:
            ProblemError: the place cannot be seen.
        """
