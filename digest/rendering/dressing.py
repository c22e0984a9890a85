"""What a site sets of the look of its theme: colours, fonts and a logo, as a small style sheet of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from digest.formats import highlighting
from digest.model import SETTINGS_FILE, ColorChoice, FontChoice, Problem, Settings, Span, dataclass
from digest.rendering.theme_files import suggest
from digest.rendering.theme_manifests import ColorSlot, FontSlot, Manifest

STYLES: Final = "settings.css"
PAPER: Final = "paper"  # the colour that browsers frame a page with
_ROOT: Final = ":root:root"  # stronger than the sheets of the theme, whatever they ask about the screen
_GENERIC: Final = frozenset({
    "serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "ui-serif", "ui-sans-serif", "ui-monospace",
    "ui-rounded", "math", "fangsong",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dressing:
    """The style sheet, empty where nothing is set; the colours of the paper, light and dark; what is wrong."""

    styles: bytes
    paper: tuple[str, str]
    problems: tuple[Problem, ...]


def dress(settings: Settings, manifest: Manifest) -> Dressing:
    """The custom properties of a theme as the settings want them. DG203: names that it has not, unreadable colours."""
    colors = {choice.name: choice for choice in settings.colors}
    problems = [
        *_unknown(settings.colors, manifest.colors, "colour", "colors"),
        *_unknown(settings.fonts, manifest.fonts, "font", "fonts"),
    ]
    worn = _put_on(colors, manifest.colors)
    problems += _hard_to_read(colors, manifest.colors, worn)
    lines = [
        (manifest.colors[name].property, *worn[name])
        for name in sorted(colors.keys() & manifest.colors)
        if worn[name] != (manifest.colors[name].light, manifest.colors[name].dark)
    ]
    fonts = [
        (manifest.fonts[choice.name].property, _font_stack(choice, manifest.fonts[choice.name]))
        for choice in settings.fonts
        if choice.name in manifest.fonts
    ]
    return Dressing(_write_styles(lines, fonts).encode(), worn.get(PAPER, ("", "")), tuple(problems))


def _unknown(
    choices: Sequence[ColorChoice | FontChoice], slots: Mapping[str, ColorSlot | FontSlot], noun: str, setting: str
) -> Iterator[Problem]:
    for choice in choices:
        if choice.name not in slots:
            known = f"{suggest(choice.name, slots)}its {setting} are: {', '.join(slots)}"
            hint = known if slots else f"delete it: the theme names no {setting}"
            message = f"the theme has no {noun} that is called {choice.name!r}"
            yield Problem("error", "DG203", message, choice.span, hint)


def _put_on(choices: Mapping[str, ColorChoice], slots: Mapping[str, ColorSlot]) -> dict[str, tuple[str, str]]:
    """Every colour in light and dark. One that is given once is for light: in dark, text is made light enough."""
    worn: dict[str, tuple[str, str]] = {}
    for name, slot in sorted(slots.items(), key=lambda item: item[1].on != ""):  # grounds first
        choice = choices.get(name)
        if choice is None:
            worn[name] = (slot.light, slot.dark)
        elif choice.dark or not slot.on:
            worn[name] = (choice.light, choice.dark or slot.dark)
        else:
            worn[name] = (choice.light, highlighting.make_readable(choice.light, worn[slot.on][1]))
    return worn


def _hard_to_read(
    choices: Mapping[str, ColorChoice], slots: Mapping[str, ColorSlot], worn: Mapping[str, tuple[str, str]]
) -> Iterator[Problem]:
    """A warning for each pair of text and ground, one of which the site has set, that has too little contrast."""
    for name, slot in slots.items():
        place = choices.get(name) or choices.get(slot.on)
        if not slot.on or place is None:
            continue
        for scheme, text, ground in zip(("light", "dark"), worn[name], worn[slot.on], strict=True):
            ratio = highlighting.contrast(text, ground)
            if ratio < highlighting.CONTRAST:
                better = highlighting.make_readable(text, ground)
                message = f"the colour {name!r}, {text}, is hard to read on {ground}: contrast {ratio:.1f} in {scheme}"
                hint = f'it must be {highlighting.CONTRAST} at least, as of {better}: {name}: {{{scheme}: "{better}"}}'
                yield Problem("warning", "DG203", message, place.span, hint)


def _font_stack(choice: FontChoice, slot: FontSlot) -> str:
    families = [family if family in _GENERIC else f'"{family}"' for family in choice.families]
    return ", ".join([*families, slot.fallback])


def _write_styles(colors: Sequence[tuple[str, str, str]], fonts: Sequence[tuple[str, str]]) -> str:
    """The style sheet. `light-dark()` follows whatever a reader chose; older browsers stay in the light.

    Colours are for the screen: on paper the theme prints as it was made to, as it does for who asks for more contrast.
    """
    rules: list[str] = []
    if fonts:
        rules.append(f"{_ROOT} {{ {' '.join(f'{name}: {value};' for name, value in fonts)} }}")
    if colors:
        light = " ".join(f"{name}: {one};" for name, one, _ in colors)
        both = " ".join(f"{name}: light-dark({one}, {other});" for name, one, other in colors)
        where = "@media screen and (not (prefers-contrast: more))"
        rules.append(f"{where} {{ {_ROOT} {{ {light} }} }}")
        rules.append(f"@supports (color: light-dark(#000, #fff)) {{ {where} {{ {_ROOT} {{ {both} }} }} }}")
    return "".join(rule + "\n" for rule in rules)


def find_logo(settings: Settings, site: Path, assets: Mapping[str, str], problems: list[Problem]) -> str:
    """The url of the logo: a file of content/static/, else one of the theme. DG203 where neither has it."""
    name = settings.logo.removeprefix("/")
    if not name:
        return ""
    root = (site / "content" / "static").resolve()
    path = root / name
    if path.is_file() and path.resolve().is_relative_to(root):
        return f"/{name}"
    if name in assets:
        return assets[name]
    hint = f"put it at content/static/{name}, or name a file that is there"
    problems.append(Problem("error", "DG203", f"there is no logo {settings.logo!r}", Span(SETTINGS_FILE), hint))
    return ""
