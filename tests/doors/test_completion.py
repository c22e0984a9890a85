"""What the shells make of `digest completion`: each is asked what it would complete."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from digest.cli import COMMANDS, main

ASK_BASH = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
function=$(complete -p digest | sed 's/.*-F \\([^ ]*\\).*/\\1/')
$function
printf '%s\\n' "${COMPREPLY[@]}"
"""
# What is typed, and what a shell is to offer for its last word.
CASES = [
    (("",), list(COMMANDS)),
    (("pu",), ["publish"]),
    (("build", "--base"), ["--base-url"]),
    (("new", "--kind", ""), ["abstract", "note", "summary"]),
    (("import", "pap"), ["papers.bib"]),
    (("build", "--output", "ou"), ["out"]),
    (("completion", ""), ["bash", "zsh", "fish"]),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "papers.bib").write_text("", encoding="utf-8")
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def script_of(shell: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    assert main(["completion", shell]) == 0
    path = folder / f"_digest.{shell}"
    path.write_text(capsys.readouterr().out, encoding="utf-8")
    return path


def test_bash_completes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = script_of("bash", folder, capsys)
    for typed, offered in CASES:
        command = ["bash", "--norc", "-c", ASK_BASH, "bash", str(script), "digest", *typed]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert sorted(done.stdout.split()) == sorted(offered), typed
        assert done.stderr == ""


def test_fish_completes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = script_of("fish", folder, capsys)
    for typed, offered in CASES[:4]:
        line = " ".join(("digest", *typed))
        command = ["fish", "--no-config", "-c", f"source '{script}'; complete -C '{line}'"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert sorted(told.partition("\t")[0] for told in done.stdout.splitlines()) == sorted(offered), typed


def test_zsh_understands_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = script_of("zsh", folder, capsys)
    script.rename(folder / "_digest")
    program = f"fpath=('{folder}' $fpath); autoload -Uz compinit && compinit -u -D; print $_comps[digest]"
    done = subprocess.run(["zsh", "-f", "-c", program], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("_digest\n", "")
    subprocess.run(["zsh", "-f", "-n", "_digest"], check=True)


def test_another_shell_is_wrong_usage() -> None:
    with pytest.raises(SystemExit) as error:
        main(["completion", "cmd.exe"])
    assert error.value.code == 2
