"""What is done while nobody waits for anything: in small steps, by one thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Final

_QUIET: Final = 0.02  # seconds after somebody asked in which the next step waits for more
_LONGEST: Final = 0.1  # seconds that it waits at most
_REST: Final = 1.0  # seconds before the first step, if nobody hurries: who asks for the first document goes first


class Chores:
    """Goes through steps, and begins anew when it is told to; between two steps it lets others go first."""

    def __init__(self, steps: Callable[[], Iterator[None]]) -> None:
        """`steps` are those that are left to do."""
        self._steps = steps
        self._asked = 0.0
        self._news = threading.Condition()
        self._due = self._ended = self._hurried = False
        self._idle = True
        self._thread: threading.Thread | None = None

    def begin(self, *, hurry: bool = False) -> None:
        """There is something to do, from the first step on."""
        with self._news:
            self._hurried |= hurry
            self._due, self._idle = True, False
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="digest chores", daemon=True)
                self._thread.start()
            self._news.notify_all()

    def make_way(self) -> None:
        """Somebody asks for something, and may ask for more."""
        self._asked = time.monotonic()

    def hurry(self) -> None:
        """Nobody need go first any more."""
        with self._news:
            self._hurried = True
            self._news.notify_all()

    def settle(self, seconds: float) -> bool:
        """Wait until all is done; whether it is, after so many seconds."""
        self.hurry()
        with self._news:
            return self._news.wait_for(lambda: self._idle or self._ended, seconds) and not self._ended

    def end(self) -> None:
        """Stop after the step that is under way."""
        with self._news:
            self._ended = True
            self._news.notify_all()
        if self._thread is not None:
            self._thread.join()

    def _let_others(self) -> None:
        """Wait while somebody asks for one thing after another."""
        end = time.monotonic() + _LONGEST
        while (now := time.monotonic()) < end and now - self._asked < _QUIET:
            time.sleep(_QUIET / 4)

    def _run(self) -> None:
        try:
            with self._news:
                self._news.wait_for(lambda: self._hurried or self._ended, _REST)
            while True:
                with self._news:
                    self._idle = not self._due
                    self._news.notify_all()
                    self._news.wait_for(lambda: self._due or self._ended)
                    self._due = False
                    if self._ended:
                        return
                self._let_others()
                for _ in self._steps():
                    self._let_others()
                    if self._due or self._ended:
                        break
        finally:
            with self._news:
                self._ended = True
                self._news.notify_all()
