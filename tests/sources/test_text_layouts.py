"""What holds of all text layouts: nothing is lost, nothing raises, each knows its own."""

from __future__ import annotations

import json
import math
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_papers import PAPERS

from digest.model import Document, Reading, Source
from digest.sources.accounting import account_for
from digest.sources.layouts import (
    abstract_blocks,
    closed_by_ids,
    dated_listing,
    labelled,
    plain_abstracts,
    scholar_alerts,
)

SHARED = Path(__file__).resolve().parents[3] / "shared"
LAYOUTS: tuple[Source, ...] = (
    dated_listing.SOURCE,
    closed_by_ids.SOURCE,
    abstract_blocks.SOURCE,
    labelled.SOURCE,
    plain_abstracts.SOURCE,
    scholar_alerts.SOURCE,
)
OF_SEED: dict[str, Source] = {"000": abstract_blocks.SOURCE, "002": closed_by_ids.SOURCE, "004": dated_listing.SOURCE}
needs_seeds = pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="the real documents are not on this machine")

LINES = (
    *(paper.title for paper in PAPERS),
    *(", ".join(paper.authors[:4]) for paper in PAPERS),
    *(line for paper in PAPERS for line in paper.abstract.split("\n")),
    *(paper.comment for paper in PAPERS),
    *(f"arXiv:{paper.arxiv}" for paper in PAPERS),
    *(
        "",
        "",
        "",
        "",
        "December 6, 2019",
        "## 2019-12-05",
        "May 2019",
        "2018",
        "Abstract:",
        "Abstract: Soil.",
        "Abstract",
    ),
    *("arXiv:1901.00001Soil is dirt.", "(see arXiv:1901.00001)", "https://example.org/a", "doi:10.1000/a.b (2017)"),
    *("Title: Soil", "Authors: Ada Lovelace", "Comments: 3 pages", "Subjects: cs.LG", "Show more", "△ Less", "---"),
    *("Fr\\'echet and G\\\"odel", "1. One", "- a", "Submitted 5 December, 2019; originally announced May 2019.", "Ada"),
    *("[3] arXiv:1901.00002 [pdf, other]", "Published: 2019-12-04", "[", "$$", "\\[", "* * *", "|--|", "#", "et al."),
)


@settings(deadline=None, max_examples=80)
@given(st.lists(st.sampled_from(LINES), max_size=25), st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_every_word_is_in_an_item_or_in_the_noise(lines: list[str], end: str) -> None:
    document = Document("page.txt", end.join(lines))
    for source in LAYOUTS:
        reading = source.read(document)
        assert isinstance(reading, Reading)
        assert account_for(document, reading) is None, source.name
        numbers = [item.span.line for item in reading.items]
        assert numbers == sorted(numbers)
        assert 0 <= source.recognise(document) <= 1


@settings(deadline=None, max_examples=80)
@given(st.text(max_size=200))
def test_no_text_is_too_odd(text: str) -> None:
    for source in LAYOUTS:
        source.recognise(Document("page.txt", text))
        source.read(Document("page.txt", text))


@needs_seeds
@pytest.mark.parametrize("seed", ["000", "001", "002", "003", "004"])
def test_a_real_document_is_known_by_its_own_layout_only(seed: str) -> None:
    (path,) = (SHARED / "seeds").glob(f"{seed}_*.txt")
    document = Document(path.name, path.read_text(encoding="utf-8"))
    for source in LAYOUTS:
        sure = source.recognise(document)
        assert sure >= 0.9 if source is OF_SEED.get(seed) else sure <= 0.3


@needs_seeds
@pytest.mark.parametrize("seed", OF_SEED)
def test_a_real_document_as_it_is_true(seed: str) -> None:
    (path,) = (SHARED / "seeds").glob(f"{seed}_*.txt")
    (truth,) = (SHARED / "truth").glob(f"{seed}_*.json")
    document = Document(path.name, path.read_text(encoding="utf-8"))
    reading = OF_SEED[seed].read(document)
    assert isinstance(reading, Reading)
    assert account_for(document, reading) is None
    entries = json.loads(truth.read_text(encoding="utf-8"))["entries"]
    assert len(reading.items) == len(entries)
    for item, entry in zip(reading.items, entries, strict=True):
        assert item.title == (entry["title"] or "")
        assert list(item.authors) == (entry["authors"] or [])
        assert item.identifiers.arxiv == (entry["arxiv_id"] or "")
        assert (str(item.day) if item.day else None) == entry["date"]
        assert item.venue == (entry["venue_note"] or "")


@pytest.mark.skipif(not (SHARED / "samples").is_dir(), reason="the sample documents are not on this machine")
def test_documents_of_other_formats_are_not_recognised() -> None:
    kinds = {"arxiv_atom", "arxiv_rss", "bibtex", "jekyll", "nbib", "notes_markdown", "oai_pmh", "ris", "dated_digest"}
    for path in (SHARED / "samples").rglob("*"):
        if path.is_file() and path.suffix != ".json" and path.relative_to(SHARED / "samples").parts[0] in kinds:
            document = Document(path.name, path.read_text(encoding="utf-8", errors="replace"))
            for source in LAYOUTS:
                assert source.recognise(document) < 0.5, f"{source.name} takes {path}"


ENDLESS = (
    *("=\n", "+++\n", "pdf\n", "2401.00001\n", "ICML 2019\n", "Ada Lovelace, Ann Author\n", "\n", " \n", "Soil.\n"),
    *("https://arxiv.org/abs/", "http://", "1. ", "\\[", "\\begin{a}", ") ", "△ Less "),
)


@pytest.mark.parametrize("piece", ENDLESS)
def test_lines_without_end_take_no_quadratic_time(piece: str) -> None:
    head = "\n\n".join(f"{paper.title}\n{', '.join(paper.authors)}\n{paper.abstract}" for paper in PAPERS)
    few, many = (
        Document("page.txt", f"{head}\n{piece * (count // len(piece))}\nsoil\n\nMay 3, 2019\n\n{head}")
        for count in (1_000, 4_000)
    )
    for source in LAYOUTS:
        best = {few: math.inf, many: math.inf}
        for _ in range(4):  # whatever else this machine does only adds to a time
            for document in (few, many):
                start = time.process_time()
                source.recognise(document)
                source.read(document)
                best[document] = min(best[document], time.process_time() - start)
            if best[many] < max(6 * best[few], 0.2):
                break
        assert best[many] < max(10 * best[few], 0.2), source.name  # 4 if linear, 16 if quadratic
