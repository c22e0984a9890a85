"""Text to values and back, pure: each file is one format, and is read when something of it is first used."""

from typing import TYPE_CHECKING

from digest.model import read_later

if not TYPE_CHECKING:  # who checks types knows the files
    __getattr__ = read_later(__name__)
