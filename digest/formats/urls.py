"""Addresses as they are written: which of them lead out of a site, and which file one within it is."""

from __future__ import annotations

import re
from typing import Final

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def is_absolute(target: str) -> bool:
    """Whether an address leads out of the site by itself: `https:…`, `mailto:…`, `//host/…`."""
    return target.startswith("//") or _SCHEME.match(target) is not None


def output_path(url: str) -> str:
    """The file under the output folder that a host serves at an address: `/2019/` is `2019/index.html`."""
    return f"{url[1:]}index.html" if url.endswith("/") else url[1:]
