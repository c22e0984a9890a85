"""What may be installed beside digest."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_all_is_every_part_but_that_for_tests() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    named = re.fullmatch(rf"{project['name']}\[(.+)\]", *extras["all"])
    assert named
    assert set(named[1].split(",")) == extras.keys() - {"all", "test"}
