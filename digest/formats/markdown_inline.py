"""What stands on a line of Markdown: pieces of text with their emphasis and links; the simple HTML of READMEs as well.

Reads, never renders: for grammars that must tell a title from the names beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from html import unescape
from itertools import groupby
from typing import Final

from digest.formats.patterns import lazily
from digest.formats.plain_text import find_math
from digest.model import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text in one style; an image is its alternative text, a line break is a newline sign."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    href: str = ""
    image: bool = False


_ESCAPED: Final = lazily(r"\\([!-/:-@\[-`{-~])")
_TAG: Final = lazily(r"<(?P<end>/)?(?P<name>[A-Za-z][A-Za-z0-9]{0,15})(?P<rest>(?:\s[^<>]{0,2000})?)\s*/?>")
_ATTRIBUTE: Final = lazily(r"\b(?P<name>href|src|alt)\s*=\s*(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)'|(?P<c>[^\s\"'>]+))")
_AUTOLINK: Final = lazily(r"<(https?://[^\s<>]{1,2000})>")
_ADDRESS: Final = lazily(r"https?://[^\s<>\"`|]{1,2000}")
_TARGET: Final = lazily(r"\(\s*(?:<(?P<angle>[^<>\n]*)>"
                            r"|(?P<bare>(?:\{\{[^{}\n]{0,100}\}\})?[^\s()]*(?:\([^\s()]*\)[^\s()]*)*))"
                            r"(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)")  # fmt: skip
_BRACKET: Final = lazily(r"\\.|[\[\]]", re.DOTALL)
_ICON: Final = lazily(r":[a-z][a-z0-9_+-]{1,30}:(?!\w)")
_TOKEN: Final = lazily(r"[\\`!\[<*_~\n:]|https?://")
_STRONG: Final = frozenset({"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"})
_SLANTED: Final = frozenset({"i", "em", "cite"})
_BREAKS: Final = frozenset({"br", "p", "div", "li", "tr", "hr", "summary", "details"})
# Deeper than anybody nests brackets; a line of ten thousand of them must not be tried ten thousand times.
_DEEPEST: Final = 6
_LONGEST_LINK: Final = 3_000


def parse_inline(text: str, references: Mapping[str, str] | None = None) -> tuple[Piece, ...]:
    """The pieces of a paragraph, neighbours of one style joined; `references` are the addresses of `[label]: …`."""
    if len(text) > 100_000:  # no line of a list is so long
        return (Piece(text),)
    return tuple(_join(_style(list(_tokens(text, references or {}, 0)))))


def plain(pieces: Iterable[Piece]) -> str:
    """The words of pieces on one line; images say nothing."""
    return " ".join("".join(piece.text for piece in pieces if not piece.image).split())


@dataclass(frozen=True, slots=True)
class _Mark:
    """A run of stars or low lines, or a tag, that may open or close a style."""

    sign: str
    opens: bool
    closes: bool
    text: str


_Token = Piece | _Mark


def _tokens(text: str, references: Mapping[str, str], depth: int) -> Iterator[_Token]:
    brackets = _brackets(text) if depth < _DEEPEST else {}
    # `\\[[pdf](…)\\]` is a link in brackets, not a formula.
    math = [span for span in find_math(text) if text[span[0]] == "$"] if "$" in text else []
    place = start = formula = 0
    while found := _TOKEN.search(text, place):
        at = found.start()
        while formula < len(math) and math[formula][1] <= at:
            formula += 1
        if formula < len(math) and math[formula][0] <= at:
            place = math[formula][1]
            continue
        read = _token_at(text, at, brackets, references, depth)
        if read is None:
            place = at + 1
            continue
        tokens, end = read
        if at > start:
            yield Piece(unescape(text[start:at]))
        yield from tokens
        place = start = end
    if start < len(text):
        yield Piece(unescape(text[start:]))


def _token_at(
    text: str, at: int, brackets: Mapping[int, int], references: Mapping[str, str], depth: int
) -> tuple[list[_Token], int] | None:
    """What begins at a sign, and where it ends; nothing where the sign is a mere sign."""
    sign = text[at]
    if sign == "\\":
        if text[at + 1 : at + 2] == "\n":
            return [Piece("\n")], at + 2
        escaped = _ESCAPED.match(text, at)
        return ([Piece(escaped[1])], escaped.end()) if escaped else None
    if sign == "\n":
        return [Piece("\n")], at + 1
    if sign == "`":
        return _code_at(text, at)
    if sign == ":":
        icon = _ICON.match(text, at)
        return ([Piece(icon[0], image=True)], icon.end()) if icon and not text[at - 1 : at].isalnum() else None
    if sign in "*_~":
        return _run_at(text, at)
    if sign == "h":
        return _address_at(text, at)
    if sign == "<":
        return _tag_at(text, at)
    image = text.startswith("![", at)
    if sign == "!" and not image:
        return None
    close = brackets.get(at + image)
    return None if close is None else _link_at(text, at + image, close, references, depth, image=image)


def _code_at(text: str, at: int) -> tuple[list[_Token], int] | None:
    run = re.compile("`+").match(text, at)
    ticks = run[0] if run else "`"
    close = text.find(ticks, at + len(ticks))
    if close < 0 or text[close + len(ticks) : close + len(ticks) + 1] == "`":
        return [Piece(ticks)], at + len(ticks)
    return [Piece(text[at + len(ticks) : close].strip(), code=True)], close + len(ticks)


def _run_at(text: str, at: int) -> tuple[list[_Token], int]:
    end = at
    while end < len(text) and text[end] == text[at]:
        end += 1
    run = text[at:end]
    before, after = text[at - 1 : at] if at else "", text[end : end + 1]
    opens, closes = bool(after.strip()), bool(before.strip())
    if run[0] == "_":
        opens, closes = opens and not before.isalnum(), closes and not after.isalnum()
    if run[0] == "~" and len(run) != 2:
        return [Piece(run)], end
    sizes = ([1, 2] if closes else [2, 1]) if len(run) == 3 else [len(run)]
    return [_Mark(run[0] * size, opens, closes, run[0] * size) for size in sizes], end


def _address_at(text: str, at: int) -> tuple[list[_Token], int]:
    address = _ADDRESS.match(text, at)
    found = address[0] if address else text[at]
    while found[-1] in ".,;:!?'*_~)]}\\" and not (found[-1] == ")" and found.count("(") >= found.count(")")):
        found = found[:-1]
        if not found:
            return [Piece(text[at])], at + 1
    return [Piece(found, href=unescape(found))], at + len(found)


def _tag_at(text: str, at: int) -> tuple[list[_Token], int] | None:
    if auto := _AUTOLINK.match(text, at):
        return [Piece(auto[1], href=unescape(auto[1]))], auto.end()
    if text.startswith("<!--", at):
        end = text.find("-->", at)
        return ([], end + 3) if end >= 0 else None
    tag = _TAG.match(text, at)
    if not tag:
        return None
    name = tag["name"].lower()
    given = {found["name"].lower(): unescape(found["a"] or found["b"] or found["c"] or "")
             for found in _ATTRIBUTE.finditer(tag["rest"])}  # fmt: skip
    if name in _BREAKS:
        return [Piece("\n")], tag.end()
    if name == "img":
        return [Piece(given.get("alt", ""), image=True)], tag.end()
    sign = "a" if name == "a" else "b" if name in _STRONG else "i" if name in _SLANTED else ""
    if name in {"code", "tt", "kbd"} or not sign:
        return [], tag.end()
    ends = bool(tag["end"])
    return [_Mark(f"<{sign}", not ends, ends, given.get("href", ""))], tag.end()


def _link_at(
    text: str, at: int, close: int, references: Mapping[str, str], depth: int, *, image: bool
) -> tuple[list[_Token], int] | None:
    """`[text](address)`, `[text][label]`, `[label]`, and the same for images."""
    inner = text[at + 1 : close]
    target = _TARGET.match(text, close + 1)
    if target:
        href, end = target["angle"] if target["angle"] is not None else target["bare"], target.end()
    else:
        label = re.compile(r"\s?\[([^\[\]\n]{0,200})\]").match(text, close + 1)
        key = " ".join((label[1] if label and label[1] else inner).casefold().split())
        if key not in references:
            return None
        href, end = references[key], label.end() if label else close + 1
    href = unescape(_ESCAPED.sub(r"\1", href)).strip()
    if image:
        return [Piece(inner, image=True)], end
    pieces = _style(list(_tokens(inner, references, depth + 1)))
    return [replace(piece, href=href or "#") for piece in pieces], end


def _brackets(text: str) -> dict[int, int]:
    """Where each square bracket that closes does so."""
    closing: dict[int, int] = {}
    waiting: list[int] = []
    for found in _BRACKET.finditer(text):
        if found[0] == "[":
            waiting.append(found.start())
        elif found[0] == "]" and waiting:
            start = waiting.pop()
            if found.start() - start <= _LONGEST_LINK:
                closing[start] = found.start()
    return closing


def _style(tokens: list[_Token]) -> list[Piece]:
    """Pair the marks that open with those that close, and style what stands between; marks left alone are text."""
    partner: dict[int, int] = {}
    waiting: dict[str, list[int]] = {}
    for place, token in enumerate(tokens):
        if not isinstance(token, _Mark):
            continue
        openers = waiting.setdefault(token.sign, [])
        if token.closes and openers:
            first = openers.pop()
            partner[first], partner[place] = place, first
            for others in waiting.values():  # what opened within and did not close is text
                while others and others[-1] > first:
                    others.pop()
        elif token.opens:
            openers.append(place)
    styled: list[Piece] = []
    strong = slanted = 0
    href: list[str] = []
    for place, token in enumerate(tokens):
        if isinstance(token, Piece):
            styled.append(_restyle(token, strong > 0, slanted > 0, href[-1] if href else ""))
            continue
        if place not in partner:
            if not token.sign.startswith("<"):
                styled.append(Piece(token.sign, strong=strong > 0, emphasis=slanted > 0))
            continue
        step = 1 if partner[place] > place else -1
        if token.sign == "<a":
            href = [*href, token.text or "#"] if step > 0 else href[:-1]
        elif token.sign in {"**", "__", "<b"}:
            strong += step
        elif token.sign in {"*", "_", "<i"}:
            slanted += step
    return styled


def _restyle(piece: Piece, strong: bool, emphasis: bool, href: str) -> Piece:
    if not (strong or emphasis or href):
        return piece
    return replace(piece, strong=piece.strong or strong, emphasis=piece.emphasis or emphasis, href=piece.href or href)


def _join(pieces: list[Piece]) -> Iterator[Piece]:
    for _, alike in groupby(pieces, key=_look):
        first, *others = alike
        if not others:
            yield first
        elif first.image:
            yield from (first, *others)
        else:
            yield replace(first, text="".join(piece.text for piece in (first, *others)))


def _look(piece: Piece) -> tuple[bool, bool, bool, str, bool]:
    return piece.strong, piece.emphasis, piece.code, piece.href, piece.image
