"""A real scheduler and real workers on this machine build what this process builds."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from socket import create_server

import pytest
from built_sites import tree

from digest.cli import main

pytest.importorskip("distributed")

ENTRIES = 400


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with links between its entries, a static file, and enough entries to be sent to others."""
    folder = tmp_path_factory.mktemp("far") / "site"
    (folder / "content" / "static").mkdir(parents=True)
    (folder / "content" / "static" / "beans.txt").write_text("beans\n", encoding="utf-8")
    (folder / "content" / "site.yml").write_text("title: Beans\nbase_url: https://example.org/b/\n", encoding="utf-8")
    for number in range(ENTRIES):
        text = (
            f"---\ntitle: Bean {number}\ndate: 2024-{number % 12 + 1:02}-{number % 28 + 1:02}\nauthors: [Ann Row]\n"
            f"tags: [bean-{number % 5}]\n---\n\nOf bean {number}, *see* [another](bean-{(number + 7) % ENTRIES}.md).\n"
        )
        (folder / "content" / f"bean-{number}.md").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def expected(site: Path) -> dict[str, bytes]:
    """What one process builds."""
    assert run(site, "here", "--jobs", "1") == 0
    return tree(site / "here")


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """The address of a scheduler without workers."""
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = start(tmp_path, "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard", "--no-show")
    try:
        wait_until(lambda: "Scheduler at" in log_of(tmp_path, "scheduler"))
        yield f"127.0.0.1:{port}"
    finally:
        stop(process)


@pytest.fixture
def workers(tmp_path: Path, scheduler: str) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Two workers."""
    options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(tmp_path))
    processes = [start(tmp_path, "worker", scheduler, *options, number=number) for number in range(2)]
    try:
        wait_until(lambda: all("Registered to" in log_of(tmp_path, "worker", number) for number in range(2)))
        yield processes
    finally:
        for process in processes:
            stop(process)


@pytest.mark.usefixtures("workers")
def test_workers_build_what_one_process_builds(
    site: Path, expected: dict[str, bytes], scheduler: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(site, "far", "--executor", f"dask://{scheduler}") == 0
    assert tree(site / "far") == expected
    capsys.readouterr()
    assert run(site, "far", "--executor", f"dask://{scheduler}") == 0
    assert " 0 written" in capsys.readouterr().out


def test_a_worker_that_is_killed_changes_nothing(
    site: Path, expected: dict[str, bytes], scheduler: str, workers: list[subprocess.Popen[bytes]]
) -> None:
    build = subprocess.Popen(command(site, "killed", "--executor", f"dask://{scheduler}"), stdout=subprocess.PIPE)
    stage = site / "killed" / ".digest-stage"
    # In the middle: some pages are staged, and most are not.
    wait_until(lambda: len(list(stage.glob("*/files/2024/*/*/*/index.html"))) > ENTRIES // 20)
    workers[0].send_signal(signal.SIGKILL)
    assert build.wait(120) == 0
    assert build.stdout
    build.stdout.close()
    assert tree(site / "killed") == expected


def test_a_scheduler_without_workers_or_none_at_all_is_told_of(
    site: Path, scheduler: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digest.working.dask._PATIENCE", 0.5)
    for address, message in [
        (f"dask://{scheduler}", "has no workers"),
        ("dask://127.0.0.1:1", "no scheduler answers"),
        ("127.0.0.1:1", "is not the address of a scheduler"),
    ]:
        begin = time.monotonic()
        assert run(site, "never", "--executor", address) == 1
        told = capsys.readouterr().err
        assert "DG802" in told
        assert message in told
        assert "dask worker" in told, "what to do about it"
        assert time.monotonic() - begin < 20
    assert not tree(site / "never")


@pytest.mark.usefixtures("workers")
def test_workers_write_to_what_fsspec_reaches(site: Path, expected: dict[str, bytes], scheduler: str) -> None:
    words = ["build", "--site", str(site), "--output", f"file://{site}/store", "--executor", f"dask://{scheduler}"]
    assert main(words) == 0
    assert tree(site / "store") == expected


@pytest.mark.usefixtures("workers")
def test_workers_with_other_versions_are_refused(
    site: Path, scheduler: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digest.sealing.environments.__version__", "0.0.0")
    assert run(site, "other", "--executor", f"dask://{scheduler}") == 1
    assert "other versions of digest, Python or libraries" in capsys.readouterr().err
    assert not tree(site / "other")


def command(site: Path, output: str, *options: str) -> list[str]:
    return [sys.executable, "-m", "digest", "build", "--site", str(site), "--output", str(site / output), *options]


def run(site: Path, output: str, *options: str) -> int:
    return main(command(site, output, *options)[3:])


def start(folder: Path, kind: str, *options: str, number: int = 0) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "dask", kind, *options]
    with (folder / f"{kind}-{number}.log").open("wb") as log:
        return subprocess.Popen(words, stdout=log, stderr=log, env={**os.environ, "NO_COLOR": "1"})


def stop(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait(20)


def log_of(folder: Path, kind: str, number: int = 0) -> str:
    return (folder / f"{kind}-{number}.log").read_text(encoding="utf-8", errors="replace")


def wait_until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.01)
