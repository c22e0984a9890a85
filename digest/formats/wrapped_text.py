"""Plain text that was broken to a width, as Markdown: lines joined into paragraphs."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Final

from digest.formats import plain_text, tex_accents
from digest.formats.patterns import lazily

_BULLET: Final = lazily(r"(?:[-*+•]|\(?[0-9]{1,2}[.)]|\([a-z]\))\s")


def join_lines(lines: Iterable[str]) -> str:
    """Lines as Markdown: a blank one, or one indented as the first is, parts paragraphs; items of lists stay apart."""
    texts = list(lines)
    filled = [line for line in texts if line.strip()]
    if not filled:
        return ""
    # Some programs put a blank line behind every line.
    if len(filled) > 2 and len(texts) >= 2 * len(filled) - 1 and _alternate(texts):
        texts = filled
    margin = min((indent_of(line) for line in filled[1:]), default=0)
    opens = indent_of(filled[0]) > margin
    paragraphs: list[list[str]] = []
    apart = True
    for line in texts:
        if not line.strip():
            apart = True
            continue
        opened = bool(paragraphs) and (paragraphs[-1][-1].endswith(":") or _BULLET.match(paragraphs[-1][0]))
        item = _BULLET.match(line.strip()) and (opened or indent_of(line) >= indent_of(filled[0]) > 0)
        if apart or not paragraphs or item or (opens and indent_of(line) > margin):
            paragraphs.append([])
        paragraphs[-1].append(line.strip())
        apart = False
    joined = [" ".join(" ".join(paragraph).split()) for paragraph in paragraphs]
    text = joined[0]
    for above, below in itertools.pairwise(joined):
        together = _BULLET.match(below) and (_BULLET.match(above) or above.endswith(":"))
        text += ("\n" if together else "\n\n") + below
    return plain_text.markdown_from_plain(tex_accents.letters_from_tex(text))


def indent_of(line: str) -> int:
    """How many blanks a line begins with."""
    return len(line) - len(line.lstrip())


def _alternate(lines: list[str]) -> bool:
    return not any(above.strip() and below.strip() for above, below in itertools.pairwise(lines))
