"""Themes: a folder with theme.yml, templates/ and static/, from the site or installed, and its parents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from hashlib import blake2b
from pathlib import Path
from typing import Final, get_args

from digest.model import (
    SETTINGS_FILE,
    Catalogue,
    DayMail,
    Page,
    Problem,
    ProblemError,
    Settings,
    Span,
    StaticFile,
    TemplateFolder,
    Theme,
    ThemeFilter,
    dataclass,
)
from digest.rendering.assets import fingerprint_assets
from digest.rendering.dressing import STYLES, dress, find_logo
from digest.rendering.plugin_parts import find_filters, read_page_templates
from digest.rendering.theme_files import ThemeFolder, decode_files, find_theme, read_files, suggest
from digest.rendering.theme_manifests import Manifest, Named, inherit, read_manifest
from digest.rendering.words import read_words

REDIRECT_TEMPLATE: Final = "redirect.html"
_MAIL: Final = (DayMail.html_template, DayMail.text_template)
TEMPLATES: Final = frozenset({REDIRECT_TEMPLATE, *_MAIL, *(page.template for page in get_args(Page))})


@dataclass(frozen=True, slots=True)
class _Generation:
    """One theme as its folder has it, before anything is inherited."""

    theme: ThemeFolder
    manifest: Manifest
    templates: Mapping[str, str]
    static: Mapping[str, bytes]


def load_theme(settings: Settings, site: Path) -> Theme:
    """The theme that the settings name, with what it inherits, dressed as they say.

    Raises:
        ProblemError: DG601 where there is no such theme, DG603 (with DG106, DG109) where it is not well made, DG203
            where it has not what the settings ask for.
    """
    problems: list[Problem] = []
    family = _read_family(settings.theme, site, problems)
    own = family[0]
    manifest = reduce(lambda parent, child: inherit(child, parent), [each.manifest for each in reversed(family)])
    static, places = _merge_static(family)
    dressing = dress(settings, manifest)
    if dressing.styles:
        static[STYLES], places[STYLES] = dressing.styles, SETTINGS_FILE
    names = dict.fromkeys([style.text for style in manifest.all_styles] + [STYLES] * bool(dressing.styles))
    assets, styles, asset_problems = fingerprint_assets(static, places, tuple(names))
    problems += (*asset_problems, *_check_completeness(manifest, family, static))
    logo = find_logo(settings, site, {name: file.url for name, file in assets.items()}, problems)
    words = read_words(settings.language, [each.theme for each in reversed(family)], problems)
    problems += dressing.problems
    filters = find_filters(manifest.filters, problems)
    templates = read_page_templates(settings)
    added = _say_added(filters, templates)
    if any(problem.severity == "error" for problem in problems):
        raise ProblemError(problems)
    return Theme(
        name=own.theme.name,
        templates=own.templates,
        static=tuple({file.url: file for file in (*styles, *assets.values())}.values()),
        styles=tuple(style.url for style in styles),
        icon=_url_of(manifest.icon, assets),
        script=_url_of(manifest.script, assets),
        search_script=_url_of(manifest.search_script, assets),
        starred_script=_url_of(manifest.starred_script, assets),
        more_styles=_url_of(manifest.more_styles, assets),
        logo=logo,
        fingerprint=_fingerprint(family, assets, styles, manifest, [*_say_words(words), *added]),
        folder=own.theme.shown,
        ancestors=(*(TemplateFolder(each.theme.shown, each.templates) for each in family[1:]), *templates),
        words=words,
        paper=dressing.paper,
        problems=dressing.problems,
        filters=filters,
        plugins=(*(each.theme.plugin for each in family if each.theme.plugin), *(each.plugin for each in filters)),
    )


def _read_family(name: str, site: Path, problems: list[Problem]) -> list[_Generation]:
    """A theme, its parent, and so on. A theme of the site whose parent has its own name means the installed one."""
    found = find_theme(name, site)
    family = [_read_generation(found, problems)]
    while parent := family[-1].manifest.parent:
        child = family[-1].theme
        try:
            found = find_theme(parent.text, site, parent.span, installed=parent.text == child.name)
        except ProblemError as error:
            raise ProblemError((*problems, *error.problems)) from error
        if found in [each.theme for each in family]:
            message = f"the theme {child.name!r} would be its own ancestor: its parent is {parent.text!r}"
            hint = "name another parent, or copy the templates and name none"
            raise ProblemError((*problems, Problem("error", "DG603", message, parent.span, hint)))
        family.append(_read_generation(found, problems))
    return family


def _read_generation(theme: ThemeFolder, problems: list[Problem]) -> _Generation:
    folder, shown = theme.folder, theme.shown
    static = read_files(folder / "static", f"{shown}/static", problems)
    sources = read_files(folder / "templates", f"{shown}/templates", problems)
    templates = decode_files(sources, f"{shown}/templates", problems)
    return _Generation(theme, read_manifest(folder / "theme.yml", f"{shown}/theme.yml", problems), templates, static)


def _merge_static(family: list[_Generation]) -> tuple[dict[str, bytes], dict[str, str]]:
    """The static files by name, the nearest of each, and where problems say that they lie."""
    files: dict[str, bytes] = {}
    places: dict[str, str] = {}
    for each in reversed(family):
        files |= each.static
        places |= {name: f"{each.theme.shown}/static/{name}" for name in each.static}
    return files, places


def _url_of(named: Named | None, assets: Mapping[str, StaticFile]) -> str:
    return assets[named.text].url if named and named.text in assets else ""


def _check_completeness(
    manifest: Manifest, family: list[_Generation], static: Mapping[str, bytes]
) -> Iterator[Problem]:
    """What theme.yml names must be there, and a template for every kind of page."""
    for named in manifest.named:
        if named.text not in static:
            hint = f"{suggest(named.text, static)}it may be a file of the theme or of its parent"
            yield Problem("error", "DG603", f"there is no file {named.text!r} in static/", named.span, hint)
    shown = family[0].theme.shown
    for name in sorted(TEMPLATES.difference(*(each.templates for each in family))):
        hint = "write `parent: default` into theme.yml, and what the theme lacks comes from there"
        yield Problem("error", "DG603", "the theme lacks this template", Span(f"{shown}/templates/{name}"), hint)


def _fingerprint(
    family: list[_Generation],
    assets: Mapping[str, StaticFile],
    styles: tuple[StaticFile, ...],
    manifest: Manifest,
    more: Iterable[str],
) -> bytes:
    """Sixteen bytes that differ where any page could: the addresses stand for the contents of static files."""
    hasher = blake2b(digest_size=16)
    parts = [part for each in family for item in sorted(each.templates.items()) for part in ("", *item)]
    parts += [file.url for file in styles]
    parts += [assets[named.text].url for named in manifest.single if named.text in assets]
    for part in (*parts, *more):
        data = part.encode()
        hasher.update(len(data).to_bytes(8, "big") + data)
    return hasher.digest()


def _say_words(words: Catalogue) -> list[str]:
    return [words.language, words.plural, *(part for item in words.messages.items() for part in (item[0], *item[1]))]


def _say_added(filters: tuple[ThemeFilter, ...], folders: tuple[TemplateFolder, ...]) -> Iterator[str]:
    """What plugins add."""
    yield from (each.origin for each in filters)
    yield from (part for each in folders for item in sorted(each.templates.items()) for part in ("", *item))
