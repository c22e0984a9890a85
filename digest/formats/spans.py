"""What lies inside a line of Markdown: everything that Markdown must not touch is set aside, the rest made safe.

Code, math, raw tags, addresses, escapes and notes become placeholders, numbered words between the control characters
STX and ETX that no text may contain. Emphasis is paired by CommonMark's rules in one pass, and only brackets that can
be a link stay brackets, so that no text makes Python-Markdown's patterns slow.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from digest.formats import math
from digest.formats.sanitising import BLOCK_TAGS, TAGS, VOID_TAGS

STX, ETX = "\x02", "\x03"
DEEPEST = 8  # emphasis and brackets within one another
LONGEST = 20_000  # characters of a comment or of raw code inside a paragraph

_TAG = re.compile(
    r"<(/?)([A-Za-z][A-Za-z0-9]*)((?:\s+[A-Za-z_:][\w:.-]*(?:\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'|[^\s\"'=<>`]+))?)*)\s*/?>"
)
# Each alternative starts with a letter of its own, so that the search can skip what starts none.
_TOKEN = re.compile(
    r"""\\(?:begin\{|[\s\S])|``*|\$|<|&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"""
    r"""|\[\^[^\]\s]{1,100}\]|\]\(|https?://|\n"""
)
_HTML_TOKEN = re.compile(r"\\(?:begin\{|[\s\S])|\$|<")
_AUTOLINK = re.compile(r"<((?:https?|ftp|mailto):[^\s<>]*|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)>", re.IGNORECASE)
_ADDRESS = re.compile(
    r"https?://[^\s<>\"`|\\^{}\[\]\x00-\x20\u3000-\u303f\uff00-\uff65\u2018-\u201f\u2026]+", re.IGNORECASE
)
_HOST = re.compile(r"https?://[^\W_][^\s/?#]*", re.IGNORECASE)
_DESTINATION = re.compile(
    r"\]\(\s*(?:<([^<>\n]*)>|((?:[^\s()\\<]|\\.|\((?:[^\s()\\]|\\.|\([^\s()]*\))*\))*(?: [^\s()\"'\\]+)*))"
    r"""(\s+(?:"(?:[^"\\\n]|\\.|\n(?!\n))*"|'(?:[^'\\\n]|\\.|\n(?!\n))*'))?\s*\)"""
)
_BACKTICKS = re.compile("`+")
_SILENT = re.compile(r"<(script|style)\b[^<>]*>[\s\S]*?</\1\s*>", re.IGNORECASE)
_SILENT_OPEN = re.compile(r"<(?:script|style)\b", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!>$<&|~%-])")
_ESCAPABLE = frozenset("\\`*_{}[]()#+.!>$<&|~%-")


@dataclass(slots=True)
class Stash:
    """What was set aside: for each placeholder its plain text and its HTML.

    `r` is HTML of the author, to be sanitised; `u` an address, a link unless it is inside one; `x` our own HTML.
    """

    plain: list[str] = field(default_factory=list)
    markup: list[str] = field(default_factory=list)
    own: set[int] = field(default_factory=set)
    open_tags: int = 0

    def keep(self, kind: Literal["r", "u", "x"], plain: str, markup: str) -> str:
        """A placeholder for a piece of text."""
        self.plain.append(plain)
        self.markup.append(markup)
        if kind == "x":
            self.own.add(len(self.plain) - 1)
        return f"{STX}{kind}{len(self.plain) - 1}{ETX}"

    def literal(self, text: str) -> str:
        """A placeholder for text that means nothing to Markdown."""
        return self.keep("r", text, html.escape(text, quote=False))


def set_aside(text: str, stash: Stash, note: Callable[[str], str]) -> str:
    """Replace code, math, tags, addresses, escapes and notes; `note` gives what shows a reference, or nothing."""
    return _Scan(text, stash, note).run(_TOKEN)


def set_aside_html(text: str, stash: Stash) -> str:
    """Replace raw tags and the math between them in a block of HTML."""
    return _Scan(text, stash, lambda _: "").run(_HTML_TOKEN)


class _Scan:
    def __init__(self, text: str, stash: Stash, note: Callable[[str], str]) -> None:
        self.text, self.stash, self.note = text, stash, note
        self.out: list[str] = []
        self.open: list[tuple[str, int]] = []  # raw tags that wait for their end: name, place in `out`
        self.fences: set[int] = set()  # lengths of backtick runs that have no partner
        self.unclosed = False  # a script or style that has no end

    def run(self, token: re.Pattern[str]) -> str:
        text, out = self.text, self.out
        at = 0
        while match := token.search(text, at):
            start = match.start()
            out.append(text[at:start])
            at = self._token(match, start)
        out.append(text[at:])
        for name, place in self.open:
            if name not in BLOCK_TAGS:
                self._unopen(place)
        return "".join(out)

    def _token(self, match: re.Match[str], start: int) -> int:
        token, first = match[0], match[0][0]
        if first == "<":
            return self._angle(start)
        if first == "`":
            return self._code(start, len(token))
        if first == "$" or token in {"\\(", "\\[", "\\begin{"}:
            end = math.formula_end(self.text, start)
            if end > 0:
                source = self.text[start:end]
                return self._keep("x", source, math.render(source), end)
        if first == "\\":
            return self._escape(token, start)
        if first == "&":
            char = html.unescape(token)
            return self._keep("r", char, html.escape(char), match.end()) if char != token else self._as_is(token, start)
        if first == "[":
            shown = self.note(token[2:-1])
            self.out.append(shown or token)
            return match.end()
        if first == "]":
            return self._destination(start)
        if first == "\n":
            return self._line_end(start)
        if first == "h":
            return self._address(start)
        return self._as_is(token, start)

    def _keep(self, kind: Literal["r", "u", "x"], plain: str, markup: str, end: int) -> int:
        self.out.append(self.stash.keep(kind, plain, markup))
        return end

    def _as_is(self, token: str, start: int) -> int:
        self.out.append(token)
        return start + len(token)

    def _line_end(self, start: int) -> int:
        """Two spaces before the end of a line break it."""
        if not self.text.startswith("  ", start - 2):
            return self._as_is("\n", start)
        self.out[-1] = self.out[-1].rstrip(" ")
        return self._keep("r", "\n", "<br>\n", start + 1)

    def _escape(self, token: str, start: int) -> int:
        char = token[1]
        if char == "\n":
            return self._keep("r", "\n", "<br>\n", start + 2)
        if char not in _ESCAPABLE:
            return self._as_is("\\", start)
        self.out.append(self.stash.literal(char))
        return start + 2

    def _code(self, start: int, length: int) -> int:
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
            return self._as_is("]", start)
        target = match[1] if match[1] is not None else match[2]
        target = html.unescape(_ESCAPED.sub(r"\1", target)).strip()
        self.out.append("](" + self.stash.literal(target))
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
            return end + 3
        if (
            text[start + 1 : start + 3].lower() in {"sc", "st"}
            and not self.unclosed
            and _SILENT_OPEN.match(text, start)
        ):
            if match := _SILENT.match(text, start):
                return match.end()
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
