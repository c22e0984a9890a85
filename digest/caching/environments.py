"""What beside a site has a say in its output."""

from __future__ import annotations

import sys
from hashlib import blake2b

from digest import __version__


def environment_key() -> bytes:
    """Sixteen bytes that differ where another version of anything could build something else."""
    return blake2b(f"{__version__} {sys.version}".encode(), digest_size=16).digest()
