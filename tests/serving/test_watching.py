from __future__ import annotations

import errno
import os
import shutil
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest
from previews import wait_until

from digest.serving import Watch


class Log:
    """What a watch told."""

    def __init__(self) -> None:
        self.bursts: list[set[Path]] = []

    def take(self, paths: Collection[Path]) -> None:
        self.bursts.append(set(paths))

    @property
    def paths(self) -> set[Path]:
        return set().union(*self.bursts)

    def wait(self, *paths: Path) -> None:
        wait_until(lambda: self.paths >= set(paths))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "content" / "2019").mkdir(parents=True)
    (tmp_path / "content" / "2019" / "a.md").write_text("a")
    return tmp_path


@pytest.fixture(params=[False, True], ids=["told", "polled"])
def log(request: pytest.FixtureRequest, site: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Log]:
    monkeypatch.setattr("digest.serving.watching.POLLING", 0.05)
    log = Log()
    with closing(Watch([site / "content", site / "themes"], poll=request.param)) as watch:
        watch.begin(log.take)
        assert bool(watch.polls) == request.param
        yield log


def save_over(path: Path) -> None:
    """As careful editors do."""
    beside = path.with_name(f".{path.name}.tmp")
    beside.write_text("other words")
    beside.replace(path)


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (lambda path: path.write_text("other words"), "a.md"),
        (save_over, "a.md"),
        (Path.unlink, "a.md"),
        (lambda path: path.rename(path.with_name("b.md")), "b.md"),
        (lambda path: shutil.rmtree(path.parent), "a.md"),
        (lambda path: (path.parent / "new").mkdir() or (path.parent / "new" / "c.md").write_text("c"), "new/c.md"),
    ],
    ids=["written", "saved over", "deleted", "moved", "folder deleted", "folder made"],
)
def test_what_changes_is_told(log: Log, site: Path, act: Callable[[Path], object], told: str) -> None:
    path = site / "content" / "2019" / "a.md"
    act(path)
    log.wait(path.parent / told)
    assert {each.name.startswith(".") for each in log.paths} == {False}


def test_a_folder_that_is_moved_in_is_told_of(log: Log, site: Path) -> None:
    made = site / "elsewhere"
    made.mkdir()
    (made / "b.md").write_text("b")
    made.rename(site / "content" / "2020")
    log.wait(site / "content" / "2020")
    (site / "content" / "2020" / "b.md").write_text("words")
    log.wait(site / "content" / "2020" / "b.md")


def test_a_folder_that_was_not_there_is_watched_when_it_is(log: Log, site: Path) -> None:
    (site / "themes").mkdir()
    log.wait(site / "themes")
    (site / "themes" / "style.css").write_text("p{}")
    log.wait(site / "themes" / "style.css")


def test_a_folder_that_is_made_anew_is_watched_on(log: Log, site: Path) -> None:
    shutil.rmtree(site / "content")
    wait_until(lambda: log.paths)
    time.sleep(0.1)
    (site / "content").mkdir()
    log.bursts.clear()

    def seen() -> bool:  # the watcher needs a moment, in which nobody can tell whether it has begun
        (site / "content" / "new.md").write_text(str(time.monotonic()))
        time.sleep(0.05)
        return site / "content" / "new.md" in log.paths

    wait_until(seen)


def test_what_editors_keep_for_themselves_is_not_told(log: Log, site: Path) -> None:
    folder = site / "content" / "2019"
    for name in (".a.md.swp", "a.md~", "4913", "#a.md#", ".#a.md", "a.md.tmp", "x___jb_tmp___", ".git/index"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x")
    (folder / "a.md").read_text()
    (folder / ".well-known").mkdir()
    (folder / ".well-known" / "last.txt").write_text("x")
    log.wait(folder / ".well-known" / "last.txt")
    assert {path.name for path in log.paths} <= {"last.txt", ".well-known"}


def test_a_burst_is_told_once(site: Path) -> None:
    log = Log()
    with closing(Watch([site / "content"], poll=False)) as watch:
        watch.begin(log.take)
        for number in range(50):
            (site / "content" / f"{number}.md").write_text("x")
        log.wait(*(site / "content" / f"{number}.md" for number in range(50)))
    assert len(log.bursts) < 10


def test_who_waits_for_a_change_sees_it_told(site: Path) -> None:
    go_on, seen = Event(), Event()

    def take(paths: Collection[Path]) -> None:
        seen.set()
        go_on.wait(10)

    with closing(Watch([site / "content"], poll=False)) as watch:
        watch.begin(take)
        watch.settle()
        (site / "content" / "a.md").write_text("x")
        assert seen.wait(10)
        waiter = Thread(target=watch.settle)
        waiter.start()
        waiter.join(0.1)
        assert waiter.is_alive()
        go_on.set()
        waiter.join(10)
        assert not waiter.is_alive()


def test_files_are_looked_at_where_the_system_watches_no_more(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from watchdog.observers import Observer

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Observer, "schedule", refuse)
    monkeypatch.setattr("digest.serving.watching.POLLING", 0.05)
    log = Log()
    with closing(Watch([site / "content"], poll=False)) as watch:
        watch.begin(log.take)
        assert "No space left" in watch.polls
        (site / "content" / "b.md").write_text("x")
        log.wait(site / "content" / "b.md")


@pytest.mark.parametrize(("kind", "silent"), [("ext4", False), ("9p", True), ("nfs4", True), ("fuse.sshfs", True)])
def test_file_systems_that_do_not_tell_are_known(
    site: Path, monkeypatch: pytest.MonkeyPatch, kind: str, silent: bool
) -> None:
    monkeypatch.setattr("digest.serving.watching._read_mounts", lambda: {Path("/"): "ext4", site: kind})
    with closing(Watch([site / "content"], poll=False)) as watch:
        watch.begin(Log().take)
        assert bool(watch.polls) == silent


def test_a_fault_of_ours_is_told_and_the_next_change_too(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = Log()

    def take(paths: Collection[Path]) -> None:
        log.take(paths)
        raise RuntimeError("a fault")

    with closing(Watch([site / "content"], poll=False)) as watch:
        watch.begin(take)
        for name in ("a.md", "b.md"):
            (site / "content" / name).write_text("x")
            log.wait(site / "content" / name)
            watch.settle()
    assert capsys.readouterr().err.count("RuntimeError: a fault") >= 2
