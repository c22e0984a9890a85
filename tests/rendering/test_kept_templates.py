"""Compiled templates in the folder of the user: never from a stranger, never stale, done without where they must be."""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from digest.model import Catalogue, TemplateFolder
from digest.rendering.templates import keeping
from digest.rendering.templates.shelves import Shelves

SHELVES = Shelves((TemplateFolder("themes/t", {"a.html": "a", "b.html": "b"}),))
CODES = {"a.html": b"code", "b.html": b"more"}


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")


def kept_file(tmp_path: Path) -> Path:
    (path,) = tmp_path.rglob("*.templates")
    return path


def test_what_is_kept_comes_back() -> None:
    assert keeping.recall_codes("key") is None
    keeping.keep_codes("key", CODES)
    assert keeping.recall_codes("key") == CODES
    assert keeping.recall_codes("other") is None


def test_nobody_else_may_read_or_write_it(tmp_path: Path) -> None:
    keeping.keep_codes("key", CODES)
    path = kept_file(tmp_path)
    assert [each.stat().st_mode & 0o777 for each in (path, path.parent, path.parent.parent)] == [0o600, 0o700, 0o700]


def replace_by_link(path: Path) -> None:
    moved = path.with_name("elsewhere")
    path.rename(moved)
    path.symlink_to(moved)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.chmod(0o620),
        lambda path: path.chmod(0o602),
        lambda path: path.parent.chmod(0o770),
        lambda path: path.parent.parent.chmod(0o707),
        replace_by_link,
        lambda path: replace_by_link(path.parent),
        lambda path: path.write_bytes(path.read_bytes()[:-1]),
        lambda path: path.write_bytes(path.read_bytes()[:-1] + b"x"),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(keeping._fingerprint(b"junk") + b"junk"),
        lambda path: path.write_bytes(keeping._fingerprint(marshal.dumps(3)) + marshal.dumps(3)),
    ],
)
def test_what_others_could_have_written_or_is_damaged_is_not_run(
    tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    keeping.keep_codes("key", CODES)
    spoil(kept_file(tmp_path))
    assert keeping.recall_codes("key") is None


def test_what_belongs_to_somebody_else_is_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    keeping.keep_codes("key", CODES)
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    assert keeping.recall_codes("key") is None


def test_where_nothing_can_be_kept_nothing_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    keeping.keep_codes("key", CODES)
    assert keeping.recall_codes("key") is None


def test_few_are_kept(tmp_path: Path) -> None:
    for number in range(30):
        keeping.keep_codes(f"key{number}", CODES)
    assert len(list(tmp_path.rglob("*.templates"))) == 16
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 16


@pytest.mark.parametrize(
    ("shelves", "words"),
    [
        (Shelves((TemplateFolder("themes/u", SHELVES.rows[0].templates),)), Catalogue()),
        (Shelves((TemplateFolder("themes/t", {"a.html": "ab", "b.html": ""}),)), Catalogue()),
        (
            Shelves((TemplateFolder("themes/t", {"a.html": "a"}), TemplateFolder("themes/t", {"b.html": "b"}))),
            Catalogue(),
        ),
        (SHELVES, Catalogue("de")),
        (SHELVES, Catalogue(plural="0")),
        (SHELVES, Catalogue(messages={"Star": ("Stern",)})),
    ],
)
def test_whatever_makes_other_code_makes_another_key(shelves: Shelves, words: Catalogue) -> None:
    assert keeping.key_of(shelves, words) != keeping.key_of(SHELVES, Catalogue())
    assert keeping.key_of(SHELVES, Catalogue()) == keeping.key_of(replace(SHELVES), Catalogue())


def test_another_python_or_another_release_makes_another_key(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = {keeping.key_of(SHELVES, Catalogue())}
    monkeypatch.setattr(keeping, "__version__", "99")
    keys.add(keeping.key_of(SHELVES, Catalogue()))
    monkeypatch.setattr(sys, "version", "99")
    keys.add(keeping.key_of(SHELVES, Catalogue()))
    assert len(keys) == 3
