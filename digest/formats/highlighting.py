"""Code as HTML with class names, and the style sheet that colours them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Final

from digest.formats.lexing import make_lexer, read_tokens
from digest.formats.patterns import lazily
from digest.model import dataclass

if TYPE_CHECKING:
    from pygments.token import _TokenType

    _Reader = Callable[[str], Iterable[tuple[_TokenType, str]]]

# Pygments' lexers are regular expressions and may be slow on what nobody wrote by hand: beyond this, code is plain.
LONGEST: Final = 100_000
# The backgrounds of code; `stylesheet` gives every colour a contrast of 4.5 to 1 on them (WCAG 2.2, 1.4.3).
LIGHT: Final = "#f6f6f4"
DARK: Final = "#1b1c1e"
CONTRAST: Final = 4.5
# No letters, and all that is not ASCII in most code that holds any: quotes, dashes, arrows of its remarks, in order.
# To get ready for the letters of all scripts takes as long as for the rest of a language.
SIGNS: Final = "«»×–—‘’“”„•…←→↔⇒≈≠≤≥■□✓"
_NO_SIGNS: Final = dict.fromkeys(map(ord, SIGNS))
_SHORT: Final = 32  # characters of what is remembered as it is written
_SPACE: Final = "w"  # the class of blanks, which have no looks
_LANGUAGE = lazily(r"\{?\.?([A-Za-z][\w+#.-]{0,40})")


def language_of(info: str) -> str:
    """The language that the line after a fence names: `python`, `{.python}`, `python title=x`; else empty."""
    match = _LANGUAGE.match(info)
    return match[1].lower().rstrip(".") if match else ""


def highlight(code: str, info: str = "") -> str:
    """A block of code as HTML; code in no language or an unknown one stays plain, none is guessed."""
    language = language_of(info)
    lexer = _lexer(language, _beyond_ascii(code)) if language and len(code) <= LONGEST else None
    inner = write_tokens(lexer(code)) if lexer else escape(code, quote=False) + "\n"
    label = f' data-lang="{escape(language)}"' if language else ""
    return f'<pre class="code" tabindex="0"{label}><code>{inner}</code></pre>'


def write_tokens(tokens: Iterable[tuple[_TokenType, str]]) -> str:
    """The HTML of tokens, as the formatter of Pygments writes it: one element for each run of a class in a line."""
    out: list[str] = []
    last = run = ""
    for kind, text in tokens:
        name = _NAMES[kind]
        if name == last:
            run += text
        elif text:
            out.append(_write_usual(last, run) if len(run) < _SHORT else _write_run(last, run))
            last, run = name, text
    out.append(_write_run(last, run))
    return "".join(out) if not run or run[-1] == "\n" else "".join((*out, "\n"))


def _write_run(name: str, text: str) -> str:
    if "&" in text or "<" in text or ">" in text:
        text = escape(text, quote=False)
    if not name:
        return text
    opening = f'<span class="{name}">'
    if "\n" not in text:
        return text if name == _SPACE and text.isspace() else f"{opening}{text}</span>"
    return "\n".join(
        [
            line if not line or (name == _SPACE and line.isspace()) else f"{opening}{line}</span>"
            for line in text.split("\n")
        ]
    )


_write_usual = lru_cache(maxsize=4096)(_write_run)  # names, signs and blanks come again


def _beyond_ascii(code: str) -> str | None:
    """What else may be in the code; `None` if anything."""
    return "" if code.isascii() else SIGNS if code.translate(_NO_SIGNS).isascii() else None


class _Names(dict["_TokenType", str]):
    """The class names of a kind of token, as the formatter of Pygments gives them: more of one that is finer."""

    def __missing__(self, kind: _TokenType) -> str:
        from pygments.token import STANDARD_TYPES  # noqa: PLC0415 - heavy: loaded where there is code

        name = STANDARD_TYPES.get(kind)
        if name is None and kind.parent is not None:
            above = self[kind.parent]
            name = f"{above} {above.rpartition(' ')[2]}-{kind[-1]}"
        self[kind] = name = name or ""
        return name


_NAMES: Final = _Names()


@lru_cache(maxsize=64)
def _lexer(language: str, beyond: str | None) -> _Reader | None:
    """What gives the tokens of a text in a language, if it is known, and the text holds nothing else `beyond` ASCII."""
    from pygments.lexer import Lexer, RegexLexer  # noqa: PLC0415 - heavy: loaded where there is code
    from pygments.lexers import find_lexer_class_by_name  # noqa: PLC0415 - likewise
    from pygments.token import Error, Whitespace  # noqa: PLC0415 - likewise
    from pygments.util import ClassNotFound  # noqa: PLC0415 - likewise

    try:
        kind = find_lexer_class_by_name(language)
    except ClassNotFound:
        return None
    lexer = make_lexer(kind, beyond=beyond)
    engine: _Reader = lexer.get_tokens
    ways = (getattr(kind, "get_tokens_unprocessed", None), kind.get_tokens, lexer.filters)
    if ways != (RegexLexer.get_tokens_unprocessed, Lexer.get_tokens, []):
        return engine  # one with a way of its own
    return lambda code: read_tokens(lexer, lexer._preprocess_lexer_input(code), Whitespace, Error)


def stylesheet(light: str = "xcode", dark: str = "lightbulb") -> str:
    """The style sheet of highlighted code: a Pygments style for light and one for dark.

    `light-dark()` follows the `color-scheme` of the page, whoever chose it; where it is not known, code has no colours.
    Colours that would be hard to read on the background are made darker or lighter until they are not.
    """
    day, night = _read_style(light, LIGHT), _read_style(dark, DARK)
    looks: dict[str, list[str]] = {}
    for short in day.keys() & night.keys() - {""}:
        if look := _join_looks(day, night, short):
            looks.setdefault(look, []).append(short)
    rules = [f".code {{ background: light-dark({LIGHT}, {DARK}); color: {_both(day[''], night[''])}; }}"]
    for look, names in sorted(looks.items(), key=lambda item: min(item[1])):
        rules.append(f"{', '.join(f'.code .{name}' for name in sorted(names))} {{ {look}; }}")
    return "\n".join(rules) + "\n"


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, `#rrggbb`, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@dataclass(frozen=True, slots=True)
class _Look:
    """How a kind of token looks."""

    color: str
    bold: bool = False
    italic: bool = False


def _read_style(name: str, background: str) -> dict[str, _Look]:
    """The looks of a Pygments style by the class names of tokens; that of plain text under the empty one."""
    from pygments.styles import get_style_by_name  # noqa: PLC0415 - heavy: for the author of a theme
    from pygments.token import STANDARD_TYPES, Token  # noqa: PLC0415 - likewise

    style = get_style_by_name(name)
    text = style.style_for_token(Token)["color"] or ("000000" if background == LIGHT else "e6e6e6")
    looks = {}
    for token, short in STANDARD_TYPES.items():
        entry = style.style_for_token(token)
        color = make_readable(f"#{entry['color'] or text}", background)
        looks[short] = _Look(color, entry["bold"], entry["italic"])
    return looks


def _join_looks(day: dict[str, _Look], night: dict[str, _Look], short: str) -> str:
    """What is to say of a kind of token: bold and slanted where one of the styles has it so; nothing of plain text."""
    light, dark = day[short], night[short]
    parts = []
    if (light.color, dark.color) != (day[""].color, night[""].color):
        parts.append(f"color: {_both(light, dark)}")
    if light.bold or dark.bold:
        parts.append("font-weight: 700")
    if light.italic or dark.italic:
        parts.append("font-style: italic")
    return "; ".join(parts)


def _both(light: _Look, dark: _Look) -> str:
    return f"light-dark({light.color}, {dark.color})"


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
