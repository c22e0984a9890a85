"""The door through which entries go: each file whole or not at all, and never over another one."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path
from typing import Final

from digest.model import Problem, ProblemError, Span

_NO_FOLLOW: Final = getattr(os, "O_NOFOLLOW", 0)
_NO_LINKS: Final = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES})


class ContentFolder:
    """The folder content/ of a site, as far as an import writes there."""

    def __init__(self, content: Path) -> None:
        """Nothing is made before something is written."""
        self.content = content
        self._made: set[str] = set()

    def is_taken(self, key: str) -> bool:
        """Whether anything has the name: a file, a folder, a link that leads nowhere."""
        return os.path.lexists(self.content / key)

    def stamp(self, key: str) -> str:
        """The stamp of a file; none where there is no file."""
        try:
            return stamp_of(os.stat(self.content / key))  # noqa: PTH116 - plain paths throughout
        except OSError:
            return ""

    def create(self, key: str, text: str) -> str:
        """Write a new file and give its stamp.

        Raises:
            ProblemError: a file is in the way (DG306), or the disk refuses (DG307).
        """
        path = f"{self.content}/{key}"
        with _explained(self.content):
            self._make_folder(key.rpartition("/")[0])
            temporary = _write_beside(path, text)
            try:
                _place(temporary, path)
            except BaseException:
                _remove(temporary)
                raise
            return stamp_of(os.stat(path))  # noqa: PTH116 - ten thousand of them

    def replace(self, key: str, text: str) -> str:
        """Write a file anew in place of the old one, and give its stamp.

        Raises:
            ProblemError: the disk refuses (DG307).
        """
        path = os.path.realpath(self.content / key)
        with _explained(self.content):
            text = _written_as(Path(path).read_bytes(), text)
            temporary = _write_beside(path, text)
            try:
                os.chmod(temporary, os.stat(path).st_mode)  # noqa: PTH101, PTH116 - plain paths throughout
                os.replace(temporary, path)  # noqa: PTH105 - likewise
            except BaseException:
                _remove(temporary)
                raise
            return stamp_of(os.stat(path))  # noqa: PTH116 - likewise

    def _make_folder(self, folder: str) -> None:
        if folder in self._made:
            return
        path = self.content / folder
        path.mkdir(parents=True, exist_ok=True)
        if not path.resolve().is_relative_to(self.content.resolve()):
            raise OSError(errno.ELOOP, "a link leads out of the site", str(path))
        self._made.add(folder)


def stamp_of(stat: os.stat_result) -> str:
    """What changes when a file does: size, place on the disk, times."""
    return f"{stat.st_size} {stat.st_ino} {stat.st_mtime_ns} {stat.st_ctime_ns}"


def _written_as(before: bytes, text: str) -> str:
    """The text with the line ends and the mark of the file that it replaces."""
    if b"\r\n" in before:
        text = text.replace("\n", "\r\n")
    return f"\ufeff{text}" if before.startswith(b"\xef\xbb\xbf") else text


def _write_beside(path: str, text: str) -> str:
    folder, _, name = path.rpartition("/")
    # A name may be as long as the system allows; that of the temporary file must not be longer.
    temporary = f"{folder}/.{name[:80]}.{os.getpid()}.tmp"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _NO_FOLLOW, 0o666)
    try:
        rest = memoryview(text.encode("utf-8", "replace"))
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    except BaseException:
        os.close(descriptor)
        _remove(temporary)
        raise
    os.close(descriptor)
    return temporary


def _place(temporary: str, path: str) -> None:
    """Give a finished file its name, at once and only if the name is free."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # A file system without hard links: not quite as safe against somebody else at the same moment.
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), temporary, None, path) from error
        os.replace(temporary, path)  # noqa: PTH105 - likewise
        return
    _remove(temporary)


def _remove(path: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(path)  # noqa: PTH108 - plain paths throughout


class _explained:  # noqa: N801 - used as the function that it would be, were it not entered ten thousand times
    """Turns what the disk says into a problem with the path it said it of."""

    def __init__(self, content: Path) -> None:
        self.content = content

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            raise ProblemError([_explain(error, self.content)]) from error


def _explain(error: OSError, content: Path) -> Problem:
    path = Path(error.filename2 or error.filename or content)
    path = path.relative_to(content.parent) if path.is_relative_to(content.parent) else path
    if isinstance(error, FileExistsError):
        return Problem("error", "DG306", "a file is in the way of the new entry", Span(str(path)), "move it away")
    reason = error.strerror or str(error)
    return Problem(
        "error",
        "DG307",
        f"cannot write here: {reason}",
        Span(str(path)),
        "what was written before is kept; mend this, and import again",
    )
