"""theme.yml: what a theme says of itself, each word with its place."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import Any, Final

from digest.formats import frontmatter
from digest.formats.patterns import lazily
from digest.model import Problem, Span, dataclass, replace
from digest.rendering.theme_files import read_file

_FOR_PEOPLE: Final = ("name", "description")  # keys that nothing but a reader asks for
FILES: Final = ("icon", "script", "search_script", "starred_script", "more_styles")
KEYS: Final = (*_FOR_PEOPLE, "parent", "styles", "add_styles", *FILES, "colors", "fonts", "filters")
_COLOR_KEYS: Final = ("property", "light", "dark", "on")
_FONT_KEYS: Final = ("property", "fallback")
_PROPERTY = lazily(r"--[A-Za-z][A-Za-z0-9-]*")
_COLOR = lazily(r"#[0-9a-f]{6}")
_FALLBACK = lazily(r"[\w ,\"'-]+")


@dataclass(frozen=True, slots=True)
class Named:
    """A name as theme.yml writes it, and where."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class ColorSlot:
    """A colour that a site may set: the custom property that holds it, and what it is by itself, in light and dark.

    `on` names the colour of the ground that it is read on; a colour without is a ground or an ornament itself.
    """

    property: str
    light: str
    dark: str
    on: str = ""


@dataclass(frozen=True, slots=True)
class FontSlot:
    """Fonts that a site may set: the custom property that holds them, and what stands in where they are missing."""

    property: str
    fallback: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What theme.yml says. What is `None` is not said; a file whose text is empty is not wanted."""

    parent: Named | None = None
    styles: tuple[Named, ...] | None = None
    add_styles: tuple[Named, ...] = ()
    icon: Named | None = None
    script: Named | None = None
    search_script: Named | None = None
    starred_script: Named | None = None
    more_styles: Named | None = None
    colors: Mapping[str, ColorSlot] = field(default_factory=dict)
    fonts: Mapping[str, FontSlot] = field(default_factory=dict)
    filters: tuple[Named, ...] = ()

    @property
    def all_styles(self) -> tuple[Named, ...]:
        """The style sheets in their order."""
        return (*(self.styles or ()), *self.add_styles)

    @property
    def single(self) -> tuple[Named, ...]:
        """The files that are wanted beside them."""
        files: Iterator[Named | None] = (getattr(self, name) for name in FILES)
        return tuple(name for name in files if name and name.text)

    @property
    def named(self) -> tuple[Named, ...]:
        """Every file that is wanted."""
        return (*self.all_styles, *self.single)


def inherit(child: Manifest, parent: Manifest) -> Manifest:
    """What a theme says, and where it says nothing, what its parent does."""
    own_list = child.styles is not None
    return replace(
        child,
        styles=child.styles if own_list else parent.styles,
        add_styles=child.add_styles if own_list else (*parent.add_styles, *child.add_styles),
        **{name: getattr(child, name) or getattr(parent, name) for name in FILES},
        colors={**parent.colors, **child.colors},
        fonts={**parent.fonts, **child.fonts},
        filters=(*parent.filters, *child.filters),
    )


def read_manifest(path: Path, shown: str, problems: list[Problem]) -> Manifest:
    """The theme.yml of a theme; DG603, DG106, DG109."""
    if not os.path.lexists(path):
        hint = "write one: its keys are " + ", ".join(KEYS)
        problems.append(Problem("error", "DG603", "the theme has no theme.yml", Span(shown), hint))
        return Manifest()
    data = read_file(path, path.parent.resolve(), shown)
    if isinstance(data, Problem):
        problems.append(data)
        return Manifest()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        problems.append(Problem("error", "DG106", "the file is not UTF-8 text", Span(shown), "save it as UTF-8"))
        return Manifest()
    mapping, yaml_problems = frontmatter.parse_mapping(text, shown, "DG603")
    problems += yaml_problems
    return _Reader(problems).read(mapping)


class _Reader:
    """Reads the keys one by one; what is wrong is left out and told."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems

    def read(self, mapping: frontmatter.MapNode) -> Manifest:
        said: dict[str, Any] = {}  # by the names of the manifest's fields
        for key, node in mapping.pairs:
            name = key.text
            if name not in KEYS:
                self._tell(f"the key {name!r} is not known", key.span, "the keys are " + ", ".join(KEYS))
            elif name == "colors":
                said[name] = self._colors(node)
            elif name == "fonts":
                said[name] = self._fonts(node)
            elif name in {"styles", "add_styles", "filters"}:
                said[name] = self._names(node)
            elif (value := self._text(node)) and name not in _FOR_PEOPLE:
                said[name] = value
        return Manifest(**said)

    def _names(self, node: frontmatter.Node) -> tuple[Named, ...]:
        nodes = node.items if isinstance(node, frontmatter.ListNode) else (node,)
        return tuple(filter(None, map(self._text, nodes)))

    def _text(self, node: frontmatter.Node) -> Named | None:
        if isinstance(node, frontmatter.ScalarNode) and not node.empty:
            return Named(node.text.strip(), node.span)
        self._tell("this must be a text", node.span, "write a word or a file name")
        return None

    def _colors(self, node: frontmatter.Node) -> dict[str, ColorSlot]:
        hint = 'write accent: {property: --accent, light: "#8a1a10", dark: "#f0a090", on: paper}'
        found: dict[str, ColorSlot] = {}
        for key, value in self._slots(node, _COLOR_KEYS, hint):
            slot = ColorSlot(*(value.get(name, "") for name in _COLOR_KEYS))
            if _PROPERTY.fullmatch(slot.property) and _COLOR.fullmatch(slot.light) and _COLOR.fullmatch(slot.dark):
                found[key.text] = slot
            else:
                self._tell(f"the colour {key.text!r} is not well described", key.span, hint)
        for name, slot in found.items():
            if slot.on and slot.on not in found:
                self._tell(f"the colour {name!r} stands on {slot.on!r}, which is none", node.span, hint)
        return found

    def _fonts(self, node: frontmatter.Node) -> dict[str, FontSlot]:
        hint = "write text: {property: --text, fallback: serif}"
        found: dict[str, FontSlot] = {}
        for key, value in self._slots(node, _FONT_KEYS, hint):
            slot = FontSlot(*(value.get(name, "") for name in _FONT_KEYS))
            if _PROPERTY.fullmatch(slot.property) and _FALLBACK.fullmatch(slot.fallback):
                found[key.text] = slot
            else:
                self._tell(f"the fonts {key.text!r} are not well described", key.span, hint)
        return found

    def _slots(
        self, node: frontmatter.Node, keys: tuple[str, ...], hint: str
    ) -> list[tuple[frontmatter.ScalarNode, dict[str, str]]]:
        """The names of a mapping, each with a mapping of some keys to texts."""
        found: list[tuple[frontmatter.ScalarNode, dict[str, str]]] = []
        if not isinstance(node, frontmatter.MapNode):
            self._tell("this must be a mapping", node.span, hint)
            return found
        for key, inner in node.pairs:
            pairs = inner.pairs if isinstance(inner, frontmatter.MapNode) else ()
            value = {name.text: leaf.text for name, leaf in pairs if isinstance(leaf, frontmatter.ScalarNode)}
            if len(value) == len(pairs) and value.keys() <= set(keys):
                found.append((key, value))
            else:
                self._tell(f"{key.text!r} is not well described", key.span, hint)
        return found

    def _tell(self, message: str, span: Span, hint: str) -> None:
        self.problems.append(Problem("error", "DG603", message, span, hint))
