from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NoReturn
from unittest.mock import Mock

import pytest
from built_sites import tree

from digest.cli import main
from digest.commands.progress import open_stages
from digest.sealing import find_seal


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Two entries of two days."""
    folder = tmp_path / "site"
    for number in (1, 2):
        write(folder, number, "Water them.")
    (folder / "content" / "site.yml").write_text("base_url: https://example.org/\n", encoding="utf-8")
    return folder


def write(folder: Path, number: int, body: str, title: str = "Beans") -> None:
    (folder / "content").mkdir(parents=True, exist_ok=True)
    text = f"---\ntitle: {title} {number}\ndate: 2024-05-0{number}\n---\n\n{body}\n"
    (folder / "content" / f"beans-{number}.md").write_text(text, encoding="utf-8")


def build(site: Path, *options: str) -> int:
    return main(["build", "--site", str(site), *options])


def why(site: Path, capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, str]:
    """Each path written, and why."""
    capsys.readouterr()
    assert build(site, "--why", *options) == 0
    lines = capsys.readouterr().out.splitlines()
    return dict(line.split(": ", 1) for line in lines if " written · " not in line)


def test_why_tells_of_each_file_written_what_has_changed(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = why(site, capsys)
    assert set(first.values()) == {"new"}
    assert set(first) == {path for path in tree(site / "output") if not path.startswith(".digest-")}
    assert why(site, capsys) == {}
    write(site, 1, "Water them twice.")
    body = why(site, capsys)
    assert body["2024/05/01/beans-1/index.html"] == "its file (the body)"
    assert "2024/05/02/beans-2/index.html" not in body
    write(site, 1, "Water them twice.", title="Peas")
    both = why(site, capsys)
    assert both["2024/05/01/beans-1/index.html"] == "its file (title)"
    assert "the entry before" in both["2024/05/02/beans-2/index.html"]
    (site / "output" / "index.html").unlink()
    assert why(site, capsys) == {"index.html": "the output was missing, edited, or to be written anew"}
    (site / "content" / "site.yml").write_text("base_url: https://example.org/\ntitle: Rows\n", encoding="utf-8")
    assert "the settings" in why(site, capsys)["index.html"]


def test_why_tells_of_fields_of_front_matter(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    why(site, capsys)
    entry = site / "content" / "beans-1.md"
    entry.write_text(entry.read_text("utf-8").replace("title:", "tags: [dry]\nvenue: Rows\ntitle:"), encoding="utf-8")
    assert why(site, capsys)["2024/05/01/beans-1/index.html"] == "its file (tags, venue)"


def test_a_program_is_told_everything(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build(site, "--report", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["entries"] == 2
    assert {reason["path"] for reason in told["why"]} == set(told["written"])
    assert told["why"][0].keys() == {"path", "url", "reasons"}
    assert {"read and compile", "plan", "render", "write"} <= told["seconds"].keys()


def test_a_program_is_told_the_same_fields_whatever_goes_wrong(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def told(folder: Path, code: int) -> dict[str, Any]:
        assert build(folder, "--report", "json") == code
        report: dict[str, Any] = json.loads(capsys.readouterr().out)
        return report

    fine = told(site, 0)
    (site / "content" / "site.yml").write_text("theme: nowhere\n", encoding="utf-8")
    for report in (told(site, 1), told(site / "elsewhere", 1)):
        assert report.keys() == fine.keys()
        assert report["stopped"] is True
        assert report["problems"][0]["code"] in {"DG601", "DG203"}


def test_who_stops_a_build_while_it_is_loaded_sees_no_traceback(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_command: str | None, **_given: bool) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr("digest.cli.make_parser", stop)
    assert build(site) == 130


def test_the_summary_tells_the_seconds_of_each_stage(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build(site) == 0
    out = capsys.readouterr().out
    assert out.startswith("2 entries · ")
    assert "render" in out


def test_more_processes_build_the_same(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(300):
        text = f"---\ntitle: Row {number}\ndate: 2024-06-{number % 30 + 1:02}\ntags: [t{number % 7}]\n---\n\nRow.\n"
        (site / "content" / f"row-{number}.md").write_text(text, encoding="utf-8")
    assert build(site, "--jobs", "1", "--output", str(site / "one")) == 0
    assert build(site, "--jobs", "3", "--output", str(site / "three"), "--clean") == 0
    assert tree(site / "one") == tree(site / "three")


@pytest.mark.parametrize("jobs", ["0", "-1", "x", "99999"])
def test_a_number_of_jobs_is_one(site: Path, jobs: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        build(site, f"--jobs={jobs}")
    assert "not a number of processes" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGTERM there")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_build_that_is_told_to_end_leaves_nothing_behind(tmp_path: Path, number: signal.Signals, code: int) -> None:
    site = tmp_path / "site"
    (site / "content").mkdir(parents=True)
    for count in range(600):
        text = f"---\ntitle: Row {count}\ndate: 2024-06-{count % 30 + 1:02}\n---\n\nRow {count}.\n"
        (site / "content" / f"row-{count}.md").write_text(text, encoding="utf-8")
    with subprocess.Popen([sys.executable, "-m", "digest", "build", "--site", str(site)]) as process:
        end = time.monotonic() + 60
        while not any((site / "output").rglob("*.html")):
            assert process.poll() is None
            assert time.monotonic() < end
        process.send_signal(number)
        assert process.wait(30) == code
    assert not tree(site / "output")


class Terminal:
    """Where a person looks."""

    encoding = "utf-8"

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def flush(self) -> None:
        """Nothing waits."""

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        raise OSError


def test_a_long_build_shows_how_far_it_is_and_a_short_one_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr("digest.commands.progress.monotonic", lambda: clock[0])
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    with open_stages("text") as tell:
        tell("reading", 1, 9)
        assert terminal.text == ""
        clock[0] = 2.0
        tell("reading", 7, 9)
        assert "7/9" in terminal.text
    monkeypatch.setattr(sys, "stderr", silent := Terminal())
    monkeypatch.setattr(silent, "isatty", lambda: False)
    with open_stages("text") as tell:
        clock[0] = 9.0
        tell("reading", 7, 9)
    assert silent.text == ""


def test_what_another_build_wrote_since_somebody_looked_is_seen(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two builds begin at once, and one waits for the other."""
    write(site, 3, "Water them.\n")
    draft = site / "content" / "beans-3.md"
    draft.write_text(draft.read_text("utf-8").replace("---\n", "---\ndraft: true\n", 1), encoding="utf-8")
    assert build(site) == 0
    time.sleep(0.15)  # what is younger is not sealed
    assert build(site) == 0
    wanted = tree(site / "output")
    words = ["build", "--site", str(site)]
    _, sight = find_seal(words)
    assert sight.outputs
    assert build(site, "--drafts") == 0
    assert tree(site / "output") != wanted
    monkeypatch.setattr("digest.sealing.find_seal", lambda _words: (None, sight))
    assert build(site) == 0
    assert tree(site / "output") == wanted


