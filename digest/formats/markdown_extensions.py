"""What others add to Markdown, as it is handed to those who compile bodies."""

from __future__ import annotations

from collections.abc import Callable

from digest.model import NamedTuple


class MarkdownExtension(NamedTuple):
    """What makes an extension of Python-Markdown, and the name that the classes it may use begin with."""

    name: str
    make: Callable[[], object]
