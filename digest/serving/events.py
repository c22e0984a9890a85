"""What tabs are told: that something changed, and what is wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from operator import is_
from threading import Event, Thread

from digest.model import NamedTuple, Preview, Problem


class Moment(NamedTuple):
    """What is to be told now, and what is done when there is more."""

    data: dict[str, object] | None
    next: asyncio.Future[None]
    closed: bool


class News:
    """Follows a preview in a thread, and tells the loop that it was begun in."""

    def __init__(self, preview: Preview, describe: Callable[[Iterable[Problem]], list[dict[str, object]]]) -> None:
        self._preview, self._describe = preview, describe
        self._stop = Event()
        self._changes = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._moment: Moment

    def begin(self) -> None:
        """Follow from now on; called in the loop."""
        self._loop = asyncio.get_running_loop()
        self._moment = Moment(None, self._loop.create_future(), closed=False)
        Thread(target=self._follow, name="digest-news", daemon=True).start()

    @property
    def version(self) -> str:
        """Another one after each change."""
        return f"{self._preview.state}.{self._changes}"

    def nudge(self) -> None:
        """Something has changed, whether or not the preview is another: an image is none of its concern."""
        self._changes += 1
        self._call(self._tell_again)

    def _call(self, tell: Callable[[], None]) -> None:
        """In the loop, if there is one yet, and still."""
        with suppress(RuntimeError):
            if self._loop and not self._stop.is_set():
                self._loop.call_soon_threadsafe(tell)

    def _tell_again(self) -> None:
        if self._moment.data:
            self._publish({**self._moment.data, "state": self.version})

    def now(self) -> Moment:
        """What holds; called in the loop."""
        return self._moment

    def end(self) -> None:
        """Let everybody go; called in the loop."""
        self._stop.set()
        self._publish(None, closed=True)

    def _publish(self, data: dict[str, object] | None, *, closed: bool = False) -> None:
        before = self._moment
        self._moment = Moment(data, asyncio.get_running_loop().create_future(), closed or before.closed)
        before.next.set_result(None)

    def _follow(self) -> None:
        seen: int | None = None
        problems: tuple[Problem, ...] = ()
        described: list[dict[str, object]] = []
        while not self._stop.is_set():
            state = self._preview.state if seen is None else self._preview.wait(seen, 0.5)
            if state == seen:
                continue
            seen = state
            before, problems = problems, self._preview.problems
            if len(before) != len(problems) or not all(map(is_, before, problems)):
                described = self._describe(problems)  # of a hundred thousand warnings, longer than an edit takes
            data: dict[str, object] = {"state": self.version, "problems": described}
            self._call(partial(self._publish, data))
