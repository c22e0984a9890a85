"""Catalogues of translated words, as gettext and Babel write them (PO).

The format is small and the catalogue of the site is read at every build: our own grammar takes a millisecond where
Babel takes twenty. What Babel makes of our catalogues is held to be the same by the tests.
https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from digest.formats.patterns import lazily
from digest.model import Catalogue, Problem, Span

_LINE: Final = lazily(r'(?:(?P<key>msg(?:ctxt|id|id_plural|str))(?:\[(?P<form>[0-9])\])?\s+)?"(?P<text>.*)"')
_ESCAPE: Final = lazily(r"\\(.)")
_ESCAPED: Final = {"n": "\n", "t": "\t", "r": "\r"}
_PLURAL: Final = lazily(r"Plural-Forms:\s*nplurals\s*=\s*(?P<forms>[0-9])\s*;\s*plural\s*=\s*(?P<rule>[^;\n]+);?")
_PLACEHOLDER: Final = lazily(r"%(?:\((?P<name>\w+)\)s|(?P<other>%|.|$))")
_HINT: Final = "write it as gettext does; `make words` brings catalogues up to date"


@dataclass(slots=True)
class _Message:
    """A message as it is written: its parts by their names, `msgstr[1]` and the like among them."""

    line: int
    fuzzy: bool = False
    parts: dict[str, str] = field(default_factory=dict)

    @property
    def forms(self) -> tuple[str, ...]:
        """The translations, in order."""
        return tuple(text for name, text in sorted(self.parts.items()) if name.startswith("msgstr"))

    @property
    def placeholders(self) -> set[str]:
        """What the English text gives."""
        texts = (self.parts.get(key, "") for key in ("msgid", "msgid_plural"))
        return {name for text in texts for name in _read_placeholders(text)}


def parse_catalogue(text: str, language: str, path: str, code: str) -> tuple[Catalogue, tuple[Problem, ...]]:
    """The catalogue of a language; what is fuzzy or not translated yet is left out, and stays English.

    A message that is wrong, or asks for a value that its English text has not, is left out and told with `code`.
    """
    messages: dict[str, tuple[str, ...]] = {}
    faults: list[tuple[int, str]] = []
    count, rule = 2, Catalogue().plural
    for message in _read_messages(text, faults):
        english, forms = message.parts.get("msgid", ""), message.forms
        if not english:
            count, rule = _read_rule(forms[0] if forms else "", faults) or (count, rule)
        elif any(forms) and not message.fuzzy:
            if fault := _find_fault(message, count):
                faults.append((message.line, fault))
            else:
                messages[english] = forms
    problems = (Problem("error", code, fault, Span(path, line), _HINT) for line, fault in faults)
    return Catalogue(language, messages, rule), tuple(problems)


def _read_messages(text: str, faults: list[tuple[int, str]]) -> Iterator[_Message]:
    """The messages in order; one begins where a part comes that the one before has already."""
    message, fuzzy, part = _Message(1), False, ""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#") or not line.strip():
            fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
            continue
        found = _LINE.fullmatch(line.strip())
        key = found["key"] if found else None
        if found is None or (key is None and not part):
            faults.append((number, f"this is no line of a catalogue: {line.strip()[:80]}"))
            continue
        if key is not None:
            part = key + (found["form"] or "")
            if part in message.parts or (key in {"msgctxt", "msgid"} and message.forms):
                yield message
                message, fuzzy = _Message(number, fuzzy), False
            elif not message.parts:
                message, fuzzy = _Message(number, fuzzy), False
        text_of = _ESCAPE.sub(lambda escape: _ESCAPED.get(escape[1], escape[1]), found["text"])
        message.parts[part] = message.parts.get(part, "") + text_of
    yield message


def _read_rule(header: str, faults: list[tuple[int, str]]) -> tuple[int, str] | None:
    """How many plural forms there are, and the rule that tells which goes with a number."""
    found = _PLURAL.search(header)
    if found is None:
        return None
    count, rule = int(found["forms"]), found["rule"].strip()
    try:
        choose = gettext.c2py(rule)
        if all(0 <= choose(number) < count for number in range(200)):
            return count, rule
    except (ValueError, ArithmeticError):
        pass
    faults.append((1, f"this is no rule for {count} plural forms: {rule}"))
    return None


def _find_fault(message: _Message, count: int) -> str:
    """What is wrong with a translation, if anything is."""
    plural, forms = "msgid_plural" in message.parts, message.forms
    if len(forms) != (count if plural else 1):
        return f"there are {len(forms)} forms of this message, not {count if plural else 1}"
    if not all(forms):
        return "a form of this message is not translated"
    for text in forms:
        for name in _read_placeholders(text):
            if name not in message.placeholders and (name or message.placeholders):
                return f"the English text has no value {name!r}" if name else "a `%` that begins no `%(name)s` is `%%`"
    return ""


def _read_placeholders(text: str) -> Iterator[str]:
    """The names of values, and an empty one for a `%` that stands for nothing."""
    for found in _PLACEHOLDER.finditer(text):
        if found["other"] != "%":
            yield found["name"] or ""
