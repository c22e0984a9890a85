"""Sketches of what holds little, and is made at once; what holds entries is made when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from digest.model import Artifact, Page, Sketch, StaticFile
from digest.planning.atlas import FRAME, Atlas
from digest.planning.marks import mark, mark_value


def sketch_page(atlas: Atlas, page: Page, modified: str | None = None) -> Sketch:
    """A page of the site itself. `modified` is for search engines, and none keeps them out."""
    marks = (*atlas.frame, mark_value(page))
    what = f"the page {page.title!r} that every site has"
    return Sketch(page.url, "page", (*FRAME, "what it shows"), marks, partial(give, page), what, modified=modified)


def sketch_list(
    atlas: Atlas,
    url: str,
    make: Callable[[], Page],
    told: tuple[tuple[str, bytes], ...],
    *,
    title: str,
    modified: str,
    weight: int,
) -> Sketch:
    """A page that shows entries; `told` says what it is made of beside settings and theme."""
    names = (*FRAME, *(name for name, _ in told))
    marks = (*atlas.frame, *(found for _, found in told))
    what = f"the page {title!r} that every site has"
    return Sketch(url, "page", names, marks, make, what, modified=modified, weight=weight)


def sketch_value(value: Artifact, kind: str, url: str, what: str) -> Sketch:
    """What is no page and holds little."""
    return Sketch(url, kind, ("what it holds",), (mark_value(value),), partial(give, value), what)


def sketch_file(file: StaticFile, what: str, path: str = "") -> Sketch:
    """A file as it is."""
    marks = (file.fingerprint or mark(file.data),)
    return Sketch(file.url, "file", ("the file",), marks, partial(give, file), what, path)


def give(value: Artifact) -> Artifact:
    """What is made already."""
    return value
