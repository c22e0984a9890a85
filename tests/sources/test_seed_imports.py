"""The real documents beside the repository, imported whole; skipped where they are not there."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from digest.model import Document
from digest.reading import read_content, read_settings
from digest.sources import ImportPlan, decode_document, file_entries, plan_import, read_document

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason=f"the real documents are not at {SEEDS}")


def no_tags(_title: str, _text: str) -> tuple[str, ...]:
    return ()


def plan_seeds(site: Path) -> ImportPlan:
    documents = [decode_document(path.name, path.read_bytes()) for path in sorted(SEEDS.glob("*.txt"))]
    readings = [read_document(document) for document in documents if isinstance(document, Document)]
    settings, _ = read_settings(site)
    entries = read_content(site, settings).entries if (site / "content").is_dir() else ()
    return plan_import(readings, entries, no_tags, now=NOW)


def test_every_document_is_recognised_and_every_word_accounted_for(tmp_path: Path) -> None:
    plan = plan_seeds(tmp_path)
    assert [(problem.severity, problem.code) for problem in plan.problems] == [("warning", "DG304")]
    assert sorted(Counter((new.file[:3], new.format) for new in plan.new).items()) == [
        (("000", "abstract-blocks"), 10),
        (("001", "flattened-summaries"), 23),
        (("002", "closed-by-ids"), 10),
        (("003", "flattened-summaries"), 5),
        (("004", "dated-listing"), 25),
    ]


def test_titles_are_plain_and_short(tmp_path: Path) -> None:
    for new in plan_seeds(tmp_path).new:
        assert not re.search(r"^[#*>-]|\||\*\*|\]\(", new.title), new.title
        assert len(new.title) <= (100 if new.title_from else 200), new.title


def test_what_is_imported_is_known_again(tmp_path: Path) -> None:
    plan = plan_seeds(tmp_path)
    assert len(file_entries(plan, tmp_path / "content").written) == len(plan.new)
    settings, _ = read_settings(tmp_path)
    content = read_content(tmp_path, settings)
    assert content.problems == ()
    assert {entry.date for entry in content.entries if entry.source.format != "dated-listing"} == {date(2026, 11, 21)}
    again = plan_seeds(tmp_path)
    assert (again.new, again.problems) == ((), ())
    assert {kept.state for kept in again.kept} == {"unchanged"}
