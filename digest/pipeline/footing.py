"""What a site that is being edited stands on beside its entries: settings, theme, old addresses; and what changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

from digest.model import PAST_FILE, SETTINGS_FILE, NamedTuple, Past, Problem, ProblemError, Settings, Theme
from digest.pipeline.opening import read_site
from digest.reading import CONTENT_FOLDER, read_past
from digest.rendering import load_theme

THEMES: Final = "themes"
_NOTHING: Final[tuple[Problem, ...]] = ()


class Changed(NamedTuple):
    """What of a site may be another than it was: files by their keys under content/, and the rest."""

    keys: frozenset[str]
    settings: bool
    theme: bool
    past: bool


def sort_paths(site: Path, paths: Iterable[str | Path]) -> Changed:
    """What changed paths mean; those outside the site and files of no kind mean nothing."""
    tops = (site, site.absolute(), site.resolve())  # as it was named, as a watch names it, and where links lead
    keys: set[str] = set()
    settings = theme = past = False
    for path in map(Path, paths):
        inner = next((path.relative_to(top) for top in tops if path.is_relative_to(top)), None)
        if inner is None:
            continue
        name = inner.as_posix()
        whole = name in {".", CONTENT_FOLDER}
        settings |= whole or name == SETTINGS_FILE
        past |= whole or name == PAST_FILE
        theme |= name == "." or inner.parts[:1] == (THEMES,)
        if whole:
            keys.add("")
        elif inner.parts[0] == CONTENT_FOLDER:
            keys.add(name.removeprefix(f"{CONTENT_FOLDER}/"))
    return Changed(frozenset([""] if "" in keys else keys), settings, theme, past)


class Footing:
    """Settings, theme and old addresses, each as it was last read; `theme` is none until one could be loaded.

    Old addresses are read only when they are asked to: there may be more of them than entries.
    """

    def __init__(self, site: Path, base_url: str, origin: str) -> None:
        """An `origin` goes before the path of the site's own address, unless there is another `base_url`."""
        self._site, self._base_url, self._origin = site, base_url, origin
        self.settings = Settings()
        self.theme: Theme | None = None
        self.past: tuple[Past, ...] | None = None
        self._wrong_settings = self._wrong_past = self._wrong_theme = _NOTHING
        self.read_settings()
        self.load_theme()

    @property
    def problems(self) -> tuple[tuple[Problem, ...], ...]:
        """What is wrong with each."""
        return (self._wrong_settings, self._wrong_past, self._wrong_theme)

    def read_settings(self) -> bool:
        """Whether they are others than they were; likewise below."""
        before = self.settings
        settings, self._wrong_settings = read_site(self._site, self._base_url)
        if self._origin and not self._base_url:
            settings = replace(settings, base_url=self._origin + settings.base_path)
        self.settings = settings
        return settings != before

    def read_past(self) -> bool:
        """The addresses that the site ever had."""
        before = self.past
        self.past, self._wrong_past = read_past(self._site)
        return self.past != before

    def load_theme(self) -> bool:
        """With an error in it, the last good one stays."""
        before = self.theme
        try:
            self.theme = load_theme(self.settings, self._site)
        except ProblemError as error:
            self._wrong_theme = error.problems
            return False
        self._wrong_theme = self.theme.problems
        return self.theme != before
