"""Static files of a theme under addresses that change with their content, so that browsers may keep them for ever."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import blake2b
from posixpath import dirname, normpath, relpath, splitext
from typing import Final

from digest.model import Problem, Span, StaticFile

FOLDER: Final = "/assets/"
_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
# Comments and strings are matched first so that nothing within them is taken for a reference.
_REFERENCE = re.compile(
    r"""
      /\* .*? \*/
    | @import \s+ (?P<at>["']) (?P<imported>[^"'\\\n]+) (?P=at)
    | url\( \s* (?P<quote>["']?) (?P<target>[^"'()\s\\]+) (?P=quote) \s* \)
    | " (?: \\. | [^"\\\n] )* "
    | ' (?: \\. | [^'\\\n] )* '
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/|#|\?", re.IGNORECASE)


def fingerprint_assets(
    files: Mapping[str, bytes], places: Mapping[str, str]
) -> tuple[dict[str, StaticFile], tuple[Problem, ...]]:
    """The files by name, each at `/assets/<stem>.<8 hex>.<ext>`; `url(name)` in style sheets follows them there.

    `places` are where problems say that each file lies. DG603: a name that no address can hold, a style sheet that
    refers to a file which is not there, or two that import one another.
    """
    workshop = _Workshop(files, places)
    for name in sorted(files):
        workshop.make(name, ())
    return workshop.done, tuple(workshop.problems)


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
            data = self._link(name, data, (*path, name))
        stem, extension = splitext(name)
        self.done[name] = StaticFile(f"{FOLDER}{stem}.{blake2b(data, digest_size=4).hexdigest()}{extension}", data)
        return self.done[name]

    def _link(self, name: str, data: bytes, path: tuple[str, ...]) -> bytes:
        """The style sheet with its references led to the new addresses, relative to its own."""
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
            url = relpath(self.make(wanted, path).url, dirname(f"{FOLDER}{name}")) + target[len(bare) :]
            start, end = match.start(group) - match.start(), match.end(group) - match.start()
            return match[0][:start] + url + match[0][end:]

        return _REFERENCE.sub(follow, text).encode()

    def _complain(self, name: str, message: str, hint: str, span: Span | None = None) -> None:
        self.problems.append(Problem("error", "DG603", message, span or Span(self.places[name]), hint))
