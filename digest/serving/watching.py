"""Seeing that files change."""

from __future__ import annotations

import os
import re
import sys
import time
import traceback
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Condition, Thread
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent, FileSystemEventHandler
    from watchdog.observers.api import BaseObserver

CLOSES: Final = sys.platform == "linux"  # that a file was written is told, and not only that it is being written
# Seconds without an event after which a change is told, and after which one is told although events go on.
QUIET: Final = 0.0015 if CLOSES else 0.01
LONGEST: Final = 0.25
# Seconds for which a file that is being written is waited for: where systems tell when it is closed, it soon is.
WRITING: Final = 0.06
# Seconds that it takes a system to tell of a change.
GRACE: Final = 0.0015
POLLING: Final = 0.7
TAKEN: Final = {"created", "modified", "deleted", "moved", "closed"}

# What editors and programs put beside a file while they write it.
_PASSING: Final = re.compile(
    r"\..*|.*~|4913|#.*#|.*\.(?:sw[a-z]|tmp|temp|part|crdownload|crswap)|.*___jb_(?:tmp|old)___|Thumbs\.db|desktop\.ini",
    re.IGNORECASE | re.DOTALL,
)
# File systems that do not tell what other machines, or the host of a virtual one, do.
_SILENT: Final = re.compile(
    r"9p|drvfs|nfs.*|cifs|smb.*|vboxsf|vmhgfs.*|prl_fs|virtiofs|fuse\.(?:sshfs|osxfs|grpcfuse|vmhgfs-fuse|s3fs|rclone)|fakeowner"
)


