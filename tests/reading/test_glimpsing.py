"""Where an entry stands, told without reading the rest."""

from __future__ import annotations

from datetime import UTC, date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Entry
from digest.reading import Source, glimpse_entry, parse_source, read_source
from digest.reading.glimpsing import read_glimpse
from digest.reading.scanning import ScannedFile

USUAL = """title: "On \\"bees\\""
date: 2001-01-02T07:00:00Z
authors:
  - "Ada Lovelace"
  - José Ñandú
tags:
- bees
- more-bees
- bees
venue: 'Journal of Beans 3: all (2021)'
links:
  code: https://demo.example/a#b
summary: "One: two # three."
arxiv: "0101.00044"
"""
WORDS = [
    "bees",
    "Bees",
    "two words",
    "null",
    "true",
    "12",
    "é",
    "x: y",
    "x #y",
    "a:",
    "#",
    "- a",
    "",
    "''",
    '"',
    "\\",
    "\x85",
]
TEXTS = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", '"', "'", " ", "[", "|"]),
        st.sampled_from(WORDS),
        st.sampled_from(["", '"', "'", " ", "]"]),
    ),
)
ITEMS = st.builds("{}- {}\n".format, st.sampled_from(["", "  ", "    "]), TEXTS)
PAIRS = st.builds("  {}: {}\n".format, st.sampled_from(["date", "tags", "x"]), TEXTS)
NAMES = st.sampled_from(["tags", "authors", "venue", "draft", "title", "date", "summary", "other"])
LINES = st.one_of(
    st.builds("{}: {}\n".format, NAMES, TEXTS),
    st.builds("{}:{}\n{}".format, NAMES, st.sampled_from(["", " "]), st.lists(ITEMS, max_size=3).map("".join)),
    st.builds("{}:\n{}".format, NAMES, st.lists(PAIRS, max_size=2).map("".join)),
    st.sampled_from(["draft: true\n", "draft: false\n", "# more\n", "\n", "date: 2020-02-30\n", "  more\n"]),
)
FRONTS = st.builds(
    lambda day, lines: "".join(["title: A title\n", f"date: {day}\n", *lines]),
    st.sampled_from(["2020-02-28", '"2020-02-28"', "2020-02-28T10:00:00Z", "2020-02-28 10:00 # noon", "2020-02"]),
    st.lists(LINES, max_size=4),
)


def read_all(front: str) -> tuple[object, ...] | None:
    """What the whole file says of where it stands; nothing where it has an error."""
    raw = f"---\n{front}---\n\nText.\n".encode()
    entry, problems = parse_source(ScannedFile("a.md", ""), Source(raw, b""), UTC)
    if not isinstance(entry, Entry) or any(problem.severity == "error" for problem in problems):
        return None
    return stand(entry)


def stand(entry: Entry) -> tuple[object, ...]:
    return entry.date, entry.draft, entry.tags, entry.authors, entry.venue


@given(FRONTS)
@settings(max_examples=600, deadline=None)
def test_a_glimpse_is_what_reading_tells(front: str) -> None:
    glimpse, whole = read_glimpse(front, UTC), read_all(front)
    assert glimpse is None or whole is None or glimpse == whole


def test_a_glimpse_suffices_for_nearly_all() -> None:
    assert read_glimpse(USUAL, UTC) == read_all(USUAL)
    assert read_glimpse(USUAL, UTC) == (
        date(2001, 1, 2),
        False,
        ("bees", "more-bees"),
        ("Ada Lovelace", "José Ñandú"),
        "Journal of Beans 3: all (2021)",
    )


@pytest.mark.parametrize(
    "front",
    [
        "title: One\n",  # the day may be that of its path
        "date: 2020-01-01\n",
        "title: One\ndate: 2020-01-01\ndate: 2020-01-02\n",
        "title: One\n  date: 2020-01-01\n",
        "title: |\n  One\ndate: 2020-01-01\n",
        "title: One\ndate: 2020-02-30\n",
        "title: One\ndate: 2020-01-01\ndraft: maybe\n",
        "title: One\ndate: 2020-01-01\ntags: [a]\n",
        "title: One\ndate: 2020-01-01\ntags:\n  - Two Words\n",
        "title: One\ndate: 2020-01-01\nauthors: Ada Lovelace\n",
        'title: One\ndate: 2020-01-01\nauthors:\n  - "A \\"B\\" C"\n',
        "title: One\ndate: 2020-01-01\nvenue:\n  - a\n",
        "title: One\ndate: 2020-01-01\u00a0\n",
    ],
)
def test_of_all_else_the_whole_is_read(front: str) -> None:
    assert read_glimpse(front, UTC) is None


def test_long_lines_take_no_longer_than_they_are() -> None:
    for text in ("a: b" + " " * 200_000 + "#\n", "a: b" + " #" * 100_000 + "\n", "a:\n" + "- b\n" * 50_000 + "  c"):
        assert read_glimpse(text, UTC) is None


@pytest.mark.parametrize("more", ["", "\n", "\n\nWords.\n", "\n" + "x" * 9_000, ".\n---\n", "\n...\n---\n"])
@pytest.mark.parametrize(
    "front", [USUAL, USUAL + 'other: "' + "x" * 4_096 + '"\n', "...\n" + USUAL, "date: 2020-01-01\n"]
)
def test_a_file_is_read_as_far_as_that_takes(front: str, more: str, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"---\n{front}---{more}", encoding="utf-8")
    file = ScannedFile("a.md", str(path))
    source = read_source(file)
    assert isinstance(source, Source)
    entry, _ = parse_source(file, source, UTC)
    glimpse = glimpse_entry(file, UTC)
    assert glimpse == (stand(entry) if isinstance(entry, Entry) else None)


def test_of_what_is_no_file_there_is_nothing(tmp_path: Path) -> None:
    assert glimpse_entry(ScannedFile("a.md", str(tmp_path / "a.md")), UTC) is None
    assert glimpse_entry(ScannedFile("a.md", str(tmp_path)), UTC) is None
