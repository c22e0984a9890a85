"""A bibliography as a file."""

from __future__ import annotations

from digest.model import Export


def write_export(_export: Export) -> bytes:
    """The bibliography in its format."""
    raise NotImplementedError
