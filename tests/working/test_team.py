from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Problem, ProblemError
from digest.working import open_crew

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="workers are forks, on Linux only")

CHUNKS = [range(number, number + 3) for number in range(0, 30, 3)]


class TroubleError(Exception):
    """An error that can be packed, and not unpacked."""

    def __init__(self, one: int, two: int) -> None:
        super().__init__(f"{one} and {two}")


@pytest.fixture(autouse=True)
def _no_child_is_left() -> Iterator[None]:
    ends = count_open()
    yield
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
    assert count_open() == ends


@given(st.integers(1, 5), st.lists(st.binary(max_size=40), max_size=30))
@settings(max_examples=20, deadline=None)
def test_results_are_those_of_map_in_its_order(processes: int, chunks: list[bytes]) -> None:
    with open_crew(processes) as crew:
        assert list(crew.run(bytes.hex, chunks)) == list(map(bytes.hex, chunks))


@pytest.mark.parametrize(("processes", "chunks", "done"), [(2, 2, 1), (1, 2, 0), (2, 1, 0)])
def test_what_can_be_done_meanwhile_is_done_while_others_work(processes: int, chunks: int, done: int) -> None:
    told: list[int] = []
    with open_crew(processes) as crew:
        results = crew.run(abs, range(chunks), lambda: told.append(os.getpid()))
        assert told == [os.getpid()] * done
        assert list(results) == list(range(chunks))


def test_workers_inherit_what_cannot_be_packed_and_share_the_chunks(tmp_path: Path) -> None:
    together = {len(chunk) for chunk in CHUNKS}

    def work(chunk: range) -> tuple[int, bool]:
        (tmp_path / str(os.getpid())).touch()
        end = time.monotonic() + 60
        while len(list(tmp_path.iterdir())) < 3 and time.monotonic() < end:
            time.sleep(0.01)  # a loaded machine may start one when another would be done with all
        return os.getpid(), len(chunk) in together

    with open_crew(3) as crew:
        made = list(crew.run(work, CHUNKS))
    assert all(good for _, good in made)
    assert len({process for process, _ in made}) == 3
    assert os.getpid() not in {process for process, _ in made}


def test_large_answers_and_more_numbers_than_a_pipe_holds() -> None:
    with open_crew(2) as crew:
        assert [len(data) for data in crew.run(bytes, [3_000_000, 1, 2_000_000])] == [3_000_000, 1, 2_000_000]
        assert sum(crew.run(abs, range(5000))) == sum(range(5000))


def test_a_crew_works_more_than_once_and_begins_before_it_is_asked(tmp_path: Path) -> None:
    def touch(name: str) -> str:
        (tmp_path / name).touch()
        return name

    with open_crew(2) as crew:
        assert list(crew.run(str.upper, ["a", "b"])) == ["A", "B"]
        rest = crew.run(touch, ["one", "two"])
        wait_until(lambda: len(list(tmp_path.iterdir())) == 2)
        assert list(rest) == ["one", "two"]


def test_one_chunk_one_process_or_another_thread_is_worked_off_here() -> None:
    here = os.getpid()
    with open_crew(2) as crew:
        assert list(crew.run(lambda _: os.getpid(), [1])) == [here]
        over = threading.Event()
        thread = threading.Thread(target=over.wait)
        thread.start()
        try:
            assert set(crew.run(lambda _: os.getpid(), [1, 2])) == {here}
        finally:
            over.set()
            thread.join()
    with open_crew(1) as crew:
        assert set(crew.run(lambda _: os.getpid(), [1, 2])) == {here}


def test_the_error_of_the_first_chunk_that_fails_comes_through() -> None:
    def work(chunk: int) -> int:
        if chunk == 4:
            time.sleep(0.1)
        if chunk >= 4:
            raise KeyError(f"chunk {chunk}")
        return chunk

    with open_crew(2) as crew, pytest.raises(KeyError, match="chunk 4") as raised:
        list(crew.run(work, range(8)))
    assert "in work" in "".join(raised.value.__notes__), "the traceback of the worker"


def test_problems_come_through_whole() -> None:
    problem = Problem("error", "DG602", "a template is wrong", hint="mend it")

    def work(_: int) -> None:
        raise ProblemError([problem])

    with open_crew(2) as crew, pytest.raises(ProblemError) as raised:
        list(crew.run(work, [1, 2]))
    assert raised.value.problems == (problem,)


def test_an_error_that_cannot_be_unpacked_is_told_of() -> None:
    def work(_: int) -> None:
        raise TroubleError(1, 2)

    with open_crew(2) as crew, pytest.raises(RuntimeError, match=r"TroubleError: 1 and 2"):
        list(crew.run(work, [1, 2]))


@pytest.mark.parametrize("status", [-signal.SIGKILL, 3])
def test_a_process_that_dies_is_told_of_and_ends_the_others(status: int) -> None:
    def work(chunk: int) -> int:
        if chunk == 1:
            die(status)
        time.sleep(60)
        return chunk

    begin = time.monotonic()
    with open_crew(3) as crew, pytest.raises(ProblemError) as raised:
        list(crew.run(work, range(6)))
    assert [problem.code for problem in raised.value.problems] == ["DG801"]
    assert "--jobs 1" in raised.value.problems[0].hint
    assert time.monotonic() - begin < 30


def test_a_process_that_ends_as_if_all_were_done_is_told_of() -> None:
    with open_crew(2) as crew, pytest.raises(ProblemError) as raised:
        list(crew.run(lambda chunk: die(0) if chunk == 1 else chunk, range(6)))
    assert [problem.code for problem in raised.value.problems] == ["DG801"]


def test_who_listens_no_longer_ends_the_work() -> None:
    with open_crew(2) as crew:
        results = crew.run(time.sleep, [0, *[60] * 9])
        next(results)
    with open_crew(2) as crew:
        crew.run(time.sleep, [60] * 9)


def test_workers_look_through_no_garbage_of_their_parent() -> None:
    gc.unfreeze()  # as a preview in another test may have left it
    with open_crew(2) as crew:
        frozen = list(crew.run(lambda _: gc.get_freeze_count(), [1, 2]))
    assert all(frozen)
    assert gc.get_freeze_count() == 0


PARENT = """
import os, sys, time
from digest.working import open_crew
def work(chunk):
    os.write(1, f"{os.getpid()}\\n".encode())
    time.sleep(60)
with open_crew(2) as crew:
    list(crew.run(work, range(4)))
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_no_worker_outlives_its_parent(number: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as parent:
        assert parent.stdout
        workers = [int(parent.stdout.readline()) for _ in range(2)]
        parent.send_signal(number)
        assert parent.wait(20)
        wait_until(lambda: not any(is_alive(worker) for worker in workers))


def test_ctrl_c_reaches_the_parent_alone() -> None:
    def work(_: int) -> str:
        os.kill(os.getpid(), signal.SIGINT)
        return "alive"

    with open_crew(2) as crew:
        assert list(crew.run(work, [1, 2])) == ["alive"] * 2


def count_open() -> int:
    """Files and pipes that this process has open."""
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def is_alive(process: int) -> bool:
    """Whether a process runs; one that nobody has waited for yet does not."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False


def die(status: int) -> None:
    if status < 0:
        os.kill(os.getpid(), -status)
    os._exit(status)


def wait_until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.01)
