"""What Python-Markdown must not touch inside a line: code, math, raw tags and addresses, set aside in one pass.

They become placeholders, words between the control characters STX and ETX that no text may contain. Brackets without
a partner are escaped, so that no text makes Python-Markdown look for one over and over.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Literal

from digest.formats import math
from digest.formats.patterns import lazily
from digest.formats.sanitising import BLOCK_TAGS, TAGS, VOID_TAGS
from digest.formats.stash import Stash, escaped

DEEPEST = 8  # brackets within one another
MARKS = 400  # runs of signs of emphasis in one text
LONGEST = 20_000  # characters of a comment or of raw code inside a paragraph

_TAG = lazily(
    r"<(/?)([A-Za-z][A-Za-z0-9]*)((?:\s+[A-Za-z_:][\w:.-]*(?:\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'|[^\s\"'=<>`]+))?)*)\s*/?>"
)
# How begins what is set aside: no two of them begin at the same place.
_SIGNS_OF_TEXT = ("\\", "`", "$", "<", "](", "http://", "https://")
_SIGNS_OF_HTML = ("\\", "$", "<")
_AUTOLINK = lazily(r"<((?:https?|ftp|mailto):[^\s<>]*|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)>", re.IGNORECASE)
_ADDRESS = lazily(
    r"https?://[^\s<>\"`|\\^{}\[\]\x00-\x20\u3000-\u303f\uff00-\uff65\u2018-\u201f\u2026]+", re.IGNORECASE
)
_HOST = lazily(r"https?://[^\W_][^\s/?#]*", re.IGNORECASE)
_DESTINATION = lazily(
    r"\]\(\s*(?:<([^<>\n]*)>|((?:[^\s()\\<]|\\.|\((?:[^\s()\\]|\\.|\([^\s()]*\))*\))*(?: [^\s()\"'\\]+)*))"
    r"""(\s+(?:"(?:[^"\\\n]|\\.|\n(?!\n))*"|'(?:[^'\\\n]|\\.|\n(?!\n))*'))?\s*\)"""
)
_NOTE = lazily(r"\[\^([^\]\s]{1,100})\]")
_RAW = lazily(r"\x02r(\d+)\x03")
_BACKTICKS = lazily("`+")
_SILENT = lazily(r"<(script|style)\b[^<>]*>[\s\S]*?</\1\s*>", re.IGNORECASE)
_SILENT_OPEN = lazily(r"<(?:script|style)\b", re.IGNORECASE)
_ESCAPED = lazily(r"\\([\\`*_{}\[\]()#+.!>$<&|~%-])")
ESCAPABLE = "\\`*_{}[]()#+.!>$<&|~%-"
_SIGNS = lazily(r"\\[\s\S]|[\[\]]|\*+|_+|~+")


def set_aside(text: str, stash: Stash) -> str:
    """Replace code, math, tags, addresses and destinations, and escape brackets that cannot be a link."""
    text = set_spans_aside(text, stash)
    return _tamed(text, stash) if any(sign in text for sign in "[]*_~") else text


def set_spans_aside(text: str, stash: Stash) -> str:
    """Replace code, math, tags, addresses and destinations; brackets and signs of emphasis stay as they are."""
    return _Scan(text, stash).run(_SIGNS_OF_TEXT)


def set_aside_html(text: str, stash: Stash) -> str:
    """Replace a block of HTML, but for the math in it."""
    text = _Scan(text, stash).run(_SIGNS_OF_HTML).replace("<", "&lt;").replace(">", "&gt;")
    raw = _RAW.sub(lambda match: stash.markup[int(match[1])], text)
    return stash.keep("b", "", raw)


