"""What `digest check` and `digest publish` have in common: all that is wrong with the content of a site."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from digest.checking import CHECKS, find_problems, judge_problem
from digest.commands.site_import import read_strict_tags
from digest.model import CheckedSite, Problem, Settings
from digest.pipeline import BuildOptions, look_at_site


@contextmanager
def check_content(
    site: Path, settings: Settings, options: BuildOptions, ignored: Collection[str]
) -> Iterator[tuple[CheckedSite, list[Problem]]]:
    """The site as a build of now would have it, and what is wrong with it but for codes that are ignored.

    Raises:
        ProblemError: DG6xx, where there is no theme to plan with.
    """
    vocabulary = read_strict_tags(site, settings)
    with look_at_site(site, options, now=datetime.now(UTC), vocabulary=vocabulary) as looked:
        problems = [judge_problem(problem) for problem in looked.problems if problem.code not in ignored]
        yield looked.checked, [*problems, *find_problems(looked.checked, CHECKS, ignored)]
