"""How a build and a mail begin."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from digest.model import Problem, ProblemError, Settings, replace
from digest.reading import read_settings

Tell = Callable[[str, int, int], None]  # of a stage: its name, how much is done, of how much


def tell_nobody(_stage: str, _done: int, _total: int) -> None:
    """Where nobody waits."""


def read_site(site: Path, base_url: str) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings of a site, under another address if one is named, and what is wrong with them."""
    settings, problems = read_settings(site)
    return (replace(settings, base_url=base_url.rstrip("/") + "/") if base_url else settings), problems


@contextmanager
def beside(problems: Iterable[Problem]) -> Iterator[None]:
    """Tell what was found before together with what stops the build here."""
    try:
        yield
    except ProblemError as error:
        raise ProblemError((*problems, *error.problems)) from error


def stops(problem: Problem, *, strict: bool) -> bool:
    """Whether a build must not go on with this problem."""
    return problem.severity == "error" or (strict and problem.severity == "warning")
