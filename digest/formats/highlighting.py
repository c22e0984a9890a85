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
LIGHT: Final = "#f6f6f4"
DARK: Final = "#1b1c1e"
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

        inner = render(code, lexer, _formatter())
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
