"""`digest build` as it is run: the same bytes on any machine, whole ones whatever happens, the next one mends it."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from built_sites import ROOT, tree

from digest.writing.opening import LOCK
from digest.writing.publishing import DECISION
from digest.writing.stage import STAGE

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and names are others there")

ENTRIES = 60
NAMES = ["a b", "100%", "h#h", "q?q", "caf\u00e9", "cafe\u0301 too", "\u65e5\u672c", "quote'\"", "-dash"]
BODY = "Water **them**, $x_{}$ and `so`.\n\n- one\n- [two](<a b.md>)\n- [three](%2Ddash.md)\n"


def write_site(site: Path, *, backwards: bool = False) -> None:
    """A site of unusual names; its files are made in one order or the other."""
    texts = {"site.yml": "title: Beans\nbase_url: https://example.org/repo/\ntimezone: Pacific/Auckland\n"}
    for number, name in enumerate([*NAMES, *(f"bean-{number}" for number in range(ENTRIES - len(NAMES)))]):
        head = f'title: "Bean {number}"\ndate: 2024-05-{number % 28 + 1:02}T{number % 24:02}:30:00Z\n'
        head += f"tags: [t{number % 5}]\nauthors: [Ann {number % 9}, B\u00e9 Li]\n"
        texts[f"{name}.md"] = f"---\n{head}---\n\n{BODY.replace('{}', str(number))}"
    texts["pages/ab out.md"] = "# About\n\n[One](<../a b.md>)\n"
    texts["static/100% #1.txt"] = "A file."
    for name, text in sorted(texts.items(), reverse=backwards):
        (site / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (site / "content" / name).write_text(text, encoding="utf-8")


def start(
    *arguments: str | Path, cwd: Path | None = None, environment: dict[str, str] | None = None, umask: int = -1
) -> subprocess.Popen[str]:
    """The command, the leader of a group of processes."""
    return subprocess.Popen(
        [sys.executable, "-m", "digest", "build", *map(str, arguments)],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | (environment or {}),
        umask=umask,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def run(*arguments: str | Path, code: int = 0) -> tuple[str, str]:
    """What it says on each stream."""
    process = start(*arguments)
    out, err = process.communicate(timeout=120)
    assert process.returncode == code, err
    return out, err


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site, and what one process makes of it in `output`."""
    site = tmp_path_factory.mktemp("built") / "site"
    write_site(site)
    run("--site", site, "--jobs", "1")
    return site


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo"},
        {"PYTHONHASHSEED": "2", "LC_ALL": "C", "LANGUAGE": "de"},
        {"LC_ALL": "tr_TR.UTF-8", "PYTHONUTF8": "1", "SOURCE_DATE_EPOCH": "1"},
        {"PYTHONOPTIMIZE": "2", "COLUMNS": "20", "NO_COLOR": "1"},
    ],
    ids="-".join,
)
def test_the_machine_has_no_say_in_what_is_built(built: Path, tmp_path: Path, environment: dict[str, str]) -> None:
    """Nor have the folder, the order in which files were made, the umask, and where somebody stands."""
    home = tmp_path / "other na\u00efve #folder"
    write_site(home / "site", backwards=True)
    process = start("--site", "site", "--output", "out", "--jobs", "3", cwd=home, environment=environment, umask=0o077)
    assert (process.communicate(timeout=120)[1], process.returncode) == ("", 0)
    assert tree(home / "out") == tree(built / "output")


