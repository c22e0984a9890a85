"""List the plugins that are installed where digest is, and what is wrong with them.

Those of digest itself are left out unless you ask for `--all`. A site uses what it names: by `theme` and `plugins` in
site.yml, by `filters` in theme.yml.

    digest plugins --all
"""

from __future__ import annotations

import argparse
import json
import sys

from digest.model import Plugin, Problem, ProblemError
from digest.plugins import OURS, find_plugin, list_plugins, load_plugin
from digest.reporting import print_problems, print_text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `digest plugins`."""
    parser.add_argument("--all", action="store_true", help="list those of digest itself, too")


def run(arguments: argparse.Namespace) -> int:
    """List them; 1 if one cannot be used."""
    plugins = [plugin for plugin in list_plugins() if arguments.all or plugin.distribution != OURS]
    faults = {plugin: faults for plugin in plugins if (faults := find_faults(plugin))}
    problems = [problem for each in faults.values() for problem in each]
    if arguments.report == "json":
        print_text(render_json(plugins, faults), sys.stdout)
        return int(bool(faults))
    print_problems(problems, arguments.report, root=arguments.site)
    if arguments.report == "text":
        print_text(render_table(plugins, faults), sys.stdout)
    return int(bool(faults))


def find_faults(plugin: Plugin) -> tuple[Problem, ...]:
    """What is wrong with a plugin, DG811; it is loaded for that."""
    try:
        load_plugin(plugin)
        find_plugin(plugin.kind, plugin.name)
    except ProblemError as error:
        return error.problems
    return ()


def render_table(plugins: list[Plugin], faults: dict[Plugin, tuple[Problem, ...]]) -> str:
    """A line for each: kind, name, distribution and version."""
    rows = [(each.kind, each.name, f"{each.distribution} {each.version}") for each in plugins]
    if not rows:
        return "No plugins are installed\n"
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    lines = (
        f"{kind:{widths[0]}}  {name:{widths[1]}}  {told}{'  cannot be used' if each in faults else ''}\n"
        for each, (kind, name, told) in zip(plugins, rows, strict=True)
    )
    return "".join(lines)


def render_json(plugins: list[Plugin], faults: dict[Plugin, tuple[Problem, ...]]) -> str:
    """The same for programs."""
    listed = [
        {
            "kind": each.kind,
            "name": each.name,
            "distribution": each.distribution,
            "version": each.version,
            "problems": [problem.message for problem in faults.get(each, ())],
        }
        for each in plugins
    ]
    return json.dumps({"plugins": listed}, indent=2) + "\n"
