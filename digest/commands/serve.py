"""Show the site on this machine while you write it.

A page is made when your browser asks for it, and a page that you are looking at shows what you save as soon as it is
saved. Drafts and entries of days to come are shown too, and marked; --no-drafts and --no-future show what a build would
publish. What is wrong is told here and in the browser. The site stands under the path that it will have on the web, and
behaves as on GitHub Pages. Nothing is written into your output folder. Ctrl-C ends it.

    digest serve --open
    digest serve --no-drafts --no-future --port 9000
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Event, Lock, Thread, current_thread, main_thread
from typing import Final

from digest.commands.arguments import check_site
from digest.model import Problem, ProblemError
from digest.pipeline import BuildOptions, open_preview
from digest.reading import read_settings, site_zone
from digest.reporting import Style, count_of, describe_shown, print_problems, print_text, wants_color
from digest.serving import Listener, PreviewServer, Watch, find_address, open_listener

PORT: Final = 8000
HIGHEST_PORT: Final = 65_535
MOST_NAMED: Final = 3
ENDING: Final = 0.5  # seconds in which what is under way may end


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `digest serve`."""
    parser.add_argument(
        "--host",
        type=host_name,
        default="127.0.0.1",
        help="the address to listen at (default: this machine only; 0.0.0.0 lets your phone see the site, and whoever "
        "else is on your network)",
    )
    parser.add_argument(
        "--port",
        type=port_number,
        default=PORT,
        help=f"the port, or the next one if it is taken (default: {PORT}; 0 takes any that is free)",
    )
    parser.add_argument("--open", action="store_true", help="open the site in your browser")
    both = argparse.BooleanOptionalAction
    parser.add_argument("--drafts", action=both, default=True, help="show drafts (default: yes)")
    parser.add_argument("--future", action=both, default=True, help="show entries of days to come (default: yes)")
    parser.add_argument(
        "--live", action=both, default=True, help="let pages reload themselves and show what is wrong (default: yes)"
    )
    parser.add_argument(
        "--poll",
        action="store_true",
        help="look at every file again and again, where the system does not tell of changes",
    )


def host_name(text: str) -> str:
    """A name or address of this machine; of the new kind also as it stands in the address of a page: `[::1]`."""
    return text[1:-1] if text.startswith("[") and text.endswith("]") else text


def port_number(text: str) -> int:
    """A port, 0 to 65535."""
    if not text.isascii() or not text.isdigit() or int(text) > HIGHEST_PORT:
        raise argparse.ArgumentTypeError(f"not a port from 0 to {HIGHEST_PORT}: {text!r}")
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    """Serve until Ctrl-C; 2 if the address cannot be had."""
    site: Path = arguments.site
    try:
        check_site(site)
    except ProblemError as error:
        print_problems(error.problems, arguments.report, root=site)
        return 1
    try:
        listener = open_listener(arguments.host, arguments.port)
    except (OSError, OverflowError, UnicodeError) as error:
        tell_unheard(arguments.host, arguments.port, error)
        return 2
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends it as Ctrl-C does
    with suppress(KeyboardInterrupt):
        serve(site, listener, arguments, Event())
    return 0


def serve(site: Path, listener: Listener, arguments: argparse.Namespace, end: Event) -> None:
    """Serve until `end` is set, or Ctrl-C."""
    options = BuildOptions(drafts=arguments.drafts, future=arguments.future)
    ending: list[Callable[[], None]] = []
    began = time.perf_counter()
    teller = Teller(site, arguments.report)
    clock = Clock(site)
    try:
        # First the site, by all cores: once there are threads, as of a watch, no process can be parted.
        preview = open_preview(site, options, origin=listener.origin)
        ending.append(preview.close)
        watch = Watch((site / "content", site / "themes"), poll=arguments.poll)
        ending.append(watch.close)
        server = PreviewServer(
            preview,
            listener,
            host=arguments.host,
            roots=(site,),
            describe=partial(describe_shown, root=site),
            today=clock.today,
            settle=watch.settle,
            live=arguments.live,
        )
        ending.append(server.close)

        def change(paths: Collection[Path]) -> None:
            with teller.lock:
                start = time.perf_counter()
                preview.change([str(path) for path in paths])
                teller.tell_change(paths, preview.problems, time.perf_counter() - start)
            clock.read()
            server.nudge()

        teller.welcome(server.url, listener, arguments, time.perf_counter() - began)
        if watch.polls:
            teller.say(f"Changes are seen within some seconds: {watch.polls}.")
        watch.begin(change)
        preview.look_again()  # at what changed before anybody watched
        if arguments.open:
            import webbrowser  # noqa: PLC0415 - for who asks for it

            webbrowser.open(server.url)
        state = -1
        while not end.is_set():
            before, state = state, preview.wait(state, 1)
            if state != before:  # links are checked when the site is up already
                with teller.lock:
                    teller.tell(preview.problems)
    finally:
        close_all(ending)