def _tamed(text: str, stash: Stash) -> str:
    """The text with brackets escaped that have no partner or are too deep, and signs of emphasis that are too many."""
    parts: list[str] = []
    stack: list[tuple[int, int]] = []  # brackets that are open: their place in `parts`, how deep others lie in them
    marks = at = 0
    for match in _SIGNS.finditer(text):
        parts += (text[at : match.start()], match[0])
        at = match.end()
        sign = match[0]
        if sign == "[" and (note := _NOTE.match(text, match.start())) and not stash.may_refer(note[1]):
            parts[-1] = escaped("[")
        elif sign == "[":
            stack.append((len(parts) - 1, 0))
            parts[-1] = escaped("[")
        elif sign == "]":
            parts[-1] = escaped("]")
            if stack:
                place, height = stack.pop()
                if height < DEEPEST:
                    parts[place], parts[-1] = "[", "]"
                if stack:
                    stack[-1] = (stack[-1][0], max(stack[-1][1], height + 1))
        elif sign[0] != "\\":
            marks += 1
            if marks > MARKS or len(sign) > 3:
                parts[-1] = "".join(map(escaped, sign))
    return "".join([*parts, text[at:]])


class _Scan:
    def __init__(self, text: str, stash: Stash) -> None:
        self.text, self.stash = text, stash
        self.out: list[str] = []
        self.open: list[tuple[str, int]] = []  # raw tags that wait for their end: name, place in `out`
        self.fences: set[int] = set()  # lengths of backtick runs that have no partner
        self.unclosed = False  # a script or style that has no end

    def run(self, signs: Iterable[str]) -> str:
        text, out = self.text, self.out
        # The next place of each sign: to look for one takes a tenth of the time of a pattern of all.
        places = {place: sign for sign in signs if (place := text.find(sign)) >= 0}
        at = 0
        while places:
            sign = places.pop(start := min(places))
            if start >= at:
                out.append(text[at:start])
                at = self._sign(sign, start)
            if (place := text.find(sign, at)) >= 0:
                places[place] = sign
        out.append(text[at:])
        for name, place in self.open:
            if name not in BLOCK_TAGS:
                self._unopen(place)
        return "".join(out)

    def _sign(self, sign: str, start: int) -> int:
        """Set aside what begins with a sign, if anything does; where to go on."""
        if sign == "<":
            return self._angle(start)
        if sign == "`":
            return self._code(start)
        if sign == "](":
            return self._destination(start)
        if sign[0] == "h":
            return self._address(start)
        if sign == "$" or self.text.startswith(("\\(", "\\[", "\\begin{"), start):
            end = math.formula_end(self.text, start)
            if end > 0:
                source = self.text[start:end]
                self.stash.sources[len(self.stash.plain)] = source
                return self._keep("x", self.stash.formulas.plain(source), self.stash.formulas.render(source), end)
        return self._as_is("$", start) if sign == "$" else self._escape(start)

    def _keep(self, kind: Literal["r", "u", "x"], plain: str, markup: str, end: int) -> int:
        self.out.append(self.stash.keep(kind, plain, markup))
        return end

    def _as_is(self, token: str, start: int) -> int:
        self.out.append(token)
        return start + len(token)

    def _escape(self, start: int) -> int:
        char = self.text[start + 1 : start + 2]
        if char == "\n":
            return self._keep("r", "\n", "<br>\n", start + 2)
        return self._as_is(f"\\{char}" if char in ESCAPABLE else "\\", start)

    def _code(self, start: int) -> int:
        run = _BACKTICKS.match(self.text, start)
        length = len(run[0]) if run else 0
        if length not in self.fences:
            for match in _BACKTICKS.finditer(self.text, start + length):
                if len(match[0]) == length:
                    end = match.end()
                    code = self.text[start + length : end - length].replace("\n", " ")
                    if code.strip() and code[0] == code[-1] == " ":
                        code = code[1:-1]
                    return self._keep("x", code, f"<code>{html.escape(code, quote=False)}</code>", end)
            self.fences.add(length)
        self.out.append(self.stash.literal("`" * length))
        return start + length

    def _address(self, start: int) -> int:
        before = self.text[start - 1 : start]
        match = None if before.isalnum() or before in {"/", "="} else _ADDRESS.match(self.text, start)
        url = _trim(match[0]) if match else ""
        if not _HOST.match(url):
            return self._as_is(self.text[start], start)
        return self._keep("u", url, _link(url, url), start + len(url))

    def _destination(self, start: int) -> int:
        match = _DESTINATION.match(self.text, start)
        if not match:
            self.out.append("]" + escaped("("))
            return start + 2
        target = match[1] if match[1] is not None else match[2]
        if "\\" in target:
            target = _ESCAPED.sub(r"\1", target)
        self.out.append("](" + self.stash.literal(html.unescape(target).strip()))
        if match[3]:
            title = html.unescape(_ESCAPED.sub(r"\1", match[3].strip()[1:-1]))
            self.out.append(' "' + self.stash.literal(" ".join(title.split())) + '"')
        self.out.append(")")
        return match.end()

    def _angle(self, start: int) -> int:
        text = self.text
        if match := _AUTOLINK.match(text, start):
            shown = match[1]
            target = shown if ":" in shown else f"mailto:{shown}"
            return self._keep("u", shown, _link(target, shown), match.end())
        if text.startswith("<!--", start) and (end := text.find("-->", start + 4, start + LONGEST)) > 0:
            return self._keep("r", "", "", end + 3)
        if (
            text[start + 1 : start + 3].lower() in {"sc", "st"}
            and not self.unclosed
            and _SILENT_OPEN.match(text, start)
        ):
            if match := _SILENT.match(text, start):
                return self._keep("r", "", "", match.end())
            self.unclosed = True
        match = _TAG.match(text, start)
        name = match[2].lower() if match else ""
        if not match or name not in TAGS:
            return self._as_is("<", start)
        return self._tag(match, name)

    def _tag(self, match: re.Match[str], name: str) -> int:
        raw = match[0]
        if name in VOID_TAGS:
            return self._keep("r", "\n" if name == "br" else "", raw, match.end())
        if not match[1]:
            if self.stash.open_tags >= 64 or len(self.open) >= 64:
                return self._as_is("<", match.start())
            self.stash.open_tags += name in BLOCK_TAGS
            self.open.append((name, len(self.out)))
            self.out.append(self.stash.keep("r", "", raw))
            if name in {"code", "pre", "samp", "kbd"}:
                return self._raw_code(match, name)
            return match.end()
        while self.open and self.open[-1][0] != name and any(tag == name for tag, _ in self.open):
            left, place = self.open.pop()
            if left not in BLOCK_TAGS:
                self._unopen(place)
        if self.open and self.open[-1][0] == name:
            self.open.pop()
        elif name not in BLOCK_TAGS:
            self.out.append(self.stash.literal(raw))
            return match.end()
        self.stash.open_tags = max(0, self.stash.open_tags - (name in BLOCK_TAGS))
        return self._keep("r", "", raw, match.end())

    def _unopen(self, place: int) -> None:
        """Make a raw tag without an end text."""
        self.out[place] = self.stash.literal(self.stash.markup[int(self.out[place][2:-1])])

    def _raw_code(self, match: re.Match[str], name: str) -> int:
        """Math and marks inside raw code are code."""
        end = self.text.find(f"</{name}", match.end(), match.end() + LONGEST)
        inner = self.text[match.end() : end] if end > 0 else ""
        if inner and "<" not in inner:
            self.out.append(self.stash.keep("r", html.unescape(inner), inner))
            return end
        return match.end()


def _link(target: str, shown: str) -> str:
    return f'<a href="{html.escape(target)}">{html.escape(shown, quote=False)}</a>'


def _trim(url: str) -> str:
    """An address without the punctuation of the sentence around it."""
    while url:
        last = url[-1]
        if last in ".,;:!?'*_~" or (last == ")" and url.count(")") > url.count("(")):
            url = url[:-1]
        else:
            break
    return url
