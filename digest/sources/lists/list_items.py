"""One paper on one line of a list, whatever its order: title, authors, venue, date, links, and what else it says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final

from digest.formats.markdown_inline import parse_inline
from digest.formats.tex_accents import letters_from_tex
from digest.model import Identifiers
from digest.sources.lists import paper_links
from digest.sources.lists.flat_lines import LINK, FlatLine, flatten, is_local
from digest.sources.lists.reference_tails import Reference, merge, read_tail_parts, split_statements
from digest.sources.lists.title_places import find_title

# Three thousand authors are shorter.
_LONGEST_LINE: Final = 80_000
_ORDINAL: Final = re.compile(r"^(\s*[*_\[]{0,4})\s*[(\[]?\d{1,3}[.)、]\s+(?=\S)")
# The number of a paper, or of its poster: `[13]`, `[P1]`.
_COUNTED: Final = re.compile(r"^\s*\[[A-Z]{0,2}-?\d{1,4}\]\s+(?=\S)")


def read_reference(text: str, references: Mapping[str, str] | None = None) -> Reference:
    """Read a line as a paper; without a title it has none to tell."""
    if len(text) > _LONGEST_LINE:
        return Reference(rest=(text,))
    return _read(text, references) if references else _read_again(text)


@lru_cache(maxsize=4_096)
def _read_again(text: str) -> Reference:
    """A line as a paper: what a page looks like is asked of every line before it is read."""
    return _read(text, None)


def _read(text: str, references: Mapping[str, str] | None) -> Reference:
    flat = flatten(parse_inline(_ORDINAL.sub(r"\1", text), references))
    title = find_title(flat)
    if title is None:
        return Reference(
            links=_name_links(flat.labels), identifiers=_identify(flat.labels), rest=split_statements(flat.text)
        )
    start, end, marked, before, after = title
    words = clean_title(flat.text[start:end])
    links = list(flat.labels)
    href = next((run.piece.href for run in flat.runs if run.piece.href and run.start < end and run.end > start), "")
    if href and not is_local(href):
        links.insert(0, (paper_links.name_address(href), href))
    tail = read_tail_parts([before, after])
    return replace(
        tail,
        title=words,
        links=_name_links(links),
        identifiers=merge(_identify(links), tail.identifiers),
        rest=tuple(_with_links(statement, flat) for statement in tail.rest),
        marked=marked,
        local=(bool(href) and is_local(href)) or (not links and flat.local),
        tool=bool(href) and paper_links.is_tool_address(href),
        document=any(run.piece.href.lower().endswith((".pdf", ".ps")) for run in flat.runs) or flat.local,
    )


def read_tail(text: str, references: Mapping[str, str] | None = None) -> Reference:
    """Read a line that has no title: names, venue, date, links, what else it says."""
    if len(text) > _LONGEST_LINE:
        return Reference(rest=(text,))
    flat = flatten(parse_inline(text, references))
    tail = read_tail_parts([flat.text])
    return replace(
        tail,
        links=_name_links(flat.labels),
        identifiers=merge(_identify(flat.labels), tail.identifiers),
        rest=tuple(_with_links(statement, flat) for statement in tail.rest),
    )


def clean_title(text: str) -> str:
    """A title on one line, without the signs around it and without the full stop of its sentence."""
    text = " ".join(letters_from_tex(text.replace(LINK, " ")).split())
    text = _COUNTED.sub("", text).lstrip(" \t,;|·•–—`").rstrip(" \t,;|·•`")
    while (
        len(text) > 2
        and (text[0] + text[-1] in {"“”", '""', "「」", "『』", "«»", "''", "‘’", "[]"})
        and text[0] not in text[1:-1]
    ):
        text = text[1:-1].strip(" ,;")
    text = text.removesuffix(":")
    if text.endswith(".") and not re.search(r"\.\.$|\b(?:[A-Z]|vs|etc|Jr|Inc|al)\.$", text):
        text = text[:-1]
    return text.rstrip(" ,;[({").strip(" ,;")


def _identify(links: list[tuple[str, str]]) -> Identifiers:
    """What the links name; a second paper of the same kind is not its own."""
    found = Identifiers()
    for name, href in links:
        if name in {"paper", "pdf", "link", "project", "discussion", "blog"}:
            found = merge(found, paper_links.read_identifiers(href))
    return found


def _name_links(links: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The links, each name once: `code`, `code-2`; the same address once."""
    named: dict[str, str] = {}
    for name, href in links:
        if href in named.values() or is_local(href):
            continue
        better = "pdf" if name == "paper" and paper_links.name_address(href) == "pdf" and "pdf" not in named else name
        key = better
        count = 2
        while key in named:
            key = f"{better}-{count}"
            count += 1
        named[key] = href
    return tuple(named.items())


def _with_links(statement: str, flat: FlatLine) -> str:
    """A statement with the links that stood in it."""
    for run in flat.runs:
        words = flat.text[run.start : run.end].strip()
        if run.piece.href and words and words != run.piece.href and words in statement and not is_local(run.piece.href):
            statement = statement.replace(words, f"[{words}]({run.piece.href})", 1)
    return statement
