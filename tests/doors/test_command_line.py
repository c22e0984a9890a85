"""The command as a newcomer uses it: a process of its own, its exit codes, what it says and where."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from built_sites import ROOT

ENTRY = "---\ntitle: First words\ndate: 2024-02-03\ntags: [alpha]\n---\n\nA body.\n"
HEAVY = ("markdown", "pymdownx", "jinja2", "pygments", "watchdog", "nh3", "yaml", "uvicorn")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    home = tmp_path / "site"
    (home / "content").mkdir(parents=True)
    (home / "content" / "first.md").write_text(ENTRY, encoding="utf-8")
    return home


def digest(*arguments: str | Path, cwd: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "digest", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, input=stdin, capture_output=True, text=True, check=False, timeout=60)


def test_help_is_there_at_once(tmp_path: Path) -> None:
    program = (
        "import sys\nfrom digest.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    for command in ("import", "build", "serve"):
        assert command in done.stdout


@pytest.mark.parametrize("command", ["import", "build", "serve"])
def test_every_command_explains_itself(command: str, tmp_path: Path) -> None:
    done = digest(command, "--help", cwd=tmp_path)
    assert done.returncode == 0
    assert "--site DIR" in done.stdout
    assert len(done.stdout) > 400


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nonsense",),
        ("build", "--nonsense"),
        ("build", "--base-url", "example.org"),
        ("build", "--base-url", "https://[::1"),
        ("build", "--base-url", "https://h/%2e%2e/"),
        ("build", "--base-url", 'https://h/"><script>'),
    ],
)
def test_wrong_usage_is_2(arguments: tuple[str, ...], tmp_path: Path) -> None:
    assert digest(*arguments, cwd=tmp_path).returncode == 2


def test_build_in_the_folder_of_the_site(site: Path) -> None:
    done = digest("build", cwd=site)
    assert done.returncode == 0, done.stderr
    assert (site / "output" / "2024" / "02" / "03" / "first" / "index.html").is_file()
    assert "1 entr" in done.stdout
    assert done.stderr == ""


def test_a_terminal_of_few_letters_is_no_reason_to_fail(site: Path) -> None:
    command = [sys.executable, "-m", "digest", "build"]
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, cwd=site, capture_output=True, env=environment, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"1 entry" in done.stdout


@pytest.mark.parametrize("theme", ["nowhere", "broken"])
def test_a_wrong_theme_hides_nothing_else(site: Path, theme: str) -> None:
    (site / "content" / "odd.md").write_text("---\ntitle: Odd\ndate: 2024-01-01\ntitel: x\n---\n", encoding="utf-8")
    (site / "content" / "site.yml").write_text(f"theme: {theme}\n", encoding="utf-8")
    shutil.copytree(ROOT / "themes" / "default", site / "themes" / "broken")
    (site / "themes" / "broken" / "templates" / "home.html").write_text("{{ page.nothing }}", encoding="utf-8")
    done = digest("build", cwd=site)
    assert done.returncode == 1
    assert "DG105" in done.stderr
    assert "DG60" in done.stderr
    assert not list((site / "output").rglob("*"))


def test_a_folder_that_is_no_site_is_told_so(tmp_path: Path) -> None:
    done = digest("build", cwd=tmp_path)
    assert done.returncode == 1
    assert "content/" in done.stderr
    assert not (tmp_path / "output").exists()


def test_all_problems_at_once_and_nothing_written(site: Path) -> None:
    (site / "content" / "bad.md").write_text("---\ntitle: Bad\ndate: 2024-13-45\nauthors: 7\n---\n", encoding="utf-8")
    (site / "content" / "worse.md").write_text("---\ndate: 2024-01-01\n---\n", encoding="utf-8")
    done = digest("build", cwd=site)
    assert done.returncode == 1
    assert "content/bad.md:3:7: error[DG102]" in done.stderr
    assert "content/worse.md" in done.stderr
    assert not (site / "output").exists()


@pytest.mark.parametrize("style", ["json", "github"])
def test_problems_for_programs(site: Path, style: str) -> None:
    (site / "content" / "bad.md").write_text("---\ntitle: Bad\ndate: 2024-13-45\n---\n", encoding="utf-8")
    done = digest("build", "--report", style, cwd=site)
    assert done.returncode == 1
    if style == "json":
        problem = json.loads(done.stdout)["problems"][0]
        assert (problem["code"], problem["line"], problem["column"]) == ("DG102", 3, 7)
    else:
        assert done.stdout.startswith("::error file=content/bad.md,line=3,col")


def test_a_warning_stops_a_strict_build_only(site: Path) -> None:
    (site / "content" / "odd.md").write_text("---\ntitle: Odd\ndate: 2024-01-01\ntitel: x\n---\n", encoding="utf-8")
    assert digest("build", cwd=site).returncode == 0
    assert digest("build", "--strict", cwd=site).returncode == 1


def test_import_from_standard_input_and_dry_run(tmp_path: Path) -> None:
    text = "December 06, 2019\nA Title of Some Words\nAnn Author\n\nAn abstract. It has two sentences, at least.\n"
    dry = digest("import", "-", "--site", "s", "--dry-run", cwd=tmp_path, stdin=text)
    assert dry.returncode == 0, dry.stderr
    assert "content/2019/12/06/a-title-of-some-words.md" in dry.stdout
    assert not (tmp_path / "s").exists()
    done = digest("import", "-", "--site", "s", cwd=tmp_path, stdin=text)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "s" / "content" / "2019" / "12" / "06" / "a-title-of-some-words.md").is_file()


@pytest.fixture
def preview(site: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-u", "-m", "digest", "serve", "--port", "0"]
    process = subprocess.Popen(command, cwd=site, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    told = next(line for line in process.stderr if "http://" in line)
    match = re.search(r"http://\S+", told)
    assert match is not None
    yield process, match[0]
    process.kill()
    process.communicate()


def fetch(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:
        text: str = answer.read().decode()
    return text


def test_serve_shows_an_edit_and_ends_cleanly(site: Path, preview: tuple[subprocess.Popen[str], str]) -> None:
    process, url = preview
    assert "First words" in fetch(url)
    page = f"{url}2024/02/03/first/"
    for number in range(3):
        (site / "content" / "first.md").write_text(ENTRY.replace("A body", f"Words {number}"), encoding="utf-8")
        end = time.monotonic() + 10
        while f"Words {number}" not in fetch(page):
            assert time.monotonic() < end
    assert not (site / "output").exists(), "the preview stays out of the folder that is published"
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=10)
    assert process.returncode == 0
    assert re.search(r"^\d\d:\d\d:\d\d  content/first.md  \d+ ms$", told, re.MULTILINE)
    assert "Traceback" not in told


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_serve_ends_at_once_while_tabs_listen(preview: tuple[subprocess.Popen[str], str], name: str) -> None:
    process, url = preview
    with urllib.request.urlopen(f"{url}.digest/events", timeout=10) as events:
        assert events.readline()
        process.send_signal(getattr(signal, name))
        _, told = process.communicate(timeout=5)
    assert (process.returncode, told) == (0, "")


@pytest.mark.skipif(os.name == "nt", reason="ports are taken over on Windows")
def test_the_next_port_is_taken_and_told(site: Path, preview: tuple[subprocess.Popen[str], str]) -> None:
    port = preview[1].split(":")[2].strip("/")
    command = [sys.executable, "-u", "-m", "digest", "serve", "--port", port]
    with subprocess.Popen(command, cwd=site, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        told = [process.stderr.readline() for _ in range(2)]
        process.terminate()
    assert told[0].startswith(f"Port {port} is taken")
    assert "http://127.0.0.1:" in told[1]


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [(("--port", "65536"), "65535"), (("--port", "-1"), ""), (("--host", "192.0.2.1", "--port", "0"), "--host")],
)
def test_a_place_that_nobody_can_listen_at_is_told(site: Path, arguments: tuple[str, ...], hint: str) -> None:
    done = digest("serve", *arguments, cwd=site)
    assert done.returncode == 2
    assert hint in done.stderr
    assert "Traceback" not in done.stderr
    assert "another program" not in done.stderr
