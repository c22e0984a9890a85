"""Values as templates write them."""

from __future__ import annotations

from typing import Final

from jinja2 import Undefined
from markupsafe import Markup, escape

_WRITABLE: Final = frozenset({str, int, Markup})  # asked first, as nearly all values are of these
_SHORT: Final = 200  # characters of texts that are kept as they were written: names and addresses come again and again
_MOST: Final = 10_000
_WRITTEN: Final[dict[str, str]] = {}


def write_markup(value: object) -> str:
    """A value as it stands in HTML."""
    if type(value) is str:
        return _WRITTEN.get(value) or _write_text(value)
    return value if isinstance(value, Markup) else escape(check_writable(value))


def _write_text(value: str) -> str:
    special = "&" in value or "<" in value or ">" in value or '"' in value or "'" in value
    written = escape(value) if special else value  # as nearly all: a tenth of the time
    if len(value) <= _SHORT:
        if len(_WRITTEN) >= _MOST:
            _WRITTEN.clear()
        _WRITTEN[value] = written
    return written


def write_plain(value: object) -> str:
    """A value as it stands in plain text."""
    return str(check_writable(value))


def check_writable(value: object) -> object:
    """Only texts and numbers are written: a value or `None` on a page is a slip of the template."""
    if type(value) in _WRITABLE or isinstance(value, (str, Undefined)):
        return value
    raise TypeError(f"a template cannot write {'nothing' if value is None else f'a {type(value).__name__}'}")
