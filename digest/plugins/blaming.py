"""What is said of a plugin that is wrong, or fails: always its name, and what to install, upgrade or remove."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Final

from digest.model import Plugin, Problem, Span

_LINES: Final = 3  # of a traceback


def describe(plugin: Plugin) -> str:
    """A plugin as problems name it."""
    return f"the plugin {plugin.name!r} ({plugin.distribution} {plugin.version})"


def refuse(plugin: Plugin, fault: str, hint: str) -> Problem:
    """DG811 for a plugin that cannot be used."""
    return Problem("error", "DG811", f"{describe(plugin)} of {plugin.kind} cannot be used: {fault}", None, hint)


def blame(plugin: Plugin, work: str, error: BaseException, span: Span | None = None) -> Problem:
    """DG812 for what a plugin raised at its work; the hint leads its authors to the lines."""
    told = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    trail = " → ".join(_trail(plugin, error.__traceback__))
    problem = blame_value(plugin, work, told, span)
    return Problem("error", "DG812", problem.message, span, f"{problem.hint}; it was raised at {trail}")


def blame_value(plugin: Plugin, work: str, fault: str, span: Span | None = None) -> Problem:
    """DG812 for what a plugin gave, which is not what its kind gives."""
    hint = f"upgrade {plugin.distribution}, tell its authors, or do without it"
    return Problem("error", "DG812", f"{describe(plugin)} failed {work}: {fault}", span, hint)


def _trail(plugin: Plugin, trace: TracebackType | None) -> list[str]:
    """The last lines that an exception went through: those of the plugin, if there are any."""
    package = plugin.target.partition(":")[0].partition(".")[0]
    places: list[str] = []
    own: list[str] = []
    while trace:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename}:{trace.tb_lineno} in {code.co_name}")
        if package in Path(code.co_filename).with_suffix("").parts:
            own.append(places[-1])
        trace = trace.tb_next
    return (own or places)[-_LINES:]
