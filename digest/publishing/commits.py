"""Commits of digest on a branch: how they are made without a work tree, and how they tell which files are its own."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from digest.model import Problem, ProblemError, dataclass
from digest.publishing.git import Git, reason_of, refuse
from digest.publishing.trees import REGULAR, Changes, Leaf

BY: Final = "Digest-Version: "  # in the last paragraph of a message: this commit is ours
KEPT: Final = "Digest-Kept: "  # likewise: this file in its tree is not
REFERENCE: Final = "refs/digest/publish"  # fast-import wants one; it never comes to be
_CHUNK: Final = 1 << 20
_LOOKED_AT: Final = 12  # commits of ours that are asked for a file


@dataclass(frozen=True, slots=True)
class Parcel:
    """The files of a site: where the bytes of each path are, or they themselves; and the ids that git has for them.

    `url` is the address that they go to, as it is configured.
    """

    sources: Mapping[str, str | bytes]
    blobs: Mapping[str, str]
    problems: tuple[Problem, ...]
    algorithm: str
    url: str


def write_message(message: str, version: str, kept: Sequence[str]) -> str:
    """The message of a commit, which tells the next run what of its tree was others'."""
    lines = [BY + version, *(KEPT + json.dumps(path) for path in kept)]
    return f"{message.strip()}\n\n" + "\n".join(lines) + "\n"


def parse_kept(message: str) -> frozenset[str] | None:
    """The files of others in the tree of a commit of ours; none if it is not ours."""
    lines = message.rstrip("\n").rpartition("\n\n")[2].split("\n")
    if not any(line.startswith(BY) for line in lines):
        return None
    found = set()
    for line in lines:
        if line.startswith(KEPT):
            with contextlib.suppress(ValueError):
                found.add(str(json.loads(line.removeprefix(KEPT))))
    return frozenset(found)


def hash_file(path: str, algorithm: str) -> tuple[str, int]:
    """The id that git has for the bytes of a file, as they are, and how many there are.

    Raises:
        OSError: it cannot be read, or is changing.
    """
    with open(path, "rb") as file:  # noqa: PTH123 - paths as text: ten thousand times a run
        size = os.fstat(file.fileno()).st_size
        hasher = start_hash(algorithm, size)
        read = 0
        while chunk := file.read(_CHUNK):
            hasher.update(chunk)
            read += len(chunk)
    if read != size:
        raise OSError(0, "it changes while it is read", path)
    return hasher.hexdigest(), size


def start_hash(algorithm: str, size: int) -> hashlib._Hash:
    """The hash of a blob of so many bytes."""
    hasher = hashlib.new(algorithm, usedforsecurity=False)
    hasher.update(b"blob %d\0" % size)
    return hasher


def list_tree(git: Git, commit: str) -> dict[str, Leaf]:
    """Every file of a commit; paths that are no UTF-8 as Python has them."""
    listed = git.tell("ls-tree", "-r", "-z", "--full-tree", commit).out.decode("utf-8", "surrogateescape")
    leaves = {}
    for line in listed.split("\0")[:-1]:
        head, _, path = line.partition("\t")
        mode, _, blob = head.split(" ")
        leaves[path] = Leaf(mode, blob)
    return leaves


def drop_known(git: Git, tip: str, there: Mapping[str, Leaf]) -> set[str]:
    """The paths of what is on the branch and was not written by digest in this form: it is others'.

    A commit that takes one of ours back, or a branch that was set back, leaves files of one of those before it: so
    several are asked.
    """
    foreign = set(there)
    told = git.tell(
        "log", "--first-parent", f"-{_LOOKED_AT}", "--format=%H%x00%B%x00", "--basic-regexp", f"--grep=^{BY}", tip
    ).out
    words = told.decode("utf-8", "surrogateescape").split("\0")
    kept_last: frozenset[str] = frozenset()
    for number, (commit, message) in enumerate(zip(words[::2], words[1::2], strict=False)):
        kept = parse_kept(message)
        if kept is None:
            continue
        if number == 0:
            kept_last = kept
        ours = list_tree(git, commit.strip())
        foreign -= {path for path in foreign - kept if ours.get(path) == there[path]}
        if foreign <= kept_last:
            break
    return foreign


