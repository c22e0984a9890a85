"""When garbage is looked for: in what many chunks of work leave behind, never in what was there before them."""

from __future__ import annotations

import gc


def collect_garbage() -> None:
    """From here on, look for garbage now and then in what is new.

    To look through what a site takes finds nothing, and in a fork copies the pages of the parent.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    gc.enable()
