"""`digest init`: a folder becomes a site that can be built, nothing is written over, only terminals are asked."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from built_sites import tree

from digest.cli import main
from digest.reading import read_settings

CaptureText = pytest.CaptureFixture[str]
FILES = {
    ".github/workflows/digest.yml",
    ".gitattributes",
    ".gitignore",
    "README.md",
    "content/pages/about.md",
    "content/site.yml",
    "requirements.txt",
}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that no repository is around."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def files_of(folder: Path) -> dict[str, bytes]:
    return {name: data for name, data in tree(folder).items() if not name.startswith(".git/")}


@pytest.mark.parametrize("name", ["my-digest", "a b/l'été", "über/ünïcode 日本", "."])
def test_a_new_site_can_be_built(here: Path, name: str, capsys: CaptureText) -> None:
    assert main(["init", name]) == 0
    said = capsys.readouterr()
    names = set(files_of(here / name))
    entry = next(path for path in names if path.endswith("/adam.md"))
    assert names == FILES | {entry}
    assert sorted(said.out.splitlines()) == sorted(os.path.normpath(f"{name}/{path}") for path in names)
    for words in ("digest serve", "git push -u origin main", "Settings -> Pages -> Source: GitHub Actions"):
        assert words in said.err
    assert ("cd " in said.err) == (name != ".")
    assert (here / name / ".git").is_dir()
    assert main(["build", "--site", name, "--strict", "--report", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["problems"] == []


@pytest.mark.skipif(os.fsencode("\udcff") != b"\xff" or sys.platform == "darwin", reason="names are text here")
def test_the_name_of_a_folder_need_be_no_text(here: Path, capsys: CaptureText) -> None:
    """Of what cannot be shown nothing is in the title; what has to tell the folder is not written."""
    assert main(["init", "my\udcff-\x07digest"]) == 0
    assert "\ntitle: My digest\n" in next(here.glob("*/content/site.yml")).read_text(encoding="utf-8")
    subprocess.run(["git", "init", "--quiet"], check=True)
    assert main(["init", "other\udcff"]) == 1
    assert "digest.yml:1:1: error[DG832]: cannot write here: it would tell the name" in capsys.readouterr().err


def test_what_is_said_is_in_the_settings(here: Path) -> None:
    words = ["--title", "Leeks: a digest", "--author", "Ada", "--language", "de", "--timezone", "Europe/Berlin"]
    words += ["--source", "cs.CL", "--source", "https://example.org/feed.xml", "--github", "Ada/leeks"]
    assert main(["init", "site", *words, "--requirement", "research-digest[cards]", "--no-git"]) == 0
    settings, problems = read_settings(here / "site")
    assert problems == ()
    assert (settings.title, settings.author, settings.language) == ("Leeks: a digest", "Ada", "de")
    assert (settings.timezone, settings.base_url) == ("Europe/Berlin", "https://ada.github.io/leeks/")
    assert [source.name for source in settings.sources] == ["arxiv", "example.org"]
    assert settings.id.startswith("urn:uuid:")
    assert (here / "site" / "requirements.txt").read_text() == "research-digest[cards]\n"
    assert not (here / "site" / ".git").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("--title", "a\nb"),
        ("--language", "German!"),
        ("--timezone", "Moon/Crater"),
        ("--base-url", "example.org"),
        ("--github", "ada"),
        ("--source", "Computer Science"),
        ("--source", "https://ada:secret@example.org/feed.xml"),
        ("--base-url", "https://ada:secret@example.org/"),
        ("--requirement", "research-digest @ git+https://secret@example.org/digest"),
    ],
)
def test_a_wrong_word_is_wrong_usage(here: Path, words: tuple[str, ...], capsys: CaptureText) -> None:
    with pytest.raises(SystemExit) as error:
        main(["init", "site", *words])
    assert error.value.code == 2
    assert "secret" not in capsys.readouterr().err
    assert list(here.iterdir()) == []


def test_nothing_is_written_over(here: Path, capsys: CaptureText) -> None:
    mine = {
        "content/site.yml": "title: Mine\n",
        "README.md": "Mine.\n",
        "content/2020/01/02/a.md": "---\ntitle: A\n---\n",
    }
    for name, text in mine.items():
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).write_text(text, encoding="utf-8")
    before = files_of(here)
    assert main(["init"]) == 1
    assert "content/site.yml:1:1: error[DG831]" in capsys.readouterr().err
    assert files_of(here) == before
    assert main(["init", "--missing"]) == 0
    after = files_of(here)
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == FILES - {"README.md", "content/pages/about.md", "content/site.yml"}


def test_what_does_not_collide_may_be_there(here: Path) -> None:
    (here / "README.md").write_text("Mine.\n", encoding="utf-8")
    (here / "LICENSE").write_text("Mine.\n", encoding="utf-8")
    assert main(["init"]) == 0
    assert (here / "README.md").read_text(encoding="utf-8") == "Mine.\n"


def test_a_link_that_leads_nowhere_is_in_the_way(here: Path, capsys: CaptureText) -> None:
    (here / "requirements.txt").symlink_to("nowhere")
    assert main(["init"]) == 1
    assert "requirements.txt" in capsys.readouterr().err
    assert not (here / "nowhere").exists()


def test_a_link_out_of_the_folder_is_not_followed(here: Path, capsys: CaptureText) -> None:
    (here / "elsewhere").mkdir()
    (here / "site").mkdir()
    (here / "site" / "content").symlink_to("../elsewhere")
    assert main(["init", "site"]) == 1
    assert "error[DG832]" in capsys.readouterr().err
    assert list((here / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("report", ["text", "json"])
def test_a_file_is_no_folder(here: Path, report: str, capsys: CaptureText) -> None:
    (here / "site").write_text("", encoding="utf-8")
    assert main(["init", "site", "--report", report]) == 1
    assert "DG831" in "".join(capsys.readouterr())


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_where_nobody_may_write(here: Path, capsys: CaptureText) -> None:
    here.chmod(0o500)
    assert main(["init", "site"]) == 1
    assert "error[DG832]" in capsys.readouterr().err
    here.chmod(0o700)


def test_within_a_repository(here: Path, capsys: CaptureText) -> None:
    subprocess.run(["git", "init", "--quiet"], check=True)
    subprocess.run(["git", "symbolic-ref", "HEAD", "refs/heads/trunk"], check=True)
    subprocess.run(["git", "remote", "add", "origin", "https://github.com/ada/all-things"], check=True)
    assert main(["init", "reading/digest"]) == 0
    workflow = (here / ".github" / "workflows" / "digest.yml").read_text(encoding="utf-8")
    assert "working-directory: reading/digest\n" in workflow
    assert "branches: [trunk]\n" in workflow
    assert not (here / "reading" / "digest" / ".git").exists()
    assert "base_url: https://ada.github.io/all-things/\n" in (here / "reading/digest/content/site.yml").read_text()
    said = capsys.readouterr().err
    assert f"It is a folder of the repository {here}, and is pushed with it.\n" in said
    assert "right folder" not in said
    assert "git push -u origin trunk" in said
    assert "git remote add" not in said


def test_within_the_repository_of_another_site(here: Path, capsys: CaptureText) -> None:
    subprocess.run(["git", "init", "--quiet"], check=True)
    subprocess.run(["git", "remote", "add", "origin", "https://github.com/ada/digest"], check=True)
    assert main(["init", "site", "--github", "bob/leeks"]) == 0
    assert "That is ada/digest on GitHub, not bob/leeks: is this the right folder?\n" in capsys.readouterr().err


def test_for_programs(here: Path, capsys: CaptureText) -> None:
    assert main(["init", "site", "--report", "json", "--no-workflow"]) == 0
    said = capsys.readouterr()
    told = json.loads(said.out)
    assert told["problems"] == []
    assert "site/content/site.yml" in told["written"]
    assert said.err == ""


def test_nobody_is_asked_where_nobody_is(here: Path) -> None:
    """Standard input stays open and silent, and no terminal is there."""
    command = [sys.executable, "-m", "digest", "init", "site"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.wait(20) == 0
    assert "\n#author:" in (here / "site" / "content" / "site.yml").read_text(encoding="utf-8")


def at_a_terminal(answers: str, *words: str) -> tuple[int, str]:
    """Run the command at a terminal, where somebody types."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "digest", "init", "site", *words]
    environment = os.environ | {"TZ": "Europe/Berlin", "LANG": "de_DE.UTF-8", "GIT_CONFIG_GLOBAL": os.devnull}
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    typed, end, _ = answers.partition("\x03")
    os.write(ours, typed.encode())
    seen = b""
    while select.select([ours], [], [], 20)[0]:
        try:
            seen += os.read(ours, 65_536)
        except OSError:  # the other end is closed
            break
        if end and b"Who publishes it" in seen:
            process.send_signal(signal.SIGINT)
    os.close(ours)
    return process.wait(20), seen.decode()


