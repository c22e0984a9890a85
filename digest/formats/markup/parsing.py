"""One element of XML, text to value; names without their prefixes, and what people get wrong mended and told."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final
from xml.parsers import expat  # it sees single elements: no document type, so no entity and no file

from digest.formats.characters import NO_CHARACTERS
from digest.formats.markup.elements import Element, Fault
from digest.formats.patterns import lazily

# Prefix to namespace; the empty prefix is the namespace of names without one.
Scope = Mapping[str, str]

# Deeper than any text is nested.
DEEPEST: Final = 400
# What prefixes mean where nobody declares them.
KNOWN_PREFIXES: Final[Scope] = {
    "xml": "http://www.w3.org/XML/1998/namespace",
    "atom": "http://www.w3.org/2005/Atom",
    "arxiv": "http://arxiv.org/schemas/atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "media": "http://search.yahoo.com/mrss/",
    "oai_dc": "http://www.openarchives.org/OAI/2.0/oai_dc/",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}

# What is no text and holds no tags: comments, unparsed text, instructions.
ASIDE: Final = re.compile(r"<(?:!--|!\[CDATA\[|\?)")
ASIDE_ENDS: Final = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>"}

_DECLARED: Final = lazily(r"\sxmlns(?::(?P<prefix>[^\s=]+))?\s*=\s*(?:\"(?P<double>[^\"<]*)\"|'(?P<single>[^'<]*)')")
_FORBIDDEN: Final = lazily("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MENDABLE: Final = lazily(
    r"&(?:(?P<number>#(?:[0-9]{1,8}|[xX][0-9a-fA-F]{1,7});)|(?P<entity>[A-Za-z][A-Za-z0-9]*;))?|<(?![^\W\d]|[/!?])"
)
_OWN_ENTITIES: Final = frozenset({"lt;", "gt;", "amp;", "quot;", "apos;"})


def declared_namespaces(tag: str, scope: Scope) -> Scope:
    """The namespaces that hold in an element with this start tag, within that scope."""
    if "xmlns" not in tag:
        return scope
    declared = {
        found["prefix"] or "": html.unescape(found["double"] or found["single"] or "")
        for found in _DECLARED.finditer(tag)
    }
    return {**scope, **declared}


def resolve_name(name: str, scope: Scope) -> tuple[str, str]:
    """(local name, namespace) of a name as written."""
    prefix, _, local = name.rpartition(":")
    return local, scope.get(prefix) or KNOWN_PREFIXES.get(prefix, "")


def parse_element(
    text: str, scope: Scope, line: int = 1, column: int = 1, refused: Collection[str] = ()
) -> Iterator[Element | Fault]:
    """The element that `text` is, which starts at a line and column of the document; faults as `read_elements`.

    Entities that are `refused` (`name;`) are not mended.
    """
    try:
        element = _build(text, scope, line)
    except expat.ExpatError as error:
        fault = Fault(*_place(error.lineno, error.offset, line, column), _reason(error))
    except UnicodeEncodeError as error:
        before = text[: error.start]
        place = before.count("\n") + 1, error.start - before.rfind("\n") - 1
        fault = Fault(*_place(*place, line, column), "a character that XML forbids")
    except _TooDeepError:
        yield Fault(line, column, f"elements are nested more than {DEEPEST} deep")
        return
    else:
        yield element
        return
    try:
        element = _build(_mend(text, refused), scope, line)
    except (expat.ExpatError, _TooDeepError):
        yield fault
    else:
        yield Fault(fault.line, fault.column, fault.message, lost=False)
        yield element


class _TooDeepError(Exception):
    """An element is nested deeper than `DEEPEST`."""


def _build(text: str, scope: Scope, line: int) -> Element:
    """The element that a well-formed text is.

    Raises:
        expat.ExpatError: the text is not well-formed.
    """
    parser = expat.ParserCreate(None, None)
    parser.buffer_text = True
    before = line - 1
    declares = "xmlns" in text
    refers = "&#" in text
    names: dict[str, tuple[str, str]] = {}
    outer: list[tuple[str, str, dict[str, str], list[Element | str], int, Scope, dict[str, tuple[str, str]]]] = []
    content: list[Element | str] = []

    def start(written: str, attributes: dict[str, str]) -> None:
        nonlocal content, scope, names
        outside, known = scope, names
        if declares and attributes and (declared := _declarations(attributes)) is not None:
            scope, names = {**scope, **declared}, {}
        name = names.get(written)
        if name is None:
            name = names[written] = resolve_name(written, scope)
        outer.append((*name, attributes, content, parser.CurrentLineNumber, outside, known))
        if len(outer) > DEEPEST:
            raise _TooDeepError
        content = []

    def end(_: str) -> None:
        nonlocal content, scope, names
        name, namespace, attributes, above, at, scope, names = outer.pop()
        above.append(Element(name, namespace, attributes, tuple(content), before + at))
        content = above

    def characters(data: str) -> None:
        # What a reference stands for may be what no page may hold; all else was seen to when the document was decoded.
        content.append(NO_CHARACTERS.sub("\ufffd", data) if refers else data)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.Parse(text, True)
    element = content[0]
    assert isinstance(element, Element)  # noqa: S101 - a well-formed document is one element
    return element


def _declarations(attributes: dict[str, str]) -> Scope | None:
    """The namespaces that attributes declare, taken out of them."""
    declared = [name for name in attributes if name == "xmlns" or name.startswith("xmlns:")]
    return {name.partition(":")[2]: attributes.pop(name) for name in declared} if declared else None


def _mend(text: str, refused: Collection[str]) -> str:
    """The text with what people write by hand or leave of HTML made XML: entities, bare signs, control characters."""
    text = _FORBIDDEN.sub("", text)
    kept = _OWN_ENTITIES.union(refused)
    parts: list[str] = []
    place = 0
    while aside := ASIDE.search(text, place):
        end = text.find(ASIDE_ENDS[aside[0]], aside.end())
        if end < 0:
            return text  # nothing mends it
        parts += [_MENDABLE.sub(lambda match: _mended(match, kept), text[place : aside.start()])]
        parts += [text[aside.start() : end]]
        place = end
    parts += [_MENDABLE.sub(lambda match: _mended(match, kept), text[place:])]
    return "".join(parts)


def _mended(match: re.Match[str], kept: Collection[str]) -> str:
    written = match[0]
    if match["entity"] in kept:
        return written
    if match["number"]:
        return html.escape(_FORBIDDEN.sub("", html.unescape(written)))
    if match["entity"] and (sign := html.unescape(written)) != written and not sign.endswith(";"):
        return sign
    return written.replace("&", "&amp;").replace("<", "&lt;")


def _place(line: int, column: int, first_line: int, first_column: int) -> tuple[int, int]:
    """A place within an element (line from 1, column from 0) as a place of the document, both from 1."""
    return first_line + line - 1, column + (first_column if line == 1 else 1)


def _reason(error: expat.ExpatError) -> str:
    return f"not well-formed XML: {expat.ErrorString(error.code)}"
