"""What is remembered of each source, and what is not."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from digest.fetching import Memories
from digest.model import Selection, SourceQuery, Span

SOURCE = SourceQuery("plants", "arxiv-listing", Span("x"), categories=("cs.CL",))
SEARCH = SourceQuery("words", "arxiv-search", Span("x"), search="all:onion")


def test_a_source_is_remembered(tmp_path: Path) -> None:
    memories = Memories.read(tmp_path)
    assert memories.recall(SOURCE) == {}
    memories.remember(SOURCE, {"until cs.CL": "2026-11-16"})
    memories.remember(SEARCH, {"until": "2026-11-17"})
    again = Memories.read(tmp_path)
    assert again.problems == ()
    assert again.recall(SOURCE) == {"until cs.CL": "2026-11-16"}
    assert again.recall(SEARCH) == {"until": "2026-11-17"}
    assert [path.name for path in (tmp_path / ".digest").iterdir()] == ["fetch.json"]


def test_a_source_that_asks_for_something_else_is_another_one(tmp_path: Path) -> None:
    memories = Memories.read(tmp_path)
    memories.remember(SEARCH, {"until": "2026-11-17"})
    assert memories.recall(replace(SEARCH, search="all:leek")) == {}
    assert memories.recall(replace(SEARCH, categories=("cs.CL",))) == {}
    assert memories.recall(replace(SEARCH, include=Selection(("onion",)), since=3)) == {"until": "2026-11-17"}


def test_one_more_category_of_listings_changes_nothing_for_the_others(tmp_path: Path) -> None:
    memories = Memories.read(tmp_path)
    memories.remember(SOURCE, {"until cs.CL": "2026-11-16"})
    assert memories.recall(replace(SOURCE, categories=("cs.CL", "cs.LG"))) == {"until cs.CL": "2026-11-16"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "[" * 100_000,
        "\x00\xff",
        '{"version": 2, "sources": {}}',
        '{"version": 1, "sources": []}',
        '{"version": 1, "sources": {"plants": {}}}',
        '{"version": 1, "sources": {"plants": {"query": "x", "memory": {"until": 5}}}}',
        '{"version": 1, "sources": {"plants": {"query": "x", "memory": ["until"]}}}',
    ],
)
def test_a_damaged_memory_is_none(text: str, tmp_path: Path) -> None:
    (tmp_path / ".digest").mkdir()
    (tmp_path / ".digest/fetch.json").write_bytes(text.encode("latin-1"))
    memories = Memories.read(tmp_path)
    assert [(problem.severity, problem.code) for problem in memories.problems] == [("note", "DG704")]
    memories.remember(SOURCE, {"until": "2026-11-16"})
    assert Memories.read(tmp_path).recall(SOURCE) == {"until": "2026-11-16"}


def test_a_memory_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    memories = Memories.read(tmp_path)
    memories.remember(SOURCE, {"until": "1"})
    memories.path = tmp_path / "no" / "\0"
    with pytest.raises((OSError, ValueError)):
        memories.remember(SOURCE, {"until": "2"})
    assert json.loads((tmp_path / ".digest/fetch.json").read_text())["sources"]["plants"]["memory"] == {"until": "1"}
