"""Sketches of what holds little, and is made at once; what holds entries is made when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from digest.model import Artifact, Page, PluginPage, Sketch, StaticFile, annotations_of
from digest.planning.atlas import FRAME, Atlas
from digest.planning.lazily import Once
from digest.planning.marks import mark, mark_value
from digest.planning.paging import Part

NAMED: Final = 4  # entries that are made as quickly where they are but named as one that stands there whole


def sketch_page(atlas: Atlas, page: Page, modified: str | None = None) -> Sketch:
    """A page of the site itself. `modified` is for search engines, and none keeps them out."""
    return sketch_shown(atlas, page.url, page.title, lambda: page, modified)


def sketch_shown(atlas: Atlas, url: str, title: str, make: Callable[[], Page], modified: str | None) -> Sketch:
    """A page of the site itself that takes a while to make: it is marked by all that it shows."""
    made = Once(make)
    what = f"the page {title!r} that every site has"
    return sketch_list(atlas, url, ("what it shows",), partial(_tell_shown, made), made, what=what, modified=modified)


def _tell_shown(make: Callable[[], Page]) -> tuple[bytes, ...]:
    page = make()
    names = annotations_of(type(page)) or ()
    shown = [getattr(page, name) for name in names if name != "masthead"]  # which is in the frame
    return (mark_value(shown),)


def sketch_list(
    atlas: Atlas,
    url: str,
    names: tuple[str, ...],
    tell: Callable[[], tuple[bytes, ...]],
    make: Callable[[], Page | PluginPage],
    *,
    what: str,
    modified: str | None,
    weight: int = 1,
) -> Sketch:
    """A page that is dear to make, such as one of entries; `tell` gives its marks beside those of settings and theme.

    `names` say what they are marks of.
    """
    return Sketch(
        url=url,
        kind="page",
        names=(*FRAME, *names),
        told=Once(partial(_tell_list, atlas.frame, tell)),
        make=make,
        what=what,
        modified=modified,
        weight=weight,
    )


def _tell_list(frame: tuple[bytes, ...], tell: Callable[[], tuple[bytes, ...]]) -> tuple[bytes, ...]:
    return frame + tell()


def sketch_part(
    atlas: Atlas,
    part: Part,
    names: tuple[str, ...],
    tell: Callable[[], tuple[bytes, ...]],
    make: Callable[[], Page],
    *,
    what: str,
) -> Sketch:
    """A page of a list of entries that may have several."""
    modified = atlas.days[part.entries[0].date].iso
    weight = 1 + len(part.entries) // NAMED
    return sketch_list(atlas, part.url, names, tell, make, what=what, modified=modified, weight=weight)


def sketch_value(value: Artifact, kind: str, url: str, what: str) -> Sketch:
    """What is no page and holds little."""
    return Sketch(url, kind, ("what it holds",), (mark_value(value),), partial(give, value), what)


def sketch_file(file: StaticFile, what: str, path: str = "") -> Sketch:
    """A file as it is."""
    marks = (file.fingerprint or mark(file.data),)
    return Sketch(file.url, "file", ("the file",), marks, partial(give, file), what, path)


def sketch_known(url: str, marks: tuple[bytes, ...]) -> Sketch:
    """A document of the last build whose files are known: they are put back, and nobody has to make it."""
    return Sketch(url, "known", (), marks, partial(_never, url), "a document of the last build")


def _never(url: str) -> Artifact:
    raise LookupError(f"nobody knows what {url} was made of")


def give(value: Artifact) -> Artifact:
    """What is made already."""
    return value
