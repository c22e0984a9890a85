"""What all formats of arXiv share: its texts, its fields and the item that they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from digest.formats import author_lines, identifiers, markup, person_names, plain_text, tex_accents
from digest.model import Identifiers, Noise, Problem, Span

_BLANK_LINE: Final = re.compile(r"\n[ \t]*\n")
_INDENTED: Final = re.compile(r"\n(?=[ \t]{2,}\S)")
_ADDRESS: Final = re.compile(r"(?i)https?://(?:[a-z0-9-]+\.)*arxiv\.org/")
_CATEGORY: Final = re.compile(r"[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z]+(?:-[a-z]+)?)?")
# `Lovelace, Ada; Author, Ann`, as some that pass records on have it.
_TURNED: Final = re.compile(r"[^,;()]+,[^,;()]+(?:;[^,;()]+,[^,;()]+)+;?")
_ACM: Final = re.compile(r"[A-K]\.[0-9m](?:\.[0-9m])?")


# TeX pairs dollars whatever stands around them; prices are told by what stands between two.
_DOLLAR: Final = re.compile(r"\\.|\$\$|\$", re.DOTALL)
_PRICE: Final = re.compile(r"[0-9][0-9.,]*[^\\^_={}$]*\s[^\\^_={}$]*")
_QUOTED: Final = re.compile(r"(?<![\w`\\])(?:``(?P<double>[^`'$\\]{1,300}?)''|`(?P<single>[^`'$\\]{1,300}?)')(?![\w'])")


def title_line(text: str) -> str:
    """A title, a comment or a reference on one line, with letters for the accents of TeX."""
    return tex_accents.letters_from_tex(" ".join(text.split()))


def abstract_markdown(text: str) -> str:
    """An abstract of arXiv: its lines are wrapped, and an indented line starts a paragraph if not all are indented."""
    paragraphs: list[str] = []
    for block in _BLANK_LINE.split(text.strip()):
        lines = block.split("\n")
        wrapped = any(line[:1].strip() for line in lines[1:])
        paragraphs += _INDENTED.split(block) if wrapped else [block]
    joined = (_settle_signs(" ".join(paragraph.split())) for paragraph in paragraphs)
    return plain_text.markdown_from_plain("\n\n".join(paragraph for paragraph in joined if paragraph))


def _settle_signs(text: str) -> str:
    """Accents and quotes of TeX as letters and signs, and formulas so that no digit or blank hides that they are."""
    text = tex_accents.letters_from_tex(text)
    if "`" in text:
        text = _QUOTED.sub(lambda found: f"“{found['double']}”" if found["double"] else f"‘{found['single']}’", text)
    signs = [found.start() for found in _DOLLAR.finditer(text) if found[0] == "$"]
    pairs = list(zip(signs[::2], signs[1::2], strict=False))
    if not pairs or len(signs) % 2 or any(_PRICE.fullmatch(text[start + 1 : end]) for start, end in pairs):
        return text
    parts: list[str] = []
    place = 0
    for start, end in pairs:
        formula = text[start + 1 : end].strip()
        before_digit = text[end + 1 : end + 2].isdecimal()
        parts += [text[place:start], f"\\({formula}\\)" if before_digit and formula else f"${formula}$"]
        place = end + 1
    return "".join([*parts, text[place:]])


def name_arxiv(*texts: str, doi: str = "") -> tuple[Identifiers, str]:
    """The identifiers that an id, an address or an OAI name tells, and what of the DOI is none."""
    arxiv: tuple[str, int | None] = ("", None)
    for text in texts:
        parsed = identifiers.parse_arxiv(re.sub(r"(?i)^oai:arxiv\.org:", "", text.strip()))
        if parsed and (not arxiv[0] or (parsed[0] == arxiv[0] and arxiv[1] is None)):
            arxiv = parsed
    first, *more = doi.split() or [""]
    found = identifiers.parse_doi(first.strip(",;")) if first else None
    own = bool(found) and "10.48550/" in first.lower()
    left = " ".join(more if found else [doi] if first else []).strip()
    return Identifiers(arxiv=arxiv[0], version=arxiv[1], doi="" if own else found or ""), left


def sort_subjects(terms: Iterable[str]) -> list[tuple[str, str]]:
    """Categories, and the classes of ACM and MSC that stand among them, as details."""
    kinds: dict[str, list[str]] = {"categories": [], "acm": [], "msc": []}
    for term in terms:
        kind = "categories" if _CATEGORY.fullmatch(term) else "acm" if _ACM.match(term) else "msc"
        if term not in kinds[kind]:
            kinds[kind].append(term)
    return [(kind, (" " if kind == "categories" else "; ").join(found)) for kind, found in kinds.items() if found]


def read_names(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The authors of one line, and their affiliations and all else that it says."""
    if _TURNED.fullmatch(text.strip()):
        return tuple(title_line(person_names.natural_name(name)) for name in text.split(";") if name.strip()), ()
    line = author_lines.parse_authors(text)
    return line.names, tuple(piece for piece in line.rest if piece not in {"and", "&"})


def is_arxiv_address(text: str) -> bool:
    """Whether an address leads to arXiv."""
    return bool(_ADDRESS.match(text.strip()))


def told_fault(path: str, fault: markup.Fault) -> Problem:
    """A fault of the XML as a problem: a record that is lost is an error, one that was mended a warning."""
    span = Span(path, fault.line, fault.column)
    if fault.lost:
        return Problem("error", "DG308", fault.message, span, "mend the record, or fetch the document again")
    return Problem("warning", "DG308", f"{fault.message}; read as it was meant", span, "compare the entry")


@dataclass(slots=True)
class Parts:
    """The elements right below one, taken name by name; what nobody takes is told as noise."""

    path: str
    of: markup.Element
    _named: dict[str, list[markup.Element]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        named = self._named
        for part in self.of.content:
            if not isinstance(part, str):
                named.setdefault(part.name, []).append(part)

    def elements(self, *names: str) -> list[markup.Element]:
        """The elements of these names."""
        return [part for name in names for part in self._named.pop(name, ())]

    def take(self, *names: str) -> str:
        """The text of the first element of these names that has one; others of the name stay."""
        for name in names:
            parts = self._named.get(name, [])
            for part in parts:
                if text := part.text().strip():
                    parts.remove(part)
                    return text
        return ""

    def take_all(self, *names: str) -> list[str]:
        """The texts of all elements of these names."""
        return [text for part in self.elements(*names) if (text := part.text().strip())]

    def noise(self) -> Iterator[Noise]:
        """What nobody took."""
        for parts in self._named.values():
            for part in parts:
                if text := " ".join(part.text().split()):
                    yield Noise(Span(self.path, part.line), f"{part.name}: {text}")

    def drop(self, *names: str) -> None:
        """Leave out what says nothing of the paper."""
        for name in names:
            self._named.pop(name, None)
