"""Real documents beside the repository, imported by the command and compared with their truth; skipped without them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from built_sites import ROOT

from digest.cli import main
from digest.model import Document
from digest.reading import read_content, read_settings
from digest.sources import load_sources

SHARED = ROOT.parent / "shared"
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))
TRUTHS = sorted((SHARED / "samples").rglob("*.truth.json"))

pytestmark = pytest.mark.skipif(not SEEDS, reason=f"the real documents are not at {SHARED}")


def bring(site: Path, *documents: Path) -> int:
    return main(["import", *map(str, documents), "--site", str(site)])


def score(site: Path, *truths: Path) -> dict[str, Any]:
    """The figures of the scorer that lies with the documents, a program of its own."""
    out = site / "figures.json"
    command: list[str | Path] = [
        sys.executable,
        SHARED / "truth" / "score.py",
        site / "content",
        *truths,
        "--json",
        out,
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    figures: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))["aggregate"]["ALL"]
    return figures


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda path: path.name.removesuffix(".truth.json"))
def test_a_sample(truth: Path, tmp_path: Path) -> None:
    assert bring(tmp_path, truth.with_name(truth.name.removesuffix(".truth.json"))) == 0
    figures = score(tmp_path, truth)
    exact = ("entry_recall", "entry_precision", "title_exact", "authors_exact", "arxiv_ok", "doi_ok")
    assert {name: figures[name] for name in exact if figures[name] not in {None, 1.0}} == {}
    assert figures["words_kept"] is None or figures["words_kept"] >= 0.995
    invented = (
        "authors_invented",
        "date_invented",
        "arxiv_false",
        "doi_false",
        "noise_entries",
        "bad_yaml",
        "bad_urls",
    )
    assert {name: figures[name] for name in invented if figures[name]} == {}
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.md")}
    bring(tmp_path, truth.with_name(truth.name.removesuffix(".truth.json")))
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.md")} == before
    settings, _ = read_settings(tmp_path)
    assert read_content(tmp_path, settings).problems == ()


def test_the_seeds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bring(tmp_path, *SEEDS) == 0
    said = capsys.readouterr().err
    assert (said.count("[DG304]"), said.count("error[")) == (1, 0)
    figures = score(tmp_path, *sorted((SHARED / "truth").glob("*.json")))
    exact = (
        "entry_recall", "entry_precision", "title_exact", "title_derived_ok", "date_exact", "authors_exact", "arxiv_ok",
        "words_kept", "headings_f1", "lists_f1", "math_kept",
    )  # fmt: skip
    assert {name: figures[name] for name in exact if figures[name] != 1.0} == {}
    settings, _ = read_settings(tmp_path)
    content = read_content(tmp_path, settings)
    assert content.problems == ()
    assert sorted(Counter((entry.source.file[:3], entry.source.format) for entry in content.entries).items()) == [
        (("000", "abstract-blocks"), 10),
        (("001", "flattened-summaries"), 23),
        (("002", "closed-by-ids"), 10),
        (("003", "flattened-summaries"), 5),
        (("004", "dated-listing"), 25),
    ]
    for entry in content.entries:
        assert not re.search(r"^[#*>-]|\||\*\*|\]\(", entry.title), entry.title
        assert len(entry.title) <= (100 if entry.title_from else 200), entry.title


FORMATS = {
    "accepted_papers": "paper-list",
    "arxiv_atom": "arxiv-api",
    "arxiv_email": "arxiv-mail",
    "arxiv_rss": "arxiv-rss",
    "bibtex": "bibtex",
    "dated_digest": "dated-digest",
    "jekyll": "post",
    "nbib": "nbib",
    "notes_markdown": "paper-notes",
    "oai_pmh": "oai-pmh",
    "ris": "ris",
}


@pytest.mark.parametrize(
    "path",
    [path for path in sorted((SHARED / "samples").rglob("*")) if path.is_file() and not path.name.endswith(".json")],
    ids=lambda path: path.name,
)
def test_one_format_is_sure_of_a_sample_and_no_other(path: Path) -> None:
    family = path.relative_to(SHARED / "samples").parts[0]
    head = Document(str(path), Document(str(path), path.read_text(encoding="utf-8-sig")).head)
    sure = sorted(((source.recognise(head), source.name) for source in load_sources()), reverse=True)
    assert sure[0][1] == FORMATS[family]
    assert sure[0][0] >= 0.9
    assert sure[1][0] <= 0.8
