"""A site in a repository, a bare one that it is pushed to, and somebody else who pushes there as well."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from digest.model import Delivery, Problem, ProblemError, PublishOrder
from digest.publishing.branch import BRANCH


def git(folder: Path, *words: str, given: str = "", fails: bool = False) -> str:
    """What git says, as a person in that folder would hear it."""
    done = subprocess.run(["git", *words], cwd=folder, input=given, capture_output=True, text=True, check=False)
    assert fails or done.returncode == 0, done.stderr
    return done.stdout.strip()


def isolate_git(patch: pytest.MonkeyPatch, home: Path) -> None:
    """Git as on a machine where it is configured by nobody but the test."""
    home.mkdir(parents=True, exist_ok=True)
    (home / "config").write_text("[user]\nname = Ada\nemail = ada@example.org\n[init]\ndefaultBranch = main\n")
    patch.setenv("GIT_CONFIG_GLOBAL", str(home / "config"))
    patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        patch.delenv(name, raising=False)


def read_tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# Repositories as they begin, by the options of `git init`: copied from then on, since most of a test would be that.
_MADE: dict[tuple[str, ...], tuple[dict[str, bytes], dict[str, bytes]]] = {}


class Repositories:
    """`site` is the repository of a site with one entry, `remote` the bare one that it calls origin."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder, self.site, self.remote = folder, folder / "site", folder / "remote.git"
        if options not in _MADE:
            git(folder, "init", "--quiet", "--bare", "--template=", *options, str(self.remote))
            git(folder, "init", "--quiet", "--template=", *options, str(self.site))
            git(self.site, "remote", "add", "origin", "../remote.git")
            self.write("content/leek.md", "---\ntitle: A leek\ndate: 2020-01-02\n---\n\nText.\n")
            self.write(".gitignore", "/output/\n/.digest*\n")
            self.commit()
            _MADE[options] = (read_tree(self.site), read_tree(self.remote))
        for store in (self.site / ".git", self.remote):
            for name in ("objects", "refs", "hooks"):  # which are empty
                (store / name).mkdir(parents=True, exist_ok=True)
        for place, tree in zip((self.site, self.remote), _MADE[options], strict=True):
            for path, data in tree.items():
                (place / path).parent.mkdir(parents=True, exist_ok=True)
                (place / path).write_bytes(data)

    def write(self, path: str, text: str) -> None:
        file = self.site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")

    def commit(self) -> None:
        git(self.site, "add", "--all")
        git(self.site, "commit", "--quiet", "--message", "An entry")

    def order(self, **words: Any) -> PublishOrder:
        given = {"base_url": "https://ada.github.io/notes/", **words}
        return PublishOrder(site=str(self.site), folder=str(self.site / "output"), **given)

    def look(self, **words: Any) -> list[Problem]:
        return list(BRANCH.look(self.order(**words)).problems)

    def lay_out(self, files: Mapping[str, str]) -> tuple[str, ...]:
        """The output folder as a build would leave it."""
        output = self.site / "output"
        shutil.rmtree(output, ignore_errors=True)
        for path, text in files.items():
            self.write(f"output/{path}", text)
        return tuple(files)

    def prepare(self, files: Mapping[str, str], **words: Any) -> Delivery:
        return BRANCH.prepare(self.order(**words), self.lay_out(files))

    def publish(self, files: Mapping[str, str], **words: Any) -> Delivery:
        """Publish what may be published.

        Raises:
            ProblemError: something forbids it.
        """
        assert self.look(**words) == []
        delivery = self.prepare(files, **words)
        done = delivery if delivery.problems else delivery.send()
        if any(problem.severity == "error" for problem in done.problems):
            raise ProblemError(done.problems)
        return done

    def try_to_publish(self, files: Mapping[str, str]) -> tuple[Problem, ...]:
        """What forbids it, if anything does."""
        try:
            self.publish(files)
        except ProblemError as error:
            return error.problems
        return ()

    def tip(self, branch: str = "gh-pages") -> str:
        return git(self.remote, "rev-parse", "--verify", "--quiet", f"refs/heads/{branch}", fails=True)

    def tree(self, commit: str = "gh-pages") -> dict[str, str]:
        """Path → text of a commit of the remote."""
        listed = subprocess.run(
            ["git", "ls-tree", "-r", "-z", commit], cwd=self.remote, capture_output=True, text=True, check=True
        )
        lines = [line.partition("\t") for line in listed.stdout.split("\0") if line]
        words = ["git", "cat-file", "--batch"]
        asked = "".join(f"{head.split()[2]}\n" for head, _, _ in lines).encode()
        rest = subprocess.run(words, cwd=self.remote, input=asked, capture_output=True, check=True).stdout
        found = {}
        for _, _, path in lines:
            told, _, rest = rest.partition(b"\n")
            size = int(told.split()[2])
            found[path], rest = rest[:size].decode(), rest[size + 1 :]
        return found

    def reaches(self, old: str, new: str = "gh-pages") -> bool:
        """Whether a commit is in the history of another."""
        words = ["git", "merge-base", "--is-ancestor", old, new]
        return not old or subprocess.run(words, cwd=self.remote, check=False).returncode == 0

    def push_by_hand(self, files: Mapping[str, str | None], *, branch: str = "gh-pages") -> None:
        """What another person does to the branch: files written, and removed where there is no text."""
        hand = self.folder / "hand"
        if not hand.exists():
            git(self.folder, "clone", "--quiet", "--no-checkout", str(self.remote), str(hand))
        git(hand, "fetch", "--quiet")
        start = [f"origin/{branch}"] if self.tip(branch) else ["--orphan"]
        if self.tip(branch):
            git(hand, "checkout", "--quiet", "--force", "-B", "work", *start)
        else:
            git(hand, "checkout", "--quiet", "--orphan", f"new-{len(list(hand.iterdir()))}")
        for path, text in files.items():
            file = hand / path
            if text is None:
                file.unlink(missing_ok=True)
            else:
                shutil.rmtree(file, ignore_errors=True)  # an empty folder, where git has none
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
        git(hand, "add", "--all", "--force")
        git(hand, "commit", "--quiet", "--allow-empty", "--message", "By hand")
        git(hand, "push", "--quiet", "origin", f"HEAD:refs/heads/{branch}")


def message_of(error: pytest.ExceptionInfo[ProblemError]) -> str:
    return "; ".join(f"{problem.code} {problem.message}" for problem in error.value.problems)