def make_tree(git: Git, tip: str, changes: Changes, parcel: Parcel) -> str:
    """The id of a tree: that of a commit, if there is one, with these changes. Objects are all that is made.

    Raises:
        ProblemError: DG823, git refuses, or a file is not what it was.
    """
    with tempfile.TemporaryFile() as said:
        process = git.start("fast-import", "--quiet", "--force", err=said)
        assert process.stdin  # noqa: S101 - a pipe was asked for
        assert process.stdout  # noqa: S101 - likewise
        try:
            with contextlib.suppress(BrokenPipeError):  # it says why
                for piece in _tell_changes(tip, changes, parcel):
                    process.stdin.write(piece)
                process.stdin.close()
            commit = process.stdout.read().decode().strip()
        except BaseException:
            process.kill()
            raise
        finally:
            with contextlib.suppress(BrokenPipeError):
                process.stdin.close()
            process.stdout.close()
            code = process.wait()
        if code or not commit:
            said.seek(0)
            message = f"git fast-import failed: {said.read(500).decode('utf-8', 'replace').strip()}"
            raise ProblemError([refuse(message, "see whether the disk is full")])
    return git.tell("rev-parse", "--verify", f"{commit}^{{tree}}").text


def _tell_changes(tip: str, changes: Changes, parcel: Parcel) -> Iterator[bytes]:
    """The language of fast-import: blobs, then a commit that nobody will see."""
    marks: dict[str, int] = {}
    written = (*changes.added, *changes.changed)
    for path in written:
        blob = parcel.blobs[path]
        if blob not in marks:
            marks[blob] = len(marks) + 1
            yield from _tell_blob(marks[blob], path, parcel.sources[path], blob, parcel.algorithm)
    yield f"commit {REFERENCE}\nmark :{len(marks) + 1}\ncommitter digest <digest> 0 +0000\ndata 0\n".encode()
    if tip:
        yield f"from {tip}\n".encode()
    for path in changes.removed:
        yield b"D " + _quote(path) + b"\n"
    for path in written:
        yield f"M {REGULAR} :{marks[parcel.blobs[path]]} ".encode() + _quote(path) + b"\n"
    nothing = "0" * start_hash(parcel.algorithm, 0).digest_size * 2
    yield f"\nget-mark :{len(marks) + 1}\nreset {REFERENCE}\nfrom {nothing}\n\n".encode()


def _tell_blob(mark: int, path: str, source: str | bytes, blob: str, algorithm: str) -> Iterator[bytes]:
    if isinstance(source, bytes):
        yield b"blob\nmark :%d\ndata %d\n" % (mark, len(source)) + source + b"\n"
        return
    with open(source, "rb") as file:  # noqa: PTH123 - paths as text: ten thousand times a run
        size = os.fstat(file.fileno()).st_size
        hasher = start_hash(algorithm, size)
        yield b"blob\nmark :%d\ndata %d\n" % (mark, size)
        left = size
        while left and (chunk := file.read(min(left, _CHUNK))):
            hasher.update(chunk)
            left -= len(chunk)
            yield chunk
    if hasher.hexdigest() != blob:
        message = f"{path} changed while it was published"
        raise ProblemError([refuse(message, "wait until nobody builds there, and publish again")])
    yield b"\n"


def _quote(path: str) -> bytes:
    quoted = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{quoted}"'.encode("utf-8", "surrogateescape")


def commit_tree(git: Git, tree: str, parent: str, message: str) -> str:
    """The id of a new commit, by whom git is configured for, signed if all commits are to be."""
    signs = git.ask("config", "--type=bool", "--get", "commit.gpgSign").text == "true"
    words = ["commit-tree", *(["-S"] if signs else []), *(["-p", parent] if parent else []), "-F", "-", tree]
    answer = git.ask(*words, given=message.encode("utf-8", "surrogateescape"))
    if answer.code:
        hint = "see whether `git commit` works here: it may ask for a name, or for a key to sign with"
        raise ProblemError([refuse(f"the commit cannot be made: {reason_of(answer)}", hint)])
    return answer.text
