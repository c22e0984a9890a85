"""Settings of the look: colours, fonts and a logo. Whether the theme has such a colour is asked when it is loaded."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from digest.formats import frontmatter
from digest.formats.patterns import lazily
from digest.model import ColorChoice, FontChoice
from digest.reading.fields import Fields

_HEX: Final = lazily(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_FAMILY: Final = lazily(r"[^\W_][\w .&+-]{0,63}")
_LOGO: Final = lazily(r"/?[\w-][\w.-]*(?:/[\w-][\w.-]*)*\.(?:svg|png|webp|avif|jpe?g|gif)", re.IGNORECASE)


def read_colors(fields: Fields) -> tuple[ColorChoice, ...]:
    """`accent: "#8a1a10"`, or one for light and one for dark: `accent: {light: "#8a1a10", dark: "#f0a090"}`."""
    found: list[ColorChoice] = []
    for key, node in _pairs(fields, "colors", 'accent: "#8a1a10"'):
        name = key.text.strip()
        if not isinstance(node, frontmatter.MapNode):
            if light := _color(fields, name, node):
                found.append(ColorChoice(name, light, "", key.span))
            continue
        Fields(node, fields.code, fields.problems).check_keys(("light", "dark"), fields.code, "of a colour", "error")
        light, dark = (_color(fields, name, node.get(scheme) or node) for scheme in ("light", "dark"))
        if light and dark:
            found.append(ColorChoice(name, light, dark, key.span))
    return tuple(found)


def _color(fields: Fields, name: str, node: frontmatter.Node) -> str:
    if isinstance(node, frontmatter.ScalarNode) and _HEX.fullmatch(node.text.strip()):
        digits = node.text.strip()[1:].lower()
        return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))
    hint = f'write it between quotes: {name}: "#8a1a10", or {name}: {{light: "#8a1a10", dark: "#f0a090"}}'
    shown = f': "{node.text}"' if isinstance(node, frontmatter.ScalarNode) and not node.empty else ""
    fields.report(fields.code, f"`colors` needs a colour for `{name}`{shown}", node.span, hint)
    return ""


def read_fonts(fields: Fields) -> tuple[FontChoice, ...]:
    """`text: Georgia`, or several of which the first that is there is used: `text: [Charter, Georgia]`."""
    found: list[FontChoice] = []
    for key, node in _pairs(fields, "fonts", "text: Georgia"):
        name = key.text.strip()
        items = node.items if isinstance(node, frontmatter.ListNode) else (node,)
        families: list[str] = []
        for item in items:
            text = item.text if isinstance(item, frontmatter.ScalarNode) and not item.empty else ""
            parts = [part.strip().strip("'\"").strip() for part in text.split(",")]
            if all(_FAMILY.fullmatch(part) for part in parts):
                families += parts
            else:
                hint = f"write names of fonts: {name}: [Charter, Georgia]"
                fields.report(fields.code, f'`fonts` cannot hold "{text}" for `{name}`', item.span, hint)
        if families:
            found.append(FontChoice(name, tuple(dict.fromkeys(families)), key.span))
    return tuple(found)


def read_logo(fields: Fields) -> str:
    """A picture, by its path in content/static/ or in the static folder of the theme."""
    found = fields.read_text("logo")
    if found is None or _LOGO.fullmatch(found.text):
        return found.text if found else ""
    hint = "write the path of a picture in content/static/: logo: /logo.svg"
    fields.report(fields.code, f'`logo` cannot be "{found.text}"', found.span, hint)
    return ""


def _pairs(fields: Fields, name: str, example: str) -> Collection[tuple[frontmatter.ScalarNode, frontmatter.Node]]:
    node = fields.get(name)
    if node is None or isinstance(node, frontmatter.MapNode):
        return node.pairs if node else ()
    fields.report(fields.code, f"`{name}` must map names to values", node.span, f"write {name}: {{{example}}}")
    return ()
