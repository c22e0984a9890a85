"""HTML as browsers and feeds have it, well-formed or not, to a tree of elements; whatever it is, no text is lost.

Not the whole of the HTML Living Standard §13.2, which loses text on purpose (`a<b` starts a tag, what nests too deep is
cut by libraries): what is no tag of anything stays text, and what nests too deep moves up.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import entities
from typing import Final

from digest.formats.characters import drop_forbidden
from digest.formats.markup.elements import Element
from digest.formats.patterns import lazily

JATS: Final = "https://jats.nlm.nih.gov"
MATHML: Final = "http://www.w3.org/1998/Math/MathML"
_NAMESPACES: Final = {"jats": JATS, "mml": MATHML, "m": MATHML}

# Deeper than any page is nested; what is deeper is put here.
DEEPEST: Final = 100
# So many elements are opened anew where tags overlap: `<i><b>x</i>y</b>`.
_REOPENED: Final = 8

_VOID_NAMES: Final = "area base br col embed hr img input link meta param source track wbr keygen frame"
_RAW_NAMES: Final = "script style textarea title xmp iframe noembed noframes"
_FORMATTING_NAMES: Final = (
    "a abbr acronym b big bdi bdo cite code del dfn em font i ins italic bold kbd mark nobr q s samp small span strike "
    "strong sub sup tt u var"
)
_BLOCK_NAMES: Final = (
    "address article aside blockquote center details dialog dd dir div dl dt fieldset figcaption figure footer form h1 "
    "h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre search section summary table ul xmp"
)
_OTHER_NAMES: Final = (
    "body button canvas caption colgroup data datalist audio video head html label legend map meter noscript object "
    "optgroup option output picture progress rp rt ruby select slot svg g path tbody td template tfoot th thead time "
    "tr sec list list-item xref ext-link inline-formula disp-formula tex-math alternatives monospace sc underline "
    "abstract annotation annotation-xml math semantics"
)
_HEAD_NAMES: Final = "base bgsound head link meta noscript script style template title"
_VOID: Final = frozenset(_VOID_NAMES.split())
_RAW: Final = frozenset(_RAW_NAMES.split())
_FORMATTING: Final = frozenset(_FORMATTING_NAMES.split())
_BLOCK: Final = frozenset(_BLOCK_NAMES.split())
_OF_HEAD: Final = frozenset(_HEAD_NAMES.split())
_KNOWN: Final = _VOID | _RAW | _FORMATTING | _BLOCK | frozenset(_OTHER_NAMES.split())
_PREFIXED: Final = lazily(r"[a-z][a-z0-9]*[:-][a-z][\w.:-]*")
_MATH_NAME: Final = lazily(
    r"m(?:i|n|o|text|space|s|row|frac|sqrt|root|style|error|padded|phantom|fenced|enclose|sub|sup|subsup|under|over"
    r"|underover|multiscripts|prescripts|table|tr|td|action)"
)

# A start tag ends the open element of such a name, if none of those behind it stands between.
_Ends = tuple[tuple[frozenset[str], frozenset[str]], ...]
_CELL: Final = frozenset({"table", "td", "th", "caption", "button", "object", "template"})
_LISTS: Final = _CELL | {"ul", "ol", "menu", "dir", "list"}
_TABLE: Final = frozenset({"table"})
_PARAGRAPH: Final = (frozenset({"p"}), _CELL)
_IMPLIED_ENDS: Final[dict[str, _Ends]] = {
    **dict.fromkeys(_BLOCK, (_PARAGRAPH,)),
    "li": (_PARAGRAPH, (frozenset({"li"}), _LISTS)),
    **dict.fromkeys(("dt", "dd"), (_PARAGRAPH, (frozenset({"dt", "dd"}), _CELL | {"dl"}))),
    **dict.fromkeys(("td", "th"), ((frozenset({"td", "th"}), _TABLE | {"tr"}),)),
    "tr": ((frozenset({"tr", "caption", "colgroup"}), _TABLE),),
    **dict.fromkeys(
        ("thead", "tbody", "tfoot"),
        ((frozenset({"thead", "tbody", "tfoot", "caption", "colgroup", "tr"}), _TABLE),) * 2,
    ),
    **dict.fromkeys(("option", "optgroup"), ((frozenset({"option"}), frozenset({"select", "datalist"})),)),
    "a": ((frozenset({"a"}), _CELL),),
}
_NO_BARRIER: Final = frozenset({"table", "tr", "td", "th", "tbody", "thead", "tfoot", "caption", "body", "html"})

_OPENER: Final = lazily(r"<(?=[A-Za-z/!?])")
_TAG: Final = lazily(
    r"</?(?P<name>[A-Za-z][^\s<>/\"'=]*)(?P<attributes>(?>[^<>\"']|\"[^\"]*\"|'[^']*')*+)>"
    # A quote within a value without quotes, or one that is never closed.
    r"|</?(?P<other_name>[A-Za-z][^\s<>/\"'=]*)(?P<other_attributes>[^<>]*)>"
)
_ATTRIBUTE: Final = lazily(
    r"(?P<name>[^\s\"'<>/=]+)(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s>]+)))?"
)
_BARE_END: Final = lazily(r"=\s*[^\s\"'>]*/$")
_END_NAME: Final = lazily(r"</([A-Za-z][^\s<>/\"'=]*)")
# No longer than any that means something.
_REFERENCE: Final = re.compile(
    r"&(?:#(?:[0-9]{1,7}(?![0-9])|[xX][0-9a-fA-F]{1,6}(?![0-9a-fA-F]))|(?P<name>[A-Za-z][A-Za-z0-9]{1,31}));?"
)
# In a value, `&copy=2` is no reference: the sign must be closed.
_CLOSED_REFERENCE: Final = lazily(_REFERENCE.pattern.removesuffix("?"))


@dataclass(slots=True)
class _Open:
    """An element whose end has not come yet."""

    name: str
    namespace: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    content: list[Element | str] = field(default_factory=list)
    line: int = 1


def parse_html(text: str) -> Element:
    """A nameless element that holds all of a page or a piece of one; never raises.

    Names are in lower case. `jats:` and `mml:` stand for their namespaces, any other prefix stays part of the name.
    """
    return _Builder(drop_forbidden(text)).build()


class _Builder:
    """The tree as far as the text was read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.stack = [_Open("")]
        self.open: Counter[str] = Counter()
        self.ended = {name.lower() for name in _END_NAME.findall(text)}
        self.missing: set[str] = set()  # closers that the rest of the text has not
        self.taken = 0  # up to here all is in the tree
        self.line = 1
        self.counted = 0  # up to here lines were counted

    def build(self) -> Element:
        """Read the whole text, and end every element."""
        place = 0
        while found := _OPENER.search(self.text, place):
            start = found.start()
            place = self._aside(start) if self.text[start + 1] in "!?" else self._tag(start)
            if place > start:
                self.taken = place
            else:  # no tag: text
                place = start + 1
        self._write(len(self.text))
        self._close_down_to(1)
        return Element("", "", {}, tuple(self.stack[0].content))

    def _aside(self, start: int) -> int:
        """The end of a comment, declaration or instruction; 0 where it has none."""
        for opener, closer in (("<!--", "-->"), ("<![CDATA[", "]]>")):
            if self.text.startswith(opener, start):
                end = self._find(closer, start + 2)
                if end:
                    self._write(start)
                    self._append(self.text[start + 9 : end] if closer == "]]>" else "")
                return end + 3 if end else 0
        end = self._find(">", start)
        if end:
            self._write(start)
        return end + 1 if end else 0

    def _find(self, closer: str, start: int) -> int:
        """The place of a closer, 0 if there is none; the rest of the text is looked through in vain only once."""
        if closer in self.missing:
            return 0
        end = self.text.find(closer, start)
        if end < 0:
            self.missing.add(closer)
        return max(end, 0)

    def _tag(self, start: int) -> int:
        """Take the tag at a place; its end, 0 where there is none."""
        match = _TAG.match(self.text, start)
        if match is None:
            return 0
        name, namespace = (match["name"] or match["other_name"]).lower(), ""
        attributes = match["attributes"] or match["other_attributes"] or ""
        # `a<b and c>d` compares.
        if not self._is_name(name) or (len(name) == 1 and "=" not in attributes and attributes.strip(" \t\n/")):
            return 0
        prefix, _, local = name.rpartition(":")
        if prefix in _NAMESPACES:
            name, namespace = local, _NAMESPACES[prefix]
        self._write(start)
        if self.text[start + 1] == "/":
            self._end(name)
            return match.end()
        self.line += self.text.count("\n", self.counted, start)
        self.counted = start
        # Browsers ignore the slash; pages write `<a href="x"/>text</a>`, feeds `<script src="x"/>`.
        empty = name != "a" and attributes.endswith("/") and not _BARE_END.search(attributes)
        self._start(_Open(name, namespace, _read_attributes(attributes), [], self.line), empty)
        if name in _RAW and not namespace and not empty:
            return self._raw(name, match.end())
        return match.end()

    def _is_name(self, name: str) -> bool:
        """Whether a tag of this name is one: of HTML, MathML, JATS, custom, or ended somewhere."""
        return name in _KNOWN or name in self.ended or bool(_PREFIXED.fullmatch(name) or _MATH_NAME.fullmatch(name))

    def _start(self, element: _Open, empty: bool) -> None:
        name = element.name
        if self.open["head"] and name not in _OF_HEAD:
            self._end("head")
        for ends, barriers in () if element.namespace else _IMPLIED_ENDS.get(name, ()):
            self._end_implied(ends, barriers)
        if name in _VOID or empty:
            self._append(Element(name, element.namespace, element.attributes, (), element.line))
        elif len(self.stack) < DEEPEST:
            self.stack.append(element)
            self.open[name] += 1

    def _end_implied(self, names: frozenset[str], barriers: frozenset[str]) -> None:
        if not any(self.open[name] for name in names):
            return
        for place in range(len(self.stack) - 1, 0, -1):
            if self.stack[place].name in names:
                self._close_down_to(place)
                return
            if self.stack[place].name in barriers:
                return

    def _end(self, name: str) -> None:
        if name == "br":
            self._append(Element("br", line=self.line))
        if not self.open[name]:
            return
        for place in range(len(self.stack) - 1, 0, -1):
            if self.stack[place].name == name:
                above = self.stack[place + 1 :]
                self._close_down_to(place)
                if name in _FORMATTING and len(above) <= _REOPENED:
                    for each in above:
                        self._start(_Open(each.name, each.namespace, each.attributes, [], each.line), empty=False)
                return
            if self.stack[place].name in _CELL and name not in _NO_BARRIER:
                return

    def _close_down_to(self, place: int) -> None:
        """End every open element from this place of the stack on."""
        while len(self.stack) > place:
            done = self.stack.pop()
            self.open[done.name] -= 1
            self.stack[-1].content.append(
                Element(done.name, done.namespace, done.attributes, tuple(done.content), done.line)
            )

    def _raw(self, name: str, start: int) -> int:
        """Take what stands in an element that holds no tags; where its end is missing, nothing is in it."""
        end = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(self.text, start) if name in self.ended else None
        if end is None:
            if name in self.ended:
                self.ended.discard(name)
            self._end(name)
            return start
        content = self.text[start : end.start()]
        if content:
            self._append(_REFERENCE.sub(_decode, content) if name in {"title", "textarea"} else content)
        return end.start()

    def _write(self, end: int) -> None:
        """Take the text up to a place."""
        text = self.text[self.taken : end]
        self._append(_REFERENCE.sub(_decode, text) if "&" in text else text)

    def _append(self, part: Element | str) -> None:
        if part != "":
            self.stack[-1].content.append(part)


def _read_attributes(text: str) -> dict[str, str]:
    return dict(_attributes(text)) if text else {}


def _attributes(text: str) -> Iterator[tuple[str, str]]:
    seen = set()
    for found in _ATTRIBUTE.finditer(text):
        name = found["name"].lower()
        if name in seen:  # the first holds
            continue
        seen.add(name)
        value = found["double"] or found["single"] or found["bare"] or ""
        yield name, _CLOSED_REFERENCE.sub(_decode, value) if "&" in value else value


def _decode(reference: re.Match[str]) -> str:
    """The sign of a reference, which may lack its end only where it always might; a name that has no sign stays."""
    written = reference[0]
    if reference["name"]:
        return entities.html5.get(written[1:], written)
    return html.unescape(written)
