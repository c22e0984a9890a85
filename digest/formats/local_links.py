"""Where in a Markdown text the links are that stay within the site."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from html import unescape

from digest.formats.patterns import lazily
from digest.model import LocalLink

_CODE = lazily(
    r"^[ >]*(`{3,}|~{3,})[^\n]*\n.*?(?:^[ >]*\1[`~]* *$|\Z)|(?<!`)(`+)(?!`)(?:[^\n]|\n(?! *\n))*?(?<!`)\2(?!`)",
    re.DOTALL | re.MULTILINE,
)
_PLACE = lazily(r"""(?:\]\(\s*<?|\]:\s*<?|(?:href|src)\s*=\s*["']?)([^\s"'<>]+)""", re.IGNORECASE)
_ESCAPE = lazily(r"\\([!-/:-@\[-`{-~])")


def find_links(body: str, targets: Iterable[str], first_line: int) -> tuple[LocalLink, ...]:
    """Each place where a target is written, in order; one that cannot be found is at the start of the body."""
    missing = dict.fromkeys(targets)
    if not missing:
        return ()
    wanted = {**{target.split("%20")[0]: target for target in missing if "%20" in target}, **{t: t for t in missing}}
    text = blank_code(body)
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    found: list[LocalLink] = []
    for match in _PLACE.finditer(text):
        target = next((wanted[form] for form in _forms(match[1]) if form in wanted), None)
        if target is None:
            continue
        missing.pop(target, None)
        line = bisect_right(starts, match.start(1))
        found.append(LocalLink(target, first_line + line - 1, match.start(1) - starts[line - 1] + 1))
    return (*(LocalLink(target, first_line, 1) for target in missing), *found)


def blank_code(body: str) -> str:
    """The text with blanks for its code, of the same length."""
    return _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), body)


def _forms(written: str) -> Iterable[str]:
    """What the target may be: the link's own closing bracket may hang on it."""
    plain = unescape(_ESCAPE.sub(r"\1", written))
    yield plain
    while ")" in plain:
        plain = plain[: plain.rindex(")")]
        yield plain
