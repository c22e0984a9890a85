"""`digest new`: an entry of a title, of a paper by its name, of a page; filled where somebody tells of it; opened."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from paper_server import Fault, World, refuse, serve_papers

from digest.cli import main
from digest.commands import new
from digest.fetching import Limits, Services

CaptureText = pytest.CaptureFixture[str]
NO_EDITOR = "DG833"
TODAY = f"{datetime.now(UTC):%Y/%m/%d}"


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with serve_papers(World()) as served:
        gone = "http://127.0.0.1:9/"
        services = Services(f"{served.url}/api", f"{served.url}/doi/", f"{served.url}/pubmed", gone)
        for command in ("new", "enrich"):
            monkeypatch.setattr(f"digest.commands.{command}.Services", lambda: services)
        monkeypatch.setattr(new, "LIMITS", Limits(spacing=0.0, tries=1, connect=2.0, read=2.0))
        yield served


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    return tmp_path


Make = Callable[..., tuple[Path, str]]


@pytest.fixture
def make(site: Path, capsys: CaptureText) -> Make:
    """Run the command, and give the file that it names, and what it says of it."""

    def run(*words: str) -> tuple[Path, str]:
        assert main(["new", *words, "--site", str(site)]) == 0
        said = capsys.readouterr()
        assert said.out.count("\n") == 1
        return Path(said.out.strip()), said.err

    return run


def front(path: Path) -> list[str]:
    """The front matter, without what only imports read."""
    return path.read_text(encoding="utf-8").partition("\nid: ")[0].splitlines()[1:]


def test_a_title(make: Make, site: Path) -> None:
    path, said = make("Watering", "Leeks: a plan", "--tag", "Gardens", "--draft", "--date", "2026-11-05")
    assert path == site / "content" / "2026" / "11" / "05" / "watering-leeks-a-plan.md"
    assert front(path) == [
        'title: "Watering Leeks: a plan"', "date: 2026-11-05", "tags:", "  - gardens", "kind: note", "draft: true",
    ]  # fmt: skip
    assert said == ""
    assert main(["build", "--site", str(site), "--drafts", "--future"]) == 0


def test_it_is_of_today(make: Make, site: Path) -> None:
    path, _ = make("Leeks")
    assert path == site / "content" / TODAY / "leeks.md"


@pytest.mark.parametrize(
    "name", ["2611.00003", "arXiv:2611.00003v1", "https://arxiv.org/abs/2611.00003", "10.48550/arXiv.2611.00003"]
)
def test_a_paper_of_arxiv(make: Make, world: World, name: str) -> None:
    path, said = make(name, "--date", "2026-11-20")
    text = path.read_text(encoding="utf-8")
    assert path.name == "paper-3-beans-rain.md"
    for line in (
        'title: "Paper 3: Beans & Rain"', "date: 2026-11-20", "published: 2026-11-16", "  - Ada Lovelace",
        "kind: abstract", 'arxiv: "2611.00003"',
    ):  # fmt: skip
        assert f"\n{line}\n" in text
    assert text.rstrip().endswith(world.papers[2].abstract.split(". ")[-1])
    assert said == ""
    assert len(world.asked) == 1


def test_a_summary_of_a_paper_has_no_text_yet(make: Make, world: World) -> None:
    path, _ = make("2611.00003", "--kind", "summary")
    assert "  - Ada Lovelace\n" in path.read_text(encoding="utf-8")
    assert path.read_text(encoding="utf-8").endswith("---\n")


def test_a_page_of_a_publisher(make: Make, world: World) -> None:
    url = f"{world.url}/page/4"
    path, said = make(url)
    text = path.read_text(encoding="utf-8")
    assert 'title: "Paper 4: Turnips & Rain"\n' in text
    assert 'doi: "10.1000/page.4"\n' in text
    assert f"  paper: {url}\n" in text
    assert said == ""


@pytest.mark.parametrize(
    ("name", "title", "key", "value"),
    [
        ("2611.00003", "arXiv:2611.00003", "arxiv", "2611.00003"),
        ("https://doi.org/10.1000/leeks", "doi:10.1000/leeks", "doi", "10.1000/leeks"),
        ("https://dl.acm.org/doi/10.1145/12.34?x=1", "doi:10.1145/12.34", "doi", "10.1145/12.34"),
        ("PMID: 31452104", "PMID:31452104", "pmid", "31452104"),
        ("PMC1234567", "PMCID:PMC1234567", "pmcid", "PMC1234567"),
        ("https://openreview.net/forum?id=BJJsrmfCZ", "OpenReview:BJJsrmfCZ", "openreview", "BJJsrmfCZ"),
        ("http://127.0.0.1:9/leeks/", "127.0.0.1:9/leeks", "links", {"paper": "http://127.0.0.1:9/leeks/"}),
    ],
)
def test_without_a_net_it_is_made_all_the_same(
    make: Make, world: World, name: str, title: str, key: str, value: object
) -> None:
    world.faults.append(Fault(lambda response: refuse(response, 503)))
    path, said = make(name)
    told = yaml.load(path.read_text(encoding="utf-8").split("---")[1], yaml.BaseLoader)
    assert (told["title"], told["title_from"], told[key]) == (title, "text", value)
    assert "warning[DG701]" in said
    assert ("digest enrich" in said) == (key not in {"pmcid", "links"})


def test_nobody_is_asked(make: Make, world: World) -> None:
    path, said = make("2611.00003", "--no-fill")
    assert (world.asked, said) == ([], "")
    assert path.name == "arxiv-2611-00003.md"


def test_an_enrich_fills_in_what_was_left_out(make: Make, world: World, site: Path) -> None:
    path, _ = make("2611.00003", "--no-fill")
    assert main(["enrich", str(path), "--site", str(site)]) == 0
    assert 'title: "Paper 3: Beans & Rain"\n' in path.read_text(encoding="utf-8")
    assert "title_from" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("again", ["2611.00003", "https://arxiv.org/pdf/2611.00003v2"])
def test_a_paper_that_is_there_is_named(make: Make, world: World, again: str) -> None:
    path, _ = make("2611.00003")
    path.write_text(path.read_text(encoding="utf-8") + "\nMine.\n", encoding="utf-8")
    before = path.read_bytes()
    found, said = make(again, "--tag", "other", "--date", "2020-01-01")
    assert found == path
    assert path.read_bytes() == before
    assert "there already" in said
    assert len(world.asked) == 1


def test_a_title_that_is_there_is_named(make: Make) -> None:
    path, _ = make("Leeks")
    assert make("Leeks")[0] == path


def test_titles_of_no_words_are_no_other_entry(make: Make) -> None:
    paths = [make(title)[0] for title in ("...", "Leeks", "\N{LEAFY GREEN}", "???", "Onions")]
    assert len(set(paths)) == len(paths)
    assert make("...")[0] == paths[0]


def test_an_import_knows_it_again(make: Make, world: World, site: Path) -> None:
    path, _ = make("2611.00003")
    assert main(["import", f"{world.url}/api?id_list=2611.00003&max_results=1", "--site", str(site)]) == 0
    assert list((site / "content").rglob("*.md")) == [path]


def test_for_programs(site: Path, world: World, capsys: CaptureText) -> None:
    told: list[dict[str, Any]] = []
    for _ in range(2):
        assert main(["new", "Leeks", "--site", str(site), "--report", "json"]) == 0
        told.append(json.loads(capsys.readouterr().out))
    path = f"content/{TODAY}/leeks.md"
    assert told == [{"path": path, "state": state, "problems": []} for state in ("new", "there")]


@pytest.mark.parametrize("name", ["9999.99999", "arXiv:2613.00001v2", "https://arxiv.org/abs/1501.0001", "1412.00001"])
def test_a_name_that_nothing_can_have_is_refused(site: Path, world: World, name: str, capsys: CaptureText) -> None:
    assert main(["new", name, "--site", str(site)]) == 1
    said = capsys.readouterr().err
    assert said.startswith("error[DG108]: arXiv cannot have given out ")
    assert "hint: its first four digits tell year and month" in said
    assert world.asked == []
    assert list((site / "content").iterdir()) == []


@pytest.mark.parametrize("report", ["text", "json"])
def test_what_is_no_site_is_told(tmp_path: Path, report: str, capsys: CaptureText) -> None:
    assert main(["new", "Leeks", "--site", str(tmp_path), "--report", report]) == 1
    assert "DG203" in "".join(capsys.readouterr())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [("",), (" ", "\t")])
def test_no_words_are_no_entry(site: Path, words: tuple[str, ...], capsys: CaptureText) -> None:
    assert main(["new", *words, "--site", str(site)]) == 1
    assert "error[DG303]" in capsys.readouterr().err


def at_a_terminal(site: Path, *words: str, **environment: str) -> tuple[int, str]:
    """Run the command at a terminal; its exit code and what is seen there."""
    ours, theirs = pty.openpty()
    clean = {name: value for name, value in os.environ.items() if name not in {"VISUAL", "EDITOR"}}
    command = [sys.executable, "-m", "digest", "new", *words, "--site", str(site)]
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=clean | environment)
    os.close(theirs)
    seen = b""
    while select.select([ours], [], [], 20)[0]:
        try:
            seen += os.read(ours, 65_536)
        except OSError:  # the other end is closed
            break
    os.close(ours)
    return process.wait(20), seen.decode()


@pytest.fixture
def editor(tmp_path: Path) -> Path:
    """An editor that writes its arguments into the file that it is given."""
    path = tmp_path / "an editor.py"
    path.write_text("import sys\nopen(sys.argv[-1], 'a').write(' '.join(sys.argv[1:-1]) + '\\n')\n", encoding="utf-8")
    return path


def test_the_editor_opens_it(site: Path, editor: Path) -> None:
    environment = {"VISUAL": f"{sys.executable} '{editor}' --wait 'two words'", "EDITOR": "false"}
    code, seen = at_a_terminal(site, "Leeks", **environment)
    [path] = (site / "content").rglob("*.md")
    assert (code, seen.split()) == (0, [str(path)])
    assert path.read_text(encoding="utf-8").endswith("--wait two words\n")
    assert at_a_terminal(site, "Leeks", **environment)[0] == 0
    assert path.read_text(encoding="utf-8").count("--wait two words\n") == 2, "what is there already is opened too"


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("false", "ended with exit code 1"),
        ("no-such-editor --wait", "No such file"),
        ("'", "no command"),
        ("", "set VISUAL or EDITOR"),
    ],
)
def test_an_editor_that_fails_is_told(site: Path, command: str, says: str) -> None:
    code, seen = at_a_terminal(site, "Leeks", EDITOR=command)
    assert code == 0
    assert NO_EDITOR in seen
    assert says in seen
    assert (site / "content" / TODAY / "leeks.md").is_file()


def test_what_the_editor_left_broken_is_told(site: Path, tmp_path: Path) -> None:
    breaker = tmp_path / "break.sh"
    breaker.write_text("#!/bin/sh\nprintf -- '---\\ntitle: A\\ndate: 2026-13-45\\n---\\n' > \"$1\"\n", encoding="utf-8")
    code, seen = at_a_terminal(site, "Leeks", EDITOR=f"sh {breaker}")
    assert code == 1
    assert "DG102" in seen


@pytest.mark.parametrize("words", [["\udcfcber"], ["Leeks", "--tag", "\udcfc"]])
def test_words_that_are_no_text_are_wrong_usage(site: Path, words: list[str], capsys: CaptureText) -> None:
    """Nothing of a title is left out in silence."""
    with pytest.raises(SystemExit, match="2"):
        main(["new", "--site", str(site), *words])
    assert "not a text in utf-8" in capsys.readouterr().err


def test_what_is_asked_for_stands_in_no_file(site: Path, capsys: CaptureText) -> None:
    assert main(["new", "--site", str(site), "--no-fill", "http://"]) == 1
    assert capsys.readouterr().err.startswith("error[DG303]: ")
