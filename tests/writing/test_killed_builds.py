"""A build that dies at any step leaves whole files only, and its stage is undone or finished by the next."""

from __future__ import annotations

import errno
import os
import shutil
import signal
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from published import publish_site, tree, whole_tree

from digest.locking import hold_lock
from digest.model import ProblemError
from digest.writing import is_unfinished, open_stage
from digest.writing.opening import LOCK
from digest.writing.publishing import DECISION
from digest.writing.stage import STAGE

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are killed by forks of this one")

# What a build asks of the system.
CALLS = ("open", "write", "fsync", "close", "mkdir", "rename", "replace", "unlink", "rmdir", "scandir", "listdir")

FOREIGN = {"CNAME": "example.org", "old/mine.txt": "mine", "2019/01/03/mine.txt": "mine too"}
OLD = {
    "index.html": "home",
    "about/index.html": "about",
    "2018/01/02/a/index.html": "a",
    "2018/01/02/index.html": "day",
    "2019/01/02/b/index.html": "b",
    "2019/01/03/c/index.html": "c",
    "old/deep/index.html": "old",
    "file": "becomes a folder",
    "folder/a/index.html": "becomes a file",
    "equal/index.html": "equal",
}
NEW = {
    "index.html": "home, and more",
    "about/index.html": "about",
    "2018/01/02/a/index.html": "a, edited",
    "2018/01/02/index.html": "day, edited",
    "2019/01/02/b/index.html": "b, edited",
    "2019/01/03/c/index.html": "c, edited",
    "2020/05/06/d/index.html": "d",
    "2020/05/06/index.html": "another day",
    "file/index.html": "is a folder",
    "folder": "is a file",
    "equal/index.html": "equal",
}
# An edit after which nearly all stays: no folder is replaced as a whole.
EDIT = {**OLD, "2018/01/02/a/index.html": "a, edited"}
SITES = pytest.mark.parametrize("new", [NEW, EDIT], ids=["much", "little"])


def replace_calls(instead: Callable[[int, Callable[..., Any]], Callable[..., Any]]) -> Callable[[], None]:
    """Count the calls of the system, and let `instead` say what each one is; returns what undoes it."""
    real = {name: getattr(os, name) for name in CALLS}
    count = iter(range(10**6))

    def counted(call: Callable[..., Any]) -> Callable[..., Any]:
        def ask(*given: Any, **named: Any) -> Any:
            return instead(next(count), call)(*given, **named)

        return ask

    for name, call in real.items():
        setattr(os, name, counted(call))

    def undo() -> None:
        for name, call in real.items():
            setattr(os, name, call)

    return undo


