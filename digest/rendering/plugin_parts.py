"""What plugins add to a theme: filters that it names, and templates of the pages that they make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from digest.model import (
    PluginChoice,
    Problem,
    ProblemError,
    Settings,
    TemplateFolder,
    ThemeFilter,
    replace,
)
from digest.plugins import find_plugin, load_chosen, plugin_names, refuse, tell_origin
from digest.rendering.theme_files import suggest
from digest.rendering.theme_manifests import Named


def find_filters(names: Iterable[Named], problems: list[Problem]) -> tuple[ThemeFilter, ...]:
    """The filters of these names; DG603 for one that no plugin brings, DG811."""
    found: dict[str, ThemeFilter] = {}
    for named in names:
        plugin = find_plugin("filters", named.text)
        if plugin:
            found[named.text] = ThemeFilter(plugin, tell_origin(plugin))
        else:
            hint = f"{suggest(named.text, plugin_names('filters'))}install the plugin that brings it, or delete it here"
            problems.append(Problem("error", "DG603", f"no plugin brings a filter {named.text!r}", named.span, hint))
    return tuple(found.values())


def read_page_templates(settings: Settings) -> tuple[TemplateFolder, ...]:
    """The templates of plugins that make pages, each plugin's as a folder.

    Raises:
        ProblemError: DG811.
    """
    return tuple(_read_folder(choice) for choice in settings.plugins if "pages" in choice.kinds)


def _read_folder(choice: PluginChoice) -> TemplateFolder:
    plugin, maker = load_chosen("pages", choice)
    templates: object = maker.templates
    if not isinstance(templates, Mapping) or not all(
        isinstance(name, str) and isinstance(text, str) and name.startswith(plugin.name)
        for name, text in templates.items()
    ):
        fault = f"`templates` must map names that begin with {plugin.name!r} to texts"
        problem = refuse(plugin, fault, f"upgrade {plugin.distribution}, or tell its authors")
        raise ProblemError([replace(problem, span=choice.span)])
    return TemplateFolder(f"{plugin.distribution}/{plugin.name}", dict(templates))
