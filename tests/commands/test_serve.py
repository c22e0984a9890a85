from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from digest.commands.serve import Teller, host_name
from digest.model import Problem, Span

ERROR = Problem("error", "DG102", "`date` is not a date", Span("content/a.md", 2, 7), "write YYYY-MM-DD")
WARNING = Problem("warning", "DG402", "a link leads nowhere", Span("content/b.md", 1, 1))


@pytest.fixture
def teller(tmp_path: Path) -> Teller:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.md").write_text("---\ndate: soon\n---\n")
    return Teller(tmp_path, "text")


def told(teller: Teller, capsys: pytest.CaptureFixture[str], names: Iterable[str], *problems: Problem) -> str:
    root = Path(teller.site).absolute()
    teller.tell_change([root / name for name in names], problems, 0.012)
    return capsys.readouterr().err


def test_a_change_is_one_line(teller: Teller, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(teller, capsys, ["content/a.md"])[8:] == "  content/a.md  12 ms\n"
    names = [f"content/{number}.md" for number in range(5)]
    assert "content/0.md, content/1.md, content/2.md and 2 more  12 ms" in told(teller, capsys, names)
    assert "/elsewhere/x.md" in told(teller, capsys, ["/elsewhere/x.md"])


def test_what_is_wrong_is_told_once_and_that_it_is_mended(teller: Teller, capsys: pytest.CaptureFixture[str]) -> None:
    first = told(teller, capsys, ["content/a.md"], ERROR, WARNING)
    assert "content/a.md:2:7: error[DG102]" in first
    assert "date: soon" in first
    assert "last good site" in first
    assert "DG" not in told(teller, capsys, ["content/b.md"], ERROR, WARNING)
    mended = told(teller, capsys, ["content/a.md"], WARNING)
    assert "mended" in mended
    assert "DG" not in mended
    assert "DG402" not in told(teller, capsys, ["content/b.md"])


SLOW = """
import sys, time
from digest.cli import main
from digest.commands import serve
def slowly(*_, **__):
    print("busy", flush=True)
    time.sleep(60)
{}
sys.exit(main(["serve", "--port", "0"]))
"""
OPENING = "serve.open_preview = slowly"
CHANGING = """
from threading import Thread
def write():
    while True:
        open("content/new.md", "w").close()
        time.sleep(0.1)
serve.Teller.tell_change = slowly
Thread(target=write, daemon=True).start()
"""


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize("busy", [OPENING, CHANGING], ids=["opening", "changing"])
def test_it_ends_at_once_whatever_it_does(tmp_path: Path, busy: str, name: str) -> None:
    (tmp_path / "content").mkdir()
    command = [sys.executable, "-c", SLOW.format(busy)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=tmp_path, stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == "busy\n"
            process.send_signal(getattr(signal, name))
            _, err = process.communicate(timeout=5)
        finally:
            process.kill()  # should it not end
    assert process.returncode == 0
    assert "Traceback" not in err


@pytest.mark.parametrize(("said", "meant"), [("[::1]", "::1"), ("::1", "::1"), ("desk.local", "desk.local")])
def test_an_address_may_be_said_as_in_that_of_a_page(said: str, meant: str) -> None:
    assert host_name(said) == meant
