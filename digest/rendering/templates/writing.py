"""Values as templates write them."""

from __future__ import annotations

from typing import Final

from jinja2 import Undefined
from markupsafe import Markup, escape

_WRITABLE: Final = frozenset({str, int, Markup})  # asked first, as nearly all values are of these


def write_markup(value: object) -> str:
    """A value as it stands in HTML."""
    if type(value) is str:
        if "&" in value or "<" in value or ">" in value or '"' in value or "'" in value:
            return escape(value)
        return value  # nearly all: a tenth of the time
    return value if isinstance(value, Markup) else escape(check_writable(value))


def write_plain(value: object) -> str:
    """A value as it stands in plain text."""
    return str(check_writable(value))


def check_writable(value: object) -> object:
    """Only texts and numbers are written: a value or `None` on a page is a slip of the template."""
    if type(value) in _WRITABLE or isinstance(value, (str, Undefined)):
        return value
    raise TypeError(f"a template cannot write {'nothing' if value is None else f'a {type(value).__name__}'}")
