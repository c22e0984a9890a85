"""Tiny sites whose whole output is kept, byte for byte; `pytest --update-golden` writes it anew, for you to read."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from built_sites import tree

from digest.pipeline import BuildOptions, build

HERE = Path(__file__).parent
SITES = sorted(path.parent.name for path in HERE.glob("*/content"))
ASSETS = "assets"
NOW = datetime(2024, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("name", SITES)
def test_the_output_is_the_one_that_was_read_and_kept(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    report = build(HERE / name, tmp_path, BuildOptions(), now=NOW)
    assert report.problems == ()
    golden = HERE / name / "golden"
    if request.config.getoption("--update-golden"):
        shutil.rmtree(golden, ignore_errors=True)
        shutil.copytree(tmp_path, golden, ignore=shutil.ignore_patterns(ASSETS))
    # The theme's own files are not kept a second time: the manifest, which is, holds the fingerprint of each.
    built = {path: data for path, data in tree(tmp_path).items() if not path.startswith(f"{ASSETS}/")}
    kept = tree(golden)
    assert sorted(built) == sorted(kept)
    for path, data in built.items():
        assert data.decode() == kept[path].decode(), f"{path}: read the change, then pytest --update-golden"
