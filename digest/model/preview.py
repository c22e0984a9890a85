"""A site that is seen while it is written."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from digest.model.problem import Problem
from digest.model.tuples import NamedTuple


class Served(NamedTuple):
    """A document as it is served: its bytes or, of one that is copied as it is, the file that holds them."""

    path: str
    data: bytes = b""
    file: str = ""


class Preview(Protocol):
    """Makes a document when it is asked for. Any thread may ask; who asks during a change waits for its end."""

    @property
    def base_path(self) -> str:
        """The path that the site will have on the web, with a slash at both ends."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the site as it lies on the disk; with an error, the last good site is what is served."""

    @property
    def state(self) -> int:
        """A number that grows with each change of what is served, or of what is wrong."""

    def wait(self, seen: int, seconds: float) -> int:
        """The state once it is another than was seen, or what it is after so many seconds."""

    def find(self, path: str) -> Served | None:
        """The document at a path of the output folder, such as `2019/12/06/index.html`.

        Raises:
            ProblemError: it cannot be made, since a template is wrong.
        """

    def change(self, paths: Collection[str]) -> None:
        """Take in that these files were changed, made or deleted; folders stand for all that they hold."""

    def look_again(self) -> None:
        """Who tells of changes does so from now on: what changed before is looked for, by and by."""

    def close(self) -> None:
        """Nobody will ask any more."""
