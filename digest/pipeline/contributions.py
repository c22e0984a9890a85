"""What plugins make of a site, before it is planned."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from digest import planning
from digest.model import (
    Contribution,
    Entry,
    Plugin,
    PluginChoice,
    Problem,
    ProblemError,
    Settings,
    Site,
    Theme,
    replace,
)
from digest.plugins import blame, blame_value, find_plugin, list_places, load_chosen


def makes_pages(settings: Settings) -> bool:
    """Whether plugins make any pages of the site."""
    return any("pages" in choice.kinds for choice in settings.plugins)


def add_contributions(site: Site) -> tuple[Site, tuple[Problem, ...]]:
    """The site with what its plugins make of it; DG811, DG812 for those that cannot be used, or fail."""
    if not makes_pages(site.settings):
        return site, ()
    choices = [choice for choice in site.settings.plugins if "pages" in choice.kinds]
    shown = replace(site, withheld=())
    keys = {entry.key: entry for entry in site.entries}
    made: list[Contribution] = []
    problems: list[Problem] = []
    for choice in choices:
        try:
            made += _contribute(choice, shown, keys)
        except ProblemError as error:
            problems += (replace(problem, span=problem.span or choice.span) for problem in error.problems)
    return replace(site, made=tuple(made)), tuple(problems)


def _contribute(choice: PluginChoice, site: Site, keys: Mapping[str, Entry]) -> list[Contribution]:
    plugin, maker = load_chosen("pages", choice)
    try:
        documents = list(maker.make_pages(site, json.loads(choice.options)))
    except Exception as error:
        raise ProblemError([blame(plugin, "to make its pages", error)]) from error
    faults = [fault for document in documents if (fault := planning.fault_of_made(document, keys))]
    if faults:
        raise ProblemError(blame_value(plugin, "to make its pages", fault) for fault in faults)
    return [Contribution(plugin, document) for document in documents]


def list_places_of(settings: Settings, theme: Theme) -> tuple[str, ...]:
    """Where the code lies that has a say in a site beside digest: see `list_places`."""
    return list_places((*theme.plugins, *_list_plugins(settings)))


def _list_plugins(settings: Settings) -> Iterator[Plugin]:
    for choice in settings.plugins:
        yield from filter(None, (find_plugin(kind, choice.name) for kind in choice.kinds))
