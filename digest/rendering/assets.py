"""Static files of a theme under addresses that change with their content, so that browsers may keep them for ever."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from posixpath import dirname, normpath, relpath, splitext
from typing import Final

from digest.formats.patterns import lazily
from digest.model import Problem, Span, StaticFile

FOLDER: Final = "/assets/"
_NAME = lazily(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
# Comments and strings are matched first so that nothing within them is taken for a reference.
_REFERENCE = lazily(
    r"""
      /\* .*? \*/
    | @import \s+ (?P<at>["']) (?P<imported>[^"'\\\n]+) (?P=at)
    | url\( \s* (?P<quote>["']?) (?P<target>[^"'()\s\\]+) (?P=quote) \s* \)
    | " (?: \\. | [^"\\\n] )* "
    | ' (?: \\. | [^'\\\n] )* '
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_HEADED = lazily(r"\s*(?:/\*.*?\*/\s*)*@(?:import|charset|namespace)\b", re.DOTALL | re.IGNORECASE)
_ELSEWHERE = lazily(r"[a-z][a-z0-9+.-]*:|/|#|\?", re.IGNORECASE)


def fingerprint_assets(
    files: Mapping[str, bytes], places: Mapping[str, str], styles: Sequence[str] = ()
) -> tuple[dict[str, StaticFile], tuple[StaticFile, ...], tuple[Problem, ...]]:
    """The files by name, each at `/assets/<stem>.<8 hex>.<ext>`; `url(name)` in style sheets follows them there.

    `styles` are the sheets that stand on every page: they are joined, in their order, and come apart from the others.
    `places` are where problems say that each file lies. DG603: a name that no address can hold, a style sheet that
    refers to a file which is not there, or two that import one another.
    """
    workshop = _Workshop(files, places)
    joined = tuple(workshop.join(names) for names in _group([name for name in styles if name in files], files))
    for name in sorted(files.keys() - set(styles)):
        workshop.make(name, ())
    return workshop.done, joined, tuple(workshop.problems)


def _group(styles: list[str], files: Mapping[str, bytes]) -> Iterator[list[str]]:
    """Sheets that may be joined: what has to stand first in a sheet, `@import`, begins another."""
    group: list[str] = []
    for name in styles:
        if group and _HEADED.match(files[name].decode(errors="replace")):
            yield group
            group = []
        group.append(name)
    if group:
        yield group


class _Workshop:
    """Makes each file after those it refers to, as their addresses are part of it."""

    def __init__(self, files: Mapping[str, bytes], places: Mapping[str, str]) -> None:
        self.files = files
        self.places = places
        self.done: dict[str, StaticFile] = {}
        self.problems: list[Problem] = []

    def make(self, name: str, path: tuple[str, ...]) -> StaticFile:
        if name in self.done:
            return self.done[name]
        if not _NAME.fullmatch(name):
            self._complain(name, f"{name!r} cannot be part of an address", "use letters, digits, `.`, `-` and `_`")
        data = self.files[name]
        if name.endswith(".css"):
            data = self._link(name, data, (*path, name), dirname(f"{FOLDER}{name}"))
        self.done[name] = _address(name, data)
        return self.done[name]

    def join(self, names: list[str]) -> StaticFile:
        """One sheet of several, called as the first of them."""
        for name in names:
            if not _NAME.fullmatch(name):
                self._complain(name, f"{name!r} cannot be part of an address", "use letters, digits, `.`, `-` and `_`")
        sheets = [self._link(name, self.files[name], (name,), FOLDER).removeprefix(BOM_UTF8) for name in names]
        return _address(names[0].rpartition("/")[2], b"\n".join(sheets))

    def _link(self, name: str, data: bytes, path: tuple[str, ...], folder: str) -> bytes:
        """The style sheet with its references led to the new addresses, relative to the folder it will lie in."""
        try:
            text = data.decode()
        except UnicodeDecodeError:
            self._complain(name, f"{name} is not UTF-8 text", "save it as UTF-8")
            return data

        def follow(match: re.Match[str]) -> str:
            group = "imported" if match["imported"] else "target"
            target = match[group]
            if not target or _ELSEWHERE.match(target):
                return match[0]
            bare = re.split(r"[?#]", target, maxsplit=1)[0]
            wanted = normpath(f"{dirname(name)}/{bare}").lstrip("/")
            line = text.count("\n", 0, match.start()) + 1
            column = match.start() - text.rfind("\n", 0, match.start())
            span = Span(self.places[name], line, column, len(match[0]))
            if wanted not in self.files:
                hint = "put it into the static folder of the theme"
                self._complain(name, f"there is no file {target!r}", hint, span)
                return match[0]
            if wanted in path:
                self._complain(
                    name, f"{target!r} comes back to this style sheet", "import it in one of the two only", span
                )
                return match[0]
            url = relpath(self.make(wanted, path).url, folder) + target[len(bare) :]
            start, end = match.start(group) - match.start(), match.end(group) - match.start()
            return match[0][:start] + url + match[0][end:]

        return _REFERENCE.sub(follow, text).encode()

    def _complain(self, name: str, message: str, hint: str, span: Span | None = None) -> None:
        self.problems.append(Problem("error", "DG603", message, span or Span(self.places[name]), hint))


def _address(name: str, data: bytes) -> StaticFile:
    stem, extension = splitext(name)
    return StaticFile(f"{FOLDER}{stem}.{blake2b(data, digest_size=4).hexdigest()}{extension}", data)
