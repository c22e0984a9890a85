"""`digest check` as it is run: what it says where, how it ends, and that it writes nothing."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from built_sites import tree

from digest.cli import main

LEEK = "---\ntitle: A leek\ndate: 2020-01-02\ntags: [peas]\nid: leek\n---\n\n{body}\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write_leek(tmp_path, "Words.")
    return tmp_path


def write_leek(site: Path, body: str, name: str = "leek") -> None:
    (site / "content").mkdir(exist_ok=True)
    (site / "content" / f"{name}.md").write_text(LEEK.format(body=body), encoding="utf-8")


def check(site: Path, *words: str) -> int:
    return main(["check", "--site", str(site), *words])


def test_a_good_site(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: data for path, data in tree(site).items() if not path.startswith(".digest")}
    assert check(site) == 0
    assert capsys.readouterr().out == "1 entry checked · nothing is wrong\n"
    assert {path: data for path, data in tree(site).items() if not path.startswith(".digest")} == before


@pytest.mark.parametrize(
    ("body", "words", "code"),
    [
        ("[x](gone.md)", [], 1),
        ("[x](gone.md)", ["--ignore", "DG402"], 0),
        ("[x](#gone)", [], 1),
        ("A plot: ![](https://example.org/a.png)", [], 0),
        ("A plot: ![](https://example.org/a.png)", ["--strict"], 1),
        ("A plot: ![](https://example.org/a.png)", ["--strict", "--ignore", "DG909,DG910"], 0),
    ],
)
def test_how_it_ends(site: Path, body: str, words: list[str], code: int) -> None:
    write_leek(site, body)
    assert check(site, *words) == code


def test_what_it_tells_programs(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_leek(site, "[x](gone.md)")
    check(site, "--report", "json")
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert (problem["path"], problem["line"], problem["column"], problem["severity"]) == (
        "content/leek.md",
        8,
        5,
        "error",
    )
    check(site, "--report", "github")
    told = capsys.readouterr().out
    assert told.startswith("::error file=content/leek.md,line=8,col=5,")
    assert told.count("\n") == 1


def test_wrong_usage(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        check(site, "--ignore", "leek")
    assert check(site / "nowhere") == 1
    assert check(site, "--output", str(tmp_path / "nothing")) == 1
    assert "build first" in capsys.readouterr().out


def test_errors_of_the_content_keep_nothing_back(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "content" / "bad.md").write_text("---\ntitle: Bad\ndate: 2024-13-45\n---\nx\n", encoding="utf-8")
    write_leek(site, "[x](#gone)")
    assert check(site) == 1
    told = capsys.readouterr().out
    assert "DG102" in told
    assert "DG904" in told


def test_what_was_built_is_whole(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_leek(site, "## A head\n\n[one](#a-head) [two](leek.md#a-head)")
    assert main(["build", "--site", str(site)]) == 0
    assert check(site, "--output", str(site / "output")) == 0
    (site / "output" / "tags" / "peas" / "index.html").unlink()
    assert check(site, "--output", str(site / "output")) == 1
    assert "'/tags/peas/' leads nowhere" in capsys.readouterr().out


def test_an_address_from_its_birth_to_its_end(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    past, build = site / "content" / "addresses.txt", ["build", "--site", str(site)]
    assert main(build) == 0
    first = past.read_text(encoding="utf-8")
    assert "/2020/01/02/leek/ id leek in leek.md\n" in first

    time.sleep(0.15)  # what is younger is not trusted
    assert main(build) == 0
    capsys.readouterr()
    assert main(build) == 0
    assert "0 written" in capsys.readouterr().out
    assert past.read_text(encoding="utf-8") == first

    (site / "content" / "leek.md").rename(site / "content" / "onion.md")
    assert main([*build, "--drafts"]) == 0
    assert past.read_text(encoding="utf-8") == first, "a look at drafts publishes nothing"
    assert main(build) == 0
    page = (site / "output/2020/01/02/leek/index.html").read_text(encoding="utf-8")
    assert 'content="0; url=/2020/01/02/onion/"' in page
    assert check(site) == 0

    (site / "content" / "onion.md").unlink()
    assert main(build) == 0
    assert not (site / "output/2020/01/02/leek").exists()
    capsys.readouterr()
    assert check(site, "--strict") == 1
    told = capsys.readouterr().out
    assert "/2020/01/02/leek/ has vanished: the entry content/leek.md stood there" in told
    assert "/2020/01/02/onion/ has vanished: the entry content/onion.md stood there" in told

    lines = [line for line in past.read_text(encoding="utf-8").splitlines() if "leek/" not in line]
    past.write_text("\n".join([*lines, "/2020/01/02/onion/ to /archive/", ""]), encoding="utf-8")
    assert main(build) == 0
    assert check(site, "--strict", "--ignore", "DG903") == 0
    assert 'content="0; url=/archive/"' in (site / "output/2020/01/02/onion/index.html").read_text(encoding="utf-8")


def test_who_renames_a_file_is_told_how_it_stays_the_same_entry(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def build() -> list[str]:
        assert main(["build", "--site", str(site)]) == 0
        return re.findall("<guid[^>]*>([^<]+)", (site / "output" / "feed.xml").read_text(encoding="utf-8"))

    old, new = site / "content" / "pea.md", site / "content" / "pear.md"
    old.write_text("---\ntitle: A pea\ndate: 2020-01-02\n---\n\nWords.\n", encoding="utf-8")
    before = build()
    text = old.rename(new).read_text(encoding="utf-8")
    capsys.readouterr()
    check(site)
    (line,) = re.findall('id: "[^"]+"', capsys.readouterr().out)
    new.write_text(text.replace("date:", f"{line}\ndate:"), encoding="utf-8")
    assert build() == before
    check(site)
    assert "DG406" not in capsys.readouterr().out