class Watch:
    """Tells of changes below folders, in bursts, from a thread of its own, until it is closed.

    A folder that is not there is told of when it is made, if the folder that is to hold it is there. `polls` is why
    files are looked at again and again, which takes longer, instead of being told of by the system; or empty.
    """

    def __init__(self, folders: Iterable[Path], *, poll: bool) -> None:
        self._folders = tuple(dict.fromkeys(folder.absolute() for folder in folders))
        self._news = Condition()
        self._paths: dict[Path, None] = {}  # in order
        self._writing: dict[Path, float] = {}
        self._last = self._first = 0.0
        self._busy = self._closed = False
        self.polls = "as you asked" if poll else self._find_silence()
        self._observer: BaseObserver = self._observe()

    def begin(self, changed: Callable[[Collection[Path]], None]) -> None:
        """Tell of what was seen and will be."""
        Thread(target=self._tell, args=(changed,), name="digest-watch", daemon=True).start()

    def settle(self) -> None:
        """Wait until what was seen to change has been told, and what has just changed is seen; at most some seconds."""
        time.sleep(GRACE)
        with self._news:
            self._news.wait_for(lambda: not (self._paths or self._busy) or self._closed, timeout=30)

    def close(self) -> None:
        """Watch no more; a change that is just told is not waited for."""
        with self._news:
            self._closed = True
            self._news.notify_all()
        self._observer.stop()

    # Beginning

    def _find_silence(self) -> str:
        kinds = _read_mounts() if sys.platform == "linux" else {}
        for folder in self._folders:
            above = [place for place in kinds if folder.is_relative_to(place)]
            mount = max(above, key=lambda place: len(place.parts), default=None)
            if mount is not None and _SILENT.fullmatch(kinds[mount]):
                return f"{mount} is a file system ({kinds[mount]}) that does not tell of changes"
        return ""

    def _observe(self) -> BaseObserver:
        from watchdog.observers import Observer  # noqa: PLC0415 - heavy: for one command only
        from watchdog.observers.polling import PollingObserver  # noqa: PLC0415 - likewise

        if not self.polls:
            observer = Observer()
            try:
                self._schedule(observer)
                observer.start()
                with TemporaryDirectory(prefix="digest-") as folder:
                    # Folders for which there was no room are left out in silence; then there is none for this either.
                    observer.unschedule(observer.schedule(_call(lambda _: None), folder))
            except OSError as error:
                self.polls = f"the system watches no more folders: {error.strerror or error}"
                observer.stop()
            else:
                return observer
        observer = PollingObserver(timeout=POLLING)
        self._schedule(observer)
        observer.start()
        return observer

    def _schedule(self, observer: BaseObserver) -> None:
        for folder in self._folders:
            if folder.is_dir():
                self._watch_below(observer, folder)
        # What is above tells when a folder is made, or made anew: themes/ where there was none, a branch checked out.
        for parent in dict.fromkeys(folder.parent for folder in self._folders):
            if parent.is_dir() and not any(parent.is_relative_to(folder) for folder in self._folders):
                observer.schedule(_call(self._take_above), str(parent), recursive=False)

    def _watch_below(self, observer: BaseObserver, folder: Path) -> None:
        from watchdog import events  # noqa: PLC0415 - heavy: for one command only

        # Not what is only read: a build reads every file.
        wanted: list[type[FileSystemEvent]] = [events.FileModifiedEvent, events.FileClosedEvent]
        wanted += [events.FileCreatedEvent, events.FileDeletedEvent, events.FileMovedEvent]
        wanted += [events.DirCreatedEvent, events.DirDeletedEvent, events.DirMovedEvent]
        observer.schedule(_call(self._take), str(folder), recursive=True, event_filter=wanted)

    # Seeing

    def _take_above(self, event: FileSystemEvent) -> None:
        for place in (event.src_path, event.dest_path):
            path = Path(os.fsdecode(place)) if place else None
            if path in self._folders and event.event_type in {"created", "moved", "deleted"}:
                watches = [watch for watch in self._observer.emitters if Path(os.fsdecode(watch.watch.path)) == path]
                for emitter in watches:
                    self._observer.unschedule(emitter.watch)
                if path.is_dir():
                    self._watch_below(self._observer, path)
                self._add(path, event.event_type)

    def _take(self, event: FileSystemEvent) -> None:
        # A folder is "modified" by whatever happens in it; what happened has an event of its own.
        if event.event_type not in TAKEN or (event.is_directory and event.event_type == "modified"):
            return
        for place in (event.src_path, event.dest_path):
            if place and not self.passes(path := Path(os.fsdecode(place))):
                self._add(path, "created" if event.is_directory else event.event_type, folder=event.is_directory)

    def passes(self, path: Path) -> bool:
        """Whether a path is none of the site's: an editor's own, or in a folder that is hidden."""
        root = next((folder for folder in self._folders if path.is_relative_to(folder)), None)
        parts = path.relative_to(root).parts if root else (path.name,)
        return any(_PASSING.fullmatch(part) for part in parts if part != ".well-known")

    def _add(self, path: Path, kind: str, *, folder: bool = False) -> None:
        with self._news:
            now = time.monotonic()
            if not self._paths:
                self._first = now
            self._paths[path] = None
            self._last = now
            if kind in {"created", "modified"} and not folder and CLOSES and not self.polls:
                self._writing.setdefault(path, now)
            else:
                self._writing.pop(path, None)
            self._news.notify_all()

    # Telling

    def _tell(self, changed: Callable[[Collection[Path]], None]) -> None:
        while True:
            with self._news:
                self._news.wait_for(lambda: self._paths or self._closed)
                while not self._closed and (rest := self._find_rest()) > 0:
                    self._news.wait(rest)
                if self._closed:
                    return
                paths = tuple(self._paths)
                self._paths.clear()
                self._writing.clear()
                self._busy = True
            try:
                changed(paths)
            except Exception:  # a fault of ours is told, and the next change may do without it
                traceback.print_exc()
            finally:
                with self._news:
                    self._busy = False
                    self._news.notify_all()

    def _find_rest(self) -> float:
        """Seconds to wait before what was seen is told, if nothing more is seen."""
        now = time.monotonic()
        quiet = self._last + (QUIET if not self._writing else WRITING)
        return min(quiet, self._first + LONGEST) - now


def _call(take: Callable[[FileSystemEvent], None]) -> FileSystemEventHandler:
    from watchdog.events import FileSystemEventHandler  # noqa: PLC0415 - heavy: for one command only

    class Handler(FileSystemEventHandler):
        def on_any_event(self, event: FileSystemEvent) -> None:
            take(event)

    return Handler()


def _read_mounts() -> dict[Path, str]:
    """The kinds of the file systems of this machine, by where they are."""
    try:
        lines = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return {}
    # Blanks in names are written as \040.
    places = (line.split()[1:3] for line in lines if line.count(" ") >= 2)
    return {Path(re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), place)): kind for place, kind in places}