def test_at_a_terminal_one_is_asked(here: Path) -> None:
    code, seen = at_a_terminal("Leeks\nAda\nGerman!\nfr\n\ncs.CL, nonsense!\ncs.CL hep-th\nada/leeks\n")
    assert code == 0, seen
    assert "Title [Site]" in seen
    assert "Time zone [Europe/Berlin]" in seen
    assert "not the tag of a language" in seen
    settings, _ = read_settings(here / "site")
    assert (settings.title, settings.author, settings.language) == ("Leeks", "Ada", "fr")
    assert (settings.timezone, settings.base_url) == ("Europe/Berlin", "https://ada.github.io/leeks/")
    assert [source.categories for source in settings.sources] == [("cs.CL", "hep-th")]


def test_what_is_suggested_can_be_declined(here: Path) -> None:
    code, _ = at_a_terminal("\n-\n-\n-\n-\nhttps://leeks.example/\n")
    assert code == 0
    settings, _ = read_settings(here / "site")
    assert (settings.title, settings.author, settings.language) == ("Site", "", "en")
    assert (settings.timezone, settings.base_url, settings.sources) == ("UTC", "https://leeks.example/", ())


def test_yes_asks_nothing_and_what_is_said_is_not_asked(here: Path) -> None:
    code, seen = at_a_terminal("", "--yes")
    assert code == 0
    assert "Title" not in seen
    assert "language: de" not in (here / "site" / "content" / "site.yml").read_text(encoding="utf-8")


def test_who_leaves_leaves_nothing_behind(here: Path) -> None:
    code, _ = at_a_terminal("Leeks\n\x03")
    assert code == 130
    assert list(here.iterdir()) == []
