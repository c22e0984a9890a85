"""content/addresses.txt is written whole or not at all, and within the site only."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.model import PAST_FILE, Past
from digest.writing import record_past

PAST = [Past("/about/", "page", "About us")]


def test_it_is_written_and_tells_how_it_looks(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    stamp = record_past(tmp_path, PAST)
    status = (tmp_path / PAST_FILE).stat()
    assert stamp == (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    assert [path.name for path in (tmp_path / "content").iterdir()] == ["addresses.txt"]


@pytest.mark.parametrize("link", ["content", "content/addresses.txt"])
def test_a_link_is_not_followed(tmp_path: Path, link: str) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "addresses.txt").write_text("mine")
    (site / link).parent.mkdir(parents=True)
    (site / link).symlink_to(elsewhere if link == "content" else elsewhere / "addresses.txt")
    with pytest.raises(OSError, match=r"addresses\.txt"):
        record_past(site, PAST)
    assert [(path.name, path.read_text()) for path in elsewhere.iterdir()] == [("addresses.txt", "mine")]
