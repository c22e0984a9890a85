"""`digest import` from the command line to the files and back."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented import Desk

from digest.cli import main
from digest.importing import KeptEntry, RepeatedItem
from digest.model import Document, Identifiers, Item, Noise, PartialDate, Reading, Span
from digest.sources import registry

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
GARDEN = """GARDEN
Onions need water every day, more in summer. The rest of the text says so too.

Does a leek need as much? It does not, as we show.
"""


class QuietFiles(SimpleHTTPRequestHandler):
    """Serves files, and says nothing of it."""

    def log_message(self, format: str, *arguments: object) -> None:
        pass


class GardenSource:
    """Blocks parted by blank lines, behind a line `GARDEN`; a block `lost` is forgotten on purpose."""

    name = "garden"

    def recognise(self, document: Document) -> float:
        return float(document.text.startswith("GARDEN"))

    def read(self, document: Document) -> Reading:
        blocks = [block.strip() for block in document.text.removeprefix("GARDEN").split("\n\n")]
        items = tuple(Item("abstract", block, Span(document.name, 2)) for block in blocks if block not in {"", "lost"})
        return Reading(items, (Noise(Span(document.name), "GARDEN"),))


@pytest.fixture(autouse=True)
def _garden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "load_sources", lambda: iter((GardenSource(),)))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "garden.txt").write_text(GARDEN)
    return tmp_path


@pytest.fixture
def run(site: Path) -> Callable[..., int]:
    def run(*words: str | Path) -> int:
        return main(["import", *map(str, words), "--site", str(site)])

    return run


def entries(site: Path) -> list[str]:
    return sorted(path.relative_to(site).as_posix() for path in (site / "content").rglob("*.md"))


def snapshot(site: Path) -> dict[str, bytes]:
    return {path: (site / path).read_bytes() for path in entries(site)}


def test_import_and_again(site: Path, run: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(site / "garden.txt", "--date", "2019-12-06", "--tag", "My Garden") == 0
    out, err = capsys.readouterr()
    assert "garden.txt: garden\n  content/2019/12/06/onions" in out
    assert "2 new entries written · 1 piece of noise dropped" in out
    assert err == f"{site} was no site before: `digest init --missing` gives it settings, and what publishes it\n"
    assert entries(site) == [
        "content/2019/12/06/does-a-leek-need-as-much.md",
        "content/2019/12/06/onions-need-water-every-day-more-in-summer.md",
    ]
    before = snapshot(site)
    assert b"tags:\n" in before[entries(site)[0]]
    assert b"  - my-garden\n" in before[entries(site)[0]]
    # Another day or tag makes it no other entry.
    assert run(site / "garden.txt") == 0
    out, err = capsys.readouterr()
    assert ("0 new entries written · 2 unchanged" in out, err) == (True, "")
    assert snapshot(site) == before


def test_an_edited_entry_keeps_its_edits(
    site: Path, run: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    run(site / "garden.txt", "--date", "2019-12-06")
    path = site / entries(site)[0]
    path.write_text(path.read_text().replace("title: Does", "title: Did"))
    moved = site / "content" / "leek.md"
    path.rename(moved)
    before = snapshot(site)
    capsys.readouterr()
    assert run(site / "garden.txt") == 0
    assert "1 unchanged · 1 kept as edited by hand" in capsys.readouterr().out
    assert snapshot(site) == before


def test_a_dry_run_writes_nothing(site: Path, run: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(site / "garden.txt", "--date", "2019-12-06", "--dry-run", "--tag", "water") == 0
    out = capsys.readouterr().out
    assert "content/2019/12/06/does-a-leek-need-as-much.md: new\n    title  Does a leek need as much? (first" in out
    assert "water" in out
    assert "garden.txt:1: dropped as noise: GARDEN" in out
    assert "2 new entries would be written" in out
    assert not (site / "content").exists()
    assert not (site / ".digest").exists()


def test_an_error_costs_its_document_alone(
    site: Path, run: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    (site / "bad.txt").write_text(GARDEN.replace("Onions", "Carrots") + "\n\nlost\n")
    (site / "cyrillic.txt").write_bytes("GARDEN\nлук и чеснок".encode("koi8-r"))
    (site / "other.txt").write_text("HEDGE\nwords")
    names = [site / name for name in ("bad.txt", "cyrillic.txt", "other.txt", "gone.txt", "garden.txt")]
    assert run(*names) == 1
    out, err = capsys.readouterr()
    assert [code for code in ("DG301", "DG302", "DG305") if f"error[{code}]" in err] == ["DG301", "DG302", "DG305"]
    assert err.count("error[DG302]") == 2
    assert "2 new entries written" in out
    assert "4 errors: what they name was not imported" in out
    assert len(entries(site)) == 2
    assert run(site / "cyrillic.txt", "--encoding", "koi8-r") == 0
    assert len(entries(site)) == 3


def test_a_broken_entry_stops_no_import(
    site: Path, run: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    (site / "content").mkdir()
    (site / "content" / "mine.md").write_text("---\ntitle: Mine\ndate: tomorrow\n---\n\nText\n")
    assert run(site / "garden.txt") == 1
    out, err = capsys.readouterr()
    assert "content/mine.md:3:" in err
    assert out.endswith("\n2 new entries written · 1 piece of noise dropped · 1 error in the site\n")
    assert len(entries(site)) == 3


def test_an_address(site: Path, run: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietFiles, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/garden.txt"
    try:
        assert run(url, "--date", "2019-12-06") == 0
        assert f"  url: {url}\n" in (site / entries(site)[0]).read_text()
        assert run(url.replace("garden", "gone"), "ftp://127.0.0.1/a") == 1
    finally:
        server.shutdown()
        server.server_close()
    err = capsys.readouterr().err
    assert "gone.txt:1:1: error[DG701]: 127.0.0.1 answers 404" in err
    assert "ftp://127.0.0.1/a:1:1: error[DG701]" in err


def test_standard_input(site: Path, run: Callable[..., int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(GARDEN.encode())))
    assert run("-", "--date", "2019-12-06") == 0
    assert len(entries(site)) == 2
    assert "file:" not in (site / entries(site)[0]).read_text()


def test_report_for_programs(site: Path, run: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(site / "garden.txt", site / "gone.txt", "--report", "json") == 1
    told = json.loads(capsys.readouterr().out)
    assert told["written"] is True
    assert [problem["code"] for problem in told["problems"]] == ["DG302"]
    assert told["documents"] == [
        {"name": str(site / "garden.txt"), "format": "garden", "items": 2, "noise": [{"line": 1, "text": "GARDEN"}]}
    ]
    assert [entry["path"] for entry in told["entries"]][::-1] == entries(site)
    assert {entry["state"] for entry in told["entries"]} == {"new"}
    assert run(site / "garden.txt", "--report", "json", "--dry-run") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["written"], told["counts"]["unchanged"]) == (False, 2)


def test_report_for_github(site: Path, run: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(site / "gone.txt", "--report", "github") == 1
    assert capsys.readouterr().out.startswith("::error file=")


@pytest.mark.parametrize("words", [[], ["--date", "2024-13-45"], ["--format", "no-such"], ["--encoding", "no-such"]])
def test_wrong_usage(run: Callable[..., int], words: list[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        run(*(["a.txt", *words] if words else words))
    assert exit_.value.code == 2


def test_the_vocabulary_of_the_site(site: Path, run: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    (site / "content").mkdir()
    (site / "content" / "site.yml").write_text("vocabulary: content/words.yml\nvocabulary_mode: replace\n")
    assert run(site / "garden.txt") == 1
    assert "error[DG203]" in capsys.readouterr().err
    (site / "content" / "words.yml").write_text("vegetables: [onion, leek]\n")
    assert run(site / "garden.txt", "--date", "2019-12-06") == 0
    assert all("tags:\n  - vegetables\n" in text.decode() for text in snapshot(site).values())


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp")), min_size=1, max_size=60
)
ITEMS = st.builds(
    Item,
    kind=st.sampled_from(["abstract", "summary", "note"]),
    body=TEXTS.map(lambda text: f"Words {text}"),
    span=st.just(Span("garden.txt", 1)),
    title=st.one_of(st.just(""), TEXTS),
    day=st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2100, 1, 1))),
    published=st.one_of(st.none(), st.builds(PartialDate, st.integers(1000, 9999), st.integers(1, 12))),
    authors=st.lists(TEXTS.map(lambda text: f"Ann {text}"), max_size=2).map(tuple),
    identifiers=st.builds(Identifiers, arxiv=st.sampled_from(["", "1804.00222", "hep-th/9901001"])),
    venue=st.one_of(st.just(""), TEXTS),
    links=st.sampled_from([(), (("code", "https://example.org/a?b=c#d"), ("code", "https://example.org/ü x"))]),
    details=st.lists(st.tuples(TEXTS.map(lambda text: f"a{text}"), TEXTS), max_size=2).map(tuple),
    summary=st.one_of(st.just(""), TEXTS),
    guid=st.sampled_from(["", "x:1", "a b"]),
    tags=st.lists(TEXTS.map(lambda text: f"a {text}"), max_size=2).map(tuple),
)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(items=st.lists(ITEMS, max_size=4))
def test_what_is_written_is_read_and_known_again(items: list[Item], tmp_path_factory: pytest.TempPathFactory) -> None:
    desk = Desk(tmp_path_factory.mktemp("site"))
    desk.bring(*items)
    assert "error" not in " ".join(desk.states())
    before = desk.files()
    assert len(desk.entries()) == len(before)
    for forget in (False, True):
        if forget:
            (desk.site / ".digest/known.sqlite").unlink()
        kept = desk.bring(*items)
        assert all(isinstance(decision, KeptEntry | RepeatedItem) for decision in kept)
        assert not any(decision.state == "edited" for decision in kept if isinstance(decision, KeptEntry))
        assert desk.files() == before


@pytest.mark.parametrize("kind", ["pipe", "link", "folder"])
def test_a_vocabulary_is_a_file_of_the_site(
    kind: str,
    site: Path,
    run: Callable[..., int],
    tmp_path_factory: pytest.TempPathFactory,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (site / "content").mkdir(exist_ok=True)
    (site / "content" / "site.yml").write_text("vocabulary: words.yml\n")
    secret = tmp_path_factory.mktemp("elsewhere") / "secret"
    secret.write_text("hunter2\n")
    if kind == "pipe":
        if not hasattr(os, "mkfifo"):
            pytest.skip("no named pipes on this system")
        os.mkfifo(site / "words.yml")
    elif kind == "link":
        (site / "words.yml").symlink_to(secret)
    else:
        (site / "words.yml").mkdir()
    assert run(site / "garden.txt") == 1
    told = capsys.readouterr().err
    assert "error[DG109]: the vocabulary cannot be read: not a file of the site" in told
    assert "hunter2" not in told


def test_a_reader_of_the_report_may_leave(tmp_path: Path) -> None:
    """As `digest import … | head -1` does: every record is filed all the same."""
    records = "".join(
        f"@misc{{k{number}, title={{Paper {number}}}, doi={{10.1000/{number}}}}}\n" for number in range(900)
    )
    (tmp_path / "papers.bib").write_text(records)
    command = [sys.executable, "-m", "digest", "import", str(tmp_path / "papers.bib"), "--site", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.wait() == 0
    assert len(entries(tmp_path)) == 900
