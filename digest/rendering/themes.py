"""Themes: a folder with theme.yml, templates/ and static/, from the site or bundled with digest."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Final, get_args

from digest.formats import frontmatter
from digest.model import Page, Problem, ProblemError, Settings, Span, StaticFile, Theme
from digest.rendering.assets import fingerprint_assets

REDIRECT_TEMPLATE: Final = "redirect.html"
TEMPLATES: Final = frozenset({REDIRECT_TEMPLATE, *(page.template for page in get_args(Page))})
FILES: Final = ("icon", "script", "search_script")
KEYS: Final = ("name", "description", "styles", *FILES)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*")


def load_theme(settings: Settings, site: Path) -> Theme:
    """The theme that the settings name, dressed as they say: SITE/themes/NAME, else the one bundled with digest.

    Raises:
        ProblemError: DG601 where there is no such theme, DG603 (with DG106, DG109) where it is not well made.
    """
    name = settings.theme
    folder, shown = _find_folder(name, site)
    problems: list[Problem] = []
    static = _read_files(folder / "static", f"{shown}/static", problems)
    sources = _read_files(folder / "templates", f"{shown}/templates", problems)
    templates = _decode_templates(sources, f"{shown}/templates", problems)
    assets, asset_problems = fingerprint_assets(static, f"{shown}/static")
    problems += asset_problems
    manifest = _read_manifest(folder / "theme.yml", f"{shown}/theme.yml", problems)
    problems += _check_completeness(manifest, templates, assets, shown)
    if problems:
        raise ProblemError(problems)
    return Theme(
        name=name,
        templates=templates,
        static=tuple(assets.values()),
        styles=tuple(assets[style].url for style, _ in manifest.styles),
        icon=_url_of(manifest.icon, assets),
        script=_url_of(manifest.script, assets),
        search_script=_url_of(manifest.search_script, assets),
        fingerprint=_fingerprint(templates, assets, manifest),
        folder=shown,
    )


@dataclass(frozen=True, slots=True)
class _Manifest:
    """What theme.yml says: names of static files, each with the place that names it."""

    styles: tuple[tuple[str, Span], ...] = ()
    icon: tuple[str, Span] | None = None
    script: tuple[str, Span] | None = None
    search_script: tuple[str, Span] | None = None

    @property
    def named(self) -> tuple[tuple[str, Span], ...]:
        """Every file that is named."""
        single = (self.icon, self.script, self.search_script)
        return (*self.styles, *(named for named in single if named))


def _url_of(named: tuple[str, Span] | None, assets: Mapping[str, StaticFile]) -> str:
    return assets[named[0]].url if named else ""


def bundled_themes() -> Path:
    """The themes that come with digest: inside the package when installed, beside it in a source tree."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "themes"
    return inside if inside.is_dir() else package.parent / "themes"


def _find_folder(name: str, site: Path) -> tuple[Path, str]:
    """The folder of a theme, and how problems call it: from the site's root, else absolute."""
    if _NAME.fullmatch(name):
        if own := _find_own(name, site):
            return own, f"themes/{name}"
        bundled = bundled_themes() / name
        if (bundled / "theme.yml").is_file():
            return bundled, bundled.as_posix()
    known = ", ".join(sorted({*_theme_names(site / "themes"), *_theme_names(bundled_themes())}))
    raise ProblemError([Problem("error", "DG601", f"there is no theme {name!r}", hint=f"themes here: {known}")])


def _find_own(name: str, site: Path) -> Path | None:
    """The site's own theme of that name; one that cannot be used is not passed over for a bundled one of its name.

    Raises:
        ProblemError: DG109.
    """
    own = site / "themes" / name
    try:
        own.lstat()
        if own.is_dir() and own.resolve().is_relative_to(site.resolve()):
            return own
        reason = "not a folder, or a link out of the site"
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, RuntimeError) as error:  # RuntimeError: a circle of links, before Python 3.13
        reason = _reason(error)
    raise ProblemError([_refuse(f"themes/{name}", reason, "put the folder of the theme there")])


def _theme_names(folder: Path) -> Iterator[str]:
    with suppress(OSError):  # only a hint
        yield from (path.parent.name for path in folder.glob("*/theme.yml") if _NAME.fullmatch(path.parent.name))


def _read_files(folder: Path, shown: str, problems: list[Problem]) -> dict[str, bytes]:
    """The files below a folder by their relative names; hidden files and editors' backups are left out.

    Only regular files are opened, and only those of the theme: a link must not publish a secret, a pipe not hang.
    """
    found: dict[str, bytes] = {}
    root = folder.resolve()
    for path in sorted(_walk(folder, shown, problems)):
        name = path.relative_to(folder).as_posix()
        if any(part.startswith(".") for part in Path(name).parts) or name.endswith("~"):
            continue
        data = _read_file(path, root, f"{shown}/{name}")
        if isinstance(data, Problem):
            problems.append(data)
        else:
            found[name] = data
    return found