def run_killed(step: int, work: Callable[[], object]) -> bool:
    """Do it in another process, which is killed before a step (in the middle of it, if it writes); whether it was."""
    child = os.fork()
    if child == 0:
        write = os.write

        def kill(number: int, call: Callable[..., Any]) -> Callable[..., Any]:
            if number != step:
                return call

            def die(*given: Any) -> None:
                if call is write:
                    write(given[0], given[1][: len(given[1]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)

            return die

        code = 1
        try:
            replace_calls(kill)
            work()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    assert os.WEXITSTATUS(status) == 0
    return False


def copies(tmp_path: Path, site: dict[str, str]) -> Iterator[tuple[int, Path]]:
    """Output folders that hold a site and the files of others, one for each step until somebody stops."""
    start = tmp_path / "start"
    for path, text in FOREIGN.items():
        (start / path).parent.mkdir(parents=True, exist_ok=True)
        (start / path).write_text(text)
    publish_site(site, start)
    for step in range(10**4):
        yield step, Path(shutil.copytree(start, tmp_path / f"out{step}"))


def settle(folder: Path) -> None:
    with open_stage(folder, patience=0):
        pass
    assert not is_unfinished(folder)
    assert not (folder / LOCK).exists()


def check_whole(folder: Path, new: dict[str, str]) -> None:
    """No file is cut, none of others is touched; those on the stage are nobody's."""
    found = {path: text for path, text in tree(folder).items() if not path.startswith(".digest-")}
    for path, text in found.items():
        assert text in {FOREIGN.get(path), OLD.get(path), new.get(path), "a folder"}
    assert FOREIGN.items() <= found.items()


def files_of(folder: Path) -> dict[str, str]:
    """A folder that could not be removed may stay, empty."""
    return {path: text for path, text in whole_tree(folder).items() if text != "a folder"}


@needs_fork
@SITES
def test_a_build_killed_at_any_step_is_undone_or_finished(tmp_path: Path, new: dict[str, str]) -> None:
    before = clean_tree(tmp_path / "before", OLD)
    after = clean_tree(tmp_path / "after", new)
    seen = []
    for step, folder in copies(tmp_path, OLD):
        if not run_killed(step, lambda folder=folder: publish_site(new, folder)):  # type: ignore[misc]  # a default
            break
        check_whole(folder, new)
        undone = Path(shutil.copytree(folder, tmp_path / "again"))
        settle(undone)
        seen.append(whole_tree(undone) == after)
        assert whole_tree(undone) in (before, after)
        shutil.rmtree(undone)
        publish_site(new, folder)
        assert whole_tree(folder) == after
    assert False in seen
    assert True in seen
    assert seen == sorted(seen), "once it is decided, it stays so"


def clean_tree(folder: Path, site: dict[str, str]) -> dict[str, str]:
    """What a clean build gives."""
    publish_site(site, folder)
    return {**whole_tree(folder), **FOREIGN}


@needs_fork
def test_what_finishes_a_killed_build_may_be_killed_as_well(tmp_path: Path) -> None:
    after = clean_tree(tmp_path / "after", NEW)
    for step, folder in copies(tmp_path, OLD):
        assert run_killed(step, lambda folder=folder: publish_site(NEW, folder))  # type: ignore[misc]  # a default
        if sum("manifest" in path for path in whole_tree(folder)) < 2:
            continue  # not decided yet
        half = folder
        if "folder" in whole_tree(folder):
            break  # in the middle of publishing
    steps = 0
    while True:
        folder = Path(shutil.copytree(half, tmp_path / f"half{steps}"))
        if not run_killed(steps, lambda folder=folder: settle(folder)):  # type: ignore[misc]  # a default
            break
        check_whole(folder, NEW)
        settle(folder)
        assert whole_tree(folder) == after
        steps += 1
    assert steps > 20


class Interrupts:
    """Ctrl-C, and SIGTERM that the command turns into an exception, before or after some calls of the system."""

    def __init__(self, steps: Collection[int], *, late: bool) -> None:
        self._steps, self._late = steps, late
        self.count = 0  # of those that came

    def instead(self, number: int, call: Callable[..., Any]) -> Callable[..., Any]:
        if number not in self._steps:
            return call
        self.count += 1
        late = self._late and call.__name__ != "scandir"  # nobody would close that

        def interrupted(*given: Any, **named: Any) -> None:
            if late:
                call(*given, **named)
            raise KeyboardInterrupt

        return interrupted


def run_interrupted(interrupts: Interrupts, work: Callable[[], object]) -> None:
    undo = replace_calls(interrupts.instead)
    try:
        with suppress(KeyboardInterrupt):
            work()
    finally:
        undo()


def check_tidy(folder: Path) -> bool:
    """Nobody holds the folder, and the stage that is left, if any, is decided; whether one is."""
    assert not (folder / LOCK).exists()
    assert all((root / DECISION).is_file() for root in (folder / STAGE).glob("*"))
    return is_unfinished(folder)


@pytest.mark.parametrize("late", [False, True], ids=["before", "after"])
@SITES
def test_an_interrupted_build_takes_its_stage_away_unless_it_was_decided(
    tmp_path: Path, new: dict[str, str], late: bool
) -> None:
    before = clean_tree(tmp_path / "before", OLD)
    after = clean_tree(tmp_path / "after", new)
    for step, folder in copies(tmp_path, OLD):
        interrupts = Interrupts({step}, late=late)
        run_interrupted(interrupts, lambda folder=folder: publish_site(new, folder))  # type: ignore[misc]  # a default
        if not interrupts.count:
            break
        check_whole(folder, new)
        assert check_tidy(folder) or whole_tree(folder) in (before, after)
        settle(folder)
        assert whole_tree(folder) in (before, after)
    assert step > 50


@pytest.mark.parametrize("late", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("apart", [1, 2])
def test_who_interrupts_a_build_twice_finds_nothing_of_it(tmp_path: Path, late: bool, apart: int) -> None:
    """Wherever it is, opening, at work, or about to take its stage away; there is that of a killed one before it."""
    before = clean_tree(tmp_path / "before", OLD)

    def work(folder: Path) -> None:
        with open_stage(folder) as stage:
            stage.put("a/index.html", b"a")
            stage.put("b/index.html", b"b")

    for step, folder in copies(tmp_path, OLD):
        for name in ("0-0/files/a/index.html", "0-0/part", "1-1/files/index.html"):
            (folder / STAGE / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / STAGE / name).write_text("a killed build's")
        untouched = whole_tree(folder)
        interrupts = Interrupts({step, step + apart}, late=late)
        run_interrupted(interrupts, lambda folder=folder: work(folder))  # type: ignore[misc]  # a default
        if not interrupts.count:
            break
        assert whole_tree(folder) in (before, untouched)
        settle(folder)
        assert whole_tree(folder) == before
    assert step > 40


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EIO])
def test_what_the_system_refuses_is_a_problem_and_no_mixture(tmp_path: Path, code: int) -> None:
    before = clean_tree(tmp_path / "before", OLD)
    after = clean_tree(tmp_path / "after", NEW)
    real_write, real_close = os.write, os.close
    told = 0
    for step, folder in copies(tmp_path, OLD):

        def refuse(number: int, call: Callable[..., Any], step: int = step) -> Callable[..., Any]:
            if number != step or call is real_close:
                return call

            def fail(*given: Any) -> None:
                if call is real_write:  # a disk that is nearly full takes a part
                    real_write(given[0], given[1][: len(given[1]) // 2])
                raise OSError(code, os.strerror(code), given[0] if isinstance(given[0], str) else None)

            return fail

        codes: list[str] = []
        undo = replace_calls(refuse)
        try:
            publish_site(NEW, folder)
        except ProblemError as error:
            told += 1
            codes = [problem.code for problem in error.problems]
        finally:
            undo()
        assert codes in ([], ["DG502"])
        check_whole(folder, NEW)
        settle(folder)
        assert files_of(folder) in (before, after)
        publish_site(NEW, folder)
        assert files_of(folder) == after
        if step > 150:
            break
    assert told > 50


@needs_fork
def test_two_builds_at_once_wait_for_each_other(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    sites = [OLD, NEW, EDIT]
    for _ in range(5):
        children = []
        for site in sites:
            child = os.fork()
            if child == 0:
                code = 1
                try:
                    publish_site(site, folder)
                    code = 0
                finally:
                    os._exit(code)
            children.append(child)
        assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0, 0, 0]
        assert tree(folder) in sites


@needs_fork
def test_who_waits_for_too_long_is_told(tmp_path: Path) -> None:
    with open_stage(tmp_path), pytest.raises(ProblemError, match="DG502 another build is at work"):
        settle(tmp_path)
    settle(tmp_path)


@needs_fork
def test_a_worker_that_outlives_its_build_puts_nothing_into_the_next(tmp_path: Path) -> None:
    with open_stage(tmp_path) as stage:
        stage.put("a/index.html", b"a")
    with open_stage(tmp_path) as other:
        with pytest.raises(ProblemError):
            stage.put("a/index.html", b"a")
        with pytest.raises(ProblemError):
            stage.put("b/index.html", b"b")
        other.put("c/index.html", b"c")
    assert tree(tmp_path) == {}


@needs_fork
@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root becomes somebody else")
def test_a_folder_that_may_not_be_written_is_a_problem(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    publish_site(OLD, folder)
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.chdir(folder.parent)
            os.setuid(65534)
            try:
                publish_site(NEW, Path("out"))
            except ProblemError as error:
                code = 0 if [problem.code for problem in error.problems] == ["DG502"] else 2
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert tree(folder) == OLD


@needs_fork
def test_a_lock_is_not_held_by_the_dead_nor_by_their_children(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    ready, tell = os.pipe()
    child = os.fork()
    if child == 0:
        with hold_lock(path, 0):
            if os.fork() == 0:
                sleep(5)  # lives on
                os._exit(0)
            os.write(tell, b"%d" % os.getpid())
            signal.pause()
    os.read(ready, 20)
    with hold_lock(path, 0.05) as held:
        assert not held
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with hold_lock(path, 5) as held:
        assert held
    assert not path.exists()
