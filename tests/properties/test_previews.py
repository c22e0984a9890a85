"""Whatever was edited in whatever order, a preview shows what a clean build would make."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from built_sites import tree
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_builds import ENTRIES, OPTIONS, OTHERS, Edit, Workshop, change_title, open_workshop, write_entry

from digest.model import ProblemError
from digest.pipeline import build, open_preview
from digest.pipeline.preview import LivePreview

LONG = 60.0  # seconds in which the background is done with a few entries
SHOWN = replace(OPTIONS, record=False)  # a preview writes nothing but its cache


@contextmanager
def living(shop: Workshop) -> Iterator[LivePreview]:
    """The preview of a site that is being edited, whose clock is that of the workshop."""
    preview = open_preview(shop.site, SHOWN, now=lambda: shop.now)
    try:
        yield preview
    finally:
        preview.close()


def build_clean(shop: Workshop) -> dict[str, bytes]:
    """What a build elsewhere makes of the site as it lies there; nothing where it has errors."""
    clean = shop.site.parent / f"{shop.site.name}-clean"
    shutil.rmtree(clean, ignore_errors=True)
    for name in ("content", "themes"):
        shutil.copytree(shop.site / name, clean / name)
    try:
        build(clean, clean / "output", SHOWN, now=shop.now)
    except ProblemError:
        return {}
    return {path: data for path, data in tree(clean / "output").items() if path != ".digest-manifest.json"}


def show(preview: LivePreview, path: str) -> bytes | None:
    """The bytes at a path."""
    served = preview.find(path)
    return None if served is None else Path(served.file).read_bytes() if served.file else served.data


def list_stamps(site: Path) -> dict[Path, tuple[int, int]]:
    """How every file of content/ and themes/ looks."""
    return {
        path: (path.stat().st_mtime_ns, path.stat().st_size)
        for name in ("content", "themes")
        for path in (site / name).rglob("*")
        if path.is_file()
    }


def change(shop: Workshop, preview: LivePreview, edit: Edit, *, whole: bool) -> None:
    """Edit the site and tell the preview: of the files themselves, or but of folders."""
    before = list_stamps(shop.site)
    edit(shop)
    after = list_stamps(shop.site)
    paths = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    if paths:
        preview.change({shop.content, shop.site / "themes"} if whole else paths)


SEEN = st.one_of(ENTRIES, ENTRIES, OTHERS, st.just(Workshop.build))  # which keeps the addresses that there were


@given(
    st.lists(st.tuples(SEEN, st.booleans(), st.integers(0, 3)), min_size=1, max_size=7),
    st.randoms(),
    st.sampled_from([0, 16]),
)
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_a_preview_shows_what_a_build_would_make(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[Edit, bool, int]], draw: random.Random, at_once: int
) -> None:
    shop = open_workshop(tmp_path_factory.mktemp("home"))
    with pytest.MonkeyPatch.context() as patch, living(shop) as preview:
        patch.setattr("digest.pipeline.preview._AT_ONCE", at_once)  # of more bodies, some are read in the background
        for edit, whole, look in edits:
            change(shop, preview, edit, whole=whole)
            for path in ["index.html", "tags/index.html", "2024/02/26/entry-1/index.html"][:look]:
                show(preview, path)  # what was looked at is kept, and must be made anew
            if look == 3:
                assert preview.settle(LONG)
        check(shop, preview, draw)


def check(shop: Workshop, preview: LivePreview, draw: random.Random) -> None:
    """Every document is that of a clean build, in whatever order somebody asks."""
    assert preview.settle(LONG)
    expected = build_clean(shop)
    paths = sorted({*expected, "nowhere/index.html", "2024/02/30/index.html", "2024/02/26/index.html"})
    draw.shuffle(paths)
    for path in paths:
        assert (path, show(preview, path)) == (path, expected.get(path))


def test_a_preview_leads_on_from_where_something_was(tmp_path: Path) -> None:
    """Days, slugs and a tag are others now: a day goes with its last entry, and what took a place of old has it."""
    shop = open_workshop(tmp_path)
    for number, slug in enumerate(["entry", "entry", "Entry", "entry"], 1):
        write_entry(number, number, "Words.", ("alpha",), "", "", draft=False, alias=False, slug=slug)(shop)
    shop.build()
    with living(shop) as preview:
        for number in range(1, 5):
            written = write_entry(number, 4, "Words.", ("beta",), "", "", draft=False, alias=False)
            change(shop, preview, written, whole=False)
        check(shop, preview, random.Random(1))
        assert {"tags/alpha/index.html", "2024/02/27/index.html"} <= build_clean(shop).keys()


def edit_body(shop: Workshop) -> None:
    """The words of an entry are others, and nothing else."""
    path = shop.content / "entry-1.md"
    path.write_text(path.read_text(encoding="utf-8").replace("Plain", "Other"), encoding="utf-8")


def edit_linked(shop: Workshop) -> None:
    """An entry moves to which another links."""
    write_entry(1, 3, "Moved.", ("alpha",), "", "", draft=False, alias=False)(shop)


# What would go wrong if something was kept that an edit has turned, and an edit that nobody would see.
MUTATIONS: list[tuple[str, Callable[..., object], Edit]] = [
    ("digest.planning.plan.Draft.renew", lambda draft: draft, edit_body),
    ("digest.pipeline.shelf._is_same_front", lambda *_: True, change_title),
    ("digest.pipeline.shelf._is_same_front", lambda *_: True, edit_linked),
]


@pytest.mark.parametrize(("name", "mutant", "edit"), MUTATIONS, ids=["views", "fronts", "links"])
def test_what_is_kept_too_long_is_found(tmp_path: Path, name: str, mutant: Callable[..., object], edit: Edit) -> None:
    """Each edit is seen by a preview as it is, and lost by one with the mutation: the check above does find it."""
    for mutated in (False, True):
        shop = open_workshop(tmp_path / str(mutated))
        for number, body in enumerate(["Plain words.", "More words.", "See [one](entry-1.md)."], 1):
            write_entry(number, number, body, ("alpha",), "", "", draft=False, alias=False)(shop)
        with living(shop) as preview, pytest.MonkeyPatch.context() as patch:
            assert preview.settle(LONG)
            for path in ("index.html", "2024/02/27/entry-1/index.html", "2024/02/29/index.html"):
                show(preview, path)
            if mutated:
                patch.setattr(name, mutant)
            change(shop, preview, edit, whole=False)
            if mutated:
                with pytest.raises(AssertionError):
                    check(shop, preview, random.Random(1))
            else:
                check(shop, preview, random.Random(1))
