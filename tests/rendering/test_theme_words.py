"""The words of a site: ours, those of its theme above, English below."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.model import Catalogue, Problem
from digest.rendering.theme_files import ThemeFolder
from digest.rendering.words import read_words


def read(language: str, *themes: Path) -> tuple[Catalogue, list[Problem]]:
    problems: list[Problem] = []
    folders = [ThemeFolder(path.name, path, f"themes/{path.name}") for path in themes]
    return read_words(language, folders, problems), problems


def a_theme(folder: Path, **catalogues: str) -> Path:
    (folder / "locales").mkdir(parents=True)
    for language, text in catalogues.items():
        (folder / "locales" / f"{language.replace('_', '-')}.po").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("language", "archive"),
    [
        *(("en", "Archive"), ("de", "Archiv"), ("de-AT", "Archiv"), ("DE", "Archiv"), ("fr", "Archives")),
        *(("es", "Archivo"), ("pt-BR", "Arquivo"), ("ja", "アーカイブ"), ("zh-CN", "归档"), ("zh-TW", "归档")),
        *(("ar-EG", "الأرشيف"), ("it", "Archive"), ("tlh", "Archive"), ("", "Archive")),
    ],
)
def test_the_words_of_a_language_or_what_stands_for_it(language: str, archive: str) -> None:
    words, problems = read(language)
    assert words.gettext("Archive") == archive
    assert problems == []


def test_a_theme_says_it_otherwise(tmp_path: Path) -> None:
    parent = a_theme(tmp_path / "a", de='msgid "Archive"\nmsgstr "Alles"\n\nmsgid "Tags"\nmsgstr "Themen"\n')
    child = a_theme(tmp_path / "b", de='msgid "Archive"\nmsgstr "Keller"\n', de_AT='msgid "Tags"\nmsgstr "Gebiete"\n')
    words, problems = read("de-AT", parent, child)
    assert [words.gettext(english) for english in ("Archive", "Tags", "Search")] == ["Keller", "Gebiete", "Suche"]
    assert words.ngettext("%(number)s entry", "%(number)s entries", 2) == "2 Einträge"
    assert problems == []


def test_a_theme_has_its_own_english(tmp_path: Path) -> None:
    words, _ = read("en-GB", a_theme(tmp_path, en='msgid "Archive"\nmsgstr "Logbook"\n'))
    assert words.gettext("Archive") == "Logbook"


def test_what_is_wrong_with_a_catalogue_is_told(tmp_path: Path) -> None:
    theme = a_theme(tmp_path / "a", de='msgid "Archive"\nmsgstr "%(no)s"\n')
    (theme / "locales" / "de-AT.po").write_bytes(b"\xff")
    words, problems = read("de-AT", theme)
    assert words.gettext("Archive") == "Archiv"
    assert [(found.code, found.span and found.span.path) for found in problems] == [
        ("DG603", "themes/a/locales/de.po"),
        ("DG106", "themes/a/locales/de-AT.po"),
    ]


def test_a_link_out_of_the_theme_is_not_followed(tmp_path: Path) -> None:
    theme = a_theme(tmp_path / "a")
    (tmp_path / "secret").write_text('msgid "Archive"\nmsgstr "secret"\n', encoding="utf-8")
    (theme / "locales" / "de.po").symlink_to(tmp_path / "secret")
    words, problems = read("de", theme)
    assert words.gettext("Archive") == "Archiv"
    assert [found.code for found in problems] == ["DG109"]