def test_a_look_that_took_its_time_is_taken_for_what_it_saw(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As that at a hundred thousand entries does."""
    write(site, 3, "Water them.\n")
    assert build(site) == 0
    time.sleep(0.15)  # what is younger is not sealed
    assert build(site) == 0
    edited = site / "content" / "beans-3.md"
    edited.write_text(edited.read_text("utf-8") + "And weed.\n", encoding="utf-8")
    _, sight = find_seal(["build", "--site", str(site)])
    sight.began -= 60_000_000_000
    monkeypatch.setattr("digest.sealing.find_seal", lambda _words: (None, sight))
    monkeypatch.setattr("digest.pipeline.bodies.find_all", Mock(side_effect=AssertionError("looked at once more")))
    assert build(site) == 0
    assert any("And weed." in page.read_text("utf-8") for page in (site / "output").rglob("index.html"))


def test_addresses_that_could_not_be_kept_are_kept_by_a_build_of_the_same_files(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(site, 1, "Words.")
    time.sleep(0.15)  # what is younger is not sealed
    with monkeypatch.context() as patch:
        patch.setattr("digest.writing.recording.write_past", Mock(side_effect=OSError(30, "Read-only")))
        assert build(site) == 0
    assert build(site) == 0
    assert (site / "content" / "addresses.txt").exists()


def test_addresses_that_make_no_sense_are_left_for_somebody_to_mend(site: Path) -> None:
    build(site)
    file = site / "content" / "addresses.txt"
    merged = f"<<<<<<< HEAD\n{file.read_text(encoding='utf-8')}=======\n>>>>>>> other\n"
    file.write_text(merged, encoding="utf-8")
    write(site, 3, "Water them.")
    assert build(site) == 0
    assert file.read_text(encoding="utf-8") == merged
    file.write_text("\n".join(line for line in merged.splitlines() if line[:1] not in "<=>"), encoding="utf-8")
    assert build(site) == 0
    assert "/beans-3/" in file.read_text(encoding="utf-8")
