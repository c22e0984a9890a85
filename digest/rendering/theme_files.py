"""Where themes lie, and their files: only regular ones, and only those of the theme."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from digest.formats.patterns import lazily
from digest.model import Plugin, Problem, ProblemError, Span, dataclass
from digest.plugins import find_plugin, load_plugin, plugin_names

FOLDER_OF_WORDS: Final = "locales"
_NAME = lazily(r"[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*")


@dataclass(frozen=True, slots=True)
class ThemeFolder:
    """A theme that is there; `shown` is how problems call its folder: from the root of the site, else absolute."""

    name: str
    folder: Path
    shown: str
    plugin: Plugin | None = None


def bundled_themes() -> Path:
    """The themes that come with digest: inside the package when installed, beside it in a source tree."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "themes"
    return inside if inside.is_dir() else package.parent / "themes"


DEFAULT: Final = bundled_themes() / "default"
PAPER: Final = bundled_themes() / "paper"


def find_theme(name: str, site: Path, span: Span | None = None, *, installed: bool = False) -> ThemeFolder:
    """The theme of that name: SITE/themes/NAME, else the one that is installed, which alone is meant by `installed`.

    Raises:
        ProblemError: DG601 at `span` where there is none, DG109 where it may not be read, DG811.
    """
    if _NAME.fullmatch(name):
        if not installed and (own := _find_own(name, site)):
            return ThemeFolder(name, own, f"themes/{name}")
        if plugin := find_plugin("themes", name):
            folder: Path = load_plugin(plugin)
            return ThemeFolder(name, folder, folder.as_posix(), plugin)
    known = sorted({*_theme_names(site / "themes"), *plugin_names("themes")})
    hint = f"{suggest(name, known)}themes here: {', '.join(known)}"
    raise ProblemError([Problem("error", "DG601", f"there is no theme {name!r}", span, hint)])


def suggest(word: str, known: Iterable[str]) -> str:
    """The beginning of a hint: the known word nearest to a mistyped one, or nothing."""
    import difflib  # noqa: PLC0415 - heavy: only for who has made a mistake

    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.7)
    return f"did you mean {close[0]!r}? " if close else ""


def _find_own(name: str, site: Path) -> Path | None:
    """The site's own theme of that name; one that cannot be used is not passed over for a bundled one of its name."""
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


def read_files(folder: Path, shown: str, problems: list[Problem]) -> dict[str, bytes]:
    """The files below a folder by their relative names; hidden files and editors' backups are left out.

    Only regular files are opened, and only those of the theme: a link must not publish a secret, a pipe not hang.
    """
    found: dict[str, bytes] = {}
    root = folder.resolve()
    for parts in sorted(_walk(folder, shown, problems)):
        name = "/".join(parts)
        if any(part.startswith(".") for part in parts) or name.endswith("~"):
            continue
        plain = _read_plain(os.path.join(folder, *parts))  # noqa: PTH118 - a path takes longer than all that is done with it
        data = plain if plain is not None else read_file(folder / name, root, f"{shown}/{name}")
        if isinstance(data, Problem):
            problems.append(data)
        else:
            found[name] = data
    return found


def _walk(folder: Path, shown: str, problems: list[Problem]) -> Iterator[tuple[str, ...]]:
    """Everything below a folder that is no folder itself, by its names; a folder that cannot be read is told."""

    def tell(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError | NotADirectoryError):
            below = Path(error.filename or folder).relative_to(folder).as_posix()
            problems.append(_refuse(f"{shown}/{below}".removesuffix("/."), _reason(error), "make it readable"))

    for parent, folders, names in os.walk(folder, onerror=tell):
        above = Path(parent).relative_to(folder).parts
        yield from ((*above, name) for name in names)
        yield from ((*above, name) for name in folders if Path(parent, name).is_symlink())


def _read_plain(path: str) -> bytes | None:
    """The bytes of a regular file that was met on a walk, and so lies within; nothing of all else."""
    try:
        if stat.S_ISREG(os.lstat(path).st_mode):
            with open(path, "rb") as file:  # noqa: PTH123 - likewise
                return file.read()
    except OSError:
        pass  # told by who looks more closely
    return None


def read_file(path: Path, root: Path, shown: str) -> bytes | Problem:
    """The bytes of a file of a theme, whose folder is `root`; DG109."""
    try:
        if path.is_file() and path.resolve().is_relative_to(root):
            return path.read_bytes()
        reason = "not a regular file, or a link out of the theme"
    except (OSError, RuntimeError) as error:  # RuntimeError: a circle of links, before Python 3.13
        reason = _reason(error)
    return _refuse(shown, reason, "put the file itself into the theme, and make it readable")


def decode_files(sources: Mapping[str, bytes], shown: str, problems: list[Problem]) -> dict[str, str]:
    """Files that are text; DG106 for one that is not UTF-8, which is empty then."""
    texts: dict[str, str] = {}
    for name, data in sources.items():
        try:
            texts[name] = data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            span = Span(f"{shown}/{name}", data.count(b"\n", 0, error.start) + 1)
            problems.append(Problem("error", "DG106", "the file is not UTF-8 text", span, "save it as UTF-8"))
            texts[name] = ""
    return texts


def _reason(error: Exception) -> str:
    return f"it cannot be read: {getattr(error, 'strerror', None) or error}"


def _refuse(shown: str, message: str, hint: str) -> Problem:
    return Problem("error", "DG109", message, Span(shown), hint)
