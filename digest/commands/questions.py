"""Questions to whoever sits at the terminal; nobody is asked anywhere else."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value")


def can_ask() -> bool:
    """Whether a person sees what is asked, and can answer."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str, default: str, read: Callable[[str], Value]) -> Value:
    """The answer, as `read` takes it; the default for an empty one. What `read` refuses is asked again."""
    shown = f" [{default}]" if default else ""
    while True:
        sys.stderr.write(f"{question}{shown}: ")
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:  # nobody is there any more
            sys.stderr.write("\n")
            return read(default)
        try:
            return read(line.strip() or default)
        except argparse.ArgumentTypeError as error:
            sys.stderr.write(f"  {error}\n")
