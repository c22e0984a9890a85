"""Code as HTML with class names, and the style sheet that colours them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import escape
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from digest.formats.patterns import lazily
from digest.model import dataclass

if TYPE_CHECKING:
    from pygments.lexer import Lexer
    from pygments.token import _TokenType

# Pygments' lexers are regular expressions and may be slow on what nobody wrote by hand: beyond this, code is plain.
LONGEST: Final = 100_000
# The backgrounds of code; `stylesheet` gives every colour a contrast of 4.5 to 1 on them (WCAG 2.2, 1.4.3).
LIGHT: Final = "#f6f6f4"
DARK: Final = "#1b1c1e"
CONTRAST: Final = 4.5
_PATIENCE: Final = 4  # blocks of a language after which its rules are sorted
_SPACE: Final = "w"  # the class of blanks, which have no looks
_LANGUAGE = lazily(r"\{?\.?([A-Za-z][\w+#.-]{0,40})")


def language_of(info: str) -> str:
    """The language that the line after a fence names: `python`, `{.python}`, `python title=x`; else empty."""
    match = _LANGUAGE.match(info)
    return match[1].lower().rstrip(".") if match else ""


def highlight(code: str, info: str = "") -> str:
    """A block of code as HTML; code in no language or an unknown one stays plain, none is guessed."""
    language = language_of(info)
    lexer = _lexer(language) if language and len(code) <= LONGEST else None
    inner = "".join(write_tokens(lexer.tokens(code))) if lexer else escape(code, quote=False) + "\n"
    label = f' data-lang="{escape(language)}"' if language else ""
    return f'<pre class="code" tabindex="0"{label}><code>{inner}</code></pre>'


def write_tokens(tokens: Iterable[tuple[_TokenType, str]]) -> Iterator[str]:
    """The HTML of tokens, as the formatter of Pygments writes it: one element for each run of a class in a line."""
    named = ((_names_of(kind), text) for kind, text in tokens if text)
    ended = True
    for name, run in groupby(named, itemgetter(0)):
        text = "".join([piece for _, piece in run])
        ended = text[-1] == "\n"
        if not name:
            yield escape(text, quote=False)
            continue
        opening = f'<span class="{name}">'
        for number, line in enumerate(text.split("\n")):
            if number:
                yield "\n"
            if line:
                bare = name == _SPACE and line.isspace()
                yield line if bare else f"{opening}{escape(line, quote=False)}</span>"
    if not ended:
        yield "\n"


@lru_cache(maxsize=1024)
def _names_of(kind: _TokenType) -> str:
    """The class names of a kind of token, as the formatter of Pygments gives them: more of one that is finer."""
    from pygments.token import STANDARD_TYPES  # noqa: PLC0415 - heavy: loaded where there is code

    name = STANDARD_TYPES.get(kind)
    if name is None and kind.parent is not None:
        above = _names_of(kind.parent)
        name = f"{above} {above.rpartition(' ')[2]}-{kind[-1]}"
    return name or ""


@lru_cache(maxsize=64)
def _lexer(language: str) -> _Lexer | None:
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415 - heavy: loaded where there is code
    from pygments.util import ClassNotFound  # noqa: PLC0415 - likewise

    try:
        return _Lexer(get_lexer_by_name(language, stripnl=False))
    except ClassNotFound:
        return None


class _Lexer:
    """A lexer of Pygments. Where there is more code than a little, its rules are sorted by how their matches begin."""

    def __init__(self, lexer: Lexer) -> None:
        self._lexer = lexer
        self._read = 0

    def tokens(self, code: str) -> Iterable[tuple[_TokenType, str]]:
        """The tokens of a text."""
        self._read += 1
        if self._read == _PATIENCE:
            sort_rules(self._lexer)
        return self._lexer.get_tokens(code)


def sort_rules(lexer: Lexer) -> None:
    """Spare a lexer the rules that cannot match: at each place it tries, one after the other, all of its state."""
    states = getattr(lexer, "_tokens", None)
    if isinstance(states, dict):  # as those have that are made of regular expressions
        lexer.__dict__["_tokens"] = {name: _State(rules) for name, rules in states.items()}


class _State:
    """The rules of one state of a lexer, in order; those that go through them are given what can match, no others."""

    def __init__(self, rules: Sequence[tuple[Any, ...]]) -> None:
        self._rules = rules
        self._starts: list[frozenset[int] | None] = []
        self._sorted: dict[str, tuple[tuple[Any, ...], ...]] = {}
        self._first = ""

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        """First a rule that matches nothing and so sees the place; then those whose matches can begin as the text."""
        yield self._look, None, None
        rules = self._sorted.get(self._first)
        yield from self._sort(self._first) if rules is None else rules

    def _look(self, text: str, start: int, *_end: int) -> None:
        self._first = text[start : start + 1]

    def _sort(self, first: str) -> tuple[tuple[Any, ...], ...]:
        if not self._starts:
            from digest.formats.pattern_starts import starts_of  # noqa: PLC0415 - loaded where there is much code

            patterns = (getattr(rule[0], "__self__", None) for rule in self._rules)
            self._starts = [starts_of(each) if isinstance(each, re.Pattern) else None for each in patterns]
        code = min(ord(first), 128) if first else -1
        found = tuple(
            rule for rule, starts in zip(self._rules, self._starts, strict=True) if starts is None or code in starts
        )
        if code < 128:
            self._sorted[first] = found
        return found


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
