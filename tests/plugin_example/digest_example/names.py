"""A filter: names as initials."""

from __future__ import annotations


def initials(name: str, sign: str = ".") -> str:
    """`Ada Lovelace` as `A.L.`."""
    return "".join(part[0] + sign for part in name.split())
