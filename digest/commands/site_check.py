"""What `digest check` and `digest publish` have in common: all that is wrong with the content of a site."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from digest.checking import find_problems, judge_problem
from digest.commands.site_import import read_strict_tags
from digest.model import Check, CheckedSite, Plugin, Problem, Settings, replace
from digest.pipeline import BuildOptions, Looked, look_at_site
from digest.plugins import OURS, blame, blame_value, list_plugins, load_plugin

Judged = TypeVar("Judged")


def check_content(
    site: Path,
    settings: Settings,
    options: BuildOptions,
    ignored: Collection[str],
    judge: Callable[[CheckedSite, list[Problem]], Judged],
) -> Judged:
    """What is thought of the site as a build of now would have it, and of all that is wrong with it.

    Codes that are ignored are not told. `judge` may be asked again, as by `look_at_site`.

    Raises:
        ProblemError: DG6xx, where there is no theme to plan with.
    """

    def look(looked: Looked) -> Judged:
        return judge(looked.checked, list_wrong(looked, settings, ignored))

    vocabulary = read_strict_tags(site, settings)
    return look_at_site(site, options, look, now=datetime.now(UTC), vocabulary=vocabulary)


def list_wrong(looked: Looked, settings: Settings, ignored: Collection[str]) -> list[Problem]:
    """All that is wrong with a site that somebody looks at.

    Raises:
        ProblemError: DG811.
    """
    problems = [judge_problem(problem) for problem in looked.problems if problem.code not in ignored]
    return [*problems, *find_problems(looked.checked, load_checks(settings), ignored)]


def load_checks(settings: Settings) -> Iterator[Check]:
    """Our checks, and those of the plugins that the site names.

    Raises:
        ProblemError: DG811.
    """
    chosen = {choice.name for choice in settings.plugins if "checks" in choice.kinds}
    for plugin in list_plugins():
        if plugin.kind == "checks" and (plugin.distribution == OURS or plugin.name in chosen):
            check: Check = load_plugin(plugin)
            yield check if plugin.distribution == OURS else replace(check, find=partial(find_guarded, plugin, check))


def find_guarded(plugin: Plugin, check: Check, checked: CheckedSite) -> Iterator[Problem]:
    """What a check of others finds; DG812 where it fails."""
    try:
        for problem in check.find(checked):
            if problem.code in check.codes:
                yield problem
            else:
                yield blame_value(plugin, "to check the site", f"it found {problem.code}, which it does not name")
    except Exception as error:
        yield blame(plugin, "to check the site", error)