def test_a_build_killed_at_any_moment_is_mended_by_the_next(built: Path, tmp_path: Path) -> None:
    draw = random.Random(6)
    site = tmp_path / "site"
    shutil.copytree(built / "content", site / "content")
    began = time.monotonic()
    run("--site", site, "--jobs", "2")
    took = time.monotonic() - began
    for number in range(6):
        for name in draw.sample(["output", ".digest-cache"], draw.randrange(3)):
            shutil.rmtree(site / name)
        title = f"title: Beans {number}\nbase_url: https://example.org/repo/\n"
        (site / "content" / "site.yml").write_text(title, encoding="utf-8")
        signum = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)[number % 3]
        process = start("--site", site, "--jobs", "2")
        try:
            process.wait(draw.random() * took)
        except subprocess.TimeoutExpired:
            process.send_signal(signum)
        _, err = process.communicate(timeout=60)
        # A signal that comes before the command is loaded ends Python as it ends any program; one that comes while
        # Python throws something away is told of by Python.
        assert process.returncode in {0, -signum, 128 + signum}
        assert "Traceback" not in err or process.returncode == -signal.SIGINT or "Exception ignored in" in err
        end = time.monotonic() + 30
        while is_alive(process.pid):
            assert time.monotonic() < end, "a worker outlives its build"
            time.sleep(0.01)
        if signum != signal.SIGKILL:
            stages = (site / "output" / STAGE).glob("*")
            assert all((stage / DECISION).is_file() for stage in stages), "neither undone nor decided"
            assert not (site / "output" / LOCK).exists()
            assert not (site / ".digest-cache" / "lock").exists()
        run("--site", site, "--jobs", "2")
        assert not [path.name for path in (site / "output").glob(".digest-*") if path.suffix != ".json"]
    clean = tmp_path / "clean"
    shutil.copytree(site / "content", clean / "content")
    run("--site", clean, "--jobs", "1")
    assert tree(site / "output") == tree(clean / "output")


def is_alive(group: int) -> bool:
    """Whether any process of a group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_builds_at_once_wait_for_each_other(built: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(built / "content", site / "content")
    outputs = [tmp_path / name for name in ("one", "one", "two")]
    processes = [start("--site", site, "--output", output, "--jobs", "2") for output in outputs]
    for process in processes:
        assert (process.communicate(timeout=120)[1], process.returncode) == ("", 0)
    assert tree(tmp_path / "one") == tree(tmp_path / "two") == tree(built / "output")


def test_a_template_that_fails_somewhere_leaves_the_output_as_it_is(built: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(built / "content", site / "content")
    run("--site", site, "--jobs", "2")
    before = tree(site / "output")
    template = (ROOT / "themes" / "default" / "templates" / "entry.html").read_text(encoding="utf-8")
    for name, text in {
        "theme.yml": "parent: default\n",
        "templates/entry.html": template.replace("</article>", "{% if 'bean-1' in page.url %}{{ 1 // 0 }}{% endif %}"),
    }.items():
        (site / "themes" / "mine" / name).parent.mkdir(parents=True, exist_ok=True)
        (site / "themes" / "mine" / name).write_text(text, encoding="utf-8")
    with (site / "content" / "site.yml").open("a", encoding="utf-8") as settings:
        settings.write("theme: mine\n")
    for _ in range(2):
        told = json.loads(run("--site", site, "--jobs", "2", "--report", "json", code=1)[0])
        (problem,) = told["problems"]
        assert (told["stopped"], problem["code"], problem["path"]) == (
            True,
            "DG602",
            "themes/mine/templates/entry.html",
        )
        assert "/bean-18/ and 10 more" in problem["message"]
        assert tree(site / "output") == before


def test_what_was_wrong_is_told_again_where_nothing_has_changed(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    entry = tmp_path / "content" / "a.md"
    entry.write_text("---\ntitle: A\ndate: 2024-05-01\n---\n\n[b](b.md)\n", encoding="utf-8")
    time.sleep(0.15)  # what is younger is not trusted to stay
    said = [run("--site", tmp_path)[1] for _ in range(3)]
    assert said[0] == said[1] == said[2]
    assert "DG402" in said[0]
    for _ in range(2):
        assert run("--site", tmp_path, "--strict", code=1)[1] == said[0]
    assert run("--site", tmp_path)[1] == said[0]
    entry.write_text("---\ntitle: A\ndate: 2024-13-01\n---\n", encoding="utf-8")
    first, second = (run("--site", tmp_path, code=1) for _ in range(2))
    assert first == second
    assert "DG102" in first[1]


def test_a_manifest_that_is_lost_is_written_by_the_next_build(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.md").write_text("---\ntitle: A\ndate: 2024-05-01\n---\n", encoding="utf-8")
    time.sleep(0.15)
    run("--site", tmp_path)
    run("--site", tmp_path)
    before = tree(tmp_path / "output")
    (tmp_path / "output" / ".digest-manifest.json").unlink()
    run("--site", tmp_path)
    assert tree(tmp_path / "output") == before
