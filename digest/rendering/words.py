"""The words of the interface: those that come with digest, then those of a theme, which may say it otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from digest.formats import languages
from digest.model import Catalogue, Problem
from digest.rendering.theme_files import FOLDER_OF_WORDS, ThemeFolder, decode_files, read_file


def read_words(language: str, themes: Iterable[ThemeFolder], problems: list[Problem]) -> Catalogue:
    """The words of a language: `locales/pt.po` before `locales/pt-BR.po`, ours before those of each theme given.

    What none of them has is English, the language that the words are written in.
    """
    package = Path(__file__).resolve().parents[1]
    tags = languages.list_fallbacks(language) if language else ("en",)
    words = Catalogue(tags[0])
    for folder in (ThemeFolder("", package, package.as_posix()), *themes):
        for tag in reversed(tags):
            path = folder.folder / FOLDER_OF_WORDS / f"{tag}.po"
            if path.exists():
                words = words.overlaid_by(_read_catalogue(path, folder, tag, problems))
    return words


def _read_catalogue(path: Path, theme: ThemeFolder, tag: str, problems: list[Problem]) -> Catalogue:
    shown = f"{theme.shown}/{FOLDER_OF_WORDS}"
    data = read_file(path, theme.folder.resolve(), f"{shown}/{path.name}")
    if isinstance(data, Problem):
        problems.append(data)
        return Catalogue(tag)
    text = decode_files({path.name: data}, shown, problems)[path.name]
    catalogue, faults = languages.parse_catalogue(text, tag, f"{shown}/{path.name}", "DG603")
    problems += faults
    return catalogue
