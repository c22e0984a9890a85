from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from built_sites import tree

from digest.model import ProblemError
from digest.writing import AnyStage, StoreStage, open_place, publish_there
from digest.writing.object_stores import check_store

fsspec = pytest.importorskip("fsspec")

MANIFEST = ".digest-manifest.json"


@pytest.fixture(params=["memory", "file"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A place for a site, in a store that begins empty."""
    store = fsspec.filesystem("memory")
    store.store.clear()
    yield "memory://bucket/site" if request.param == "memory" else f"file://{tmp_path}/site"
    store.store.clear()


def write(url: str, files: dict[str, bytes], *, clean: bool = False) -> tuple[set[str], int, set[str]]:
    """What a build of these files wrote, left alone and removed."""
    with open_place(url, rewrite=clean) as stage:
        put = [stage.put(path, data) for path, data in files.items()]
        done = publish_there(stage, {file.path: file.fingerprint for file in put}, {f.path for f in put if not f.equal})
    return set(done.written), done.unchanged, set(done.removed)


def read(url: str) -> dict[str, bytes]:
    """Every object of the site but its manifest."""
    store, root = fsspec.core.url_to_fs(url)
    store.invalidate_cache()
    return {
        path[len(root) + 1 :]: store.cat_file(path) for path in store.find(root) if not path.endswith(f"/{MANIFEST}")
    }


def test_a_store_holds_the_site_and_only_what_changed_is_written(url: str) -> None:
    site = {"index.html": b"beans", "a/b/index.html": b"rows"}
    assert write(url, site) == ({"index.html", "a/b/index.html"}, 0, set())
    assert read(url) == site
    assert write(url, site) == (set(), 2, set())
    assert write(url, {"index.html": b"peas"}) == ({"index.html"}, 0, {"a/b/index.html"})
    assert read(url) == {"index.html": b"peas"}
    assert write(url, {"index.html": b"peas"}, clean=True) == ({"index.html"}, 0, set())


def test_objects_of_others_stay_and_are_not_written_over(url: str) -> None:
    store, root = fsspec.core.url_to_fs(url)
    store.makedirs(root, exist_ok=True)
    store.pipe_file(f"{root}/mine.txt", b"mine")
    write(url, {"index.html": b"beans"})
    assert read(url) == {"index.html": b"beans", "mine.txt": b"mine"}
    with pytest.raises(ProblemError) as raised:
        write(url, {"index.html": b"peas", "mine.txt": b"no"})
    assert [problem.code for problem in raised.value.problems] == ["DG501"]
    assert read(url) == {"index.html": b"beans", "mine.txt": b"mine"}


def test_what_is_lost_is_told_of_and_written_again(url: str) -> None:
    with open_place(url) as stage:
        put = stage.put("index.html", b"beans")
        publish_there(stage, {put.path: put.fingerprint}, {put.path})
    assert check_store(url, {put.path: put.stamp}) == set()
    store, root = fsspec.core.url_to_fs(url)
    store.rm(f"{root}/index.html")
    assert check_store(url, {put.path: put.stamp}) == {"index.html"}
    assert write(url, {"index.html": b"beans"})[0] == {"index.html"}


def test_a_build_that_dies_before_it_decided_changes_nothing(url: str) -> None:
    write(url, {"index.html": b"beans"})

    def die(stage: AnyStage) -> None:
        stage.put("index.html", b"peas")
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"), open_place(url) as stage:
        die(stage)
    assert read(url) == {"index.html": b"beans"}


def test_a_build_that_dies_after_it_decided_is_finished_by_the_next(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    write(url, {"index.html": b"beans", "old.html": b"old"})

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("digest.writing.object_stores._carry_out", die)
        with pytest.raises(KeyboardInterrupt):
            write(url, {"index.html": b"peas"})
    with open_place(url):
        assert read(url) == {"index.html": b"peas"}


@pytest.mark.parametrize("url", ["nosuch://x/y", "file:///proc/none"])
def test_a_store_that_cannot_be_used_is_told_of(url: str) -> None:
    with pytest.raises(ProblemError) as raised:
        write(url, {"index.html": b"beans"})
    assert [problem.code for problem in raised.value.problems] == ["DG502"]
    assert raised.value.problems[0].hint


def test_a_path_that_leaves_the_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="leaves the folder"):
        StoreStage(f"file://{tmp_path}/site", "1", {}).put("../x", b"")
    assert tree(tmp_path) == {}
