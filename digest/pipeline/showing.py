"""One document of a site, found by its path and made; the last that were, for who asks again."""

from __future__ import annotations

from typing import Final

from digest.model import Served, Sketch, StaticFile
from digest.planning import Draft
from digest.rendering import Renderer

_KEPT: Final = 100  # documents that are kept until something changes, none of them large
_LARGEST: Final = 1_000_000  # bytes


def find_sketch(draft: Draft | None, path: str) -> Sketch | None:
    """The document whose file, or one of whose files, has this path."""
    if draft is None:
        return None
    url = f"/{path}"
    folder = url.removesuffix("index.html")
    return (draft.find(folder) if folder != url else None) or draft.find(url)


def show_sketch(sketch: Sketch, renderer: Renderer, path: str) -> Served | None:
    """The document of a path, made.

    Raises:
        ProblemError: it cannot be, since a template is wrong.
    """
    artifact = sketch.make()
    if isinstance(artifact, StaticFile) and artifact.path:
        return Served(path, file=artifact.path)
    return next((Served(path, output.data) for output in renderer.render(artifact) if output.path == path), None)


class Recent:
    """What somebody asked for since anything changed: pages ask how they look, again and again."""

    def __init__(self) -> None:
        self._edition = -1
        self._made: dict[str, Served] = {}

    def find(self, edition: int, path: str) -> Served | None:
        """The document of a path in this edition of the site, if it is known."""
        return self._made.get(path) if edition == self._edition else None

    def keep(self, edition: int, served: Served | None) -> Served | None:
        """This document, if it is one, is of this edition."""
        if edition != self._edition or len(self._made) >= _KEPT:
            self._edition, self._made = edition, {}
        if served and len(served.data) <= _LARGEST:
            self._made[served.path] = served
        return served
