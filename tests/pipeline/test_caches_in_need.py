"""A cache that is damaged or cannot be written stops nothing: neither a check nor a build."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.caching import CACHE_FOLDER, Cache, PackWriter, UnwritableCache
from digest.cli import main

CaptureText = pytest.CaptureFixture[str]
ENTRY = "---\ntitle: A leek\ndate: 2020-01-02\n---\n\nWords, and [a link](#gone).\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "leek.md").write_text(ENTRY, encoding="utf-8")
    return tmp_path


def run(command: str, site: Path) -> int:
    return main([command, "--site", str(site)])


def damage(site: Path) -> None:
    """Turn the bits of what is kept of bodies; the states that lead there are whole."""
    packs = sorted((site / CACHE_FOLDER).glob("prose-*.pack"))
    assert packs
    for pack in packs:
        pack.write_bytes(bytes(byte ^ 0xFF for byte in pack.read_bytes()))


@pytest.mark.parametrize("forgets", [True, False])
@pytest.mark.parametrize("command", ["check", "build"])
def test_damage_is_found_out_in_the_middle(
    site: Path, command: str, forgets: bool, monkeypatch: pytest.MonkeyPatch, capsys: CaptureText
) -> None:
    run("check", site)
    whole = capsys.readouterr().out
    assert "DG904" in whole
    damage(site)
    if not forgets:  # as in a folder that nobody may write
        monkeypatch.setattr(Cache, "forget", lambda _: None)
    run(command, site)
    assert command == "build" or capsys.readouterr().out == whole


@pytest.mark.parametrize("everywhere", [False, True])
def test_a_check_needs_no_room_beside_the_site(
    site: Path, everywhere: bool, monkeypatch: pytest.MonkeyPatch, capsys: CaptureText
) -> None:
    real = PackWriter.flush

    def flush(writer: PackWriter) -> None:
        if everywhere or writer._folder.name == CACHE_FOLDER:
            raise UnwritableCache("no space left")
        real(writer)

    monkeypatch.setattr(PackWriter, "flush", flush)
    assert run("check", site) == 1
    assert ("error[DG502]" in capsys.readouterr().out) == everywhere
