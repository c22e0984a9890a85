"""A seal tells that nothing has changed, and never when anything has."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.sealing import Sight, Told, find_seal, renew_outputs, tell_outputs, write_seal

WORDS = ["build", "--site"]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site that was built and sealed; its files are some seconds old."""
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    for name in ("content/a.md", "content/2024/b.md", "content/.hidden", "themes/x/theme.yml", "output/index.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    (tmp_path / "output" / "more").mkdir()
    (tmp_path / ".digest-cache").mkdir()
    time.sleep(0.15)  # what is younger is not trusted
    seal(tmp_path)
    assert told(tmp_path)
    return tmp_path


def seal(site: Path, due: float = 0, err: str = "", places: tuple[str, ...] = ()) -> None:
    """Look at a site and seal a build of it."""
    _, sight = find_seal([*WORDS, str(site)])
    paths = [str(path.relative_to(site / "output")) for path in (site / "output").rglob("*") if path.is_file()]
    stats = {path: (site / "output" / path).stat() for path in paths}
    stamps = {path: (status.st_size, status.st_mtime_ns, 0, status.st_ino) for path, status in stats.items()}
    said = Told("2 entries\n", err)
    output = str(site / "output")
    write_seal([*WORDS, str(site)], sight, said, outputs=tell_outputs(output, stamps.items()), due=due, places=places)


def told(site: Path) -> str:
    """What is told without a build, if anything."""
    found, _ = find_seal([*WORDS, str(site)])
    return found.out if found else ""


def edit_in_place(path: Path) -> None:
    """Other bytes, as many, and the old time of modification."""
    status = path.stat()
    path.write_bytes(path.read_bytes()[::-1])
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


@pytest.mark.parametrize(
    "change",
    [
        lambda site: edit_in_place(site / "content/a.md"),
        lambda site: (site / "content/a.md").unlink(),
        lambda site: (site / "content/a.md").rename(site / "content/c.md"),
        lambda site: (site / "content/2024").rename(site / "content/2025"),
        lambda site: (site / "content/c.md").write_text("new", encoding="utf-8"),
        lambda site: (site / "content/c.md").symlink_to("a.md"),
        lambda site: os.mkfifo(site / "content/c.md"),
        lambda site: edit_in_place(site / "themes/x/theme.yml"),
        lambda site: (site / "themes").rename(site / "other"),
        lambda site: (site / "output/index.html").unlink(),
        lambda site: (site / "output/index.html").write_text("other text", encoding="utf-8"),
        lambda site: ((site / "output/index.html").unlink(), (site / "output/index.html").symlink_to("/dev/null")),
        lambda site: (site / "output").rename(site / "out"),
        lambda site: [path.unlink() for path in (site / ".digest-cache").iterdir()],
    ],
)
def test_whatever_changes_breaks_the_seal(site: Path, change: Callable[[Path], object]) -> None:
    change(site)
    assert not told(site)


def test_hidden_files_and_those_of_others_do_not_matter(site: Path) -> None:
    (site / "content/.hidden").write_text("changed", encoding="utf-8")
    (site / "output/more/mine.txt").write_text("of somebody else", encoding="utf-8")
    assert told(site) == "2 entries\n"


def test_a_seal_holds_for_its_words_and_its_folder_only(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_seal([*WORDS, str(site), "--drafts"])[0] is None
    monkeypatch.chdir(site)
    assert not told(site)


def test_a_file_that_was_just_changed_is_not_sealed(site: Path) -> None:
    (site / "content/a.md").write_text("now", encoding="utf-8")
    seal(site)
    assert not told(site)
    time.sleep(0.15)
    seal(site)
    assert told(site)


def test_what_is_edited_during_a_build_is_built_by_the_next(site: Path) -> None:
    _, sight = find_seal([*WORDS, str(site)])
    (site / "content/a.md").write_text("edited meanwhile", encoding="utf-8")
    write_seal([*WORDS, str(site)], sight, Told("fine"), outputs=tell_outputs(str(site / "output"), ()))
    assert not told(site)


def test_a_seal_ends_when_an_entry_comes_due(site: Path) -> None:
    seal(site, due=time.time() + 1000)
    assert told(site)
    seal(site, due=time.time() - 1)
    assert not told(site)
    seal(site, due=253_402_214_400)  # in the year 9999
    assert told(site)


def test_another_program_breaks_the_seal(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.sealing.seals.environment_key", lambda: b"another.")
    assert not told(site)


def test_what_would_be_coloured_is_told_by_a_build(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seal(site, err="a warning\n")
    assert told(site)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert not told(site)


def test_a_seal_may_be_anything(site: Path) -> None:
    (path,) = (site / ".digest-cache").iterdir()
    data = path.read_bytes()
    for part in (0, 5, 14, 20, 25, len(data) // 2, len(data) - 1):
        for content in (data[:part], data[:part] + b"\xff" + data[part + 1 :]):
            path.write_bytes(content)
            assert not told(site)
    path.unlink()
    os.mkfifo(path)
    assert not told(site)
    path.unlink()
    path.symlink_to("/dev/zero")
    assert not told(site)
    path.unlink()
    path.write_bytes(data)
    assert told(site)


@pytest.mark.parametrize("cores", [1, 2, 3, 8])
def test_many_outputs_are_looked_at_as_few_are(site: Path, monkeypatch: pytest.MonkeyPatch, cores: int) -> None:
    outputs = [site / f"output/more/{number}.html" for number in range(11)]
    for path in outputs:
        path.write_text("text", encoding="utf-8")
    time.sleep(0.15)
    seal(site)
    monkeypatch.setattr("digest.sealing.seals._MANY", 1)
    monkeypatch.setattr("digest.sealing.seals._count_cores", lambda: cores)
    for path in (*outputs, site / "output/index.html"):
        assert told(site)
        before = path.stat()
        os.utime(path)
        assert not told(site)
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, 0)  # nobody is left behind


def test_a_site_keeps_some_seals(site: Path) -> None:
    for number in range(12):
        words = [*WORDS, str(site), "--base-url", f"https://example.org/{number}/"]
        _, sight = find_seal(words)
        write_seal(words, sight, Told("fine"), outputs=tell_outputs(str(site / "output"), ()))
        assert find_seal(words)[0]
    assert len(list((site / ".digest-cache").iterdir())) == 8


def test_nothing_is_written_or_removed_where_a_link_leads(site: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    for number in range(20):
        (elsewhere / f"seal-{number}").touch()
    before = sorted(elsewhere.iterdir())
    for path in (site / ".digest-cache").iterdir():
        path.unlink()
    (site / ".digest-cache").rmdir()
    (site / ".digest-cache").symlink_to(elsewhere)
    seal(site)
    assert sorted(elsewhere.iterdir()) == before


@pytest.fixture
def code(site: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package that had a say in the site, some time ago; the site is sealed with it."""
    monkeypatch.setattr("digest.sealing.seals.SLACK", 100_000_000)
    monkeypatch.setattr("sys.path", [*sys.path])
    package = site / "lib" / "digest_leek"
    (package / "theme").mkdir(parents=True)
    for name in ("__init__.py", "theme/theme.yml"):
        (package / name).write_text(name, encoding="utf-8")
    time.sleep(0.15)  # what is younger is not trusted
    seal(site, places=(str(package), str(site / "lib" / "leek-1.0.dist-info")))
    return package


@pytest.mark.parametrize(
    "change",
    [
        lambda code: (code / "__init__.py").write_text("else"),
        lambda code: (code / "theme" / "theme.yml").unlink(),
        lambda code: (code / "new.py").write_text("new"),
        lambda code: code.rename(code.with_name("digest_onion")),
        lambda code: (code.parent / "leek-1.0.dist-info").write_text("there now"),
        lambda code: sys.path.append(str(code)),
    ],
)
def test_code_that_had_a_say_and_changed_breaks_a_seal(
    change: Callable[[Path], object], site: Path, code: Path
) -> None:
    assert told(site)
    (code / "__pycache__").mkdir()  # as Python keeps it beside
    assert told(site)
    change(code)
    assert not told(site)


def test_code_that_changed_during_a_build_is_not_sealed(site: Path, code: Path) -> None:
    (code / "__init__.py").write_text("now", encoding="utf-8")
    seal(site, places=(str(code),))
    assert not told(site)


def test_who_finds_a_seal_tells_which_files_look_otherwise(site: Path) -> None:
    def edited() -> list[str] | None:
        files = find_seal([*WORDS, str(site)])[1].list_edited()
        return files if files is None else [path for path, _ in files]

    assert edited() == []
    edit_in_place(site / "content/2024/b.md")
    assert edited() == [f"{site}/content/2024/b.md"]
    (site / "themes/x/theme.yml").write_text("more", encoding="utf-8")
    assert sorted(edited() or ()) == [f"{site}/content/2024/b.md", f"{site}/themes/x/theme.yml"]
    (site / "content/c.md").write_text("new", encoding="utf-8")
    assert edited() is None


def test_the_looks_of_many_files_are_told_apart_one_by_one(tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"{number}.md").write_text("x", encoding="utf-8")
    before = Sight([str(tmp_path)])
    changed = {f"{tmp_path}/{number}.md" for number in (0, 127, 128, 255, 299)}
    for path in changed:
        Path(path).write_text("more", encoding="utf-8")
    sight = Sight([str(tmp_path)])
    assert sight.list_edited() is None  # nobody knows what was
    sight.before = before.names, before.looks
    told = sight.list_edited() or []
    assert {path for path, _ in told} == changed
    assert all(numbers[0] == len("more") and Path(path).stat().st_ino == numbers[3] for path, numbers in told)


PATHS = st.sampled_from(["a", "b", "a/b", "index.html", "b/index.html", "ab"])
STAMPS = st.dictionaries(PATHS, st.tuples(*[st.integers(0, 2**40)] * 4), max_size=6)


@given(STAMPS, STAMPS, st.frozensets(PATHS))
def test_what_is_told_of_outputs_is_renewed_as_if_it_were_told_anew(
    before: dict[str, tuple[int, int, int, int]], now: dict[str, tuple[int, int, int, int]], gone: frozenset[str]
) -> None:
    renewed = renew_outputs(tell_outputs("a", before.items()), now, gone - now.keys())
    after = {path: stamp for path, stamp in {**before, **now}.items() if path in now or path not in gone}
    assert renewed == tell_outputs("a", after.items())
