"""Seeing that files change."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from threading import Event

# Seconds without a change before a change is told: an editor that saves writes several times.
QUIET = 0.15
# Event types of files that were only read; the build itself reads every file.
OPENED = {"opened", "closed_no_write"}


def watch(folders: Iterable[Path], changed: Callable[[], None], stop: Event) -> None:
    """Call `changed` after each burst of changes below the folders, until `stop` is set. Blocks."""
    from watchdog.events import FileSystemEvent, FileSystemEventHandler  # noqa: PLC0415 - heavy: for one command only
    from watchdog.observers import Observer  # noqa: PLC0415 - likewise

    touched = Event()

    class Handler(FileSystemEventHandler):
        def on_any_event(self, event: FileSystemEvent) -> None:
            # A folder is "modified" by whatever happens in it; what happened has an event of its own.
            echo = event.is_directory and event.event_type == "modified"
            if event.event_type not in OPENED and not echo and not is_hidden(str(event.src_path)):
                touched.set()

    observer = Observer()
    with ExitStack() as cleanup:
        for folder in folders:
            if folder.is_dir():
                observer.schedule(Handler(), str(folder), recursive=True)
        observer.start()
        cleanup.callback(observer.join)
        cleanup.callback(observer.stop)
        while not stop.is_set():
            if not touched.wait(0.5):
                continue
            while touched.is_set() and not stop.is_set():
                touched.clear()
                stop.wait(QUIET)
            changed()


def is_hidden(path: str) -> bool:
    """Whether a path names an editor's own file, such as `.name.swp` or `name~`."""
    name = Path(path).name
    return name.startswith(".") or name.endswith("~")
