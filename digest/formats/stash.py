"""What is set aside of a text while its Markdown is read: a placeholder stands for each piece, until it is put back."""

from __future__ import annotations

import html
from typing import Final, Literal

from digest.formats.formulas import Formulas
from digest.formats.patterns import lazily

STX, ETX = "\x02", "\x03"
OWN: Final = lazily(r"\x02x(\d+)\x03")
REFERENCES = 100  # to one note


class Stash:
    """What was set aside: for each placeholder its plain text and its HTML.

    `r` is HTML of the author, to be sanitised, `b` a block of it; `u` an address, a link unless it is inside one; `x`
    our own HTML.
    """

    __slots__ = ("formulas", "markup", "open_tags", "own", "plain", "references", "sources")

    def __init__(self, formulas: Formulas | None = None) -> None:
        self.formulas = formulas or Formulas()
        self.plain: list[str] = []
        self.markup: list[str] = []
        self.own: set[int] = set()
        self.sources: dict[int, str] = {}  # TeX of those that are formulas
        self.open_tags = 0
        self.references: dict[str, int] = {}  # how many to each note

    def keep(self, kind: Literal["r", "u", "x", "b"], plain: str, markup: str) -> str:
        """A placeholder for a piece of text."""
        self.plain.append(plain)
        self.markup.append(markup)
        if kind == "x":
            self.own.add(len(self.plain) - 1)
        return f"{STX}{kind}{len(self.plain) - 1}{ETX}"

    def may_refer(self, label: str) -> bool:
        """Whether a note may be referred to once more; Python-Markdown's time grows with the square of how often."""
        self.references[label] = count = self.references.get(label, 0) + 1
        return count <= REFERENCES

    def literal(self, text: str) -> str:
        """A placeholder for text that means nothing to Markdown."""
        return self.keep("r", text, html.escape(text, quote=False))

    def tell(self, text: str) -> str:
        """The text with our own pieces as text; whatever else was set aside is not clean, and left out."""
        if "\x02" not in text:
            return text
        own, plain = self.own, self.plain
        return OWN.sub(lambda match: plain[int(match[1])] if int(match[1]) in own else "", text)

    def tell_words(self, text: str, words: int) -> tuple[str, int]:
        """What `tell` makes of a text that has so many words, and how many it then has."""
        parts, known = OWN.split(text), True
        for at in range(1, len(parts), 2):
            number = int(parts[at])
            plain = parts[at] = self.plain[number] if number in self.own else ""
            words += len(plain.split()) - 1
            known = known and plain != "" and not (plain[0].isspace() or plain[-1].isspace())
        text = "".join(parts)
        return text, words if known else len(text.split())

    def tell_tex(self, text: str) -> str:
        """The same with formulas as they are written, TeX and all."""
        if self.sources and "\x02" in text:
            text = OWN.sub(lambda found: self.sources.get(int(found[1]), found[0]), text)
        return self.tell(text)


def escaped(char: str) -> str:
    """A sign that is text, as Python-Markdown writes it."""
    return f"{STX}{ord(char)}{ETX}"