def _walk(folder: Path, shown: str, problems: list[Problem]) -> Iterator[Path]:
    """Everything below a folder that is no folder itself; a folder that cannot be read is told."""

    def tell(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError | NotADirectoryError):
            below = Path(error.filename or folder).relative_to(folder).as_posix()
            problems.append(_refuse(f"{shown}/{below}".removesuffix("/."), _reason(error), "make it readable"))

    for parent, folders, names in os.walk(folder, onerror=tell):
        yield from (Path(parent, name) for name in names)
        yield from (Path(parent, name) for name in folders if Path(parent, name).is_symlink())


def _read_file(path: Path, root: Path, shown: str) -> bytes | Problem:
    try:
        if path.is_file() and path.resolve().is_relative_to(root):
            return path.read_bytes()
        reason = "not a regular file, or a link out of the theme"
    except (OSError, RuntimeError) as error:  # RuntimeError: a circle of links, before Python 3.13
        reason = _reason(error)
    return _refuse(shown, reason, "put the file itself into the theme, and make it readable")


def _reason(error: Exception) -> str:
    return f"it cannot be read: {getattr(error, 'strerror', None) or error}"


def _refuse(shown: str, message: str, hint: str) -> Problem:
    return Problem("error", "DG109", message, Span(shown), hint)


def _decode_templates(sources: Mapping[str, bytes], shown: str, problems: list[Problem]) -> dict[str, str]:
    templates: dict[str, str] = {}
    for name, data in sources.items():
        try:
            templates[name] = data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            span = Span(f"{shown}/{name}", data.count(b"\n", 0, error.start) + 1)
            problems.append(Problem("error", "DG106", "the file is not UTF-8 text", span, "save it as UTF-8"))
            templates[name] = ""
    return templates


def _read_manifest(path: Path, shown: str, problems: list[Problem]) -> _Manifest:
    if not os.path.lexists(path):
        hint = "write one: its keys are " + ", ".join(KEYS)
        problems.append(Problem("error", "DG603", "the theme has no theme.yml", Span(shown), hint))
        return _Manifest()
    data = _read_file(path, path.parent.resolve(), shown)
    if isinstance(data, Problem):
        problems.append(data)
        return _Manifest()
    try:
        text = data.decode()
    except UnicodeDecodeError:
        problems.append(Problem("error", "DG106", "the file is not UTF-8 text", Span(shown), "save it as UTF-8"))
        return _Manifest()
    mapping, yaml_problems = frontmatter.parse_mapping(text, shown, "DG603")
    problems += yaml_problems
    styles: tuple[tuple[str, Span], ...] = ()
    single: dict[str, tuple[str, Span]] = {}
    for key, node in mapping.pairs:
        if key.text not in KEYS:
            hint = "the keys are " + ", ".join(KEYS)
            problems.append(Problem("error", "DG603", f"the key {key.text!r} is not known", key.span, hint))
        elif key.text == "styles":
            nodes = node.items if isinstance(node, frontmatter.ListNode) else (node,)
            styles = tuple(filter(None, (_read_text(style, problems) for style in nodes)))
        elif (value := _read_text(node, problems)) and key.text in FILES:
            single[key.text] = value
    return _Manifest(styles, **single)


def _read_text(node: frontmatter.Node, problems: list[Problem]) -> tuple[str, Span] | None:
    if isinstance(node, frontmatter.ScalarNode) and not node.empty:
        return node.text, node.span
    problems.append(Problem("error", "DG603", "this must be a text", node.span, "write a word or a file name"))
    return None


def _check_completeness(
    manifest: _Manifest, templates: Mapping[str, str], assets: Mapping[str, StaticFile], shown: str
) -> Iterator[Problem]:
    """What theme.yml names must be there, and a template for every kind of page."""
    for name, span in manifest.named:
        if name not in assets:
            yield Problem("error", "DG603", f"there is no file {name!r} in static/", span, "put it there")
    for name in sorted(TEMPLATES - templates.keys()):
        hint = "start from a copy of the default theme"
        yield Problem("error", "DG603", "the theme lacks this template", Span(f"{shown}/templates/{name}"), hint)


def _fingerprint(templates: Mapping[str, str], assets: Mapping[str, StaticFile], manifest: _Manifest) -> bytes:
    """Sixteen bytes that differ where any page could: the addresses stand for the contents of static files."""
    hasher = blake2b(digest_size=16)
    parts = [part for item in sorted(templates.items()) for part in item]
    parts += [assets[name].url for name, _ in manifest.named]
    for part in parts:
        data = part.encode()
        hasher.update(len(data).to_bytes(8, "big") + data)
    return hasher.digest()
