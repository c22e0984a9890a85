from __future__ import annotations

import pytest

from digest.serving.ranges import read_range


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, None),
        ("bytes=0-3", (0, 4)),
        ("bytes=6-", (6, 10)),
        ("bytes=6-99", (6, 10)),
        ("bytes=-4", (6, 10)),
        ("bytes=-99", (0, 10)),
        ("Bytes = 1-1", (1, 2)),
        ("bytes=10-", (10, 10)),
        ("bytes=-0", (10, 10)),
        ("bytes=5-2", None),
        ("bytes=0-1,4-5", None),
        ("lines=0-1", None),
        ("bytes=-", None),
        ("bytes=" + "9" * 40 + "-", None),
    ],
)
def test_parts(header: str | None, expected: tuple[int, int] | None) -> None:
    assert read_range(header, 10) == expected
