"""The five real documents, imported and held against the truth beside them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from digest.cli import main


@pytest.fixture(scope="module")
def score(shared: Path, seeds_site: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The figures of the scorer that lies beside the truth."""
    figures = tmp_path_factory.mktemp("score") / "figures.json"
    truth = sorted((shared / "truth").glob("*.json"))
    scorer = [sys.executable, shared / "truth" / "score.py", seeds_site / "content", *truth, "--json", figures]
    subprocess.run(list(map(str, scorer)), check=True, capture_output=True)
    result: dict[str, Any] = json.loads(figures.read_text(encoding="utf-8"))["aggregate"]["ALL"]
    return result


@pytest.mark.parametrize(
    "figure",
    [
        "entry_recall",
        "entry_precision",
        "title_exact",
        "title_derived_ok",
        "date_exact",
        "authors_exact",
        "arxiv_ok",
        "words_kept",
        "words_kept_min",
        "urls_kept",
        "math_kept",
        "code_kept",
        "images_kept",
        "venue_kept",
        "kind_ok",
    ],
)
def test_everything_is_kept(score: dict[str, Any], figure: str) -> None:
    assert score[figure] == 1.0


@pytest.mark.parametrize(
    "figure", ["date_invented", "authors_invented", "arxiv_false", "doi_false", "bad_urls", "noise_entries", "bad_yaml"]
)
def test_nothing_is_invented_and_no_noise_is_left(score: dict[str, Any], figure: str) -> None:
    assert score[figure] == 0


@pytest.mark.parametrize(("figure", "least"), [("headings_f1", 0.97), ("lists_f1", 0.98), ("overall", 0.985)])
def test_flattened_markdown_is_given_back(score: dict[str, Any], figure: str, least: float) -> None:
    assert score[figure] >= least


def test_every_document_gives_all_its_entries(score: dict[str, Any]) -> None:
    assert (score["n_truth"], score["n_generated"], score["n_matched"]) == (73, 73, 73)


def test_the_one_repeated_abstract_is_a_suspect(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    documents = sorted(map(str, (shared / "seeds").glob("*.txt")))
    assert main(["import", *documents, "--site", str(tmp_path), "--report", "json"]) == 0
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert [problem["code"] for problem in problems] == ["DG304"]


def test_a_second_import_writes_nothing(shared: Path, seeds_site: Path) -> None:
    before = {path: path.read_bytes() for path in (seeds_site / "content").rglob("*.md")}
    documents = sorted(map(str, (shared / "seeds").glob("*.txt")))
    assert main(["import", *documents, "--site", str(seeds_site)]) == 0
    assert {path: path.read_bytes() for path in (seeds_site / "content").rglob("*.md")} == before
