"""Which plugins a site switches on, and what it says to them: the setting `plugins`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from digest.formats import frontmatter
from digest.model import Plugin, PluginChoice, PluginKind, ProblemError
from digest.plugins import OURS, find_plugin, list_plugins, tell_origin
from digest.reading.fields import Fields, suggest

# Those that take part only where a site says so. All others are named where they are used.
CHOSEN: Final[tuple[PluginKind, ...]] = ("pages", "markdown", "checks")
_HINT: Final = "write plugins: [reading-list], or plugins: {reading-list: {limit: 20}}"


def read_plugins(fields: Fields) -> tuple[PluginChoice, ...]:
    """`[reading-list, callouts]`, or with options `{reading-list: {limit: 20}, callouts: }`; DG203, DG204, DG811."""
    node = fields.get("plugins")
    if node is None:
        return ()
    found: dict[str, PluginChoice] = {}
    for name, options in _list_names(node):
        if not isinstance(name, frontmatter.ScalarNode):
            fields.report("DG203", "each of `plugins` must be a name", name.span, _HINT)
        elif options and not isinstance(options, frontmatter.MapNode):
            fields.report("DG203", f"`{name.text}` needs its options by their names", options.span, _HINT)
        elif choice := _choose(fields, name, options):
            found.setdefault(choice.name, choice)
    return tuple(found.values())


def _list_names(node: frontmatter.Node) -> Iterator[tuple[frontmatter.Node, frontmatter.Node | None]]:
    """Each name with its options, if there are any."""
    if isinstance(node, frontmatter.MapNode):
        for key, value in node.pairs:
            yield key, None if isinstance(value, frontmatter.ScalarNode) and value.empty else value
    else:
        yield from ((name, None) for name in (node.items if isinstance(node, frontmatter.ListNode) else (node,)))


def _choose(fields: Fields, name: frontmatter.ScalarNode, options: frontmatter.MapNode | None) -> PluginChoice | None:
    try:
        found = _find_others(name.text)
    except ProblemError as error:
        for problem in error.problems:
            fields.report(problem.code, problem.message, name.span, problem.hint)
        return None
    if not found:
        known = sorted({each.name for each in list_plugins() if each.kind in CHOSEN and each.distribution != OURS})
        there = f"installed are: {', '.join(known)}" if known else "none is installed"
        hint = suggest(name.text, known) or f"install it with pip where digest is installed, or delete it here; {there}"
        fields.report("DG204", f'no plugin is called "{name.text}"', name.span, hint)
        return None
    written = json.dumps(frontmatter.plain(options) if options else {}, ensure_ascii=False, sort_keys=True)
    origin = "; ".join(dict.fromkeys(map(tell_origin, found.values())))
    return PluginChoice(name.text, tuple(found), written, origin, name.span)


def _find_others(name: str) -> dict[PluginKind, Plugin]:
    """What a name switches on, by kind; ours need not be switched on."""
    found = {kind: find_plugin(kind, name) for kind in CHOSEN}
    return {kind: plugin for kind, plugin in found.items() if plugin and plugin.distribution != OURS}
