"""The preview as a server: a site that is seen while it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote, unquote

from digest.model import Preview, Problem
from digest.serving.application import Application, Describe
from digest.serving.events import News
from digest.serving.listening import Listener, Listening, own_names
from digest.serving.visitors import OPEN, Visitors


def describe_briefly(problems: Iterable[Problem]) -> list[dict[str, object]]:
    """What a tab shows of problems where nobody says more."""
    return [
        {"severity": each.severity, "code": each.code, "place": "", "message": each.message, "hint": each.hint}
        for each in problems
    ]


class PreviewServer:
    """Serves a preview below its base path while it is open; GET and HEAD only, to those who call it by its name.

    Files are opened below `roots` only. `live` pages reload themselves and show what is wrong; others are as built.
    `settle` waits for changes that are under way, and `today` tells which days are to come.
    """

    def __init__(
        self,
        preview: Preview,
        listener: Listener,
        *,
        host: str = "127.0.0.1",
        roots: Iterable[Path] = (),
        describe: Describe = describe_briefly,
        today: Callable[[], str] = str,
        settle: Callable[[], None] = lambda: None,
        live: bool = True,
    ) -> None:
        self._preview, self._origin = preview, listener.origin
        self._news = News(preview, describe)
        self._application = Application(
            preview,
            visitors=Visitors(host, own_names() if host in OPEN else ()),
            roots=roots,
            describe=describe,
            news=self._news,
            today=today,
            settle=settle,
            live=live,
        )
        self._listening = Listening(listener, self._application, begin=self._news.begin)

    @property
    def url(self) -> str:
        """Where the site is to be seen."""
        return f"{self._origin}{quote(unquote(self._preview.base_path))}"

    def nudge(self) -> None:
        """Let tabs look at their pages: something has changed."""
        self._news.nudge()

    def close(self) -> None:
        """End at once; nobody is waited for."""
        self._listening.stop(self._end)
        self._application.close()

    def _end(self) -> None:
        self._application.closed = True
        self._news.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self.close()
