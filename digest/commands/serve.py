"""Build the site, serve it on this machine and rebuild it on every change.

The preview is built in SITE/.digest/preview, never into the folder that you publish, and served under the base path
that it will have on the web. Ctrl-C ends it.
"""

from __future__ import annotations

import argparse
import errno
import sys
import webbrowser
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import Final

from digest.commands.arguments import add_selection, check_site, tell_report
from digest.model import ProblemError
from digest.pipeline import BuildOptions, build
from digest.reading import read_settings
from digest.reporting import Style, print_problems
from digest.serving import PreviewServer, watch

HIGHEST_PORT: Final = 65_535


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `digest serve`."""
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen at (default: this machine only)")
    parser.add_argument("--port", type=port_number, default=8000, help="the port (default: 8000; 0 takes a free one)")
    parser.add_argument("--open", action="store_true", help="open the site in your browser")
    add_selection(parser)


def port_number(text: str) -> int:
    """A port, 0 to 65535."""
    if not text.isascii() or not text.isdigit() or int(text) > HIGHEST_PORT:
        raise argparse.ArgumentTypeError(f"not a port from 0 to {HIGHEST_PORT}: {text!r}")
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    """Serve until Ctrl-C; 2 if the address cannot be had."""
    site: Path = arguments.site
    preview = site / ".digest" / "preview"
    try:
        check_site(site)
    except ProblemError as error:
        print_problems(error.problems, arguments.report, root=site)
        return 1
    settings, _ = read_settings(site)
    try:
        server = PreviewServer((arguments.host, arguments.port), preview, settings.base_path)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        sys.stderr.write(f"digest serve: cannot listen at {arguments.host}:{arguments.port}: {reason}\n")
        taken = getattr(error, "errno", None) in {errno.EADDRINUSE, errno.EACCES}
        hint = (
            "choose another port with --port, or --port 0" if taken else "name an address of this machine with --host"
        )
        sys.stderr.write(f"  hint: {hint}\n")
        return 2
    options = BuildOptions(base_url=server.url, drafts=arguments.drafts, future=arguments.future)
    rebuild = partial(server.gate.close_while, partial(build_once, site, preview, options, arguments.report))
    rebuild()
    stop = Event()
    folders = [site / "content", site / "themes"]
    watcher = Thread(target=watch, args=(folders, rebuild, stop), daemon=True)
    watcher.start()
    sys.stderr.write(f"Serving at {server.url} until Ctrl-C\n")
    if arguments.open:
        webbrowser.open(server.url)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        sys.stderr.write("\n")
    finally:
        stop.set()
        server.server_close()
    return 0


def build_once(site: Path, preview: Path, options: BuildOptions, style: Style) -> None:
    """Build the preview; with problems, tell them and leave the last good one in place."""
    try:
        report = build(site, preview, options, now=datetime.now(UTC))
    except ProblemError as error:
        print_problems(error.problems, style, root=site)
        return
    tell_report(report, style, site)
