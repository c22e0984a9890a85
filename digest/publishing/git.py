"""Running git in the repository of a site, undisturbed by hooks, by the environment and by how it is configured."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import IO, Final

from digest.model import NamedTuple, Problem, ProblemError, Severity
from digest.publishing.addresses import mask

# Set where digest runs in a hook or an alias of git, perhaps of another repository.
_FOREIGN: Final = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_DIR", "GIT_GRAFT_FILE", "GIT_INDEX_FILE",
    "GIT_INTERNAL_SUPER_PREFIX", "GIT_NAMESPACE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_QUARANTINE_PATH",
    "GIT_SHALLOW_FILE", "GIT_WORK_TREE",
)  # fmt: skip
# No hook runs and nothing is tidied up, since nobody asked for that; what we read has one form.
_SETTINGS: Final = (
    f"core.hooksPath={os.devnull}", "core.fsmonitor=false", "core.quotePath=false", "color.ui=false", "gc.auto=0",
    "maintenance.auto=false", "i18n.commitEncoding=UTF-8", "i18n.logOutputEncoding=UTF-8", "log.showSignature=false",
    "submodule.recurse=false", "push.followTags=false",
)  # fmt: skip


class Answer(NamedTuple):
    """What git said, and whether it did what it was told."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        """The one line that it said."""
        return self.out.decode("utf-8", "surrogateescape").strip()


class Git:
    """Git in a folder. Nothing that it says holds a password."""

    def __init__(self, folder: str) -> None:
        """Take it as it is in the PATH."""
        self.folder = folder
        settings = [word for setting in _SETTINGS for word in ("-c", setting)]
        self._words = ["git", "--no-optional-locks", "--no-replace-objects", *settings]

    def ask(self, *words: str, given: bytes = b"") -> Answer:
        """Run it, whatever the end.

        Raises:
            ProblemError: DG823, there is no git.
        """
        with self.start(*words) as process:
            try:
                out, err = process.communicate(given)
            except BaseException:  # told to end: a push that takes long is not waited for
                process.kill()
                raise
        return Answer(process.returncode, out, mask(err.decode("utf-8", "replace")).strip())

    def tell(self, *words: str, given: bytes = b"", hint: str = "") -> Answer:
        """Run what has to work.

        Raises:
            ProblemError: DG823, with what git says.
        """
        answer = self.ask(*words, given=given)
        if answer.code:
            raise ProblemError([refuse(f"git {words[0]} failed: {reason_of(answer)}", hint)])
        return answer

    def start(self, *words: str, err: int | IO[bytes] = subprocess.PIPE) -> subprocess.Popen[bytes]:
        """Begin what takes its input bit by bit.

        Raises:
            ProblemError: DG823, there is no git.
        """
        environment = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
        environment |= {"LC_ALL": "C.UTF-8", "LANGUAGE": ""}  # we tell answers apart by their words
        if not sys.stdin or not sys.stdin.isatty():
            environment["GIT_TERMINAL_PROMPT"] = "0"  # nobody is there to be asked for a password
        pipe = subprocess.PIPE
        try:
            return subprocess.Popen(  # noqa: S603 - no shell; the words are ours, names are checked
                [*self._words, *words], cwd=self.folder, env=environment, stdin=pipe, stdout=pipe, stderr=err
            )
        except FileNotFoundError as error:
            message = "git is not installed, and the site is published by git"
            hint = "install git, or publish into a folder: --to folder:PATH"
            raise ProblemError([refuse(message, hint)]) from error
        except OSError as error:
            raise ProblemError([refuse(f"git cannot be run: {error.strerror}", "see whether `git` works")]) from error


def refuse(message: str, hint: str, severity: Severity = "error") -> Problem:
    """DG823: it cannot be published there."""
    return Problem(severity, "DG823", message, hint=hint or "see whether git can do it without digest")


def reason_of(answer: Answer) -> str:
    """The lines of git that say what is wrong, as one."""
    lines = [line.strip() for line in answer.err.splitlines() if line.strip()]
    told = [line for line in lines if line.startswith(("fatal:", "error:", "remote:", "ERROR:", "! "))] or lines
    return "; ".join(told[:6]) or f"it ended with {answer.code}"