def close_all(ending: list[Callable[[], None]]) -> None:
    """End it. A large site that is being read is not waited for: nothing is lost."""
    if current_thread() is main_thread():
        for name in (signal.SIGINT, signal.SIGTERM):  # it ends: nobody has to say so twice
            signal.signal(name, signal.SIG_IGN)

    def close() -> None:
        for each in reversed(ending):
            each()

    closer = Thread(target=close, daemon=True)
    closer.start()
    closer.join(ENDING)
    if closer.is_alive():
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)


def tell_unheard(host: str, port: int, error: Exception) -> None:
    """Why nobody can be heard at this address."""
    reason = getattr(error, "strerror", None) or error
    sys.stderr.write(f"digest serve: cannot listen at {host}:{port}: {reason}\n")
    taken = isinstance(error, PermissionError) or "in use" in str(reason)
    hint = "choose another port with --port, or --port 0" if taken else "name an address of this machine with --host"
    sys.stderr.write(f"  hint: {hint}\n")


class Clock:
    """What day it is where the site is at home."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self.read()

    def read(self) -> None:
        """Where that is, by the settings."""
        settings, _ = read_settings(self._site)
        self._zone = site_zone(settings)

    def today(self) -> str:
        """The day."""
        return datetime.now(UTC).astimezone(self._zone).date().isoformat()


class Teller:
    """What is said on the terminal."""

    def __init__(self, site: Path, style: Style) -> None:
        self.site, self._style = site, style
        self._told: tuple[Problem, ...] = ()
        self._color = wants_color(sys.stderr)
        self.lock = Lock()  # one after another

    def say(self, text: str) -> None:
        """A line for people."""
        if self._style == "text":
            print_text(f"{text}\n", sys.stderr)

    def welcome(self, url: str, listener: Listener, arguments: argparse.Namespace, seconds: float) -> None:
        """Where the site is to be seen."""
        if arguments.port not in {0, listener.port}:
            self.say(f"Port {arguments.port} is taken, so this is port {listener.port}.")
        shown = f"\x1b[1m{url}\x1b[0m" if self._color else url
        self.say(f"Serving at {shown} (ready in {_duration(seconds)}); Ctrl-C stops.")
        if arguments.host in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not listened at
            if address := find_address():
                self.say(f"On your network: http://{address}:{listener.port}{url.removeprefix(listener.origin)}")
            self.say("Everybody on your network can see it, drafts too.")

    def tell_change(self, paths: Collection[Path], problems: tuple[Problem, ...], seconds: float) -> None:
        """One line, and what is wrong now and was not."""
        names = [_shown(path, self.site) for path in paths]
        more = len(names) - MOST_NAMED
        named = ", ".join(names[:MOST_NAMED]) + (f" and {count_of(more, 'more', 'more')}" if more > 0 else "")
        clock = time.strftime("%H:%M:%S")
        mended = " · mended" if _errors(self._told) and not _errors(problems) else ""
        self.say(f"{clock}  {named}  {_duration(seconds)}{mended}")
        self.tell(problems)

    def tell(self, problems: tuple[Problem, ...]) -> None:
        """What is wrong, if it is not what was told last."""
        if problems == self._told:  # as nearly always, and told at the speed of a comparison
            return
        # Of a hundred thousand warnings nearly all are the same objects: comparing them takes longer than the edit.
        known = set(map(id, self._told))
        new = [each for each in problems if id(each) not in known]
        if new and (new := list(set(new).difference(self._told))):
            print_problems(new, self._style, root=self.site)
            if _errors(problems):
                self.say("Until this is mended, the browser shows the last good site.")
        self._told = problems


def _errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)


def _shown(path: Path, site: Path) -> str:
    try:
        return path.relative_to(site.absolute()).as_posix()
    except ValueError:
        return path.as_posix()


def _duration(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"
