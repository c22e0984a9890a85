"""A new content/site.yml: every setting with what it is for; what is not chosen is there as a comment."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import Final

from digest.formats import frontmatter
from digest.formats.frontmatter import Plain
from digest.model import Settings
from digest.starting.setting_notes import GROUPS, SettingNote

_HEAD: Final = """\
# The settings of this site. All of them are here and none is needed: one that begins with # has the default that
# stands behind it, or none at all where it says "for example". Take the # away to set it.
"""
_WIDTH: Final = 100
_RULE: Final = 60


def render_settings(chosen: Mapping[str, Plain]) -> str:
    """The file, with these settings in it and all others as comments."""
    parts = [_HEAD]
    for group in GROUPS:
        parts.append(f"# ---- {group.heading} {'-' * (_RULE - len(group.heading))}\n")
        parts += (_render_note(note, chosen) for note in group.notes)
    return "\n".join(parts)


def default_of(name: str) -> Plain:
    """The default of a setting, as YAML has it: nothing where it is none."""
    value: Plain = getattr(Settings(), name)
    return None if value in ("", ()) else value


def _render_note(note: SettingNote, chosen: Mapping[str, Plain]) -> str:
    value = chosen.get(note.name)
    default = default_of(note.name)
    words = note.words if value or default is not None else f"{note.words} For example:"
    lines = [f"# {line}" for line in textwrap.wrap(words, _WIDTH, break_on_hyphens=False)]
    if value:
        return "\n".join(lines) + f"\n{frontmatter.dump_front_matter({note.name: value})}"
    shown = note.example if default is None else "".join(_flow(default))
    return "\n".join([*lines, f"#{note.name}: {shown}\n"])


def _flow(value: Plain) -> Iterator[str]:
    """A default on one line."""
    if isinstance(value, tuple):
        yield f"[{', '.join(map(str, value))}]"
    else:
        yield frontmatter.dump_front_matter({"x": value}).removeprefix("x: ").rstrip("\n")
