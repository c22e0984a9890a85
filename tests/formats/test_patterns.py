"""Patterns that are compiled late are patterns all the same."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import digest
from digest.formats.patterns import lazily

MODULES = [
    found.name for found in pkgutil.walk_packages(digest.__path__, "digest.") if not found.name.endswith("__main__")
]


@pytest.mark.parametrize("name", MODULES)
def test_every_pattern_of_a_module_compiles(name: str) -> None:
    kind = type(lazily(""))
    values = vars(importlib.import_module(name)).values()
    assert all(value.pattern is not None for value in values if isinstance(value, kind))


def test_a_late_pattern_is_as_one_that_was_compiled_at_once() -> None:
    late, early = lazily(r"(?P<word>[a-z]+)\d", re.IGNORECASE), re.compile(r"(?P<word>[a-z]+)\d", re.IGNORECASE)
    text = "Ab1 cd2 3"
    assert late.findall(text) == early.findall(text)
    assert late.sub("x", text) == early.sub("x", text)
    assert (late.pattern, late.flags, late.groupindex) == (early.pattern, early.flags, early.groupindex)


def test_what_is_wrong_with_a_late_pattern_shows_when_it_is_used() -> None:
    late = lazily("(")
    with pytest.raises(re.error):
        late.match("")
