"""Code as HTML with class names, and the style sheet that colours them."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pygments.formatters import HtmlFormatter
    from pygments.lexer import Lexer

# Pygments' lexers are regular expressions and may be slow on what nobody wrote by hand: beyond this, code is plain.
LONGEST: Final = 100_000
# The backgrounds of code; `stylesheet` gives every colour a contrast of 4.5 to 1 on them (WCAG 2.2, 1.4.3).
LIGHT: Final = "#f6f6f4"
DARK: Final = "#1b1c1e"
CONTRAST: Final = 4.5
_SPACE = re.compile(r'<span class="w">(\s*)</span>')
_LANGUAGE = re.compile(r"\{?\.?([A-Za-z][\w+#.-]{0,40})")


def language_of(info: str) -> str:
    """The language that the line after a fence names: `python`, `{.python}`, `python title=x`; else empty."""
    match = _LANGUAGE.match(info)
    return match[1].lower().rstrip(".") if match else ""


def highlight(code: str, info: str = "") -> str:
    """A block of code as HTML; code in no language or an unknown one stays plain, none is guessed."""
    language = language_of(info)
    lexer = _lexer(language) if language and len(code) <= LONGEST else None
    if lexer is None:
        inner = escape(code, quote=False) + "\n"
    else:
        from pygments import highlight as render  # noqa: PLC0415 - heavy: loaded where there is code

        inner = _SPACE.sub(r"\1", render(code, lexer, _formatter()))
    label = f' data-lang="{escape(language)}"' if language else ""
    return f'<pre class="code" tabindex="0"{label}><code>{inner}</code></pre>'


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415 - heavy: loaded where there is code
    from pygments.util import ClassNotFound  # noqa: PLC0415 - likewise

    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None


@cache
def _formatter() -> HtmlFormatter[str]:
    from pygments.formatters import HtmlFormatter  # noqa: PLC0415 - heavy: loaded where there is code

    return HtmlFormatter(nowrap=True)


def stylesheet(light: str = "xcode", dark: str = "lightbulb") -> str:
    """The style sheet of highlighted code: a Pygments style for light and one for those who prefer dark.

    Colours that would be hard to read on the background are made darker or lighter until they are not.
    """
    sheet = "\n".join(_rules(light, LIGHT))
    night = "\n".join(f"  {rule}" for rule in _rules(dark, DARK))
    return f"{sheet}\n@media (prefers-color-scheme: dark) {{\n{night}\n}}\n"


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, `#rrggbb`, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _rules(name: str, background: str) -> list[str]:
    """One rule for each look, in the order of its first token."""
    from pygments.styles import get_style_by_name  # noqa: PLC0415 - heavy: for the author of a theme
    from pygments.token import STANDARD_TYPES, Token  # noqa: PLC0415 - likewise

    style = get_style_by_name(name)
    text = style.style_for_token(Token)["color"] or ("000000" if background == LIGHT else "e6e6e6")
    foreground = make_readable(f"#{text}", background)
    looks: dict[str, list[str]] = {}
    for token, short in STANDARD_TYPES.items():
        entry = style.style_for_token(token)
        color = make_readable(f"#{entry['color']}", background) if entry["color"] else foreground
        look = "" if color == foreground else f"color: {color}"
        look += "; font-weight: 700" if entry["bold"] else ""
        look += "; font-style: italic" if entry["italic"] else ""
        if short and look:
            looks.setdefault(look.removeprefix("; "), []).append(f".code .{short}")
    rules = [f"{', '.join(selectors)} {{ {look}; }}" for look, selectors in looks.items()]
    return [f".code {{ background: {background}; color: {foreground}; }}", *rules]


def make_readable(color: str, background: str) -> str:
    """The colour, mixed with black or white until it can be read."""
    aim = 0 if _luminance(background) > 0.5 else 255
    channels = [int(color[i : i + 2], 16) for i in (1, 3, 5)]
    for step in range(101):
        mixed = "#" + "".join(f"{round(value + (aim - value) * step / 100):02x}" for value in channels)
        if contrast(mixed, background) >= CONTRAST:
            return mixed
    return mixed


def _luminance(color: str) -> float:
    values = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in values]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
